"""The catalogue as OpenAPI: valid, and as typed as the questions are."""

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from pyoxigraph import Literal, NamedNode

from ssc_kg.catalogue.choices import Choice, Choices
from ssc_kg.catalogue.described import Described
from ssc_kg.catalogue.openapi import Api, describe_api
from ssc_kg.catalogue.parameters import Parameter, ParameterType
from ssc_kg.catalogue.questions import Question
from ssc_kg.formats.table import CSV, RESULTS_JSON, SPARQL_QUERY
from ssc_kg.rdf.vocab import XSD
from ssc_kg.sparql.algebra import Term
from ssc_kg.urls import Urls

URLS = Urls("https://w3id.org/ssc-kg/", "https://kg.example/here/")
API = Api("ssc-kg", "1.2.3", version=7, maximum_page=100)
DEFAULTS: dict[ParameterType, Term] = {
    ParameterType.IRI: NamedNode("http://metadata.un.org/sdg/11"),
    ParameterType.STRING: Literal("x"),
    ParameterType.LANGUAGE: Literal("en"),
    ParameterType.INTEGER: Literal(4),
    ParameterType.DECIMAL: Literal("0.5", datatype=XSD.decimal),
    ParameterType.BOOLEAN: Literal(value=True),
    ParameterType.DATE: Literal("2024-10-23", datatype=XSD.date),
    ParameterType.YEAR: Literal("2030", datatype=XSD.gYear),
}


def described(
    *parameters: Parameter, choices: dict[str, Choices] | None = None, slug: str = "a-b"
) -> Described:
    return Described(
        Question(slug, "Why?", "SELECT …", None, parameters),
        (RESULTS_JSON, CSV),
        (SPARQL_QUERY,),
        columns=("one", "two"),
        is_paged=True,
        choices=choices or {},
    )


def parameter(
    type_: ParameterType, name: str = "a", values: str | None = None
) -> Parameter:
    return Parameter(name, type_, "What.", DEFAULTS[type_], values)


def document(*questions: Described) -> dict[str, object]:
    found = describe_api(questions, URLS, API)
    validate(found, cls=OpenAPIV31SpecValidator)
    return found


def at(found: object, *path: str | int) -> object:
    """Return what is at a place of a document."""
    for step in path:
        if isinstance(found, list) and isinstance(step, int):
            found = found[step]
        else:
            assert isinstance(found, dict)
            found = found[step]
    return found


ASK = ("paths", "/queries/a-b.{format}", "get")


@pytest.mark.parametrize(
    ("type_", "schema", "example"),
    [
        pytest.param("iri", {"type": "string"}, "http://metadata.un.org/sdg/11"),
        pytest.param("string", {"type": "string"}, "x"),
        pytest.param("language", {"type": "string"}, "en"),
        pytest.param("integer", {"type": "integer"}, 4),
        pytest.param("decimal", {"type": "number"}, 0.5),
        pytest.param("boolean", {"type": "boolean"}, True),
        pytest.param("date", {"type": "string", "format": "date"}, "2024-10-23"),
        pytest.param("year", {"type": "integer", "maximum": 9999}, 2030),
    ],
)
def test_a_parameter_has_the_schema_of_its_type(
    type_: str, schema: dict[str, object], example: object
) -> None:
    found = document(described(parameter(ParameterType(type_))))
    said = at(found, *ASK, "parameters", 1, "schema")
    assert isinstance(said, dict)
    assert {**said, **schema, "default": example} == said
    assert at(found, *ASK, "parameters", 1, "examples", "default", "value") == example


def test_values_of_the_data_are_an_enum_that_parameters_share() -> None:
    choices = Choices((Choice(Literal(3), "three"), Choice(Literal(4))), is_whole=True)
    first, second = (
        parameter(ParameterType.INTEGER, "a", v) for v in ("?a ?b ?c", "x")
    )
    found = document(
        described(first, choices={"a": choices}),
        described(first, choices={"a": choices}, slug="c"),
        described(second, choices={"a": Choices((), is_whole=True)}, slug="d"),
    )
    assert (
        at(found, *ASK, "parameters", 1, "schema", "$ref") == "#/components/schemas/A"
    )
    assert at(found, "components", "schemas", "A", "enum") == [3, 4]
    names = at(found, "components", "schemas", "A", "x-enumDescriptions")
    assert names == {"3": "three", "4": "4"}
    assert at(found, "components", "schemas", "A2", "enum") == []


def test_too_many_values_are_examples_and_no_enum() -> None:
    choices = Choices(tuple(Choice(Literal(n)) for n in range(99)), is_whole=False)
    many = parameter(ParameterType.INTEGER, "a", "?a ?b ?c")
    found = document(described(many, choices={"a": choices}))
    schema = at(found, "components", "schemas", "A")
    assert isinstance(schema, dict)
    assert "enum" not in schema
    assert schema["examples"] == list(range(20))


def test_each_format_is_a_response_and_each_mistake_a_problem() -> None:
    found = document(described())
    content = at(found, *ASK, "responses", "200", "content")
    assert isinstance(content, dict)
    assert [*content] == [
        *("application/sparql-results+json", "text/csv"),
        *("text/html", "application/sparql-query"),
    ]
    assert at(found, *ASK, "parameters", 0, "schema", "enum") == [
        *("json", "csv", "html", "rq")
    ]
    responses = at(found, *ASK, "responses")
    assert isinstance(responses, dict)
    assert {"304", "400", "404", "406", "503"} <= set(responses)


def test_addresses_begin_where_the_server_is() -> None:
    assert at(document(), "servers", 0, "url") == "https://kg.example/here"


def test_an_invalid_document_would_be_noticed() -> None:
    found = describe_api([described()], URLS, API)
    assert [*OpenAPIV31SpecValidator({**found, "info": {}}).iter_errors()]
