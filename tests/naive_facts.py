"""A second opinion on facts: told by naive resolvers, kept where the answer shows them.

It shares nothing with the compiler: graphql-core's executor decides what is shown, and
each place of its answer is looked up for what was told there.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from graphql import GraphQLResolveInfo, execute_sync, parse
from pyoxigraph import NamedNode, Triple

from ssc_kg.engine.engine import Engine
from ssc_kg.engine.operation import Operation
from ssc_kg.mapping.model import LinkField, SchemaMap, ValueField
from ssc_kg.rdf.vocab import RDF
from ssc_kg.store.protocol import Term
from tests.naive import Edge, Hop, Naive, Texts, naive_of, schema_of
from tests.naive_values import Fields, Thing, Triples

Place: TypeAlias = tuple[str | int, ...]


def facts_naively(
    engine: Engine, operation: Operation, triples: Triples, texts: Texts | None = None
) -> set[Triple]:
    """Return what the answer to a valid operation says."""
    naive = naive_of(engine, operation, triples, texts)
    teller = _Teller(engine.mapping, naive)
    result = execute_sync(
        schema_of(engine),
        parse(operation.query),
        variable_values=dict(operation.variables),
        field_resolver=naive.resolve,
        type_resolver=lambda thing, _info, _type: str(thing.type_name),
        middleware=[teller],
    )
    return {
        fact
        for place, facts in teller.told.items()
        if _is_shown(result.data, place)
        for fact in facts
    }


@dataclass(frozen=True, slots=True)
class _Teller:
    """Looks over the shoulder of the resolvers."""

    mapping: SchemaMap
    naive: Naive
    told: dict[Place, list[Triple]] = field(default_factory=lambda: defaultdict(list))
    pages: dict[Place, tuple[Thing, LinkField]] = field(default_factory=dict)
    """Whose page stands at a place, and what led to its nodes."""
    links: dict[Place, tuple[str, str, str]] = field(default_factory=dict)
    """The link of which the page at a place is the evidence."""

    def resolve(
        self,
        resolve_next: Callable[..., object],
        source: object,
        info: GraphQLResolveInfo[object],
        **arguments: object,
    ) -> object:
        value = resolve_next(source, info, **arguments)
        place = tuple(info.path.as_list())
        match source:
            case Thing():
                asked = arguments.get("language")
                self._tell(source, info.field_name, place, value, asked)
            case Fields() if info.field_name == "nodes" and isinstance(value, list):
                for position, thing in enumerate(value):
                    self._tell_page(place[:-1], (*place, position), thing)
            case Fields() if info.field_name == "hops" and isinstance(value, list):
                for position, hop in enumerate(value):
                    self._tell_hop((*place, position), hop)
            case Hop() if info.field_name == "evidence":
                self.links[place] = source.statement()
            case Edge() if info.field_name == "node":
                self._tell_page(place[:-3], place, value)
            case Fields({"about": NamedNode() as about, "found": str() as found}) if (
                info.field_name == "source" and isinstance(value, Thing)
            ):
                self.told[place].append(_triple(value.iri, about, NamedNode(found)))
            case Edge(link=link) if info.field_name == "evidence" and link:
                self.links[place] = link
        return value

    def _tell(
        self, thing: Thing, name: str, place: Place, value: object, asked: object
    ) -> None:
        if name == "__typename":
            self.told[place].append(self._type(thing))
            return
        match self.mapping.types[thing.type_name].selected(name):
            case ValueField() as mapped:
                shown = self.naive.shown(thing, mapped, asked)
                facts = (_triple(thing.iri, mapped.property, term) for term in shown)
                self.told[place].extend(facts)
            case LinkField(many=True) as link if not link.closure:
                self.pages[place] = thing, link
            case LinkField() as link if isinstance(value, Thing):
                self.told[place].append(_link(thing, link, value))

    def _type(self, thing: Thing) -> Triple:
        class_ = self.mapping.types[thing.type_name].rdf_class
        assert class_ is not None
        return _triple(thing.iri, RDF.type, class_)

    def _tell_page(self, page: Place, place: Place, thing: object) -> None:
        if page in self.pages and isinstance(thing, Thing):
            parent, link = self.pages[page]
            self.told[place].append(_link(parent, link, thing))
        if page in self.links and isinstance(thing, Thing):
            self.told[place].extend(self._terms(thing, self.links[page]))

    def _tell_hop(self, place: Place, hop: object) -> None:
        assert isinstance(hop, Hop)
        subject, predicate, object_ = hop.statement()
        told = _triple(subject, NamedNode(predicate), NamedNode(object_))
        self.told[place].append(told)

    def _terms(self, thing: Thing, link: tuple[str, str, str]) -> Iterator[Triple]:
        terms = self.mapping.evidence
        assert terms is not None
        names = (terms.subject, terms.predicate, terms.object)
        for name, value in zip(names, link, strict=True):
            yield _triple(thing.iri, name, NamedNode(value))


def _link(parent: Thing, link: LinkField, child: Thing) -> Triple:
    subject, object_ = (child, parent) if link.inverse else (parent, child)
    return _triple(subject.iri, link.property, NamedNode(object_.iri))


def _triple(subject: str, predicate: NamedNode, object_: Term) -> Triple:
    return Triple(NamedNode(subject), predicate, object_)


def _is_shown(data: object, place: Place) -> bool:
    for step in place:
        match data:
            case Mapping():
                data = data[step]
            case list() if isinstance(step, int):
                data = data[step]
            case _:
                return False
    return data is not None
