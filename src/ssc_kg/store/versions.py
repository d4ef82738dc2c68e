"""A data directory: immutable versions of the dataset, and which of them is current.

    ssc-kg-data.txt          says what the directory is
    current                  the pointer: the current version and the highest one
    lock                     held by the one program that writes
    work/                    where that program prepares a version
    versions/<n>/            the store of version n, never changed after publication
    versions/<n>.json        its record
    versions/<n>.added.nq.gz, versions/<n>.removed.nq.gz
                             how it differs from its parent, the merged graph included
    versions/<n>.order.sqlite     its things by class, sorted
    versions/<n>.search.sqlite
                             the full-text index, if it was made with the version
    versions/<n>.withdrawn   the IRIs that earlier versions told of, a line each
    versions/<n>.sha256      the hash of its quads, once it has been computed
    versions/<n>.dumps/      the version as files to download, once they have been made;
                             <n>.dumps.part/ while they are, <n>.dumps.lock held by who
                             makes them

What lies above the highest version was left by a writer that was killed. This module
reads; `draft` writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ssc_kg.errors import (
    ConfigurationError,
    NotADataDirectoryError,
    PrunedVersionError,
    StoreError,
    UnknownVersionError,
)

PENDING = "pending"
"""In place of a hash that is not computed yet."""

_MARKER = "ssc-kg-data.txt"
_MARKER_TEXT = """\
This directory holds versions of a knowledge graph and belongs to ssc-kg.
layout 1
"""
# The root of a freshly made file system, as a container's volume often is, has one.
_HARMLESS = frozenset({"lost+found"})


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which versions are published."""

    current: int
    """The version that answers."""
    highest: int
    """The highest number published; above the current one after a rollback."""


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """What is known of one version without opening it."""

    number: int
    time: datetime
    """When it was published, in UTC, to the second."""
    parent: int | None
    """The version it was made from; None for the first."""
    author: str
    message: str
    triples: int
    """How many triples the merged default graph has."""
    graphs: Mapping[str, int]
    """How many triples each named graph has, by IRI, in order; none are empty."""
    added: int
    """How many quads of named graphs its parent does not have, descriptions apart."""
    removed: int
    """How many quads of its parent's named graphs it does not have, likewise."""
    sha256: str = field(default=PENDING)
    """Of the sorted N-Quads of the named graphs, in hexadecimal."""

    @property
    def identity(self) -> str:
        """What no other version has, not even that of another directory."""
        return f"{self.number} {self.time.isoformat()} {self.triples} {self.quads}"

    @property
    def quads(self) -> int:
        """How many quads the named graphs have together."""
        return sum(self.graphs.values())


_POINTER = TypeAdapter(Pointer)
_RECORD = TypeAdapter(VersionRecord)


