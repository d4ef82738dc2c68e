"""docs/vocabulary.md: each query has the rows below it, and counts what is told."""

import re
from itertools import pairwise
from pathlib import Path

import pyoxigraph
import pytest

import ssc_kg
from tests.conftest import Server
from tests.docs.blocks import Block, read_blocks

PAGE = Path(__file__).parents[2] / "docs" / "vocabulary.md"
QUERIES = [
    pytest.param(query.text, rows, id=f"query {number}")
    for number, (query, rows) in enumerate(pairwise(read_blocks(PAGE)), start=1)
    if query.label == "sparql"
]
OF_THE_TABLE = re.compile(r"^\| (`(?:ssc|org):.+?) \|", re.MULTILINE)


def test_each_query_is_followed_by_rows() -> None:
    labels = [block.label for block in read_blocks(PAGE)]
    assert labels == ["sparql", "csv"] * 4


@pytest.mark.parametrize(("query", "rows"), QUERIES)
def test_a_query_has_the_rows_that_follow(
    query: str, rows: Block, server: Server
) -> None:
    with ssc_kg.open(server.data_dir) as graph:
        printed = graph.sparql(query).serialize("csv").replace("\r\n", "\n")
    assert printed == rows.text


def test_the_table_has_the_properties_that_are_counted() -> None:
    cells = " ".join(OF_THE_TABLE.findall(PAGE.read_text()))
    told = set(re.findall(r"`((?:ssc|org):\w+)`", cells))
    counted = re.search(r"VALUES \?property \{(.+?)\}", PAGE.read_text(), re.DOTALL)
    assert counted is not None
    assert told == set(counted[1].split())


def test_only_the_most_exact_class_is_stated(seeds: pyoxigraph.Store) -> None:
    ask = "PREFIX ssc: <https://w3id.org/ssc-kg/ontology#> ASK { ?one a ssc:Agreement }"
    assert not seeds.query(ask)
