"""Hostile texts, and every place of a schema where a client may put one."""

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_required_argument,
)

from ssc_kg.engine.operation import Operation
from tests.naive import cursor

MEGABYTE = "x" * 1_000_000
NO_CHARACTERS = {"half a pair": "\ud800", "a pair the wrong way": "\udc00\ud800"}
"""What JSON in UTF-8 cannot hold, so that it comes from inside of a process only."""
TEXTS = {
    "quotes": "\"'`\"\"\"'''",
    "braces": "} } { ?s ?p ?o } #",
    "newlines": "a\nb\r\nc\u2028d\u2029e\x85f",
    "NUL": "a\0b",
    "controls": "\x01\x1b[31m\x7f\t\x0b\x0c",
    "a megabyte": MEGABYTE,
    "right to left": "\u202eabc\u2066\u200f",
    "no characters": "\uffff\ufdd0\U0010ffff\ufeff",
    "many accents": "a" + "\u0301" * 500,
    "an IRI with a space": "http://x.example/a b",
    "an IRI with brackets": "http://x.example/<a>{b}|\\^`",
    "an IRI that ends": "http://x.example/> } ; DROP ALL #",
    "an IRI with an escape": "http://x.example/\\u003E",
    "an IRI without end": f"http://x.example/{'a' * 100_000}",
    "an IRI of nothing": "urn:x-nothing:é😀",
    "an update": "> } ; DROP ALL ; INSERT DATA { <a:b> <a:b> <a:b> } #",
    "a union": '") } UNION { ?node ?p ?o } #',
    "a service": "} SERVICE <http://127.0.0.1:9/> { ?s ?p ?o",
    "comments": "# /* -- // %",
    "escapes": '\\u0022 \\U00000022 \\" \\\\ \\',
    "percent": "%22%3E%00%ff+&;=",
    "a slow pattern": "(((((a+)+)+)+)+)$",
    "a wrong pattern": "(?<=a)(*a[[:",
    "a large pattern": "a{1000}{1000}{1000}",
    "another language": "' OR 1=1 -- \" NEAR/5 * :",
    "a template": "%s {0} {{ 7*7 }} ${jndi:ldap://x} <script>alert(1)</script>",
    "a language": 'en"@fr',
    "a number": "1e400",
    "a word of JSON": "null",
    "a path": "../../../../etc/passwd",
    "a file": "file:///etc/passwd",
    "deep lists": "[" * 10_000,
}
_NOTHING = "urn:x-nothing:1"
_OTHERS = {"text": "a"}
"""What stands in an argument that has to be there, where it is not an IRI."""
_NO_IRI = frozenset('<>"{}|\\^` \n\r\t\0')
_NEGATIVE = frozenset(["ne", "notIn", "not", "none", "every", "lt", "lte", "gt", "gte"])
_EXACT = frozenset(["eq", "in"])
_PARTS = frozenset(["contains", "startsWith", "endsWith"])
_Parent: TypeAlias = GraphQLObjectType | GraphQLInterfaceType
_Way: TypeAlias = tuple[tuple[str, ...], str, GraphQLArgument | GraphQLInputField]


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a value may stand."""

    path: tuple[str, ...]
    """The names that lead there: of fields, arguments, input fields."""
    template: str
    """The operation's selections, with `%s` for the value."""
    type: str
    """Of the value."""

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def is_exact(self) -> bool:
        """Whether only a value that is equal satisfies what stands there."""
        return self.name in _EXACT and _NEGATIVE.isdisjoint(self.path)

    @property
    def is_part(self) -> bool:
        """Whether only a value that contains it does."""
        return self.name in _PARTS and _NEGATIVE.isdisjoint(self.path)

    @property
    def is_cursor(self) -> bool:
        return self.name in {"after", "before"}

    def with_variable(self, text: str) -> Operation:
        head = f"query ($x: {self.type}!)"
        return Operation(f"{head} {{ {self.template % '$x'} }}", {"x": text})

    def with_literal(self, text: str, *, is_block: bool = False) -> Operation:
        return Operation(f"{{ {self.template % write(text, is_block=is_block)} }}")


def write(text: str, *, is_block: bool = False) -> str:
    """Return a text as it is written in a document."""
    # A block has no escapes but one, so some texts have to be written the other way.
    if is_block and text.isprintable() and not text.endswith(('"', "\\")):
        escaped = text.replace('"""', '\\"""')
        return f'"""{escaped}"""'
    return json.dumps(text)


def cursors(text: str) -> Iterator[str]:
    """Yield cursors that hold a text where an IRI or a value belongs."""
    order = ((("name",), "ASC"),)
    yield cursor(text)
    yield cursor(text, order, [text])
    yield cursor("http://metadata.un.org/sdg/1", order, [text])


def places(schema: GraphQLSchema, instances: Mapping[str, str]) -> list[Place]:
    """Return every place of a schema that takes a text, an identifier or a choice.

    Args:
        schema: It is walked from its queries, along all fields and input fields.
        instances: The IRI of a node of each object type, if there is one.
    """
    return [*_argument_places(schema, instances), *_input_places(schema)]


