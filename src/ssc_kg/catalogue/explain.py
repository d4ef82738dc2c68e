"""Questions as JSON, for programs that offer them to people."""

from collections.abc import Iterable
from typing import TypeAlias

from ssc_kg.catalogue.choices import Choices
from ssc_kg.catalogue.described import Described
from ssc_kg.catalogue.parameters import Parameter, write_value
from ssc_kg.urls import Urls

Json: TypeAlias = dict[str, object]


def explain_all(questions: Iterable[Described], urls: Urls, *, version: int) -> Json:
    """Return the list of questions, without the values that the data has for them."""
    return {
        "version": version,
        "openapi": urls.url(urls.openapi),
        "questions": [_explain(each, urls) for each in questions],
    }


def explain(described: Described, urls: Urls, *, version: int) -> Json:
    """Return a question with its texts, and with the values of its parameters."""
    question = described.question
    return {
        "version": version,
        **_explain(described, urls),
        "parameters": [
            {**_parameter(each), **_values(described.choices.get(each.name))}
            for each in question.parameters
        ],
        "sparql": question.sparql,
        "graphql": question.graphql,
    }


def _explain(described: Described, urls: Urls) -> Json:
    question = described.question
    iri = urls.question(question.slug)
    return {
        "slug": question.slug,
        "question": question.words,
        "topic": question.topic,
        "address": urls.url(iri),
        "parameters": [_parameter(each) for each in question.parameters],
        "columns": described.columns,
        "formats": {
            format_.name: {
                "address": urls.url(iri, suffix=format_.suffix),
                "mediaType": format_.media_type,
            }
            for format_ in described.formats
        },
    }


def _parameter(parameter: Parameter) -> Json:
    return {
        "name": parameter.name,
        "type": parameter.type,
        "description": parameter.words,
        "default": parameter.default.value,
        "isDrawnFromData": parameter.values is not None,
    }


def _values(choices: Choices | None) -> Json:
    if choices is None:
        return {}
    values = [
        {
            "value": each.value.value,
            "short": write_value(each.value),
            "label": each.label,
        }
        for each in choices.values
    ]
    return {"values": values, "mayBeOther": not choices.is_whole}
