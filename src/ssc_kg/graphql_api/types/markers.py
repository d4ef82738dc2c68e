"""Short names for the two kinds of property that most fields are marked with."""

from pyoxigraph import NamedNode

from ssc_kg.mapping.declare import Rdf


def text(property_: NamedNode) -> Rdf:
    """Mark a field of which the graph holds one value per language."""
    return Rdf(property_, language_tagged=True)


def inverse(property_: NamedNode) -> Rdf:
    """Mark a field that follows a property backwards."""
    return Rdf(property_, inverse=True)
