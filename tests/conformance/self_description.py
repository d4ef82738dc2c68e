"""The seed data and a change of it, served, with what the server says of itself.

1   the seed data
2   a graph of our own more, and a description that was corrected; as files, too
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, parse

from ssc_kg.app import create_app
from ssc_kg.dataset.dumping import make_dumps
from ssc_kg.dataset.load import load
from ssc_kg.dataset.seed import seed
from ssc_kg.dataset.sources import Source
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.resources import SEED_DATA
from ssc_kg.settings import read_settings
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import Versions
from ssc_kg.urls import Urls
from tests.datasets import BASE, LOCAL, write
from tests.serving import serving

URLS = Urls(BASE)
N_TRIPLES = "application/n-triples"
API_CATALOG = "/.well-known/api-catalog"
DOCUMENTS = ("/void", "/catalog", "/sparql", "/versions", "/version/1", "/version/2")
"""What a server says of itself as RDF."""
MORE = f"""@prefix sdg: <{PREFIXES["sdg"]}> .
@prefix skos: <{PREFIXES["skos"]}> .
@prefix ssc: <{PREFIXES["ssc"]}> .
@base <{BASE}id/> .

<initiative/weather-by-telephone> a ssc:Initiative ;
    skos:prefLabel "Weather by telephone"@en, "Wetter am Telefon"@de ;
    ssc:addressesGoal sdg:2 .
"""


@dataclass(frozen=True, slots=True)
class Published:
    """A running server of two versions."""

    client: httpx.Client
    versions: Versions

    @property
    def address(self) -> str:
        """Where it answers, with a slash at the end."""
        return f"{str(self.client.base_url).rstrip('/')}/"

    def read(self, path: str) -> pyoxigraph.Store:
        """Return what a document says."""
        response = self.client.get(path, headers={"Accept": N_TRIPLES})
        assert response.status_code == 200, (path, response.text)
        store = pyoxigraph.Store()
        store.extend(parse(response.content, RdfFormat.N_TRIPLES))
        return store

    def data(self, number: int) -> pyoxigraph.Store:
        """Return a version itself."""
        return pyoxigraph.Store.read_only(str(self.versions.path(number)))


@contextmanager
def published(directory: Path) -> Iterator[Published]:
    """Publish the versions and serve them."""
    versions = Versions(directory / "data")
    seed(versions, base_iri=BASE)
    catalogue = (SEED_DATA / "catalogue.ttl").read_text(encoding="utf-8")
    corrected = catalogue.replace('"Editors"@en', '"The editors"@en')
    files = [
        Source(write(directory, "more.ttl", MORE).path, LOCAL),
        Source(write(directory, "c.ttl", corrected).path, URLS.graph("catalogue")),
    ]
    load(versions, files, base_iri=BASE, author="tests", message="one initiative more")
    make_dumps(versions, 2, base_iri=BASE)
    settings = read_settings(data_dir=directory / "data", query_workers=1)
    with (
        Snapshots(versions) as snapshots,
        serving(create_app(settings, snapshots)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield Published(client, versions)


def ask(store: pyoxigraph.Store, pattern: str) -> list[Mapping[str, str]]:
    """Return the solutions of a pattern as texts by variable."""
    rows = store.query(f"SELECT * {{ {pattern} }}", prefixes=dict(PREFIXES))
    return _texts(rows)


def select(store: pyoxigraph.Store, query: str) -> list[Mapping[str, str]]:
    """Return the solutions of a query as texts by variable."""
    return _texts(store.query(query, prefixes=dict(PREFIXES)))


def names(store: pyoxigraph.Store) -> set[str]:
    """Return every IRI that a document mentions."""
    return {
        term.value
        for quad in store
        for term in (quad.subject, quad.predicate, quad.object)
        if isinstance(term, NamedNode)
    }


def _texts(rows: object) -> list[Mapping[str, str]]:
    assert isinstance(rows, QuerySolutions)
    columns = [variable.value for variable in rows.variables]
    return [
        {name: term.value for name, term in zip(columns, row, strict=True) if term}
        for row in rows
    ]
