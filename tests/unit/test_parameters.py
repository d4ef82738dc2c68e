"""Texts that become the values of a question's parameters."""

import pytest
from pyoxigraph import Literal, NamedNode

from ssc_kg.catalogue.choices import Choices, read_values
from ssc_kg.catalogue.operation import bind_variables
from ssc_kg.catalogue.parameters import Parameter, ParameterType
from ssc_kg.errors import ParameterValueError, UnknownParameterError
from ssc_kg.rdf.vocab import XSD
from ssc_kg.sparql.algebra import Term

GOAL = "http://metadata.un.org/sdg/11"


def parameter(type_: str) -> Parameter:
    return Parameter("a", ParameterType(type_), "What.", Literal("x"))


def drawn(_: Parameter) -> Choices | None:
    """Say nothing beyond the type."""
    return None


def typed(text: str, datatype: NamedNode) -> Literal:
    return Literal(text, datatype=datatype)


@pytest.mark.parametrize(
    ("type_", "text", "term", "variable"),
    [
        pytest.param("iri", GOAL, NamedNode(GOAL), GOAL, id="iri in full"),
        pytest.param("iri", "sdg:11", NamedNode(GOAL), GOAL, id="iri with a prefix"),
        pytest.param("iri", "urn:x:y", NamedNode("urn:x:y"), "urn:x:y", id="urn"),
        pytest.param("string", "", Literal(""), "", id="no text"),
        pytest.param("string", '"}\n\\', Literal('"}\n\\'), '"}\n\\', id="hostile"),
        pytest.param("language", "pt-BR", Literal("pt-br"), "pt-br", id="language"),
        pytest.param("integer", "+007", typed("7", XSD.integer), 7, id="integer"),
        pytest.param("integer", "-7", typed("-7", XSD.integer), -7, id="below zero"),
        pytest.param("decimal", "-0.50", typed("-0.50", XSD.decimal), -0.5, id="0.5"),
        pytest.param("decimal", "5", typed("5", XSD.decimal), 5.0, id="no fraction"),
        pytest.param("boolean", "true", typed("true", XSD.boolean), True, id="true"),
        pytest.param("boolean", "false", typed("false", XSD.boolean), False, id="no"),
        pytest.param(
            "date", "2024-02-29", typed("2024-02-29", XSD.date), "2024-02-29", id="date"
        ),
        pytest.param("year", "2030", typed("2030", XSD.gYear), 2030, id="year"),
    ],
)
def test_a_text_of_the_type_becomes_a_term_and_a_variable(
    type_: str, text: str, term: Term, variable: object
) -> None:
    declared = [parameter(type_)]
    values = read_values(declared, {"a": text}, drawn, slug="why")
    assert values == {"a": term}
    bound = bind_variables(declared, values)
    assert bound == {"a": variable}
    assert type(bound["a"]) is type(variable)


@pytest.mark.parametrize(
    ("type_", "text", "right"),
    [
        pytest.param("iri", "11", "such as sdg:11", id="no prefix"),
        pytest.param("iri", "sgd:11", "dash, dcat, ", id="an unknown prefix"),
        pytest.param("iri", "sdg:1 1", "an IRI", id="a space"),
        pytest.param("iri", "http://e.example/> ?p ?o } #", "an IRI", id="hostile"),
        pytest.param("string", "\udcff", "a text in Unicode", id="no character"),
        pytest.param("language", "en_GB", "such as en", id="language"),
        pytest.param("language", 'en"', "such as en", id="a quote"),
        pytest.param("integer", "1.0", "whole number", id="a fraction"),
        pytest.param("integer", "٣", "whole number", id="other digits"),
        pytest.param("integer", "1" * 5000, "whole number", id="too many digits"),
        pytest.param("integer", "1\n", "whole number", id="a line more"),
        pytest.param("decimal", "1e3", "such as 0.5", id="an exponent"),
        pytest.param("decimal", "NaN", "such as 0.5", id="no number"),
        pytest.param("boolean", "True", "true or false", id="a capital"),
        pytest.param("date", "2023-02-29", "such as 2024-10-23", id="no such day"),
        pytest.param("date", "20240229", "such as 2024-10-23", id="no hyphens"),
        pytest.param("year", "30", "four digits", id="a short year"),
    ],
)
def test_a_text_of_another_type_says_what_would_be_right(
    type_: str, text: str, right: str
) -> None:
    with pytest.raises(ParameterValueError) as refused:
        read_values([parameter(type_)], {"a": text}, drawn, slug="why")
    message = str(refused.value)
    assert message.startswith(f"a is {text[:200]!r}"[:200])
    assert right in message
    assert len(message) < 600


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(
        UnknownParameterError, match=r"^why has no .*'b'; there are: a$"
    ):
        read_values([parameter("iri")], {"b": "sdg:1"}, drawn, slug="why")
    with pytest.raises(UnknownParameterError, match="declares none"):
        read_values([], {"b": "sdg:1"}, drawn, slug="why")


def test_what_is_not_given_keeps_its_default() -> None:
    assert read_values([parameter("iri")], {}, drawn, slug="why") == {}
    assert bind_variables([parameter("iri")], {}) == {}
