"""Packages that an extra of this one brings."""

from collections.abc import Iterator
from contextlib import contextmanager

from ssc_kg.errors import MissingExtraError


@contextmanager
def needing(extra: str, *packages: str, what: str) -> Iterator[None]:
    """Say which extra is missing if one of these packages cannot be imported.

    Args:
        extra: The name of the extra.
        packages: The names by which its packages are imported.
        what: What needs them, for the message.

    Raises:
        MissingExtraError: One is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in packages:
            raise
        raise MissingExtraError(what, error.name, extra) from None
