"""Which levels are run apart: those that may take longer than a moment."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from ssc_kg.engine import work
from ssc_kg.engine.operation import Operation
from ssc_kg.mapping.model import LinkField
from ssc_kg.rdf.vocab import RDF
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.order.fans import FEW
from ssc_kg.store.protocol import CellTable
from tests.library import library, term
from tests.stores import keeping

LIBRARY = library()
BOOKS, SHELVED = 40, 20
"""All books, and those of the author who has most."""
MOMENT = 100


class Recording(EmbeddedStore):
    """A store that remembers what it is asked to run apart."""

    asked = 0
    apart = 0

    def select_cells(self, query: str) -> CellTable:
        self.asked += 1
        return super().select_cells(query)

    def select_apart(self, query: str) -> CellTable:
        self.apart += 1
        return super().select_cells(query)


def shelf() -> Iterator[Quad]:
    """Yield books, of which half are by one author and the others have one each."""
    for number in range(BOOKS):
        book, author = term(f"book{number:02}"), term(f"author{number:02}")
        if number < SHELVED:
            author = term("author00")
        yield Quad(book, RDF.type, term("Book"))
        yield Quad(book, term("title"), Literal(f"T{number}"))
        yield Quad(book, term("pages"), Literal(number))
        yield Quad(book, term("author"), author)
        yield Quad(author, RDF.type, term("Author"))
        yield Quad(author, term("name"), Literal("A"))
        yield Quad(author, term("motto"), Literal("M"))


@pytest.fixture
def plain() -> EmbeddedStore:
    store = pyoxigraph.Store()
    store.extend(shelf())
    return EmbeddedStore(store)


def recording(store: EmbeddedStore, *, keeps_lists: bool, path: Path) -> Recording:
    kept = keeping(store, path) if keeps_lists else store
    return Recording(kept._store, lists=kept.lists)  # noqa: SLF001  (of its base)


def author(number: int) -> str:
    return f'author(id: "{term(f"author{number:02}").value}")'


@pytest.mark.parametrize(
    ("query", "apart"),
    [
        pytest.param("{ books { nodes { id title } } }", 0, id="a kept page"),
        pytest.param("{ books { totalCount } }", 0, id="a kept count"),
        pytest.param(
            "{ books(first: 1, where: {}) { nodes { id } } }", 0, id="no test"
        ),
        pytest.param(
            "{ books(first: 1, orderBy: [{pages_: ASC}]) { nodes { id } } }",
            0,
            id="an order: 80 patterns",
        ),
        pytest.param(
            "{ books(first: 1, where: {pages_: {gt: 1}}) { nodes { id } } }",
            1,
            id="a value and its test: 120",
        ),
        pytest.param(
            "{ books(where: {authors: {some: {}}}) { totalCount } }",
            1,
            id="a link of each",
        ),
        pytest.param(
            "{ booksAggregate(groupBy: [{title: ASC}]) { count } }",
            0,
            id="groups by a value: 80",
        ),
        pytest.param(
            "{ booksAggregate(groupBy: [{title: ASC}]) { pages_ { sum } } }",
            1,
            id="their sums: 120",
        ),
        pytest.param(
            f"{{ {author(0)} {{ works(first: 1) {{ nodes {{ title }} }} }} }}",
            0,
            id="the works of one",
        ),
        pytest.param(
            f"{{ {author(0)} {{ works(first: 1, where: {{title: {{contains: 1}}}})"
            " { totalCount } } }".replace("contains: 1", 'contains: "1"'),
            0,
            id="some of the works of one: 90",
        ),
        pytest.param(
            "{ authors(first: 9) { nodes { works(where: {title: {contains:"
            ' "1"}}) { totalCount } } } }',
            1,
            id="some of the works of nine",
        ),
        pytest.param(
            f"{{ {author(0)} {{ involvedIn {{ totalCount }} }} }}",
            0,
            id="what a closure may lead to: 40",
        ),
        pytest.param(
            "{ authors(first: 3) { nodes { involvedIn { totalCount } } } }",
            1,
            id="what three may lead to",
        ),
    ],
)
def test_what_takes_longer_than_a_moment_is_run_apart(
    query: str,
    apart: int,
    plain: EmbeddedStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(work, "MOMENT", MOMENT)
    store = recording(plain, keeps_lists=True, path=tmp_path / "lists")
    answered = LIBRARY.execute(Operation(query), store)
    assert answered.body() == LIBRARY.execute(Operation(query), plain).body()
    assert store.apart == apart


def test_nothing_is_run_apart_in_a_moment(plain: EmbeddedStore, tmp_path: Path) -> None:
    store = recording(plain, keeps_lists=True, path=tmp_path / "lists")
    query = "{ books(where: {authors: {some: {name: {eq: 1}}}}) { totalCount } }"
    LIBRARY.execute(Operation(query.replace("eq: 1", 'eq: "A"')), store)
    assert (store.asked, store.apart) == (1, 0)


def test_without_lists_a_whole_class_is_run_apart(
    plain: EmbeddedStore, tmp_path: Path
) -> None:
    store = recording(plain, keeps_lists=False, path=tmp_path)
    LIBRARY.execute(Operation("{ books(first: 1) { nodes { title } } }"), store)
    assert (store.asked, store.apart) == (0, 1)


@pytest.mark.parametrize(
    ("parents", "most"),
    [
        pytest.param([], 0, id="none"),
        pytest.param([0], SHELVED + FEW, id="one with more than a few"),
        pytest.param([30], FEW, id="one with a few"),
        pytest.param([0, 30, 31, 99], SHELVED + 4 * FEW, id="some, also unknown ones"),
    ],
)
def test_how_far_a_link_reaches(
    parents: list[int], most: int, plain: EmbeddedStore, tmp_path: Path
) -> None:
    lists = keeping(plain, tmp_path / "lists").lists
    assert lists is not None
    link = LinkField("works", term("author"), "Work", inverse=True, many=True)
    iris = [NamedNode(term(f"author{number:02}").value) for number in parents]
    assert lists.reach(link, iris) == most
