"""Which question a command asks, and of what."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from ssc_kg import resources
from ssc_kg.catalogue.questions import (
    GRAPHQL_SUFFIX,
    SPARQL_SUFFIX,
    Question,
    find_question,
    read_question,
    read_questions,
)
from ssc_kg.cli.screen import print_table, read_text
from ssc_kg.errors import BadRequestError, ConfigurationError


class Language(StrEnum):
    """The two languages that a question may be asked in."""

    SPARQL = "sparql"
    GRAPHQL = "graphql"


def list_questions() -> None:
    """Print each question, and below it a line for each of its parameters."""
    print_table(("question", "asks"), _rows(read_questions(resources.QUERIES)))


def _rows(questions: Iterable[Question]) -> Iterator[tuple[str, str]]:
    for question in questions:
        yield question.slug, question.words
        for parameter in question.parameters:
            yield "", f"  {parameter}"


def read_params(params: Sequence[str]) -> dict[str, str]:
    """Return the texts of parameters given as NAME=VALUE, by name.

    Raises:
        BadRequestError: One is not of that form, or is given twice.
    """
    texts: dict[str, str] = {}
    for param in params:
        name, equals, text = param.partition("=")
        if not equals:
            msg = f"--param {param!r} is not of the form NAME=VALUE"
            raise BadRequestError(msg)
        if name in texts:
            msg = f"--param {name} is given twice; give it once"
            raise BadRequestError(msg)
        texts[name] = text
    return texts


def find(name: str, language: Language | None) -> Question:
    """Return the question of the catalogue, of a file, or of stdin."""
    path = Path(name)
    if name != "-" and path.suffix not in (SPARQL_SUFFIX, GRAPHQL_SUFFIX):
        question = find_question(resources.QUERIES, name)
    else:
        suffix = path.suffix
        if name == "-":
            is_graphql = language is Language.GRAPHQL
            suffix = GRAPHQL_SUFFIX if is_graphql else SPARQL_SUFFIX
        shown = "stdin" if name == "-" else name
        question = read_question(read_text(path), shown, suffix)
    _require_twin(question, language)
    return question


def _require_twin(question: Question, language: Language | None) -> None:
    twins = {
        Language.SPARQL: question.sparql,
        Language.GRAPHQL: question.graphql,
    }
    if language is not None and twins[language] is None:
        msg = f"{question.slug} is not asked in {language}; leave --language out"
        raise ConfigurationError(msg)
