"""The catalogue of the dataset: it keeps to DCAT-AP, and what it tells is so."""

from collections.abc import Callable, Iterator

import httpx
import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, parse

from ssc_kg.app import create_app
from ssc_kg.dataset.validate import Engine
from ssc_kg.formats.table import DATA_FORMATS, N_TRIPLES, RDF_FORMATS, Format
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import DCAT, DCTERMS, FOAF, RDF, VOID, XSD
from ssc_kg.resources import ROOT
from ssc_kg.settings import Settings
from ssc_kg.store.versions import Versions
from ssc_kg.urls import Urls
from tests.conftest import Server
from tests.datasets import BASE
from tests.dcat_ap import expand, find_breaches, read_rows
from tests.serving import serving

URLS = Urls(BASE)
# Nobody stated whom to ask, or for how long a form will be offered.
NOT_GIVEN = {"dcat:contactPoint", "dcatap:availability"}


@pytest.fixture(scope="module")
def text(server: Server) -> str:
    response = httpx.get(f"{server.address}/catalog.nt")
    assert response.status_code == 200
    return response.text


@pytest.fixture(scope="module")
def told(text: str) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.extend(parse(text, N_TRIPLES.rdf))
    return store


def ask(store: pyoxigraph.Store, pattern: str) -> list[tuple[str, ...]]:
    rows = store.query(f"SELECT * {{ {pattern} }}", prefixes=dict(PREFIXES))
    assert isinstance(rows, QuerySolutions)
    # The columns are in the order of their names.
    return [tuple(term.value for term in row) for row in rows]


def instances(store: pyoxigraph.Store, class_: NamedNode) -> set[NamedNode]:
    found = (quad.subject for quad in store.quads_for_pattern(None, RDF.type, class_))
    return {each for each in found if isinstance(each, NamedNode)}


def values(
    store: pyoxigraph.Store, subject: NamedNode, predicate: NamedNode
) -> list[object]:
    return [quad.object for quad in store.quads_for_pattern(subject, predicate, None)]


# DCAT-AP


@pytest.mark.parametrize("engine", Engine)
def test_it_breaks_no_rule_of_the_profile(text: str, engine: Engine) -> None:
    assert find_breaches(text, engine=engine) == ()


def test_it_gives_what_the_profile_recommends(told: pyoxigraph.Store) -> None:
    nodes = {
        "dcat:Catalog": {URLS.catalog},
        "dcat:Dataset": {URLS.dataset},
        "dcat:DataService": instances(told, DCAT.DataService),
        "dcat:Distribution": {
            node
            for node in instances(told, DCAT.Distribution)
            if values(told, node, DCAT.downloadURL)
            if not node.value.startswith(tuple(_unlicensed(told)))
        },
    }
    missing = {
        (row.class_, row.property, node.value)
        for row in read_rows()
        if row.is_recommended and row.property not in NOT_GIVEN
        for node in nodes[row.class_]
        if not values(told, node, expand(row.property))
    }
    assert missing == set()
    assert len(nodes["dcat:Distribution"]) > 100


def _unlicensed(told: pyoxigraph.Store) -> Iterator[str]:
    """Yield what the IRIs of distributions begin with that have no licence."""
    for graph in ("prefixes", "queries", "void"):
        assert not values(told, URLS.graph(graph), DCTERMS.license)
        yield URLS.part(URLS.catalog, f"graph/{graph}").value
        yield URLS.dump(1, f"graph.{graph}-").value
    # Of files that hold graphs with different licences, there is a statement of rights.
    yield URLS.dump(1, "dataset-").value


Spoil = Callable[[pyoxigraph.Store, NamedNode, NamedNode], None]


def remove(store: pyoxigraph.Store, subject: NamedNode, predicate: NamedNode) -> None:
    for quad in list(store.quads_for_pattern(subject, predicate, None)):
        store.remove(quad)


def repeat(store: pyoxigraph.Store, subject: NamedNode, predicate: NamedNode) -> None:
    first, *_ = store.quads_for_pattern(subject, predicate, None)
    for suffix in ("-2", "-3"):
        other = (
            NamedNode(f"{first.object.value}{suffix}")
            if isinstance(first.object, NamedNode)
            else Literal(f"{getattr(first.object, 'value', '')}{suffix}")
        )
        store.add(Quad(subject, predicate, other))


def turn(store: pyoxigraph.Store, subject: NamedNode, predicate: NamedNode) -> None:
    for quad in list(store.quads_for_pattern(subject, predicate, None)):
        store.remove(quad)
        is_literal = isinstance(quad.object, Literal)
        other = NamedNode("http://e/x") if is_literal else Literal("http://e/x")
        store.add(Quad(subject, predicate, other))


