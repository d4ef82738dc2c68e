"""What a dataset covers: its languages, the time that it tells of, its countries."""

from collections.abc import Iterator, Mapping

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Triple

from ssc_kg.rdf.vocab import DCAT, DCTERMS, RDF, SSC
from ssc_kg.store.protocol import Store
from ssc_kg.urls import Urls

_AUTHORITY = "http://publications.europa.eu/resource/authority/language/"
_LIBRARY = "http://id.loc.gov/vocabulary/"
_TWO_LETTERS = 2
_CODES = (
    "ar-ARA bg-BUL cs-CES da-DAN de-DEU el-ELL en-ENG es-SPA et-EST fi-FIN fr-FRA "
    "ga-GLE hi-HIN hr-HRV hu-HUN it-ITA ja-JPN ko-KOR lt-LIT lv-LAV mt-MLT nl-NLD "
    "no-NOR pl-POL pt-POR ro-RON ru-RUS sk-SLK sl-SLV sv-SWE tr-TUR uk-UKR zh-ZHO"
)
_LANGUAGES: Mapping[str, str] = {code[:2]: code[3:] for code in _CODES.split()}
"""The languages of the Union and of the United Nations, and some others beside."""
_DATED = (SSC.asOf, SSC.year)
"""The properties whose values say when something was so."""


def language_iri(tag: str) -> NamedNode:
    """Return the IRI of the language of a tag, whatever its script or region.

    It is that of the EU's list, which DCAT-AP asks for, where that is known here; else
    that of the Library of Congress, which DCAT does (section 6.4.9).

    >>> language_iri("en-GB").value
    'http://publications.europa.eu/resource/authority/language/ENG'
    >>> language_iri("eo").value
    'http://id.loc.gov/vocabulary/iso639-1/eo'
    """
    primary = tag.partition("-")[0].lower()
    if primary in _LANGUAGES:
        return NamedNode(_AUTHORITY + _LANGUAGES[primary])
    part = 1 if len(primary) == _TWO_LETTERS else 2
    return NamedNode(f"{_LIBRARY}iso639-{part}/{primary}")


def describe_period(store: pyoxigraph.Store, urls: Urls) -> Iterator[Triple]:
    """Yield from when to when the values of a dataset are, if any says so."""
    found = [
        quad.object
        for property_ in _DATED
        for quad in store.quads_for_pattern(None, property_, None, DefaultGraph())
        if isinstance(quad.object, Literal)
    ]
    if not found:
        return
    period = urls.void_part("period")
    yield Triple(urls.dataset, DCTERMS.temporal, period)
    yield Triple(period, RDF.type, DCTERMS.PeriodOfTime)
    # Years, months and days, as ISO 8601 writes them: text in the order of time.
    for property_, choose in ((DCAT.startDate, min), (DCAT.endDate, max)):
        value = choose(found, key=lambda literal: literal.value)
        yield Triple(period, property_, value)


def find_countries(store: Store) -> list[NamedNode]:
    """Return the countries that a dataset tells of, sorted."""
    found = (quad.subject for quad in store.match(None, RDF.type, SSC.Country))
    return sorted((each for each in found if isinstance(each, NamedNode)), key=str)
