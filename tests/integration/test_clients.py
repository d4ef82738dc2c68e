"""The compilers of stock clients read the schema, and what they make of it holds.

They come from npm, 240 MB of them, so this runs only with `--clients`.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from ssc_kg.resources import ROOT

CLIENTS = Path(__file__).parents[1] / "clients"
# The types that a page of the operation is expected to get: what may be null, and what
# may not.
EXPECTED = """
import type { AgreementsQuery, AgreementsQueryVariables } from "./types.js";

export const variables: AgreementsQueryVariables = { goal: "11" };
export function read({ agreements, search }: AgreementsQuery): string[] {
  const cursor: string | null = agreements.pageInfo.endCursor;
  const total: number = agreements.totalCount;
  return [
    `${total} until ${cursor ?? "the end"}`,
    ...agreements.edges.map((edge): string => edge.node.name),
    ...search.edges.map(({ node: it }) => it.__typename === "Goal" ? it.code : it.id),
  ];
}
"""


@pytest.fixture(scope="module")
def workshop(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Path:
    """A directory with the compilers, the schema and what is written for them."""
    if not request.config.getoption("--clients"):
        pytest.skip("asked for by --clients")
    directory = tmp_path_factory.mktemp("clients")
    shutil.copytree(CLIENTS, directory, dirs_exist_ok=True)
    shutil.copy(ROOT / "schema.graphql", directory)
    run(directory, "npm", "ci", "--ignore-scripts")
    return directory


def run(directory: Path, *command: str) -> str:
    done = subprocess.run(
        command, cwd=directory, capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_relay_compiles_pages_and_their_next_pages(workshop: Path) -> None:
    run(workshop, "npx", "relay-compiler")
    made = {path.name for path in (workshop / "src" / "__generated__").iterdir()}
    assert made == {
        f"{name}.graphql.ts" for name in ("CityQuery", "CityNextPage", "City_values")
    }


def test_an_operation_gets_its_types(workshop: Path) -> None:
    run(workshop, "npx", "graphql-codegen", "--config", "codegen.yml")
    (workshop / "src" / "page.ts").write_text(EXPECTED)
    options = ("--strict", "--noEmit", "--module", "nodenext", "--target", "es2022")
    run(workshop, "npx", "tsc", *options, "src/page.ts")