@pytest.mark.parametrize(
    ("spoil", "is_concerned"),
    [
        pytest.param(remove, lambda row: row.minimum == "1", id="what is missing"),
        pytest.param(repeat, lambda row: row.maximum == "1", id="what is repeated"),
        pytest.param(turn, lambda _row: True, id="what is something else"),
    ],
)
def test_the_rules_find_what_breaks_them(
    told: pyoxigraph.Store, spoil: Spoil, is_concerned: Callable[[object], bool]
) -> None:
    spoilt = pyoxigraph.Store()
    spoilt.extend(told)
    expected = set()
    for row in read_rows():
        class_, property_ = expand(row.class_), expand(row.property)
        nodes = [n for n in instances(told, class_) if values(told, n, property_)]
        if nodes and is_concerned(row):
            node = min(nodes, key=str)
            spoil(spoilt, node, property_)
            expected.add((node.value, property_.value))
    text = spoilt.dump(format=N_TRIPLES.rdf, from_graph=pyoxigraph.DefaultGraph())
    assert text is not None
    breaches = find_breaches(text.decode())
    assert expected <= {(each.subject, each.path) for each in breaches}
    assert len(expected) > 8


# What it holds


def test_the_catalogue_holds_the_dataset_its_graphs_and_its_services(
    told: pyoxigraph.Store, served: pyoxigraph.Store
) -> None:
    graphs = set(served.named_graphs())
    assert set(values(told, URLS.catalog, DCAT.dataset)) == {URLS.dataset, *graphs}
    assert set(values(told, URLS.dataset, DCTERMS.hasPart)) == graphs
    services = set(values(told, URLS.catalog, DCAT.service))
    assert services == instances(told, DCAT.DataService)
    assert len(services) == 4


def test_what_people_wrote_of_graphs_is_told_as_they_wrote_it(
    told: pyoxigraph.Store, served: pyoxigraph.Store
) -> None:
    about = URLS.graph("catalogue")
    for property_ in (
        *(DCTERMS.title, DCTERMS.description, DCTERMS.license),
        *(DCTERMS.issued, DCTERMS.modified, DCAT.keyword, DCAT.theme),
    ):
        for quad in served.quads_for_pattern(None, property_, None, about):
            if quad.subject in {URLS.dataset, *served.named_graphs()}:
                assert Quad(quad.subject, property_, quad.object) in told


def test_what_it_covers_is_what_the_data_has(
    told: pyoxigraph.Store, served: pyoxigraph.Store
) -> None:
    languages = served.query(
        "SELECT DISTINCT (LANG(?o) AS ?l) { ?s ?p ?o FILTER(LANG(?o) != '') }"
    )
    assert isinstance(languages, QuerySolutions)
    codes = {"en": "ENG", "fr": "FRA", "es": "SPA"}
    assert {
        node.value.rpartition("/")[2]
        for node in values(told, URLS.dataset, DCTERMS.language)
        if isinstance(node, NamedNode)
    } == {codes[row[0].value] for row in languages}
    [(first, last)] = ask(
        told,
        f"{URLS.dataset} dcterms:temporal [ dcat:startDate ?a ; dcat:endDate ?b ]",
    )
    years = [year[:4] for _, year in ask(served, "?s ssc:asOf|ssc:year ?year")]
    assert (first[:4], last[:4]) == (min(years), max(years))
    countries = ask(served, "?country a ssc:Country")
    assert {(place,) for (place,) in countries} == {
        (node.value,)
        for node in values(told, URLS.dataset, DCTERMS.spatial)
        if isinstance(node, NamedNode)
    }


def test_a_publisher_is_one_that_the_data_knows(
    told: pyoxigraph.Store, served: pyoxigraph.Store
) -> None:
    [publisher] = values(told, URLS.catalog, DCTERMS.publisher)
    assert isinstance(publisher, NamedNode)
    [name] = values(told, publisher, FOAF.name)
    assert (publisher.value, getattr(name, "value", None)) in ask(
        served, "?agent a ssc:Editor ; skos:prefLabel ?name"
    )


def test_each_distribution_answers_with_the_type_that_it_tells(
    told: pyoxigraph.Store, server: Server
) -> None:
    rows = ask(
        told,
        "?d dcat:downloadURL ?url ; dcat:accessURL ?access ; dcat:mediaType ?type"
        " FILTER NOT EXISTS { ?d dcat:compressFormat ?packing }",
    )
    graphs = len(instances(told, DCAT.Dataset)) - 2
    assert len(rows) == len(DATA_FORMATS) * graphs
    registry = "https://www.iana.org/assignments/media-types/"
    with httpx.Client(timeout=60) as client:
        for access, _, type_, url in rows:
            assert url.startswith(f"{server.address}/")
            media_type = type_.removeprefix(registry)
            for response in (
                client.head(url),
                client.head(access, headers={"Accept": media_type}),
            ):
                found = response.headers["content-type"].partition(";")[0]
                assert (response.status_code, found) == (200, media_type)


