"""What a process gives up before it runs what strangers wrote.

Everything here is for the process that calls it, needs no privilege, and mostly cannot
be taken back. Much of it is Linux's; what a system cannot do is said, not hidden.
"""

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

STACK = 8 * 1024**2
"""The bytes that calls within calls may take."""
_NICENESS = 10
_PARENT_DEATH_SIGNAL, _SECCOMP, _NO_NEW_PRIVILEGES = 1, 22, 38
_BY_FILTER = 2

# Of each machine: its name for the kernel, and its numbers of the calls that make a
# socket, set up a ring of calls (which could make sockets unseen) and start a program.
_MACHINES = {
    "x86_64": (0xC000003E, (41, 425, 59, 322)),
    "aarch64": (0xC00000B7, (198, 425, 221, 281)),
}
# On x86_64 the same calls have second numbers from here on.
_SECOND_NUMBERS = 0x40000000
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_CALL_OFFSET, _MACHINE_OFFSET = 0, 4
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_PERMISSION_DENIED = 0x00050000 | 13


class Priority(StrEnum):
    """How a process gives way to others."""

    IDLE = "idle"
    """It runs when nothing else wants to, so nobody waits for it; on a machine whose
    processors are all busy it hardly runs at all."""
    LOW = "low"
    """It gets a small share (`nice`); others wait for the end of its turns, which takes
    milliseconds."""


def enter(
    *, parent: int, priority: Priority = Priority.LOW, network: bool = False
) -> list[str]:
    """Give up network, programs, priority, and life after the process `parent`.

    With `network` that is kept, for queries that call other endpoints.

    Call it before the first thread starts: threads inherit it, older ones would not.
    Returns what could not be given up here, as sentences.
    """
    lacking = [*_try_to_give_way(priority)]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _limit_stack()
    lacking += [*_try_to_die_with(parent), *_try_to_deny_calls(network=network)]
    if os.getppid() != parent:
        sys.exit("the parent ended while this process started")
    return lacking


def limit_memory(size: int | None) -> None:
    """Let this process take `size` bytes more than it has now; None lifts the limit."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    mapped = _mapped()
    soft = hard if size is None or mapped is None else mapped + size
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _limit_stack() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_STACK)
    soft = STACK if hard == resource.RLIM_INFINITY else min(STACK, hard)
    resource.setrlimit(resource.RLIMIT_STACK, (soft, hard))


def _mapped() -> int | None:
    # Only Linux tells cheaply, and only Linux counts against this limit.
    statistics = Path("/proc/self/statm")
    if not statistics.exists():
        return None
    return int(statistics.read_text().split()[0]) * resource.getpagesize()


def _try_to_give_way(priority: Priority) -> Iterator[str]:
    if priority is Priority.IDLE:
        try:
            _run_when_idle()
        except OSError as error:
            yield f"queries get a share of a busy processor, if a small one ({error})"
        else:
            return
    os.nice(_NICENESS)


def _run_when_idle() -> None:
    if sys.platform != "linux":
        message = f"{sys.platform} has no class of idle processes"
        raise OSError(message)
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _try_to_die_with(parent: int) -> Iterator[str]:
    try:
        _control(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    except OSError as error:
        yield f"a query may outlive process {parent}, if that is killed ({error})"


def _try_to_deny_calls(*, network: bool) -> Iterator[str]:
    try:
        _control(_NO_NEW_PRIVILEGES, 1)
        _install(_filter(network=network))
    except OSError as error:
        yield f"a query is not kept off the network by the system ({error})"


def _filter(*, network: bool) -> bytes:
    """Return the program that the kernel asks about each call (seccomp(2))."""
    if platform.machine() not in _MACHINES:
        message = f"the numbers of calls on {platform.machine()} are not known"
        raise OSError(message)
    machine, (socket, *others) = _MACHINES[platform.machine()]
    denied = others if network else (socket, *others)
    lines = [
        (_LOAD, 0, 0, _MACHINE_OFFSET),
        (_IF_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _CALL_OFFSET),
        (_IF_AT_LEAST, 0, 1, _SECOND_NUMBERS),
        (_RETURN, 0, 0, _KILL),
    ]
    for call in denied:
        lines += [(_IF_EQUAL, 0, 1, call), (_RETURN, 0, 0, _PERMISSION_DENIED)]
    lines.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("HBBI", *line) for line in lines)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("lines", ctypes.c_void_p))


def _install(lines: bytes) -> None:
    buffer = ctypes.create_string_buffer(lines, len(lines))
    program = _Program(len(lines) // 8, ctypes.addressof(buffer))
    _control(_SECCOMP, _BY_FILTER, ctypes.addressof(program))


def _control(option: int, first: int, second: int = 0) -> None:
    if sys.platform != "linux":
        message = f"{sys.platform} has no prctl"
        raise OSError(message)
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)
    if prctl(option, first, second, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
