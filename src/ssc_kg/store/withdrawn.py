"""The things that earlier versions told of and a version does not: 410, not 404.

Kept with each version as a text file, an IRI a line, sorted; made from the parent's by
what changed. A version of an older release has none, and starts as nothing withdrawn.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store


def still_withdrawn(
    before: Collection[str], store: Store, *, removed: Iterable[Quad]
) -> frozenset[str]:
    """Return what a version withdraws, or its parent did and it does not tell of.

    Args:
        before: What the parent withdrew.
        store: The version.
        removed: The quads of the parent that it does not have.
    """
    terms = {term for quad in removed for term in (quad.subject, quad.object)}
    things = {term.value for term in terms if isinstance(term, NamedNode)}
    return frozenset(
        iri for iri in things.union(before) if not _is_known(store, NamedNode(iri))
    )


def write_withdrawn(iris: Collection[str]) -> bytes:
    """Return the content of the file."""
    return "".join(f"{iri}\n" for iri in sorted(iris)).encode()


@lru_cache(maxsize=8)
def read_withdrawn(path: Path) -> frozenset[str]:
    """Return what the file of a published version holds, which never changes."""
    try:
        # Not splitlines(), which knows line ends that IRIs may have in them.
        lines = path.read_text(encoding="utf-8").split("\n")
        return frozenset(filter(None, lines))
    except FileNotFoundError:
        return frozenset()


def _is_known(store: Store, thing: NamedNode) -> bool:
    return any(_mentions(store, thing))


def _mentions(store: Store, thing: NamedNode) -> Iterator[Quad]:
    yield from store.quads_for_pattern(thing, None, None, None)
    yield from store.quads_for_pattern(None, None, thing, None)
