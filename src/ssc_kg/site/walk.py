"""Goes through all that a server has, and writes what it answers.

It begins with the documents that a sitemap lists, and goes on to what replies and pages
link to; each address is asked for once. What is not there is remembered, so that no
page links to it.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from http import HTTPStatus
from itertools import count
from urllib.parse import urlsplit

from ssc_kg.errors import SiteError
from ssc_kg.formats.table import HTML
from ssc_kg.site.asking import Answer, Asking
from ssc_kg.site.downloads import Downloads
from ssc_kg.site.folder import PAGE, Folder
from ssc_kg.site.links import find_links
from ssc_kg.site.places import place_of
from ssc_kg.site.root import Root
from ssc_kg.site.services import Services, is_service

_ACCEPT = f"{HTML.media_type}, */*;q=0.1"
_MISSING = frozenset((HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.NOT_ACCEPTABLE))
_ASKED = re.compile(r"queries/[^/]+\.(?!rq$|graphql$)[^/]+")
"""The answers of questions, which a server computes; their texts are files."""
_LINK = re.compile(r"<([^>]*)>")
_REPORTED = 500
"""After how many addresses there is something to tell."""
_LEADING = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url={address}">
<link rel="canonical" href="{address}">
<title>{address}</title>
<p>This leads to <a href="{address}">{address}</a>.</p>
</html>
"""


@dataclass(slots=True)
class Walk:
    """What has been found so far, and what is still to be asked for."""

    asking: Asking
    folder: Folder
    root: Root
    services: Services
    downloads: Downloads
    report: Callable[[str], None]
    pages: dict[str, list[str]] = field(default_factory=dict)
    """The files that are the page at an address of the server."""
    places: set[str] = field(default_factory=set)
    """Where something lies."""
    _asked: set[str] = field(default_factory=set)
    _queue: deque[str] = field(default_factory=deque)

    def begin(self, addresses: Iterable[str]) -> None:
        """Add addresses to ask for."""
        for address in addresses:
            self._follow(address)

    async def go(self) -> None:
        """Ask for everything, to the end.

        Raises:
            SiteError: The application failed, or two answers belong to one file.
        """
        for number in count(1):
            if not self._queue:
                return
            await self._visit(self._queue.popleft())
            if number % _REPORTED == 0:
                self.report(f"{number} addresses, {len(self._queue)} to ask for")

    def _follow(self, address: str) -> None:
        place = place_of(address)
        if place is None or place in self._asked:
            return
        if is_service(address) or _ASKED.fullmatch(address):
            return
        self._asked.add(place)
        self._queue.append(address)

    async def _visit(self, address: str) -> None:
        if self.downloads.has(address):
            self._copy(address)
            return
        target = f"/{address}"
        answer = await self.asking.get(target, accept=_ACCEPT)
        if answer.status in _MISSING:
            return
        place = place_of(address)
        if place is None or answer.status >= HTTPStatus.BAD_REQUEST:
            message = f"{target} answered {answer.status}: {answer.body.decode()}"
            raise SiteError(message)
        self.places.add(place)
        location = answer.headers.get("location")
        if location is not None:
            self._lead(place, address, location)
        elif answer.media_type == HTML.media_type:
            self._write_page(place, address, answer)
        else:
            self._write_document(place, address, answer)

    def _copy(self, address: str) -> None:
        """Copy a file to download, if it has been made."""
        source = self.downloads.find(address)
        if source is not None:
            self.folder.copy(address, source)
            self.places.add(address)

    def _write_page(self, place: str, address: str, answer: Answer) -> None:
        files = [page_file(place)]
        same = self._same(address, answer)
        if same is not None and same not in self._asked:
            self._asked.add(same)
            self.places.add(same)
            files.append(same)
        for file in files:
            self.folder.write(file, answer.body)
        self.pages[address] = files
        self._follow_all(_links(answer), address)
        self._follow_all(find_links(answer.body.decode()), address)

    def _write_document(self, place: str, address: str, answer: Answer) -> None:
        same = self._same(address, answer)
        if same is not None and same != place:
            # No page, but one of several formats.
            self._lead(place, address, answer.headers["content-location"])
            self._follow_all(_links(answer), address)
            return
        self.folder.write(place, self.services.amend(answer.body, answer.media_type))

    def _same(self, address: str, answer: Answer) -> str | None:
        """Return the place of what was answered, if that has an address of its own."""
        location = answer.headers.get("content-location")
        if location is None:
            return None
        found = self.root.address(location, base=address)
        return None if found is None else place_of(found)

    def _lead(self, place: str, address: str, location: str) -> None:
        """Write a page that leads on."""
        fragment = urlsplit(location).fragment
        found = self.root.address(location, base=address)
        led = None if found is None else place_of(found)
        url = location
        if found is not None and led is not None:
            self._follow(found)
            url = self.root.url(found, led) + (f"#{fragment}" if fragment else "")
        page = _LEADING.format(address=escape(url))
        self.folder.write(page_file(place), page.encode())

    def _follow_all(self, links: Iterable[str], base: str) -> None:
        for link in links:
            address = self.root.address(link, base=base)
            if address is not None:
                self._follow(address)


def page_file(place: str) -> str:
    """Return the file of a page that servers answer with at a place."""
    if place.endswith(f".{HTML.suffix}"):
        return place
    return f"{place}/{PAGE}".lstrip("/")


def _links(answer: Answer) -> Iterator[str]:
    return (link[1] for link in _LINK.finditer(answer.headers.get("link", "")))
