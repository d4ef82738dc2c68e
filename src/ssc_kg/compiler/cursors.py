"""Cursors: opaque names of a place in an ordering.

A cursor holds the sort keys of a node, of which the last is always its IRI, rather than
a row number: it stays valid when nodes are added or removed before it. Its first letter
names the ordering; a cursor of another ordering is refused, because it would begin a
page at a place without meaning.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error

from pyoxigraph import NamedNode

from ssc_kg.errors import CursorError, MalformedIriError
from ssc_kg.rdf.terms import read_iri

_BY_IRI = "i"


def write_cursor(iri: str) -> str:
    """Return the cursor of the node `iri` in the order of IRIs.

    >>> write_cursor("http://metadata.un.org/sdg/11")
    'aWh0dHA6Ly9tZXRhZGF0YS51bi5vcmcvc2RnLzEx'
    """
    return urlsafe_b64encode((_BY_IRI + iri).encode()).decode().rstrip("=")


def read_cursor(text: str) -> NamedNode:
    """Return the IRI that a cursor holds.

    Raises:
        CursorError: The text is no cursor, or one of another ordering.
    """
    try:
        padded = text + "=" * (-len(text) % 4)
        ordering_and_iri = urlsafe_b64decode(padded.encode()).decode()
        iri = read_iri(ordering_and_iri[1:])
    except (Base64Error, UnicodeError, MalformedIriError):
        raise CursorError(text) from None
    if not ordering_and_iri.startswith(_BY_IRI):
        raise CursorError(text)
    return iri
