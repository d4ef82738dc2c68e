"""The files of a site: written beside the folder, which they then replace at once.

A folder that is an earlier export is replaced: files that are gone are gone, and what
somebody else put at its top, such as `.git` or `CNAME`, stays. Any other folder that
is not empty is refused.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ssc_kg.errors import NotASiteError, SiteError

MARKER = ".ssc-kg-site"
"""The file by which an export is known again; it lists what lies at the top."""
PAGE = "index.html"
"""What servers answer with at the address of a directory."""


class Folder:
    """A folder that is being written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sizes: dict[str, int] = {}

    @property
    def files(self) -> int:
        """How many files have been written."""
        return len(self._sizes)

    @property
    def size(self) -> int:
        """How many bytes they hold."""
        return sum(self._sizes.values())

    def write(self, place: str, content: bytes) -> None:
        """Write a file.

        Raises:
            SiteError: There is one already, or it cannot be written.
        """
        with self._making(place) as path, path.open("xb") as file:
            file.write(content)

    def rewrite(self, place: str, content: bytes) -> None:
        """Write a file anew."""
        self._sizes[place] = (self._path / place).write_bytes(content)

    def read(self, place: str) -> bytes:
        """Return what a file holds."""
        return (self._path / place).read_bytes()

    def copy(self, place: str, source: Path) -> None:
        """Write a file that holds what another one does, which may be large."""
        with self._making(place) as path:
            shutil.copyfile(source, path)

    @contextmanager
    def _making(self, place: str) -> Iterator[Path]:
        path = self._path / place
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            yield path
        except OSError as error:
            reason = error.strerror or str(error)
            message = f"cannot write {place} into the folder: {reason}"
            raise SiteError(message) from error
        self._sizes[place] = path.stat().st_size


@contextmanager
def replacing(target: Path) -> Iterator[Folder]:
    """Give a folder to write, which becomes `target` if the block ends without error.

    Raises:
        NotASiteError: There is something else than an earlier export.
        SiteError: It cannot be written, or another export is writing it.
    """
    target = target.absolute()
    read_names(target)
    part = target.with_name(f".{target.name}.part")
    with _alone(part):
        _clear(part)
        try:
            yield Folder(part)
            _mark(part)
            _swap(part, target)
        finally:
            shutil.rmtree(part, ignore_errors=True)


def read_names(target: Path) -> frozenset[str]:
    """Return what an earlier export put at the top of a folder.

    Raises:
        NotASiteError: The path has something else.
    """
    if not target.exists():
        return frozenset()
    if not target.is_dir():
        raise NotASiteError(target, "it is a file")
    names = _names(target)
    if MARKER in names:
        listed: list[str] = json.loads((target / MARKER).read_bytes())
        return frozenset((*listed, MARKER))
    if names:
        raise NotASiteError(target, f"it holds {names[0]}")
    return frozenset()


def _mark(part: Path) -> None:
    names = json.dumps(_names(part), indent=1, ensure_ascii=False)
    (part / MARKER).write_text(f"{names}\n", encoding="utf-8")


@contextmanager
def _alone(part: Path) -> Iterator[None]:
    """Hold the directory; the system lets go of that of a killed export."""
    try:
        part.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(part, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        message = f"cannot make {part}: {error.strerror}"
        raise SiteError(message) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        message = f"another export is writing {part}; wait until it has ended"
        raise SiteError(message) from None
    finally:
        os.close(descriptor)


def _clear(directory: Path) -> None:
    for path in directory.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _swap(part: Path, target: Path) -> None:
    old = target.with_name(f".{target.name}.old")
    if old.exists():
        # It may hold what somebody else put there, if an export was killed just then.
        message = f"an export that was killed left {old}; move what you need out of it"
        raise SiteError(message)
    ours = read_names(target).union(_names(part))
    try:
        if target.exists():
            target.rename(old)
        part.rename(target)
        _take_others(old, target, ours)
    except OSError as error:
        message = f"cannot replace {target}: {error.strerror}"
        raise SiteError(message) from error


def _take_others(old: Path, target: Path, ours: frozenset[str]) -> None:
    """Take over what somebody else put at the top, unless the export has that too."""
    if not old.exists():
        return
    for name in _names(old):
        if name not in ours:
            (old / name).rename(target / name)
    shutil.rmtree(old)


def _names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())
