"""Content negotiation (RFC 9110, section 12.5.1), free of any web framework."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ssc_kg.errors import NotAcceptableError
from ssc_kg.formats.table import CSV, HTML, MISSING_FORMATS, Format

_QUALITY = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")
# A comma or a semicolon inside a quoted parameter separates nothing.
_ELEMENT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')
_PARAMETER = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*"?)+')
_HTML_TYPES = frozenset((HTML.media_type, *HTML.aliases))
_XML_TYPES = frozenset(("application/xml", "text/xml"))
_EXACT = 3


@dataclass(frozen=True, slots=True)
class _Range:
    media_type: str
    quality: float

    def specificity(self, media_type: str) -> int:
        """How closely this range names `media_type`: 0 (not at all) to `_EXACT`."""
        if self.media_type == media_type:
            return _EXACT
        if self.media_type == f"{media_type.partition('/')[0]}/*":
            return 2
        return 1 if self.media_type == "*/*" else 0


def negotiate(accept: str, offered: Sequence[Format]) -> Format:
    """Return the offered format that the client likes best.

    Ties go to the format offered first. An empty header accepts anything. A picture has
    to be named: neither a wildcard asks for it, nor what browsers say beside HTML.

    >>> from ssc_kg.formats.table import RDF_FORMATS
    >>> negotiate("text/turtle;q=0.5, application/ld+json", RDF_FORMATS).name
    'jsonld'

    Raises:
        NotAcceptableError: The client accepts none of the offered formats.
    """
    return _negotiate(accept, tuple(offered))


@lru_cache(maxsize=256)
def _negotiate(accept: str, offered: tuple[Format, ...]) -> Format:
    ranges = _without_page_parts(list(_parse(accept)))
    if not ranges:
        return offered[0]
    best = max(offered, key=lambda format_: _quality(format_, ranges))
    if _quality(best, ranges) == 0:
        wanted = (range_.media_type for range_ in ranges if range_.quality)
        extras = (_missing_extra(each, offered) for each in wanted)
        extra = next(filter(None, extras), None)
        types = [format_.media_type for format_ in offered]
        raise NotAcceptableError(accept, types, extra)
    return best


def wants_page(accept: str, offered: Sequence[Format]) -> bool:
    """Whether who sends this header is a browser, which shows a page best.

    Programs name HTML too: beside formats that they read, which they get then, or with
    a wildcard and no XHTML, as Java's HttpURLConnection does by itself.

    >>> from ssc_kg.formats.table import RESULT_FORMATS
    >>> wants_page("text/html, application/xhtml+xml, */*;q=0.8", RESULT_FORMATS)
    True
    >>> wants_page("text/html, text/csv;q=0.8", RESULT_FORMATS)
    False
    """
    ranges = _without_page_parts(list(_parse(accept)))
    types = {range_.media_type for range_ in ranges if range_.quality}
    read = {each for format_ in offered for each in format_.media_types}
    is_page = not types.isdisjoint(_HTML_TYPES) and types.isdisjoint(read)
    if not is_page or ("*/*" in types and types.isdisjoint(HTML.aliases)):
        return False
    return negotiate(accept, (offered[0], HTML)) is HTML


def named(name: str, offered: Sequence[Format]) -> Format:
    """Return the offered format that a person calls `name`.

    A name is that of the table, a file suffix, a media type or what follows the slash
    in one, in any case: `json` is JSON-LD where graphs are offered.

    Raises:
        NotAcceptableError: None of the offered formats is called that.
    """
    # In a query string "+" means a space, and "?format=application/ld+json" is shared.
    wanted = name.strip().lower().replace(" ", "+")
    for format_ in offered:
        if _is_called(format_, wanted):
            return format_
    names = [format_.name for format_ in offered]
    raise NotAcceptableError(name, names, _missing_extra(wanted, offered))


def _is_called(format_: Format, name: str) -> bool:
    types = format_.media_types
    subtypes = (each.partition("/")[2] for each in types)
    return name in (format_.name, format_.suffix, *types, *subtypes)


def _missing_extra(name: str, offered: Sequence[Format]) -> str | None:
    """Return the extra that would bring a format of that name, if one is missing.

    Extras bring formats of rows alone, which CSV has too.
    """
    if CSV not in offered:
        return None
    missing = MISSING_FORMATS.items()
    return next((extra for each, extra in missing if _is_called(each, name)), None)


def _quality(format_: Format, ranges: Sequence[_Range]) -> float:
    # The most specific matching range wins even when its q is lower, so
    # "text/*, text/turtle;q=0" excludes Turtle. A format that is not asked for by its
    # own name may be by an alias; a wildcard counts when neither is named.
    specificity, quality = _match(format_.media_type, ranges)
    if specificity == _EXACT:
        return quality
    if format_.is_picture:
        return 0.0
    aliases = (_match(alias, ranges) for alias in format_.aliases)
    exact = [
        alias_quality for closeness, alias_quality in aliases if closeness == _EXACT
    ]
    return max(exact, default=quality)


def _match(media_type: str, ranges: Sequence[_Range]) -> tuple[int, float]:
    matches = ((range_.specificity(media_type), range_.quality) for range_ in ranges)
    return max((match for match in matches if match[0]), default=(0, 0.0))


def _without_page_parts(ranges: list[_Range]) -> list[_Range]:
    # Beside HTML, "application/xml" is a browser's word for another kind of page: taken
    # as RDF/XML, it would outweigh the "*/*;q=0.8" that gives browsers Turtle. Pictures
    # that some name there are for what is on a page.
    named_types = {range_.media_type for range_ in ranges}
    if named_types.isdisjoint(_HTML_TYPES):
        return ranges
    return [range_ for range_ in ranges if not _is_for_pages(range_.media_type)]


def _is_for_pages(media_type: str) -> bool:
    return media_type in _XML_TYPES or media_type.startswith("image/")


def _parse(accept: str) -> Iterator[_Range]:
    for element in _ELEMENT.findall(accept):
        media_type, *parameters = map(str.strip, _PARAMETER.findall(element) or [""])
        if media_type:
            yield _Range(_spell(media_type), _weigh(parameters))


def _spell(media_type: str) -> str:
    # Java's HttpURLConnection sends a lone "*"; it means what it looks like.
    return "*/*" if media_type == "*" else media_type.lower()


def _weigh(parameters: Sequence[str]) -> float:
    # Parameters that are not the weight (charset, profile) narrow nothing here: each
    # format comes in one charset and one profile.
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            # RFC 9110 leaves this open; an unreadable weight asks for nothing.
            is_readable = _QUALITY.fullmatch(value.strip())
            return min(float(value), 1.0) if is_readable else 0.0
    return 1.0
