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
    except ValueError:  # also of text that is no Unicode
        raise MalformedIriError(text) from None


def is_text(text: str) -> bool:
    """Return whether a literal can hold `text`: half a surrogate pair is no character.

    >>> is_text("Å"), is_text(chr(0xD800))
    (True, False)
    """
    return not any("\ud800" <= character <= "\udfff" for character in text)
