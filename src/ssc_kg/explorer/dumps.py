"""The pages of versions as files to download."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from ssc_kg.dataset.dumps import SUMS, Dump, VersionDumps, by_content
from ssc_kg.explorer.landing import Face
from ssc_kg.explorer.page import html_page
from ssc_kg.urls import Urls

_WHOLE = {
    "nquads": ("Named graphs", "canonical N-Quads"),
    "trig": ("Named graphs", "TriG"),
    "turtle": ("Merge of the graphs", "Turtle"),
}
_OF_A_GRAPH = {"ntriples": "canonical N-Triples", "turtle": "Turtle"}


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds, and the files that hold it."""

    what: str
    """The graphs in words, or the name of one."""
    format: str
    files: Sequence[Dump]
    """One for each compression."""


@dataclass(frozen=True, slots=True)
class DumpPages:
    """Makes the pages, with the other faces linked at their top."""

    urls: Urls
    faces: Sequence[Face] = ()

    def dumps(
        self, versions: Sequence[VersionDumps], addresses: Mapping[str, str]
    ) -> Response:
        """Return the page that lists versions, in their order."""
        return self._page("dumps.html", "Downloads", versions, addresses)

    def version_dumps(
        self, version: VersionDumps, addresses: Mapping[str, str]
    ) -> Response:
        """Return the page that lists the files of a version."""
        name = f"Downloads of version {version.record.number}"
        return self._page("version_dumps.html", name, [version], addresses)

    def _page(
        self,
        template: str,
        name: str,
        versions: Sequence[VersionDumps],
        addresses: Mapping[str, str],
    ) -> Response:
        return html_page(
            template,
            root=self.urls.public_url,
            name=name,
            faces=self.faces,
            versions=versions,
            addresses=addresses,
            urls=self.urls,
            contents=lambda version: list(_contents(version, self.urls)),
            sums=SUMS,
        )


def _contents(version: VersionDumps, urls: Urls) -> Iterator[Content]:
    for (graph, format_), files in by_content(version.dumps).items():
        if graph is None:
            yield Content(*_WHOLE[format_], files)
        else:
            name = graph.removeprefix(f"{urls.base_iri}graph/")
            yield Content(name, _OF_A_GRAPH[format_], files)
