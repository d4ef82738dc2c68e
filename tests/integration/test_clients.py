"""The compilers of stock clients read the schema, and what they make of it holds.

They come from npm, so this runs only with `--clients`.
"""

from pathlib import Path

from tests.npm import run

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