def _argument_places(
    schema: GraphQLSchema, instances: Mapping[str, str]
) -> Iterator[Place]:
    for type_ in schema.type_map.values():
        if isinstance(type_, _Parent) and not _is_scaffold(type_.name):
            for name, field in type_.fields.items():
                for argument, definition in field.args.items():
                    if _is_text(definition):
                        yield _argument_place(type_, name, field, argument, instances)


def _is_scaffold(name: str) -> bool:
    """Whether a type is no part of what can be asked of nodes."""
    return name.startswith("__") or name == "Subscription"


def _argument_place(
    type_: _Parent,
    name: str,
    field: GraphQLField,
    argument: str,
    instances: Mapping[str, str],
) -> Place:
    value = "[%s]" if _is_list(field.args[argument]) else "%s"
    # A cursor is one of an order; under this one, keys are read as well.
    order = ""
    if argument in {"after", "before"} and _has_name(field):
        order = ", orderBy: [{name: ASC}]"
    asked = _asked(name, field, argument, f"{value}{order}")
    if type_.name != "Query":
        # Of a type without nodes, what is asked is read and not met.
        iri = instances.get(type_.name, _NOTHING)
        asked = f'node(id: "{iri}") {{ ... on {type_.name} {{ {asked} }} }}'
    type_name = get_named_type(field.args[argument].type).name
    return Place((type_.name, name, argument), asked, type_name)


def _asked(name: str, field: GraphQLField, argument: str, value: str) -> str:
    """Return a field with an argument, and with the others that it needs."""
    others = "".join(
        f', {other}: "{_OTHERS.get(other, _NOTHING)}"'
        for other, definition in field.args.items()
        if other != argument and is_required_argument(definition)
    )
    return f"{name}({argument}: {value}{others}) {_shown(field)}"


def _has_name(field: GraphQLField) -> bool:
    if "orderBy" not in field.args:
        return False
    listed = get_named_type(field.args["orderBy"].type)
    return isinstance(listed, GraphQLInputObjectType) and "name" in listed.fields


def _shown(field: GraphQLField) -> str:
    if "groupBy" in field.args:
        return "{ count }"
    if "maxHops" in field.args:
        return "{ length paths { hops { to { id } } } }"
    return "{ totalCount nodes { id } }" if "first" in field.args else "{ id }"


def _input_places(schema: GraphQLSchema) -> Iterator[Place]:
    """Yield the texts inside of input types: those that each of its fields leads to."""
    for type_, path, template in _input_types(schema):
        for name, field in type_.fields.items():
            inside = template % f"{{{name}: {_listed(field)}}}"
            yield from _leaves((*path, name), inside, field)


def _leaves(
    path: tuple[str, ...], template: str, field: GraphQLInputField
) -> Iterator[Place]:
    type_ = get_named_type(field.type)
    if _is_text(field):
        yield Place(path, template, type_.name)
    elif isinstance(type_, GraphQLInputObjectType) and _is_condition(type_):
        for name, each in type_.fields.items():
            inside = template % f"{{{name}: {_listed(each)}}}"
            yield from _leaves((*path, name), inside, each)


def _input_types(
    schema: GraphQLSchema,
) -> Iterator[tuple[GraphQLInputObjectType, tuple[str, ...], str]]:
    """Yield the input types that lead on, each with a shortest way from the queries."""
    assert schema.query_type is not None
    met = set[str]()
    waiting = deque[_Way](
        ((name, argument), _asked(name, field, argument, _listed(each)), each)
        for name, field in schema.query_type.fields.items()
        for argument, each in field.args.items()
    )
    while waiting:
        path, template, each = waiting.popleft()
        type_ = get_named_type(each.type)
        if not isinstance(type_, GraphQLInputObjectType) or type_.name in met:
            continue
        if not _is_condition(type_):
            met.add(type_.name)
            yield type_, path, template
            for name, field in type_.fields.items():
                inside = template % f"{{{name}: {_listed(field)}}}"
                waiting.append(((*path, name), inside, field))


def _is_condition(type_: GraphQLInputObjectType) -> bool:
    """Whether it is about values, so that each place has one of its own."""
    is_order = type_.name.endswith(("OrderBy", "GroupBy"))
    return not is_order and not any(map(_inner_types, _inner_types(type_)))


def _inner_types(type_: GraphQLInputObjectType) -> list[GraphQLInputObjectType]:
    named = [get_named_type(field.type) for field in type_.fields.values()]
    return [each for each in named if isinstance(each, GraphQLInputObjectType)]


def _is_text(each: GraphQLArgument | GraphQLInputField) -> bool:
    type_ = get_named_type(each.type)
    return isinstance(type_, GraphQLEnumType) or type_.name in {"String", "ID"}


def _is_list(each: GraphQLArgument | GraphQLInputField) -> bool:
    return isinstance(get_nullable_type(each.type), GraphQLList)


def _listed(each: GraphQLArgument | GraphQLInputField) -> str:
    return "[%s]" if _is_list(each) else "%s"
