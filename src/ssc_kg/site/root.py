"""Where the folder is published, and what an address is there."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urljoin, urlsplit

from ssc_kg.site.places import path_of

_NOWHERE = "http://localhost"
"""The origin of a folder that may be published anywhere, as the application sees it."""


@dataclass(frozen=True, slots=True)
class Root:
    """Where the folder is published."""

    public: str
    """What its addresses begin with: absolute, or `/`."""
    origin: str
    """Its scheme and host."""

    @classmethod
    def of(cls, public: str) -> Self:
        """Return the root of a public URL, absolute or `/`."""
        scheme, host, *_ = urlsplit(public)
        return cls(public, f"{scheme}://{host}" if host else _NOWHERE)

    @property
    def is_known(self) -> bool:
        """Whether it is known where the folder is published."""
        return self.public == self.absolute

    @property
    def absolute(self) -> str:
        """What its addresses begin with, absolute."""
        return urljoin(self.origin, self.public)

    def address(self, link: str, *, base: str = "") -> str | None:
        """Return what follows the root in a link of a page; None for one elsewhere.

        What follows has lost the fragment.
        """
        link = link.partition("#")[0]
        if link.startswith(self.public) and "/." not in link and "//" not in link[:2]:
            return link.removeprefix(self.public)
        url = urljoin(self.absolute + base, link)
        address = url.removeprefix(self.absolute)
        return None if address == url else address

    def url(self, address: str, place: str) -> str:
        """Return the URL of a place, as the server spells it if that leads there."""
        path = path_of(place)
        return self.public + (address if path == address.rstrip("/") else path)
