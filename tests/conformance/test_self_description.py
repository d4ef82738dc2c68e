"""What a dataset says of itself, a row for each sentence, and that all of it is so.

Over HTTP, of two versions: what each tells is compared with what a query over that
version finds, and every address that is told is asked.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import TypeAlias
from urllib.parse import quote, urldefrag

import pyoxigraph
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode

from ssc_kg.catalogue.questions import read_questions
from ssc_kg.dataset.dumping import make_dumps
from ssc_kg.dataset.graphs import description_graphs, read_catalogue
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import VOID
from ssc_kg.resources import QUERIES
from tests.conformance.self_description import (
    API_CATALOG,
    DOCUMENTS,
    URLS,
    Published,
    ask,
    names,
    published,
    select,
)
from tests.datasets import BASE, LOCAL
from tests.dcat_ap import find_breaches

Check: TypeAlias = Callable[[Published], None]
Counts: TypeAlias = dict[tuple[str, str], int]

DATASET = URLS.dataset
FIGURES = (
    *(VOID.triples, VOID.entities, VOID.classes, VOID.properties),
    *(VOID.distinctSubjects, VOID.distinctObjects),
)
PLACEHOLDER = re.compile(
    r"example\.(org|com)|there-s\.no|lorem|placeholder|pending|todo|tbd|fixme|"
    r"xxx|n/a\b|change ?me|your[- ]",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    with published(tmp_path_factory.mktemp("described")) as server:
        yield server


def says(path: str, pattern: str, least: int = 1) -> Check:
    """Return what checks that a document has a pattern, so often at least."""

    def check(served: Published) -> None:
        found = ask(served.read(path), pattern.replace("DATASET", str(DATASET)))
        assert len(found) >= least

    return check


def leads(path: str, status: int, location: str) -> Check:
    def check(served: Published) -> None:
        response = served.client.get(path)
        found = (response.status_code, response.headers["location"])
        assert found == (status, location)

    return check


def links(path: str, relation: str, target: str) -> Check:
    def check(served: Published) -> None:
        header = served.client.head(path).headers["link"]
        assert re.search(rf'<{re.escape(target)}>; rel="{relation}"', header)

    return check


def keeps_to_dcat_ap(served: Published) -> None:
    assert find_breaches(served.client.get("/catalog.nt").text) == ()


def has_a_license_for_each_graph(served: Published) -> None:
    rows = ask(served.read("/catalog"), "?graph dcterms:isPartOf ?d ; a dcat:Dataset")
    graphs = {row["graph"] for row in rows}
    rows = ask(served.read("/catalog"), "?graph dcterms:license ?license")
    unlicensed = graphs - {row["graph"] for row in rows}
    # What the program makes, and what nobody described, has none that could be told.
    made = {graph.value for graph in description_graphs(BASE)}
    assert unlicensed == {*made, LOCAL.value}


def tells_prefixes(served: Published) -> None:
    rows = ask(served.read("/graph/prefixes"), "?p sh:prefix ?a ; sh:namespace ?b")
    assert {row["a"]: row["b"] for row in rows} == dict(PREFIXES)


def tells_questions(served: Published) -> None:
    rows = ask(
        served.read("/graph/queries"),
        "?question a sh:SPARQLExecutable ; sh:prefixes ?prefixes ; rdfs:label ?words",
    )
    asked = {each.words for each in read_questions(QUERIES) if each.sparql}
    assert {row["words"] for row in rows} == asked


def offers_files_as_they_are(served: Published) -> None:
    rows = ask(
        served.read("/catalog"),
        "?d dcat:downloadURL ?url ; dcat:byteSize ?size ; dcat:compressFormat ?packing "
        "; spdx:checksum [ spdx:checksumValue ?hash ]",
    )
    graphs = len(list(served.data(2).named_graphs()))
    assert len(rows) == 2 * (3 + 2 * graphs)
    for row in rows:
        content = served.client.get(row["url"]).content
        assert len(content) == int(row["size"])
        assert sha256(content).hexdigest() == row["hash"]


def agrees_with_void(served: Published) -> None:
    """What DCAT and the Service Description tell of the dataset is what VoID tells."""
    void = _counts(served.read("/void"), DATASET.value)
    for path in ("/catalog", "/sparql"):
        told = _counts(served.read(path), DATASET.value)
        assert told
        assert told.items() <= void.items()


def lists_every_service(served: Published) -> None:
    linkset = served.client.get(API_CATALOG).json()["linkset"]
    items = {link["href"] for link in linkset[0]["item"]}
    rows = ask(served.read("/catalog"), "?service dcat:endpointURL ?url")
    assert items == {row["url"] for row in rows}
    assert items == {each["anchor"] for each in linkset[1:]}
    ends = {item.removeprefix(served.address) for item in items}
    assert ends == {"sparql", "graphql", "queries", ""}


def lists_pages(served: Published) -> None:
    found = re.findall(r"<loc>([^<]+)</loc>", served.client.get("/sitemap.xml").text)
    assert {f"{served.address}{path}" for path in ("void", "catalog", "versions")} <= {
        *found
    }


def is_a_linkset(served: Published) -> None:
    response = served.client.get(API_CATALOG)
    assert response.headers["content-type"] == (
        'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
    )
    refused = served.client.get(API_CATALOG, headers={"Accept": "text/html"})
    assert refused.status_code == 406
    tag = {"If-None-Match": response.headers["etag"]}
    assert served.client.get(API_CATALOG, headers=tag).status_code == 304


def links_answer_as_they_say(served: Published) -> None:
    relations = set()
    for context in served.client.get(API_CATALOG).json()["linkset"][1:]:
        for relation in ("service-desc", "service-doc", "service-meta", "status"):
            assert context[relation], (context["anchor"], relation)
            for link in context[relation]:
                response = served.client.get(
                    link["href"], headers={"Accept": link["type"]}
                )
                found = response.headers["content-type"].partition(";")[0]
                assert (response.status_code, found) == (200, link["type"])
                relations.add(relation)
    assert len(relations) == 4


ROWS: tuple[tuple[str, Check], ...] = (
    ("VoID: the dataset is described", says("/void", "DATASET a void:Dataset")),
    (
        "VoID: the document says what it is about",
        says("/void", "?d a void:DatasetDescription ; foaf:primaryTopic DATASET"),
    ),
    ("VoID: at its well-known address", leads("/.well-known/void", 302, "/void")),
    (
        "VoID: partitions by class",
        says("/void", "DATASET void:classPartition/void:class ?c", 60),
    ),
    (
        "VoID: partitions by property",
        says("/void", "DATASET void:propertyPartition/void:property ?p", 150),
    ),
    (
        "VoID: linksets",
        says("/void", "?l a void:Linkset ; void:linkPredicate ?p ; void:target ?t", 20),
    ),
    ("VoID: where it can be queried", says("/void", "DATASET void:sparqlEndpoint ?e")),
    ("VoID: vocabularies", says("/void", "DATASET void:vocabulary ?v", 10)),
    ("VoID: languages", says("/void", "DATASET dcterms:language ?l", 4)),
    ("VoID: the catalogue", says("/void", "?void rdfs:seeAlso ?catalog")),
    (
        "DCAT: a catalogue holds the dataset",
        says("/catalog", "?c a dcat:Catalog ; dcat:dataset DATASET"),
    ),
    (
        "DCAT: each graph is a dataset, and a part of the whole",
        says("/catalog", "DATASET dcterms:hasPart [ a dcat:Dataset ]", 22),
    ),
    ("DCAT: it keeps to DCAT-AP", keeps_to_dcat_ap),
    (
        "DCAT: data services",
        says(
            "/catalog",
            "?s a dcat:DataService ; dcat:endpointURL ?u ; dcat:servesDataset DATASET",
            4,
        ),
    ),
    (
        "DCAT: distributions in each format",
        says("/catalog", "?g dcat:distribution [ dcat:downloadURL ?u ]", 7 * 22),
    ),
    ("DCAT: files, with their sizes and checksums", offers_files_as_they_are),
    ("DCAT: a licence for each graph", has_a_license_for_each_graph),
    (
        "DCAT: publisher, themes, keywords, times, places",
        says(
            "/catalog",
            "DATASET dcterms:publisher/foaf:name ?a ; dcat:theme/skos:prefLabel ?b ; "
            "dcat:keyword ?c ; dcterms:temporal/dcat:startDate ?d ; "
            "dcterms:spatial/skos:prefLabel ?e ; dcterms:modified ?f",
        ),
    ),
    (
        "DCAT: versions, each with the one before",
        says(
            "/catalog",
            "DATASET dcat:hasVersion ?v . ?v dcat:version '2' ; "
            "dcat:previousVersion ?w . ?w dcat:isVersionOf DATASET",
        ),
    ),
    (
        "DCAT: which version is current",
        says("/catalog", f"DATASET dcat:hasCurrentVersion {URLS.version(2)}"),
    ),
    (
        "SPARQL: the Service Description tells endpoint, languages and formats",
        says(
            "/sparql",
            "?s a sd:Service ; sd:endpoint ?e ; sd:supportedLanguage ?l ; "
            "sd:resultFormat ?f",
            10,
        ),
    ),
    (
        "SPARQL: it tells features and functions",
        says("/sparql", "?s sd:languageExtension ?l ; sd:extensionFunction ?f", 20),
    ),
    (
        "SPARQL: it tells the dataset, its graphs and their numbers",
        says(
            "/sparql",
            "?s sd:defaultDataset [ sd:defaultGraph [ void:triples ?n ] ; "
            "sd:namedGraph [ sd:name ?g ; sd:graph [ void:triples ?m ] ] ]",
            22,
        ),
    ),
    ("SPARQL: examples with their prefixes", tells_questions),
    ("SPARQL: prefixes are declared", tells_prefixes),
    (
        "PROV: a version is an entity that revises another",
        says("/version/2", f"?v a prov:Entity ; prov:wasRevisionOf {URLS.version(1)}"),
    ),
    (
        "PROV: an activity made it, of an agent, with a message",
        says(
            "/version/2",
            "?v prov:generatedAtTime ?t ; prov:wasGeneratedBy [ a prov:Activity ; "
            "rdfs:comment 'one initiative more' ; "
            "prov:wasAssociatedWith [ foaf:name 'tests' ] ]",
        ),
    ),
    (
        "PROV: a checksum",
        says("/version/2", "?v spdx:checksum [ spdx:checksumValue ?hash ]"),
    ),
    ("ontology: at its own IRI", says("/ontology", "?o a owl:Ontology")),
    ("ontology: the shapes are published", says("/graph/shapes", "?s a sh:NodeShape")),
    ("API catalogue: a set of links (RFC 9264)", is_a_linkset),
    ("API catalogue: every service, the same as in DCAT", lists_every_service),
    ("API catalogue: its links answer as they say", links_answer_as_they_say),
    (
        "API catalogue: it links to itself",
        links(API_CATALOG, "api-catalog", API_CATALOG),
    ),
    ("front: the sitemap lists them", lists_pages),
    ("front: leads to VoID", links("/", "describedby", "/void")),
    ("front: leads to DCAT", links("/", "describedby", "/catalog")),
    ("front: leads to the API catalogue", links("/", "api-catalog", API_CATALOG)),
    ("one source: the documents agree", agrees_with_void),
)


@pytest.mark.parametrize("check", [pytest.param(c, id=name) for name, c in ROWS])
def test_the_checklist_holds(served: Published, check: Check) -> None:
    check(served)


# Every number


@pytest.mark.parametrize("number", [1, 2])
def test_every_number_of_a_version_is_what_its_data_counts(
    served: Published, number: int
) -> None:
    data = served.data(number)
    void = _counts(served.read(f"/void?version={number}"))
    catalog = _counts(served.read(f"/catalog?version={number}"))
    expected = {
        **_count_dataset(data),
        **_count_partitions(served, number),
        **_count_graphs(data),
        **{
            (URLS.version(each).value, VOID.triples.value): _size(served.data(each))
            for each in (1, 2)
        },
    }
    assert catalog.items() <= expected.items()
    assert catalog.keys() >= {
        *((DATASET.value, VOID.triples.value),),
        *((iri, VOID.triples.value) for iri in _graphs(data)),
    }
    # What lies below partitions, and links, are counted in tests/integration.
    compared = {key for key in void if key in expected}
    assert {key: void[key] for key in compared} == {
        key: expected[key] for key in compared
    }
    left = {iri for iri, _ in void.keys() - compared}
    assert all(re.search(r"void#(class/[^/]+/property/|links/)", iri) for iri in left)
    assert len(compared) > 500


def test_every_number_of_the_service_is_what_its_data_counts(served: Published) -> None:
    told, data = served.read("/sparql"), served.data(2)
    counts = _counts(told)
    [default] = ask(told, "?d sd:defaultGraph ?graph")
    expected = {(default["graph"], VOID.triples.value): _size(data)}
    for row in ask(told, "?named sd:name ?name ; sd:graph ?graph"):
        size = len(list(data.quads_for_pattern(None, None, None, _node(row["name"]))))
        expected[row["graph"], VOID.triples.value] = size
    assert len(expected) == 1 + len(list(data.named_graphs()))
    expected |= _count_dataset(data)
    assert counts.items() <= expected.items()
    assert counts.keys() >= {
        key for key in expected if key[1] == VOID.triples.value
    } - {(URLS.void_part("things").value, VOID.triples.value)}


@pytest.mark.parametrize("number", [1, 2])
def test_every_number_of_a_versions_origin_is_what_its_data_counts(
    served: Published, number: int
) -> None:
    version = URLS.version(number)
    after = set(_named(served.data(number)))
    before = set(_named(served.data(number - 1))) if number > 1 else set()
    expected = {
        (version.value, VOID.triples.value): _size(served.data(number)),
        (f"{version.value}#added", VOID.triples.value): len(after - before),
        (f"{version.value}#removed", VOID.triples.value): len(before - after),
    }
    graphs = _graphs(served.data(number))
    for iri, size in graphs.items():
        part = f"{version.value}#{iri.removeprefix(BASE)}"
        expected[part, VOID.triples.value] = size
    assert _counts(served.read(f"/version/{number}")) == expected
    assert expected[f"{version.value}#added", VOID.triples.value] > 2


def _counts(store: pyoxigraph.Store, subject: str | None = None) -> Counts:
    return {
        (quad.subject.value, property_.value): int(quad.object.value)
        for property_ in FIGURES
        for quad in store.quads_for_pattern(None, property_, None)
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
        if subject in (None, quad.subject.value)
    }


def _data(store: pyoxigraph.Store) -> pyoxigraph.Store:
    """Return the merge of a version, less what the program says of it."""
    catalogue = read_catalogue(store, base_iri=BASE)
    merged = pyoxigraph.Store()
    for graph in store.named_graphs():
        assert isinstance(graph, NamedNode)
        if catalogue.is_merged(graph) and graph not in description_graphs(BASE):
            for quad in store.quads_for_pattern(None, None, None, graph):
                merged.add(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object))
    return merged


def _count_dataset(store: pyoxigraph.Store) -> Counts:
    data = _data(store)
    ours = f'FILTER(STRSTARTS(STR(?s), "{URLS.things}"))'
    [whole] = select(
        data,
        "SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?distinctSubjects) "
        "(COUNT(DISTINCT ?o) AS ?distinctObjects) (COUNT(DISTINCT ?p) AS ?properties) "
        "{ ?s ?p ?o }",
    )
    [typed] = select(
        data,
        "SELECT (COUNT(DISTINCT ?s) AS ?entities) (COUNT(DISTINCT ?c) AS ?classes) "
        "{ ?s a ?c }",
    )
    [own] = select(data, f"SELECT (COUNT(*) AS ?triples) {{ ?s ?p ?o {ours} }}")
    [owned] = select(
        data, f"SELECT (COUNT(DISTINCT ?s) AS ?entities) {{ ?s a ?c {ours} }}"
    )
    things = URLS.void_part("things").value
    return {
        (subject, f"{PREFIXES['void']}{name}"): int(value)
        for subject, row in (
            (DATASET.value, {**whole, **typed}),
            (things, {**own, **owned}),
        )
        for name, value in row.items()
    }


def _count_partitions(served: Published, number: int) -> Counts:
    """Count what the partitions of the whole, by class and property, are of."""
    data, void = _data(served.data(number)), served.read(f"/void?version={number}")
    parts = {
        row["of"]: row["part"]
        for row in ask(
            void,
            f"{DATASET} void:classPartition|void:propertyPartition ?part . "
            "?part void:class|void:property ?of",
        )
    }
    classes = select(
        data,
        "SELECT ?of (COUNT(DISTINCT ?s) AS ?entities) (COUNT(*) AS ?triples) "
        "{ ?s a ?of ; ?p ?o } GROUP BY ?of",
    )
    properties = select(
        data,
        "SELECT ?of (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?distinctSubjects) "
        "(COUNT(DISTINCT ?o) AS ?distinctObjects) { ?s ?of ?o } GROUP BY ?of",
    )
    return {
        (parts[row["of"]], f"{PREFIXES['void']}{name}"): int(value)
        for row in (*classes, *properties)
        for name, value in row.items()
        if name != "of"
    }


def _count_graphs(store: pyoxigraph.Store) -> Counts:
    return {(iri, VOID.triples.value): size for iri, size in _graphs(store).items()}


def _graphs(store: pyoxigraph.Store) -> dict[str, int]:
    return {
        graph.value: len(list(store.quads_for_pattern(None, None, None, graph)))
        for graph in store.named_graphs()
    }


def _named(store: pyoxigraph.Store) -> Iterable[pyoxigraph.Quad]:
    made = (*description_graphs(BASE), DefaultGraph())
    return (quad for quad in store if quad.graph_name not in made)


def _size(store: pyoxigraph.Store) -> int:
    return len(list(store.quads_for_pattern(None, None, None, DefaultGraph())))


def _node(iri: str) -> NamedNode:
    return NamedNode(iri)


def test_what_a_version_is_had_as_is_that_version(served: Published) -> None:
    rows = ask(
        served.read("/catalog?version=1"),
        f"{URLS.graph('reference/editors')} dcat:distribution [ dcat:mediaType ?t ; "
        "dcat:downloadURL ?download ; dcat:accessURL ?access ]",
    )
    documents = [row for row in rows if "/dumps/" not in row["download"]]
    assert len(documents) == 7
    date = served.client.head("/void?version=1").headers["last-modified"]
    for row in documents:
        for url in (row["download"], row["access"]):
            assert served.client.head(url).headers["memento-datetime"] == date
    assert len(rows) == 7 + 4


# No placeholder


def test_no_document_holds_a_placeholder(served: Published) -> None:
    for path in (*DOCUMENTS, API_CATALOG):
        text = served.client.get(path, headers={"Accept": "*/*"}).text
        assert PLACEHOLDER.search(text) is None, path


def test_every_address_that_is_told_answers(served: Published) -> None:
    record = served.versions.current()
    assert record is not None
    # Files that nobody asked for yet are made first, which may take its time.
    make_dumps(served.versions, record.number, base_iri=BASE)
    told = {path: names(served.read(path)) for path in DOCUMENTS}
    told[API_CATALOG] = set(
        re.findall(r'"(http[^"]+)"', served.client.get(API_CATALOG).text)
    )
    ours = {
        iri
        for iris in told.values()
        for iri in iris
        if iri.startswith((BASE, served.address))
    }
    for address in sorted({_address(iri) for iri in ours}):
        parameters = {"query": "{ __typename }"} if address == "graphql" else None
        response = served.client.get(
            f"/{address}", params=parameters, follow_redirects=True
        )
        assert response.status_code == 200, (address, response.text[:200])
    assert len({_address(iri) for iri in ours}) > 250


def test_every_part_that_is_told_is_told_of_where_it_lies(served: Published) -> None:
    documents = [served.read(path) for path in DOCUMENTS]
    told = set().union(*map(names, documents))
    parts = {iri for iri in told if iri.startswith(BASE) and "#" in iri}
    # A file to download tells of nothing: its checksum stands where it is listed.
    in_files = {iri for iri in parts if iri.startswith(f"{BASE}dumps/")}
    described = {quad.subject for quads in documents for quad in quads}
    assert set(map(_node, in_files)) <= described
    parts -= in_files
    wholes = {urldefrag(iri).url for iri in parts}
    assert {whole.removeprefix(BASE) for whole in wholes} == {
        *("catalog", "ontology", "sparql", "void", "version/1", "version/2"),
    }
    for whole in sorted(wholes):
        path = f"/{whole.removeprefix(BASE)}"
        subjects = {quad.subject for quad in served.read(path)}
        here = {_node(iri) for iri in parts if urldefrag(iri).url == whole}
        assert here <= subjects, path


def _address(iri: str) -> str:
    """Return the path of an IRI of ours, or of an address of the server."""
    path = re.sub(r"^http://127\.0\.0\.1:\d+/", "", iri.removeprefix(BASE))
    return quote(urldefrag(path).url, safe="%/:?=&.~-_")
