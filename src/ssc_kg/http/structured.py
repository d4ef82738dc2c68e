"""Lists of texts in a header (RFC 9651, sections 3.3.3 and 3.3.8).

A text of ASCII is a String; any other is a Display String, percent-encoded.
"""

import re
from collections.abc import Iterable
from urllib.parse import unquote

_ITEM = re.compile(r'%"(?P<display>[^"]*)"|"(?P<string>(?:[^"\\]|\\.)*)"')
_SPECIAL = re.compile(r'["\\]')
_ENCODED = re.compile(rb'[^\x20-\x7e]|["%]')


def write_texts(texts: Iterable[str]) -> str:
    r"""Return the value of a header that holds texts.

    >>> print(write_texts(['a "b"', "é"]))
    "a \"b\"", %"%c3%a9"
    """
    return ", ".join(map(_write_text, texts))


def read_texts(value: str) -> tuple[str, ...]:
    """Return the texts of a header; what is none is left out.

    >>> read_texts('"a", 5, %"%c3%a9"')
    ('a', 'é')
    """
    return tuple(
        unquote(found["display"])
        if found["display"] is not None
        else re.sub(r"\\(.)", r"\1", found["string"])
        for found in _ITEM.finditer(value)
    )


def _write_text(text: str) -> str:
    if text.isascii() and text.isprintable():
        return f'"{_SPECIAL.sub(_escape, text)}"'
    encoded = _ENCODED.sub(lambda found: b"%%%02x" % ord(found[0]), text.encode())
    return f'%"{encoded.decode()}"'


def _escape(found: re.Match[str]) -> str:
    return f"\\{found[0]}"
