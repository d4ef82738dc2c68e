"""What a parsed document asks for, found in one walk.

A fragment is weighed once, however often it is spread, so the time is linear in the
length of the document, whatever it would grow to. All operations of a document are
weighed, since all of them are validated.

The cost is an estimate of the values that are read: a field is one, and a connection
multiplies what stands below it by the size of its page, an aggregation by the most
groups that it may have, paths by their number and their length. Before a page is known
that is searched for, chosen or ordered by something, or a group, other nodes are looked
at, whose number nobody knows yet: for each such argument, as many as the largest page
has.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    TokenKind,
    ValueNode,
    VariableNode,
    get_named_type,
)

from ssc_kg.compiler.aggregates.lower import GROUP_BY, MAXIMUM_GROUPS
from ssc_kg.compiler.paging import DEFAULT_PAGE, MAXIMUM_PAGE
from ssc_kg.compiler.paths import DEFAULT_HOPS
from ssc_kg.compiler.selection import is_introspection
from ssc_kg.errors import OperationTooLargeError

SATURATION = 10**12
"""Where counting ends; what is larger is as good as this."""
_PAGE_ARGUMENTS = ("first", "last")
_CHOOSING_ARGUMENTS = frozenset(("text", "where", "orderBy", "groupBy", "having"))
_HOPS_ARGUMENT = "maxHops"
_MAXIMUM_NESTING = 100
"""The most selection sets within each other; those who read them call themselves."""
_MAXIMUM_NAME = 256
"""The most characters of a name: an alias stands in the answer for each node."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a part of a document asks for."""

    depth: int = 0
    nesting: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    page: int = 0
    cost: int = 0
    introspection: int = 0


@dataclass(frozen=True, slots=True)
class Weighing:
    """A document on the scale."""

    weights: tuple[Weight, ...]
    """One for each operation."""
    fragments: int
    """How many there are."""
    steps: int
    """How many selections were looked at; at most as many as are written."""
    sized_by: frozenset[str]
    """The variables that say how large a page is."""

    def select_sizes(self, sizes: Mapping[str, int | None]) -> dict[str, int | None]:
        """Return the sizes that this depends on: with the same, it is the same."""
        return {name: size for name, size in sizes.items() if name in self.sized_by}


def weigh(
    document: DocumentNode, schema: GraphQLSchema, sizes: Mapping[str, int | None]
) -> Weighing:
    """Return what the operations of `document` ask for.

    Args:
        document: It need not be valid.
        schema: Says which fields are connections.
        sizes: The variables that were sent, as sizes of pages.

    Raises:
        OperationTooLargeError: Its selection sets are nested too deeply to be read.
    """
    scale = _Scale(document, schema, sizes)
    weights = tuple(map(scale.weigh_operation, operations(document)))
    return Weighing(
        weights, len(fragments(document)), scale.steps, frozenset(scale.sized_by)
    )


def sent_sizes(variables: Mapping[str, object]) -> dict[str, int | None]:
    """Return variables, as they were sent, as sizes of pages; None if one is not."""
    return {name: _sent_size(value) for name, value in variables.items()}


def check_nesting(nesting: int) -> None:
    """Refuse selection sets that are too deep within each other to be read."""
    if nesting > _MAXIMUM_NESTING:
        raise OperationTooLargeError(
            _MAXIMUM_NESTING,
            "selection sets within each other",
            limit="nesting",
            asked=nesting,
        )


def check_names(document: DocumentNode) -> None:
    """Refuse names so long that an answer must not repeat them for each node."""
    token = document.loc.start_token if document.loc else None
    while token is not None:
        length = len(token.value or "") if token.kind is TokenKind.NAME else 0
        if length > _MAXIMUM_NAME:
            raise OperationTooLargeError(
                _MAXIMUM_NAME, "characters in a name", limit="name", asked=length
            )
        token = token.next


