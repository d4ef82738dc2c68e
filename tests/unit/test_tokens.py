"""Text of strangers, token by token."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_kg.errors import QuerySyntaxError
from ssc_kg.sparql.tokens import Position, offset, position, tokenize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("SELECT ?s", ["word SELECT", "variable ?s"], id="words"),
        pytest.param("$s", ["variable $s"], id="the other variable"),
        pytest.param("<http://a/#b>", ["iri <http://a/#b>"], id="iri with a fragment"),
        pytest.param(
            "?a < ?b", ["variable ?a", "punctuation <", "variable ?b"], id="<"
        ),
        pytest.param("?a<?b>", ["variable ?a", "iri <?b>"], id="longest match"),
        pytest.param(
            "<a b>",
            ["punctuation <", "word a", "word b", "punctuation >"],
            id="no iri has a space",
        ),
        pytest.param(
            "ex:a.b. :c",
            ["prefixed ex:a.b", "punctuation .", "prefixed :c"],
            id="a dot ends no name",
        ),
        pytest.param(r"ex:a\#b%20", [r"prefixed ex:a\#b%20"], id="escapes in a name"),
        pytest.param("ex: <x>", ["prefixed ex:", "iri <x>"], id="a prefix alone"),
        pytest.param("_:b1.", ["blank _:b1", "punctuation ."], id="blank node"),
        pytest.param('"a#b" # c', ['string "a#b"'], id="a comment is skipped"),
        pytest.param(r'"a\"b"', [r'string "a\"b"'], id="an escaped quote"),
        pytest.param("'''a''b\n'''", ["string '''a''b\n'''"], id="a long string"),
        pytest.param('""', ['string ""'], id="the empty string"),
        pytest.param('"x"@en-us', ['string "x"', "language @en-us"], id="language"),
        pytest.param(
            '"1"^^xsd:int',
            ['string "1"', "punctuation ^^", "prefixed xsd:int"],
            id="datatype",
        ),
        pytest.param(
            "1.5e3 .5 2.",
            ["number 1.5e3", "number .5", "number 2", "punctuation ."],
            id="numbers",
        ),
        pytest.param("é:ç", ["prefixed é:ç"], id="names of all alphabets"),
        pytest.param(
            "\x00\\", ["punctuation \x00", "punctuation \\"], id="no terminals"
        ),
    ],
)
def test_tokenize(text: str, expected: list[str]) -> None:
    assert [f"{token.kind} {token.text}" for token in tokenize(text)] == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param('ASK {\n  ?s ?p "a }', (2, 9), id="at the end"),
        pytest.param("'a\n'", (1, 1), id="a short string ends with its line"),
        pytest.param('"""a""', (1, 1), id="a long string"),
    ],
)
def test_an_open_string_is_found_where_it_begins(
    text: str, place: tuple[int, int]
) -> None:
    with pytest.raises(QuerySyntaxError, match="is not closed") as caught:
        list(tokenize(text))
    assert (caught.value.line, caught.value.column) == place


@given(st.text(alphabet=st.sampled_from("a:<>'\"\\#.-_@^?{ \n\u00b7é0%"), max_size=60))
def test_tokens_are_pieces_of_the_text_in_order(text: str) -> None:
    end = 0
    with suppress(QuerySyntaxError):
        for token in tokenize(text):
            assert token.start >= end
            end = token.start + len(token.text)
            assert text[token.start : end] == token.text


@given(st.text(alphabet="ab\n", max_size=30), st.integers(0, 30))
def test_offsets_and_positions_are_inverse(text: str, start: int) -> None:
    place = position(text, min(start, len(text)))
    assert offset(text, place) == min(start, len(text))


def test_positions_count_characters_from_one() -> None:
    assert position("a\n😀é b", 4) == Position(2, 3)


@pytest.mark.parametrize(
    "unit",
    [
        "a.",
        "<a",
        "'''a'''",
        "?a ",
        "((",
        "#",
        "1e",
        "@a-",
        "a:%",
        "_:a.",
        "a:b.",
        "a-",
    ],
)
def test_any_text_is_read_in_linear_work(unit: str) -> None:
    # Were anything quadratic, this would take minutes.
    text = unit * (200_000 // len(unit))
    assert sum(1 for _ in tokenize(text)) <= len(text)
