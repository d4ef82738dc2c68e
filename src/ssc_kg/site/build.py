"""All of a site, in order: what is asked, what links become, what else lies there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from starlette.types import ASGIApp

from ssc_kg.publish.crawl import pages_of
from ssc_kg.site.asking import running
from ssc_kg.site.crawling import write_crawling
from ssc_kg.site.downloads import Downloads
from ssc_kg.site.folder import Folder, replacing
from ssc_kg.site.links import Link, replace_links
from ssc_kg.site.places import place_of
from ssc_kg.site.redirects import (
    find_redirects,
    write_headers,
    write_own_rules,
    write_rules,
)
from ssc_kg.site.root import Root
from ssc_kg.site.services import Services
from ssc_kg.site.walk import Walk
from ssc_kg.store.snapshot import Snapshot
from ssc_kg.store.versions import Versions
from ssc_kg.urls import Urls

_DOORS = (
    "",
    "catalog",
    "dumps",
    "prefixes",
    "versions",
    "context.jsonld",
    ".well-known/void",
)
"""What is there beside things and graphs."""


@dataclass(frozen=True, slots=True)
class Site:
    """What is published, and where."""

    urls: Urls
    """Its public URL is where the folder is published."""
    snapshot: Snapshot
    versions: Versions
    live: str | None = None
    """The address of a server that answers what a folder cannot; ends in `/`."""

    @property
    def root(self) -> Root:
        """Where the folder is published."""
        return Root.of(self.urls.public_url)

    @property
    def services(self) -> Services:
        """Where the services are."""
        root = self.root
        named = root.absolute if root.is_known else self.urls.base_iri
        return Services(root.absolute, self.live, named)


@dataclass(frozen=True, slots=True)
class Built:
    """What was written."""

    files: int
    pages: int
    size: int
    """In bytes."""


async def build(
    app: ASGIApp, site: Site, target: Path, report: Callable[[str], None]
) -> Built:
    """Write all that `app` answers about its current version into the folder `target`.

    Raises:
        NotASiteError: It has something else than an earlier export.
        SiteError: The folder cannot be written, or an answer is missing.
    """
    with replacing(target) as folder:
        downloads = Downloads(site.versions)
        async with running(app, site.root.origin) as asking:
            walk = Walk(asking, folder, site.root, site.services, downloads, report)
            listed = _listed(site)
            walk.begin((*_DOORS, *listed))
            await walk.go()
            await write_crawling(asking, folder, site.root)
        if site.root.is_known:
            _write_rules(folder, site, listed)
        pages = sum(map(len, walk.pages.values()))
        report(f"{folder.files} files, links of {pages} pages")
        _link_pages(walk, site)
    return Built(folder.files, pages, folder.size)


def _listed(site: Site) -> list[str]:
    """Return the addresses of all graphs and things, and of documents about these."""
    urls = site.urls
    pages = pages_of(site.snapshot.store, urls)
    addresses = [
        urls.url(page).removeprefix(urls.public_url)
        for page in pages
        if page.value.startswith(urls.base_iri)
    ]
    things = [
        f"id/{address.removeprefix('doc/')}"
        for address in addresses
        if address.startswith("doc/")
    ]
    return [*addresses, *things]


def _write_rules(folder: Folder, site: Site, listed: Iterable[str]) -> None:
    redirects = find_redirects(listed, site.urls.public_url, site.live)
    iri = site.urls.base_iri
    folder.write("redirects/w3id.htaccess", write_rules(redirects, iri=iri).encode())
    folder.write(".htaccess", write_own_rules(redirects).encode())
    folder.write("_headers", write_headers().encode())
    # GitHub's pages leave out what begins with "_" or ".", unless they are told.
    folder.write(".nojekyll", b"")


def _link_pages(walk: Walk, site: Site) -> None:
    """Let pages link to what there is in the folder, or on a server."""
    for base, files in walk.pages.items():
        page = walk.folder.read(files[0]).decode()
        links = _Links(walk, site, base)
        linked = site.services.amend_page(replace_links(page, links.choose))
        for file in files if linked != page else ():
            walk.folder.rewrite(file, linked.encode())


@dataclass(frozen=True, slots=True)
class _Links:
    walk: Walk
    site: Site
    base: str
    """The address of the page on the server."""

    def choose(self, link: Link) -> str | None:
        """Return what the address of a link becomes."""
        root = self.site.root
        address = root.address(link.address, base=self.base)
        if address is None or link.address.startswith("#"):
            return link.address
        place = place_of(address)
        hash_, fragment = link.address.partition("#")[1:]
        is_there = place in self.walk.places and not link.is_asked
        if place is not None and is_there:
            return f"{root.url(address, place)}{hash_}{fragment}"
        live = self.site.services.live_address(address)
        return None if live is None else f"{live}{hash_}{fragment}"
