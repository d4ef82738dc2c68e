"""What a person sees: progress and errors on stderr, answers on stdout."""

import pydoc
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console
from rich.status import Status
from rich.table import Table
from rich.text import Text

from ssc_kg.errors import ConfigurationError, KnowledgeGraphError, MissingFileError
from ssc_kg.settings import Settings

FAILED = 1
"""The exit status of a check that says no."""
WRONG = 2
"""The exit status when nothing was done."""
_UNBOUNDED = 1_000_000
Report = Callable[[str], None]


def print_error(error: KnowledgeGraphError) -> None:
    """Print an error as a sentence, never as a traceback."""
    _stderr().print(Text.assemble(("error: ", "bold red"), str(error)), soft_wrap=True)


def print_line(text: str = "") -> None:
    """Print one line of an answer, at once even if it goes to a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def print_note(text: str) -> None:
    """Print a line that is no part of the answer, to stderr."""
    sys.stderr.write(f"{text}\n")


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, end: str = ""
) -> None:
    """Print rows under their columns, aligned; nothing is cut, however wide it is.

    A terminal gets lines folded to its width, and a pager if they are more than it can
    show; a file or a pipe, one line for each row. The `end` is a line below.
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    with _paged() as console:
        wide = console if console.is_terminal else Console(width=_measure(table))
        wide.print(table)
        if end:
            console.print(Text(end))


def print_text(text: str) -> None:
    """Print a text; a terminal gets a pager if it cannot show all of it."""
    with _paged() as console:
        console.print(Text(text), soft_wrap=True)


def write_all(chunks: Iterable[bytes], output: Path | None) -> None:
    """Write an answer to a file, which is there if all of it is, or to stdout.

    Raises:
        ConfigurationError: The file, or stdout, cannot be written, as on a full disk.
    """
    name = "stdout" if output is None else str(output)
    try:
        if output is None:
            _write_stdout(chunks)
        elif output.exists() and not (output.is_file() or output.is_dir()):
            with output.open("wb") as device:
                device.writelines(chunks)
        else:
            _write_file(chunks, output)
    except BrokenPipeError:
        raise
    except OSError as error:
        msg = f"cannot write {name}: {error.strerror}"
        raise ConfigurationError(msg) from None


def read_text(path: Path) -> str:
    """Return the text of a file; `-` is stdin.

    Raises:
        MissingFileError: There is no such file.
        ConfigurationError: It is not UTF-8.
    """
    if str(path) == "-":
        return sys.stdin.read()
    if not path.is_file():
        raise MissingFileError(path)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        msg = f"{path} is not UTF-8: byte {error.start} is {error.object[error.start]}"
        raise ConfigurationError(msg) from None


def read_argument(text: str, suffixes: tuple[str, ...]) -> str:
    """Return what is given as a text, in a file that ends so, or on stdin as `-`.

    Raises:
        MissingFileError: There is no such file.
        ConfigurationError: It is not UTF-8.
    """
    # A query is no name of a file: it has a space or a brace before it ends.
    is_file = text == "-" or text.endswith(suffixes)
    return read_text(Path(text)) if is_file else text


def option(setting: str, *names: str) -> typer.models.OptionInfo:
    """Return the flag of a setting, described as the setting is."""
    described = Settings.model_fields[setting].description
    help_ = f"{described} [SSC_KG_{setting.upper()}]"
    info: typer.models.OptionInfo = typer.Option(*names, help=help_, show_default=False)
    return info


@contextmanager
def progress(first: str) -> Iterator[Report]:
    """Show what is being done: a moving line for a terminal, else a line for each."""
    console = _stderr()
    if console.is_terminal:
        with console.status(f"{first} …") as status:
            yield lambda text: status.update(f"{text} …")
    else:
        yield lambda text: console.print(Text(f"{text} …"), soft_wrap=True)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What shows that something is waited for; calling it ends that."""

    status: Status
    timer: threading.Timer

    def __call__(self) -> None:
        """Show nothing any more."""
        self.timer.cancel()
        self.timer.join()
        self.status.stop()

    def tell(self, what: str) -> None:
        """Say on a terminal what is being done by now."""
        self.status.update(f"{what} …")


@contextmanager
def waiting(what: str, *, after: float = 1.0) -> Iterator[Waiting]:
    """Show what is being waited for once that takes longer than `after` seconds.

    To call what is given ends the showing earlier.
    """
    console = _stderr()
    status = console.status(f"{what} …")

    def show() -> None:
        if console.is_terminal:
            status.start()
        else:
            console.print(Text(f"{what} …"), soft_wrap=True)

    timer = threading.Timer(after, show)
    timer.daemon = True
    shown = Waiting(status, timer)
    timer.start()
    try:
        yield shown
    finally:
        shown()


@contextmanager
def counting(what: str) -> Iterator[Callable[[Iterable[bytes]], Iterator[bytes]]]:
    """Show what is being written, and how much, once that takes longer than a second.

    What is written goes through the function that is given.
    """
    with waiting(what) as shown:

        def count(chunks: Iterable[bytes]) -> Iterator[bytes]:
            size = 0
            for chunk in chunks:
                yield chunk
                size += len(chunk)
                shown.tell(f"{what}: {size / 1e6:,.0f} MB")

        yield count


def _write_stdout(chunks: Iterable[bytes]) -> None:
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def _write_file(chunks: Iterable[bytes], output: Path) -> None:
    part = output.with_name(f"{output.name}.part")
    try:
        with part.open("wb") as file:
            file.writelines(chunks)
        part.replace(output)
    finally:
        # What is left is the half of an answer whose other half did not come.
        part.unlink(missing_ok=True)


@contextmanager
def _paged() -> Iterator[Console]:
    """Print to the console that is given; what a terminal has no room for is paged."""
    console = Console()
    if not (console.is_terminal and sys.stdin.isatty()):
        yield console
        return
    with console.capture() as captured:
        yield console
    text = captured.get()
    if text.count("\n") < console.height:
        sys.stdout.write(text)
    else:
        # Not every pager knows what makes a heading bold.
        pydoc.pager(Text.from_ansi(text).plain)


def _stderr() -> Console:
    return Console(stderr=True)


def _measure(table: Table) -> int:
    unbounded = Console(width=_UNBOUNDED)
    return table.__rich_measure__(unbounded, unbounded.options).maximum
