"""The values of parameters, drawn from a version once and kept while it is asked."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from cachetools import LRUCache
from pyoxigraph import Literal

from ssc_kg.catalogue.choices import Choices, read_choices, read_values
from ssc_kg.catalogue.parameters import Parameter
from ssc_kg.catalogue.questions import Question
from ssc_kg.sparql.algebra import Term
from ssc_kg.store.snapshot import Snapshot

_KEPT = 256
"""The values of how many parameters are kept."""
_NONE = Literal("")


class Drawn:
    """What the parameters of questions may be; for any number of threads."""

    def __init__(self) -> None:
        self._kept = LRUCache[tuple[int, Parameter], Choices | None](_KEPT)
        self._lock = threading.Lock()

    def choices(self, parameter: Parameter, snapshot: Snapshot) -> Choices | None:
        """Return what a parameter may be, if the data or its type says so.

        Raises:
            StoreError: The engine cannot match the pattern.
        """
        # Parameters of several questions draw the same; default and words matter not.
        drawn = replace(parameter, words="", default=_NONE)
        key = (snapshot.record.number, drawn)
        with self._lock:
            if key in self._kept:
                return self._kept[key]
        choices = read_choices(parameter, snapshot.store)
        with self._lock:
            self._kept[key] = choices
        return choices

    def read(
        self, question: Question, texts: Mapping[str, str], snapshot: Snapshot
    ) -> dict[str, Term]:
        """Return the values that texts give to parameters of a question.

        Raises:
            UnknownParameterError: The question has no parameter of a name.
            ParameterValueError: A text is not of its parameter's type, or the data has
                other values for it.
        """
        draw = partial(self.choices, snapshot=snapshot)
        return read_values(question.parameters, texts, draw, slug=question.slug)
