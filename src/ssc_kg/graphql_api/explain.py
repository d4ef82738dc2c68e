"""How an operation was answered, told to a client that asks for it.

It asks by the header `Prefer: explain`, or by `"extensions": {"explain": true}` beside
the operation; without that nothing is told.
"""

from collections.abc import Mapping

from starlette.requests import Request

from ssc_kg.compiler.json import JsonObject
from ssc_kg.engine.operation import Result
from ssc_kg.engine.trace import How, Level
from ssc_kg.http.preferences import preferences
from ssc_kg.rdf.languages import Languages

EXPLAIN = "explain"
"""The preference, the extension of the request, and that of the response."""


def prefers_explanation(request: Request) -> bool:
    """Whether a header of the request asks for an explanation."""
    if "prefer" not in request.headers:
        return False
    return preferences(request.headers.getlist("prefer")).get(EXPLAIN) == ""


def asks_for_explanation(extensions: Mapping[str, object]) -> bool:
    """Whether the extensions that stand beside an operation ask for an explanation."""
    return extensions.get(EXPLAIN) is True


def explain(result: Result, version: int, languages: Languages) -> JsonObject:
    """Return the phases that were reached, and each query or look-up with its cost.

    Args:
        result: What was found.
        version: What it was found in.
        languages: In which texts are shown, unless a field asks for others.
    """
    return {
        "version": version,
        "queries": sum(level.how is How.QUERY for level in result.levels),
        "milliseconds": {
            phase.value: _milliseconds(seconds)
            for phase, seconds in result.seconds.items()
        },
        "languages": [str(each) for each in languages],
        "levels": [_level(level) for level in result.levels],
    }


def _level(level: Level) -> JsonObject:
    is_looked_up = level.how in (How.LIST, How.WORDS)
    return {
        "how": level.how.value,
        level.how.value if is_looked_up else "sparql": level.asked,
        "rows": level.rows,
        "milliseconds": _milliseconds(level.seconds),
    }


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 3)
