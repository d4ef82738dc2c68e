"""What a server says of its data to editors of SPARQL, and that all of it is true.

The published figures are counted again, by SPARQL over the published data.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import httpx
import pyoxigraph
import pytest
from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
)

from ssc_kg import resources
from ssc_kg.catalogue.questions import read_questions
from ssc_kg.dataset.graphs import description_graphs, read_catalogue
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import DCTERMS, FOAF, RDF, SD, SSC, VOID, VOIDEXT
from ssc_kg.store.versions import Versions
from ssc_kg.urls import Urls
from tests.conftest import Server
from tests.datasets import BASE

URLS = Urls(BASE)
Node = NamedNode | pyoxigraph.BlankNode | Literal | Triple
Row = tuple[Node | None, ...]
NUMBERS = "(COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?ds) (COUNT(DISTINCT ?o) AS ?do)"


@dataclass(frozen=True, slots=True)
class Description:
    """The triples of a document, to be looked up."""

    triples: frozenset[Triple]
    by_predicate: dict[NamedNode, dict[Node, list[Node]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for triple in self.triples:
            found = self.by_predicate.setdefault(triple.predicate, {})
            found.setdefault(triple.subject, []).append(triple.object)

    def values(self, subject: Node, predicate: NamedNode) -> list[Node]:
        return self.by_predicate.get(predicate, {}).get(subject, [])

    def value(self, subject: Node, predicate: NamedNode) -> Node:
        [value] = self.values(subject, predicate)
        return value

    def number(self, subject: Node, predicate: NamedNode) -> int:
        value = self.value(subject, predicate)
        assert isinstance(value, Literal)
        return int(value.value)

    def partitions(self) -> Iterator[tuple[Node, Node]]:
        """Yield each class partition of the dataset, and its class."""
        for part in self.values(URLS.dataset, VOID.classPartition):
            yield part, self.value(part, VOID.class_)

    def properties(self, whole: Node) -> Iterator[tuple[Node, Node]]:
        """Yield each property partition of a part, and its property."""
        for part in self.values(whole, VOID.propertyPartition):
            yield part, self.value(part, VOID.property)

    def figures(self, part: Node) -> tuple[int, int, int]:
        return (
            self.number(part, VOID.triples),
            self.number(part, VOID.distinctSubjects),
            self.number(part, VOID.distinctObjects),
        )


@pytest.fixture(scope="module")
def published(server: Server) -> pyoxigraph.Store:
    current = Versions(server.data_dir).current()
    assert current is not None
    return pyoxigraph.Store.read_only(
        str(Versions(server.data_dir).path(current.number))
    )


@pytest.fixture(scope="module")
def data(published: pyoxigraph.Store) -> pyoxigraph.Store:
    """The merge of all merged graphs but those that the program makes."""
    catalogue = read_catalogue(published, base_iri=BASE)
    store = pyoxigraph.Store()
    for graph in published.named_graphs():
        assert isinstance(graph, NamedNode)
        if catalogue.is_merged(graph) and graph not in description_graphs(BASE):
            quads = published.quads_for_pattern(None, None, None, graph)
            store.extend(Quad(q.subject, q.predicate, q.object) for q in quads)
    return store


@pytest.fixture(scope="module")
def description(server: Server) -> Description:
    return read(get(server, "/void", "application/n-triples"))


def get(server: Server, path: str, accept: str = "*/*") -> httpx.Response:
    return httpx.get(f"{server.address}{path}", headers={"Accept": accept})


def read(response: httpx.Response) -> Description:
    assert response.status_code == 200
    quads = parse(response.content, format=RdfFormat.N_TRIPLES)
    return Description(frozenset(quad.triple for quad in quads))


def ask(store: pyoxigraph.Store, query: str) -> list[Row]:
    prefixes = dict(PREFIXES)
    solutions = store.query(query, prefixes=prefixes)
    assert isinstance(solutions, QuerySolutions)
    return [tuple(row[name] for name in solutions.variables) for row in solutions]


def numbers(row: Iterable[Node | None]) -> tuple[int, ...]:
    return tuple(int(term.value) for term in row if isinstance(term, Literal))


def test_the_dataset_has_the_numbers_that_its_data_has(
    description: Description, data: pyoxigraph.Store
) -> None:
    dataset = URLS.dataset
    assert (RDF.type, VOID.Dataset) in {
        (t.predicate, t.object) for t in description.triples if t.subject == dataset
    }
    [row] = ask(data, f"SELECT {NUMBERS} {{ ?s ?p ?o }}")
    assert description.figures(dataset) == numbers(row)
    [row] = ask(
        data,
        "SELECT (COUNT(DISTINCT ?p) AS ?n) (COUNT(DISTINCT ?c) AS ?m) { "
        "{ ?s ?p ?o } UNION { ?x a ?c } }",
    )
    found = [description.number(dataset, p) for p in (VOID.properties, VOID.classes)]
    assert tuple(found) == numbers(row)
    [row] = ask(data, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c }")
    assert (description.number(dataset, VOID.entities),) == numbers(row)


def test_the_things_of_ours_have_their_numbers_and_examples(
    description: Description, data: pyoxigraph.Store
) -> None:
    own = URLS.void_part("things")
    assert own in description.values(URLS.dataset, VOID.subset)
    assert description.value(own, VOID.uriSpace) == Literal(URLS.things)
    ours = f'FILTER(STRSTARTS(STR(?s), "{URLS.things}"))'
    [row] = ask(data, f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o {ours} }}")
    assert (description.number(own, VOID.triples),) == numbers(row)
    [row] = ask(data, f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a ?c {ours} }}")
    assert (description.number(own, VOID.entities),) == numbers(row)
    rows = ask(data, f"SELECT (MIN(?s) AS ?x) {{ ?s a ?c {ours} }} GROUP BY ?c")
    examples = description.values(own, VOID.exampleResource)
    assert set(examples) == {row[0] for row in rows}
    assert len(examples) > 40


def test_each_class_has_as_many_entities_as_it_has(
    description: Description, data: pyoxigraph.Store
) -> None:
    rows = ask(
        data,
        "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) (COUNT(*) AS ?m) "
        "{ ?s a ?c ; ?p ?o } GROUP BY ?c",
    )
    assert {
        class_: (
            description.number(part, VOID.entities),
            description.number(part, VOID.triples),
        )
        for part, class_ in description.partitions()
    } == {row[0]: numbers(row[1:]) for row in rows}
    assert len(rows) > 60


def test_each_property_has_the_numbers_that_its_triples_have(
    description: Description, data: pyoxigraph.Store
) -> None:
    rows = ask(data, f"SELECT ?p {NUMBERS} {{ ?s ?p ?o }} GROUP BY ?p")
    assert {
        property_: description.figures(part)
        for part, property_ in description.properties(URLS.dataset)
    } == {row[0]: numbers(row[1:]) for row in rows}
    assert len(rows) > 150


def test_each_property_of_a_class_has_the_numbers_that_its_triples_have(
    description: Description, data: pyoxigraph.Store
) -> None:
    rows = ask(data, f"SELECT ?c ?p {NUMBERS} {{ ?s a ?c ; ?p ?o }} GROUP BY ?c ?p")
    assert {
        (class_, property_): description.figures(part)
        for whole, class_ in description.partitions()
        for part, property_ in description.properties(whole)
    } == {row[:2]: numbers(row[2:]) for row in rows}
    assert len(rows) > 500


@pytest.mark.parametrize(
    ("part", "kind", "pattern"),
    [
        pytest.param(
            VOID.classPartition, VOID.class_, "?o a ?kind", id="classes of values"
        ),
        pytest.param(
            VOIDEXT.datatypePartition,
            VOIDEXT.datatype,
            "BIND(DATATYPE(?o) AS ?kind) FILTER(BOUND(?kind))",
            id="datatypes",
        ),
    ],
)
def test_the_values_of_a_property_of_a_class_are_counted_by_kind(
    description: Description,
    data: pyoxigraph.Store,
    part: NamedNode,
    kind: NamedNode,
    pattern: str,
) -> None:
    rows = ask(
        data,
        "SELECT ?c ?p ?kind (COUNT(*) AS ?n) "
        f"{{ ?s a ?c ; ?p ?o . {pattern} }} GROUP BY ?c ?p ?kind",
    )
    assert {
        (class_, property_, description.value(values, kind)): (
            description.number(values, VOID.triples),
        )
        for whole, class_ in description.partitions()
        for properties, property_ in description.properties(whole)
        for values in description.values(properties, part)
    } == {row[:3]: numbers(row[3:]) for row in rows}
    assert len(rows) > 150


def test_each_linkset_has_as_many_links_as_there_are(
    description: Description, data: pyoxigraph.Store
) -> None:
    spaces = {
        subject: space.value
        for subject, [space] in description.by_predicate[VOID.uriSpace].items()
        if isinstance(space, Literal)
    }
    assert len(spaces) == 6
    values = " ".join(f'({dataset} "{space}")' for dataset, space in spaces.items())
    rows = ask(
        data,
        "SELECT ?p ?from ?to (COUNT(*) AS ?n) { "
        f"VALUES (?from ?a) {{ {values} }} VALUES (?to ?b) {{ {values} }} "
        "?s ?p ?o FILTER(ISIRI(?o) && ?from != ?to && STRSTARTS(STR(?s), ?a) "
        "&& STRSTARTS(STR(?o), ?b) "
        "&& ?p NOT IN (rdf:subject, rdf:predicate, rdf:object)) } "
        "GROUP BY ?p ?from ?to",
    )
    linksets = [
        t.subject
        for t in description.triples
        if (t.predicate, t.object) == (RDF.type, VOID.Linkset)
    ]
    assert sorted(
        (
            str(description.value(linkset, VOID.linkPredicate)),
            *sorted(map(str, description.values(linkset, VOID.target))),
            description.number(linkset, VOID.triples),
        )
        for linkset in linksets
    ) == sorted(
        (str(p), *sorted(map(str, ends)), *numbers([n])) for p, *ends, n in rows
    )
    assert set(linksets) < set(description.values(URLS.dataset, VOID.subset))
    assert len(linksets) > 10


def test_every_vocabulary_is_used_and_every_term_is_of_one(
    description: Description, data: pyoxigraph.Store
) -> None:
    names = {
        term.value
        for term in description.values(URLS.dataset, VOID.vocabulary)
        if isinstance(term, NamedNode)
    }
    rows = ask(data, "SELECT DISTINCT ?t { { ?s ?t ?o } UNION { ?s a ?t } }")
    terms = [row[0].value for row in rows if isinstance(row[0], NamedNode)]
    for term in terms:
        assert any(term.startswith((f"{name}#", name)) for name in names), term
    for name in names:
        assert any(term.startswith(name) for term in terms), name
    assert SSC.City.value.removesuffix("#City") in names


def test_the_description_counts_neither_itself_nor_the_examples(
    description: Description, published: pyoxigraph.Store
) -> None:
    graphs = description_graphs(BASE)
    made = {
        quad.triple
        for graph in graphs
        for quad in published.quads_for_pattern(None, None, None, graph)
    }
    merge = published.quads_for_pattern(None, None, None, DefaultGraph())
    everything = {quad.triple for quad in merge}
    assert made < everything
    assert description.number(URLS.dataset, VOID.triples) == len(everything - made)


def test_the_dataset_is_described_where_its_iri_leads(
    server: Server, description: Description
) -> None:
    assert URLS.dataset.value.partition("#")[0] == URLS.void.value
    assert description.value(URLS.void, FOAF.primaryTopic) == URLS.dataset
    sparql = NamedNode(f"{server.address}/sparql")
    assert description.value(URLS.dataset, VOID.sparqlEndpoint) == sparql
    assert description.values(URLS.dataset, DCTERMS.title)
    assert len(description.values(URLS.dataset, DCTERMS.license)) == 2
    for suffix, media_type in (("ttl", "text/turtle"), ("jsonld", "application/ld")):
        response = get(server, f"/void.{suffix}")
        assert response.headers["content-type"].startswith(media_type)
        again = get(server, f"/void?format={suffix}")
        assert again.content == response.content
    tag = response.headers["etag"]
    fresh = httpx.get(response.url, headers={"If-None-Match": tag})
    assert fresh.status_code == 304


def test_the_well_known_address_leads_to_the_description(server: Server) -> None:
    response = get(server, "/.well-known/void?format=nt")
    assert response.status_code == 302
    assert response.headers["location"] == "/void?format=nt"
    followed = httpx.get(response.url, follow_redirects=True)
    assert followed.status_code == 200
    assert followed.headers["content-type"].startswith("application/n-triples")


def test_an_example_is_described_without_the_dataset_that_names_it(
    server: Server, description: Description
) -> None:
    example = NamedNode(f"{BASE}id/agreement/citynet-unescap-mou")
    assert example in description.values(URLS.void_part("things"), VOID.exampleResource)
    response = get(server, "/doc/agreement/citynet-unescap-mou.nt")
    assert response.status_code == 200
    assert VOID.exampleResource.value not in response.text


# What editors ask an endpoint for, worded after their documentation.

Rows = list[dict[str, str]]
Ask = Callable[[str], Rows]


@pytest.fixture(scope="module")
def editor(server: Server) -> Ask:
    """Asks as an editor in a browser does: by GET, for JSON, with a parameter more."""

    def ask_endpoint(query: str) -> Rows:
        response = httpx.get(
            f"{server.address}/sparql",
            params={"ac": "1", "query": query},
            headers={
                "Accept": "application/sparql-results+json",
                "Origin": "https://editor.example",
            },
            timeout=5,  # as long as the editor waits
        )
        assert response.status_code == 200
        assert response.headers["access-control-allow-origin"] == "*"
        bindings = response.json()["results"]["bindings"]
        return [{name: x["value"] for name, x in row.items()} for row in bindings]

    return ask_endpoint


def test_the_editor_of_the_sib_completes_prefixes(editor: Ask) -> None:
    rows = editor(
        "prefix shacl: <http://www.w3.org/ns/shacl#> "
        "select distinct ?prefix ?namespace where "
        "{ ?d shacl:prefix ?prefix . ?d shacl:namespace ?namespace } order by ?prefix"
    )
    assert {row["prefix"]: row["namespace"] for row in rows} == dict(PREFIXES)


def test_the_editor_of_the_sib_completes_properties_of_a_class(editor: Ask) -> None:
    rows = editor("""
        prefix v: <http://rdfs.org/ns/void#> prefix x: <http://ldf.fi/void-ext#>
        select distinct ?class ?property ?valueClass ?datatype where {
          {
            ?part v:class ?class . ?part v:propertyPartition ?properties .
            ?properties v:property ?property .
            optional {
              { ?properties v:classPartition/v:class ?valueClass }
              union { ?properties x:datatypePartition/x:datatype ?datatype }
            }
          } union {
            ?links v:subjectsTarget/v:class ?class ; v:linkPredicate ?property ;
              v:objectsTarget/v:class ?valueClass .
          }
        }""")
    about = f"{SSC.City.value.removesuffix('City')}"
    signatories = {
        row["valueClass"]
        for row in rows
        if row["class"] == f"{about}MemorandumOfUnderstanding"
        and row["property"] == f"{about}signatory"
    }
    assert f"{about}Organization" in signatories
    names = {
        row["datatype"]
        for row in rows
        if row["class"] == f"{about}City" and row["property"].endswith("#prefLabel")
    }
    assert names == {RDF.langString.value}
    # Of what describes the dataset nothing is offered, only what it describes.
    assert not [row for row in rows if "/void#" in row["class"]]
    assert not [row for row in rows if row["class"].startswith(PREFIXES["void"])]


def test_the_editor_of_the_sib_lists_each_question_as_an_example(editor: Ask) -> None:
    rows = editor("""
        prefix shacl: <http://www.w3.org/ns/shacl#>
        prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        select distinct ?example ?words ?text where {
          ?example a shacl:SPARQLExecutable . ?example rdfs:comment ?words .
          ?example shacl:select|shacl:ask|shacl:construct|shacl:describe ?text
        } order by ?example""")
    questions = [q for q in read_questions(resources.QUERIES) if q.sparql]
    assert [(row["example"], row["text"]) for row in rows] == [
        (f"{BASE}queries/{q.slug}", q.sparql) for q in questions
    ]
    for row, question in zip(rows, questions, strict=True):
        assert row["words"].startswith(question.words)


def test_the_editor_of_uniprot_completes_classes_and_properties(editor: Ask) -> None:
    classes = editor("select distinct ?class where { ?any void:class ?class }")
    assert {"class": SSC.City.value} in classes
    properties = editor(
        "select distinct ?property where "
        "{ ?any void:linkPredicate|void:property ?property }"
    )
    used = editor("select distinct ?property where { ?s ?property ?o }")
    offered = {row["property"] for row in properties}
    assert offered < {row["property"] for row in used}
    assert SSC.addressesGoal.value in offered


def test_every_example_runs_and_finds_something(editor: Ask) -> None:
    texts = editor(
        "select ?text where { ?q sh:select ?text ; sh:prefixes/sh:declare ?any }"
    )
    assert texts
    for text in {row["text"] for row in texts}:
        assert editor(text), text


def test_an_example_tells_its_service(server: Server, editor: Ask) -> None:
    [row] = editor("select distinct ?service where { ?q schema:target ?service }")
    service = read(get(server, "/sparql", "application/n-triples"))
    assert service.value(NamedNode(row["service"]), RDF.type) == SD.Service


def test_an_example_has_one_class_for_its_form(editor: Ask) -> None:
    rows = editor(
        "select ?q (count(?class) as ?n) where { ?q a ?class . ?q a "
        "sh:SPARQLSelectExecutable . ?q a sh:SPARQLExecutable } group by ?q"
    )
    assert {row["n"] for row in rows} == {"2"}
    assert len(rows) == len([q for q in read_questions(resources.QUERIES) if q.sparql])
