"""schema.graphql is what the program prints."""

from pathlib import Path

from graphql import build_schema, find_breaking_changes

from ssc_kg.engine.engine import Engine

SCHEMA = Path(__file__).parents[2] / "schema.graphql"


def test_the_printed_schema_is_current(engine: Engine) -> None:
    changes = find_breaking_changes(
        build_schema(SCHEMA.read_text()), engine.graphql_schema
    )
    assert changes == [], "name these in CHANGELOG.md, and run `make schema`"
    assert SCHEMA.read_text() == f"{engine.schema.as_str()}\n", "run `make schema`"
