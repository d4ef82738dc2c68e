"""What programs that go through a site find first: robots.txt and sitemap.xml.

They are the server's, with the places of documents in the stead of their addresses. A
folder that may be published anywhere has no sitemap, whose addresses are absolute.
"""

import re
from html import unescape
from xml.sax.saxutils import escape

from ssc_kg.site.asking import Asking
from ssc_kg.site.folder import Folder
from ssc_kg.site.places import place_of
from ssc_kg.site.root import Root

_ROBOTS = "User-agent: *\nDisallow:\n"
_LOCATION = re.compile(r"<loc>([^<]*)</loc>")
_SITEMAP = "sitemap.xml"
_PART = re.compile(r"sitemap-[0-9]+\.xml")


async def write_crawling(asking: Asking, folder: Folder, root: Root) -> None:
    """Write the files."""
    if not root.is_known:
        folder.write("robots.txt", _ROBOTS.encode())
        return
    robots = f"{_ROBOTS}\nSitemap: {root.public}{_SITEMAP}\n"
    folder.write("robots.txt", robots.encode())
    sitemap = await _read(asking, _SITEMAP)
    for address in _LOCATION.findall(sitemap):
        part = root.address(unescape(address))
        if part is not None and _PART.fullmatch(part):
            folder.write(part, _move(await _read(asking, part), root).encode())
    folder.write(_SITEMAP, _move(sitemap, root).encode())


async def _read(asking: Asking, address: str) -> str:
    answer = await asking.get(f"/{address}")
    return answer.body.decode()


def _move(sitemap: str, root: Root) -> str:
    def move(found: re.Match[str]) -> str:
        address = root.address(unescape(found[1]))
        place = None if address is None else place_of(address)
        if place is None or address is None:
            return found[0]
        return f"<loc>{escape(root.url(address, place))}</loc>"

    return _LOCATION.sub(move, sitemap)
