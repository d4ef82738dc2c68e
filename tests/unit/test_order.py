"""Lists that a version keeps sorted, against the same lists sorted by the engine."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from ssc_kg.compiler.json import JsonObject
from ssc_kg.compiler.values import shown_text
from ssc_kg.engine.operation import Operation, Result
from ssc_kg.engine.trace import How
from ssc_kg.errors import StoreError
from ssc_kg.mapping.model import Scalar
from ssc_kg.mapping.orders import SortKey
from ssc_kg.rdf.languages import accept_languages
from ssc_kg.rdf.vocab import RDF
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.order.file import is_index, make_index, update_index
from ssc_kg.store.order.index import OrderIndex
from ssc_kg.store.protocol import Store
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.sqlite import connect
from ssc_kg.store.versions import Versions
from tests.datasets import publish
from tests.library import NAMESPACE, library, term
from tests.stores import keeping

LIBRARY = library()
KEYS = (
    SortKey(term("title"), Scalar.TEXT, shown_text),
    SortKey(term("label"), Scalar.TEXT, shown_text),
)
LISTED = """{ totalCount nodes { id __typename } edges { cursor }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"""
ORDERS = [
    "",
    "orderBy: [{title: ASC}]",
    "orderBy: [{title: DESC}]",
    "orderBy: [{title: ASC_NULLS_FIRST}]",
    "orderBy: [{title: DESC_NULLS_FIRST}]",
    "orderBy: [{label: DESC}]",
]
TEXT = st.sampled_from(["", "a", "B", "\u00e9", "\U0001f600", "a\u0000b", "a'b"])
TITLE = st.one_of(
    TEXT.map(Literal),
    st.builds(
        lambda text, tag: Literal(text, language=tag),
        TEXT,
        st.sampled_from(["en", "de"]),
    ),
)
NODE = st.sampled_from([term(letter) for letter in "abcdefgh"])
STATEMENT = st.one_of(
    st.builds(
        Quad, NODE, st.just(RDF.type), st.sampled_from([term("Book"), term("Film")])
    ),
    st.builds(Quad, NODE, st.sampled_from([term("title"), term("pages")]), TITLE),
)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path


def filled(quads: Iterable[Quad]) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.extend(quads)
    return store


def kept(store: pyoxigraph.Store, path: Path) -> EmbeddedStore:
    """Return the store with its sorted lists."""
    return keeping(EmbeddedStore(store), path, KEYS)


def ask(root: str, arguments: str, store: Store, languages: str = "") -> Result:
    given_ = f"({arguments})" if arguments else ""
    query = f"{{ {root}{given_} {LISTED} }}"
    operation = Operation(query, languages=accept_languages(languages))
    return LIBRARY.execute(operation, store)


def page(result: Result, root: str) -> JsonObject:
    assert result.data is not None, result.errors
    found = result.data[root]
    assert isinstance(found, dict)
    return found


def walk(
    root: str, order: str, size: int, store: EmbeddedStore, languages: str = ""
) -> Iterator[JsonObject]:
    """Yield the pages of a list, forwards and then backwards."""
    for end, stop, more, edge in (
        ("first", "after", "hasNextPage", "endCursor"),
        ("last", "before", "hasPreviousPage", "startCursor"),
    ):
        place: str | None = ""
        while place is not None:
            arguments = f"{end}: {size} {place} {order}"
            found = page(ask(root, arguments, store, languages), root)
            yield found
            info = found["pageInfo"]
            assert isinstance(info, dict)
            place = f'{stop}: "{info[edge]}"' if info[more] else None


@settings(deadline=None, max_examples=30)
@given(
    st.lists(STATEMENT, max_size=30),
    st.integers(1, 4),
    st.sampled_from(["", "en-US, en;q=0.9", "de, en;q=0.5", "en;q=0", "*", "fr-CA"]),
)
def test_pages_are_those_of_a_store_without_lists(
    quads: list[Quad], size: int, languages: str
) -> None:
    with TemporaryDirectory() as directory:
        plain = filled(quads)
        store = kept(plain, Path(directory) / "lists")
        for root in ("books", "works"):
            for order in ORDERS:
                expected = [*walk(root, order, size, EmbeddedStore(plain), languages)]
                assert [*walk(root, order, size, store, languages)] == expected


@settings(deadline=None)
@given(
    st.lists(STATEMENT, max_size=20),
    st.lists(STATEMENT, max_size=8),
    st.lists(STATEMENT, max_size=8),
)
def test_an_updated_index_is_one_made_anew(
    before: list[Quad], more: list[Quad], less: list[Quad]
) -> None:
    with TemporaryDirectory() as name:
        directory = Path(name)
        start, end = set(before), (set(before) | set(more)) - set(less)
        make_index(directory / "parent", EmbeddedStore(filled(start)), KEYS)
        store = EmbeddedStore(filled(end))
        update_index(
            directory / "updated",
            directory / "parent",
            store,
            KEYS,
            added=end - start,
            removed=start - end,
        )
        make_index(directory / "anew", store, KEYS)
        updated, anew = rows(directory / "updated"), rows(directory / "anew")
        # A list without values any more may stay; it is in the order of the IRIs.
        assert anew <= updated
        assert all(value == "" for _, _, value, _ in updated - anew)
        assert tags(directory / "updated") == tags(directory / "anew")


def rows(path: Path) -> set[tuple[str, int, str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT class, key, value, iri FROM place JOIN list ON list = id"
        shared = connection.execute("SELECT class, -2, '', iri FROM shared")
        return {*connection.execute(query), *shared}


def tags(path: Path) -> set[tuple[str, int, str, int]]:
    with closing(sqlite3.connect(path)) as connection:
        query = """SELECT class, key, tag, number FROM language JOIN list ON list = id
                   WHERE number != 0"""
        return {*connection.execute(query)}


@pytest.mark.parametrize(
    ("languages", "titles", "how"),
    [
        pytest.param(
            "en-US, en;q=0.9", '"A"@en, "B"@de, "C"', How.LIST, id="a browser's"
        ),
        pytest.param(
            "fr, en;q=0.5", '"A"@en, "B"@de', How.LIST, id="none that is there"
        ),
        pytest.param("de", '"A"@de', How.LIST, id="the only one there"),
        pytest.param(
            "de, en;q=0.5", '"A"@en, "B"@de', How.QUERY, id="another is shown"
        ),
        pytest.param("de;q=0", '"A"@en, "B"@de', How.QUERY, id="one may be hidden"),
        pytest.param("fr, de;q=0", '"A"@en', How.LIST, id="one that is not there"),
        pytest.param("*", '"A"@en, "B"@de, "C"', How.LIST, id="any"),
    ],
)
def test_a_list_is_looked_up_in_languages_that_make_no_difference(
    languages: str, titles: str, how: How, directory: Path
) -> None:
    turtle = f"""@prefix : <{NAMESPACE}> . :a a :Book ; :title {titles} .
                 :f a :Film ; :title "Zoo"@fr, "Zoo"@en ."""
    plain = pyoxigraph.Store()
    plain.load(turtle, format=RdfFormat.TURTLE)
    order = "orderBy: [{title: ASC}]"
    result = ask("books", order, kept(plain, directory / "lists"), languages)
    assert result.data == ask("books", order, EmbeddedStore(plain), languages).data
    assert result.levels[0].how is how


def test_a_whole_page_and_its_number_ask_the_store_for_nothing_sorted(
    directory: Path,
) -> None:
    quads = [Quad(term(f"b{n:02}"), RDF.type, term("Book")) for n in range(30)]
    store = kept(filled(quads), directory / "lists")
    result = ask("books", "first: 3, orderBy: [{title: DESC}]", store)
    assert all("ORDER BY" not in level.sparql for level in result.levels)
    counted = LIBRARY.execute(Operation("{ books { totalCount } }"), store)
    assert counted.data == {"books": {"totalCount": 30}}
    assert [level.kept for level in counted.levels] == ["Book by id ASC"]
    grouped = LIBRARY.execute(Operation("{ booksAggregate { count } }"), store)
    assert grouped.data == {"booksAggregate": [{"count": 30}]}
    assert [level.kept for level in grouped.levels] == ["Book by id ASC"]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("end", ["first", "last"])
def test_a_page_of_many_takes_no_more_steps_than_one_of_few(
    end: str, order: str, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    def connect_counting(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.set_progress_handler(count, 1)
        return connection

    def steps_among(number: int) -> int:
        nonlocal steps
        books = (term(f"b{each:04}") for each in range(number))
        quads = [
            quad
            for each, book in enumerate(books)
            for quad in (
                Quad(book, RDF.type, term("Book")),
                Quad(book, term("title"), Literal(str(each))),
            )[: 1 + each % 2]
        ]
        store = kept(filled(quads), directory / f"{number}")
        steps = 0
        ask("books", f"{end}: 5, {order}", store)
        return steps

    monkeypatch.setattr("ssc_kg.store.sqlite.connect", connect_counting)
    few = steps_among(20)
    assert few > 0
    assert steps_among(2_000) < 1.5 * few


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param("orderBy: [{price: ASC}]", id="another property"),
        pytest.param("orderBy: [{title: ASC}, {price: ASC}]", id="two keys"),
        pytest.param("orderBy: [{editor: {name: ASC}}]", id="along a link"),
        pytest.param("where: {title: {isNull: false}}", id="filtered"),
    ],
)
def test_other_orders_are_sorted_when_they_are_asked_for(
    arguments: str, directory: Path
) -> None:
    quads = [
        Quad(term("b"), RDF.type, term("Book")),
        Quad(term("b"), term("title"), Literal("B")),
    ]
    plain = filled(quads)
    store = kept(plain, directory / "lists")
    result = ask("books", arguments, store)
    assert result.data == ask("books", arguments, EmbeddedStore(plain)).data
    assert "ORDER BY" in result.levels[0].sparql


@pytest.mark.parametrize(
    ("aggregation", "group"),
    [
        pytest.param("(groupBy: [{id: ASC}]) { count }", {"count": 1}, id="grouped"),
        pytest.param("{ title { max } }", {"title": {"max": "B"}}, id="measured"),
        pytest.param(
            "(having: {title: {count: {eq: 1}}}) { count }", {"count": 1}, id="having"
        ),
        pytest.param(
            '(where: {title: {eq: "B"}}) { count }', {"count": 1}, id="filtered"
        ),
    ],
)
def test_groups_are_asked_of_the_store(
    aggregation: str, group: JsonObject, directory: Path
) -> None:
    quads = [
        Quad(term("b"), RDF.type, term("Book")),
        Quad(term("b"), term("title"), Literal("B")),
    ]
    store = kept(filled(quads), directory / "lists")
    result = LIBRARY.execute(Operation(f"{{ booksAggregate{aggregation} }}"), store)
    assert result.data == {"booksAggregate": [group]}
    assert [level.kept for level in result.levels] == [""]


def test_an_index_of_other_keys_is_as_good_as_none(directory: Path) -> None:
    path = directory / "lists"
    assert OrderIndex.open(path, KEYS) is None
    make_index(path, EmbeddedStore(pyoxigraph.Store()), KEYS[:1])
    assert not is_index(path, KEYS)
    path.write_bytes(b"no database")
    assert OrderIndex.open(path, KEYS) is None


def test_a_damaged_index_is_an_error_and_is_made_anew_by_the_next_change(
    directory: Path,
) -> None:
    path, book = directory / "lists", Quad(term("b"), RDF.type, term("Book"))
    store = kept(filled([book]), path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE place")
        connection.commit()
    with pytest.raises(StoreError, match="the sorted lists could not answer"):
        ask("books", "", store)
    update_index(directory / "next", path, store, KEYS, added=[book], removed=[])
    assert rows(directory / "next") == {(NAMESPACE + "Book", -1, "", NAMESPACE + "b")}


def test_each_version_is_published_with_its_own_lists(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    books = [Quad(term(letter), RDF.type, term("Book")) for letter in "ab"]
    publish(versions, books[0], sort_keys=KEYS)
    publish(versions, books[1], removed=[books[0]], sort_keys=KEYS)
    publish(versions, Quad(term("c"), RDF.type, term("Book")))
    with Snapshots(versions, sort_keys=KEYS) as snapshots:
        for number, letter in ((1, "a"), (2, "b")):
            store = snapshots.open(number).store
            nodes = page(ask("books", "", store), "books")["nodes"]
            assert store.lists is not None
            assert store.lists.size([term("Book")]) == 1
            assert nodes == [{"id": NAMESPACE + letter, "__typename": "Book"}]
        store = snapshots.open(3).store
        assert store.lists is None
        assert page(ask("books", "", store), "books")["totalCount"] == 2


def test_a_copy_in_memory_has_the_lists_too(directory: Path) -> None:
    store = pyoxigraph.Store(str(directory / "store"))
    store.load(f"<{NAMESPACE}b> a <{NAMESPACE}Book> .", format=RdfFormat.TURTLE)
    store.flush()
    copied = kept(store, directory / "lists").copy()
    assert copied is not None
    assert copied.lists is not None
    assert copied.lists.size([NamedNode(NAMESPACE + "Book")]) == 1
