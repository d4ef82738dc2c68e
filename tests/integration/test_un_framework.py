"""The United Nations' own Turtle of the goals, loaded beside ours and kept apart."""

from dataclasses import dataclass
from pathlib import Path

import orjson
import pytest
from pyoxigraph import Literal, NamedNode, parse

from ssc_kg.dataset.apart import Limits
from ssc_kg.dataset.seed import seed
from ssc_kg.engine.engine import Engine
from ssc_kg.engine.operation import Operation
from ssc_kg.resources import QUERIES
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.versions import Versions
from tests.conftest import SHARED_DOCUMENTS
from tests.datasets import BASE
from tests.server import run

UN_FILES = SHARED_DOCUMENTS.parent / "domain" / "sdg" / "un-kos"
OURS = f"{BASE}graph/reference/sdg"
THEIRS = "http://metadata.un.org/sdg/void.ttl#SDG"
"""Their own name for their dataset."""
LIMITS = Limits(seconds=60)
PREFIXES = """
PREFIX sdg: <http://metadata.un.org/sdg/>
PREFIX sdgo: <http://metadata.un.org/sdg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

pytestmark = pytest.mark.skipif(
    not UN_FILES.is_dir(), reason="the UN's files are not part of the repository"
)

SAID_BY_US_ALONE = {
    "a goal, target or indicator": """?thing a ?class
        FILTER(?class IN (sdgo:Goal, sdgo:Target, sdgo:Indicator))""",
    "a target's goal": "?thing sdgo:isTargetOf ?value",
    "an indicator's target": "?thing sdgo:isIndicatorOf ?value",
    "a match with Wikidata": "?thing skos:exactMatch ?value",
}
OPERATIONS = {
    path.stem: path.read_text(encoding="utf-8") for path in QUERIES.glob("*.graphql")
} | {
    "goals": """{ goals { totalCount nodes {
        id __typename name alternativeNames description code exactMatches
        scheme { id name } framework { name } evidence { totalCount }
        targets { totalCount nodes { id name code } }
        agreements { totalCount } provisions { nodes { id name } } } } }""",
    "targets": "{ targets { totalCount nodes { id name code goal { id name } } } }",
    "schemes": """{ conceptSchemes { totalCount nodes {
        id name concepts { totalCount nodes { id name __typename } } } } }""",
    "topics": """{ topics { totalCount nodes {
        id name alternativeNames scheme { id } statements { totalCount } } } }""",
    "a goal": """{ goal(id: "http://metadata.un.org/sdg/11") {
        name description targets { totalCount } } }""",
    "indicators": """{ indicators(first: 1000) { totalCount nodes {
        id name codes alternativeNames targets { nodes { id } }
        custodians { nodes { id name } } kpis { totalCount } } } }""",
    "an indicator": """{ indicator(id: "http://metadata.un.org/sdg/C110201") {
        name codes targets { totalCount } } }""",
    "a tier, which only they have": """{
        node(id: "http://metadata.un.org/sdg/ontology#Tier") { id __typename } }""",
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A data directory of two versions: the seed, and the same with the UN's files."""

    versions: Versions
    answer: str
    """What the command that loaded them printed."""

    def store(self, number: int) -> EmbeddedStore:
        return EmbeddedStore.open(self.versions.path(number))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    versions = Versions(tmp_path_factory.mktemp("un") / "data")
    seed(versions, base_iri=BASE, limits=LIMITS)
    done = run("load", *files(), "--graph", THEIRS, "--data-dir", versions.root)
    assert done.returncode == 0, done.stderr
    return Loaded(versions, done.stdout)


def files() -> list[Path]:
    return sorted(UN_FILES.glob("*.ttl"))


def test_their_files_become_one_graph_and_change_no_other(loaded: Loaded) -> None:
    before, after = loaded.versions.list()
    triples = {quad for path in files() for quad in parse(path=path)}
    assert len(triples) > 9_000
    assert after.graphs == {**before.graphs, THEIRS: len(triples)}
    assert (after.added, after.removed) == (len(triples), 0)
    assert loaded.answer.startswith(f"version 2: {len(triples)} added, 0 removed")


def test_the_merge_is_the_same_before_and_after(loaded: Loaded) -> None:
    before, after = loaded.store(1).match(), loaded.store(2).match()
    assert before
    assert set(after) == set(before)


@pytest.mark.parametrize(
    "pattern", SAID_BY_US_ALONE.values(), ids=SAID_BY_US_ALONE.keys()
)
def test_their_graph_says_of_the_same_iris_what_ours_says(
    loaded: Loaded, pattern: str
) -> None:
    ours = f"GRAPH <{OURS}> {{ {pattern} }}"
    theirs = f"FILTER NOT EXISTS {{ GRAPH <{THEIRS}> {{ {pattern} }} }}"
    select = f"{PREFIXES} SELECT ?thing ?class ?value"
    assert loaded.store(2).select(f"{select} {{ {ours} }}").rows
    assert not loaded.store(2).select(f"{select} {{ {ours} {theirs} }}").rows


def test_one_question_joins_both_graphs(loaded: Loaded) -> None:
    question = f"""{PREFIXES} SELECT ?short ?indicator {{
        GRAPH <{OURS}> {{ ?target skos:prefLabel ?short ; skos:notation "11.2" }}
        GRAPH <{THEIRS}> {{ ?target sdgo:hasIndicator ?indicator }} }}"""
    [[short, indicator]] = loaded.store(2).select(question).rows
    assert indicator == NamedNode("http://metadata.un.org/sdg/C110201")
    assert isinstance(short, Literal)
    assert "ransport" in short.value


@pytest.mark.parametrize("name", OPERATIONS)
def test_graphql_answers_the_same_to_the_byte(
    loaded: Loaded, engine: Engine, name: str
) -> None:
    before, after = (
        answer(engine, OPERATIONS[name], loaded.store(number)) for number in (1, 2)
    )
    assert b'"errors"' not in before
    assert after == before


def test_graphql_has_the_same_of_every_kind(loaded: Loaded, engine: Engine) -> None:
    query = engine.graphql_schema.query_type
    assert query is not None
    lists = [name for name, field in query.fields.items() if "orderBy" in field.args]
    assert {"goals", "targets", "concepts", "evidence"}.issubset(lists)
    kinds = " ".join(f"{name} {{ totalCount nodes {{ id }} }}" for name in lists)
    before, after = (
        answer(engine, f"{{ {kinds} }}", loaded.store(number)) for number in (1, 2)
    )
    assert b'"errors"' not in before
    assert after == before


def test_the_same_files_again_are_no_new_version(loaded: Loaded) -> None:
    done = run("load", *files(), "--graph", THEIRS, "--data-dir", loaded.versions.root)
    assert done.stdout.startswith("nothing changed: version 2")


def test_without_a_graph_of_their_own_they_are_refused(loaded: Loaded) -> None:
    done = run("load", *files(), "--data-dir", loaded.versions.root)
    assert done.returncode == 2
    assert "sdg-kos-goals-targets-indicators.ttl" in done.stderr
    assert "a blank node" in done.stderr


def answer(engine: Engine, text: str, store: EmbeddedStore) -> bytes:
    return orjson.dumps(engine.execute(Operation(text), store).body())
