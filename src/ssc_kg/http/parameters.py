"""What the parameters of an address say about how an answer comes.

Whatever is asked, these are read alike: numbers, switches, and that each is there once.
"""

from urllib.parse import parse_qsl

from ssc_kg.errors import BadRequestError, ParameterValueError

VERSION = "version"
"""The parameter that names the version of the dataset that is asked."""
_HIGHEST = 10**9
_ON, _OFF = (
    frozenset(("", "1", "on", "true", "yes")),
    frozenset(("0", "off", "false", "no")),
)


def read_query(encoded: bytes) -> dict[str, str]:
    """Return the value of each parameter in the query string of an address.

    Raises:
        BadRequestError: One is there more than once, or is not UTF-8.
    """
    found: dict[str, str] = {}
    for name, text in _parse(encoded):
        if name in found:
            msg = f"{name} is given twice; give it once"
            raise BadRequestError(msg)
        found[name] = text
    return found


def read_number(name: str, text: str, *, minimum: int, maximum: int) -> int:
    """Return the whole number that a parameter gives.

    Raises:
        ParameterValueError: It gives none, or one that is out of bounds.
    """
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(maximum))
    if not is_number or not minimum <= int(text) <= maximum:
        expected = f"a whole number from {minimum} to {maximum}"
        raise ParameterValueError(name, text, expected)
    return int(text)


def read_version_number(text: str) -> int:
    """Return the version that the parameter of that name gives.

    Raises:
        ParameterValueError: It gives none.
    """
    return read_number(VERSION, text, minimum=1, maximum=_HIGHEST)


def read_switch(name: str, text: str) -> bool:
    """Return whether a parameter is on; without a value it is.

    Raises:
        ParameterValueError: It is neither on nor off.
    """
    if text.lower() in _ON:
        return True
    if text.lower() in _OFF:
        return False
    raise ParameterValueError(name, text, "on or off")


def _parse(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, errors="strict"
        )
    except UnicodeDecodeError as error:
        msg = "the address is not UTF-8, percent-encoded; that is all that is read here"
        raise BadRequestError(msg) from error
