"""An ontology in the words of schema.org, which search engines read in its page."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from ssc_kg.dataset.terms.model import Term, Vocabulary
from ssc_kg.rdf.namespaces import PREFIXES, shorten

Json: TypeAlias = "str | Sequence[Json] | Mapping[str, Json]"

# What schema.org's own context says of these; so nothing has to be fetched.
_CONTEXT: Json = {
    "@vocab": PREFIXES["schema"],
    **{name: {"@type": "@id"} for name in ("inDefinedTermSet", "license", "url")},
}


def describe_terms(vocabulary: Vocabulary) -> Mapping[str, Json]:
    """Return the JSON-LD of an ontology with its own terms (DefinedTermSet)."""
    header = vocabulary.header
    terms = vocabulary.terms.values()
    stated: dict[str, Json] = {
        "@context": _CONTEXT,
        "@type": "DefinedTermSet",
        "@id": header.iri.value,
        "url": header.iri.value,
        "name": header.title,
        "description": header.description or "",
        "creator": [{"@type": "Thing", "name": name} for name in header.creators],
        "license": [license_.value for license_ in header.licenses],
        "version": header.version or "",
        "hasDefinedTerm": [
            _describe(term) for term in terms if vocabulary.is_own(term.iri)
        ],
    }
    return {name: value for name, value in stated.items() if value}


def _describe(term: Term) -> Mapping[str, Json]:
    stated = {
        "@type": "DefinedTerm",
        "@id": term.iri.value,
        "name": term.label,
        "termCode": shorten(term.iri),
        "description": term.comment or "",
    }
    return {name: value for name, value in stated.items() if value}
