"""A second opinion: the same schema answered by one resolver per field, over triples.

It shares nothing with the compiler but the mapping and the words of errors: it walks
dicts of triples one node at a time, and graphql-core's own executor merges, propagates
nulls and orders keys.
"""

import json
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cmp_to_key, lru_cache
from hashlib import sha256
from math import isfinite
from typing import Any, TypeAlias

from graphql import (
    ExecutionResult,
    GraphQLAbstractType,
    GraphQLResolveInfo,
    GraphQLSchema,
    build_schema,
    execute_sync,
    parse,
)
from pyoxigraph import Literal, NamedNode

from ssc_kg.engine.engine import Engine
from ssc_kg.engine.operation import Operation
from ssc_kg.errors import UnreadableValueError
from ssc_kg.mapping.model import (
    AGGREGATE,
    IdentityField,
    LinkField,
    LookupField,
    LookupsField,
    PathsField,
    Scalar,
    SchemaMap,
    SearchField,
    ValueField,
)
from ssc_kg.mapping.texts import TextField
from ssc_kg.rdf.vocab import RDF
from ssc_kg.store.protocol import Term
from ssc_kg.store.text_index import Found, Hit, TextIndex
from tests.naive_groups import Grouping
from tests.naive_languages import (
    EXCLUDED,
    Ranges,
    is_in,
    is_wanted,
    preference,
    ranges_of,
    tag_of,
)
from tests.naive_values import (
    Fields,
    Order,
    Place,
    Thing,
    Triples,
    compare,
    order_of,
    passes,
    plain,
)

Via: TypeAlias = tuple[str, LinkField]
"""The node from which a link was followed, and the link."""


class Texts:
    """The texts of a graph, read one by one; the index says how well each fits."""

    def __init__(
        self, triples: Triples, fields: Sequence[TextField], index: TextIndex
    ) -> None:
        self._index = index
        self._found: dict[str, dict[str, Found]] = {}
        """What was found for the last text."""
        self._said = defaultdict[str, list[str]](list)
        for field_ in fields:
            for iri in triples.named:
                for term in triples.objects(iri, field_.property):
                    if isinstance(term, Literal):
                        for about in _about(iri, field_, triples):
                            self._said[about].append(f" {plain_words(term.value)} ")

    def find(self, text: str) -> dict[str, tuple[bool, float]]:
        """Return what has all the words, and how well it fits."""
        if text not in self._found:
            found = {one.rank.iri: one for one in self._index.rank(text)}
            assert found.keys() == self.scan(text), text
            self._found = {text: found}
        return {
            iri: (one.rank.is_exact, one.rank.score)
            for iri, one in self._found[text].items()
        }

    def match(self, text: str, iri: str) -> tuple[Hit, Fields]:
        """Return the text by which something was found, and how it is shown."""
        [hit] = self._index.show(text, [self._found[text][iri]])
        ranges = [Fields({"start": start, "end": end}) for start, end in hit.ranges]
        shown = Fields(
            {
                "field": hit.field,
                "language": hit.language,
                "text": hit.snippet,
                "ranges": ranges,
            }
        )
        return hit, shown

    def all(self) -> list[str]:
        """Return the words of every text."""
        return sorted(one.strip() for said in self._said.values() for one in said)

    def scan(self, text: str) -> set[str]:
        """Return what has all the words in its texts."""
        phrases = [words for part in text.split() if (words := plain_words(part))]
        *closed, last = phrases
        wanted = [*(f" {phrase} " for phrase in closed), f" {last}"]
        return {
            iri
            for iri, said in self._said.items()
            if all(any(phrase in one for one in said) for phrase in wanted)
        }


def plain_words(text: str) -> str:
    """Return the words of a text in lower case, without accents."""
    apart = unicodedata.normalize("NFKD", text).casefold().replace("ø", "o")
    letters = (" " if _parts(one) else one for one in apart if not _is_mark(one))
    return " ".join("".join(letters).split())


def _parts(character: str) -> bool:
    return unicodedata.category(character)[0] not in "LN"


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me", "Cf")


def _about(iri: str, field_: TextField, triples: Triples) -> list[str]:
    if field_.about is None:
        return [iri]
    links = triples.objects(iri, field_.about)
    return [term.value for term in links if isinstance(term, NamedNode)]


