"""Every IRI under the base that the graph mentions leads to a document about it."""

from collections import defaultdict
from collections.abc import Iterator

import httpx
import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ssc_kg.urls import Urls
from tests.conftest import Server
from tests.datasets import BASE

SAMPLE = 4
"""How many things of each kind are asked for; of all else, everything is."""


def test_every_iri_dereferences(server: Server, served: pyoxigraph.Store) -> None:
    urls = Urls(BASE, f"{server.address}/")
    documents: dict[str, list[str]] = defaultdict(list)
    for iri in sorted(_mentioned(served)):
        documents[iri.partition("#")[0]].append(iri)
    headers = {"Accept": "application/n-triples"}
    wrong: list[str] = []
    with httpx.Client(headers=headers, follow_redirects=True, timeout=60) as client:
        for document in _sample(documents):
            response = client.get(urls.url(NamedNode(document)))
            if response.status_code != 200:
                wrong.append(f"{document}: {response.status_code}")
                continue
            triples = parse(response.content, RdfFormat.N_TRIPLES)
            told = {str(triple.subject).strip("<>") for triple in triples}
            parts = (iri for iri in documents[document] if "#" in iri)
            wrong += [f"{part} is not told of" for part in parts if part not in told]
            if document.startswith(urls.things) and document not in told:
                wrong += [f"{document} is not told of"]
    assert wrong == []


def _mentioned(store: pyoxigraph.Store) -> set[str]:
    terms = {
        term.datatype if isinstance(term, Literal) else term
        for quad in store
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
    }
    iris = {term.value for term in terms if isinstance(term, NamedNode)}
    return {iri for iri in iris if iri.startswith(BASE)}


def _sample(documents: dict[str, list[str]]) -> Iterator[str]:
    things = Urls(BASE).things
    asked: dict[str, int] = defaultdict(int)
    for document in documents:
        if document.startswith(things):
            kind = document.removeprefix(things).partition("/")[0]
            asked[kind] += 1
            if asked[kind] > SAMPLE:
                continue
        yield document