class _Scale:
    """Weighs selections, and remembers the weight of each fragment."""

    def __init__(
        self,
        document: DocumentNode,
        schema: GraphQLSchema,
        sizes: Mapping[str, int | None],
    ) -> None:
        self.steps = 0
        self.sized_by: set[str] = set()
        self._schema = schema
        self._sizes = {**_default_sizes(document), **sizes}
        self._fragments = fragments(document)
        self._weights: dict[str, Weight] = {}

    def weigh_operation(self, operation: OperationDefinitionNode) -> Weight:
        """Return the weight of an operation."""
        root = self._schema.get_root_type(operation.operation)
        weight = self._weigh(operation.selection_set, root, 1)
        return _with_directives(weight, operation.directives)

    def _weigh(
        self, selections: SelectionSetNode, parent: GraphQLNamedType | None, level: int
    ) -> Weight:
        """Return the weight of what is asked of a `parent`, `level` sets deep."""
        # The document is at least as deep as the walk, which has to end in time.
        check_nesting(level)
        weight = _sum(
            self._weigh_one(node, parent, level) for node in selections.selections
        )
        return replace(weight, nesting=weight.nesting + 1)

    def _weigh_one(
        self, node: SelectionNode, parent: GraphQLNamedType | None, level: int
    ) -> Weight:
        self.steps += 1
        match node:
            case FieldNode():
                weight = self._field(node, parent, level)
            case FragmentSpreadNode(name=name):
                weight = self._spread(name.value, level)
            case InlineFragmentNode(type_condition=None, selection_set=nested):
                weight = self._weigh(nested, parent, level + 1)
            case InlineFragmentNode(type_condition=condition, selection_set=nested):
                type_ = (
                    self._schema.get_type(condition.name.value) if condition else None
                )
                weight = self._weigh(nested, type_, level + 1)
            case _:
                msg = f"unexpected selection {node.kind!r}"
                raise AssertionError(msg)
        return _with_directives(weight, node.directives)

    def _field(
        self, node: FieldNode, parent: GraphQLNamedType | None, level: int
    ) -> Weight:
        name = node.name.value
        definition = self._definition(parent, name)
        page = self._page(node, definition)
        groups = MAXIMUM_GROUPS if _is_grouped(node, definition) else 1
        times = groups * max(1, page or 1) * self._hops(node, definition)
        below = Weight()
        if node.selection_set:
            type_ = get_named_type(definition.type) if definition else None
            below = self._weigh(node.selection_set, type_, level + 1)
        return replace(
            below,
            depth=below.depth + 1,
            fields=_saturate(below.fields + 1),
            aliases=_saturate(below.aliases + bool(node.alias)),
            page=max(below.page, page or 0),
            cost=_saturate(1 + below.cost * times + _looked_at(node)),
            introspection=_saturate(below.introspection + is_introspection(name)),
        )

    def _spread(self, name: str, level: int) -> Weight:
        fragment = self._fragments.get(name)
        if fragment is None:
            return Weight()  # validation will say so
        if name not in self._weights:
            # Nothing, as long as it is being weighed: validation refuses cycles.
            self._weights[name] = Weight()
            type_ = self._schema.get_type(fragment.type_condition.name.value)
            weight = self._weigh(fragment.selection_set, type_, level + 1)
            self._weights[name] = _with_directives(weight, fragment.directives)
        return self._weights[name]

    def _definition(
        self, parent: GraphQLNamedType | None, name: str
    ) -> GraphQLField | None:
        match parent:
            case GraphQLObjectType() | GraphQLInterfaceType():
                return self._schema.get_field(parent, name)
            case _:
                return None

    def _page(self, node: FieldNode, definition: GraphQLField | None) -> int | None:
        """Return the size of the page, or None if the field is no connection."""
        if definition is None or definition.args.keys().isdisjoint(_PAGE_ARGUMENTS):
            return None
        asked = self._asked(node, _PAGE_ARGUMENTS)
        return max(asked) if asked else _default_page(definition)

    def _hops(self, node: FieldNode, definition: GraphQLField | None) -> int:
        """Return the most hops of a path; 1 if the field is about none."""
        if definition is None or _HOPS_ARGUMENT not in definition.args:
            return 1
        asked = self._asked(node, [_HOPS_ARGUMENT])
        return max(1, *asked) if asked else DEFAULT_HOPS

    def _asked(self, node: FieldNode, names: Collection[str]) -> list[int]:
        return [
            size
            for argument in node.arguments or ()
            if argument.name.value in names
            and (size := self._size(argument.value)) is not None
        ]

    def _size(self, value: ValueNode) -> int | None:
        if isinstance(value, VariableNode):
            self.sized_by.add(value.name.value)
            return self._sizes.get(value.name.value)
        return _literal_size(value)


def _looked_at(node: FieldNode) -> int:
    """Return about how many nodes are looked at before one can be shown."""
    given = (argument.name.value for argument in node.arguments or ())
    return MAXIMUM_PAGE * sum(name in _CHOOSING_ARGUMENTS for name in given)


def _is_grouped(node: FieldNode, definition: GraphQLField | None) -> bool:
    """Return whether a field may have several groups."""
    if definition is None or GROUP_BY not in definition.args:
        return False
    return any(each.name.value == GROUP_BY for each in node.arguments or ())


def operations(document: DocumentNode) -> list[OperationDefinitionNode]:
    """Return the operations of a document, in order."""
    return [
        definition
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
    ]


def fragments(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """Return the fragments of a document by name; of two of one name, the last."""
    return {
        definition.name.value: definition
        for definition in document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    }


def _default_sizes(document: DocumentNode) -> dict[str, int]:
    """Return the default of each variable; of several, the largest."""
    sizes: dict[str, int] = {}
    for operation in operations(document):
        for definition in operation.variable_definitions or ():
            name = definition.variable.name.value
            if (size := _literal_size(definition.default_value)) is not None:
                sizes[name] = max(size, sizes.get(name, size))
    return sizes


def _sent_size(value: object) -> int | None:
    match value:
        case bool():
            return None
        case int():
            return _saturate(value)
        case float() if value.is_integer():  # GraphQL takes 5.0 for an integer
            return _saturate(int(value))
        case _:
            return None


def _literal_size(value: ValueNode | None) -> int | None:
    if not isinstance(value, IntValueNode):
        return None
    digits = value.value
    return int(digits) if len(digits) < len(str(SATURATION)) else SATURATION


def _default_page(connection: GraphQLField) -> int:
    argument = connection.args.get("first")
    size = argument.default_value if argument else None
    return size if isinstance(size, int) else DEFAULT_PAGE


def _sum(weights: Iterable[Weight]) -> Weight:
    """Return the weight of what stands beside each other."""
    total = Weight()
    for each in weights:
        total = Weight(
            depth=max(total.depth, each.depth),
            nesting=max(total.nesting, each.nesting),
            fields=_saturate(total.fields + each.fields),
            aliases=_saturate(total.aliases + each.aliases),
            directives=_saturate(total.directives + each.directives),
            page=max(total.page, each.page),
            cost=_saturate(total.cost + each.cost),
            introspection=_saturate(total.introspection + each.introspection),
        )
    return total


def _saturate(number: int) -> int:
    return min(number, SATURATION)


def _with_directives(weight: Weight, directives: Iterable[object] | None) -> Weight:
    if not directives:
        return weight
    number = _saturate(weight.directives + len(tuple(directives)))
    return replace(weight, directives=number)
