"""The catalogue as OpenAPI 3.1: each question is a path, each format a response.

What parameters may be is drawn from the data of one version, so a client that is made
of this document knows the values as well as the types. Parameters that draw the same
values share a schema.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ssc_kg.catalogue.choices import Choices
from ssc_kg.catalogue.described import Described
from ssc_kg.catalogue.operation import Value, bind_variables
from ssc_kg.catalogue.parameters import Parameter, ParameterType, write_value
from ssc_kg.charts.chart import ChartKind
from ssc_kg.formats.table import HTML, JSON, RDF_FORMATS, RESULTS_JSON, Format
from ssc_kg.sparql.algebra import Term
from ssc_kg.urls import Urls

Json: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class Api:
    """What describes the server beside its questions."""

    title: str
    release: str
    """The release of the program."""
    version: int
    """The version of the data."""
    maximum_page: int
    """The most rows of a page."""


def describe_api(questions: Sequence[Described], urls: Urls, api: Api) -> Json:
    """Return the description of all questions (OpenAPI 3.1.1)."""
    schemas = _Schemas()
    paths = {
        f"/queries/{each.question.slug}.{{format}}": {"get": _ask(each, schemas)}
        for each in questions
    }
    topics = {each.question.topic: each.question.topic for each in questions}
    return {
        "openapi": "3.1.1",
        "info": {
            "title": api.title,
            "summary": "Questions about smart sustainable cities, each with an address",
            "description": _DESCRIPTION.format(number=api.version),
            "version": f"{api.release}+{api.version}",
            "license": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": urls.public_url.rstrip("/") or "/"}],
        "tags": [
            {"name": topic, "description": topic.label} for topic in topics if topic
        ],
        "paths": {**_about(urls), **paths},
        "components": {
            "parameters": _delivery(api),
            "responses": _PROBLEMS,
            "headers": _HEADERS,
            "schemas": {**_SCHEMAS, **schemas.by_name},
        },
    }


_DESCRIPTION = """\
Each question is asked at an address of its own, which ends in the format of the answer.
What a parameter may be is drawn from version {number} of the data; the document changes
with it. The same questions are listed for people at `/queries`, and any other may be
asked at `/sparql` and `/graphql`.
"""
_RESULTS = "SparqlResults"
_PROBLEM = "Problem"
_STRING: Json = {"type": "string"}
_SCHEMAS: Json = {
    _RESULTS: {
        "type": "object",
        "description": "SPARQL 1.1 Query Results JSON Format",
        "required": ["head"],
        "properties": {
            "head": {
                "type": "object",
                "properties": {"vars": {"type": "array", "items": _STRING}},
            },
            "boolean": {"type": "boolean"},
            "results": {
                "type": "object",
                "required": ["bindings"],
                "properties": {
                    "bindings": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": {
                                "$ref": "#/components/schemas/Term"
                            },
                        },
                    }
                },
            },
        },
    },
    "Term": {
        "type": "object",
        "required": ["type", "value"],
        "properties": {
            "type": {"enum": ["uri", "literal", "bnode", "triple"]},
            "value": {},
            "datatype": _STRING,
            "xml:lang": _STRING,
        },
    },
    _PROBLEM: {
        "type": "object",
        "description": "A problem document (RFC 9457)",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": _STRING,
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What would be right"},
            "name": {"type": "string", "description": "The parameter that is wrong"},
            "text": {"type": "string", "description": "What was sent for it"},
            "expected": {"type": "string", "description": "What it has to be"},
            "near": {
                "type": "array",
                "items": _STRING,
                "description": "The values that look most like what was sent",
            },
        },
    },
}
_HEADERS: Json = {
    "ETag": {
        "description": "Changes with the version; send it as If-None-Match for a 304.",
        "schema": _STRING,
    },
    "Link": {
        "description": "Where the question is explained; of a page, the first, the"
        " previous and the next, of the same version.",
        "schema": _STRING,
    },
    "RetryAfter": {
        "description": "Seconds after which to try again",
        "schema": {"type": "integer"},
    },
}


def _problem(description: str, headers: Json | None = None) -> Json:
    schema = {"$ref": f"#/components/schemas/{_PROBLEM}"}
    found: Json = {
        "description": description,
        "content": {"application/problem+json": {"schema": schema}},
    }
    return found if headers is None else {**found, "headers": headers}


_PROBLEMS: Json = {
    "Wrong": _problem(
        "A parameter is wrong: the problem names it, what was sent, what would be"
        " right, and the values near to it."
    ),
    "Unknown": _problem("There is no such question, or no such version."),
    "NotAcceptable": _problem("The answer does not come in this format."),
    "Busy": _problem(
        "The query was stopped at a limit, or all workers are busy.",
        {"Retry-After": {"$ref": "#/components/headers/RetryAfter"}},
    ),
}


@dataclass(slots=True)
class _Schemas:
    """The schemas of values, which several parameters share."""

    by_name: Json = field(default_factory=dict)

    def of(self, parameter: Parameter, choices: Choices | None) -> Json:
        if parameter.values is None or choices is None:
            return {
                **_schema(parameter.type),
                "default": _plain(parameter, parameter.default),
            }
        schema = {**_schema(parameter.type), **_values(parameter, choices)}
        return {
            "$ref": f"#/components/schemas/{self._name(parameter.name, schema)}",
            "default": _plain(parameter, parameter.default),
        }

    def _name(self, name: str, schema: Json) -> str:
        base = name[0].upper() + name[1:]
        names = (base, *(f"{base}{n}" for n in range(2, 1000)))
        for each in names:
            if self.by_name.setdefault(each, schema) == schema:
                return each
        raise AssertionError(name)


def _schema(type_: ParameterType) -> Json:
    return dict(_TYPES[type_])


_TYPES: Mapping[ParameterType, Mapping[str, object]] = {
    ParameterType.IRI: {
        "type": "string",
        "description": "An IRI in full, or with a prefix, as in sdg:11",
    },
    ParameterType.STRING: _STRING,
    ParameterType.LANGUAGE: {
        "type": "string",
        "pattern": "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$",
        "description": "The tag of a language (BCP 47)",
    },
    ParameterType.INTEGER: {"type": "integer"},
    ParameterType.DECIMAL: {"type": "number"},
    ParameterType.BOOLEAN: {"type": "boolean"},
    ParameterType.DATE: {"type": "string", "format": "date"},
    ParameterType.YEAR: {"type": "integer", "minimum": 0, "maximum": 9999},
}


def _values(parameter: Parameter, choices: Choices) -> Json:
    values = [_plain(parameter, each.value) for each in choices.values]
    if not choices.is_whole:
        return {"examples": values[:_EXAMPLES]}
    names = {each.value.value: each.label for each in choices.values}
    return {"enum": values, "x-enumDescriptions": names}


def _plain(parameter: Parameter, value: Term) -> Value:
    return bind_variables([parameter], {parameter.name: value})[parameter.name]


_EXPLAINED = (JSON, HTML, *RDF_FORMATS)
_EXAMPLES = 20
_SHOWN = 3
"""How many values stand as examples beside a parameter."""


def _ask(described: Described, schemas: _Schemas) -> Json:
    question = described.question
    paging = ("limit", "offset", "labels", "timeout") if described.is_paged else ()
    has_pictures = any(format_.is_picture for format_ in described.formats)
    pictures = ("chart", "title") if has_pictures else ()
    common = (*paging, *pictures, "version", "download")
    return {
        "operationId": _camel_case(question.slug),
        "summary": question.words,
        "description": _describe(described),
        "tags": [] if question.topic is None else [question.topic],
        "parameters": [
            _format(described),
            *(
                _parameter(each, described.choices.get(each.name), schemas)
                for each in question.parameters
            ),
            *({"$ref": f"#/components/parameters/{name}"} for name in common),
        ],
        "responses": {
            "200": {
                "description": "The answer",
                "headers": {
                    name: {"$ref": f"#/components/headers/{name}"}
                    for name in ("ETag", "Link")
                },
                "content": dict(map(_content, described.formats)),
            },
            "304": {"description": "The copy named by If-None-Match is still right"},
            "400": {"$ref": "#/components/responses/Wrong"},
            "404": {"$ref": "#/components/responses/Unknown"},
            "406": {"$ref": "#/components/responses/NotAcceptable"},
            "503": {"$ref": "#/components/responses/Busy"},
        },
    }


def _describe(described: Described) -> str:
    columns = ", ".join(described.columns)
    return f"Columns: {columns}" if columns else "The answer of a GraphQL operation"


def _format(described: Described) -> Json:
    suffixes = list(dict.fromkeys(format_.suffix for format_ in described.formats))
    return {
        "name": "format",
        "in": "path",
        "required": True,
        "description": "How the answer comes",
        "schema": {"type": "string", "enum": suffixes},
        "example": suffixes[0],
    }


def _parameter(
    parameter: Parameter, choices: Choices | None, schemas: _Schemas
) -> Json:
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": parameter.words,
        "schema": schemas.of(parameter, choices),
        "examples": dict(_examples(parameter, choices)),
    }


def _examples(
    parameter: Parameter, choices: Choices | None
) -> Iterator[tuple[str, Json]]:
    known = {} if choices is None else {each.value: each for each in choices.values}
    shown = dict.fromkeys((parameter.default, *list(known)[:_SHOWN]))
    for number, value in enumerate(shown):
        name = "default" if number == 0 else f"value{number}"
        label = known[value].label if value in known else write_value(value)
        yield name, {"summary": label, "value": _plain(parameter, value)}


def _content(format_: Format) -> tuple[str, Json]:
    if format_ is RESULTS_JSON:
        return format_.media_type, {
            "schema": {"$ref": f"#/components/schemas/{_RESULTS}"}
        }
    if format_.is_binary:
        return format_.media_type, {"schema": {}}
    schema: Json = {"type": "object"} if format_ is JSON else _STRING
    return format_.media_type, {"schema": schema}


def _camel_case(slug: str) -> str:
    first, *others = slug.split("-")
    return first + "".join(word.capitalize() for word in others)


def _delivery(api: Api) -> Json:
    """Return the parameters that say how an answer comes."""
    page: Json = {"type": "integer", "minimum": 1, "maximum": api.maximum_page}
    return {
        "limit": _query("limit", "The most rows; all if left out", page),
        "offset": _query(
            "offset", "How many rows to leave out", {"type": "integer", "minimum": 0}
        ),
        "labels": _query(
            "labels",
            "Whether a column of names stands beside each column of IRIs, in the"
            " languages of Accept-Language",
            {"type": "string", "enum": ["on", "off"], "default": "off"},
        ),
        "chart": _query(
            "chart",
            "What is drawn, of a picture (svg, png); what fits first if left out",
            {"type": "string", "enum": list(ChartKind)},
        ),
        "title": _query(
            "title", "What stands above a picture; the question if left out", _STRING
        ),
        "timeout": _query(
            "timeout",
            "Seconds after which to give up; the server's own limit holds if it is"
            " lower",
            {"type": "number", "exclusiveMinimum": 0},
        ),
        "version": _query(
            "version",
            "The version to answer from; the current one if left out. Pages of one"
            " version agree.",
            {"type": "integer", "minimum": 1},
        ),
        "download": _query(
            "download",
            "Whether a browser shall keep the answer as a file",
            {"type": "string", "enum": ["on", "off"], "default": "off"},
        ),
    }


def _query(name: str, description: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _about(urls: Urls) -> Json:
    """Return the paths that are not questions."""
    return {
        "/queries": {
            "get": {
                "operationId": "listQuestions",
                "summary": "All questions",
                "parameters": [_query("q", "Words that a question has", _STRING)],
                "responses": {"200": _explained("The questions", *_EXPLAINED)},
            }
        },
        "/queries/{slug}": {
            "get": {
                "operationId": "explainQuestion",
                "summary": "One question: its parameters, their values, its texts",
                "parameters": [
                    {"name": "slug", "in": "path", "required": True, "schema": _STRING},
                    {"$ref": "#/components/parameters/version"},
                ],
                "responses": {
                    "200": _explained("The question", *_EXPLAINED),
                    "404": {"$ref": "#/components/responses/Unknown"},
                },
            }
        },
        f"/{urls.openapi.value.rpartition('/')[2]}": {
            "get": {
                "operationId": "describeApi",
                "summary": "This document",
                "responses": {"200": _explained("This document", JSON)},
            }
        },
    }


def _explained(description: str, *formats: Format) -> Json:
    return {"description": description, "content": dict(map(_content, formats))}