class Versions:
    """The published versions in one directory, which is made if it does not exist."""

    def __init__(self, root: Path) -> None:
        """Open `root`, or make an empty or new directory a data directory.

        Raises:
            NotADataDirectoryError: It is a file, holds other things, or cannot be used.
        """
        self.root = root
        try:
            self._claim()
        except OSError as error:
            reason = f"it cannot be used ({error.strerror})"
            raise NotADataDirectoryError(root, reason) from error

    @property
    def directory(self) -> Path:
        """Where the versions are."""
        return self.root / "versions"

    @property
    def pointer_path(self) -> Path:
        """The file that says which version is current."""
        return self.root / "current"

    def pointer(self) -> Pointer | None:
        """Return which versions are published, or None before the first."""
        try:
            return _POINTER.validate_json(self.pointer_path.read_bytes())
        except FileNotFoundError:
            return None
        except ValidationError as error:
            message = f"{self.pointer_path} does not name a version; it is damaged"
            raise StoreError(message) from error

    def stamp(self) -> tuple[int, int] | None:
        """Return what changes whenever the pointer moves; costs one look at a file."""
        try:
            status = self.pointer_path.stat()
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_mtime_ns

    def current(self) -> VersionRecord | None:
        """Return the current version, or None before the first."""
        pointer = self.pointer()
        return None if pointer is None else self.get(pointer.current)

    def get(self, number: int) -> VersionRecord:
        """Return the record of a published version.

        Raises:
            PrunedVersionError: It is no longer kept.
            UnknownVersionError: It was never published.
        """
        self._require(number)
        return self._read(number)

    def list(self) -> tuple[VersionRecord, ...]:
        """Return the published versions, oldest first."""
        return tuple(map(self._read, self._numbers()))

    def path(self, number: int) -> Path:
        """Return the directory of a published version's store.

        Raises:
            PrunedVersionError: It is no longer kept.
            UnknownVersionError: It was never published.
        """
        self._require(number)
        return self.directory / str(number)

    def order_path(self, number: int) -> Path:
        """Return where the sorted lists of a version are, if it has them."""
        return self.directory / f"{number}.order.sqlite"

    def index_path(self, number: int) -> Path:
        """Return where the full-text index of a version is, if it has one."""
        return self.directory / f"{number}.search.sqlite"

    def withdrawn_path(self, number: int) -> Path:
        """Return where the things are that a version tells of no longer."""
        return self.directory / f"{number}.withdrawn"

    def dumps_path(self, number: int) -> Path:
        """Return where the dumps of a version are, if they have been made."""
        return self.directory / f"{number}.dumps"

    def delta_paths(self, number: int) -> tuple[Path, Path]:
        """Return where it is kept what a version adds to its parent, and removes."""
        added, removed = (f"{number}.{name}.nq.gz" for name in ("added", "removed"))
        return self.directory / added, self.directory / removed

    def _claim(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        names = {path.name for path in self.root.iterdir()} - _HARMLESS
        if _MARKER in names:
            return
        if names:
            reason = f"it holds other things, such as {min(names)}"
            raise NotADataDirectoryError(self.root, reason)
        # Another program may claim it at the same moment; it writes the same text.
        (self.root / _MARKER).write_text(_MARKER_TEXT, encoding="utf-8")

    def _require(self, number: int) -> None:
        known = self._numbers()
        if number in known:
            return
        pointer = self.pointer()
        if pointer is not None and 0 < number <= pointer.highest:
            raise PrunedVersionError(number, known)
        raise UnknownVersionError(number, known)

    def _numbers(self) -> tuple[int, ...]:
        pointer = self.pointer()
        if pointer is None:
            return ()
        stems = (path.stem for path in self.directory.glob("*.json"))
        numbers = sorted(int(stem) for stem in stems if stem.isdecimal())
        return tuple(number for number in numbers if number <= pointer.highest)

    def _read(self, number: int) -> VersionRecord:
        path = self.directory / f"{number}.json"
        try:
            record = _RECORD.validate_json(path.read_bytes())
        except FileNotFoundError:
            raise PrunedVersionError(number, self._numbers()) from None
        except ValidationError as error:
            message = f"{path} does not describe a version; it is damaged"
            raise StoreError(message) from error
        # Pydantic's UTC is not the standard library's, which HTTP dates insist on.
        time = record.time.astimezone(UTC)
        return replace(record, time=time, sha256=self._hash(number))

    def _hash(self, number: int) -> str:
        try:
            return (self.directory / f"{number}.sha256").read_text("ascii").strip()
        except FileNotFoundError:
            return PENDING


def existing_versions(directory: Path) -> Versions:
    """Return the versions of a data directory, which must have one.

    Raises:
        NotADataDirectoryError: The directory is something else.
        ConfigurationError: There is no version yet.
    """
    versions = Versions(directory) if directory.exists() else None
    if versions is None or versions.current() is None:
        msg = (
            f"{directory} has no version yet; `ssc-kg serve` makes the first one from "
            "the data that comes with the program, `ssc-kg load` from your own files; "
            "another directory is named by --data-dir or SSC_KG_DATA_DIR"
        )
        raise ConfigurationError(msg)
    return versions


def write_record(record: VersionRecord) -> bytes:
    """Return a record as the bytes of its file, without the hash."""
    return _RECORD.dump_json(record, indent=2, exclude={"sha256"}) + b"\n"


def write_pointer(pointer: Pointer) -> bytes:
    """Return a pointer as the bytes of its file."""
    return _POINTER.dump_json(pointer) + b"\n"
