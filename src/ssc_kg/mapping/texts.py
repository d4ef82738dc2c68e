"""Which texts of a graph can be searched, as plain values."""

from dataclasses import dataclass

from pyoxigraph import NamedNode


@dataclass(frozen=True, slots=True)
class TextField:
    """A property whose texts find a node, or find the node that their subject is about.

    A text that `subject property text` states finds the subject. If `about` is given,
    it finds each node with `subject about node` instead, as a quotation finds the thing
    that it speaks of.
    """

    property: NamedNode
    kind: str
    """What a hit in it is called, for example label."""
    weight: float
    """How much a hit counts beside one in another field."""
    about: NamedNode | None = None
    is_name: bool = False
    """Whether a text that equals what is searched for comes before everything else."""
