"""The root fields: a list of each kind of thing, and look-ups by IRI."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ssc_kg.engine.connections import Connection, connection, lookup
from ssc_kg.graphql_api.types import (
    Activity,
    Agent,
    Agreement,
    Aim,
    Announcement,
    City,
    Commitment,
    Concept,
    ConceptScheme,
    Country,
    Event,
    EventSeries,
    Evidence,
    ExpectedResult,
    FocusArea,
    Framework,
    Goal,
    Initiative,
    Instrument,
    Membership,
    Node,
    Organization,
    Partnership,
    Person,
    Place,
    Platform,
    Provision,
    Region,
    Role,
    Signature,
    SourceDocument,
    StakeholderGroup,
    Standard,
    Statement,
    Target,
    Topic,
)
from ssc_kg.mapping.declare import Instances, Lookup


@strawberry.type(
    description="Where every query begins: lists by kind, and look-ups by IRI."
)
class Query:
    node: Annotated[Node | None, Lookup()] = lookup()
    agreement: Annotated[Agreement | None, Lookup()] = lookup()
    organization: Annotated[Organization | None, Lookup()] = lookup()
    person: Annotated[Person | None, Lookup()] = lookup()
    event: Annotated[Event | None, Lookup()] = lookup()
    place: Annotated[Place | None, Lookup()] = lookup()
    initiative: Annotated[Initiative | None, Lookup()] = lookup()
    goal: Annotated[Goal | None, Lookup()] = lookup()
    target: Annotated[Target | None, Lookup()] = lookup()
    document: Annotated[SourceDocument | None, Lookup()] = lookup()

    agreements: Annotated[Connection[Agreement], Instances()] = connection()
    signatures: Annotated[Connection[Signature], Instances()] = connection()
    provisions: Annotated[Connection[Provision], Instances()] = connection()
    aims: Annotated[Connection[Aim], Instances()] = connection()
    commitments: Annotated[Connection[Commitment], Instances()] = connection()
    expected_results: Annotated[Connection[ExpectedResult], Instances()] = connection()
    focus_areas: Annotated[Connection[FocusArea], Instances()] = connection()
    activities: Annotated[Connection[Activity], Instances()] = connection()
    agents: Annotated[Connection[Agent], Instances()] = connection()
    organizations: Annotated[Connection[Organization], Instances()] = connection()
    people: Annotated[Connection[Person], Instances()] = connection()
    memberships: Annotated[Connection[Membership], Instances()] = connection()
    partnerships: Annotated[Connection[Partnership], Instances()] = connection()
    instruments: Annotated[Connection[Instrument], Instances()] = connection()
    initiatives: Annotated[Connection[Initiative], Instances()] = connection()
    platforms: Annotated[Connection[Platform], Instances()] = connection()
    frameworks: Annotated[Connection[Framework], Instances()] = connection()
    standards: Annotated[Connection[Standard], Instances()] = connection()
    events: Annotated[Connection[Event], Instances()] = connection()
    event_series: Annotated[Connection[EventSeries], Instances()] = connection()
    statements: Annotated[Connection[Statement], Instances()] = connection()
    announcements: Annotated[Connection[Announcement], Instances()] = connection()
    places: Annotated[Connection[Place], Instances()] = connection()
    cities: Annotated[Connection[City], Instances()] = connection()
    countries: Annotated[Connection[Country], Instances()] = connection()
    regions: Annotated[Connection[Region], Instances()] = connection()
    goals: Annotated[Connection[Goal], Instances()] = connection()
    targets: Annotated[Connection[Target], Instances()] = connection()
    concepts: Annotated[Connection[Concept], Instances()] = connection()
    concept_schemes: Annotated[Connection[ConceptScheme], Instances()] = connection()
    topics: Annotated[Connection[Topic], Instances()] = connection()
    roles: Annotated[Connection[Role], Instances()] = connection()
    stakeholder_groups: Annotated[Connection[StakeholderGroup], Instances()] = (
        connection()
    )
    documents: Annotated[Connection[SourceDocument], Instances()] = connection()
    evidence: Annotated[Connection[Evidence], Instances()] = connection()
