"""Stage 1: what the client asked for, with fragments and directives resolved.

Selections under one response key are merged (GraphQL, section 6.3.2), and each keeps
the object types for which it was asked, so that a fragment on one type of an interface
says nothing of the others.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    GraphQLUnionType,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    get_argument_values,
    get_directive_values,
    get_named_type,
)
from graphql.execution.values import VariableValues

from ssc_kg.errors import OperationTooLargeError

MAXIMUM_DEPTH = 50
"""The most fields above each other; JSON writers stop at some hundred levels."""
MAXIMUM_FIELDS = 2_000
"""The most fields of an operation; a short document of fragments can have millions."""
TYPENAME = "__typename"
_INTROSPECTION = "__"


@dataclass(frozen=True, slots=True)
class Selection:
    """One requested field of an object."""

    key: str
    """The response key: the alias when there is one, else the name."""
    name: str
    types: frozenset[str]
    """The object types for which it was asked."""
    node: FieldNode
    """Where it stands in the document, for the locations of errors."""
    arguments: Mapping[str, object] = field(default_factory=dict)
    children: tuple["Selection", ...] = ()

    @property
    def variables(self) -> Mapping[str, str]:
        """The names of the variables that are arguments as a whole."""
        return {
            argument.name.value: argument.value.name.value
            for argument in self.node.arguments or ()
            if isinstance(argument.value, VariableNode)
        }


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the selections of one operation.

    Attributes:
        schema: The schema, against which the document is already valid.
        fragments: The fragments of the document, by name.
        variables: The coerced variables.
    """

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues
    _numbers: Iterator[int] = field(default_factory=count, init=False)

    def read(
        self, parent: GraphQLObjectType, selection_set: SelectionSetNode
    ) -> tuple[Selection, ...]:
        """Return what `selection_set` asks of an object of type `parent`.

        Raises:
            OperationTooLargeError: It has too many fields.
            GraphQLError: An argument has a value that it cannot have.
        """
        return self._merge(frozenset([parent.name]), [selection_set], depth=1)

    def read_below(
        self, type_name: str, nodes: Iterable[FieldNode]
    ) -> tuple[Selection, ...]:
        """Return what field nodes of one response key ask of a value of a type.

        Raises:
            OperationTooLargeError: They have too many fields.
            GraphQLError: An argument has a value that it cannot have.
        """
        nested = [node.selection_set for node in nodes if node.selection_set]
        return self._merge(self._members(type_name), nested, depth=1)

    def _merge(
        self,
        types: frozenset[str],
        selection_sets: Iterable[SelectionSetNode],
        *,
        depth: int,
    ) -> tuple[Selection, ...]:
        if depth > MAXIMUM_DEPTH:
            raise OperationTooLargeError(MAXIMUM_DEPTH, "fields above each other")
        found = _Found()
        for selection_set in selection_sets:
            self._collect(selection_set, types, found)
        return tuple(
            self._selection(key, applicable, nodes, depth=depth)
            for key, applicable, nodes in found.merged(types)
        )

    def _collect(
        self, selection_set: SelectionSetNode, types: frozenset[str], found: "_Found"
    ) -> None:
        for node in selection_set.selections:
            if self._is_included(node):
                self._collect_one(node, types, found)

    def _collect_one(
        self, node: SelectionNode, types: frozenset[str], found: "_Found"
    ) -> None:
        match node:
            case FieldNode():
                found.add(node, types)
            case InlineFragmentNode(type_condition=None, selection_set=nested):
                self._collect(nested, types, found)
            case InlineFragmentNode(type_condition=condition, selection_set=nested):
                name = condition.name.value if condition else ""
                self._narrow(nested, types & self._members(name), found)
            case FragmentSpreadNode(name=name_node):
                self._spread(name_node.value, types, found)
            case _:
                msg = f"unexpected selection {node.kind!r}"
                raise AssertionError(msg)

    def _spread(self, name: str, types: frozenset[str], found: "_Found") -> None:
        # A fragment spread twice for the same types adds nothing; without this, a
        # document of nested double spreads would take exponential time.
        if found.enters(name, types):
            fragment = self.fragments[name]
            condition = fragment.type_condition.name.value
            self._narrow(
                fragment.selection_set, types & self._members(condition), found
            )

    def _narrow(
        self, selection_set: SelectionSetNode, types: frozenset[str], found: "_Found"
    ) -> None:
        if types:
            self._collect(selection_set, types, found)

    def _selection(
        self,
        key: str,
        types: frozenset[str],
        nodes: tuple[FieldNode, ...],
        *,
        depth: int,
    ) -> Selection:
        if next(self._numbers) >= MAXIMUM_FIELDS:
            raise OperationTooLargeError(MAXIMUM_FIELDS, "fields")
        node = nodes[0]
        name = node.name.value
        if name.startswith(_INTROSPECTION):
            return Selection(key, name, types, node)
        definitions = [self._definition(type_, name) for type_ in sorted(types)]
        nested = [child.selection_set for child in nodes if child.selection_set]
        return Selection(
            key,
            name,
            types,
            node,
            get_argument_values(definitions[0], node, self.variables),
            self._merge(self._results(definitions), nested, depth=depth + 1)
            if nested
            else (),
        )

    def _definition(self, type_name: str, name: str) -> GraphQLField:
        parent = self.schema.get_type(type_name)
        if not isinstance(parent, GraphQLObjectType):
            msg = f"{parent} is not an object type"
            raise TypeError(msg)
        field_: GraphQLField = parent.fields[name]
        return field_

    def _results(self, definitions: Iterable[GraphQLField]) -> frozenset[str]:
        """Return the object types that any of the fields may lead to."""
        names = (get_named_type(definition.type).name for definition in definitions)
        return frozenset(member for name in names for member in self._members(name))

    def _members(self, name: str) -> frozenset[str]:
        match self.schema.get_type(name):
            case GraphQLInterfaceType() | GraphQLUnionType() as abstract:
                possible = self.schema.get_possible_types(abstract)
                return frozenset(member.name for member in possible)
            case _:
                return frozenset([name])

    def _is_included(self, node: SelectionNode) -> bool:
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        if skip and skip["if"]:
            return False
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not include or bool(include["if"])


