"""A little schema of books, unrelated to the domain, and a store to ask it of."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pyoxigraph
import strawberry
from pyoxigraph import NamedNode, RdfFormat

from ssc_kg.compiler.json import Json
from ssc_kg.engine.connections import (
    Connection,
    SearchConnection,
    closure,
    connection,
    lookup,
    lookups,
    search,
)
from ssc_kg.engine.engine import Engine
from ssc_kg.engine.localized import LocalizedString
from ssc_kg.engine.operation import Operation, Result
from ssc_kg.engine.path_types import Paths, paths
from ssc_kg.engine.schema import build_engine
from ssc_kg.mapping.declare import (
    Connecting,
    Identity,
    Instances,
    Lookup,
    Rdf,
    Search,
    Transitive,
    maps,
    speaks_of_links,
)
from ssc_kg.mapping.texts import TextField
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.search.index import SearchIndex

NAMESPACE = "http://library.example/"


def term(name: str) -> NamedNode:
    return NamedNode(NAMESPACE + name)


@strawberry.interface
@maps()
class Item:
    id: Annotated[strawberry.ID, Identity()]
    notes: Annotated[Connection[Note], Rdf(term("from"), inverse=True)] = connection()


@strawberry.interface
@maps()
class Work(Item):
    title: Annotated[str | None, Rdf(term("title"), language_tagged=True)]
    titles: Annotated[list[LocalizedString], Rdf(term("title"), language_tagged=True)]
    label: Annotated[str | None, Rdf(term("label"))]
    authors: Annotated[Connection[Author], Rdf(term("author"))] = connection()


Keepsake = Annotated[
    "Book | Film | Section",
    strawberry.union("Keepsake", description="What somebody keeps."),
]
Subject = Annotated["Author | Section", strawberry.union("Subject")]


@strawberry.type
@maps(term("Book"))
class Book(Work):
    pages_: Annotated[int | None, Rdf(term("pages"))]
    price: Annotated[float | None, Rdf(term("price"))]
    in_print: Annotated[bool | None, Rdf(term("inPrint"))]
    tags: Annotated[list[str], Rdf(term("tag"))]
    sequel: Annotated[Book | None, Rdf(term("sequel"))]
    sequels: Annotated[Connection[Book], Transitive((term("sequel"),))] = closure(
        "All books that come later in the series."
    )
    editor: Annotated[Author, Rdf(term("editor"))]
    sections: Annotated[Connection[Section], Rdf(term("section"))] = connection()


@strawberry.type
@maps(term("Film"))
class Film(Work):
    label: Annotated[str, Rdf(term("label"))]
    minutes: Annotated[int, Rdf(term("minutes"))]


@strawberry.type
@maps(term("Author"))
class Author(Item):
    name: Annotated[str, Rdf(term("name"))]
    motto: Annotated[str, Rdf(term("motto"), language_tagged=True)]
    mottos: Annotated[list[LocalizedString], Rdf(term("motto"), language_tagged=True)]
    aliases: Annotated[list[str], Rdf(term("alias"), language_tagged=True)]
    works: Annotated[Connection[Work], Rdf(term("author"), inverse=True)] = connection()
    involved_in: Annotated[
        Connection[Work], Transitive((term("author"), term("editor")), inverse=True)
    ] = closure("All works that have this author or editor.")
    kept: Annotated[Connection[Keepsake], Rdf(term("keeps"))] = connection()


@strawberry.type
@maps(term("Note"))
@speaks_of_links(term("from"), term("by"), term("to"))
class Note(Item):
    words: Annotated[str | None, Rdf(term("words"))]
    source: Annotated[Work | None, Rdf(term("source"))]


@strawberry.type
@maps(term("Section"))
class Section(Item):
    heading: Annotated[str | None, Rdf(term("heading"))]
    subject: Annotated[Subject | None, Rdf(term("subject"))]
    kept_by: Annotated[Connection[Author], Rdf(term("keeps"), inverse=True)] = (
        connection()
    )


@strawberry.type
class Query:
    item: Annotated[Item | None, Lookup()] = lookup()
    path: Annotated[Paths[Item] | None, Connecting()] = paths(
        "How two items are connected."
    )
    items: Annotated[list[Item | None], Lookup()] = lookups("Items by their IRIs.")
    book: Annotated[Book | None, Lookup()] = lookup()
    works: Annotated[Connection[Work], Instances()] = connection()
    books: Annotated[Connection[Book], Instances()] = connection()
    authors: Annotated[Connection[Author], Instances()] = connection()
    find: Annotated[SearchConnection[Item], Search()] = search("Items by their texts.")


TEXT_FIELDS = (
    TextField(term("label"), kind="label", weight=8.0, is_name=True),
    TextField(term("name"), kind="name", weight=8.0, is_name=True),
    TextField(term("title"), kind="title", weight=4.0, is_name=True),
    TextField(term("tag"), kind="tag", weight=2.0),
    TextField(term("words"), kind="note", weight=1.0, about=term("source")),
)
"""The texts by which items are found."""


def library() -> Engine:
    return build_engine(Query, types=[Book, Film, Note])


def shelf(turtle: str) -> EmbeddedStore:
    """Return a store that holds `turtle`, in which the empty prefix is the library."""
    store = pyoxigraph.Store()
    store.load(f"@prefix : <{NAMESPACE}> .\n{turtle}", format=RdfFormat.TURTLE)
    return searchable(store)


def searchable(store: pyoxigraph.Store) -> EmbeddedStore:
    """Return a store whose items can be searched."""
    plain = EmbeddedStore(store)
    return plain.with_texts(SearchIndex(Path("none"), plain, TEXT_FIELDS))


def ask(query: str, turtle: str, **variables: object) -> Result:
    return _LIBRARY.execute(Operation(query, variables), shelf(turtle))


def read(result: Result, path: str) -> list[Json]:
    """Return what stands at a path of names in the answer, for each item of a list."""
    assert result.data is not None, result.errors
    found: list[Json] = [result.data]
    for name in path.split("."):
        inside = [each[name] for each in found if isinstance(each, dict)]
        found = [item for each in inside for item in _items(each)]
    return found


def _items(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


_LIBRARY = library()
