"""The root fields: for each kind of thing a look-up by IRI and a list.

They are named after the type, in the singular and in the plural. Where English has one
word for both, the look-up counts pieces: `pieceOfEvidence`, `seriesOfEvents`.

`Node` and `Thing` have no list, since they are everything at once, nor have members,
who are agents or places; geometries are found at their places. `node` looks up any.
"""

from __future__ import annotations

from typing import Annotated

import strawberry

from ssc_kg.engine.connections import (
    Connection,
    SearchConnection,
    connection,
    lookup,
    lookups,
    search,
)
from ssc_kg.engine.path_types import Paths, paths
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
    ContributionStrength,
    Country,
    DataPoint,
    District,
    DocumentKind,
    Editor,
    Event,
    EventKind,
    EventSeries,
    Evidence,
    ExpectedResult,
    FocusArea,
    Framework,
    Frequency,
    GeographicLevel,
    Goal,
    Indicator,
    Initiative,
    Instrument,
    InstrumentKind,
    Kpi,
    KpiCategory,
    KpiConcept,
    KpiDimension,
    KpiDirection,
    KpiKind,
    KpiLevel,
    KpiSubDimension,
    KpiValue,
    Measure,
    Membership,
    MemorandumOfUnderstanding,
    Node,
    Objective,
    ObjectiveKind,
    Organization,
    OrganizationKind,
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
    SourceGrade,
    StakeholderGroup,
    Standard,
    Statement,
    Statistic,
    Target,
    Topic,
    Unit,
    VerificationStatus,
)
from ssc_kg.mapping.declare import Connecting, Instances, Lookup, Search


