"""Two systems begin empty and are there to be filled: by a file, and nothing else.

The matrix of WSIS Action Lines and goals has no cell, since none could be verified, and
the register of WSIS Stocktaking no project, since no document names one.
"""

import orjson
import pyoxigraph
import pytest

from ssc_kg.dataset.apart import Limits
from ssc_kg.dataset.load import load
from ssc_kg.dataset.seed import seed
from ssc_kg.engine.engine import Engine
from ssc_kg.engine.operation import Operation
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.versions import Versions
from tests.datasets import BASE, write

ENTRIES = f"""@prefix sdg: <{PREFIXES["sdg"]}> .
@prefix skos: <{PREFIXES["skos"]}> .
@prefix ssc: <{PREFIXES["ssc"]}> .
@base <{BASE}id/> .

<action-line-goal-link/c7-e-agr-2> a ssc:ActionLineGoalLink ;
    skos:prefLabel "E-agriculture for goal 2"@en ;
    ssc:actionLine <action-line/c7-e-agr> ;
    ssc:addressesGoal sdg:2 .

<initiative/weather-by-telephone> a ssc:Initiative ;
    skos:prefLabel "Weather by telephone"@en ;
    ssc:actionLine <action-line/c7-e-agr> ;
    ssc:addressesGoal sdg:2 ;
    ssc:registeredIn <platform/wsis-stocktaking> .
"""
QUESTION = f"""{{
  goal(id: "http://metadata.un.org/sdg/2") {{
    actionLineLinks {{ nodes {{ name actionLine {{ code subLineOf {{ code }} }} }} }}
  }}
  platform(id: "{BASE}id/platform/wsis-stocktaking") {{
    registeredProjects {{ nodes {{ name actionLines {{ nodes {{ name }} }} }} }}
  }}
}}"""


@pytest.fixture(scope="module")
def answers(
    tmp_path_factory: pytest.TempPathFactory, engine: Engine
) -> tuple[object, object]:
    """What the question is answered before the file is loaded, and after."""
    root = tmp_path_factory.mktemp("registers")
    versions, limits = Versions(root / "data"), Limits(seconds=60)
    seed(versions, base_iri=BASE, limits=limits)
    before = ask(versions, engine)
    load(
        versions,
        [write(root, "entries.ttl", ENTRIES)],
        base_iri=BASE,
        author="tests",
        message="a cell and a project",
        limits=limits,
    )
    return before, ask(versions, engine)


def ask(versions: Versions, engine: Engine) -> object:
    current = versions.current()
    assert current is not None
    store = pyoxigraph.Store.read_only(str(versions.path(current.number)))
    result = engine.execute(Operation(QUESTION), EmbeddedStore(store))
    return orjson.loads(orjson.dumps(result.body()))


def test_both_are_empty_at_first(answers: tuple[object, object]) -> None:
    assert answers[0] == {
        "data": {
            "goal": {"actionLineLinks": {"nodes": []}},
            "platform": {"registeredProjects": {"nodes": []}},
        }
    }


def test_a_file_fills_them(answers: tuple[object, object]) -> None:
    line = {"code": "C7-e-agr", "subLineOf": {"code": "C7"}}
    project = {
        "name": "Weather by telephone",
        "actionLines": {"nodes": [{"name": "E-agriculture"}]},
    }
    cell = {"name": "E-agriculture for goal 2", "actionLine": line}
    assert answers[1] == {
        "data": {
            "goal": {"actionLineLinks": {"nodes": [cell]}},
            "platform": {"registeredProjects": {"nodes": [project]}},
        }
    }
