"""The object types and interfaces; each class body is the schema and its mapping.

A type stands for one class of the ontology, an interface for one that only gathers
others, and each field for one property. Descriptions come from the ontology and its
shapes, `mapping.check` proves that the two agree, and the schema conventions are those
of Relay: `Node`, `id`, connections. Inverse fields are declared beside the others.

There is a module for each subject. Types refer to each other in circles, so a module
imports only the types that its own inherit from and names all others through this
package, where Strawberry finds them when the schema is built:

- `base`: what everything that the graph describes has in common.
- `agents`: who acts: people and organizations, their roles and partnerships.
- `agreements`: agreements, who signed them, and what they provide for.
- `instruments`: what agreements work with: initiatives, platforms, frameworks.
- `events`: events, and what is said at them or announced about them.
- `places`: places, from cities to parts of the world.
- `concepts`: the lists of concepts: topics, roles, groups, levels and kinds.
- `goals`: the Sustainable Development Goals, and who contributes what to them.
- `kpis`: the key performance indicators of cities, their values, benchmarks.
- `statistics`: numbers that sources give about things.
- `calls`: calls for people to take part, and what applicants must meet.
- `documents`: the documents, the passages that support the facts, and who took them.
"""

from typing import TYPE_CHECKING, NoReturn

if not TYPE_CHECKING:

    def __getattr__(name: str) -> NoReturn:
        # Strawberry takes a NameError for a type that is declared later.
        raise NameError(name)


from ssc_kg.graphql_api.types.agents import (
    Agent,
    Member,
    Membership,
    Organization,
    Partnership,
    Person,
)
from ssc_kg.graphql_api.types.agreements import (
    Activity,
    Agreement,
    Aim,
    Commitment,
    ExpectedResult,
    FocusArea,
    MemorandumOfUnderstanding,
    Provision,
    Signature,
)
from ssc_kg.graphql_api.types.base import Node, Thing
from ssc_kg.graphql_api.types.calls import Call, Requirement
from ssc_kg.graphql_api.types.concepts import (
    Concept,
    ConceptScheme,
    ContributionStrength,
    DocumentKind,
    EventKind,
    Frequency,
    GeographicLevel,
    InstrumentKind,
    KpiDirection,
    KpiKind,
    KpiLevel,
    Measure,
    ObjectiveKind,
    OrganizationKind,
    Role,
    SourceGrade,
    StakeholderGroup,
    Topic,
    Unit,
    VerificationStatus,
)
from ssc_kg.graphql_api.types.documents import Editor, Evidence, SourceDocument
from ssc_kg.graphql_api.types.events import Announcement, Event, EventSeries, Statement
from ssc_kg.graphql_api.types.goals import (
    ActionLine,
    ActionLineGoalLink,
    Contribution,
    Goal,
    Indicator,
    Target,
)
from ssc_kg.graphql_api.types.instruments import (
    Framework,
    Initiative,
    Instrument,
    Objective,
    Platform,
    Publication,
    Resolution,
    Standard,
)
from ssc_kg.graphql_api.types.kpis import (
    Benchmark,
    BenchmarkSet,
    DataPoint,
    Kpi,
    KpiCategory,
    KpiConcept,
    KpiDimension,
    KpiSubDimension,
    KpiValue,
)
from ssc_kg.graphql_api.types.places import (
    City,
    Country,
    District,
    Geometry,
    Place,
    Region,
)
from ssc_kg.graphql_api.types.statistics import Statistic

if not TYPE_CHECKING:
    del __getattr__  # All are declared now.

__all__ = [
    "ActionLine",
    "ActionLineGoalLink",
    "Activity",
    "Agent",
    "Agreement",
    "Aim",
    "Announcement",
    "Benchmark",
    "BenchmarkSet",
    "Call",
    "City",
    "Commitment",
    "Concept",
    "ConceptScheme",
    "Contribution",
    "ContributionStrength",
    "Country",
    "DataPoint",
    "District",
    "DocumentKind",
    "Editor",
    "Event",
    "EventKind",
    "EventSeries",
    "Evidence",
    "ExpectedResult",
    "FocusArea",
    "Framework",
    "Frequency",
    "GeographicLevel",
    "Geometry",
    "Goal",
    "Indicator",
    "Initiative",
    "Instrument",
    "InstrumentKind",
    "Kpi",
    "KpiCategory",
    "KpiConcept",
    "KpiDimension",
    "KpiDirection",
    "KpiKind",
    "KpiLevel",
    "KpiSubDimension",
    "KpiValue",
    "Measure",
    "Member",
    "Membership",
    "MemorandumOfUnderstanding",
    "Node",
    "Objective",
    "ObjectiveKind",
    "Organization",
    "OrganizationKind",
    "Partnership",
    "Person",
    "Place",
    "Platform",
    "Provision",
    "Publication",
    "Region",
    "Requirement",
    "Resolution",
    "Role",
    "Signature",
    "SourceDocument",
    "SourceGrade",
    "StakeholderGroup",
    "Standard",
    "Statement",
    "Statistic",
    "Target",
    "Thing",
    "Topic",
    "Unit",
    "VerificationStatus",
]
