"""The domain's schema as an engine, described by the ontology."""

from pathlib import Path

from ssc_kg.engine.engine import Engine
from ssc_kg.engine.limits import DEFAULT_LIMITS, OperationLimits
from ssc_kg.engine.schema import build_engine
from ssc_kg.graphql_api import types
from ssc_kg.graphql_api.query import Query
from ssc_kg.graphql_api.subscription import Subscription
from ssc_kg.mapping.declare import is_mapped
from ssc_kg.mapping.ontology import read_ontology
from ssc_kg.resources import ONTOLOGY


def domain_engine(
    ontology: Path = ONTOLOGY, *, limits: OperationLimits = DEFAULT_LIMITS
) -> Engine:
    """Return the engine of this graph's schema.

    Raises:
        MappingError: The types and their mapping do not fit together.
    """
    # All of them, since some are reached through interfaces only.
    mapped = [
        value
        for value in vars(types).values()
        if isinstance(value, type) and is_mapped(value)
    ]
    return build_engine(
        Query,
        types=mapped,
        subscription=Subscription,
        ontology=read_ontology(ontology),
        limits=limits,
    )
