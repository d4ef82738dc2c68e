"""Fetches that are still being collected, while the selections are walked."""

from dataclasses import dataclass, field

from ssc_kg.compiler.aggregates.plan import Aggregate
from ssc_kg.compiler.conditions import ALWAYS, Condition
from ssc_kg.compiler.plan import Fetch, Page, Source
from ssc_kg.mapping.model import TypeMap, ValueField


@dataclass(slots=True)
class Draft:
    """A fetch that is still being collected; its parts are those of a `Fetch`."""

    number: int
    source: Source
    types: tuple[TypeMap, ...]
    fetches: list["Draft"] = field(default_factory=list)
    has_nodes: bool = True
    has_count: bool = False
    page: Page | None = None
    condition: Condition = ALWAYS
    aggregate: Aggregate | None = None
    _values: list[ValueField] = field(default_factory=list)

    def variable(self, wanted: ValueField) -> int:
        """Return the number of the variable of a field, which aliases share.

        So do a field in one language and the same in every language.
        """
        for number, known in enumerate(self._values):
            both_tagged = known.language_tagged and wanted.language_tagged
            if known == wanted or (both_tagged and known.property == wanted.property):
                return number
        self._values.append(wanted)
        return len(self._values) - 1

    def build(self) -> Fetch:
        """Return the fetch, as nothing more is added to it."""
        return Fetch(
            number=self.number,
            source=self.source,
            types=self.types,
            has_nodes=self.has_nodes,
            has_count=self.has_count,
            page=self.page,
            condition=self.condition,
            values=tuple(self._values),
            fetches=tuple(draft.build() for draft in self.fetches),
            aggregate=self.aggregate,
        )
