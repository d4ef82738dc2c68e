"""What files are read, which are refused, and what is said of them."""

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode

from ssc_kg.dataset.places import find_lines
from ssc_kg.dataset.sources import Source, parse
from ssc_kg.errors import (
    MissingFileError,
    RdfRefusedError,
    RdfSyntaxError,
    UnknownFormatError,
)
from ssc_kg.rdf.vocab import RDF
from tests.datasets import write

PREFIX = "@prefix e: <http://example.org/> .\n"
XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:e="http://example.org/">'
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("a.ttl", f"{PREFIX}e:a e:b e:c .", id="Turtle"),
        pytest.param(
            "a.nt", "<http://e/a> <http://e/b> <http://e/c> .", id="N-Triples"
        ),
        pytest.param("a.nq", "<http://e/a> <http://e/b> <http://e/c> .", id="N-Quads"),
        pytest.param("a.trig", f"{PREFIX}e:a e:b e:c .", id="TriG"),
        pytest.param(
            "a.rdf",
            f'{XML}<e:C rdf:about="http://example.org/a"/></rdf:RDF>',
            id="RDF/XML",
        ),
        pytest.param(
            "a.jsonld", '{"@id": "http://e/a", "http://e/b": "c"}', id="JSON-LD"
        ),
        pytest.param("a.json", '{"@id": "http://e/a", "http://e/b": 1}', id="JSON"),
    ],
)
def test_every_format_is_read(tmp_path: Path, name: str, text: str) -> None:
    parsed = parse(write(tmp_path, name, text))
    assert len(list(parsed.quads(DefaultGraph()))) == 1


@pytest.mark.parametrize(
    ("name", "text", "line", "reason"),
    [
        pytest.param("a.ttl", f"{PREFIX}e:a e:b .", 2, "not a valid", id="Turtle"),
        pytest.param("a.ttl", "<a> <b> <c> .", 1, "scheme", id="a relative IRI"),
        pytest.param("a.nt", "<http://e/a> .", 1, "predicate", id="N-Triples"),
        pytest.param("a.rdf", "<rdf:RDF", None, "not closed", id="RDF/XML"),
        pytest.param("a.jsonld", '{\n"@id" 1}', 2, "keys", id="JSON-LD"),
        pytest.param(
            "a.jsonld",
            '{"@context": "http://example.org/c", "@id": "http://e/a"}',
            None,
            "put its content into the file",
            id="a remote context",
        ),
        pytest.param("a.ttl", "<http://e/\ud800> .", 1, "UTF-8", id="not UTF-8"),
    ],
)
def test_what_does_not_parse_is_said_with_its_line(
    tmp_path: Path, name: str, text: str, line: int | None, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode(errors="surrogatepass"))
    with pytest.raises(RdfSyntaxError, match=reason) as caught:
        parse(Source(path))
    assert str(path) in str(caught.value)
    assert "Parser error" not in caught.value.reason
    if line is not None:
        assert caught.value.line == line


@pytest.mark.parametrize(
    ("name", "text", "line", "reason"),
    [
        pytest.param(
            "a.ttl",
            f"{PREFIX}e:a e:b\n  <<( e:a e:b e:c )>> .",
            3,
            "triple term",
            id="a triple term",
        ),
        pytest.param(
            "a.ttl",
            f"{PREFIX}e:a e:b e:c {{| e:d e:e |}} .",
            2,
            "triple term",
            id="an annotation",
        ),
        pytest.param(
            "a.nt",
            "<http://e/a> <http://e/b> <<( <http://e/a> <http://e/b> 1 )>> .",
            1,
            "triple term",
            id="a triple term that would not parse",
        ),
        pytest.param(
            "a.ttl",
            f"{PREFIX}e:a e:b {'<<( e:a e:b ' * 100_000} 1 .",
            2,
            "triple term",
            id="triple terms that overflow the parser's stack",
        ),
        pytest.param(
            "a.ttl", f'{PREFIX}e:a e:b "x"@en--ltr .', None, "direction", id="direction"
        ),
        pytest.param(
            "a.rdf",
            f'<!DOCTYPE a [<!ENTITY x "{"&y;" * 10}">]>\n{XML}</rdf:RDF>',
            1,
            "DOCTYPE",
            id="entities",
        ),
        pytest.param(
            "a.rdf",
            XML + "\n<rdf:Description><e:b>" * 300,
            129,
            "256 levels",
            id="deep XML",
        ),
        pytest.param("a.jsonld", "[\n" * 100_000, 257, "256 levels", id="deep JSON-LD"),
    ],
)
def test_what_is_refused_is_said_with_its_line(
    tmp_path: Path, name: str, text: str, line: int | None, reason: str
) -> None:
    with pytest.raises(RdfRefusedError, match=reason) as caught:
        parse(write(tmp_path, name, text))
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("a.ttl", f'{PREFIX}e:a e:b "<<( {{| [[[" .', id="a string"),
        pytest.param("a.ttl", f"{PREFIX}e:a e:b e:c . # << e:a", id="a comment"),
        pytest.param(
            "a.jsonld",
            '{"@id": "http://e/a", "http://e/b": "' + "[{" * 300 + '\\"["}',
            id="brackets in a JSON string",
        ),
        pytest.param(
            "a.rdf",
            XML
            + '<e:C rdf:about="http://example.org/a" e:b="x>/>"/>' * 300
            + "</rdf:RDF>",
            id="many empty elements",
        ),
        pytest.param(
            "a.rdf",
            XML
            + "<!-- <a> -->" * 300
            + '<e:C rdf:about="http://example.org/a"><e:b>x</e:b></e:C>' * 300
            + "</rdf:RDF>",
            id="many elements and comments",
        ),
    ],
)
def test_what_only_looks_dangerous_is_read(
    tmp_path: Path, name: str, text: str
) -> None:
    assert parse(write(tmp_path, name, text)).store


