"""The properties by which the things of the knowledge graph are kept sorted."""

from ssc_kg.compiler.values import shown_text
from ssc_kg.mapping.model import Scalar
from ssc_kg.mapping.orders import SortKey
from ssc_kg.rdf.vocab import DCTERMS, SKOS, SSC

SORT_KEYS = tuple(
    SortKey(property_, Scalar.TEXT, shown_text)
    for property_ in (SKOS.prefLabel, SKOS.notation, DCTERMS.issued, SSC.asOf)
)
