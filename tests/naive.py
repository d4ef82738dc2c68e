"""A second opinion: the same schema answered by one resolver per field, over triples.

It shares nothing with the compiler but the mapping and the words of errors: it walks
dicts of triples one node at a time, and graphql-core's own executor merges, propagates
nulls and orders keys.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graphql import (
    ExecutionResult,
    GraphQLAbstractType,
    GraphQLResolveInfo,
    execute_sync,
    parse,
)
from pyoxigraph import Literal, NamedNode, Quad, Triple

from ssc_kg.engine.operation import Engine, Operation
from ssc_kg.errors import UnreadableValueError
from ssc_kg.mapping.model import (
    IdentityField,
    LinkField,
    LookupField,
    Scalar,
    SchemaMap,
    ValueField,
)
from ssc_kg.rdf.vocab import RDF
from ssc_kg.store.protocol import Term


class Triples:
    """The default graph of a store as two dicts: forwards and backwards."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._objects = defaultdict[tuple[str, str], list[Term]](list)
        self._subjects = defaultdict[tuple[str, str], list[Term]](list)
        self.named = set[str]()
        for quad in quads:
            assert isinstance(quad.subject, NamedNode)
            assert not isinstance(quad.object, Triple)
            self.named.add(quad.subject.value)
            subject, predicate = quad.subject.value, quad.predicate.value
            self._objects[subject, predicate].append(quad.object)
            if isinstance(quad.object, NamedNode):
                self._subjects[quad.object.value, predicate].append(quad.subject)

    def objects(self, subject: str, predicate: NamedNode) -> list[Term]:
        return self._objects.get((subject, predicate.value), [])

    def linked(self, iri: str, link: LinkField) -> set[str]:
        index = self._subjects if link.inverse else self._objects
        terms = index.get((iri, link.property.value), [])
        return {term.value for term in terms if isinstance(term, NamedNode)}


@dataclass(frozen=True, slots=True)
class Thing:
    """A node as a value of one of its types."""

    iri: str
    type_name: str


@dataclass(frozen=True, slots=True)
class Fields:
    """An object of a connection: a page, an edge, a PageInfo."""

    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Naive:
    """Resolves every field by itself."""

    mapping: SchemaMap
    triples: Triples

    def resolve(
        self, source: object, info: GraphQLResolveInfo[object], **arguments: object
    ) -> object:
        match source:
            case Thing():
                return self._field(source, info.field_name, arguments)
            case Fields(values):
                return values[info.field_name]
            case _:
                return self._root(info.field_name, arguments)

    def _root(self, name: str, arguments: Mapping[str, object]) -> object:
        root = self.mapping.roots[name]
        if isinstance(root, LookupField):
            return next(self._things([str(arguments["id"])], root.target), None)
        return _page(list(self._things(self.triples.named, root.target)), arguments)

    def _field(
        self, thing: Thing, name: str, arguments: Mapping[str, object]
    ) -> object:
        match self.mapping.types[thing.type_name].fields[name]:
            case IdentityField():
                return thing.iri
            case ValueField() as value:
                return self._value(thing, value)
            case LinkField() as link:
                iris = self.triples.linked(thing.iri, link)
                things = list(self._things(iris, link.target))
                if link.many:
                    return _page(things, arguments)
                return next(iter(things), None)

    def _value(self, thing: Thing, value: ValueField) -> object:
        terms = self.triples.objects(thing.iri, value.property)
        read = (_read(term, value) for term in sorted(terms, key=preference))
        return list(read) if value.many else next(read, None)

    def _things(self, iris: Iterable[str], target: str) -> Iterator[Thing]:
        """Yield the nodes of type `target`, by IRI, each as the first of its types."""
        for iri in sorted(iris):
            classes = self.triples.objects(iri, RDF.type)
            for type_ in self.mapping.members(target):
                if type_.rdf_class in classes:
                    yield Thing(iri, type_.name)
                    break


def answer_naively(
    engine: Engine, operation: Operation, triples: Triples
) -> ExecutionResult:
    """Return what the engine should answer to a valid operation."""
    return execute_sync(
        engine.graphql_schema,
        parse(operation.query),
        variable_values=dict(operation.variables),
        field_resolver=Naive(engine.mapping, triples).resolve,
        type_resolver=_type_name,
    )


def cursor(iri: str) -> str:
    """Return the cursor of a node; the only encoding that this module has to know."""
    return urlsafe_b64encode(f"i{iri}".encode()).decode().rstrip("=")


def _page(things: list[Thing], arguments: Mapping[str, object]) -> Fields:
    after, first = arguments.get("after"), arguments.get("first")
    size = 50 if first is None else int(str(first))
    start = "" if after is None else _iri(str(after))
    rest = [thing for thing in things if thing.iri > start]
    nodes = rest[:size]
    return Fields(
        {
            "nodes": nodes,
            "edges": [Fields({"cursor": cursor(n.iri), "node": n}) for n in nodes],
            "totalCount": len(things),
            "pageInfo": Fields(
                {
                    "hasNextPage": len(rest) > size,
                    "hasPreviousPage": after is not None,
                    "startCursor": cursor(nodes[0].iri) if nodes else None,
                    "endCursor": cursor(nodes[-1].iri) if nodes else None,
                }
            ),
        }
    )


def _iri(text: str) -> str:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()[1:]


def _type_name(
    value: object, _info: GraphQLResolveInfo[object], _type: GraphQLAbstractType
) -> str:
    assert isinstance(value, Thing)
    return value.type_name


def preference(term: Term) -> tuple[bool, bool, str, str]:
    """English first, then text without a language, then by language and text."""
    language = (term.language or "") if isinstance(term, Literal) else ""
    is_english = language == "en" or language.startswith("en-")
    return not is_english, language != "", language, term.value


def _read(term: Term, value: ValueField) -> object:
    try:
        match value.scalar:
            case Scalar.TEXT:
                return term.value
            case Scalar.INTEGER:
                return _strictly(int(term.value), term.value, -(2**31), 2**31 - 1)
            case Scalar.NUMBER:
                return _strictly(float(term.value), term.value, -1e308, 1e308)
            case Scalar.BOOLEAN:
                return {"true": True, "1": True, "false": False, "0": False}[term.value]
    except (ValueError, KeyError):
        raise UnreadableValueError(value.name, str(term)) from None


def _strictly(number: float, text: str, least: float, most: float) -> float:
    # Python reads "1_0" and digits of all scripts; JSON has no NaN.
    if "_" in text or not text.isascii() or not least <= number <= most:
        raise ValueError(text)
    return number
