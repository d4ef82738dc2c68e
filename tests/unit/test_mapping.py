"""Declarations that do not fit, and mappings that disagree with the shapes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import pytest
import strawberry
from pyoxigraph import NamedNode

from ssc_kg.engine.connections import Connection, connection
from ssc_kg.engine.operation import Engine
from ssc_kg.engine.schema import build_engine
from ssc_kg.errors import MappingError, UnknownFieldError
from ssc_kg.mapping.check import check
from ssc_kg.mapping.declare import Identity, Instances, Lookup, Rdf, maps
from ssc_kg.mapping.model import LinkField, SchemaMap, TypeMap, ValueField
from ssc_kg.mapping.ontology import Ontology, read_ontology
from ssc_kg.rdf.vocab import SKOS, SSC
from ssc_kg.resources import ONTOLOGY

REPRESENTATIVE = "representative"
TITLE = NamedNode("http://library.example/title")


@strawberry.type
@maps(NamedNode("http://library.example/Leaf"))
class Leaf:
    id: Annotated[strawberry.ID, Identity()]


@strawberry.type
@maps(NamedNode("http://library.example/Bare"))
class Bare:
    title: str


@strawberry.type
@maps(NamedNode("http://library.example/Listed"))
class Listed:
    leaves: Annotated[list[Leaf], Rdf(TITLE)]


@strawberry.type
@maps(NamedNode("http://library.example/Rooted"))
class Rooted:
    leaf: Annotated[Leaf, Lookup()]


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        pytest.param(Bare, "Bare has fields without a mapping: title", id="unmapped"),
        pytest.param(Listed, "declared as Connection", id="a list of nodes"),
        pytest.param(Rooted, "belongs on the query type", id="a root marker"),
    ],
)
def test_a_declaration_that_does_not_fit_is_refused(declared: type, words: str) -> None:
    with pytest.raises(MappingError, match=words):
        build_engine(_query_of(declared))


def _query_of(node: type) -> type:
    annotation = Annotated[Connection[node], Instances()]  # type: ignore[valid-type]
    body = {"__annotations__": {"nodes": annotation}, "nodes": connection()}
    return strawberry.type(type("Query", (), body))


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return read_ontology(ONTOLOGY)


def test_the_domain_agrees_with_its_shapes(engine: Engine, ontology: Ontology) -> None:
    assert check(engine.mapping, ontology) == []


def _changed(engine: Engine, type_: TypeMap) -> SchemaMap:
    types = {**engine.mapping.types, type_.name: type_}
    return replace(engine.mapping, types=types)


@pytest.mark.parametrize(
    ("type_name", "field", "words"),
    [
        pytest.param(
            "City",
            ValueField("name", SKOS.prefLabel, language_tagged=True),
            "City.name: is not required",
            id="nullability",
        ),
        pytest.param(
            "City",
            ValueField("name", SKOS.prefLabel, many=True),
            "City.name: is a list",
            id="list-ness",
        ),
        pytest.param(
            "City",
            ValueField("name", SKOS.prefLabel, required=True),
            "City.name: is not language-tagged",
            id="language",
        ),
        pytest.param(
            "City",
            ValueField("mayor", SSC.speaker),
            "City.mayor: no shape",
            id="property",
        ),
        pytest.param(
            "Signature",
            LinkField("signedAt", SSC.signedAt, "Place"),
            "Signature.signedAt: leads to",
            id="target",
        ),
        pytest.param(
            "City",
            LinkField("signatures", SSC.signedAt, "Signature", inverse=True, many=True),
            "City.signatures: ",
            id="inverse",
        ),
        pytest.param(
            "City",
            LinkField("odd", SSC.signedBy, "Event", inverse=True, many=True),
            "City.odd: no shape",
            id="inverse without a shape",
        ),
    ],
)
def test_a_field_that_disagrees_is_named(
    engine: Engine,
    ontology: Ontology,
    type_name: str,
    field: ValueField | LinkField,
    words: str,
) -> None:
    type_ = engine.mapping.types[type_name]
    schema = _changed(
        engine, replace(type_, fields={**type_.fields, field.name: field})
    )
    assert any(sentence.startswith(words) for sentence in check(schema, ontology))


def test_a_property_without_a_field_is_named(
    engine: Engine, ontology: Ontology
) -> None:
    signature = engine.mapping.types["Signature"]
    fields = {name: f for name, f in signature.fields.items() if name != REPRESENTATIVE}
    schema = _changed(engine, replace(signature, fields=fields))
    assert check(schema, ontology) == [f"Signature: no field shows {SSC.signedBy}"]


def test_a_class_that_the_ontology_lacks_is_named(
    engine: Engine, ontology: Ontology
) -> None:
    unknown = NamedNode("http://library.example/Planet")
    schema = _changed(engine, replace(engine.mapping.types["City"], rdf_class=unknown))
    assert f"City: {unknown} is not a class of the ontology" in check(schema, ontology)


def test_an_unknown_field_is_named_with_its_type(engine: Engine) -> None:
    with pytest.raises(UnknownFieldError, match="City has no field 'mayor'"):
        engine.mapping.types["City"].field("mayor")


def test_every_field_is_described(engine: Engine) -> None:
    schema = engine.graphql_schema
    silent = [
        f"{name}.{field}"
        for name, type_ in schema.type_map.items()
        if not name.startswith("__")
        for field, definition in getattr(type_, "fields", {}).items()
        if not definition.description
    ]
    assert silent == []
    assert all(
        type_.description or name.endswith(("Connection", "Edge"))
        for name, type_ in schema.type_map.items()
        if name in engine.mapping.types
    )


def test_an_ontology_without_files_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"ssc\.ttl|No such file"):
        read_ontology(tmp_path)
