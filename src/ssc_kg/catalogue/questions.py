"""The catalogue: named questions, each a file or two in `queries/`.

A question is `<slug>.rq` (SPARQL), `<slug>.graphql`, or both. The comment at the top of
the file is the question in words. A person adds one by adding a file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ssc_kg.errors import CatalogueError, UnknownQuestionError

SPARQL_SUFFIX = ".rq"
GRAPHQL_SUFFIX = ".graphql"


@dataclass(frozen=True, slots=True)
class Question:
    """A named question and how it is asked.

    Attributes:
        slug: The name.
        words: The question in words.
        sparql: The text of the SPARQL query, if there is one.
        graphql: The text of the GraphQL operation, if there is one.
    """

    slug: str
    words: str
    sparql: str | None
    graphql: str | None


def read_questions(directory: Path) -> list[Question]:
    """Return the questions in a directory, sorted by name.

    Raises:
        CatalogueError: A file does not begin with its question, or two files of one
            name ask different ones.
    """
    slugs = {
        path.stem
        for path in directory.iterdir()
        if path.suffix in (SPARQL_SUFFIX, GRAPHQL_SUFFIX)
    }
    return [_read_question(directory / slug) for slug in sorted(slugs)]


def find_question(directory: Path, slug: str) -> Question:
    """Return one question.

    Raises:
        UnknownQuestionError: There is none of that name.
        CatalogueError: The catalogue is broken.
    """
    questions = {question.slug: question for question in read_questions(directory)}
    try:
        return questions[slug]
    except KeyError:
        raise UnknownQuestionError(slug, list(questions)) from None


def _read_question(stem: Path) -> Question:
    texts = {
        suffix: path.read_text(encoding="utf-8")
        for suffix in (SPARQL_SUFFIX, GRAPHQL_SUFFIX)
        if (path := stem.with_name(stem.name + suffix)).is_file()
    }
    words = {
        suffix: _words(text, f"{stem.name}{suffix}") for suffix, text in texts.items()
    }
    if len(set(words.values())) > 1:
        name = stem.name + GRAPHQL_SUFFIX
        raise CatalogueError(name, 1, "its twin asks another question")
    return Question(
        stem.name,
        next(iter(words.values())),
        texts.get(SPARQL_SUFFIX),
        texts.get(GRAPHQL_SUFFIX),
    )


def _words(text: str, name: str) -> str:
    words = " ".join(_heading(text))
    if not words:
        raise CatalogueError(name, 1, "it does not begin with `# ` and its question")
    return words


def _heading(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line.removeprefix("#").strip()
