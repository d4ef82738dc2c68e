"""A chain of three versions, served, for the checklist of a publisher of linked data.

1   a thing with many links, Cyrillic and Arabic ones, a goal of somebody else's
2   one thing more
3   without that thing again
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from ssc_kg.app import create_app
from ssc_kg.settings import read_settings
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import Versions
from tests.datasets import BASE, publish
from tests.serving import serving

LINKS = 205
GRAPHS = f"""
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ssc: <{BASE}ontology#> .
<{BASE}graph/source/a> {{
    <{BASE}id/agreement/a-b> a ssc:MemorandumOfUnderstanding ;
        skos:prefLabel "Memorandum of A and B"@en , "مذكرة"@ar ;
        ssc:addressesGoal <http://metadata.un.org/sdg/11> ;
        ssc:signedIn <{BASE}id/city/город> .
    <{BASE}id/city/город> a ssc:City ; skos:prefLabel "город"@ru .
    <{BASE}id/city/مدينة> a ssc:City ; skos:prefLabel "مدينة"@ar .
    <http://metadata.un.org/sdg/11> a ssc:Goal ; skos:prefLabel "Cities"@en .
    <{BASE}id/evidence/1> a ssc:Evidence ; rdf:subject <{BASE}id/agreement/a-b> ;
        rdf:predicate ssc:signedIn ; rdf:object <{BASE}id/city/город> ;
        prov:wasQuotedFrom <{BASE}id/document/1> .
    <{BASE}id/document/1> dcterms:title "A page"@en .
    <{BASE}id/signature/1> a ssc:Signature ;
        ssc:signatureOf <{BASE}id/agreement/a-b> .
}}
<{BASE}graph/ontology> {{
    <{BASE}ontology> dcterms:title "Ontology"@en .
    ssc:signedIn rdfs:label "signed in"@en ; rdfs:comment "Where it was signed."@en .
    ssc:City rdfs:label "city"@en ; rdfs:comment "A city."@en .
}}
<{BASE}graph/shapes> {{ ssc:CityShape rdfs:label "shape of a city"@en . }}
<{BASE}graph/catalogue> {{
    <{BASE}graph/source/a> dcterms:title "Papers of A"@en ;
        dcterms:license <https://creativecommons.org/licenses/by/4.0/> .
}}
<{BASE}graph/void> {{ <{BASE}void#dataset> dcterms:title "Dataset"@en . }}
""" + "".join(
    f"<{BASE}graph/source/a> {{ <{BASE}id/agreement/{n:03}> "
    f"<{BASE}ontology#signedIn> <{BASE}id/city/город> . }}\n"
    for n in range(LINKS)
)
WITHDRAWN = f"""
<{BASE}graph/source/a> {{
    <{BASE}id/city/gone> a <{BASE}ontology#City> .
}}
"""
_UNMERGED = ("graph/shapes", "graph/catalogue")


def quads(graphs: str) -> list[Quad]:
    """Return the quads of a text in TriG, and their merge."""
    named = list(parse(graphs, RdfFormat.TRIG))
    merged = [
        Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())
        for quad in named
        if not str(quad.graph_name).strip("<>").endswith(_UNMERGED)
    ]
    return [*named, *merged]


@contextmanager
def published(directory: Path) -> Iterator[httpx.Client]:
    """Publish the versions, a second apart or more, and serve them."""
    versions = Versions(directory)
    publish(versions, *quads(GRAPHS))
    for added, removed in ((quads(WITHDRAWN), []), ([], quads(WITHDRAWN))):
        time.sleep(1.1)  # Times are told to the second.
        publish(versions, *added, removed=removed)
    settings = read_settings(data_dir=directory, query_workers=1)
    with (
        Snapshots(versions) as snapshots,
        serving(create_app(settings, snapshots)) as address,
        httpx.Client(base_url=address, timeout=20) as client,
    ):
        client.headers["Accept-Encoding"] = "identity"
        yield client