def is_introspection(name: str) -> bool:
    """Return whether a field asks about the schema; nothing below it is read."""
    return name.startswith(_INTROSPECTION) and name != TYPENAME


class _Found:
    """The field nodes met so far, in the order of the document."""

    def __init__(self) -> None:
        self._occurrences: list[tuple[FieldNode, frozenset[str]]] = []
        self._spreads: set[tuple[str, frozenset[str]]] = set()

    def add(self, node: FieldNode, types: frozenset[str]) -> None:
        self._occurrences.append((node, types))

    def enters(self, fragment: str, types: frozenset[str]) -> bool:
        """Return whether `fragment` is met for these types for the first time."""
        is_new = (fragment, types) not in self._spreads
        self._spreads.add((fragment, types))
        return is_new

    def merged(
        self, types: frozenset[str]
    ) -> Iterator[tuple[str, frozenset[str], tuple[FieldNode, ...]]]:
        """Yield key, types and nodes; types that share their nodes share the entry."""
        groups: dict[tuple[int, ...], set[str]] = {}
        for type_name in sorted(types):
            for occurrences in self._by_key(type_name).values():
                groups.setdefault(tuple(occurrences), set()).add(type_name)
        for positions in sorted(groups):
            nodes = tuple(self._occurrences[position][0] for position in positions)
            key = (nodes[0].alias or nodes[0].name).value
            yield key, frozenset(groups[positions]), nodes

    def _by_key(self, type_name: str) -> dict[str, list[int]]:
        by_key: dict[str, list[int]] = {}
        for position, (node, types) in enumerate(self._occurrences):
            if type_name in types:
                key = (node.alias or node.name).value
                by_key.setdefault(key, []).append(position)
        return by_key
