"""What a document tells: its statements by subject, who says them, the evidence."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Self, TypeAlias

from pyoxigraph import NamedNode, Quad, Triple

from ssc_kg.dataset.shown import Node
from ssc_kg.formats.statements import Statement, Subject, Term, merge
from ssc_kg.publish.nodes import Nodes
from ssc_kg.publish.passages import Evidence, find_evidence

_Fact: TypeAlias = tuple[object, object, object]


@dataclass(frozen=True, slots=True)
class Told:
    """The statements of a document, each once, whichever graphs say it."""

    statements: Mapping[Subject, Sequence[Statement]]
    """By subject, in the order of Turtle."""
    graphs: Mapping[_Fact, Sequence[Subject]]
    """The named graphs that say a statement, sorted."""
    evidence: Mapping[_Fact, Sequence[Evidence]]
    """What supports a statement."""

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> Self:
        """Return what some quads tell.

        Raises:
            UnwritableError: One has a term that only RDF 1.2 knows.
        """
        quads = tuple(quads)
        graphs = merge(quads)
        evidence: dict[_Fact, list[Evidence]] = defaultdict(list)
        for each in find_evidence(quads):
            evidence[each.statement].append(each)
        return cls(
            {
                subject: tuple(group)
                for subject, group in groupby(graphs, key=attrgetter("subject"))
            },
            {_fact(statement): names for statement, names in graphs.items()},
            evidence,
        )

    def of_subject(self, subject: Subject) -> Sequence[Statement]:
        """Return the statements about a subject."""
        return self.statements.get(subject, ())

    def values(self, subject: Subject, property_: NamedNode) -> list[Term]:
        """Return what a property of a subject has."""
        about = self.of_subject(subject)
        return [each.object for each in about if each.predicate == property_]

    def evidence_for(self, statement: Statement) -> Sequence[Evidence]:
        """Return what supports a statement."""
        return self.evidence.get(_fact(statement), ())

    def evidence_of(self, subject: Subject) -> list[Evidence]:
        """Return what supports any statement about a subject."""
        return [
            each
            for fact, evidence in self.evidence.items()
            if fact[0] == subject
            for each in evidence
        ]

    def sources(self, statement: Statement | Triple, nodes: Nodes) -> tuple[Node, ...]:
        """Return the graphs that say a statement, as a page shows them."""
        return tuple(map(nodes.show, self.graphs.get(_fact(statement), ())))


def _fact(statement: Statement | Triple) -> _Fact:
    return statement.subject, statement.predicate, statement.object