def place_of(rank: tuple[bool, float], iri: str) -> tuple[bool, float, str]:
    """Return what the things that a search finds are sorted by."""
    is_exact, score = rank
    return not is_exact, -score, iri


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge, and the link that led to its node, if a single one did."""

    cursor: str
    node: Thing
    link: tuple[str, str, str] | None


@dataclass(frozen=True, slots=True)
class Hop:
    """A link of a path, in the direction of the path."""

    start: Thing
    property: NamedNode
    inverse: bool
    end: Thing

    def rank(self) -> tuple[str, str, bool]:
        return self.end.iri, self.property.value, self.inverse

    def statement(self) -> tuple[str, str, str]:
        ends = (self.end, self.start) if self.inverse else (self.start, self.end)
        return ends[0].iri, self.property.value, ends[1].iri


@dataclass(frozen=True, slots=True)
class Naive:
    """Resolves every field by itself."""

    mapping: SchemaMap
    triples: Triples
    texts: Texts | None = None
    languages: Ranges = ()

    def resolve(
        self, source: object, info: GraphQLResolveInfo[object], **arguments: object
    ) -> object:
        match source:
            case Thing():
                return self._field(source, info.field_name, arguments)
            case Fields(values):
                return values[info.field_name]
            case Edge() if info.field_name == "evidence":
                return self._evidence(source.link, arguments)
            case Hop():
                return self._hop(source, info.field_name, arguments)
            case Edge(text, node):
                return {"cursor": text, "node": node}[info.field_name]
            case _:
                return self._root(info.field_name, arguments)

    def _root(self, name: str, arguments: Mapping[str, object]) -> object:
        root = self.mapping.roots[_listing(name, self.mapping.roots)]
        if isinstance(root, PathsField):
            return self._paths(root.target, arguments)
        if isinstance(root, LookupField):
            return next(self._things([str(arguments["id"])], root.target), None)
        if isinstance(root, LookupsField):
            ids = arguments["ids"]
            assert isinstance(ids, list)
            return [next(self._things([each], root.target), None) for each in ids]
        if isinstance(root, SearchField):
            return self._search(root.target, arguments)
        things = list(self._things(self.triples.named, root.target))
        return self._list(name, things, root.target, arguments)

    def _paths(self, target: str, arguments: Mapping[str, object]) -> Fields | None:
        names = [str(arguments["from"]), str(arguments["to"])]
        things = [next(self._steppable([each], target), None) for each in names]
        start, end = things
        if start is None or end is None:
            return None
        ways = self._ways(start, end, target, most=int(str(arguments["maxHops"])))
        ways.sort(key=lambda way: [hop.rank() for hop in way])
        first = int(str(arguments["first"]))
        return Fields(
            {
                "length": len(ways[0]) if ways else None,
                "paths": [Fields({"hops": way}) for way in ways[:first]],
                "hasMore": len(ways) > first,
            }
        )

    def _ways(
        self, start: Thing, end: Thing, target: str, *, most: int
    ) -> list[list["Hop"]]:
        """Return all shortest ways, found by going every way from the start."""
        ways, met = {start: [list[Hop]()]}, {start}
        for _ in range(most):
            if end in ways:
                break
            longer = defaultdict[Thing, list[list[Hop]]](list)
            for thing, found in ways.items():
                for hop in self._hops(thing, target):
                    if hop.end not in met:
                        longer[hop.end].extend([*way, hop] for way in found)
            ways = longer
            met |= longer.keys()
        return ways.get(end, [])

    def _hops(self, thing: Thing, target: str) -> Iterator["Hop"]:
        terms = self.mapping.evidence
        speaking = terms.target if terms else None
        properties = {
            link.property
            for type_ in self.mapping.types.values()
            for link in type_.fields.values()
            if isinstance(link, LinkField) and not link.closure
            if speaking not in (type_.name, link.target)
        }
        for property_ in properties:
            for inverse in (False, True):
                link = LinkField("", property_, target, inverse=inverse)
                iris = self.triples.linked(thing.iri, link)
                for other in self._steppable(iris, target):
                    yield Hop(thing, property_, inverse, other)

    def _steppable(self, iris: Iterable[str], target: str) -> Iterator[Thing]:
        """Yield the nodes that may be on a path: those that are no evidence."""
        terms = self.mapping.evidence
        members = [
            each
            for each in self.mapping.members(target)
            if terms is None or each.name != terms.target
        ]
        for iri in iris:
            classes = self.triples.objects(iri, RDF.type)
            for type_ in members:
                if type_.rdf_class in classes:
                    yield Thing(iri, type_.name)
                    break

    def _hop(self, hop: "Hop", name: str, arguments: Mapping[str, object]) -> object:
        match name:
            case "from" | "to":
                iri = (hop.start if name == "from" else hop.end).iri
                return next(self._things([iri], self._anything()), None)
            case "direction":
                return "INVERSE" if hop.inverse else "FORWARD"
            case "evidence":
                return self._evidence(hop.statement(), arguments)
            case _:
                label = self.mapping.labels.get(hop.property)
                return Fields(
                    {
                        "id": hop.property.value,
                        "name": label,
                        "field": self._followed(hop),
                    }
                )

    def _anything(self) -> str:
        [target] = (
            root.target
            for root in self.mapping.roots.values()
            if isinstance(root, PathsField)
        )
        return target

    def _followed(self, hop: "Hop") -> str | None:
        for name, link in self.mapping.types[hop.start.type_name].fields.items():
            if isinstance(link, LinkField) and not link.closure:
                is_along = link.property == hop.property
                members = self.mapping.members(link.target)
                leads = any(each.name == hop.end.type_name for each in members)
                if is_along and link.inverse == hop.inverse and leads:
                    return name
        return None

    def _field(
        self, thing: Thing, name: str, arguments: Mapping[str, object]
    ) -> object:
        fields = self.mapping.types[thing.type_name].fields
        match fields[_listing(name, fields)]:
            case IdentityField():
                return thing.iri
            case ValueField() as value:
                return self._value(thing, value, arguments.get("language"))
            case LinkField() as link:
                depth = arguments.get("depth")
                steps = int(str(depth)) if depth is not None else None
                things = self.linked(thing, link, steps)
                if link.many:
                    via = None if link.closure else (thing.iri, link)
                    return self._list(name, things, link.target, arguments, via)
                return next(iter(things), None)

    def linked(
        self, thing: Thing, link: LinkField, depth: int | None = None
    ) -> list[Thing]:
        iris = self.triples.linked(thing.iri, link, depth)
        return list(self._things(iris, link.target))

    def _list(
        self,
        name: str,
        things: list[Thing],
        target: str,
        arguments: Mapping[str, object],
        via: Via | None = None,
    ) -> object:
        where = arguments.get("where")
        if isinstance(where, Mapping):
            things = [thing for thing in things if self._holds(thing, target, where)]
        if name.endswith(AGGREGATE):
            grouping = Grouping(self.mapping, self.shown, self.linked, target)
            return grouping.groups(things, arguments)
        return self._page(things, target, arguments, via)

    def _value(self, thing: Thing, value: ValueField, asked: object) -> object:
        read = (_read(term, value) for term in self.shown(thing, value, asked))
        return list(read) if value.many else next(read, None)

    def _evidence(
        self, link: tuple[str, str, str] | None, arguments: Mapping[str, object]
    ) -> object:
        terms = self.mapping.evidence
        assert terms is not None
        found: set[str] = set()
        if link is not None:
            names = zip(
                (terms.subject, terms.predicate, terms.object), link, strict=True
            )
            found = set.intersection(*(self.triples.subjects(p, o) for p, o in names))
        things = list(self._things(found, terms.target))
        return self._list("evidence", things, terms.target, arguments)

    def shown(
        self, thing: Thing, value: ValueField, asked: object = None
    ) -> list[Term]:
        """Return the terms that a field shows, given its argument `language`."""
        ranges = self.languages if value.language_tagged else ()
        ranges = ranges_of(asked) if isinstance(asked, str) else ranges
        terms = self.triples.objects(thing.iri, value.property)
        ordered = sorted(terms, key=lambda term: (preference(term, ranges), str(term)))
        if value.many:
            is_all = asked is None
            return [term for term in ordered if is_all or is_wanted(term, ranges)]
        may_hide = value.language_tagged and not value.required
        return [
            term
            for term in ordered[:1]
            if not may_hide or preference(term, ranges)[0] < EXCLUDED
        ]

    def _page(
        self,
        things: list[Thing],
        target: str,
        arguments: Mapping[str, object],
        via: Via | None,
    ) -> Fields:
        order = order_of(arguments.get("orderBy"))
        ends = [arguments.get("after"), arguments.get("before")]
        given = [str(each) for each in ends if each is not None]
        languages = _languages_held(given[0]) if given else self.languages
        naive = replace(self, languages=languages)
        placed = [
            ((tuple(naive.key(thing, path) for path, _ in order), thing.iri), thing)
            for thing in things
        ]
        if not any(self.is_tagged(target, path) for path, _ in order):
            languages = ()

        def by_place(mine: tuple[Place, Thing], other: tuple[Place, Thing]) -> int:
            return compare(mine[0], other[0], order)

        placed.sort(key=cmp_to_key(by_place))
        after, before = arguments.get("after"), arguments.get("before")
        rest = [
            each
            for each in placed
            if (after is None or compare(each[0], _decoded(str(after)), order) > 0)
            and (before is None or compare(each[0], _decoded(str(before)), order) < 0)
        ]
        first, last = arguments.get("first"), arguments.get("last")
        if last is not None:
            nodes = rest[-int(str(last)) :] if last else []
            more = (before is not None, len(rest) > len(nodes) or after is not None)
        else:
            nodes = rest[: 50 if first is None else int(str(first))]
            more = (len(rest) > len(nodes) or before is not None, after is not None)
        cursors = [cursor(place[1], order, place[0], languages) for place, _ in nodes]
        shown = [thing for _, thing in nodes]
        edges = [
            Edge(text, node, statement(via, node.iri) if via else None)
            for text, node in zip(cursors, shown, strict=True)
        ]
        return Fields(
            {
                "nodes": shown,
                "edges": edges,
                "totalCount": len(things),
                "pageInfo": Fields(
                    {
                        "hasNextPage": more[0],
                        "hasPreviousPage": more[1],
                        "startCursor": cursors[0] if nodes else None,
                        "endCursor": cursors[-1] if nodes else None,
                    }
                ),
            }
        )

    def _search(self, target: str, arguments: Mapping[str, object]) -> Fields:
        assert self.texts is not None
        text, where = str(arguments["text"]), arguments.get("where")
        ranks, names = self.texts.find(text), arguments.get("types")
        types = [each.name for each in self.mapping.members(target)]
        if isinstance(names, list):
            below = {n for name in names for n in self.mapping.types[name].members}
            types = [name for name in types if name in below]
        things = [
            thing
            for thing in self._things_of(ranks, types)
            if not isinstance(where, Mapping) or self._holds(thing, target, where)
        ]
        things.sort(key=lambda thing: place_of(ranks[thing.iri], thing.iri))
        start, after = 0, arguments.get("after")
        if isinstance(after, str):
            (exact, score), iri = _decoded(after)
            begin = place_of((bool(exact), float(str(score))), iri)
            iris = [thing.iri for thing in things]
            start = (
                iris.index(iri) + 1
                if iri in iris
                else sum(place_of(ranks[each], each) <= begin for each in iris)
            )
        first = arguments.get("first")
        size = 50 if first is None else int(str(first))
        nodes = things[start : start + size]
        order = order_of_search(text, types, where)
        cursors = [cursor(each.iri, order, ranks[each.iri]) for each in nodes]
        return Fields(
            {
                "nodes": nodes,
                "edges": [
                    Fields(
                        {
                            "cursor": name,
                            "node": thing,
                            "isExact": ranks[thing.iri][0],
                            "score": ranks[thing.iri][1],
                            "match": self._match(text, thing.iri, target),
                        }
                    )
                    for name, thing in zip(cursors, nodes, strict=True)
                ],
                "totalCount": len(things),
                "pageInfo": Fields(
                    {
                        "hasNextPage": len(things) > start + size,
                        "hasPreviousPage": after is not None,
                        "startCursor": cursors[0] if nodes else None,
                        "endCursor": cursors[-1] if nodes else None,
                    }
                ),
            }
        )

    def _match(self, text: str, iri: str, target: str) -> Fields:
        assert self.texts is not None
        hit, shown = self.texts.match(text, iri)
        about, things = hit.declared.about, list[Thing]()
        if about is not None:
            said = self.triples.said(hit.declared.property, hit.text, hit.language)
            holders = said & self.triples.subjects(about, iri)
            things = list(self._things(sorted(holders)[:1], target))
        source = next(iter(things), None)
        return Fields({**shown.values, "source": source, "about": about, "found": iri})

    def key(self, thing: Thing, path: Sequence[str]) -> object:
        """Return what a thing is ordered by; None if the field shows nothing."""
        name, *rest = path
        match self.mapping.types[thing.type_name].fields[name]:
            case LinkField() as link:
                iris = self.triples.linked(thing.iri, link)
                linked = next(self._things(iris, link.target), None)
                return None if linked is None else self.key(linked, rest)
            case ValueField() as value:
                shown = self.shown(thing, value)
                key = plain(shown[0], value) if shown else None
                if isinstance(key, float) and not isfinite(key):
                    return None
                return key
            case IdentityField():
                return thing.iri

    def is_tagged(self, target: str, path: Sequence[str]) -> bool:
        name, *rest = path
        match self.mapping.types[target].fields[name]:
            case LinkField() as link:
                return self.is_tagged(link.target, rest)
            case ValueField() as value:
                return value.language_tagged
            case IdentityField():
                return False

    def _holds(self, thing: Thing, target: str, where: Mapping[str, Any]) -> bool:
        """Return whether all conditions hold of a thing, taken as a `target`."""

        def one(name: str, value: Any) -> bool:
            match name:
                case "and":
                    return all(self._holds(thing, target, each) for each in value)
                case "or":
                    return any(self._holds(thing, target, each) for each in value)
                case "not":
                    return not self._holds(thing, target, value)
                case "isNull":
                    return not value
                case _:
                    return self._satisfies(thing, target, name, value)

        return all(one(name, value) for name, value in where.items())

    def _satisfies(
        self, thing: Thing, target: str, name: str, value: Mapping[str, Any]
    ) -> bool:
        choices = self.mapping.types[target].choices
        if name in choices:
            member = self.mapping.types[choices[name]]
            classes = self.triples.objects(thing.iri, RDF.type)
            is_one = member.rdf_class in classes
            return is_one and self._holds(thing, member.name, value)
        match self.mapping.types[target].fields[name]:
            case IdentityField():
                return passes(thing.iri, value)
            case ValueField() as field_:
                terms = self.triples.objects(thing.iri, field_.property)
                return _suit(terms, field_, value)
            case LinkField() as link:
                iris = self.triples.linked(thing.iri, link)
                linked = list(self._things(iris, link.target))
                return self._suits(linked, link, value)

    def _suits(
        self, linked: list[Thing], link: LinkField, value: Mapping[str, Any]
    ) -> bool:
        def number(where: Mapping[str, Any]) -> int:
            return sum(self._holds(each, link.target, where) for each in linked)

        if link.many:
            return all(
                {
                    "some": number(where) > 0,
                    "every": number(where) == len(linked),
                    "none": number(where) == 0,
                }[quantifier]
                for quantifier, where in value.items()
            )
        if value.get("isNull"):
            return not linked and len(value) == 1
        return number(value) > 0

    def _things(self, iris: Iterable[str], target: str) -> Iterator[Thing]:
        """Yield the nodes of type `target`, by IRI, each as the first of its types."""
        return self._things_of(iris, [t.name for t in self.mapping.members(target)])

    def _things_of(self, iris: Iterable[str], types: Sequence[str]) -> Iterator[Thing]:
        for iri in sorted(iris):
            classes = self.triples.objects(iri, RDF.type)
            for name in types:
                if self.mapping.types[name].rdf_class in classes:
                    yield Thing(iri, name)
                    break


def answer_naively(
    engine: Engine, operation: Operation, triples: Triples, texts: Texts | None = None
) -> ExecutionResult:
    """Return what the engine should answer to a valid operation."""
    return execute_sync(
        schema_of(engine),
        parse(operation.query),
        variable_values=dict(operation.variables),
        field_resolver=naive_of(engine, operation, triples, texts).resolve,
        type_resolver=_type_name,
    )


@lru_cache
def schema_of(engine: Engine) -> GraphQLSchema:
    """Return the schema of an engine as it is printed, without its resolvers."""
    printed: GraphQLSchema = build_schema(engine.schema.as_str())
    return printed


def statement(via: Via, found: str) -> tuple[str, str, str]:
    """Return the triple that a link from a node to another says."""
    start, link = via
    ends = (found, start) if link.inverse else (start, found)
    return ends[0], link.property.value, ends[1]


def _listing(name: str, names: Iterable[str]) -> str:
    """Return the name of the field that lists what a field tells of."""
    return name if name in names else name.removesuffix(AGGREGATE)


def naive_of(
    engine: Engine, operation: Operation, triples: Triples, texts: Texts | None = None
) -> Naive:
    """Return the resolvers of an operation."""
    return Naive(engine.mapping, triples, texts, tuple(operation.languages))


def cursor(
    iri: str,
    order: Order = (),
    keys: Sequence[object] = (),
    languages: Ranges = (),
) -> str:
    """Return the cursor of a node; the only encoding that this module has to know."""
    if order:
        text = "; ".join(f"{'.'.join(path)} {direction}" for path, direction in order)
        parts = [sha256(text.encode()).hexdigest()[:8], *keys, iri]
        parts = [_text_of(languages), *parts] if languages else parts
        held = json.dumps(parts, separators=(",", ":"), ensure_ascii=False)
        held = f"{'l' if languages else 'k'}{held}"
    else:
        held = f"i{iri}"
    return urlsafe_b64encode(held.encode()).decode().rstrip("=")


def order_of_search(text: str, types: Sequence[str], where: object) -> Order:
    """Return how the compiler names the order of a search."""
    asked = {"text": text, "types": types, "where": where}
    name = sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:8]
    return ((f"exact of {name}",), "DESC"), ((f"score of {name}",), "DESC")


def _decoded(text: str) -> Place:
    held = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    if held.startswith("i"):
        return (), held[1:]
    *keys, iri = json.loads(held[1:])[2 if held.startswith("l") else 1 :]
    return tuple(keys), iri


def _languages_held(text: str) -> Ranges:
    """Return the languages that a cursor holds."""
    held = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    return ranges_of(json.loads(held[1:])[0]) if held.startswith("l") else ()


def _text_of(ranges: Ranges) -> str:
    return ", ".join(f"{r};q={q:g}" if q < 1 else r for r, q in ranges)


def _type_name(
    value: object, _info: GraphQLResolveInfo[object], _type: GraphQLAbstractType
) -> str:
    assert isinstance(value, Thing)
    return value.type_name


def _suit(terms: list[Term], field_: ValueField, value: Mapping[str, Any]) -> bool:
    """Return whether the values of a field satisfy its conditions."""
    if not field_.many:
        return _suit_one(terms, field_, value)

    def values(name: str) -> list[bool]:
        language = value[name].get("language", "*")
        known = (plain(term, field_) for term in terms if is_in(term, language))
        return [passes(each, value[name]) for each in known if each is not None]

    return all(
        {
            "some": any(values(name)),
            "every": all(values(name)),
            "none": not any(values(name)),
        }[name]
        for name in value
    )


def _suit_one(terms: list[Term], field_: ValueField, value: Mapping[str, Any]) -> bool:
    """Return whether the value of a field does, or its values in several languages."""
    if language := value.get("language"):
        terms = [term for term in terms if is_in(term, language)]
    known = [each for term in terms if (each := plain(term, field_)) is not None]
    only = {name: value[name] for name in value if name == "ignoreCase"}
    positive = {n: v for n, v in value.items() if n not in ("ne", "notIn", "isNull")}
    held = [value["isNull"] != bool(terms)] if "isNull" in value else []
    if positive.keys() - {"language", "ignoreCase"}:
        held.append(any(passes(each, positive) for each in known))
    elif value.keys() & {"ne", "notIn"} or (language and "isNull" not in value):
        held.append(bool(terms))
    for name, opposite in (("ne", "eq"), ("notIn", "in")):
        if name in value:
            wanted = {opposite: value[name], **only}
            held.append(not any(passes(each, wanted) for each in known))
    return all(held)


def _read(term: Term, value: ValueField) -> object:
    try:
        match value.scalar:
            case Scalar.TEXT:
                return term.value
            case Scalar.LOCALIZED:
                return Fields({"value": term.value, "language": tag_of(term) or None})
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
