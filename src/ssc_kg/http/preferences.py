"""What a client would like beside what it asks for (`Prefer`, RFC 7240).

A preference that is not known, or not met, is ignored; one that is met is named in
`Preference-Applied`.
"""

import re
from collections.abc import Iterable, Mapping

APPLIED = "Preference-Applied"
"""The header of the reply that names the preferences which were met."""
# A comma or a semicolon inside a quoted value separates nothing.
_ELEMENT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')
_FIRST = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*"?)+')


def preferences(headers: Iterable[str]) -> Mapping[str, str]:
    """Return the value of each preference; of a repeated one, the first (section 2).

    Names are in lower case; no value is the same as an empty one.

    >>> dict(preferences(['explain, return=minimal; foo="a, b"', "Explain=no"]))
    {'explain': '', 'return': 'minimal'}
    """
    found: dict[str, str] = {}
    for header in headers:
        for element in _ELEMENT.findall(header):
            first = _FIRST.match(element)
            name, _, value = (first[0] if first else "").partition("=")
            if name.strip():
                found.setdefault(name.strip().lower(), value.strip().strip('"'))
    return found
