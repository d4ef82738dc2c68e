"""What breaks a shape, by either engine, and where it stands."""

from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import DefaultGraph, RdfFormat

from ssc_kg.dataset.conform import check_conformance
from ssc_kg.dataset.contract import read_contract
from ssc_kg.dataset.seed import seed_sources
from ssc_kg.dataset.sources import Source, parse
from ssc_kg.dataset.validate import Engine, find_violations
from ssc_kg.errors import DataError, Violation
from ssc_kg.resources import ONTOLOGY
from tests.datasets import BASE, write

DATA = Path(__file__).parents[1] / "data"
SHAPES = """
@prefix e: <http://e/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
e:Person a sh:NodeShape ; sh:targetClass e:Person ;
  sh:property e:Person-age ,
    [ sh:path e:name ; sh:minCount 1 ; sh:message "No name." ] ,
    [ sh:path e:nick ; sh:maxCount 1 ; sh:severity sh:Warning ; sh:message "Nicks." ] .
e:Person-age sh:path e:age ; sh:datatype xsd:integer ; sh:message "No number." .
"""
PEOPLE = """@prefix e: <http://e/> .

e:ada a e:Person ; e:name "Ada" ; e:age 36 .

e:bob a e:Programmer ;
  e:age "old" ;
  e:nick "Bobby" , "Rob" .

e:Programmer <http://www.w3.org/2000/01/rdf-schema#subClassOf> e:Person .
"""


def triples(*texts: str) -> str:
    store = pyoxigraph.Store()
    for text in texts:
        store.load(text, RdfFormat.TURTLE)
    dumped = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    assert dumped is not None
    return dumped.decode()


@pytest.mark.parametrize("engine", Engine)
def test_a_violation_names_subject_path_rule_value_and_message(engine: Engine) -> None:
    found = find_violations(triples(PEOPLE), triples(SHAPES), engine=engine)
    age, name, nick = found
    assert age == Violation(
        source=None,
        line=None,
        subject="http://e/bob",
        path="http://e/age",
        rule="http://e/Person-age",
        message="No number.",
        value="old",
    )
    assert (name.message, name.path) == ("No name.", "http://e/name")
    assert (nick.message, nick.severity) == ("Nicks.", "Warning")


@pytest.mark.parametrize("engine", Engine)
def test_data_that_meets_its_shapes_has_no_violations(engine: Engine) -> None:
    good = "<http://e/a> a <http://e/Person> ; <http://e/name> 'A' ."
    assert find_violations(triples(good), triples(SHAPES), engine=engine) == ()


def test_shapes_that_are_wrong_are_an_error() -> None:
    bad = SHAPES.replace("sh:datatype xsd:integer", "sh:pattern '('")
    with pytest.raises(DataError, match="pattern"):
        find_violations(triples(PEOPLE), triples(bad))


def test_both_engines_give_one_verdict_on_every_kind_of_mistake() -> None:
    data = (DATA / "violations.ttl").read_text()
    ontology = (ONTOLOGY / "ssc.ttl").read_text()
    shapes = triples((ONTOLOGY / "shapes.ttl").read_text())
    fast, trusted = (
        {
            (violation.subject, violation.path, violation.rule, violation.severity)
            for violation in find_violations(
                triples(data, ontology), shapes, engine=engine
            )
        }
        for engine in Engine
    )
    assert fast == trusted
    assert len(fast) > 20


def load_all(*sources: Source) -> tuple[Violation, ...]:
    files = [parse(source) for source in sources]
    store = pyoxigraph.Store()
    for file in files:
        store.extend(file.quads(DefaultGraph()))
    contract = read_contract(store, base_iri=BASE)
    return check_conformance(store, files, contract, base_iri=BASE)


def test_the_seed_data_meets_its_shapes() -> None:
    sources = [s for s in seed_sources(base_iri=BASE) if s.path.name != "shapes.ttl"]
    assert load_all(*sources) == ()


def test_a_violation_is_placed_in_the_file_that_has_the_value(tmp_path: Path) -> None:
    text = (
        "@prefix ssc: <https://w3id.org/ssc-kg/ontology#> .\n\n"
        "<https://w3id.org/ssc-kg/id/person/x> {} .\n"
    )
    first = write(tmp_path, "first.ttl", text.format("a ssc:Person"))
    second = write(tmp_path, "second.ttl", "\n" + text.format("ssc:acronym 1"))
    found = load_all(first, second)
    acronym = next(v for v in found if v.path is not None and "acronym" in v.path)
    label = next(v for v in found if v.path is not None and "prefLabel" in v.path)
    assert (acronym.source, acronym.line) == (str(second), 4)
    assert (label.source, label.line) == (str(first), 3)
    assert str(label).startswith(f"{first}:3: <https://w3id.org/ssc-kg/id/person/x>: ")


def test_of_several_files_the_one_that_has_the_value_is_named(tmp_path: Path) -> None:
    text = (
        "@prefix ssc: <https://w3id.org/ssc-kg/ontology#> .\n"
        "<https://w3id.org/ssc-kg/id/person/x>\n  ssc:acronym {} ."
    )
    first = write(tmp_path, "first.ttl", text.format('"A"'))
    second = write(tmp_path, "second.ttl", text.format('"B" ,\n 7'))
    other = text.replace("ssc:acronym", "a ssc:Person ;\n  ssc:nickname")
    third = write(tmp_path, "third.ttl", other.format('"A"'))
    found = load_all(first, second, third)
    places = {(one.source, one.line, one.rule.rpartition("#")[2]) for one in found}
    assert places >= {
        (str(second), 4, "ThingShape-acronym"),
        (str(third), 4, "declared term"),
    }
