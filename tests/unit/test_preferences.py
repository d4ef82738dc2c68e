"""What a client prefers (RFC 7240)."""

import pytest

from ssc_kg.http.preferences import preferences


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param([], {}, id="none"),
        pytest.param(["explain"], {"explain": ""}, id="a name"),
        pytest.param(["EXPLAIN"], {"explain": ""}, id="in any case"),
        pytest.param(['explain=""'], {"explain": ""}, id="an empty value is none"),
        pytest.param(["a=1, b = 2"], {"a": "1", "b": "2"}, id="several in a header"),
        pytest.param(["a=1", "b"], {"a": "1", "b": ""}, id="several headers"),
        pytest.param(["a=1, a=2"], {"a": "1"}, id="the first of a repeated one"),
        pytest.param(["a=1; b=2"], {"a": "1"}, id="parameters narrow nothing"),
        pytest.param(['a="x, explain"'], {"a": "x, explain"}, id="a quoted comma"),
        pytest.param([",, ;, =1"], {}, id="nothing that has a name"),
    ],
)
def test_a_preference_has_the_value_that_comes_first(
    headers: list[str], expected: dict[str, str]
) -> None:
    assert preferences(headers) == expected
