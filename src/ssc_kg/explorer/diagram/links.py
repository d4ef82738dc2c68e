"""The links that each thing of a class must have, by its shape.

A class is a box with a row for each property that is demanded once or more; a line
leads from the row to the class of the values. Links that a thing may have are too many
for one picture.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from ssc_kg.dataset.terms.model import PropertyShape, Vocabulary
from ssc_kg.explorer.diagram.layers import Box, Layout, Line, lay_out

TITLE = 26.0
ROW = 20.0
_FOOT = 4.0
_CHARACTER = 6.6
_BOLD_CHARACTER = 7.8
_MARGIN = 20.0


@dataclass(frozen=True, slots=True)
class ClassBox:
    """A class, and its rows."""

    class_: NamedNode
    label: str
    is_abstract: bool
    rows: tuple[PropertyShape, ...]


@dataclass(frozen=True, slots=True)
class LinkDiagram:
    """The boxes, and where they lie, by the IRIs of their classes."""

    boxes: tuple[ClassBox, ...]
    layout: Layout


def draw_links(vocabulary: Vocabulary) -> LinkDiagram:
    """Return the diagram of the links that things must have."""
    boxes = tuple(_boxes(vocabulary))
    lines = [line for box in boxes for line in _lines(box)]
    return LinkDiagram(boxes, lay_out([_size(box) for box in boxes], lines))


def _boxes(vocabulary: Vocabulary) -> Iterator[ClassBox]:
    rows: dict[NamedNode, list[PropertyShape]] = {}
    for class_, each in _demanded(vocabulary):
        rows.setdefault(class_, []).append(each)
        if each.target is not None:
            rows.setdefault(each.target, [])
    for class_, own in sorted(rows.items(), key=lambda item: item[0].value):
        is_abstract = vocabulary.terms[class_].is_abstract
        yield ClassBox(class_, vocabulary.name(class_), is_abstract, tuple(own))


def _demanded(vocabulary: Vocabulary) -> Iterator[tuple[NamedNode, PropertyShape]]:
    known = vocabulary.terms
    for shape in vocabulary.shapes:
        for class_ in shape.classes:
            for each in shape.properties:
                if each.minimum and class_ in known and each.target in known:
                    yield class_, each


def _lines(box: ClassBox) -> Iterator[Line]:
    for number, row in enumerate(box.rows):
        if row.target is not None:
            leaves = TITLE + ROW * (number + 0.5)
            yield Line(box.class_.value, row.target.value, leaves, TITLE / 2)


def _size(box: ClassBox) -> Box:
    rows = [len(f"{row.name} {row.multiplicity}") * _CHARACTER for row in box.rows]
    width = max(len(box.label) * _BOLD_CHARACTER, *rows, 0.0) + _MARGIN
    height = TITLE + ROW * len(box.rows) + (_FOOT if box.rows else 0)
    return Box(box.class_.value, width, height)
