"""What a query no longer needs goes back to the system."""

import subprocess
import sys

import pytest

# In a process of its own: this one has freed and kept memory of all other tests.
PROGRAM = """
from os import sysconf
from pathlib import Path
from ssc_kg.store.allocator import Allocator

def resident():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * sysconf("SC_PAGE_SIZE") // 2**20

allocator = Allocator()
start = resident()
small = [bytearray(1000) for _ in range(100_000)]
last = bytearray(1000)  # So that what is freed is not at the end of the heap.
small.clear()
kept = resident()
allocator.give_back()
print(start, kept, resident())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="what only Linux tells and does")
def test_what_was_freed_is_given_back() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, check=True, text=True
    )
    start, kept, given_back = map(int, done.stdout.split())
    assert kept > start + 64
    assert given_back < start + 16
