"""Entity tags and conditional requests (RFC 9110, sections 8.8.3 and 13.1.2).

Only tags make a copy fresh. Last-Modified counts in seconds, and two versions may be
published within one.
"""

import hashlib
import re
from datetime import UTC, datetime
from email.utils import format_datetime
from importlib.metadata import version

from starlette.datastructures import Headers

# Another release may write the same facts in other bytes.
_RELEASE = version("ssc-kg")
_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')


def entity_tag(*parts: str | int) -> str:
    """Return the strong tag of the representation that `parts` name together.

    >>> entity_tag(7, "text/turtle") == entity_tag(7, "text/", "turtle")
    False
    """
    named = "".join(f"{len(str(part))}:{part}" for part in (_RELEASE, *parts))
    return f'"{hashlib.blake2b(named.encode(), digest_size=16).hexdigest()}"'


def is_fresh(headers: Headers, tag: str) -> bool:
    """Whether the client's copy is the representation with this tag, so that 304 fits.

    Tags are compared weakly, as If-None-Match asks for.
    """
    return _if_none_match(headers) == "*" or has_copy(headers, tag)


def has_copy(headers: Headers, tag: str) -> bool:
    """Whether the client names the tag, so that it had the representation once.

    Unlike `*`, that tells that there is one, before anything is done to make it.
    """
    return tag.removeprefix("W/") in _TAG.findall(_if_none_match(headers))


def _if_none_match(headers: Headers) -> str:
    return ", ".join(headers.getlist("if-none-match")).strip()


def http_date(time: datetime) -> str:
    """Return an aware time as HTTP writes it.

    >>> http_date(datetime(2026, 11, 23, 2, 39, tzinfo=UTC))
    'Mon, 23 Nov 2026 02:39:00 GMT'
    """
    return format_datetime(time.astimezone(UTC), usegmt=True)
