"""What documents say of services, which a folder does not have.

A server tells where the same data can be queried. In a folder its services are those of
the server that it is told of; without one, nothing is said of them. A folder that may
be published anywhere has no address, and its documents name the IRIs of things instead.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple, parse

from ssc_kg.formats.table import CSV, RDF_FORMATS
from ssc_kg.formats.write import write_dataset
from ssc_kg.rdf.vocab import DCAT

SERVICES = (
    ".well-known/api-catalog",
    "diff",
    "graphql",
    "openapi.json",
    "sparql",
    "timemap/",
)
"""What the addresses of services begin with, below the root."""
_OFFERS = frozenset((DCAT.endpointURL.value, DCAT.endpointDescription.value))
_NOT_HERE = "not offered here"
_FORMATS = {format_.media_type: format_ for format_ in RDF_FORMATS}


@dataclass(frozen=True, slots=True)
class Services:
    """Where services are said to be, and where they are."""

    root: str
    """What the application's addresses begin with, absolute."""
    live: str | None
    """What those of a server begin with that has the services; None if none does."""
    named: str
    """What stands in the stead of the root: itself, or the base IRI."""

    def amend(self, body: bytes, media_type: str) -> bytes:
        """Return a document that names no services but those there are."""
        if not self._is_to_be_amended(body):
            return body
        if media_type == CSV.media_type:
            return self._amend_rows(body.decode()).encode()
        format_ = _FORMATS.get(media_type)
        if format_ is None:
            return body
        amended = self._amend_quads(list(parse(body, format=format_.rdf)))
        return b"".join(write_dataset(amended, format_))

    def amend_page(self, page: str) -> str:
        """Return a page that shows the addresses of the services there are."""
        services = "|".join(map(re.escape, SERVICES))
        pattern = rf"{re.escape(self.root)}({services})"
        lead = _NOT_HERE if self.live is None else rf"{self.live}\1"
        page = re.sub(pattern, lead, page)
        return page.replace(self.root, self.named)

    def address(self, iri: str) -> str | None:
        """Return what stands in the stead of an IRI; None for a service without one."""
        path = iri.removeprefix(self.root)
        if path == iri:
            return iri
        return self.live_address(path) if is_service(path) else self.named + path

    def live_address(self, path: str) -> str | None:
        """Return where a server answers what a folder cannot; None without one."""
        return None if self.live is None else self.live + path

    def _is_to_be_amended(self, body: bytes) -> bool:
        if self.named != self.root:
            return self.root.encode() in body
        return any(f"{self.root}{name}".encode() in body for name in SERVICES)

    def _amend_quads(self, quads: Sequence[Quad]) -> list[Quad]:
        lost = {
            str(quad.subject)
            for quad in quads
            if quad.predicate.value in _OFFERS and self._is_lost(_iri(quad.object))
        }
        return [
            self._move(quad)
            for quad in quads
            if not any(map(self._is_lost, (_iri(quad.subject), _iri(quad.object))))
            and lost.isdisjoint((str(quad.subject), str(quad.object)))
        ]

    def _move(self, quad: Quad) -> Quad:
        subject, object_ = quad.subject, quad.object
        if isinstance(subject, NamedNode):
            subject = NamedNode(self.address(subject.value) or "")
        if isinstance(object_, NamedNode):
            object_ = NamedNode(self.address(object_.value) or "")
        return Quad(subject, quad.predicate, object_, quad.graph_name)

    def _amend_rows(self, text: str) -> str:
        rows = list(csv.reader(io.StringIO(text, newline="")))
        lost = {
            row[0]
            for row in rows
            if _OFFERS & set(row) and any(map(self._is_lost, row))
        }
        amended = io.StringIO(newline="")
        writer = csv.writer(amended)
        for row in rows:
            if not lost & set(row) and not any(map(self._is_lost, row)):
                writer.writerow(self.address(cell) or "" for cell in row)
        return amended.getvalue()

    def _is_lost(self, text: str) -> bool:
        return self.address(text) is None


def is_service(path: str) -> bool:
    """Whether an address, without the root's, is that of a service."""
    return path.startswith(SERVICES)


def _iri(term: BlankNode | Literal | NamedNode | Triple) -> str:
    return term.value if isinstance(term, NamedNode) else ""
