"""The page of how versions differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode
from starlette.responses import Response

from ssc_kg.dataset.report import Report, Term
from ssc_kg.explorer.landing import Face
from ssc_kg.explorer.page import html_page
from ssc_kg.store.versions import VersionRecord
from ssc_kg.urls import Urls

_LINKED = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """Makes the page, with the other faces linked at its top."""

    urls: Urls
    faces: Sequence[Face] = ()

    def __call__(
        self,
        report: Report,
        versions: Sequence[VersionRecord],
        addresses: Mapping[str, str],
    ) -> Response:
        """Return the page of a report, with a form that asks for others."""
        before, after = report.difference.before, report.difference.after
        return html_page(
            "difference.html",
            root=self.urls.public_url,
            name=f"From version {before.number} to {after.number}",
            faces=self.faces,
            report=report,
            before=before,
            after=after,
            versions=versions,
            addresses=addresses,
            urls=self.urls,
            link=self._link,
        )

    def _link(self, term: Term) -> str | None:
        """Return where a term leads, if a browser can go there."""
        if term.iri is None or not term.iri.startswith(_LINKED):
            return None
        return self.urls.url(NamedNode(term.iri))
