"""Where a file is not as an export would write it."""

from pathlib import Path

import pytest

from ssc_kg.dataset import canonical
from ssc_kg.dataset.canonical import first_difference
from ssc_kg.errors import RdfSyntaxError

A, B = "<http://e.example/a>", "<http://e.example/b>"


@pytest.mark.parametrize(
    ("name", "text", "difference"),
    [
        pytest.param("a.ttl", f"{A} a {B} .\n", None, id="canonical"),
        pytest.param("a.nq", "", None, id="empty"),
        pytest.param(
            "a.ttl",
            f"{A}  a {B} .\n",
            rf"line 1 is '{A}  a {B} .\n', expected '{A} a {B} .\n'",
            id="a space",
        ),
        pytest.param(
            "a.ttl",
            f"{A} a {B} .\n\n{B} a {B} .\n\n",
            r"line 4 is '\n', expected no more",
            id="a line too many",
        ),
        pytest.param(
            "a.ttl",
            f"{A} a {B} .",
            rf"line 1 is '{A} a {B} .', expected '{A} a {B} .\n'",
            id="no end of the line",
        ),
        pytest.param(
            "a.ttl",
            f"{A} a {B} .\r\n",
            rf"line 1 is '{A} a {B} .\r\n', expected '{A} a {B} .\n'",
            id="another end of the line",
        ),
        pytest.param(
            "a.nt",
            f"{B} {A} {A} .\n{A} {A} {A} .\n",
            rf"line 1 is '{B} {A} {A} .\n', expected '{A} {A} {A} .\n'",
            id="another order",
        ),
        pytest.param(
            "a.nt",
            f"{A} {A} {A} .\n{A} {A} {A} .\n",
            rf"line 2 is '{A} {A} {A} .\n', expected no more",
            id="the same again",
        ),
        pytest.param(
            "a.ttl",
            f"{A} <urn:p>\n        {A},\n        {B} . ",
            rf"line 3 is '        {B} . ', expected '        {B} .\n'",
            id="a space at the end",
        ),
        pytest.param(
            "a.jsonld",
            "[]",
            r"line 1 is '[]', expected '{\n'",
            id="JSON-LD",
        ),
        pytest.param(
            "a.ttl",
            f"{A} a <{'http://e.example/' + 'x' * 300}>  .\n",
            rf"line 1 is '…{'x' * 98}>  .\n', expected '…{'x' * 98}> .\n'",
            id="a long line",
        ),
        pytest.param(
            "a.ttl",
            f"{A} a {B},  <http://e.example/{'x' * 300}> .\n",
            rf"line 1 is '{A} a {B},  <http://e.example/{'x' * 136}…', "
            rf"expected '{A} a {B}, <http://e.example/{'x' * 137}…'",
            id="a long line that differs early",
        ),
        pytest.param(
            "a.trig",
            f"{A} {{\n    {A} a {A} .\n}}",
            r"line 3 is '}', expected '}\n'",
            id="TriG",
        ),
    ],
)
def test_the_first_line_that_differs_is_told(
    tmp_path: Path, name: str, text: str, difference: str | None
) -> None:
    file = tmp_path / name
    file.write_bytes(text.encode())
    found = first_difference(file)
    assert (found and str(found)) == difference


def test_a_file_in_many_pieces_is_compared_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ssc_kg.formats.graphs._MANY", 3)
    file = tmp_path / "many.nq"
    lines = sorted(f"{A} {A} {B} <http://e.example/{n % 5}/{n}> .\n" for n in range(50))
    file.write_text("".join(lines))
    assert first_difference(file) is None
    lines[33], lines[34] = lines[34], lines[33]
    file.write_text("".join(lines))
    found = first_difference(file)
    assert found is not None
    assert found.line == 34


def test_a_file_that_does_not_parse_says_where(tmp_path: Path) -> None:
    file = tmp_path / "broken.ttl"
    file.write_text(f"{A} a\n {B} ;; oops")
    with pytest.raises(RdfSyntaxError) as caught:
        canonical.is_canonical(file)
    assert (caught.value.source, caught.value.line) == (str(file), 2)


def test_a_file_that_ends_early_is_told_what_is_missing() -> None:
    difference = canonical.Difference(2, None, b"b .\n")
    assert str(difference) == r"it ends before line 2, expected 'b .\n'"
