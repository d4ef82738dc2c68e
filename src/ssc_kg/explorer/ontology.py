"""The documentation of a version's ontology, one page with all of its terms."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cachetools import LRUCache
from pyoxigraph import NamedNode
from starlette.responses import Response

from ssc_kg.dataset.terms.model import Vocabulary
from ssc_kg.dataset.terms.usage import read_usage
from ssc_kg.dataset.terms.vocabulary import read_vocabulary
from ssc_kg.explorer.diagram.links import draw_links
from ssc_kg.explorer.diagram.tree import draw_tree
from ssc_kg.explorer.landing import Face
from ssc_kg.explorer.page import STRICT, Policy, html_page
from ssc_kg.explorer.term_links import TermLinks
from ssc_kg.explorer.term_set import describe_terms
from ssc_kg.explorer.terms import view_terms
from ssc_kg.formats.table import RDF_FORMATS
from ssc_kg.mapping.model import SchemaMap
from ssc_kg.rdf.namespaces import PREFIXES, shorten
from ssc_kg.store.snapshot import Snapshot
from ssc_kg.urls import Urls

_POLICY: Policy = {**STRICT, "script-src": "'self'"}
"""One script of this server, which hides what a person filters out."""
_KEPT = 4
"""The pages of how many versions are kept."""


@dataclass(frozen=True, slots=True)
class OntologyPages:
    """Makes the page of each version once; for any number of threads."""

    urls: Urls
    schema: SchemaMap
    faces: Sequence[Face] = ()
    _kept: LRUCache[tuple[object, ...], Response] = field(
        default_factory=lambda: LRUCache(_KEPT)
    )
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def page(
        self,
        snapshot: Snapshot,
        *,
        alternates: Mapping[str, str],
        version: Mapping[str, str],
    ) -> Response:
        """Return the page.

        Args:
            snapshot: The version.
            alternates: The address of the same in each format, by the format's name.
            version: The parameters by which the version was asked for, if it was.

        Raises:
            UnknownGraphError: The version has no graph of an ontology.
        """
        key = (snapshot.record.identity, *version.values())
        with self._lock:
            kept = self._kept.get(key)
        if kept is None:
            kept = self._make(snapshot, alternates, version)
            with self._lock:
                self._kept[key] = kept
        # Whoever gets it may add headers.
        return Response(kept.body, headers=dict(kept.headers))

    def _make(
        self,
        snapshot: Snapshot,
        alternates: Mapping[str, str],
        version: Mapping[str, str],
    ) -> Response:
        vocabulary = read_vocabulary(snapshot.store, base_iri=self.urls.base_iri)
        usage = read_usage(snapshot.store, vocabulary, self.urls)
        return html_page(
            "ontology.html",
            root=self.urls.public_url,
            policy=_POLICY,
            name=vocabulary.header.title,
            faces=self.faces,
            header=vocabulary.header,
            groups=view_terms(vocabulary, usage, self.schema),
            shapes=[shape for shape in vocabulary.shapes if not shape.classes],
            tree=draw_tree(vocabulary),
            diagram=draw_links(vocabulary),
            json_ld=describe_terms(vocabulary),
            links=TermLinks(
                vocabulary, self.urls, self.schema, version, _homes(vocabulary)
            ),
            formats=[(each.name, alternates[each.name]) for each in RDF_FORMATS],
            parts=self._parts(snapshot.record.number),
            prefixes=_prefixes(vocabulary),
            version=snapshot.record.number,
        )

    def _parts(self, number: int) -> Mapping[str, str]:
        """Return where what belongs to the ontology is."""
        urls = self.urls
        parts = {
            "shapes": urls.graph("shapes"),
            "alignments": urls.graph("alignments"),
            "void": urls.void,
            "context": urls.context,
            "prefixes": urls.prefixes,
            "release": urls.version(number),
        }
        return {name: urls.url(iri) for name, iri in parts.items()}


def _homes(vocabulary: Vocabulary) -> Mapping[NamedNode, NamedNode]:
    homes = {iri: iri for iri in vocabulary.terms}
    for shape in vocabulary.shapes:
        homes[shape.iri] = shape.iri
        for each in shape.properties:
            homes.setdefault(each.iri, shape.iri)
    return homes


def _prefixes(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Return the prefixes that stand on the page, with what they stand for."""
    terms = vocabulary.terms.values()
    shapes = vocabulary.shapes
    demands = [
        *(phrase for shape in shapes for phrase in shape.demands),
        *(p for shape in shapes for each in shape.properties for p in each.demands),
    ]
    named = {
        *vocabulary.terms,
        *(iri for each in terms for iri in (*each.above, *each.domain, *each.range)),
        *(a.target for each in terms for a in each.alignments),
        *(iri for phrase in demands for iri in phrase if isinstance(iri, NamedNode)),
    }
    found = {shorten(iri).partition(":")[0] for iri in named}
    return {name: iri for name, iri in PREFIXES.items() if name in found}
