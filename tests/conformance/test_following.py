"""From the front door, stock clients reach every kind of thing by links alone.

No client is told a format: each sends the Accept header that it always sends.
"""

import json
import shutil
import subprocess
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

import pyoxigraph
import pytest
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Triple, parse
from rdflib import Graph

from ssc_kg.rdf.vocab import FOAF, RDF, VOID
from ssc_kg.urls import Urls
from tests.conftest import Server
from tests.datasets import BASE
from tests.npm import run

Fetch: TypeAlias = Callable[[str], Iterable[Triple]]


def kinds_of(store: pyoxigraph.Store) -> set[NamedNode]:
    """Return the classes that things have, of the project's ontology and of others."""
    typed = store.quads_for_pattern(None, RDF.type, None, DefaultGraph())
    urls = Urls(BASE)
    return {
        quad.object
        for quad in typed
        if isinstance(quad.object, NamedNode) and isinstance(quad.subject, NamedNode)
        if quad.subject.value.startswith(urls.things)
    }


def follow(fetch: Fetch, urls: Urls, wanted: set[NamedNode]) -> set[NamedNode]:
    """Return the kinds that are not reached from the front door."""
    missing, seen = set(wanted), {urls.base_iri}
    waiting = deque([NamedNode(urls.base_iri)])
    while waiting and missing:
        triples = list(fetch(urls.url(waiting.popleft())))
        missing -= {
            triple.object
            for triple in triples
            if triple.predicate == RDF.type and isinstance(triple.object, NamedNode)
        }
        for triple in triples:
            if triple.predicate in (VOID.exampleResource, FOAF.isPrimaryTopicOf):
                target = triple.object
                if isinstance(target, NamedNode) and target.value not in seen:
                    seen.add(target.value)
                    waiting.append(target)
    return missing


def fetch_by_rdflib(url: str) -> Iterable[Triple]:
    text = Graph().parse(url).serialize(format="nt")
    return _triples(text)


def fetch_by_rapper(url: str) -> Iterable[Triple]:
    command = ["rapper", "--quiet", "--output", "ntriples", url]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return _triples(done.stdout)


def _triples(lines: str | bytes) -> Iterable[Triple]:
    return (quad.triple for quad in parse(lines, RdfFormat.N_TRIPLES))


def test_rdflib_reaches_every_kind_of_thing(
    server: Server, served: pyoxigraph.Store
) -> None:
    kinds = kinds_of(served)
    assert len(kinds) > 40
    urls = Urls(BASE, f"{server.address}/")
    assert follow(fetch_by_rdflib, urls, kinds) == set()


@pytest.mark.skipif(not shutil.which("rapper"), reason="raptor2-utils is missing")
def test_rapper_reaches_every_kind_of_thing(
    server: Server, served: pyoxigraph.Store
) -> None:
    urls = Urls(BASE, f"{server.address}/")
    assert follow(fetch_by_rapper, urls, kinds_of(served)) == set()


def test_comunica_reaches_every_kind_of_thing(
    workshop: Path, server: Server, served: pyoxigraph.Store
) -> None:
    urls = Urls(BASE, f"{server.address}/")

    def ask(query: str, sources: list[str]) -> set[NamedNode]:
        media_type = "application/sparql-results+json"
        asked = {"query": query, "sources": sources, "mediaType": media_type}
        answer = json.loads(
            run(workshop, "node", "comunica.mjs", stdin=json.dumps(asked))
        )
        return {NamedNode(row["o"]["value"]) for row in answer["results"]["bindings"]}

    front = [urls.url(NamedNode(urls.base_iri))]
    examples = ask(f"SELECT ?o {{ ?s {VOID.exampleResource} ?o }}", front)
    things = sorted(urls.url(iri) for iri in examples)
    found = ask(f"SELECT DISTINCT ?o {{ ?s {RDF.type} ?o }}", things)
    assert kinds_of(served) - found == set()
