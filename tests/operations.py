"""Random operations over a schema, and random graphs to ask them of."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple, TypeAlias, TypeGuard

import pyoxigraph
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    OverlappingFieldsCanBeMergedRule,
    get_named_type,
    get_nullable_type,
    parse,
    validate,
)
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from ssc_kg.compiler.ordering import Direction
from ssc_kg.engine.limits import DEFAULT_LIMITS, check_limits
from ssc_kg.engine.operation import Operation
from ssc_kg.engine.weight import Weighing, sent_sizes, weigh
from ssc_kg.errors import OperationTooLargeError
from ssc_kg.rdf.languages import read_languages
from ssc_kg.rdf.vocab import RDF
from ssc_kg.store.embedded import EmbeddedStore
from tests.library import NAMESPACE, term
from tests.naive import cursor, order_of_search
from tests.naive_languages import Ranges, ranges_of
from tests.naive_values import order_of

Parent: TypeAlias = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType
MERGING = [OverlappingFieldsCanBeMergedRule]
GAPS = 0.03
"""Which part of the seed data is left out, now and then."""
LIBRARY_IRIS = [
    *(NAMESPACE + name for name in ("a", "b", "c", "it's", "é", "%C3%A9", "\uffee")),
    f"{NAMESPACE}😀?x=1&y=~(2)#z",
    "http://metadata.un.org/sdg/11.2",
    "urn:isbn:0",
]
CLASSES = ["Book", "Book", "Film", "Author", "Author", "Section", "Unknown", "Note"]
_SCAFFOLD = ("Connection", "Edge", "PageInfo", "Paths", "Path", "Hop", "Property")
_MINOR = re.compile("#[A-Za-z]+Shape|/evidence/|note-|/alignment/")
"""IRIs of what little leads to, of which there are many."""
TEXTS = [
    *(Literal(text) for text in ("", '"} #', "\\", "12", "many")),
    *(Literal(f"Å\n😀{tag}", language=tag) for tag in ("en", "de", "fr", "en-gb")),
]
VALUES: dict[str, list[Literal | NamedNode]] = {
    "title": [*TEXTS],
    "name": [*TEXTS],
    "words": [*TEXTS],
    "motto": [*TEXTS],
    "alias": [*TEXTS],
    "tag": [*TEXTS],
    "heading": [*TEXTS, term("a")],
    "pages": [
        *(Literal(0), Literal(-90), Literal(3_000_000_000), Literal(1.5)),
        *(Literal("many"), Literal("1_0"), Literal("٣")),
    ],
    "minutes": [Literal(90), Literal(-1), Literal("long")],
    "price": [Literal(9.5), Literal(12), Literal("dear"), Literal(float("nan"))],
    "inPrint": [Literal(value=True), Literal(value=False), Literal("perhaps")],
}
LANGUAGES = ["fr", "de, en;q=0.5", "en;q=0.1, *;q=0", "fr-CA, en-GB;q=0.9, en;q=0", "*"]
LINKS = [
    *("author", "author", "author", "sequel", "editor", "section", "section"),
    *("keeps", "keeps", "subject"),
]


def draw(
    schema: GraphQLSchema, random: Random, iris: Sequence[str], texts: Sequence[str]
) -> Operation:
    # Fields of one name may be required on one type and optional on another; together
    # they are no valid document, and a new one is drawn, as for one that is too large.
    while True:
        operation = _Drawing(schema, random, iris, texts).operation()
        document = parse(operation.query)
        weighing = weigh(document, schema, sent_sizes(operation.variables))
        if _is_small(weighing) and not validate(schema, document, MERGING):
            return operation


def draw_lookup(
    schema: GraphQLSchema, random: Random, iris: Sequence[str], texts: Sequence[str]
) -> Operation:
    """Return an operation that asks one node, and those that single links lead to."""
    while True:
        operation = _Drawing(schema, random, iris, texts).lookup()
        if not validate(schema, parse(operation.query), MERGING):
            return operation


def _is_small(weighing: Weighing) -> bool:
    try:
        check_limits(DEFAULT_LIMITS, weighing)
    except OperationTooLargeError:
        return False
    return True


def library_graph(random: Random) -> Iterator[Quad]:
    nodes = [NamedNode(iri) for iri in random.sample(LIBRARY_IRIS, 8)]
    for node in nodes:
        for class_ in random.sample(CLASSES, random.choice([1, 1, 1, 2, 2])):
            yield Quad(node, RDF.type, term(class_))
        for name, values in VALUES.items():
            for value in random.sample(values, random.choice([0, 0, 1, 2, 3])):
                yield Quad(node, term(name), value)
    links = [
        (node, term(name), random.choice(nodes)) for node in nodes for name in LINKS
    ]
    for number, link in enumerate(links):
        yield Quad(*link)
        for note in range(random.choice([0, 0, 1])):
            iri = NamedNode(f"{NAMESPACE}note-{number}-{note}")
            yield from _note(iri, link, random)


def _note(
    note: NamedNode, link: tuple[NamedNode, NamedNode, NamedNode], random: Random
) -> Iterator[Quad]:
    """Yield a note about a link, of which something may be missing."""
    for name, value in zip(("from", "by", "to"), link, strict=True):
        if random.random() > GAPS:
            yield Quad(note, term(name), value)
    yield Quad(note, RDF.type, term("Note"))
    yield Quad(note, term("words"), random.choice(TEXTS))
    yield Quad(note, term("source"), link[0])


def with_gaps(store: pyoxigraph.Store, random: Random) -> EmbeddedStore:
    """Return a store that lacks some of the triples, also required ones."""
    merged = store.quads_for_pattern(None, None, None, DefaultGraph())
    quads = sorted(merged, key=str)
    gappy = pyoxigraph.Store()
    gappy.extend(quad for quad in quads if random.random() > GAPS)
    return EmbeddedStore(gappy)


class Choice(NamedTuple):
    """A value of an enumeration that the schema makes."""

    value: str


@dataclass(slots=True)
class _Drawing:
    """An operation that is being drawn; it declares what its selections use."""

    schema: GraphQLSchema
    random: Random
    iris: Sequence[str]
    texts: Sequence[str]
    keys: dict[str, str] = field(default_factory=dict)
    """The response key of each field with its arguments, so that equal ones merge."""
    fragments: dict[str, tuple[Parent, str]] = field(default_factory=dict)
    variables: dict[str, object] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)

    def operation(self) -> Operation:
        assert self.schema.query_type is not None
        draw_body = self.random.choice(
            [
                self._selections,
                self._selections,
                self._chain,
                self._way,
                self._finding,
                self._looking_up,
            ]
        )
        return self._operation(draw_body(self.schema.query_type, depth=4))

    def lookup(self) -> Operation:
        assert self.schema.query_type is not None
        return self._operation(self._looking_up(self.schema.query_type, depth=3))

    def _operation(self, body: str) -> Operation:
        declared = " ".join(f"${name}: {type_}" for name, type_ in self.types.items())
        head = f"query ({declared})" if declared else "query"
        fragments = (
            f"fragment {name} on {type_.name} {text}"
            for name, (type_, text) in self.fragments.items()
        )
        variables = {name: plain(value) for name, value in self.variables.items()}
        header = self.random.choice([None, None, *LANGUAGES])
        languages = () if header is None else read_languages(header)
        text = "\n".join([f"{head} {body}", *fragments])
        return Operation(text, variables, languages=languages)

    def _finding(self, parent: Parent, *, depth: int) -> str:
        """Return a search, which is one of very many root fields."""
        fields = _fields(parent)
        names = [name for name, each in fields.items() if "text" in each.args]
        if not names:
            return self._selections(parent, depth=depth)
        name = self.random.choice(names)
        found = self._selections(_inside(parent, name), depth=depth)
        return f"{{ {self._aliased(name, fields[name])} {found} }}"

    def _looking_up(self, parent: Parent, *, depth: int) -> str:
        """Return what is said of one node, or of two."""
        fields = _fields(parent)
        lookups = [name for name, each in fields.items() if "id" in each.args]
        if not lookups:
            return self._selections(parent, depth=depth)
        names = self.random.sample(lookups, self.random.choice([1, 1, 2]))
        drawn = (
            f"{self._aliased(name, fields[name])} "
            f"{self._near(_inside(parent, name), depth=depth - 1)}"
            for name in names
        )
        return f"{{ {' '.join(drawn)} }}"

    def _near(self, parent: Parent, *, depth: int) -> str:
        """Return values of a node, and what single links lead to."""
        fields = _fields(parent)
        links, leaves = _parted(fields)
        single = [
            name
            for name in links
            if not name_ends(get_named_type(fields[name].type), *_SCAFFOLD)
            and not isinstance(get_nullable_type(fields[name].type), GraphQLList)
        ]
        drawn = ["__typename"] if self.random.random() < 0.3 or not leaves else []
        shown = self.random.sample(leaves, min(len(leaves), 3))
        drawn += [self._aliased(name, fields[name]) for name in shown]
        if single and depth:
            name = self.random.choice(single)
            below = self._near(_inside(parent, name), depth=depth - 1)
            drawn.append(f"{self._aliased(name, fields[name])} {below}")
        if depth and self.random.random() < 0.3:
            on = self.random.choice(self._conditions(parent))
            drawn.append(f"... on {on.name} {self._near(on, depth=depth - 1)}")
        self.random.shuffle(drawn)
        return f"{{ {' '.join(drawn)} }}"

    def _selections(self, parent: Parent, *, depth: int) -> str:
        number = self.random.choice([1, 2, 2, 3])
        drawn = [self._selection(parent, depth=depth) for _ in range(number)]
        repeated = self.random.sample(drawn, self.random.choice([0, 0, 0, 1]))
        return f"{{ {' '.join(drawn + repeated)} }}"

    def _selection(self, parent: Parent, *, depth: int) -> str:
        match self.random.randrange(10):
            case 0:
                return f"__typename{self._directive()}"
            case 1 | 2 if depth:
                on = self.random.choice(self._conditions(parent))
                body = self._selections(on, depth=depth - 1)
                return f"... on {on.name}{self._directive()} {body}"
            case 3 if depth:
                return f"...{self._directive()} {self._selections(parent, depth=0)}"
            case 4 if depth:
                return f"...{self._fragment(parent, depth=depth)}{self._directive()}"
            case _:
                return self._field(parent, depth=depth)

    def _fragment(self, parent: Parent, *, depth: int) -> str:
        """Return the name of a fragment, which may have been used before."""
        conditions = self._conditions(parent)
        known = [name for name, (on, _) in self.fragments.items() if on in conditions]
        if known and self.random.random() < 0.5:
            return self.random.choice(known)
        on = self.random.choice(conditions)
        body = self._selections(on, depth=depth - 1)
        name = f"F{len(self.fragments)}"
        self.fragments[name] = (on, body)
        return name

    def _conditions(self, parent: Parent) -> list[Parent]:
        """Return the types on which a fragment may stand inside `parent`."""
        own = self._possible(parent)
        return [
            type_
            for type_ in self.schema.type_map.values()
            if _is_parent(type_) and self._possible(type_) & own
        ]

    def _possible(self, type_: Parent) -> set[str]:
        if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
            return {each.name for each in self.schema.get_possible_types(type_)}
        return {type_.name}

    def _field(self, parent: Parent, *, depth: int) -> str:
        links, leaves = _parted(self._plainly(_fields(parent)))
        names = links if links and depth and self.random.random() < 0.7 else leaves
        if not names:
            return "__typename"
        name = self.random.choice(names)
        definition = _fields(parent)[name]
        if "groupBy" in definition.args:
            return self._groups(name, definition)
        head = f"{self._aliased(name, definition)}{self._directive()}"
        result = get_named_type(definition.type)
        if not _is_parent(result):
            return head
        is_step = result.name.endswith(_SCAFFOLD)
        below = depth if is_step and name != "evidence" else depth - 1
        return f"{head} {self._selections(result, depth=below)}"

    def _chain(self, parent: Parent, *, depth: int) -> str:
        """Return lists within lists, each with the evidence of the links to its nodes.

        By chance alone, few operations would come to links that have any.
        """
        if isinstance(parent, GraphQLUnionType):
            on = self.random.choice(parent.types)
            return f"{{ ... on {on.name} {self._chain(on, depth=depth)} }}"
        lists = [
            name
            for name, each in parent.fields.items()
            if name_ends(get_named_type(each.type), "Connection")
            and "text" not in each.args  # What is searched for no link leads to.
        ]
        if not lists or not depth:
            return self._selections(parent, depth=0)
        name = self.random.choice(lists)
        edge = _inside(_inside(parent, name), "edges")
        passages = self._aliased("evidence", _fields(edge)["evidence"])
        passage = _inside(_inside(edge, "evidence"), "nodes")
        shown = f"{passages} {{ nodes {self._selections(passage, depth=0)} }}"
        below = self._chain(_inside(edge, "node"), depth=depth - 1)
        head = self._aliased(name, parent.fields[name])
        return f"{{ {head} {{ edges {{ {shown} node {below} }} }} }}"

    def _plainly(self, fields: dict[str, GraphQLField]) -> dict[str, GraphQLField]:
        """Return fields, mostly without aggregations, of which there are many."""
        if self.random.random() < 0.15:
            return fields
        return {n: each for n, each in fields.items() if "groupBy" not in each.args}

    def _groups(self, name: str, definition: GraphQLField) -> str:
        """Return an aggregation, of which only what it groups by is asked as a key."""
        random, group = self.random, get_named_type(definition.type)
        listed = get_named_type(definition.args["groupBy"].type)
        order = [self._order(listed) for _ in range(random.choice([0, 1, 1, 2]))]
        arguments = self._grouping(definition, order)
        head = f"{self._keyed(name, arguments)}{self._directive()}"
        keys = [nested(path) for path, _ in order_of(order)]
        assert isinstance(group, GraphQLObjectType)
        parts = random.sample([*keys, "count", "", ""], random.choice([1, 2, 3]))
        # What is drawn has to be shown, or its variables would not be used.
        shown = (part or self._measures(group) for part in parts)
        return f"{head} {{ {' '.join(shown)} }}"

    def _measures(self, group: GraphQLObjectType) -> str:
        measured = [name for name in group.fields if name not in ("key", "count")]
        if not measured:
            return "count"  # The types of a union have nothing in common.
        name = self.random.choice(measured)
        measures = get_named_type(group.fields[name].type)
        assert isinstance(measures, GraphQLObjectType)
        return f"{name} {self._selections(measures, depth=0)}"

    def _grouping(self, definition: GraphQLField, order: Sequence[object]) -> str:
        """Return the arguments of an aggregation that has an order of groups."""
        drawn = list(self._depth(definition))
        if order or self.random.random() < 0.5:
            type_ = str(definition.args["groupBy"].type)
            drawn.append(f"groupBy: {self._variable(type_, order)}")
        for name in ("where", "having"):
            if self.random.random() < 0.3:
                type_ = str(definition.args[name].type)
                value = self._where(definition.args[name].type, depth=4)
                drawn.append(f"{name}: {self._variable(type_, value)}")
        return f"({', '.join(drawn)})" if drawn else ""

    def _aliased(self, name: str, definition: GraphQLField) -> str:
        return self._keyed(name, self._arguments(definition))

    def _keyed(self, name: str, arguments: str) -> str:
        called = f"{name}{arguments}"
        prefix = self.random.choice(["", "", "", "other_"])
        key = self.keys.setdefault(prefix + called, f"{prefix}{name}_{len(self.keys)}")
        return called if called == name and not prefix else f"{key}: {called}"

    def _arguments(self, definition: GraphQLField) -> str:
        drawn = []
        if "id" in definition.args:
            drawn.append(f"id: {self._variable('ID!', self._iri())}")
        if "ids" in definition.args:
            ids = [self._iri() for _ in range(self.random.choice([0, 1, 3]))]
            drawn.append(f"ids: {self._variable('[ID!]!', ids)}")
        drawn.extend(self._depth(definition))
        if "language" in definition.args and self.random.random() < 0.5:
            language = self.random.choice([None, *LANGUAGES])
            drawn.append(f"language: {self._variable('String', language)}")
        if "maxHops" in definition.args:
            drawn.extend(self._ends())
        elif "text" in definition.args:
            drawn.extend(self._search(definition))
        elif "first" in definition.args:
            drawn.extend(self._page(definition))
        return f"({', '.join(drawn)})" if drawn else ""

    def _depth(self, definition: GraphQLField) -> Iterator[str]:
        if "depth" in definition.args and self.random.random() < 0.7:
            depth = self.random.choice([1, 2, 3, 20])
            yield f"depth: {self._variable('Int', depth)}"

    def _way(self, parent: Parent, *, depth: int) -> str:
        """Return a search for paths; by chance alone, few would find any."""
        head = self._aliased("path", _fields(parent)["path"])
        hop = _inside(_inside(_inside(parent, "path"), "paths"), "hops")
        hops = self._selections(hop, depth=depth - 3)
        return f"{{ {head} {{ length hasMore paths {{ hops {hops} }} }} }}"

    def _ends(self) -> Iterator[str]:
        """Yield the arguments of a search for paths."""
        random = self.random
        for name in ("from", "to"):
            yield f"{name}: {self._variable('ID!', self._iri())}"
        if random.random() < 0.5:
            yield f"maxHops: {self._variable('Int!', random.choice([1, 2, 3, 10]))}"
        if random.random() < 0.5:
            yield f"first: {self._variable('Int!', random.choice([0, 1, 2, 100]))}"

    def _page(self, definition: GraphQLField) -> Iterator[str]:
        """Yield the arguments of a connection."""
        random = self.random
        if random.random() < 0.5:
            name = random.choice(["first", "first", "last"])
            size = random.choice([0, 1, 2, 2, 3, None])
            yield f"{name}: {self._variable('Int', size)}"
        if random.random() < 0.3:
            where = self._where(definition.args["where"].type, depth=2)
            yield f"where: {self._variable(str(definition.args['where'].type), where)}"
        order: list[object] = []
        if random.random() < 0.4:
            listed = get_named_type(definition.args["orderBy"].type)
            order = [self._order(listed) for _ in range(random.choice([1, 1, 2]))]
            type_ = str(definition.args["orderBy"].type)
            yield f"orderBy: {self._variable(type_, order)}"
        languages = ranges_of(random.choice(LANGUAGES)) if random.random() < 0.3 else ()
        for name in ("after", "before"):
            if random.random() < 0.15:
                connection = get_named_type(definition.type)
                place = self._cursor(order, connection, languages)
                yield f"{name}: {self._variable('String', place)}"

    def _search(self, definition: GraphQLField) -> Iterator[str]:
        """Yield the arguments of a search."""
        random = self.random
        text = self._words()
        yield f"text: {self._variable('String!', text)}"
        kind = get_named_type(definition.args["types"].type)
        assert isinstance(kind, GraphQLEnumType)
        names = [Choice(name) for name in random.sample([*kind.values], k=2)]
        if is_narrow := random.random() < 0.4:
            yield f"types: {self._variable(f'[{kind}!]', names)}"
        if random.random() < 0.5:
            yield f"first: {self._variable('Int', random.choice([0, 1, 2, 9]))}"
        if random.random() < 0.3:
            type_ = definition.args["where"].type
            where = self._where(type_, depth=2)
            yield f"where: {self._variable(str(type_), where)}"
        elif random.random() < 0.3:
            shown = names if is_narrow else [Choice(str(kind).removesuffix("Type"))]
            place = self._place_found(text, shown)
            yield f"after: {self._variable('String', place)}"

    def _words(self) -> str:
        """Return a text to search for: some words of a text, the last one cut."""
        words = self.random.choice(self.texts).split()
        if not words:
            return self.random.choice(["", "a", "-"])
        begin = self.random.randrange(len(words))
        shown = words[begin : begin + self.random.choice([1, 1, 1, 2])]
        return " ".join(shown)[: self.random.choice([1, 2, 4, 50, 50])]

    def _place_found(self, text: str, shown: Sequence[Choice]) -> str:
        """Return the cursor of a place where a search may have found nothing."""
        order = order_of_search(text, self._members(shown), None)
        rank = (self.random.random() < 0.2, self.random.choice([0.0, 1.5, 9.25]))
        return cursor(self._iri(), order, rank)

    def _members(self, names: Sequence[Choice]) -> list[str]:
        """Return the object types that are below some types, as a mapping has them."""
        found = set[str]()
        for name in names:
            type_ = self.schema.type_map[name.value]
            assert _is_parent(type_)
            found |= self._possible(type_)
        return sorted(found)

    def _where(self, type_: GraphQLInputType, *, depth: int) -> object:
        """Return a value for an input type, an object with a few of its fields."""
        random = self.random
        match get_nullable_type(type_):
            case GraphQLList(of_type=element):
                number = random.choice([0, 1, 2])
                return [self._where(element, depth=depth) for _ in range(number)]
            case GraphQLInputObjectType(fields=fields):
                names = [
                    name
                    for name, each in fields.items()
                    if depth or not is_condition(each.type)
                ]
                number = min(len(names), random.choice([0, 1, 1, 2]))
                return {
                    name: self._operand(name, fields[name].type, depth=depth)
                    for name in random.sample(names, number)
                }
            case named:
                return self._scalar(str(named))

    def _operand(self, name: str, type_: GraphQLInputType, *, depth: int) -> object:
        if name == "matches":
            return self.random.choice(["i", "^[A-M]", "[0-9]{2}", "c.t", "(a|e)s"])
        if name == "language":
            return self.random.choice(["en", "fr", "de", "en-GB"])
        return self._where(type_, depth=depth - 1 if is_condition(type_) else depth)

    def _scalar(self, name: str) -> object:
        text = self.random.choice(self.texts)
        return {
            "ID": self._iri(),
            "Int": self.random.choice([0, 2, 90, -90, 2030]),
            "Float": self.random.choice([0, 9.5, 12, 50.25, 1e6]),
            "Boolean": self.random.random() < 0.5,
            "String": text[: self.random.choice([0, 1, 3, None])],
        }[name]

    def _order(self, type_: GraphQLNamedType) -> dict[str, object]:
        assert isinstance(type_, GraphQLInputObjectType)
        leaves = [n for n, f in type_.fields.items() if not is_order(f)]
        links = [name for name in type_.fields if name not in leaves]
        if links and self.random.random() < 0.3:
            name = self.random.choice(links)
            return {name: self._order(get_named_type(type_.fields[name].type))}
        directions = [*Direction]
        return {self.random.choice(leaves): self.random.choice(directions)}

    def _cursor(
        self,
        order: Sequence[object],
        connection: GraphQLNamedType,
        languages: Ranges,
    ) -> str:
        """Return the cursor of a place where there may be no node."""
        path_and_direction = order_of(order)
        parent = connection.name.removesuffix("Connection")
        keys = [self._key(parent, list(path)) for path, _ in path_and_direction]
        has_languages = any(
            self._is_tagged(parent, list(path)) for path, _ in path_and_direction
        )
        return cursor(
            self._iri(),
            path_and_direction,
            keys,
            languages if has_languages else (),
        )

    def _is_tagged(self, parent: str, path: list[str]) -> bool:
        field_ = self._compared(parent, path[0])
        if len(path) > 1:
            return self._is_tagged(get_named_type(field_.type).name, path[1:])
        return "language" in field_.args

    def _key(self, parent: str, path: list[str]) -> object:
        result = get_named_type(self._compared(parent, path[0]).type)
        if len(path) > 1:
            return self._key(result.name, path[1:])
        name = "Float" if result.name == "Int" else result.name
        key = self._scalar(name)
        key = float(key) if isinstance(key, int) and name == "Float" else key
        return self.random.choice([key, key, None])

    def _compared(self, parent: str, name: str) -> GraphQLField:
        """Return a field that nodes are ordered by; those of a union, by their IRIs."""
        type_ = self.schema.type_map[parent]
        if isinstance(type_, GraphQLUnionType):
            type_ = type_.types[0]
        assert _is_parent(type_)
        return _fields(type_)[name]

    def _iri(self) -> str:
        """Return an IRI, mostly of a thing that much is said of."""
        major = [iri for iri in self.iris if not _MINOR.search(iri)]
        return self.random.choice(self.random.choice([major, major, self.iris]))

    def _directive(self) -> str:
        if self.random.random() < 0.8:
            return ""
        is_shown = self.random.random() < 0.8
        name = self.random.choice(["skip", "include"])
        condition = self._variable("Boolean!", is_shown == (name == "include"))
        return f" @{name}(if: {condition})"

    def _variable(self, type_: str, value: object) -> str:
        """Write a value as a literal or as a variable, which equal values share."""
        if self.random.random() < 0.5:
            return literal(value)
        declared = (type_, value)
        for name, known in self.variables.items():
            if (self.types[name], literal(known)) == (type_, literal(value)):
                return f"${name}"
        name = f"v{len(self.variables)}"
        self.types[name], self.variables[name] = declared
        return f"${name}"


def plain(value: object) -> object:
    """Return a value as JSON has it."""
    match value:
        case Mapping():
            return {key: plain(each) for key, each in value.items()}
        case list():
            return [plain(each) for each in value]
        case Direction() | Choice():
            return value.value
        case _:
            return value


def literal(value: object) -> str:
    """Return a value as it is written in a document."""
    match value:
        case Mapping():
            inner = ", ".join(f"{key}: {literal(each)}" for key, each in value.items())
            return f"{{{inner}}}"
        case list():
            return f"[{', '.join(map(literal, value))}]"
        case Direction() | Choice():
            return value.value
        case _:
            return json.dumps(value, ensure_ascii=False)


def nested(path: Sequence[str]) -> str:
    """Return the selection of what stands at a path of a key."""
    text = path[-1]
    for name in reversed(["key", *path[:-1]]):
        text = f"{name} {{ {text} }}"
    return text


def name_ends(type_: GraphQLNamedType, *endings: str) -> bool:
    return type_.name.endswith(endings)


def is_condition(type_: GraphQLInputType) -> bool:
    return name_ends(get_named_type(type_), "Where", "Having")


def is_order(field_: GraphQLInputField) -> bool:
    return name_ends(get_named_type(field_.type), "OrderBy", "GroupBy")


def _parted(fields: dict[str, GraphQLField]) -> tuple[list[str], list[str]]:
    """Return the names of the fields that lead on, and of those that do not."""
    links = [n for n, each in fields.items() if _is_parent(get_named_type(each.type))]
    return links, [name for name in fields if name not in links]


def _fields(parent: Parent) -> dict[str, GraphQLField]:
    return {} if isinstance(parent, GraphQLUnionType) else parent.fields


def _inside(parent: Parent, name: str) -> Parent:
    result = get_named_type(_fields(parent)[name].type)
    assert _is_parent(result)
    return result


def _is_parent(type_: GraphQLNamedType) -> TypeGuard[Parent]:
    return isinstance(
        type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType
    )
