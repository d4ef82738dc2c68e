"""Pages of what the program describes: the dataset, its versions, its catalogue.

Each has a few statements of its own, and tables of what it is made of.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Quad, Triple
from starlette.requests import Request

from ssc_kg.catalogue.shown import Link
from ssc_kg.compiler.preferences import prefer
from ssc_kg.dataset.dcat import Holding, describe_catalog
from ssc_kg.dataset.graphs import read_title
from ssc_kg.dataset.provenance import describe_version, describe_versions
from ssc_kg.dataset.shown import Grid, Kind, Node, OverviewPage, Property, Row, Value
from ssc_kg.publish.answers import read_languages_of
from ssc_kg.publish.documents import GraphPage
from ssc_kg.publish.nodes import Nodes
from ssc_kg.publish.schema_org import describe_thing
from ssc_kg.publish.thing_view import (
    find_canonical,
    leave_out_above,
    show_properties,
    show_summary,
    view_alternates,
)
from ssc_kg.publish.told import Told
from ssc_kg.rdf.vocab import (
    ADMS,
    DCAT,
    DCTERMS,
    PROV,
    RDFS,
    SD,
    SPDX,
    VOID,
)
from ssc_kg.store.protocol import Store, Term
from ssc_kg.store.versions import PENDING, VersionRecord
from ssc_kg.urls import Urls

_Columns = Mapping[str, NamedNode]
"""The property that each column shows, by its heading."""

_CLASSES: _Columns = {
    "Class": VOID.class_,
    "Things": VOID.entities,
    "Statements": VOID.triples,
}
_PROPERTIES: _Columns = {
    "Property": VOID.property,
    "Statements": VOID.triples,
    "Subjects": VOID.distinctSubjects,
    "Values": VOID.distinctObjects,
}
_SUBSETS: _Columns = {
    "Part": RDFS.label,
    "Links by": VOID.linkPredicate,
    "Statements": VOID.triples,
}
_VERSIONS: _Columns = {
    "Version": DCAT.version,
    "Published": DCTERMS.issued,
    "Message": ADMS.versionNotes,
    "Statements": VOID.triples,
    "What it is": DCTERMS.description,
}
_GRAPHS: _Columns = {"Graph": SD.name, "Statements": VOID.triples}
_DATASETS: _Columns = {
    "Dataset": DCTERMS.title,
    "What it is": DCTERMS.description,
    "License": DCTERMS.license,
}
_SERVICES: _Columns = {
    "Service": DCTERMS.title,
    "What it is": DCTERMS.description,
    "Address": DCAT.endpointURL,
}
_IN_GRIDS = frozenset(
    (
        *(VOID.classPartition, VOID.propertyPartition, VOID.subset),
        *(DCAT.dataset, DCAT.service, DCAT.hasVersion, DCAT.distribution),
        *(SPDX.checksum, PROV.wasGeneratedBy),
    )
)


def view_dataset(request: Request, page: GraphPage, urls: Urls) -> OverviewPage:
    """Return the page of the dataset: what there is, by class and property."""
    store = page.as_of.snapshot.store
    languages = prefer(read_languages_of(request))
    nodes = Nodes(store, urls, languages, page.as_of.parameters)
    quads = _read_parts(urls.dataset, page.graphs, store)
    view = _View(urls.dataset, urls.void, Told.of(quads), nodes)
    grids = (
        view.grid("Classes", VOID.classPartition, _CLASSES, VOID.entities),
        view.grid("Properties", VOID.propertyPartition, _PROPERTIES, VOID.triples),
        view.grid("Parts and links", VOID.subset, _SUBSETS, VOID.triples),
    )
    return view.page(page.alternates, grids, _further(urls))


def view_version(
    record: VersionRecord, addresses: Mapping[str, str], nodes: Nodes
) -> OverviewPage:
    """Return the page of a version: where it comes from, and its graphs."""
    urls = nodes.urls
    version = urls.version(record.number)
    title = read_title(nodes.store, urls)
    view = _made(version, version, describe_version(record, urls, title=title), nodes)
    files = Link("Files of this version", urls.url(urls.dump(record.number)))
    grids = (view.grid("Graphs", VOID.subset, _GRAPHS, VOID.triples),)
    page = view.page(addresses, grids, (files, *_further(urls)))
    return replace(page, properties=(*page.properties, *_origin(record)))


def _origin(record: VersionRecord) -> Iterator[Property]:
    """Yield what is told of a version in parts of it that are no rows."""
    yield Property(Node("author"), (Value(Node(record.author)),))
    if record.sha256 != PENDING:
        hash_ = Value(Node(record.sha256, Kind.CODE))
        yield Property(Node("SHA-256 of its sorted N-Quads"), (hash_,))


def view_versions(
    records: Sequence[VersionRecord], addresses: Mapping[str, str], nodes: Nodes
) -> OverviewPage:
    """Return the page that lists the versions, the newest first."""
    urls, title = nodes.urls, read_title(nodes.store, nodes.urls)
    current = max(record.number for record in records)
    triples = describe_versions(records, urls, current=current, title=title)
    view = _made(urls.dataset, urls.versions, triples, nodes)
    grids = (view.grid("Versions", DCAT.hasVersion, _VERSIONS, DCTERMS.issued),)
    name = Node("Versions" if title is None else f"Versions of: {title}")
    return replace(view.page(addresses, grids, _further(urls)), name=name)


def view_catalog(
    holding: Holding, addresses: Mapping[str, str], nodes: Nodes
) -> OverviewPage:
    """Return the page of the catalogue: datasets, services and versions."""
    urls = nodes.urls
    # What it says of addresses here, nodes make of IRIs.
    triples = describe_catalog(holding, replace(urls, public_url=urls.base_iri))
    view = _made(urls.catalog, urls.catalog, triples, nodes)
    versions = replace(view, topic=urls.dataset)
    grids = (
        view.grid("Datasets", DCAT.dataset, _DATASETS),
        view.grid("Services", DCAT.service, _SERVICES),
        versions.grid("Versions", DCAT.hasVersion, _VERSIONS, DCTERMS.issued),
    )
    return view.page(addresses, grids, _further(urls))


def _read_parts(
    whole: NamedNode, graphs: Iterable[NamedNode], store: Store
) -> Iterator[Quad]:
    """Yield what graphs say of something and of its parts, not of theirs."""
    for graph in graphs:
        about = store.match(whole, graph=graph)
        parts = {quad.object for quad in about if quad.predicate in _IN_GRIDS}
        yield from about
        for part in parts:
            if isinstance(part, NamedNode):
                yield from store.match(part, graph=graph)


def _made(
    topic: NamedNode, document: NamedNode, triples: Iterable[Triple], nodes: Nodes
) -> "_View":
    return _View(topic, document, Told.of(Quad(*each) for each in triples), nodes)


def _further(urls: Urls) -> tuple[Link, ...]:
    return (
        Link("The dataset", urls.url(urls.void)),
        Link("Its catalogue", urls.url(urls.catalog)),
        Link("Its versions", urls.url(urls.versions)),
        Link("Files to download", urls.url(urls.dumps)),
    )


@dataclass(frozen=True, slots=True)
class _View:
    """Makes a page of what a document says."""

    topic: NamedNode
    document: NamedNode
    told: Told
    nodes: Nodes

    def page(
        self,
        addresses: Mapping[str, str],
        grids: Iterable[Grid],
        further: Iterable[Link],
    ) -> OverviewPage:
        """Return the page; what is in a grid is not told again above."""
        nodes, here = self.nodes, self.nodes.urls.url(self.document)
        about = self.told.of_subject(self.topic)
        own = [
            each
            for each in leave_out_above(about, self.told)
            if each.predicate not in _IN_GRIDS
        ]
        title = self._first(self.topic, DCTERMS.title)
        return OverviewPage(
            iri=self.topic.value,
            name=nodes.show(title or self.topic),
            canonical=find_canonical(self.document, nodes.urls),
            summary=show_summary(about, nodes),
            properties=tuple(show_properties(own, self.told, nodes)),
            grids=tuple(grid for grid in grids if grid.rows),
            formats=view_alternates(addresses),
            further=tuple(link for link in further if link.address != here),
            json_ld=describe_thing(self.topic, self.document, about, nodes),
        )

    def grid(
        self,
        title: str,
        property_: NamedNode,
        columns: Mapping[str, NamedNode],
        order: NamedNode | None = None,
    ) -> Grid:
        """Return a table of what a property of the topic has.

        Args:
            title: What stands above it.
            property_: Leads to what its rows are about.
            columns: The property that each column shows, by its heading.
            order: What the rows are sorted by, the greatest first; by IRI if none.
        """
        found = self.told.values(self.topic, property_)
        subjects = sorted(
            (each for each in found if isinstance(each, NamedNode)), key=str
        )
        if order is not None:
            subjects.sort(key=lambda each: self._size(each, order), reverse=True)
        rows = tuple(self._row(each, tuple(columns.values())) for each in subjects)
        return Grid(title, tuple(columns), rows)

    def _row(self, subject: NamedNode, properties: Sequence[NamedNode]) -> Row:
        beginning = f"{self.document.value}#"
        is_here = subject.value.startswith(beginning)
        first, *others = (self._cell(subject, each) for each in properties)
        if not is_here:
            first = tuple(self._lead(subject, node) for node in first)
        anchor = subject.value.removeprefix(beginning) if is_here else None
        return Row(anchor, (first, *others))

    def _cell(self, subject: NamedNode, property_: NamedNode) -> tuple[Node, ...]:
        return tuple(map(self.nodes.show, self.told.values(subject, property_)))

    def _lead(self, subject: NamedNode, name: Node) -> Node:
        """Return a name that leads to what it is a name of."""
        if name.kind is Kind.LINK:
            return name
        return replace(self.nodes.show(subject), text=name.text, language=name.language)

    def _size(self, subject: NamedNode, property_: NamedNode) -> tuple[float, str]:
        value = self._first(subject, property_)
        text = value.value if isinstance(value, Literal) else ""
        return (float(text), "") if text.isdecimal() else (0.0, text)

    def _first(self, subject: NamedNode, property_: NamedNode) -> Term | None:
        return next(iter(self.told.values(subject, property_)), None)
