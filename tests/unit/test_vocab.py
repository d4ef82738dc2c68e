"""The Python names of the ontology's terms follow the ontology."""

import inspect
from pathlib import Path

from ssc_kg.rdf import vocab
from ssc_kg.rdf.generate import generate
from ssc_kg.resources import ONTOLOGY

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ssc: <https://w3id.org/ssc-kg/ontology#> .
"""


def test_vocab_is_what_the_ontology_generates() -> None:
    assert Path(inspect.getfile(vocab)).read_text() == generate(ONTOLOGY)


def test_a_term_has_a_name_in_the_class_of_its_prefix(tmp_path: Path) -> None:
    text = generate_from(tmp_path, terms="ssc:Canal a skos:Concept .")
    assert 'class SSC:\n    """Terms of <https://w3id.org/ssc-kg/ontology#>."""' in text
    assert '    Canal: Final = NamedNode(_SSC + "Canal")' in text
    assert '    Concept: Final = NamedNode(_SKOS + "Concept")' in text


def test_a_term_that_is_a_word_of_python_gets_an_underscore(tmp_path: Path) -> None:
    text = generate_from(tmp_path, shapes="ssc:CanalShape sh:class ssc:Canal .")
    assert '    class_: Final = NamedNode(_SH + "class")' in text


def test_shapes_are_no_terms(tmp_path: Path) -> None:
    text = generate_from(tmp_path, shapes="ssc:CanalShape sh:class ssc:Canal .")
    assert "Canal" not in text


def generate_from(directory: Path, *, terms: str = "", shapes: str = "") -> str:
    (directory / "ssc.ttl").write_text(PREFIXES + terms)
    (directory / "shapes.ttl").write_text(PREFIXES + shapes)
    return generate(directory)
