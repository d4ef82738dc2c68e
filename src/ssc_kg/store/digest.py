"""The hash of what a version says, computed after it is published.

It is the SHA-256 of the N-Quads of the named graphs, sorted by code point. The default
graph is left out since it is their merge. So anyone who has the dataset as N-Quads can
check it: `sort | sha256sum`, in the C locale.
"""

import hashlib
import secrets
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph

from ssc_kg.store.canonical import sorted_quads
from ssc_kg.store.draft import sync_directory, write_durably
from ssc_kg.store.versions import PENDING, Versions


def record_digest(versions: Versions, number: int) -> str:
    """Return the hash of a version, and keep it beside the version's record.

    Raises:
        UnknownVersionError: The version was never published, or was pruned.
    """
    known = versions.get(number).sha256
    if known != PENDING:
        return known
    store = pyoxigraph.Store.read_only(str(versions.path(number)))
    with tempfile.TemporaryDirectory(prefix="ssc-kg-") as scratch:
        digest = _digest(sorted_quads(store, Path(scratch)))
    keep_digest(versions, number, digest)
    return digest


def keep_digest(versions: Versions, number: int, digest: str) -> None:
    """Keep the hash of a version, computed by the caller, beside its record."""
    path = versions.directory / f"{number}.sha256"
    # Who makes the dumps of a version may find its hash at the same moment.
    temporary = path.with_suffix(f".{secrets.token_hex(4)}.new")
    write_durably(temporary, f"{digest}\n".encode("ascii"))
    temporary.replace(path)
    sync_directory(path.parent)


def _digest(lines: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line)
    return digest.hexdigest()
