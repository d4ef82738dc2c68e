"""What a request asks of a question: values for its parameters, and how to answer.

The values stay texts here, since whether a question may be asked of them is for the
data to say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ssc_kg.catalogue.heading import RESERVED
from ssc_kg.catalogue.questions import Question
from ssc_kg.errors import UnknownParameterError
from ssc_kg.http.parameters import (
    VERSION,
    read_number,
    read_query,
    read_switch,
    read_version_number,
)
from ssc_kg.publish.pictures import AS_IT_FITS, Drawing, read_drawing

MAXIMUM_PAGE = 10_000
"""The most rows of a page; without `limit` an answer comes whole."""
_HIGHEST = 10**9
DELIVERY = tuple(name for name in RESERVED if name != "q")
"""The parameters of every question, which say how its answer comes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks of a question.

    Attributes:
        question: The question.
        texts: The values of its parameters, of those that were sent.
        format_name: The format, if the address names one.
        limit: The most rows of a page; None for all.
        offset: How many rows come before the page.
        labels: Whether IRIs have their names beside them.
        timeout: The time limit in seconds, as it was sent.
        version: The number of the version; None for the current one.
        is_download: Whether a browser shall keep the answer as a file.
        drawing: What it says of a picture.
    """

    question: Question
    texts: Mapping[str, str] = field(default_factory=dict)
    format_name: str | None = None
    limit: int | None = None
    offset: int = 0
    labels: bool = False
    timeout: str | None = None
    version: int | None = None
    is_download: bool = False
    drawing: Drawing = AS_IT_FITS


def read_asked(question: Question, query_string: bytes) -> Asked:
    """Return what an address asks of a question.

    Raises:
        BadRequestError: A parameter is there twice, or is not UTF-8.
        ChartError: There is no such chart.
        UnknownParameterError: The question has no parameter of a name.
        ParameterValueError: What says how the answer comes says nothing that is known.
    """
    sent = read_query(query_string)
    declared = [parameter.name for parameter in question.parameters]
    for name in sent:
        if name not in declared and name not in DELIVERY:
            known = [*declared, *DELIVERY]
            raise UnknownParameterError(name, question.slug, known)
    return Asked(
        question,
        {name: text for name, text in sent.items() if name in declared},
        sent.get("format"),
        limit=_number(sent, "limit", 1, MAXIMUM_PAGE),
        offset=_number(sent, "offset", 0, _HIGHEST) or 0,
        labels="labels" in sent and read_switch("labels", sent["labels"]),
        timeout=sent.get("timeout"),
        version=read_version_number(sent[VERSION]) if VERSION in sent else None,
        is_download="download" in sent and read_switch("download", sent["download"]),
        drawing=read_drawing(sent),
    )


def _number(
    sent: Mapping[str, str], name: str, minimum: int, maximum: int
) -> int | None:
    if name not in sent:
        return None
    return read_number(name, sent[name], minimum=minimum, maximum=maximum)
