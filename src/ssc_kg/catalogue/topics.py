"""What questions are about, in the order in which a person is shown them.

Each question names one, so that a list of many can be looked through.
"""

from enum import StrEnum


class Topic(StrEnum):
    """What a question is about; the value is how its file says it."""

    AGREEMENTS = "agreements"
    ORGANIZATIONS = "organizations"
    GOALS = "goals"
    INDICATORS = "indicators"
    PLACES = "places"
    SOURCES = "sources"

    @property
    def label(self) -> str:
        """Its name for people."""
        return _LABELS[self]


_LABELS = {
    Topic.AGREEMENTS: "Agreements and commitments",
    Topic.ORGANIZATIONS: "Organizations, people and partnerships",
    Topic.GOALS: "Goals and contributions to them",
    Topic.INDICATORS: "Indicators of cities and their values",
    Topic.PLACES: "Places and events",
    Topic.SOURCES: "Sources, evidence and the graph itself",
}
