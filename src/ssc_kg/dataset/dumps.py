"""The dumps of a version: which files there are to download, and what they are called.

    dataset-<n>.nq      all named graphs, canonical: sorted lines, whose SHA-256 is that
                        of the version's record
    dataset-<n>.trig    all named graphs, for people
    dataset-<n>.ttl     their merge, the default graph, for people
    graph.<name>-<n>.nt, graph.<name>-<n>.ttl
                        one named graph, `<name>` being its path with dots for slashes;
                        one that is named elsewhere, or in other letters, is called
                        iri.<part of the SHA-256 of its IRI>

Each is there twice: `….zst` (Zstandard, RFC 8878) and `….gz` (gzip). Beside them lie
SHA256SUMS, for `sha256sum --check`, and manifest.json, which is read back here. All are
made by `dataset.dumping`, at once or not at all, and never change, as their version.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pyoxigraph import NamedNode

from ssc_kg.errors import StoreError
from ssc_kg.formats.table import N_QUADS, N_TRIPLES, TRIG, TURTLE, Format
from ssc_kg.store.versions import VersionRecord, Versions
from ssc_kg.urls import Urls

RELEASE = version("ssc-kg")
"""Of the program; another one may write the same facts in other bytes."""
SUMS = "SHA256SUMS"
"""The file that names the hash of each of the others."""
_MANIFEST = "manifest.json"
_WHOLE = (N_QUADS, TRIG, TURTLE)
_OF_A_GRAPH = (N_TRIPLES, TURTLE)
_FORMATS = {format_.name: format_ for format_ in (*_WHOLE, *_OF_A_GRAPH)}
_PLAIN = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*")
_LONGEST = 120
"""Characters of a graph's path; the name of a file may have 255 bytes."""
_HASH = 24


@dataclass(frozen=True, slots=True)
class Packing:
    """How a file is compressed."""

    name: str
    media_type: str
    suffix: str


ZSTD = Packing("zstd", "application/zstd", "zst")
GZIP = Packing("gzip", "application/gzip", "gz")
PACKINGS = (ZSTD, GZIP)


@dataclass(frozen=True, slots=True)
class Dump:
    """A file to download."""

    version: int
    graph: NamedNode | None
    """The named graph that it holds; None for all of them, or their merge."""
    format_: Format
    """What it holds when it is unpacked."""
    packing: Packing
    name: str
    size: int | None = None
    """In bytes; None, like the next three, before it is made."""
    sha256: str | None = None
    """In hexadecimal."""
    unpacked_size: int | None = None
    unpacked_sha256: str | None = None

    def address(self, urls: Urls) -> str:
        """Return where it is downloaded."""
        return urls.url(urls.dump(self.version, self.name))

    @property
    def is_canonical(self) -> bool:
        """Whether it holds sorted lines, which other programs can write too."""
        return self.format_ in (N_QUADS, N_TRIPLES)

    @property
    def checksum(self) -> str:
        """The line of `sha256sum` about it, for one that is made."""
        return f"{self.sha256}  {self.name}\n"


@dataclass(frozen=True, slots=True)
class VersionDumps:
    """A version and its files, or those of them that are shown."""

    record: VersionRecord
    dumps: Sequence[Dump]

    @property
    def is_made(self) -> bool:
        """Whether they have sizes and hashes."""
        return all(dump.sha256 is not None for dump in self.dumps)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a version that have been made."""

    release: str
    """Of the program that made them."""
    dumps: tuple[Dump, ...]
    """In the order of `offered`."""


@dataclass(frozen=True, slots=True)
class _Row:
    graph: str | None
    format: str
    packing: str
    name: str
    size: int
    sha256: str
    unpacked_size: int
    unpacked_sha256: str


@dataclass(frozen=True, slots=True)
class _File:
    release: str
    files: list[_Row]


_FILE = TypeAdapter(_File)


def offered(record: VersionRecord, *, base_iri: str) -> list[Dump]:
    """Return the files of a version as they are called, whether or not they are made.

    Those of everything come first, then those of the graphs, by IRI.
    """
    number = record.number
    whole = [
        _dump(number, None, "dataset", format_, packing)
        for format_ in _WHOLE
        for packing in PACKINGS
    ]
    graphs = map(NamedNode, record.graphs)
    return whole + [
        _dump(number, graph, _stem(graph, base_iri), format_, packing)
        for graph in graphs
        for format_ in _OF_A_GRAPH
        for packing in PACKINGS
    ]


def read_manifest(versions: Versions, number: int) -> Manifest | None:
    """Return the files of a version that have been made, or None before.

    Raises:
        StoreError: The list of them is damaged.
    """
    path = manifest_path(versions.dumps_path(number))
    try:
        file = _FILE.validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        message = f"{path} does not list dumps; it is damaged"
        raise StoreError(message) from error
    dumps = tuple(_read(number, row) for row in file.files)
    return Manifest(file.release, dumps)


def list_dumps(
    versions: Versions, record: VersionRecord, *, base_iri: str
) -> Sequence[Dump]:
    """Return the files of a version, with sizes and hashes if they are made."""
    made = read_manifest(versions, record.number)
    return offered(record, base_iri=base_iri) if made is None else made.dumps


def write_manifest(dumps: Iterable[Dump]) -> bytes:
    """Return the list of files, just made, that `read_manifest` reads."""
    file = _File(release=RELEASE, files=[_row(dump) for dump in dumps])
    return _FILE.dump_json(file, indent=1) + b"\n"


def write_sums(dumps: Iterable[Dump]) -> bytes:
    """Return the file that `sha256sum --check` reads."""
    return "".join(dump.checksum for dump in dumps).encode("ascii")


def manifest_path(directory: Path) -> Path:
    """Return where the list of the files in a directory is."""
    return directory / _MANIFEST


def by_content(dumps: Iterable[Dump]) -> Mapping[tuple[str | None, str], list[Dump]]:
    """Return the files by what they hold: a graph's IRI or None, and a format."""
    found: dict[tuple[str | None, str], list[Dump]] = {}
    for dump in dumps:
        graph = None if dump.graph is None else dump.graph.value
        found.setdefault((graph, dump.format_.name), []).append(dump)
    return found


def _dump(
    number: int, graph: NamedNode | None, stem: str, format_: Format, packing: Packing
) -> Dump:
    name = f"{stem}-{number}.{format_.suffix}.{packing.suffix}"
    return Dump(number, graph, format_, packing, name)


def _stem(graph: NamedNode, base_iri: str) -> str:
    beginning = f"{base_iri}graph/"
    path = graph.value.removeprefix(beginning)
    is_ours = graph.value.startswith(beginning)
    if is_ours and len(path) <= _LONGEST and _PLAIN.fullmatch(path):
        return f"graph.{path.replace('/', '.')}"
    return f"iri.{sha256(graph.value.encode()).hexdigest()[:_HASH]}"


def _row(dump: Dump) -> _Row:
    return _Row(
        graph=None if dump.graph is None else dump.graph.value,
        format=dump.format_.name,
        packing=dump.packing.name,
        name=dump.name,
        size=dump.size or 0,
        sha256=dump.sha256 or "",
        unpacked_size=dump.unpacked_size or 0,
        unpacked_sha256=dump.unpacked_sha256 or "",
    )


def _read(number: int, row: _Row) -> Dump:
    [packing] = (each for each in PACKINGS if each.name == row.packing)
    return Dump(
        number,
        None if row.graph is None else NamedNode(row.graph),
        _FORMATS[row.format],
        packing,
        row.name,
        row.size,
        row.sha256,
        row.unpacked_size,
        row.unpacked_sha256,
    )
