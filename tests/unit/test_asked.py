"""What the address of a question says, and what it may not say."""

import pytest
from pyoxigraph import Literal

from ssc_kg.catalogue.heading import RESERVED
from ssc_kg.catalogue.parameters import Parameter, ParameterType
from ssc_kg.catalogue.questions import Question
from ssc_kg.errors import RequestError
from ssc_kg.publish.asked import DELIVERY, Asked, read_asked

QUESTION = Question(
    *("why", "Why?", "ASK {}", None),
    (Parameter("a", ParameterType.STRING, "What.", Literal("x")),),
)


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        pytest.param(b"", Asked(QUESTION), id="nothing"),
        pytest.param(b"a=%C3%A9+%26", Asked(QUESTION, {"a": "é &"}), id="a value"),
        pytest.param(b"a=", Asked(QUESTION, {"a": ""}), id="an empty value"),
        pytest.param(
            b"limit=10&offset=20&version=3",
            Asked(QUESTION, limit=10, offset=20, version=3),
            id="a page of a version",
        ),
        pytest.param(
            b"labels=on&download&timeout=2.5&format=csv",
            Asked(
                QUESTION,
                format_name="csv",
                labels=True,
                timeout="2.5",
                is_download=True,
            ),
            id="how it comes",
        ),
        pytest.param(b"labels=off&download=0", Asked(QUESTION), id="switched off"),
    ],
)
def test_an_address_is_read_once(address: bytes, asked: Asked) -> None:
    assert read_asked(QUESTION, address) == asked


@pytest.mark.parametrize(
    ("address", "says"),
    [
        pytest.param(b"b=1", "why has no parameter 'b'; there are: a, ", id="unknown"),
        pytest.param(b"q=1", "no parameter 'q'", id="of the list"),
        pytest.param(b"a=1&a=2", "a is given twice", id="twice"),
        pytest.param(b"limit=0", "limit is '0', but has to be a whole", id="no rows"),
        pytest.param(b"limit=10001", "from 1 to 10000", id="too many rows"),
        pytest.param(b"limit=-1", "from 1 to 10000", id="below zero"),
        pytest.param("limit=٣".encode(), "not UTF-8", id="not encoded"),
        pytest.param(b"limit=%D9%A3", "a whole number", id="other digits"),
        pytest.param(b"offset=" + b"9" * 5000, "offset is '999", id="far too far"),
        pytest.param(
            b"labels=maybe", "labels is 'maybe', but has to be on", id="maybe"
        ),
        pytest.param(b"version=new", "version is 'new'", id="no version"),
        pytest.param(b"a=%FF", "not UTF-8", id="no text"),
    ],
)
def test_a_wrong_address_says_what_would_be_right(address: bytes, says: str) -> None:
    with pytest.raises(RequestError) as refused:
        read_asked(QUESTION, address)
    assert says in str(refused.value)
    assert len(str(refused.value)) < 400


def test_no_parameter_may_have_a_name_that_says_how_an_answer_comes() -> None:
    assert set(DELIVERY) < set(RESERVED)
