"""Other spellings of an address than its own, which people and programs send.

A slash at the end, capitals, an address that was percent-encoded twice, and the names
that a format has elsewhere as a suffix: each leads to the one spelling that is an IRI
here, if that is known.
"""

from collections.abc import Iterator
from urllib.parse import unquote

from pyoxigraph import NamedNode

from ssc_kg.urls import SUFFIXES

_OTHER_SUFFIXES = {
    "json": "jsonld",
    "n3": "ttl",
    "nquads": "nq",
    "ntriples": "nt",
    "rdfxml": "rdf",
    "turtle": "ttl",
    "xml": "rdf",
}


def spellings(thing: NamedNode, beginning: str) -> Iterator[NamedNode]:
    """Yield the IRIs that may be meant by one that is unknown, likely ones first.

    >>> [iri.value for iri in spellings(NamedNode("http://x/id/City/A/"), "http://x/id/")]
    ['http://x/id/City/A', 'http://x/id/city/a']
    """
    path = thing.value.removeprefix(beginning)
    if path == thing.value:
        return
    seen = {path}
    bare = path.rstrip("/")
    # What was encoded twice still has the escapes of escapes: an IRI keeps "%25".
    plain = unquote(unquote(bare))
    for other in (bare, plain, bare.lower(), plain.lower()):
        if other and other not in seen:
            seen.add(other)
            try:
                yield NamedNode(beginning + other)
            except ValueError:
                continue


def suffix_of(thing: NamedNode) -> tuple[NamedNode, str | None]:
    """Return what an IRI may be with another spelling of a suffix, and the right one.

    >>> suffix_of(NamedNode("http://x/id/city/a.TTL"))
    (<NamedNode value=http://x/id/city/a>, 'ttl')
    """
    stem, dot, suffix = thing.value.rpartition(".")
    name = suffix.lower()
    canonical = name if name in SUFFIXES else _OTHER_SUFFIXES.get(name)
    if not dot or canonical is None:
        return thing, None
    return NamedNode(stem), canonical
