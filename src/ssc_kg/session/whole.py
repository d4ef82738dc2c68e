"""An answer is whole, or an error: a table that a cap cut is never taken for all."""

import re
from collections.abc import Iterable, Iterator

from ssc_kg.errors import QueryLimit, QueryTooLargeError

_TAIL = 256
# In JSON a string has no bare quote, and in XML a text no bare bracket, so no value of
# a table looks like this.
_MARK = re.compile(
    rb'\]\},"truncated":\{"limit":"rows","maximum":(?P<json>\d+)\}\}\s*$'
    rb'|<\?truncated limit="rows" maximum="(?P<xml>\d+)"\?></sparql>\s*$'
)


def require_whole(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the bytes of an answer.

    Raises:
        QueryTooLargeError: They end with the mark of a table that was cut.
    """
    tail = b""
    for chunk in chunks:
        tail = (tail + chunk)[-_TAIL:]
        yield chunk
    if found := _MARK.search(tail):
        maximum = int(found["json"] or found["xml"])
        raise QueryTooLargeError(QueryLimit.ROWS, maximum)
