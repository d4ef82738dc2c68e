"""ARCHITECTURE.md shows what the compiler really makes of its query."""

import re
import tomllib
from pathlib import Path

import orjson

from ssc_kg.engine.engine import Engine
from ssc_kg.engine.operation import Operation
from ssc_kg.store.protocol import Store
from tests.docs.blocks import only, read_blocks
from tests.outline import outline_plan, outline_selections
from tests.stages import plan_of, read_selections

ROOT = Path(__file__).parents[2]
BLOCKS = read_blocks(ROOT / "ARCHITECTURE.md")
QUERY = only(BLOCKS, "graphql")


def test_the_selection_is_as_shown(engine: Engine) -> None:
    selections = read_selections(engine, QUERY, {})
    assert outline_selections(selections) == only(BLOCKS, "text selection")


def test_the_plan_is_as_shown(engine: Engine) -> None:
    assert outline_plan(plan_of(engine, QUERY, {})) == only(BLOCKS, "text plan")


def test_the_query_of_the_second_level_is_as_shown(
    engine: Engine, seed_store: Store
) -> None:
    result = engine.execute(Operation(QUERY), seed_store)
    assert result.levels[1].sparql == only(BLOCKS, "sparql level 2")


def test_the_answer_is_as_shown(engine: Engine, seed_store: Store) -> None:
    result = engine.execute(Operation(QUERY), seed_store)
    assert result.body() == orjson.loads(only(BLOCKS, "json answer"))


def test_the_layers_are_those_of_the_contract() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())
    [layers] = [
        one["layers"]
        for one in contract["tool"]["importlinter"]["contracts"]
        if one["type"] == "layers"
    ]
    shown = re.findall(r"^\| (`.*?`) \| ", (ROOT / "ARCHITECTURE.md").read_text(), re.M)
    documented = [name for row in shown for name in re.findall(r"`(.*?)`", row)]
    assert documented == [name for row in layers for name in row.split(" | ")]
