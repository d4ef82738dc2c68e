"""Links in a page: which there are, and others in their stead.

A page is left as it is, byte for byte, but for the links that change. A link that leads
nowhere becomes plain text, and a form that nobody answers is left out. An address that
is shown as code changes with the link beside it. Pages are made by templates that put
every attribute in double quotes; scripts are not looked into.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser
from itertools import accumulate
from operator import itemgetter
from typing import TypeAlias

_LINKS = {
    "a": ("href",),
    "area": ("href",),
    "button": ("formaction",),
    "form": ("action",),
    "image": ("href",),
    "img": ("src",),
    "input": ("formaction", "src"),
    "link": ("href",),
    "script": ("src",),
    "source": ("src",),
    "use": ("href",),
}
"""The attributes that are addresses, by element."""
_EMBEDDED = frozenset(("img", "link", "source"))
"""Elements that are nothing without what they show."""
_ATTRIBUTE = re.compile(r'\s+([a-zA-Z:-]+)="([^"]*)"')

_ASKING = frozenset(("button", "form", "input"))
"""Elements that send what a person enters."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a page."""

    tag: str
    address: str
    name: str
    """Of the attribute."""
    start: int
    """Where the attribute begins, with the space before it."""
    end: int
    tag_start: int
    tag_end: int

    @property
    def is_asked(self) -> bool:
        """Whether a form sends something there."""
        return self.tag in _ASKING and self.name != "src"


_CODE = re.compile(r"<code>([^<>]+)</code>")

Choose: TypeAlias = Callable[[Link], str | None]
"""Returns the address in the stead of a link's; None where there is none."""
_Chosen: TypeAlias = tuple[Link, str | None]


def find_links(page: str) -> list[str]:
    """Return the addresses that a page links to, in order, as they stand there.

    >>> find_links('<p><a href="/a?b=1&amp;c=2">A</a><img src="/b.png"></p>')
    ['/a?b=1&c=2', '/b.png']
    """
    return [link.address for link in _read(page).links]


def replace_links(page: str, choose: Choose) -> str:
    """Return a page with the addresses that `choose` returns for those in it.

    >>> replace_links('<a class="b" href="/a">A</a>', lambda link: None)
    '<a class="b">A</a>'
    """
    read = _read(page)
    pieces, place = [], 0
    chosen = [(link, choose(link)) for link in read.links]
    edits = [*_edits(read, chosen), *_shown(page, chosen)]
    for start, end, text in sorted(edits, key=itemgetter(0)):
        if start >= place:
            pieces += [page[place:start], text]
            place = end
    return "".join([*pieces, page[place:]])


def _edits(
    read: "_Reader", chosen: Sequence[_Chosen]
) -> Iterator[tuple[int, int, str]]:
    """Yield what is replaced by what, outer things first."""
    for link, address in chosen:
        if address == link.address:
            continue
        if address is not None:
            attribute = f' {link.name}="{escape(address)}"'
            yield link.start, link.end, attribute
        elif link.tag == "form":
            yield link.tag_start, read.end_of_form(link.tag_start), ""
        elif link.tag in _EMBEDDED:
            yield link.tag_start, link.tag_end, ""
        else:
            yield link.start, link.end, ""


def _shown(page: str, chosen: Sequence[_Chosen]) -> Iterator[tuple[int, int, str]]:
    """Yield the same of addresses that are shown."""
    addresses = {escape(link.address): address for link, address in chosen}
    for found in _CODE.finditer(page):
        address = addresses.get(found[1], unescape(found[1]))
        if address is None:
            yield found.start(), found.end(), ""
        elif escape(address) != escape(unescape(found[1])):
            yield found.start(1), found.end(1), escape(address)


def _read(page: str) -> "_Reader":
    reader = _Reader(page)
    reader.feed(page)
    reader.close()
    return reader


class _Reader(HTMLParser):
    """Finds the links of a page and where its forms end."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[Link] = []
        self._page = page
        self._form_ends: list[int] = []
        # As the parser counts them; str.splitlines knows further ends of lines.
        lengths = (len(line) + 1 for line in page.split("\n"))
        self._lines = [0, *accumulate(lengths)]

    def end_of_form(self, start: int) -> int:
        """Return where the form ends that begins at `start`."""
        return next((end for end in self._form_ends if end > start), len(self._page))

    def handle_starttag(
        self, tag: str, attrs: Sequence[tuple[str, str | None]]
    ) -> None:
        names = _LINKS.get(tag, ())
        if not any(name in names for name, _ in attrs):
            return
        text, start = self.get_starttag_text() or "", self._offset()
        for found in _ATTRIBUTE.finditer(text):
            name, value = found[1].lower(), unescape(found[2])
            if name in names:
                place, end = start + found.start(), start + found.end()
                link = Link(tag, value, name, place, end, start, start + len(text))
                self.links.append(link)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form_ends.append(self._page.index(">", self._offset()) + 1)

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