@strawberry.type(
    description="Where every query begins: lists by kind, and look-ups by IRI."
)
class Query:
    node: Annotated[Node | None, Lookup()] = lookup()
    nodes: Annotated[list[Node | None], Lookup()] = lookups(
        "Things by their IRIs, each null if the graph does not describe it."
    )
    path: Annotated[Paths[Node] | None, Connecting()] = paths(
        "How two things are connected: the shortest ways from one to the other, along "
        "the links that fields follow, in either direction. Null if one of them is "
        "nothing that the graph describes, or evidence, over which no way leads."
    )
    search: Annotated[SearchConnection[Node], Search()] = search(
        "Things by words of their names, codes, descriptions and titles, or of what "
        "documents say about them, the best first."
    )

    agreement: Annotated[Agreement | None, Lookup()] = lookup()
    agreements: Annotated[Connection[Agreement], Instances()] = connection()
    memorandum_of_understanding: Annotated[
        MemorandumOfUnderstanding | None, Lookup()
    ] = lookup()
    memoranda_of_understanding: Annotated[
        Connection[MemorandumOfUnderstanding], Instances()
    ] = connection()
    signature: Annotated[Signature | None, Lookup()] = lookup()
    signatures: Annotated[Connection[Signature], Instances()] = connection()
    provision: Annotated[Provision | None, Lookup()] = lookup()
    provisions: Annotated[Connection[Provision], Instances()] = connection()
    aim: Annotated[Aim | None, Lookup()] = lookup()
    aims: Annotated[Connection[Aim], Instances()] = connection()
    commitment: Annotated[Commitment | None, Lookup()] = lookup()
    commitments: Annotated[Connection[Commitment], Instances()] = connection()
    expected_result: Annotated[ExpectedResult | None, Lookup()] = lookup()
    expected_results: Annotated[Connection[ExpectedResult], Instances()] = connection()
    focus_area: Annotated[FocusArea | None, Lookup()] = lookup()
    focus_areas: Annotated[Connection[FocusArea], Instances()] = connection()
    activity: Annotated[Activity | None, Lookup()] = lookup()
    activities: Annotated[Connection[Activity], Instances()] = connection()

    agent: Annotated[Agent | None, Lookup()] = lookup()
    agents: Annotated[Connection[Agent], Instances()] = connection()
    organization: Annotated[Organization | None, Lookup()] = lookup()
    organizations: Annotated[Connection[Organization], Instances()] = connection()
    person: Annotated[Person | None, Lookup()] = lookup()
    people: Annotated[Connection[Person], Instances()] = connection()
    membership: Annotated[Membership | None, Lookup()] = lookup()
    memberships: Annotated[Connection[Membership], Instances()] = connection()
    partnership: Annotated[Partnership | None, Lookup()] = lookup()
    partnerships: Annotated[Connection[Partnership], Instances()] = connection()

    instrument: Annotated[Instrument | None, Lookup()] = lookup()
    instruments: Annotated[Connection[Instrument], Instances()] = connection()
    initiative: Annotated[Initiative | None, Lookup()] = lookup()
    initiatives: Annotated[Connection[Initiative], Instances()] = connection()
    platform: Annotated[Platform | None, Lookup()] = lookup()
    platforms: Annotated[Connection[Platform], Instances()] = connection()
    framework: Annotated[Framework | None, Lookup()] = lookup()
    frameworks: Annotated[Connection[Framework], Instances()] = connection()
    standard: Annotated[Standard | None, Lookup()] = lookup()
    standards: Annotated[Connection[Standard], Instances()] = connection()
    publication: Annotated[Publication | None, Lookup()] = lookup()
    publications: Annotated[Connection[Publication], Instances()] = connection()
    resolution: Annotated[Resolution | None, Lookup()] = lookup()
    resolutions: Annotated[Connection[Resolution], Instances()] = connection()
    objective: Annotated[Objective | None, Lookup()] = lookup()
    objectives: Annotated[Connection[Objective], Instances()] = connection()

    event: Annotated[Event | None, Lookup()] = lookup()
    events: Annotated[Connection[Event], Instances()] = connection()
    series_of_events: Annotated[EventSeries | None, Lookup()] = lookup()
    event_series: Annotated[Connection[EventSeries], Instances()] = connection()
    statement: Annotated[Statement | None, Lookup()] = lookup()
    statements: Annotated[Connection[Statement], Instances()] = connection()
    announcement: Annotated[Announcement | None, Lookup()] = lookup()
    announcements: Annotated[Connection[Announcement], Instances()] = connection()
    call: Annotated[Call | None, Lookup()] = lookup()
    calls: Annotated[Connection[Call], Instances()] = connection()
    requirement: Annotated[Requirement | None, Lookup()] = lookup()
    requirements: Annotated[Connection[Requirement], Instances()] = connection()

    place: Annotated[Place | None, Lookup()] = lookup()
    places: Annotated[Connection[Place], Instances()] = connection()
    city: Annotated[City | None, Lookup()] = lookup()
    cities: Annotated[Connection[City], Instances()] = connection()
    country: Annotated[Country | None, Lookup()] = lookup()
    countries: Annotated[Connection[Country], Instances()] = connection()
    region: Annotated[Region | None, Lookup()] = lookup()
    regions: Annotated[Connection[Region], Instances()] = connection()
    district: Annotated[District | None, Lookup()] = lookup()
    districts: Annotated[Connection[District], Instances()] = connection()

    goal: Annotated[Goal | None, Lookup()] = lookup()
    goals: Annotated[Connection[Goal], Instances()] = connection()
    target: Annotated[Target | None, Lookup()] = lookup()
    targets: Annotated[Connection[Target], Instances()] = connection()
    indicator: Annotated[Indicator | None, Lookup()] = lookup()
    indicators: Annotated[Connection[Indicator], Instances()] = connection()
    contribution: Annotated[Contribution | None, Lookup()] = lookup()
    contributions: Annotated[Connection[Contribution], Instances()] = connection()
    action_line: Annotated[ActionLine | None, Lookup()] = lookup()
    action_lines: Annotated[Connection[ActionLine], Instances()] = connection()
    action_line_goal_link: Annotated[ActionLineGoalLink | None, Lookup()] = lookup()
    action_line_goal_links: Annotated[Connection[ActionLineGoalLink], Instances()] = (
        connection()
    )
    statistic: Annotated[Statistic | None, Lookup()] = lookup()
    statistics: Annotated[Connection[Statistic], Instances()] = connection()

    kpi_concept: Annotated[KpiConcept | None, Lookup()] = lookup()
    kpi_concepts: Annotated[Connection[KpiConcept], Instances()] = connection()
    kpi_dimension: Annotated[KpiDimension | None, Lookup()] = lookup()
    kpi_dimensions: Annotated[Connection[KpiDimension], Instances()] = connection()
    kpi_sub_dimension: Annotated[KpiSubDimension | None, Lookup()] = lookup()
    kpi_sub_dimensions: Annotated[Connection[KpiSubDimension], Instances()] = (
        connection()
    )
    kpi_category: Annotated[KpiCategory | None, Lookup()] = lookup()
    kpi_categories: Annotated[Connection[KpiCategory], Instances()] = connection()
    kpi: Annotated[Kpi | None, Lookup()] = lookup()
    kpis: Annotated[Connection[Kpi], Instances()] = connection()
    data_point: Annotated[DataPoint | None, Lookup()] = lookup()
    data_points: Annotated[Connection[DataPoint], Instances()] = connection()
    kpi_value: Annotated[KpiValue | None, Lookup()] = lookup()
    kpi_values: Annotated[Connection[KpiValue], Instances()] = connection()
    benchmark_set: Annotated[BenchmarkSet | None, Lookup()] = lookup()
    benchmark_sets: Annotated[Connection[BenchmarkSet], Instances()] = connection()
    benchmark: Annotated[Benchmark | None, Lookup()] = lookup()
    benchmarks: Annotated[Connection[Benchmark], Instances()] = connection()

    concept_scheme: Annotated[ConceptScheme | None, Lookup()] = lookup()
    concept_schemes: Annotated[Connection[ConceptScheme], Instances()] = connection()
    concept: Annotated[Concept | None, Lookup()] = lookup()
    concepts: Annotated[Connection[Concept], Instances()] = connection()
    topic: Annotated[Topic | None, Lookup()] = lookup()
    topics: Annotated[Connection[Topic], Instances()] = connection()
    role: Annotated[Role | None, Lookup()] = lookup()
    roles: Annotated[Connection[Role], Instances()] = connection()
    stakeholder_group: Annotated[StakeholderGroup | None, Lookup()] = lookup()
    stakeholder_groups: Annotated[Connection[StakeholderGroup], Instances()] = (
        connection()
    )
    geographic_level: Annotated[GeographicLevel | None, Lookup()] = lookup()
    geographic_levels: Annotated[Connection[GeographicLevel], Instances()] = (
        connection()
    )
    measure: Annotated[Measure | None, Lookup()] = lookup()
    measures: Annotated[Connection[Measure], Instances()] = connection()
    unit: Annotated[Unit | None, Lookup()] = lookup()
    units: Annotated[Connection[Unit], Instances()] = connection()
    frequency: Annotated[Frequency | None, Lookup()] = lookup()
    frequencies: Annotated[Connection[Frequency], Instances()] = connection()
    organization_kind: Annotated[OrganizationKind | None, Lookup()] = lookup()
    organization_kinds: Annotated[Connection[OrganizationKind], Instances()] = (
        connection()
    )
    instrument_kind: Annotated[InstrumentKind | None, Lookup()] = lookup()
    instrument_kinds: Annotated[Connection[InstrumentKind], Instances()] = connection()
    event_kind: Annotated[EventKind | None, Lookup()] = lookup()
    event_kinds: Annotated[Connection[EventKind], Instances()] = connection()
    objective_kind: Annotated[ObjectiveKind | None, Lookup()] = lookup()
    objective_kinds: Annotated[Connection[ObjectiveKind], Instances()] = connection()
    document_kind: Annotated[DocumentKind | None, Lookup()] = lookup()
    document_kinds: Annotated[Connection[DocumentKind], Instances()] = connection()
    contribution_strength: Annotated[ContributionStrength | None, Lookup()] = lookup()
    contribution_strengths: Annotated[Connection[ContributionStrength], Instances()] = (
        connection()
    )
    kpi_level: Annotated[KpiLevel | None, Lookup()] = lookup()
    kpi_levels: Annotated[Connection[KpiLevel], Instances()] = connection()
    kpi_kind: Annotated[KpiKind | None, Lookup()] = lookup()
    kpi_kinds: Annotated[Connection[KpiKind], Instances()] = connection()
    kpi_direction: Annotated[KpiDirection | None, Lookup()] = lookup()
    kpi_directions: Annotated[Connection[KpiDirection], Instances()] = connection()
    verification_status: Annotated[VerificationStatus | None, Lookup()] = lookup()
    verification_statuses: Annotated[Connection[VerificationStatus], Instances()] = (
        connection()
    )
    source_grade: Annotated[SourceGrade | None, Lookup()] = lookup()
    source_grades: Annotated[Connection[SourceGrade], Instances()] = connection()

    source_document: Annotated[SourceDocument | None, Lookup()] = lookup()
    source_documents: Annotated[Connection[SourceDocument], Instances()] = connection()
    piece_of_evidence: Annotated[Evidence | None, Lookup()] = lookup()
    evidence: Annotated[Connection[Evidence], Instances()] = connection()
    editor: Annotated[Editor | None, Lookup()] = lookup()
    editors: Annotated[Connection[Editor], Instances()] = connection()
