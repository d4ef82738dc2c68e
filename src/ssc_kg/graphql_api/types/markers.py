"""Short names for the kinds of property that most fields are marked with."""

from pyoxigraph import NamedNode

from ssc_kg.mapping.declare import Rdf, Transitive


def text(property_: NamedNode) -> Rdf:
    """Mark a field whose values have languages: many, or one in each."""
    return Rdf(property_, language_tagged=True)


def steps(*properties: NamedNode) -> Transitive:
    """Mark a field with all that some properties lead to, step after step."""
    return Transitive(properties)


def steps_back(*properties: NamedNode) -> Transitive:
    """Mark a field with all from which some properties lead here."""
    return Transitive(properties, inverse=True)


def inverse(property_: NamedNode) -> Rdf:
    """Mark a field that follows a property backwards."""
    return Rdf(property_, inverse=True)
