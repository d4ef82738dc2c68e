"""The domain's schema as its clients meet it: names, shapes, descriptions, roots."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph
import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    parse,
    validate,
)
from pyoxigraph import DefaultGraph, Literal, NamedNode

from ssc_kg.engine.engine import Engine
from ssc_kg.engine.operation import Operation
from ssc_kg.mapping.model import (
    InstancesField,
    LookupField,
    LookupsField,
    PathsField,
    RootField,
    SearchField,
)
from ssc_kg.rdf.vocab import RDF, SSC
from ssc_kg.store.embedded import EmbeddedStore

IRREGULAR = {
    "Evidence": ("pieceOfEvidence", "evidence"),
    "EventSeries": ("seriesOfEvents", "eventSeries"),
    "MemorandumOfUnderstanding": (
        "memorandumOfUnderstanding",
        "memorandaOfUnderstanding",
    ),
    "Person": ("person", "people"),
}
"""Look-up and list of the kinds that English counts in its own way."""
WITHOUT_ROOTS = {
    "Geometry": "found at the places that have it",
    "Member": "agents and places have roots",
    "Thing": "looked up by `node`; a list would be everything at once",
}
PROVISIONS = (
    ("Aim", SSC.aimOf),
    ("Commitment", SSC.commitmentOf),
    ("ExpectedResult", SSC.expectedResultOf),
    ("FocusArea", SSC.focusAreaOf),
)


@pytest.fixture(scope="module")
def schema(engine: Engine) -> GraphQLSchema:
    return engine.graphql_schema


def _things(schema: GraphQLSchema) -> Iterator[GraphQLObjectType]:
    """Yield the object types that stand for things, any two of which may meet."""
    node = schema.get_type("Node")
    assert isinstance(node, GraphQLInterfaceType)
    yield from schema.get_possible_types(node)


def _wrapping(type_: GraphQLOutputType) -> str:
    """Print a type, every composite one as if it were the same one."""
    if is_non_null_type(type_):
        return f"{_wrapping(type_.of_type)}!"
    if is_list_type(type_):
        return f"[{_wrapping(type_.of_type)}]"
    return str(type_) if is_leaf_type(type_) else "{}"


def _conflicts(types: Iterable[GraphQLObjectType]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for type_ in types:
        for name, field in type_.fields.items():
            found[name][_wrapping(field.type)].append(type_.name)
    return {name: dict(shapes) for name, shapes in found.items() if len(shapes) > 1}


def test_a_name_is_one_leaf_kind_or_none_a_list_or_not_null_or_not_on_all_types(
    schema: GraphQLSchema,
) -> None:
    types = list(_things(schema))
    assert len(types) > 50
    assert _conflicts(types) == {}


def test_fragments_on_all_types_together_select_every_field_by_its_name(
    schema: GraphQLSchema,
) -> None:
    fragments = (
        f"... on {type_.name} {{ {' '.join(_selections(type_))} }}"
        for type_ in _things(schema)
    )
    query = parse(f'{{ node(id: "http://e/") {{ {" ".join(fragments)} }} }}')
    assert validate(schema, query) == []


def _selections(type_: GraphQLObjectType) -> Iterator[str]:
    for name, field in type_.fields.items():
        if "groupBy" in field.args:
            yield f"{name} {{ key {{ __typename }} count }}"
        elif is_leaf_type(get_named_type(field.type)):
            yield name
        elif "first" in field.args:
            yield f"{name} {{ totalCount nodes {{ __typename }} }}"
        else:
            yield f"{name} {{ __typename }}"


def test_everything_that_a_client_sees_is_described(schema: GraphQLSchema) -> None:
    assert [where for where, words in _descriptions(schema) if not words] == []


def test_names_are_written_in_camel_case(schema: GraphQLSchema) -> None:
    names = [where.rpartition(".")[2] for where, _ in _descriptions(schema)]
    written = re.compile(r"[A-Za-z][a-z0-9]*([A-Z][a-z0-9]*)*")
    assert [name for name in names if not written.fullmatch(name)] == []


def _descriptions(schema: GraphQLSchema) -> Iterator[tuple[str, str | None]]:
    for name, type_ in schema.type_map.items():
        if name.startswith("__"):
            continue
        yield name, type_.description
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            for field_name, field in type_.fields.items():
                where = f"{name}.{field_name}"
                yield where, field.description
                for argument, definition in field.args.items():
                    yield f"{where}.{argument}", definition.description


def test_every_kind_has_a_lookup_and_a_list_named_after_it(engine: Engine) -> None:
    expected: dict[str, RootField] = {
        "node": LookupField("node", "Node"),
        "nodes": LookupsField("nodes", "Node"),
        "path": PathsField("path", "Node"),
        "search": SearchField("search", "Node"),
    }
    for type_ in engine.mapping.types:
        if type_ not in WITHOUT_ROOTS and type_ != "Node":
            one, many = IRREGULAR.get(type_) or _regular(type_)
            expected[one] = LookupField(one, type_)
            expected[many] = InstancesField(many, type_)
    assert engine.mapping.roots == expected


def _regular(type_: str) -> tuple[str, str]:
    one = type_[0].lower() + type_[1:]
    if re.search("[^aeiou]y$", one):
        return one, f"{one[:-1]}ies"
    return one, f"{one}es" if one.endswith("s") else f"{one}s"


def test_a_provision_leads_to_its_agreement_whatever_its_kind(
    engine: Engine, seeds: pyoxigraph.Store
) -> None:
    query = "{ provisions(first: 1000) { nodes { id agreement { id } } } }"
    result = engine.execute(Operation(query), EmbeddedStore(seeds))
    expected = [
        {"id": quad.subject.value, "agreement": {"id": quad.object.value}}
        for _, property_ in PROVISIONS
        for quad in seeds.quads_for_pattern(None, property_, None, DefaultGraph())
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
    ]
    assert len(expected) > 10
    expected.sort(key=lambda node: str(node["id"]))
    assert result.body() == {"data": {"provisions": {"nodes": expected}}}


def test_the_value_of_evidence_is_a_node_if_the_graph_describes_it(
    engine: Engine, seeds: pyoxigraph.Store
) -> None:
    query = "{ evidence(first: 1000) { nodes { id valueText valueNode { id } } } }"
    result = engine.execute(Operation(query), EmbeddedStore(seeds))
    classes = {type_.rdf_class for type_ in engine.mapping.types.values()}
    described = {
        quad.subject
        for quad in seeds.quads_for_pattern(None, RDF.type, None, DefaultGraph())
        if quad.object in classes
    }
    evidence = {
        quad.subject
        for quad in seeds.quads_for_pattern(
            None, RDF.type, SSC.Evidence, DefaultGraph()
        )
    }
    stated = {
        quad.subject.value: quad.object
        for quad in seeds.quads_for_pattern(None, RDF.object, None, DefaultGraph())
        if quad.subject in evidence and isinstance(quad.subject, NamedNode)
        if isinstance(quad.object, NamedNode | Literal)
    }
    expected = [
        {
            "id": iri,
            "valueText": value.value,
            "valueNode": {"id": value.value} if value in described else None,
        }
        for iri, value in sorted(stated.items())
    ][:1000]
    assert {type(value["valueNode"]) for value in expected} == {dict, type(None)}
    assert result.body() == {"data": {"evidence": {"nodes": expected}}}
