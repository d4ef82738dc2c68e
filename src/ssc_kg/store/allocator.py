"""Memory that is free but still this process's own, given back to the system.

What a query takes and frees, the C library keeps for the next one: hundreds of
megabytes, in a process that may then do nothing for hours.
"""

import ctypes
import os
from pathlib import Path

_KEPT = 32 * 1024**2
"""Bytes more than are needed that are not worth the milliseconds of giving back."""
_STATISTICS = Path("/proc/self/statm")
_LONGEST = 256
_RESIDENT = 1
"""The field that tells how many pages are in memory."""


class Allocator:
    """The C library's, as far as Linux and the GNU library tell and do as is asked."""

    def __init__(self) -> None:
        self._trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        is_told = self._trim is not None and _STATISTICS.exists()
        self._statistics = os.open(_STATISTICS, os.O_RDONLY) if is_told else None
        self._needed = self._resident()

    def give_back(self) -> None:
        """Give back what is free, if there may be much.

        What this process still has then is what it needs: only much more than that is
        looked at again. So a call takes two microseconds, and milliseconds after a
        query that took much.
        """
        if self._trim is not None and self._resident() > self._needed + _KEPT:
            self._trim(0)
            self._needed = self._resident()

    def _resident(self) -> int:
        """Return the bytes of this process that are in memory; 0 if nothing tells."""
        if self._statistics is None:
            return 0
        fields = os.pread(self._statistics, _LONGEST, 0).split()
        return int(fields[_RESIDENT]) * os.sysconf("SC_PAGE_SIZE")