def test_a_graph_without_a_name_is_refused(tmp_path: Path) -> None:
    parsed = parse(write(tmp_path, "a.trig", "_:g { <http://e/a> <http://e/b> 1 }"))
    with pytest.raises(RdfRefusedError, match="name it by an IRI"):
        parsed.graph_names()


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.ttl", tmp_path):
        with pytest.raises((MissingFileError, UnknownFormatError), match=str(path)):
            parse(Source(path))


@pytest.mark.parametrize("name", ["a.csv", "a.n3", "a"])
def test_a_file_of_no_known_format_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownFormatError, match=r"\.ttl"):
        parse(write(tmp_path, name, ""))


@pytest.mark.parametrize("name", ["a.nq.zst", "a.ttl.gz"])
def test_a_compressed_file_has_to_be_decompressed(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownFormatError, match="decompress it first"):
        parse(write(tmp_path, name, ""))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(f"{PREFIX}e:x e:b e:a .\n\ne:a e:b 1 .", 4, id="not an object"),
        pytest.param(
            f"{PREFIX}e:x e:b 'e:a .' ;\n e:c 1 .\ne:a e:b 2.", 4, id="string"
        ),
        pytest.param(
            "PREFIX : <http://example.org/>\n:a :b :c .", 2, id="SPARQL's way"
        ),
        pytest.param(
            "@base <http://example.org/x> .\n<y> <z> <a> .\n<a> <b> <c> .", 3, id="base"
        ),
        pytest.param(
            f"{PREFIX}e:g {{\n e:x e:b [ e:c 1 ] .\n e:a e:b 2 }}",
            4,
            id="in a graph",
        ),
        pytest.param(r"<http://example.org/\u0061> <http://e/b> 1 .", 1, id="escaped"),
        pytest.param("<http://example.org/x> <http://e/b> 'x", None, id="unfinished"),
    ],
)
def test_the_line_of_a_subject(text: str, line: int | None) -> None:
    subject = NamedNode("http://example.org/a")
    assert find_lines(text, [subject]).get((subject.value, None, None)) == line


DESCRIPTION = """@prefix e: <http://example.org/> .
e:a a e:C ;
  e:name "Zo\\u00EB \\"Z\\""@en ,
    '''two
lines''' ;
  e:knows [ e:name "nobody" ;
    e:age 7 ] , (
      8 ) , e:b ;
  e:age -36 ;
  .
e:a e:name 'again'^^e:text .
"""


@pytest.mark.parametrize(
    ("predicate", "value", "line"),
    [
        pytest.param("name", None, 3, id="a predicate"),
        pytest.param("name", 'Zoë "Z"', 3, id="a string with escapes and a language"),
        pytest.param("name", "two\nlines", 4, id="a string of two lines"),
        pytest.param("knows", "http://example.org/b", 8, id="after brackets"),
        pytest.param("age", "-36", 9, id="a negative number"),
        pytest.param("name", "again", 11, id="in another statement, with a datatype"),
        pytest.param("age", "7", None, id="said of something else"),
        pytest.param("nickname", None, None, id="not said"),
    ],
)
def test_the_line_of_a_value(
    predicate: str, value: str | None, line: int | None
) -> None:
    lines = find_lines(DESCRIPTION, [NamedNode("http://example.org/a")])
    key = ("http://example.org/a", f"http://example.org/{predicate}", value)
    assert lines.get(key) == line


def test_the_line_of_a_class() -> None:
    lines = find_lines(DESCRIPTION, [NamedNode("http://example.org/a")])
    assert lines["http://example.org/a", RDF.type.value, "http://example.org/C"] == 2


def test_what_is_said_of_others_has_no_line() -> None:
    assert find_lines(DESCRIPTION, [NamedNode("http://example.org/C")]) == {}


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        pytest.param(
            "a.jsonld", '{\n"@id": "http://e/a", "http://e/b": 1}', 2, id="JSON"
        ),
        pytest.param(
            "a.rdf",
            f'{XML}\n\n<e:C rdf:about="http://e/a"/></rdf:RDF>',
            3,
            id="RDF/XML",
        ),
    ],
)
def test_the_line_of_a_subject_elsewhere(
    tmp_path: Path, name: str, text: str, line: int
) -> None:
    subject = NamedNode("http://e/a")
    assert parse(write(tmp_path, name, text)).lines_of([subject]) == {
        (subject.value, None, None): line
    }
