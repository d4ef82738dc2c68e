"""The root fields: a list of each kind of thing, and look-ups by IRI."""

from __future__ import annotations

from typing import Annotated

import strawberry

from ssc_kg.engine.connections import Connection, connection, lookup
from ssc_kg.graphql_api.types import (
    ActionLine,
    ActionLineGoalLink,
    Activity,
    Agent,
    Agreement,
    Aim,
    Announcement,
    Benchmark,
    BenchmarkSet,
    Call,
    City,
    Commitment,
    Concept,
    ConceptScheme,
    Contribution,
    Country,
    DataPoint,
    District,
    Event,
    EventSeries,
    Evidence,
    ExpectedResult,
    FocusArea,
    Framework,
    Goal,
    Indicator,
    Initiative,
    Instrument,
    Kpi,
    KpiCategory,
    KpiConcept,
    KpiDimension,
    KpiSubDimension,
    KpiValue,
    Measure,
    Membership,
    Node,
    Objective,
    Organization,
    Partnership,
    Person,
    Place,
    Platform,
    Provision,
    Publication,
    Region,
    Requirement,
    Resolution,
    Role,
    Signature,
    SourceDocument,
    StakeholderGroup,
    Standard,
    Statement,
    Statistic,
    Target,
    Topic,
    Unit,
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
    indicator: Annotated[Indicator | None, Lookup()] = lookup()
    city: Annotated[City | None, Lookup()] = lookup()
    kpi: Annotated[Kpi | None, Lookup()] = lookup()
    kpi_category: Annotated[KpiCategory | None, Lookup()] = lookup()
    framework: Annotated[Framework | None, Lookup()] = lookup()
    platform: Annotated[Platform | None, Lookup()] = lookup()
    publication: Annotated[Publication | None, Lookup()] = lookup()
    contribution: Annotated[Contribution | None, Lookup()] = lookup()
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
    objectives: Annotated[Connection[Objective], Instances()] = connection()
    publications: Annotated[Connection[Publication], Instances()] = connection()
    resolutions: Annotated[Connection[Resolution], Instances()] = connection()
    calls: Annotated[Connection[Call], Instances()] = connection()
    requirements: Annotated[Connection[Requirement], Instances()] = connection()
    contributions: Annotated[Connection[Contribution], Instances()] = connection()
    statistics: Annotated[Connection[Statistic], Instances()] = connection()
    kpis: Annotated[Connection[Kpi], Instances()] = connection()
    kpi_concepts: Annotated[Connection[KpiConcept], Instances()] = connection()
    kpi_dimensions: Annotated[Connection[KpiDimension], Instances()] = connection()
    kpi_sub_dimensions: Annotated[Connection[KpiSubDimension], Instances()] = (
        connection()
    )
    kpi_categories: Annotated[Connection[KpiCategory], Instances()] = connection()
    data_points: Annotated[Connection[DataPoint], Instances()] = connection()
    kpi_values: Annotated[Connection[KpiValue], Instances()] = connection()
    benchmark_sets: Annotated[Connection[BenchmarkSet], Instances()] = connection()
    benchmarks: Annotated[Connection[Benchmark], Instances()] = connection()
    indicators: Annotated[Connection[Indicator], Instances()] = connection()
    action_lines: Annotated[Connection[ActionLine], Instances()] = connection()
    action_line_goal_links: Annotated[Connection[ActionLineGoalLink], Instances()] = (
        connection()
    )
    districts: Annotated[Connection[District], Instances()] = connection()
    units: Annotated[Connection[Unit], Instances()] = connection()
    measures: Annotated[Connection[Measure], Instances()] = connection()
