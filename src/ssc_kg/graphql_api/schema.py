"""The domain's schema as an engine, described by the ontology."""

from pathlib import Path

from ssc_kg.engine.operation import Engine
from ssc_kg.engine.schema import build_engine
from ssc_kg.graphql_api.query import Query
from ssc_kg.graphql_api.types import (
    Aim,
    City,
    Commitment,
    Country,
    DocumentKind,
    EventKind,
    ExpectedResult,
    FocusArea,
    GeographicLevel,
    InstrumentKind,
    MemorandumOfUnderstanding,
    OrganizationKind,
)
from ssc_kg.mapping.ontology import read_ontology
from ssc_kg.resources import ONTOLOGY

_BEHIND_INTERFACES = (
    Aim,
    City,
    Commitment,
    Country,
    DocumentKind,
    EventKind,
    ExpectedResult,
    FocusArea,
    GeographicLevel,
    InstrumentKind,
    MemorandumOfUnderstanding,
    OrganizationKind,
)


def domain_engine(ontology: Path = ONTOLOGY) -> Engine:
    """Return the engine of this graph's schema.

    Raises:
        MappingError: The types and their mapping do not fit together.
    """
    return build_engine(
        Query, types=_BEHIND_INTERFACES, ontology=read_ontology(ontology)
    )
