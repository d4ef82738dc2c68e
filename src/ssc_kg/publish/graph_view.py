"""A graph, to the page that shows what it is and what it tells of.

Its statements are too many for a page: they are counted, and the things that it tells
of are listed by class, the first ones of each, unless they are very many too. Programs
get all of them.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad
from starlette.requests import Request

from ssc_kg.catalogue.shown import Link
from ssc_kg.compiler.preferences import prefer
from ssc_kg.dataset.shown import Links, ThingPage, Value
from ssc_kg.publish.answers import read_languages_of
from ssc_kg.publish.documents import GraphPage
from ssc_kg.publish.nodes import Nodes
from ssc_kg.publish.schema_org import describe_dataset
from ssc_kg.publish.thing_view import (
    find_canonical,
    find_current,
    leave_out_above,
    show_other_names,
    show_properties,
    show_summary,
    view_alternates,
)
from ssc_kg.publish.told import Told
from ssc_kg.rdf.vocab import FOAF, RDF, SSC
from ssc_kg.urls import Urls

LISTED = 100
"""How many things of each class are listed."""
MOST = 200_000
"""Of how many statements at most a page lists the things; more would take seconds."""


def view_graph(request: Request, page: GraphPage, urls: Urls) -> ThingPage:
    """Return the page of a graph, for who asks for it."""
    as_of = page.as_of
    languages = prefer(read_languages_of(request))
    nodes = Nodes(as_of.snapshot.store, urls, languages, as_of.parameters)
    return _GraphView(page, nodes).page()


@dataclass(frozen=True, slots=True)
class _GraphView:
    asked: GraphPage
    nodes: Nodes

    def page(self) -> ThingPage:
        topic, urls = self._topic(), self.nodes.urls
        told = Told.of(self.nodes.store.match(topic, graph=None))
        about = told.of_subject(topic)
        table = leave_out_above(about, told)
        formats = view_alternates(self.asked.alternates)
        record = self.asked.as_of.snapshot.record
        size = sum(record.graphs.get(each.value, 0) for each in self.asked.graphs)
        number = record.number
        return ThingPage(
            iri=topic.value,
            name=self.nodes.show(topic),
            canonical=find_canonical(self.asked.address, urls),
            kinds=tuple(self.nodes.show(each) for each in told.values(topic, RDF.type)),
            summary=show_summary(about, self.nodes),
            names=tuple(show_other_names(topic, about, self.nodes)),
            properties=tuple(show_properties(table, told, self.nodes)),
            passages=(),
            links=(),
            sources=tuple(map(self.nodes.show, self.asked.graphs)),
            about=(),
            formats=formats,
            queries=(),
            version=Link(str(number), urls.url(urls.version(number))),
            current=find_current(self.asked.address, self.nodes),
            json_ld=describe_dataset(
                topic, self.asked.address, about, self.nodes, formats
            ),
            size=size,
            contents=tuple(self._contents()) if size <= MOST else (),
        )

    def _topic(self) -> NamedNode:
        """Return what the page is about: a document, or what it is about itself."""
        address = self.asked.address
        [*topics] = (
            quad.object
            for graph in self.asked.graphs
            for quad in self.nodes.store.match(address, FOAF.primaryTopic, None, graph)
        )
        return next((each for each in topics if isinstance(each, NamedNode)), address)

    def _contents(self) -> Iterator[Links]:
        things: dict[NamedNode, list[NamedNode]] = defaultdict(list)
        for quad in self._types():
            if isinstance(quad.subject, NamedNode) and isinstance(
                quad.object, NamedNode
            ):
                things[quad.object].append(quad.subject)
        # What a graph is about comes before its evidence, which is always most.
        order = sorted(
            things.items(), key=lambda item: (item[0] == SSC.Evidence, -len(item[1]))
        )
        for class_, members in order:
            listed = sorted(members, key=str)[:LISTED]
            values = (Value(self.nodes.show(each)) for each in listed)
            node = self.nodes.show(class_)
            yield Links(node.text, node, tuple(values), len(members))

    def _types(self) -> Iterator[Quad]:
        store = self.nodes.store
        for graph in self.asked.graphs:
            yield from store.match(None, RDF.type, None, graph)
