"""What a process in the sandbox can no longer do, each in a process of its own."""

import subprocess
import sys
import time

import pytest

_SECONDS = 20
_ENTER = (
    "import os; from ssc_kg.store import sandbox; "
    "lacks = sandbox.enter(parent=os.getppid())"
)

linux = pytest.mark.skipif(
    sys.platform != "linux", reason="what it gives up is Linux's"
)


def run(code: str, *, enter: str = _ENTER) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"{enter}\n{code}"],
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )


@linux
@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import socket; socket.socket()", id="network"),
        pytest.param(
            "import threading, socket\n"
            "def call():\n"
            "    try: socket.socket()\n"
            "    except PermissionError: os._exit(13)\n"
            "thread = threading.Thread(target=call); thread.start(); thread.join()",
            id="network from a thread",
        ),
        pytest.param("os.execv('/bin/true', ['true'])", id="another program"),
        pytest.param("import subprocess; subprocess.run(['/bin/true'])", id="a child"),
    ],
)
def test_refused_by_the_system(code: str) -> None:
    done = run(code)
    assert done.returncode != 0
    assert done.returncode == 13 or "PermissionError" in done.stderr


@linux
def test_nothing_is_lacking_here() -> None:
    assert run("assert lacks == [], lacks").returncode == 0


@linux
def test_memory_beyond_the_limit_is_refused() -> None:
    done = run("sandbox.limit_memory(2**26); b'x' * 2**27")
    assert done.returncode == 1
    assert "MemoryError" in done.stderr


@linux
def test_a_lifted_limit_is_none() -> None:
    code = "sandbox.limit_memory(2**26); sandbox.limit_memory(None); b'x' * 2**27"
    assert run(code).returncode == 0


def test_priority_is_low() -> None:
    assert run("assert os.nice(0) >= 10").returncode == 0


@linux
def test_a_process_may_run_only_when_nothing_else_does() -> None:
    enter = _ENTER.replace("getppid()", "getppid(), priority=sandbox.Priority.IDLE")
    code = (
        "import threading\n"
        "def check():\n"
        "    if os.sched_getscheduler(0) != os.SCHED_IDLE: os._exit(13)\n"
        "check()\n"
        "thread = threading.Thread(target=check)\n"
        "thread.start(); thread.join()"
    )
    assert run(f"assert lacks == [], lacks\n{code}", enter=enter).returncode == 0


def test_a_process_whose_parent_is_gone_ends_at_once() -> None:
    done = run("sandbox.enter(parent=1)", enter="from ssc_kg.store import sandbox")
    assert "the parent ended" in done.stderr


@linux
def test_it_dies_with_its_parent() -> None:
    # The middle process starts one in the sandbox, says its number and is killed.
    child = f"{_ENTER}; print(os.getpid(), flush=True); import time; time.sleep(60)"
    middle = (
        "import subprocess, sys, time; "
        f"subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", middle], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        number = int(process.stdout.readline())
        process.kill()
    deadline = time.monotonic() + _SECONDS
    while _is_running(number):
        assert time.monotonic() < deadline, "it outlived its parent"
        time.sleep(0.05)


def _is_running(number: int) -> bool:
    try:
        with open(f"/proc/{number}/stat") as file:  # noqa: PTH123  (no file of a disk)
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
