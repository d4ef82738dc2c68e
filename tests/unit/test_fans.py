"""How pages are sorted: to how many nodes a property leads, and where the store is."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from ssc_kg.engine.operation import Operation
from ssc_kg.engine.trace import Level
from ssc_kg.mapping.model import LinkField
from ssc_kg.rdf.vocab import RDF
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.order.fans import FEW
from ssc_kg.store.order.file import make_index, stamp, update_index
from ssc_kg.store.order.index import OrderIndex
from tests.library import NAMESPACE, library, term
from tests.stores import keeping

LIBRARY = library()
MANY = 14
"""The works of the author who has most, and the authors of the work that has most."""
AUTHORS = LinkField("authors", term("author"), "Author", many=True)
WORKS = LinkField("works", term("author"), "Work", inverse=True, many=True)
LISTED = """{ totalCount nodes { id __typename }
  edges { cursor evidence { nodes { words } } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"""


def shelf() -> Iterator[Quad]:
    """Yield an author of many works, one of which has many authors.

    One work is a book and a film, and one has an author without an IRI.
    """
    for number in range(MANY):
        work, author = term(f"work{number:02}"), term(f"author{number:02}")
        yield Quad(work, RDF.type, term("Film" if number % 3 == 0 else "Book"))
        yield Quad(work, term("title"), Literal(f"T{number * 7 % MANY}"))
        yield Quad(work, term("label"), Literal("label"))
        yield Quad(work, term("minutes"), Literal(90))
        yield Quad(author, RDF.type, term("Author"))
        yield Quad(author, term("name"), Literal(f"A{number * 5 % MANY}"))
        yield Quad(work, term("author"), term("author00"))
        yield Quad(term("work00"), term("author"), author)
        note = term(f"note{number:02}")
        yield Quad(note, RDF.type, term("Note"))
        yield Quad(note, term("words"), Literal(f"note {number}"))
        yield Quad(note, term("from"), work)
        yield Quad(note, term("by"), term("author"))
        yield Quad(note, term("to"), term("author00"))
    yield Quad(term("work03"), RDF.type, term("Book"))
    yield Quad(nobody := BlankNode(), RDF.type, term("Author"))
    yield Quad(term("work01"), term("author"), nobody)


def filled(quads: Iterable[Quad]) -> EmbeddedStore:
    store = pyoxigraph.Store()
    store.extend(quads)
    return EmbeddedStore(store)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lists"


@pytest.fixture
def kept(path: Path) -> EmbeddedStore:
    return keeping(filled(shelf()), path)


@pytest.mark.parametrize(
    ("link", "limit", "parents", "expected"),
    [
        pytest.param(WORKS, MANY, ["author00"], True, id="as many as there are"),
        pytest.param(WORKS, MANY - 1, ["author00"], False, id="one too many"),
        pytest.param(AUTHORS, MANY, ["work00"], True, id="forwards"),
        pytest.param(AUTHORS, MANY - 1, ["work00"], False, id="too many forwards"),
        pytest.param(WORKS, FEW, ["author01", "author02"], True, id="few each"),
        pytest.param(WORKS, FEW, ["author01", "author00"], False, id="many of one"),
        pytest.param(AUTHORS, FEW, ["author00"], True, id="many the other way"),
        pytest.param(WORKS, FEW - 1, ["author01"], False, id="not known"),
        pytest.param(WORKS, FEW, ["nowhere"], True, id="none"),
        pytest.param(
            LinkField("types", RDF.type, "Class"), FEW, ["work00"], False, id="classes"
        ),
        pytest.param(
            LinkField("all", term("author"), "Author", closure=(term("author"),)),
            MANY,
            ["work00"],
            False,
            id="a closure",
        ),
    ],
)
def test_a_page_has_room_for_as_many_as_a_link_leads_to(
    link: LinkField,
    limit: int,
    parents: Sequence[str],
    expected: bool,  # noqa: FBT001  (of a table)
    kept: EmbeddedStore,
) -> None:
    assert kept.lists is not None
    assert kept.lists.has_room(limit, link, [*map(term, parents)]) is expected


HUB = st.integers(0, 2 * FEW)
SIZES = st.fixed_dictionaries(
    {(name, inverse): HUB for name in ("author", "editor") for inverse in (0, 1)}
)


def hubs(sizes: dict[tuple[str, int], int]) -> Iterator[Quad]:
    """Yield links from, or to, a node of each way, and values that are no links."""
    for (name, inverse), size in sizes.items():
        hub = term(f"hub-{name}-{inverse}")
        for number in range(size):
            other = term(f"other{number}")
            subject, object_ = (other, hub) if inverse else (hub, other)
            yield Quad(subject, term(name), object_)
            yield Quad(other, term("label"), Literal("the same"))
            yield Quad(subject, term(name), object_, term("graph"))


@settings(deadline=None)
@given(SIZES, SIZES)
def test_updated_fans_are_those_made_anew(
    before: dict[tuple[str, int], int], now: dict[tuple[str, int], int]
) -> None:
    with TemporaryDirectory() as name:
        directory = Path(name)
        start, end = {*hubs(before)}, {*hubs(now)}
        make_index(directory / "parent", filled(start), ())
        store = filled(end)
        update_index(
            directory / "updated",
            directory / "parent",
            store,
            (),
            added=end - start,
            removed=start - end,
        )
        expected = {
            (term(way).value, inverse, term(f"hub-{way}-{inverse}").value, size)
            for (way, inverse), size in now.items()
            if size > FEW
        }
        make_index(directory / "anew", store, ())
        assert rows(directory / "anew") == expected
        assert rows(directory / "updated") == expected


def rows(path: Path) -> set[tuple[str, int, str, int]]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            *connection.execute(
                "SELECT property, inverse, iri, size FROM fan JOIN way ON way = id"
            )
        }


def walk(
    field: str, size: int, order: str, store: EmbeddedStore
) -> Iterator[tuple[object, Level]]:
    """Yield the pages of a list below all things of a kind, from both ends.

    The next page of all begins where that of the first of them ends.
    """
    root, name = field.split(".")
    for end, stop, more, edge in (
        ("first", "after", "hasNextPage", "endCursor"),
        ("last", "before", "hasPreviousPage", "startCursor"),
    ):
        place: str | None = ""
        while place is not None:
            arguments = f"{end}: {size} {place} {order}"
            query = f"{{ {root} {{ nodes {{ id {name}({arguments}) {LISTED} }} }} }}"
            result = LIBRARY.execute(Operation(query), store)
            assert not result.errors
            found: list[dict[str, dict[str, dict[str, object]]]]
            found = result.data[root]["nodes"]  # type: ignore[index, call-overload, assignment]  # JSON
            yield found, result.levels[-2]
            info = found[0][name]["pageInfo"]
            place = f'{stop}: "{info[edge]}"' if info[more] else None


@pytest.mark.parametrize("size", [1, FEW - 1, FEW, MANY - 1, MANY, 50])
@pytest.mark.parametrize(
    ("field", "order"),
    [
        ("authors.works", ""),
        ("authors.works", "orderBy: [{title: DESC}]"),
        ("authors.works", "orderBy: [{label: ASC_NULLS_FIRST}, {id: DESC}]"),
        ("authors.works", 'where: {title: {ne: "T7"}}'),
        ("works.authors", ""),
        ("works.authors", "orderBy: [{name: DESC}]"),
        ("works.authors", 'where: {works: {some: {label: {eq: "label"}}}}'),
    ],
)
def test_pages_are_those_that_the_engine_sorts(
    field: str, size: int, order: str, kept: EmbeddedStore
) -> None:
    plain = EmbeddedStore(kept._store)  # noqa: SLF001  (the same, without its lists)
    pages, expected = ([*walk(field, size, order, store)] for store in (kept, plain))
    assert [page for page, _ in pages] == [page for page, _ in expected]
    assert all("LIMIT" in level.sparql for _, level in pages)
    assert all(_sorts(level) for _, level in expected)
    # The page that is asked for is one longer, to see whether there is a next one.
    assert all(_sorts(level) == (size + 1 < MANY) for _, level in pages)


def _sorts(level: Level) -> bool:
    """Return whether a level's query sorts nodes, and not only the texts of one."""
    return any(
        line.split()[-1] in {"?node", "DESC(?node)", "?place", "DESC(?place)"}
        for line in level.sparql.splitlines()
        if "ORDER BY" in line
    )


@pytest.mark.parametrize("arguments", ["first: 3", "last: 3", "last: 3, where: {}"])
def test_a_store_on_disk_sorts_copies_of_iris(arguments: str, tmp_path: Path) -> None:
    made = pyoxigraph.Store(str(tmp_path / "store"))
    made.extend(shelf())
    made.flush()
    on_disk = EmbeddedStore.open(tmp_path / "store")
    in_memory = on_disk.copy()
    assert in_memory is not None
    operation = Operation(
        f"{{ authors {{ nodes {{ works({arguments}) {LISTED} }} }} }}"
    )
    asked, copied = (LIBRARY.execute(operation, each) for each in (on_disk, in_memory))
    assert asked.data is not None
    assert asked.data == copied.data
    for result, is_copied in ((asked, True), (copied, False)):
        below = result.levels[1].sparql
        assert ('BIND(CONCAT(" ", STR(?node)) AS ?place)' in below) is is_copied
        assert ("?place" in below) is is_copied


def test_as_many_rows_are_read_as_before(kept: EmbeddedStore) -> None:
    plain = EmbeddedStore(kept._store)  # noqa: SLF001  (the same, without its lists)
    query = f"""{{ works {{ nodes {{ authors(first: {MANY}) {{ nodes {{ id }} }}
                others: authors(first: 2) {{ nodes {{ id }} }} }} }} }}"""
    for store in (kept, plain):
        below = LIBRARY.execute(Operation(query), store).levels[-1]
        # All and two of work00; one of each other, twice; twice the one without an IRI.
        assert below.rows == (MANY + 2) + 2 * (MANY - 1) + 2


def test_a_version_of_the_layout_before_is_read_without_them(
    path: Path, tmp_path: Path
) -> None:
    store = filled(shelf())
    kept = keeping(store, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript("DROP TABLE way; DROP TABLE fan;")
        connection.execute("UPDATE stamp SET text = ?", (stamp((), layout=2),))
    older = OrderIndex.open(path, ())
    assert older is not None
    assert older.size([term("Author")]) == MANY
    assert not older.has_room(MANY, WORKS, [term("author00")])
    update_index(tmp_path / "next", path, kept, (), added=[], removed=[])
    newer = OrderIndex.open(tmp_path / "next", ())
    assert newer is not None
    assert newer.has_room(MANY, WORKS, [term("author00")])


def test_what_a_large_change_touches_is_counted_in_several_queries(
    tmp_path: Path,
) -> None:
    make_index(tmp_path / "parent", filled([]), ())
    hub, number = term("hub"), 2_500
    quads = [
        Quad(NamedNode(f"{NAMESPACE}n{each}"), term("author"), hub)
        for each in range(number)
    ]
    store = filled(quads)
    path = tmp_path / "updated"
    update_index(path, tmp_path / "parent", store, (), added=quads, removed=[])
    assert rows(path) == {(term("author").value, 1, hub.value, number)}
