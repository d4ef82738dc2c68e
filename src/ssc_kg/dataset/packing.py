"""Content to compressed files, all of them in one pass over it.

The same content gives the same bytes: no names, no times, one thread.
"""

import hashlib
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Protocol

from ssc_kg.dataset.dumps import GZIP, ZSTD, Dump, Packing

if sys.version_info >= (3, 14):
    from compression.zstd import CompressionParameter, ZstdCompressor
else:
    from backports.zstd import CompressionParameter, ZstdCompressor

# On N-Quads, 12 is a tenth smaller than 6 in three times its time, and 19 a quarter
# smaller than 12 in fifty times its time.
_ZSTD_LEVEL = 12
_GZIP_LEVEL = 9
_GZIP_HEADER = 16
_CHUNK = 256 * 1024


class _Compressor(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


def pack(chunks: Iterable[bytes], dumps: Sequence[Dump], directory: Path) -> list[Dump]:
    """Write content to files in a directory; return them with sizes and hashes.

    Args:
        chunks: The content, in pieces of any size.
        dumps: The files, which differ in their packing.
        directory: Where they are made.
    """
    content = _Measure()
    with ExitStack() as files:
        outputs = [
            _Output(
                files.enter_context((directory / dump.name).open("xb")), dump.packing
            )
            for dump in dumps
        ]
        for chunk in _join(chunks):
            content.add(chunk)
            for output in outputs:
                output.write(chunk)
        for output in outputs:
            output.end()
    return [
        replace(
            dump,
            size=output.measure.size,
            sha256=output.measure.digest,
            unpacked_size=content.size,
            unpacked_sha256=content.digest,
        )
        for dump, output in zip(dumps, outputs, strict=True)
    ]


class _Measure:
    """The size and the hash of what goes by."""

    def __init__(self) -> None:
        self.size = 0
        self._hash = hashlib.sha256()

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def add(self, chunk: bytes) -> None:
        self.size += len(chunk)
        self._hash.update(chunk)


class _Output:
    """A compressed file in the making."""

    def __init__(self, file: BinaryIO, packing: Packing) -> None:
        self.measure = _Measure()
        self._file = file
        self._compressor = _COMPRESSORS[packing]()

    def write(self, chunk: bytes) -> None:
        self._put(self._compressor.compress(chunk))

    def end(self) -> None:
        self._put(self._compressor.flush())
        self._file.flush()
        os.fsync(self._file.fileno())

    def _put(self, packed: bytes) -> None:
        self.measure.add(packed)
        self._file.write(packed)


def _zstd() -> _Compressor:
    # The checksum is what lets `zstd --test` find a damaged file.
    options: dict[int, int] = {
        CompressionParameter.compression_level: _ZSTD_LEVEL,
        CompressionParameter.checksum_flag: 1,
    }
    return ZstdCompressor(options=options)


def _gzip() -> _Compressor:
    return zlib.compressobj(_GZIP_LEVEL, wbits=zlib.MAX_WBITS + _GZIP_HEADER)


_COMPRESSORS: Mapping[Packing, Callable[[], _Compressor]] = {ZSTD: _zstd, GZIP: _gzip}


def _join(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield longer chunks: to compress a line at a time takes several times as long."""
    pending: list[bytes] = []
    size = 0
    for chunk in chunks:
        pending.append(chunk)
        size += len(chunk)
        if size >= _CHUNK:
            yield b"".join(pending)
            pending, size = [], 0
    yield b"".join(pending)
