"""Declarations that do not fit, and mappings that disagree with the shapes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import pytest
import strawberry
from pyoxigraph import NamedNode

from ssc_kg.engine.connections import Connection, connection
from ssc_kg.engine.engine import Engine
from ssc_kg.engine.localized import LocalizedString
from ssc_kg.engine.operation import Operation
from ssc_kg.engine.schema import build_engine
from ssc_kg.errors import MappingError, UnknownFieldError
from ssc_kg.mapping.check import check
from ssc_kg.mapping.declare import (
    Identity,
    Instances,
    Lookup,
    PerType,
    Rdf,
    maps,
    speaks_of_links,
)
from ssc_kg.mapping.model import LinkField, SchemaMap, TypeMap, ValueField
from ssc_kg.mapping.ontology import Ontology, read_ontology
from ssc_kg.rdf.vocab import DCTERMS, RDF, SKOS, SSC
from ssc_kg.resources import ONTOLOGY
from tests.library import shelf, term

REPRESENTATIVE = "representative"
TITLE = NamedNode("http://library.example/title")


@strawberry.type
@maps(NamedNode("http://library.example/Leaf"))
class Leaf:
    id: Annotated[strawberry.ID, Identity()]


@strawberry.type
@maps(term("Note"))
@speaks_of_links(term("from"), term("by"), term("to"))
class Note:
    id: Annotated[strawberry.ID, Identity()]


@strawberry.type
@maps(term("Remark"))
@speaks_of_links(term("from"), term("by"), term("to"))
class Remark:
    id: Annotated[strawberry.ID, Identity()]


@strawberry.type
@maps(term("Nameless"))
class Nameless:
    title: Annotated[str | None, Rdf(TITLE)]


@strawberry.type
@maps(term("Choosing"))
class Choosing:
    either: Annotated[
        Annotated[Leaf | Nameless, strawberry.union("Either")] | None, Rdf(TITLE)
    ]


@strawberry.type
@maps(NamedNode("http://library.example/Bare"))
class Bare:
    title: str


@strawberry.type
@maps(NamedNode("http://library.example/Listed"))
class Listed:
    leaves: Annotated[list[Leaf], Rdf(TITLE)]


@strawberry.type
@maps(term("Plaque"))
class Plaque:
    text: Annotated[LocalizedString, Rdf(TITLE, language_tagged=True)]


@strawberry.type
@maps(term("Poster"))
class Poster:
    texts: Annotated[list[LocalizedString], Rdf(TITLE)]


@strawberry.interface
@maps()
class Work:
    id: Annotated[strawberry.ID, Identity()]
    maker: Annotated[Leaf | None, PerType()]


@strawberry.type
@maps(term("Painting"))
class Painting(Work):
    maker: Annotated[Leaf | None, Rdf(term("painter"))]


@strawberry.type
@maps(term("Sonata"))
class Sonata(Work):
    maker: Annotated[Leaf | None, Rdf(term("composer"))]


@strawberry.type
@maps(term("Anonymous"))
class Anonymous(Work):
    pass


@strawberry.type
@maps(NamedNode("http://library.example/Rooted"))
class Rooted:
    leaf: Annotated[Leaf, Lookup()]


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        pytest.param(Bare, "Bare has fields without a mapping: title", id="unmapped"),
        pytest.param(Listed, "declared as Connection", id="a list of nodes"),
        pytest.param(Plaque, "Plaque.text: texts with languages", id="one text"),
        pytest.param(Poster, "are a language-tagged list", id="texts unmarked"),
        pytest.param(
            Choosing,
            "the types of the union Either share no field marked Identity",
            id="a union of types without an IRI in common",
        ),
        pytest.param(Rooted, "belongs on the query type", id="a root marker"),
        pytest.param(
            Anonymous,
            "Anonymous has fields without a mapping: maker",
            id="a field that its interface leaves to it",
        ),
    ],
)
def test_a_declaration_that_does_not_fit_is_refused(declared: type, words: str) -> None:
    with pytest.raises(MappingError, match=words):
        build_engine(_query_of(declared))


def test_two_types_that_speak_of_links_are_refused() -> None:
    with pytest.raises(MappingError, match="may speak of links, not Note and Remark"):
        build_engine(_query_of(Leaf), types=[Note, Remark])


def test_what_speaks_of_links_in_one_schema_is_unknown_to_others() -> None:
    # They share the classes of edges.
    schemas = [
        str(build_engine(_query_of(Leaf), types=types).schema)
        for types in ([Note], [], [Note])
    ]
    assert ["evidence" in schema for schema in schemas] == [True, False, True]


def test_a_field_of_an_interface_is_read_as_each_type_maps_it() -> None:
    engine = build_engine(_query_of(Work), types=[Painting, Sonata])
    store = shelf(
        """<urn:a> a :Painting ; :painter <urn:klee> ; :composer <urn:bach> .
        <urn:b> a :Sonata ; :painter <urn:klee> ; :composer <urn:bach> .
        <urn:c> a :Sonata . <urn:klee> a :Leaf . <urn:bach> a :Leaf ."""
    )
    result = engine.execute(Operation("{ nodes { nodes { maker { id } } } }"), store)
    makers = [{"id": "urn:klee"}, {"id": "urn:bach"}, None]
    nodes = [{"maker": maker} for maker in makers]
    assert result.body() == {"data": {"nodes": {"nodes": nodes}}}


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        pytest.param(
            LinkField("maker", TITLE, "Leaf", required=True),
            "Work.maker: its types disagree: nullable Leaf and required Leaf",
            id="nullability",
        ),
        pytest.param(
            LinkField("maker", TITLE, "Leaf", many=True),
            "Work.maker: its types disagree: a list of Leaf and nullable Leaf",
            id="list-ness",
        ),
        pytest.param(
            LinkField("maker", TITLE, "Work"),
            "Work.maker: its types disagree: nullable Leaf and nullable Work",
            id="target",
        ),
        pytest.param(
            ValueField("maker", TITLE),
            "Work.maker: its types disagree: nullable Leaf and nullable text",
            id="a value and a node",
        ),
        pytest.param(
            ValueField("author", TITLE),
            "Sonata.maker: not mapped, though Work has it",
            id="absence",
        ),
    ],
)
def test_types_that_map_the_field_of_an_interface_differently_are_named(
    ontology: Ontology, field: ValueField | LinkField, sentence: str
) -> None:
    engine = build_engine(_query_of(Work), types=[Painting, Sonata])
    assert not _about_makers(check(engine.mapping, ontology))
    sonata = replace(engine.mapping.types["Sonata"], fields={field.name: field})
    assert _about_makers(check(_changed(engine, sonata), ontology)) == [sentence]


def _about_makers(report: list[str]) -> list[str]:
    # The ontology knows neither this little schema's classes nor its properties.
    return [line for line in report if ".maker" in line and "no shape" not in line]


def _query_of(node: type) -> type:
    annotation = Annotated[Connection[node], Instances()]  # type: ignore[valid-type]  # made at run time
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
            ValueField("alternativeNames", SKOS.altLabel, many=True),
            "City.alternativeNames: is not language-tagged",
            id="languages of a list",
        ),
        pytest.param(
            "City",
            ValueField("names", SKOS.altLabel, many=True, language_tagged=True),
            "City.name: no field shows it in every language",
            id="every language",
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
        pytest.param(
            "Statement",
            ValueField(
                "description", DCTERMS.description, required=True, language_tagged=True
            ),
            "Statement.description: is required, unlike in the interface",
            id="nullability of an interface",
        ),
        pytest.param(
            "Evidence",
            LinkField("valueNode", RDF.object, "Node", required=True),
            "Evidence.valueNode: is required, though the shape allows a literal",
            id="a node where literals are allowed",
        ),
        pytest.param(
            "Evidence",
            ValueField("valueText", RDF.object),
            "Evidence.valueText: is not required",
            id="text where literals are allowed",
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


def test_an_ontology_without_files_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"ssc\.ttl|No such file"):
        read_ontology(tmp_path)
