"""The prefixes that need no declaration, as programs and people read them."""

from collections.abc import Iterator

import httpx
import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Triple, parse
from rdflib import Graph

from ssc_kg.app import create_app
from ssc_kg.formats.table import RDF_FORMATS, Format
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import SH, XSD
from ssc_kg.settings import Settings
from tests.serving import serving

DECLARED = NamedNode("https://w3id.org/ssc-kg/prefixes")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    settings = Settings.model_validate({"query_workers": 1, "memory_budget": 0})
    app = create_app(settings, store=pyoxigraph.Store())
    with serving(app) as address, httpx.Client(base_url=address) as client:
        yield client


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda format_: format_.name)
def test_each_prefix_is_declared_in_every_format(
    client: httpx.Client, format_: Format
) -> None:
    response = client.get("/prefixes", headers={"Accept": format_.media_type})
    assert response.headers["content-type"].partition(";")[0] == format_.media_type
    triples = {quad.triple for quad in parse(response.content, format_.rdf)}
    assert len(triples) == 4 * len(PREFIXES)
    declarations = {each.object for each in triples if each.predicate == SH.declare}
    assert {each.subject for each in triples} == {DECLARED, *declarations}
    for prefix, namespace in PREFIXES.items():
        [(declaration, _, _)] = [
            each for each in triples if each.object == Literal(prefix)
        ]
        value = Literal(namespace, datatype=XSD.anyURI)
        assert Triple(declaration, SH.namespace, value) in triples
        assert Triple(DECLARED, SH.declare, declaration) in triples
    by_suffix = client.get(f"/prefixes.{format_.suffix}")
    assert by_suffix.content == response.content
    assert response.headers["content-location"] == f"/prefixes.{format_.suffix}"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is:DeprecationWarning")
def test_the_json_ld_is_a_context_to_refer_to(client: httpx.Client) -> None:
    address = f"{client.base_url}/prefixes.jsonld"
    document = f'{{"@context": "{address}", "@id": "ssc:City", "rdfs:label": "city"}}'
    [(subject, predicate, _)] = Graph().parse(data=document, format="json-ld")
    assert str(subject) == f"{PREFIXES['ssc']}City"
    assert str(predicate) == f"{PREFIXES['rdfs']}label"


def test_the_sparql_goes_before_a_query(client: httpx.Client) -> None:
    response = client.get("/prefixes.rq")
    assert response.headers["content-type"] == "application/sparql-query"
    names = " ".join(f"?s {prefix}:p ?{n} ." for n, prefix in enumerate(PREFIXES))
    assert pyoxigraph.Store().query(f"{response.text} ASK {{ {names} }}") is not None
    asked = client.get("/prefixes", headers={"Accept": "application/sparql-query"})
    assert asked.text == response.text


def test_a_browser_gets_a_list(client: httpx.Client) -> None:
    response = client.get("/prefixes", headers={"Accept": BROWSER})
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    for prefix, namespace in PREFIXES.items():
        assert f'PREFIX {prefix}: &lt;<a href="{namespace}">' in response.text
    for suffix in ("rq", "ttl", "jsonld", "rdf"):
        assert f'href="/prefixes.{suffix}"' in response.text
    assert (
        '<a href="/prefixes">'
        in client.get("/sparql", headers={"Accept": BROWSER}).text
    )


def test_what_is_not_offered_is_listed(client: httpx.Client) -> None:
    for path, accept in (("/prefixes.csv", "*/*"), ("/prefixes", "text/csv")):
        response = client.get(path, headers={"Accept": accept})
        assert response.status_code == 406
        assert response.json()["offered"]


def test_a_copy_stays_fresh(client: httpx.Client) -> None:
    first = client.get("/prefixes", headers={"Accept-Encoding": "identity"})
    tag = first.headers["etag"]
    assert first.headers["vary"] == "Accept, Accept-Encoding"
    known = {"If-None-Match": tag, "Accept-Encoding": "identity"}
    assert client.get("/prefixes", headers=known).status_code == 304
    assert client.get("/prefixes.nt", headers=known).status_code == 200
    assert client.head("/prefixes").headers["etag"].startswith(tag[:-1])
