"""Run a function in a process of its own, with a deadline and a memory limit.

For work on what strangers wrote, some of which ends the process that reads it: the
caller gets the function's result, or its error with all facts, or the word that the
process was stopped, and at which step. The process cannot reach the network or start
programs.

The child is told what to do, and answers, in pickles through its pipes; nobody else
writes to them.
"""

import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Generic, TypeAlias, TypeVar

from ssc_kg.errors import KnowledgeGraphError, LoadStoppedError
from ssc_kg.store import sandbox

Report: TypeAlias = Callable[[str], None]
"""Takes a few words that say which step begins."""

_Job = TypeVar("_Job")
_Result = TypeVar("_Result")

_FIRST_STEP = "starting"
_OUT_OF_MEMORY = 70
# Without the current directory on the path, whose files may have any name.
_COMMAND = (
    sys.executable,
    "-P",
    "-c",
    "from ssc_kg.dataset import apart; apart.main()",
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may take."""

    seconds: float = 600.0
    memory: int = 4 * 1024**3
    """Bytes beyond what the program itself takes."""


@dataclass(frozen=True, slots=True)
class _Order(Generic[_Job, _Result]):
    function: Callable[[_Job, Report], _Result]
    job: _Job
    memory: int
    parent: int


@dataclass(frozen=True, slots=True)
class _Done(Generic[_Result]):
    result: _Result


_Answer: TypeAlias = str | _Done[_Result] | KnowledgeGraphError
"""The step that begins, the result, or the error."""
DEFAULT_LIMITS = Limits()


def ignore(step: str) -> None:
    """Take no notice of a step."""


def run_apart(
    function: Callable[[_Job, Report], _Result],
    job: _Job,
    *,
    limits: Limits = DEFAULT_LIMITS,
    progress: Report = ignore,
) -> _Result:
    """Return what `function(job, report)` returns in another process.

    The function belongs to a module; it, the job and the result are pickled. What it
    reports is passed on to `progress`.

    Raises:
        KnowledgeGraphError: The function raised it there.
        LoadStoppedError: The process ran into a limit, or ended by itself.
    """
    step = _FIRST_STEP
    with _start(limits) as child:
        for answer in child.ask(_Order(function, job, limits.memory, os.getpid())):
            match answer:
                case str():
                    step = answer
                    progress(step)
                case _Done():
                    return answer.result
                case _:
                    raise answer
        raise child.obituary(step)


def main() -> None:
    """Do what the parent asks; the whole life of the child."""
    # What a library prints must not end up between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    order: _Order[object, object] = pickle.load(sys.stdin.buffer)  # noqa: S301  ours
    sandbox.enter(parent=order.parent)
    sandbox.limit_memory(order.memory)

    def answer(content: _Answer[object]) -> None:
        pickle.dump(content, answers)
        answers.flush()

    try:
        answer(_Done(order.function(order.job, answer)))
    except KnowledgeGraphError as error:
        answer(error)
    except MemoryError:
        sys.exit(_OUT_OF_MEMORY)


class _Child:
    """A process under way, and what there is to say of its end."""

    def __init__(
        self, process: subprocess.Popen[bytes], complaints: IO[bytes], limits: Limits
    ) -> None:
        self._process = process
        self._complaints = complaints
        self._limits = limits
        self._is_late = False

    def stop(self) -> None:
        """End the process at its deadline."""
        self._is_late = True
        self._process.kill()

    def ask(self, order: _Order[_Job, _Result]) -> Iterator[_Answer[_Result]]:
        """Tell the child what to do and yield its answers, up to its end."""
        question, answers = self._process.stdin, self._process.stdout
        if question is None or answers is None:
            return
        try:
            with question:
                pickle.dump(order, question)
            while True:
                answer: _Answer[_Result] = pickle.load(answers)  # noqa: S301  ours
                yield answer
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            return  # It ended, perhaps in the middle of a word.

    def obituary(self, step: str) -> Exception:
        """Return the error that says why the process ended without a result."""
        status = self._process.wait()
        if self._is_late:
            reason = f"stopped after {self._limits.seconds:g} s, the limit"
        elif status == _OUT_OF_MEMORY:
            reason = f"needs more than {self._limits.memory // 2**20} MiB, the limit"
        elif status < 0:
            reason = (
                f"the process ended with {signal.Signals(-status).name}; the data "
                "nests too deeply, or needs more than "
                f"{self._limits.memory // 2**20} MiB"
            )
        else:
            self._complaints.seek(0)
            complaint = self._complaints.read().decode(errors="replace")
            return RuntimeError(f"{step}: the process failed\n{complaint}")
        return LoadStoppedError(step, reason)


@contextmanager
def _start(limits: Limits) -> Iterator[_Child]:
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(  # noqa: S603  nothing of it comes from outside
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
        ) as process,
    ):
        child = _Child(process, complaints, limits)
        killer = threading.Timer(limits.seconds, child.stop)
        killer.start()
        try:
            yield child
        finally:
            killer.cancel()
            process.kill()
