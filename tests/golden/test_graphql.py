"""Every directory below graphql/ is a case: operation, plan, SPARQL and answer.

The header of the operation says how many queries it may take, and the languages that a
client prefers.
"""

import re
from pathlib import Path

import orjson
import pytest

from ssc_kg.engine.engine import Engine
from ssc_kg.engine.operation import Operation, Result
from ssc_kg.rdf.languages import Languages, read_languages
from ssc_kg.store.protocol import Store
from tests.conftest import GoldenFile
from tests.outline import outline_plan
from tests.stages import plan_of

_LEVELS = re.compile(r"^# levels: (\d+)$", re.MULTILINE)
_LANGUAGES = re.compile(r"^# languages: (.+)$", re.MULTILINE)
CASES = sorted((Path(__file__).parent / "graphql").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_compiles_to(
    case: Path, golden: GoldenFile, engine: Engine, seed_store: Store
) -> None:
    text = (case / "query.graphql").read_text()
    variables = _variables(case)
    operation = Operation(text, variables, languages=_languages(text))
    result = engine.execute(operation, seed_store)
    golden(case / "plan.txt", outline_plan(plan_of(engine, text, variables)))
    golden(case / "levels.rq", _levels(result))
    golden(case / "result.json", _json(result))
    expected = _LEVELS.search(text)
    assert expected is not None, "the header says how many levels there are"
    assert len(result.levels) == int(expected[1])


def _languages(text: str) -> Languages:
    found = _LANGUAGES.search(text)
    return read_languages(found[1]) if found else ()


def _variables(case: Path) -> dict[str, object]:
    path = case / "variables.json"
    variables: dict[str, object] = (
        orjson.loads(path.read_bytes()) if path.exists() else {}
    )
    return variables


def _levels(result: Result) -> str:
    return "\n".join(
        f"# level {number} of {len(result.levels)}, by {level.how.value}, "
        f"rows: {level.rows}\n{level.asked}"
        for number, level in enumerate(result.levels, start=1)
    )


def _json(result: Result) -> str:
    return orjson.dumps(result.body(), option=orjson.OPT_INDENT_2).decode() + "\n"
