"""Text to RDF terms, once, at the boundary."""

from pyoxigraph import NamedNode

from ssc_kg.errors import MalformedIriError


def read_iri(text: str) -> NamedNode:
    """Return the IRI that `text` spells.

    Raises:
        MalformedIriError: The text is no absolute IRI (RFC 3987).
    """
    try:
        return NamedNode(text)
    except ValueError:
        raise MalformedIriError(text) from None
