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
- `goals`: the Sustainable Development Goals and their targets.
- `documents`: the documents, the passages that support the facts, and who took them.
"""

from typing import TYPE_CHECKING, NoReturn

if not TYPE_CHECKING:

    def __getattr__(name: str) -> NoReturn:
        # Strawberry takes a NameError for a type that is declared later.
        raise NameError(name)


from ssc_kg.graphql_api.types.agents import (
    Agent,
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
from ssc_kg.graphql_api.types.concepts import (
    Concept,
    ConceptScheme,
    DocumentKind,
    EventKind,
    GeographicLevel,
    InstrumentKind,
    OrganizationKind,
    Role,
    StakeholderGroup,
    Topic,
)
from ssc_kg.graphql_api.types.documents import Editor, Evidence, SourceDocument
from ssc_kg.graphql_api.types.events import Announcement, Event, EventSeries, Statement
from ssc_kg.graphql_api.types.goals import Goal, Target
from ssc_kg.graphql_api.types.instruments import (
    Framework,
    Initiative,
    Instrument,
    Platform,
    Standard,
)
from ssc_kg.graphql_api.types.places import City, Country, Place, Region

if not TYPE_CHECKING:
    del __getattr__  # All are declared now.

__all__ = [
    "Activity",
    "Agent",
    "Agreement",
    "Aim",
    "Announcement",
    "City",
    "Commitment",
    "Concept",
    "ConceptScheme",
    "Country",
    "DocumentKind",
    "Editor",
    "Event",
    "EventKind",
    "EventSeries",
    "Evidence",
    "ExpectedResult",
    "FocusArea",
    "Framework",
    "GeographicLevel",
    "Goal",
    "Initiative",
    "Instrument",
    "InstrumentKind",
    "Membership",
    "MemorandumOfUnderstanding",
    "Node",
    "Organization",
    "OrganizationKind",
    "Partnership",
    "Person",
    "Place",
    "Platform",
    "Provision",
    "Region",
    "Role",
    "Signature",
    "SourceDocument",
    "StakeholderGroup",
    "Standard",
    "Statement",
    "Target",
    "Thing",
    "Topic",
]
