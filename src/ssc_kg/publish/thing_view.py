"""The document about a thing, to the page that shows it to people.

The page says what the document says in every other format: each statement of the thing
once, with its evidence and the graphs that say it; what leads to the thing, by
property; and what the document says of itself.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

import orjson
from pyoxigraph import Literal, NamedNode
from starlette.requests import Request

from ssc_kg.catalogue.shown import Link
from ssc_kg.compiler.preferences import prefer
from ssc_kg.dataset.shown import Kind, Links, Node, Property, Spot, ThingPage, Value
from ssc_kg.formats.statements import Statement
from ssc_kg.formats.table import CSV, RDF_FORMATS
from ssc_kg.publish.answers import read_languages_of
from ssc_kg.publish.description import Description, page_of
from ssc_kg.publish.documents import DocumentPage
from ssc_kg.publish.labels import NAMES
from ssc_kg.publish.nodes import Nodes
from ssc_kg.publish.passages import show_passage
from ssc_kg.publish.schema_org import describe_thing
from ssc_kg.publish.told import Told
from ssc_kg.publish.views import link
from ssc_kg.rdf.vocab import DCTERMS, FOAF, RDF, RDFS, SCHEMA, SSC, VOID
from ssc_kg.sparql.render import render_describe
from ssc_kg.urls import Urls, add_parameters, with_parameters

_SUMMARIES = (DCTERMS.description, RDFS.comment)
_UNTOLD = frozenset((RDF.type, FOAF.primaryTopic, VOID.propertyPartition))
"""What a document says of itself that its page shows otherwise."""
_GRAPHQL = """query Thing($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on Thing {
      name
      alternativeNames
    }
    evidence(first: 10) {
      nodes {
        property
        valueText
        phrase
        document {
          name
        }
      }
    }
  }
}
"""


def view_document(
    request: Request,
    page: DocumentPage,
    urls: Urls,
    classes: Collection[NamedNode] | None = None,
) -> ThingPage:
    """Return the page of a document, for who asks for it.

    Of the `classes` GraphQL knows the things; None if it knows all.
    """
    as_of = page.as_of
    languages = prefer(read_languages_of(request))
    nodes = Nodes(as_of.snapshot.store, urls, languages, as_of.parameters)
    return ThingView(
        page.description,
        page.address,
        nodes,
        as_of.snapshot.record.number,
        view_alternates(page.alternates),
        classes,
    ).page()


def view_alternates(addresses: Mapping[str, str]) -> tuple[Link, ...]:
    """Return links to the same in other formats, whose hints are media types."""
    formats = {each.name: each for each in (*RDF_FORMATS, CSV)}
    return tuple(
        replace(link(formats[name], address), hint=formats[name].media_type)
        for name, address in addresses.items()
        if name in formats
    )


@dataclass(frozen=True, slots=True)
class ThingView:
    """Makes the page about a thing from its document."""

    description: Description
    document: NamedNode
    """The IRI of the document."""
    nodes: Nodes
    version: int
    formats: Sequence[Link]
    """The same for programs."""
    classes: Collection[NamedNode] | None = None
    """Those of which GraphQL knows the things; None if it knows all."""

    def page(self) -> ThingPage:
        """Return the page."""
        thing, urls = self.description.thing, self.nodes.urls
        told = Told.of(self.description.quads)
        about = told.of_subject(thing)
        table = leave_out_above(about, told)
        shown = {(each.predicate, each.object) for each in table}
        return ThingPage(
            iri=thing.value,
            name=self.nodes.show(thing),
            canonical=find_canonical(self.document, urls),
            kinds=tuple(self.nodes.show(each) for each in told.values(thing, RDF.type)),
            summary=show_summary(about, self.nodes),
            names=tuple(show_other_names(thing, about, self.nodes)),
            properties=tuple(show_properties(table, told, self.nodes)),
            passages=tuple(
                show_passage(each, self.nodes)
                for each in told.evidence_of(thing)
                if each.statement[1:] not in shown
            ),
            links=tuple(self._links(told)),
            sources=tuple(map(self.nodes.show, self.description.sources)),
            about=tuple(self._about_document(told)),
            formats=tuple(self.formats),
            queries=tuple(self._queries(told)),
            version=Link(str(self.version), urls.url(urls.version(self.version))),
            current=find_current(self.document, self.nodes),
            json_ld=describe_thing(thing, self.document, about, self.nodes),
            page=self.description.page,
            pages=self.description.pages,
            turns=self._turns(),
            spot=_find_spot(about),
        )

    def _links(self, told: Told) -> Iterator[Links]:
        for links in self.description.links:
            property_ = self.nodes.show_property(links.predicate)
            inverse = self.nodes.choose(links.predicate, SSC.inverseComment)
            values = [
                Value(
                    self.nodes.show(triple.subject),
                    sources=told.sources(triple, self.nodes),
                )
                for triple in links.shown
            ]
            if len(values) == links.total:
                values.sort(key=_place)
            title = (
                inverse.value.rstrip(".")
                if inverse
                else f"What leads here by “{property_.text}”"
            )
            if values:
                yield Links(title, property_, tuple(values), links.total)

    def _about_document(self, told: Told) -> Iterator[Property]:
        statements = told.of_subject(self.document)
        shown = [each for each in statements if each.predicate not in _UNTOLD]
        return show_properties(shown, told, self.nodes)

    def _turns(self) -> dict[str, str]:
        page, pages = self.description.page, self.description.pages
        turns: dict[str, int] = {}
        if page > 1:
            turns = {"first": 1, "prev": page - 1}
        if page < pages:
            turns["next"] = page + 1
        urls = self.nodes.urls
        return {
            name: add_parameters(
                urls.url(
                    self.document if number == 1 else page_of(self.document, number)
                ),
                self.nodes.parameters,
            )
            for name, number in turns.items()
        }

    def _queries(self, told: Told) -> Iterator[Link]:
        """Yield where one can ask on, of the same version."""
        thing, urls, kept = (
            self.description.thing,
            self.nodes.urls,
            self.nodes.parameters,
        )
        classes = told.values(thing, RDF.type)
        if self.classes is None or any(each in self.classes for each in classes):
            variables = orjson.dumps({"id": thing.value}).decode()
            sent = {"query": _GRAPHQL, "variables": variables, **kept}
            yield Link("GraphQL", with_parameters(urls.url(urls.graphql), sent))
        sent = {"query": render_describe(thing), **kept}
        yield Link("SPARQL", with_parameters(urls.url(urls.sparql), sent))


def find_canonical(document: NamedNode, urls: Urls) -> str:
    """Return the address of a document that stays, wherever this server is."""
    return replace(urls, public_url=urls.base_iri).url(document)


def leave_out_above(about: Sequence[Statement], told: Told) -> list[Statement]:
    """Return the statements that are not shown above others, as name or summary.

    What has evidence is shown with it, below.
    """
    names = {each.predicate for each in _named(about)}
    summaries = [*_summaries(about)]
    above = [
        *(each for each in about if each.predicate in names),
        *(summaries if len(summaries) == 1 else ()),
    ]
    return [each for each in about if each not in above or told.evidence_for(each)]


def show_other_names(
    thing: NamedNode, about: Sequence[Statement], nodes: Nodes
) -> Iterator[Node]:
    """Yield what a thing is called beside its name, mostly in other languages."""
    own = nodes.show(thing)
    for statement in _named(about):
        node = nodes.show(statement.object)
        if (node.text, node.language) != (own.text, own.language):
            yield node


def find_current(document: NamedNode, nodes: Nodes) -> str | None:
    """Return where the current version of a document is, if this is an older one."""
    return nodes.urls.url(document) if nodes.parameters else None


def show_properties(
    statements: Iterable[Statement], told: Told, nodes: Nodes
) -> Iterator[Property]:
    """Yield the properties of one thing with their values, in the order of Turtle."""
    for property_, group in groupby(statements, key=attrgetter("predicate")):
        values = [_show_value(each, told, nodes) for each in group]
        if all(value.node.kind is Kind.LINK for value in values):
            values.sort(key=_place)
        hint = nodes.choose(property_, RDFS.comment)
        yield Property(
            nodes.show_property(property_), tuple(values), hint.value if hint else ""
        )


def show_summary(about: Sequence[Statement], nodes: Nodes) -> Node | None:
    """Return what a thing is in a sentence, in the language that suits best."""
    found = [each.object for each in _summaries(about)]
    texts = [each for each in found if isinstance(each, Literal)]
    best = min(texts, key=nodes.preference.place_term, default=None)
    return None if best is None else nodes.show(best)


def _show_value(statement: Statement, told: Told, nodes: Nodes) -> Value:
    passages = told.evidence_for(statement)
    return Value(
        nodes.show(statement.object),
        passages=tuple(show_passage(each, nodes) for each in passages),
        sources=told.sources(statement, nodes),
    )


def _named(about: Sequence[Statement]) -> list[Statement]:
    """Return the statements of the property that gives a thing its name."""
    found = ([each for each in about if each.predicate == name] for name in NAMES)
    return next(filter(None, found), [])


def _summaries(about: Sequence[Statement]) -> Iterator[Statement]:
    return (
        each
        for property_ in _SUMMARIES
        for each in about
        if each.predicate == property_
    )


def _find_spot(about: Sequence[Statement]) -> Spot | None:
    latitude = _number(about, SCHEMA.latitude)
    longitude = _number(about, SCHEMA.longitude)
    if latitude is None or longitude is None:
        return None
    return Spot(latitude, longitude)


def _number(about: Sequence[Statement], property_: NamedNode) -> float | None:
    """Return the number that a property has, unless it has several or none."""
    found = {
        each.object.value
        for each in about
        if each.predicate == property_ and isinstance(each.object, Literal)
    }
    try:
        [text] = found
        return float(text)
    except ValueError:
        return None


def _place(value: Value) -> list[tuple[int, str]]:
    """Return what values are sorted by: their texts, in which 9 is before 10."""
    parts = re.split(r"([0-9]{1,18})", value.node.text.casefold())
    return [(int(each), "") if each.isdecimal() else (-1, each) for each in parts]