# The document


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda format_: format_.name)
def test_it_comes_in_every_format(
    server: Server, told: pyoxigraph.Store, format_: Format
) -> None:
    address = f"{server.address}/catalog"
    response = httpx.get(address, headers={"Accept": format_.media_type})
    assert response.headers["content-type"].partition(";")[0] == format_.media_type
    assert {quad.triple for quad in parse(response.content, format_.rdf)} == {
        quad.triple for quad in told
    }
    assert httpx.get(f"{address}.{format_.suffix}").content == response.content
    tag = {"If-None-Match": response.headers["etag"], "Accept": format_.media_type}
    assert httpx.get(address, headers=tag).status_code == 304


def test_it_comes_as_rows(server: Server) -> None:
    response = httpx.get(f"{server.address}/catalog.csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert "Knowledge graph of smart sustainable cities" in response.text


def test_the_description_leads_to_it(server: Server) -> None:
    response = httpx.get(f"{server.address}/void.nt")
    triples = {quad.triple for quad in parse(response.content, N_TRIPLES.rdf)}
    assert {t.object for t in triples if t.subject == URLS.void} >= {URLS.catalog}


def test_a_dataset_that_nobody_described_is_told_without_inventions() -> None:
    store = pyoxigraph.Store()
    graph = NamedNode("http://example.org/graph")
    store.add(Quad(graph, RDF.type, FOAF.Document, graph))
    settings = Settings.model_validate({"query_workers": 1, "memory_budget": 0})
    with serving(create_app(settings, store=store)) as address:
        text = httpx.get(f"{address}/catalog.nt").text
    told = pyoxigraph.Store()
    told.extend(parse(text, N_TRIPLES.rdf))
    assert values(told, URLS.catalog, DCTERMS.publisher) == []
    assert values(told, URLS.dataset, DCTERMS.license) == []
    assert values(told, graph, VOID.triples) == [Literal(1)]
    files = ask(told, f"{graph} dcat:distribution ?d . ?d dcat:compressFormat ?packing")
    assert len(files) == len(values(told, graph, DCAT.distribution)) == 4
    # The profile wants a publisher, and this is all that it misses.
    breaches = {(each.subject, each.path) for each in find_breaches(text)}
    assert breaches == {(URLS.catalog.value, DCTERMS.publisher.value)}


def test_it_is_as_of_a_version(server: Server) -> None:
    record = Versions(server.data_dir).current()
    assert record is not None
    response = httpx.get(f"{server.address}/catalog.nt?version={record.number}")
    assert response.headers["memento-datetime"] == response.headers["last-modified"]
    told = pyoxigraph.Store()
    told.extend(parse(response.content, N_TRIPLES.rdf))
    time = Literal(f"{record.time:%Y-%m-%dT%H:%M:%SZ}", datatype=XSD.dateTime)
    assert values(told, URLS.dataset, DCTERMS.modified) == [time]
    unknown = httpx.get(f"{server.address}/catalog?version=99")
    assert unknown.status_code == 404


def test_the_schema_of_graphql_is_a_document(server: Server) -> None:
    response = httpx.get(f"{server.address}/schema.graphql")
    assert response.headers["content-type"] == "application/graphql"
    assert response.text == (ROOT / "schema.graphql").read_text()
    tag = {"If-None-Match": response.headers["etag"]}
    assert httpx.get(response.url, headers=tag).status_code == 304


def test_a_schema_that_is_not_told_is_not_offered() -> None:
    limits = {"query_workers": 1, "memory_budget": 0, "graphql_introspection": 0}
    settings = Settings.model_validate(limits)
    app = create_app(settings, store=pyoxigraph.Store())
    with serving(app) as address, httpx.Client(base_url=address) as client:
        assert client.get("/schema.graphql").status_code == 404
        assert "schema.graphql" not in client.get("/catalog.nt").text
        linkset = client.get("/.well-known/api-catalog").json()["linkset"]
    [graphql] = [each for each in linkset if each["anchor"] == f"{address}/graphql"]
    assert "service-desc" not in graphql
    assert graphql["service-doc"][0]["type"] == "text/html"


def test_addresses_are_those_of_the_public_url() -> None:
    public = "https://data.example/kg/"
    limits = {"query_workers": 1, "memory_budget": 0, "public_url": public}
    app = create_app(Settings.model_validate(limits), store=pyoxigraph.Store())
    with serving(app) as address:
        told = pyoxigraph.Store()
        told.extend(parse(httpx.get(f"{address}/catalog.nt").text, N_TRIPLES.rdf))
        linkset = httpx.get(f"{address}/.well-known/api-catalog").json()["linkset"]
    endpoints = {url for _, url in ask(told, "?service dcat:endpointURL ?url")}
    assert endpoints == {
        f"{public}{path}" for path in ("", "graphql", "queries", "sparql")
    }
    assert {each["anchor"] for each in linkset[1:]} == endpoints
    assert linkset[0]["anchor"] == f"{public}.well-known/api-catalog"
