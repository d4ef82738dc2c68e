"""The hash of what a version says, computed after it is published.

It is the SHA-256 of the N-Quads of the named graphs, sorted by code point. The default
graph is left out since it is their merge. So anyone who has the dataset as N-Quads can
check it: `sort | sha256sum`, in the C locale.
"""

import hashlib

import pyoxigraph
from pyoxigraph import DefaultGraph, RdfFormat

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
    digest = _digest(pyoxigraph.Store.read_only(str(versions.path(number))))
    path = versions.directory / f"{number}.sha256"
    temporary = path.with_suffix(".sha256.new")
    write_durably(temporary, f"{digest}\n".encode("ascii"))
    temporary.replace(path)
    sync_directory(path.parent)
    return digest


def _digest(store: pyoxigraph.Store) -> str:
    quads = store.quads_for_pattern(None, None, None, None)
    named = (quad for quad in quads if quad.graph_name != DefaultGraph())
    text = pyoxigraph.serialize(named, format=RdfFormat.N_QUADS)
    lines = sorted((text or b"").splitlines(keepends=True))
    return hashlib.sha256(b"".join(lines)).hexdigest()
