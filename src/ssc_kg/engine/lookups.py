"""Look-ups by IRI, compiled: a few nodes are read and shown in one go.

`execute` and `shape` interpret whatever a plan may hold, which takes longer than to
match the few patterns of a look-up. A plan that only follows single links from single
nodes to plain values is made into functions once. What is *unusual* of the data (a link
to several nodes, a required value that is missing) is left to the interpreters, which
know what to choose and what to report.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from pyoxigraph import NamedNode, Quad, Triple

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

Match: TypeAlias = Callable[..., list[Quad]]
"""Matches a subject, a property and an object, of which some may be None."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """A plan that was made into functions."""

    roots: tuple["_Root", ...]

    def read(self, match: Match, variables: Mapping[str, object]) -> JsonObject | None:
        """Return the answer, or None if the data or an IRI is unusual."""
        try:
            return {root.key: root.read(match, variables) for root in self.roots}
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

    def read(self, match: Match, variables: Mapping[str, object]) -> Json:
        name = self.source.variable
        iri = self.source.iri if name is None else read_iri(str(variables[name]))
        return _demand(self.nodes.read(match, iri), is_required=self.is_required)


@dataclass(frozen=True, slots=True)
class _Step:
    """Follows a link from a node to at most one other."""

    link: LinkField
    nodes: "_Nodes"
    is_required: bool

    def read(self, match: Match, node: NamedNode) -> Json:
        ends = _ends(match, node, self.link)
        found = [end for end in ends if isinstance(end, NamedNode)]
        if len(found) > 1:
            raise UnusualError
        shown = self.nodes.read(match, found[0]) if found else None
        return _demand(shown, is_required=self.is_required)


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
    forms: tuple[_Form, ...]

    def read(self, match: Match, node: NamedNode) -> JsonObject | None:
        """Return what is shown of a node, or None if it has none of the types."""
        form = self._form(match, node)
        if form is None:
            return None
        slots = [_slot(match(node, each)) for each in self.properties]
        read, shown = Node(node.value, set(), slots), JsonObject()
        for key, value, step in form.parts:
            if value is not None:
                shown[key] = value(read)
            elif step is not None:
                shown[key] = step.read(match, node)
        return shown

    def _form(self, match: Match, node: NamedNode) -> _Form | None:
        if len(self.forms) == 1:
            [form] = self.forms
            return form if match(node, RDF.type, form.rdf_class) else None
        types = {quad.object for quad in match(node, RDF.type)}
        return next((form for form in self.forms if form.rdf_class in types), None)


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
        return _Nodes(tuple(each.property for each in fetch.values), forms)

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


def _ends(match: Match, node: NamedNode, link: LinkField) -> list[object]:
    if link.inverse:
        return [quad.subject for quad in match(None, link.property, node)]
    return [quad.object for quad in match(node, link.property)]


def _slot(quads: list[Quad]) -> Slot:
    cells = [str(quad.object) for quad in quads if not isinstance(quad.object, Triple)]
    if len(cells) > 1:
        return dict.fromkeys(cells)
    return cells[0] if cells else ""


def _demand(shown: JsonObject | None, *, is_required: bool) -> Json:
    if shown is None and is_required:
        raise UnusualError
    return shown
