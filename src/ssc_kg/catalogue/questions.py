"""A question of the catalogue, from its files.

A question is `<slug>.rq` (SPARQL), `<slug>.graphql`, or both. The comment at the top of
the file is the question in words, and declares its parameters. A person adds one by
adding a file. Twins have the same heading and the same defaults.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from ssc_kg.catalogue.heading import Heading, read_heading
from ssc_kg.catalogue.operation import read_operation_parameters
from ssc_kg.catalogue.parameters import Parameter
from ssc_kg.catalogue.query import read_query_parameters
from ssc_kg.catalogue.topics import Topic
from ssc_kg.errors import CatalogueError, UnknownQuestionError

SPARQL_SUFFIX = ".rq"
GRAPHQL_SUFFIX = ".graphql"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Question:
    """A named question and how it is asked.

    Attributes:
        slug: The name.
        words: The question in words.
        sparql: The text of the SPARQL query, if there is one.
        graphql: The text of the GraphQL operation, if there is one.
        parameters: What may be asked differently; the texts hold the defaults.
        topic: What it is about; a question of one's own may say nothing of that.
    """

    slug: str
    words: str
    sparql: str | None
    graphql: str | None
    parameters: tuple[Parameter, ...] = ()
    topic: Topic | None = None


def read_questions(directory: Path) -> list[Question]:
    """Return the questions in a directory, sorted by name.

    Raises:
        CatalogueError: A file does not begin with its question, names no topic, its
            parameters are not what it declares, two files of one name ask different
            questions, or a name is not one for an address.
    """
    slugs = {
        path.stem
        for path in directory.iterdir()
        if path.suffix in (SPARQL_SUFFIX, GRAPHQL_SUFFIX)
    }
    return [_read_files(directory / slug) for slug in sorted(slugs)]


def find_question(directory: Path, slug: str) -> Question:
    """Return one question of a directory.

    Raises:
        UnknownQuestionError: There is none of that name.
        CatalogueError: The catalogue is broken.
    """
    return choose_question(read_questions(directory), slug)


def choose_question(questions: Iterable[Question], slug: str) -> Question:
    """Return one of some questions.

    Raises:
        UnknownQuestionError: There is none of that name.
    """
    named = {question.slug: question for question in questions}
    try:
        return named[slug]
    except KeyError:
        raise UnknownQuestionError(slug, list(named)) from None


def read_question(text: str, name: str, suffix: str) -> Question:
    """Return the question that a text of one's own asks; it may be without words.

    If it declares no parameters, a SPARQL text has none, and the variables of a GraphQL
    operation are not looked at.

    Raises:
        CatalogueError: Its parameters are not what it declares.
    """
    heading = read_heading(text, name)
    declares = bool(heading.declarations)
    parameters = _read_parameters(name, suffix, text, heading) if declares else ()
    return _join(name, [_File(name, suffix, text, heading, parameters)])


@dataclass(frozen=True, slots=True)
class _File:
    """A question in one language."""

    name: str
    suffix: str
    text: str
    heading: Heading
    parameters: tuple[Parameter, ...]


def _read_files(stem: Path) -> Question:
    files = [
        _read_file(f"queries/{path.name}", suffix, path.read_text(encoding="utf-8"))
        for suffix in (SPARQL_SUFFIX, GRAPHQL_SUFFIX)
        if (path := stem.with_name(stem.name + suffix)).is_file()
    ]
    for file in files:
        _check_file(file, stem.name)
    if len(files) > 1:
        _check_twins(*files)
    return _join(stem.name, files)


def _check_file(file: _File, slug: str) -> None:
    if _SLUG.fullmatch(slug) is None:
        reason = "its name has other characters than a-z and 0-9, with single hyphens"
        raise CatalogueError(file.name, 1, reason)
    if not file.heading.words:
        reason = "it does not begin with `# ` and its question"
        raise CatalogueError(file.name, 1, reason)
    if file.heading.topic is None:
        reason = f"it has no line `# @topic name`; there are: {', '.join(Topic)}"
        raise CatalogueError(file.name, 1, reason)


def _read_file(name: str, suffix: str, text: str) -> _File:
    heading = read_heading(text, name)
    parameters = _read_parameters(name, suffix, text, heading)
    return _File(name, suffix, text, heading, parameters)


def _read_parameters(
    name: str, suffix: str, text: str, heading: Heading
) -> tuple[Parameter, ...]:
    is_sparql = suffix == SPARQL_SUFFIX
    read = read_query_parameters if is_sparql else read_operation_parameters
    return read(text, heading.declarations, name)


def _check_twins(sparql: _File, graphql: _File) -> None:
    if graphql.heading.words != sparql.heading.words:
        raise CatalogueError(graphql.name, 1, "its twin asks another question")
    if graphql.heading.topic != sparql.heading.topic:
        reason = f"its topic is that of its twin, {sparql.heading.topic}"
        raise CatalogueError(graphql.name, 1, reason)
    lines = [declaration.line for declaration in graphql.heading.declarations]
    pairs = zip_longest(lines, graphql.parameters, sparql.parameters)
    for line, parameter, other in pairs:
        if parameter != other:
            none = "there is no such parameter"
            reason = f"{parameter or none}; in its twin, {other or none}"
            if parameter and other and parameter.values != other.values:
                reason = f"{parameter.name} has other @values in its twin"
            raise CatalogueError(graphql.name, line or 1, reason)


def _join(slug: str, files: list[_File]) -> Question:
    texts = {file.suffix: file.text for file in files}
    [first, *_] = files
    return Question(
        slug,
        first.heading.words,
        texts.get(SPARQL_SUFFIX),
        texts.get(GRAPHQL_SUFFIX),
        first.parameters,
        first.heading.topic,
    )
