"""Look-ups by IRI, compiled: a few nodes are read and shown in one go.

`execute` and `shape` interpret whatever a plan may hold, which takes longer than to
match the few patterns of a look-up. A plan that only follows single links from single
nodes to plain values is made into functions once. What is *unusual* of the data (a link
to several nodes, a required value that is missing) is left to the interpreters, which
know what to choose and what to report.

All that is said of a node is read at once: to begin a match takes as long as to read
six quads.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, TypeGuard

from pyoxigraph import NamedNode, Triple

from ssc_kg.compiler.collect import Node, Slot
from ssc_kg.compiler.json import Json, JsonObject
from ssc_kg.compiler.plan import (
    Along,
    Entry,
    Fetch,
    Link,
    One,
    Plan,
    Template,
    Typename,
)
from ssc_kg.compiler.quick import Reader, UnusualError, readers_of
from ssc_kg.compiler.shape import fetches_by_number
from ssc_kg.engine.direct import is_small
from ssc_kg.errors import MalformedIriError, UnreadableValueError
from ssc_kg.mapping.model import LinkField, TypeMap
from ssc_kg.rdf.terms import read_iri
from ssc_kg.rdf.vocab import RDF
from ssc_kg.store.protocol import Store

_TYPE = RDF.type
MAXIMUM_STATEMENTS = 64
"""How many quads of a node are read at once; of more, those that are wanted."""
_Statements: TypeAlias = Mapping[NamedNode, Sequence[object]]
"""What is said of a node: the objects of each property."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """A plan that was made into functions."""

    roots: tuple["_Root", ...]

    def read(self, store: Store, variables: Mapping[str, object]) -> JsonObject | None:
        """Return the answer, or None if the data or an IRI is unusual."""
        try:
            return {root.key: root.read(store, variables) for root in self.roots}
        except (UnusualError, UnreadableValueError, MalformedIriError):
            return None


def compile_lookup(plan: Plan) -> Lookup | None:
    """Return the functions for a plan, or None if it is more than a look-up."""
    if not is_small(plan):
        return None
    try:
        return Lookup(tuple(_Compiler(plan).roots()))
    except _TooRichError:
        return None


class _TooRichError(Exception):
    """The plan is no look-up; never leaves this module."""


@dataclass(frozen=True, slots=True)
class _Root:
    """Reads the node that a root field looks up."""

    key: str
    source: One
    nodes: "_Nodes"
    is_required: bool

    def read(self, store: Store, variables: Mapping[str, object]) -> Json:
        name = self.source.variable
        iri = self.source.iri if name is None else read_iri(str(variables[name]))
        return _demand(self.nodes.read(store, iri), is_required=self.is_required)


@dataclass(frozen=True, slots=True)
class _Step:
    """Follows a link from a node to at most one other."""

    link: LinkField
    nodes: "_Nodes"
    is_required: bool

    def read(self, store: Store, node: NamedNode, said: _Statements) -> Json:
        found = [end for end in self._ends(store, node, said) if _is_named(end)]
        if len(found) > 1:
            raise UnusualError
        shown = self.nodes.read(store, found[0]) if found else None
        return _demand(shown, is_required=self.is_required)

    def _ends(
        self, store: Store, node: NamedNode, said: _Statements
    ) -> Iterable[object]:
        if self.link.inverse:
            return (
                quad.subject for quad in store.match(None, self.link.property, node)
            )
        return said.get(self.link.property, ())


class _Part(NamedTuple):
    """An entry of an object: what reads its value, or follows its link."""

    key: str
    read: Reader | None = None
    step: _Step | None = None


@dataclass(frozen=True, slots=True)
class _Form:
    """How nodes of one type are shown."""

    rdf_class: NamedNode
    parts: tuple[_Part, ...]


@dataclass(frozen=True, slots=True)
class _Nodes:
    """Reads and shows nodes of some types."""

    properties: tuple[NamedNode, ...]
    """Those of the slots, in their order."""
    wanted: frozenset[NamedNode]
    """All that are read."""
    forms: tuple[_Form, ...]

    def read(self, store: Store, node: NamedNode) -> JsonObject | None:
        """Return what is shown of a node, or None if it has none of the types."""
        said = self._statements(store, node)
        form = self._form(said.get(_TYPE, ()))
        if form is None:
            return None
        slots = [_slot(said.get(each)) for each in self.properties]
        read, shown = Node(node.value, set(), slots), JsonObject()
        for key, value, step in form.parts:
            if value is not None:
                shown[key] = value(read)
            elif step is not None:
                shown[key] = step.read(store, node, said)
        return shown

    def _form(self, types: Sequence[object]) -> _Form | None:
        for form in self.forms:
            if form.rdf_class in types:
                return form
        return None

    def _statements(self, store: Store, node: NamedNode) -> _Statements:
        quads = store.describe(node, MAXIMUM_STATEMENTS)
        if quads is None:
            quads = [quad for each in self.wanted for quad in store.match(node, each)]
        said: dict[NamedNode, list[object]] = {}
        for quad in quads:
            said.setdefault(quad.predicate, []).append(quad.object)
        return said


class _Compiler:
    """Makes functions of a plan; what types have in common is made once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._fetches = fetches_by_number(plan)
        self._parts = dict[int, _Part]()

    def roots(self) -> Iterator[_Root]:
        for entry in self._plan.template:
            if not isinstance(entry, Link):
                raise _TooRichError
            fetch = self._fetches[entry.fetch]
            if not isinstance(fetch.source, One):
                raise _TooRichError
            nodes = self._nodes(fetch, entry.template)
            yield _Root(entry.key, fetch.source, nodes, entry.required)

    def _nodes(self, fetch: Fetch, template: Template) -> _Nodes:
        forms = tuple(self._form(type_, template) for type_ in fetch.types)
        properties = tuple(each.property for each in fetch.values)
        links = {
            part.step.link.property
            for form in forms
            for part in form.parts
            if part.step is not None and not part.step.link.inverse
        }
        return _Nodes(properties, frozenset((RDF.type, *properties, *links)), forms)

    def _form(self, type_: TypeMap, template: Template) -> _Form:
        if type_.rdf_class is None:
            raise _TooRichError
        entries = [entry for entry in template if type_.name in entry.types]
        parts = tuple(self._part(entry, type_.name) for entry in entries)
        return _Form(type_.rdf_class, parts)

    def _part(self, entry: Entry, type_name: str) -> _Part:
        if isinstance(entry, Typename):
            return _Part(entry.key, lambda _: type_name)
        # The plan holds the entry for as long as its identity is used here.
        part = self._parts.get(id(entry))
        if part is None:
            part = self._parts[id(entry)] = self._make_part(entry, type_name)
        return part

    def _make_part(self, entry: Entry, type_name: str) -> _Part:
        if not isinstance(entry, Link):
            readers = readers_of((entry,), type_name)
            if readers is None:
                raise _TooRichError
            [(key, read)] = readers
            return _Part(key, read)
        fetch = self._fetches[entry.fetch]
        if not isinstance(fetch.source, Along):
            raise _TooRichError
        nodes = self._nodes(fetch, entry.template)
        return _Part(entry.key, step=_Step(fetch.source.link, nodes, entry.required))


def _is_named(end: object) -> TypeGuard[NamedNode]:
    return isinstance(end, NamedNode)


def _slot(objects: Sequence[object] | None) -> Slot:
    if objects is None:
        return ""
    if len(objects) == 1 and not isinstance(objects[0], Triple):
        return str(objects[0])
    cells = [str(each) for each in objects if not isinstance(each, Triple)]
    if len(cells) > 1:
        return dict.fromkeys(cells)
    return cells[0] if cells else ""


def _demand(shown: JsonObject | None, *, is_required: bool) -> Json:
    if shown is None and is_required:
        raise UnusualError
    return shown
