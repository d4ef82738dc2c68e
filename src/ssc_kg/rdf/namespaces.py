"""The prefixes this project writes and predeclares, from one table."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from pyoxigraph import NamedNode

SSC_NAMESPACE = "https://w3id.org/ssc-kg/ontology#"

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "adms": "http://www.w3.org/ns/adms#",
        "dash": "http://datashapes.org/dash#",
        "dcat": "http://www.w3.org/ns/dcat#",
        "dcterms": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "geo": "http://www.opengis.net/ont/geosparql#",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "qb": "http://purl.org/linked-data/cube#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "sd": "http://www.w3.org/ns/sparql-service-description#",
        "sdg": "http://metadata.un.org/sdg/",
        "sdgo": "http://metadata.un.org/sdg/ontology#",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "sosa": "http://www.w3.org/ns/sosa/",
        "spdx": "http://spdx.org/rdf/terms#",
        "ssc": SSC_NAMESPACE,
        "time": "http://www.w3.org/2006/time#",
        "vann": "http://purl.org/vocab/vann/",
        "void": "http://rdfs.org/ns/void#",
        "void-ext": "http://ldf.fi/void-ext#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
"""Prefix to namespace, sorted by prefix."""

WELL_KNOWN: Mapping[str, str] = MappingProxyType(
    {
        "as": "https://www.w3.org/ns/activitystreams#",
        "bibo": "http://purl.org/ontology/bibo/",
        "cc": "http://creativecommons.org/ns#",
        "csvw": "http://www.w3.org/ns/csvw#",
        "dbo": "http://dbpedia.org/ontology/",
        "dbp": "http://dbpedia.org/property/",
        "dbr": "http://dbpedia.org/resource/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcam": "http://purl.org/dc/dcam/",
        "dct": "http://purl.org/dc/terms/",
        "dctypes": "http://purl.org/dc/dcmitype/",
        "doap": "http://usefulinc.com/ns/doap#",
        "fn": "http://www.w3.org/2005/xpath-functions#",
        "frbr": "http://purl.org/vocab/frbr/core#",
        "geof": "http://www.opengis.net/def/function/geosparql/",
        "geonames": "http://www.geonames.org/ontology#",
        "geosparql": "http://www.opengis.net/ont/geosparql#",
        "gn": "http://www.geonames.org/ontology#",
        "gr": "http://purl.org/goodrelations/v1#",
        "locn": "http://www.w3.org/ns/locn#",
        "math": "http://www.w3.org/2005/xpath-functions/math#",
        "om": "http://www.ontology-of-units-of-measure.org/resource/om-2/",
        "ql": "http://www.w3.org/ns/rdf-query-language#",
        "qudt": "http://qudt.org/schema/qudt/",
        "rr": "http://www.w3.org/ns/r2rml#",
        "sc": "https://schema.org/",
        "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
        "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
        "sdo": "https://schema.org/",
        "sf": "http://www.opengis.net/ont/sf#",
        "shacl": "http://www.w3.org/ns/shacl#",
        "sioc": "http://rdfs.org/sioc/ns#",
        "skosxl": "http://www.w3.org/2008/05/skos-xl#",
        "ssn": "http://www.w3.org/ns/ssn/",
        "unit": "http://qudt.org/vocab/unit/",
        "vcard": "http://www.w3.org/2006/vcard/ns#",
        "wd": "http://www.wikidata.org/entity/",
        "wdt": "http://www.wikidata.org/prop/direct/",
        "wgs": "http://www.w3.org/2003/01/geo/wgs84_pos#",
        "wgs84": "http://www.w3.org/2003/01/geo/wgs84_pos#",
        "xml": "http://www.w3.org/XML/1998/namespace",
    }
)
"""What prefixes usually stand for that are not predeclared (prefix.cc), sorted.

Some of the namespaces are predeclared under another prefix.
"""

_LOCAL = re.compile(r"[A-Za-z0-9_-]+")


def shorten(iri: NamedNode) -> str:
    """Return the name of a term with its prefix, or its IRI if it has none.

    >>> shorten(NamedNode("https://schema.org/url"))
    'schema:url'
    >>> shorten(NamedNode("http://example.org/url"))
    'http://example.org/url'
    """
    for prefix, namespace in PREFIXES.items():
        local = iri.value.removeprefix(namespace)
        if local != iri.value and _LOCAL.fullmatch(local):
            return f"{prefix}:{local}"
    return iri.value
