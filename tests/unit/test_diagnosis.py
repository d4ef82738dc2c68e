"""What a person is told of a query that the engine cannot parse."""

import pytest
from pyoxigraph import Store

from ssc_kg.sparql.diagnosis import diagnose


@pytest.mark.parametrize(
    ("text", "reason", "place"),
    [
        pytest.param(
            "SELECT ?s WERE { ?s ?p ?o }",
            "near 'WERE { ?s ?p ?o }'",
            (1, 11),
            id="a misspelt keyword",
        ),
        pytest.param(
            "ASK { ?s ?p ?o ", " or } or ", (1, 16), id="a bracket missing at the end"
        ),
        pytest.param(
            "ASK { ?s ?p ?o } }", "near '}'", (1, 18), id="a bracket too many"
        ),
        pytest.param(
            "ASK {\n\t?s ?p ?o ?x\n}", "near '?x'", (2, 11), id="a dot missing"
        ),
        pytest.param(
            "ASK { <rel> ?p ?o }",
            "<rel> is relative, and no BASE",
            (1, 7),
            id="a relative iri",
        ),
        pytest.param(
            "SELECT ?s ?s {}",
            "Duplicated variable name",
            (1, 16),
            id="the engine's own sentence",
        ),
        pytest.param(
            "ASK { ?s ?p ?o } LIMIT ten", "near 'ten'", (1, 24), id="no number"
        ),
        pytest.param("ASK { '😀' ?p ?o ?q }", "near '?q }'", (1, 17), id="characters"),
        pytest.param(
            "CONSTRUCT { ?s ?p ?o }", "at its end; expected {", (1, 23), id="no pattern"
        ),
    ],
)
def test_diagnose(text: str, reason: str, place: tuple[int, int]) -> None:
    with pytest.raises(SyntaxError) as caught:
        Store().query(text)
    error = diagnose(str(caught.value), text)
    assert (error.line, error.column) == place
    assert reason in error.reason


def test_a_message_of_another_kind_is_kept() -> None:
    assert diagnose("out of tokens", "ASK {}").reason == "out of tokens"
