"""The texts of the knowledge graph by which its things are found."""

from ssc_kg.mapping.texts import TextField
from ssc_kg.rdf.vocab import DCTERMS, OA, RDF, SKOS, SSC

TEXT_FIELDS = (
    TextField(SKOS.prefLabel, kind="label", weight=8.0, is_name=True),
    TextField(SSC.acronym, kind="acronym", weight=8.0, is_name=True),
    TextField(SKOS.notation, kind="code", weight=8.0, is_name=True),
    TextField(SKOS.altLabel, kind="alias", weight=6.0, is_name=True),
    TextField(DCTERMS.identifier, kind="identifier", weight=6.0, is_name=True),
    TextField(DCTERMS.title, kind="title", weight=6.0, is_name=True),
    TextField(DCTERMS.description, kind="description", weight=2.0),
    TextField(OA.exact, kind="evidence", weight=1.0, about=RDF.subject),
)
"""The best first: where two texts of a thing are equally good, the first is shown."""
