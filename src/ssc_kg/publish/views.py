"""What the pages of the catalogue show, with every link made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import orjson
from pyoxigraph import NamedNode

from ssc_kg.catalogue.choices import Choice, Choices
from ssc_kg.catalogue.described import Described
from ssc_kg.catalogue.finding import by_topic, find_apart, suggest_words
from ssc_kg.catalogue.operation import bind_variables
from ssc_kg.catalogue.parameters import Parameter, write_value
from ssc_kg.catalogue.questions import Question
from ssc_kg.catalogue.shown import (
    AnswerPage,
    CataloguePage,
    Entry,
    Field,
    Link,
    Option,
    Picture,
    QuestionPage,
    Source,
)
from ssc_kg.formats.table import (
    ARROW,
    ARROW_STREAM,
    CSV,
    GRAPHQL_DOCUMENT,
    HTML,
    JSON,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    PARQUET,
    PICTURE_FORMATS,
    PNG,
    RDF_FORMATS,
    RDF_XML,
    RESULTS_JSON,
    RESULTS_XML,
    SPARQL_QUERY,
    SVG,
    TRIG,
    TSV,
    TURTLE,
    Format,
)
from ssc_kg.publish.answers import offer
from ssc_kg.publish.pictures import Drawing
from ssc_kg.publish.tables import ShownTable
from ssc_kg.sparql.algebra import Term
from ssc_kg.sparql.scan import Form, scan
from ssc_kg.store.request import Window
from ssc_kg.urls import Urls, with_parameters

_TITLES: Mapping[Format, tuple[str, str]] = {
    RESULTS_JSON: ("JSON", "SPARQL results, for programs"),
    RESULTS_XML: ("XML", "SPARQL results"),
    CSV: ("CSV", "for spreadsheets"),
    TSV: ("TSV", "with the types of values"),
    ARROW: ("Arrow", "a file with typed columns, for data frames"),
    ARROW_STREAM: ("Arrow stream", "the same, as it comes"),
    PARQUET: ("Parquet", "typed columns, packed"),
    SVG: ("SVG", "the picture, at any size"),
    PNG: ("PNG", "the picture, in pixels"),
    JSON: ("JSON", "the answer of GraphQL"),
    TURTLE: ("Turtle", "the facts, easy to read"),
    N_TRIPLES: ("N-Triples", "the facts, line by line"),
    JSON_LD: ("JSON-LD", "the facts as JSON"),
    RDF_XML: ("RDF/XML", "the facts as XML"),
    TRIG: ("TriG", "with named graphs"),
    N_QUADS: ("N-Quads", "with named graphs, line by line"),
}


def describe(question: Question, choices: Mapping[str, Choices]) -> Described:
    """Return a question with the formats of its answer."""
    return replace(_describe(question), choices=choices)


@lru_cache(maxsize=1024)
def _describe(question: Question) -> Described:
    """Return what the texts of a question say, which are read at each request."""
    graphql = (GRAPHQL_DOCUMENT,) if question.graphql else ()
    if question.sparql is None:
        return Described(question, (JSON, *RDF_FORMATS), graphql)
    scanned = scan(question.sparql)
    is_select = scanned.form is Form.SELECT
    return Described(
        question,
        tuple(offer(scanned.form)),
        (SPARQL_QUERY, *graphql),
        is_page=scanned.form.is_table,
        columns=(scanned.projection or ()) if is_select else (),
        is_paged=is_select,
    )


def view_catalogue(
    questions: Sequence[Question], search: str, urls: Urls
) -> CataloguePage:
    """Return the list of questions that a search finds; without one, of all."""
    parts = find_apart(questions, search)
    groups = [
        (topic, [_enter(each, urls) for each in group])
        for found in parts
        for topic, group in by_topic(found)
    ]
    number = sum(map(len, parts))
    meant = None if number else suggest_words(questions, search)
    return CataloguePage(
        address=urls.url(urls.queries),
        search=search,
        groups=groups,
        number=number,
        total=len(questions),
        openapi=urls.url(urls.openapi),
        suggestion=None
        if meant is None
        else Link(meant, with_parameters(urls.url(urls.queries), {"q": meant})),
    )


def view_question(
    described: Described,
    texts: Mapping[str, str],
    urls: Urls,
    *,
    error: str | None = None,
) -> QuestionPage:
    """Return the page of a question; its form has what was sent, right or wrong."""
    question = described.question
    return QuestionPage(
        question=question,
        catalogue=urls.url(urls.queries),
        address=urls.url(urls.question(question.slug)),
        fields=tuple(_field(described, each, texts) for each in question.parameters),
        show=urls.url(urls.question(question.slug), suffix=HTML.suffix)
        if described.is_page
        else None,
        formats=view_formats(described, {}, urls),
        asked=view_formats(described, texts, urls),
        sources=tuple(_sources(question, texts, urls)),
        columns=described.columns,
        openapi=urls.url(urls.openapi),
        error=error,
    )


def view_formats(
    described: Described, parameters: Mapping[str, str], urls: Urls
) -> tuple[Link, ...]:
    """Return where the answer is in each format, to what the parameters ask.

    Pictures are left out, since whether an answer fits one is not known before.
    """
    formats = [each for each in described.answers if not each.is_picture]
    return _links(urls.question(described.question.slug), formats, parameters, urls)


def _links(
    iri: NamedNode, formats: Iterable[Format], parameters: Mapping[str, str], urls: Urls
) -> tuple[Link, ...]:
    return tuple(
        link(format_, with_parameters(urls.url(iri, suffix=format_.suffix), parameters))
        for format_ in formats
    )


def link(format_: Format, address: str) -> Link:
    """Return a link to an answer, which says in what format it comes."""
    title, hint = _TITLES.get(format_, (format_.name, ""))
    return Link(title, address, hint)


@dataclass(frozen=True, slots=True)
class AnswerView:
    """Makes the page of an answer."""

    described: Described
    terms: Mapping[str, Term]
    urls: Urls
    version: int
    """The version that the answer is of."""

    def page(
        self,
        table: ShownTable,
        turns: Mapping[str, str],
        *,
        window: Window | None,
        drawing: Drawing,
    ) -> AnswerPage:
        """Return the page.

        Args:
            table: What is on it.
            turns: Where other pages are, by their relation to this one.
            window: Which rows these are; None for all.
            drawing: What was said of the picture.
        """
        question = self.described.question
        iri = self.urls.question(question.slug)
        values = {each.name: self._value(each) for each in question.parameters}
        texts = {name: write_value(value) for name, value in values.items()}
        given = {name: text for name, text in texts.items() if name in self.terms}
        pinned = {**texts, "version": str(self.version)}
        window = window or Window(0, len(table.rows))
        rows = {"limit": str(window.limit), "offset": str(window.offset)}
        drawn = {**pinned, **rows, **drawing.sent}
        return AnswerPage(
            question=question,
            catalogue=self.urls.url(self.urls.queries),
            change=with_parameters(self.urls.url(iri), given),
            asked=tuple((name, self._say(name, values[name])) for name in values),
            columns=table.columns,
            rows=table.rows,
            start=window.offset + 1,
            turns=turns,
            formats=view_formats(self.described, given, self.urls),
            permalink=with_parameters(self.urls.url(iri, suffix=HTML.suffix), pinned),
            version=self.version,
            text=table.text,
            picture=None if table.picture is None else self._picture(table, drawn),
        )

    def _picture(self, table: ShownTable, parameters: Mapping[str, str]) -> Picture:
        iri = self.urls.question(self.described.question.slug)
        links = _links(iri, PICTURE_FORMATS, parameters, self.urls)
        return Picture(links[0].address, table.picture or "", links)

    def _value(self, parameter: Parameter) -> Term:
        return self.terms.get(parameter.name, parameter.default)

    def _say(self, name: str, value: Term) -> str:
        return say(value, self.described.choices.get(name))


def say(value: Term, choices: Choices | None) -> str:
    """Return a value as people read it: by its name, if it is known."""
    known = () if choices is None else choices.values
    labels = [choice.label for choice in known if choice.value == value]
    return labels[0] if labels else write_value(value)


def _enter(question: Question, urls: Urls) -> Entry:
    return Entry(
        question.slug,
        question.words,
        urls.url(urls.question(question.slug)),
        tuple(parameter.name for parameter in question.parameters),
    )


def _field(
    described: Described, parameter: Parameter, texts: Mapping[str, str]
) -> Field:
    default = write_value(parameter.default)
    text = texts.get(parameter.name, default)
    choices = described.choices.get(parameter.name)
    return Field(
        name=parameter.name,
        words=parameter.words,
        type=parameter.type,
        text=text,
        default=say(parameter.default, choices),
        options=() if choices is None else _options(choices, text, parameter),
        is_whole=choices is not None and choices.is_whole,
    )


def _options(choices: Choices, text: str, parameter: Parameter) -> tuple[Option, ...]:
    known = choices.values
    if choices.is_whole and parameter.default not in choices:
        # The question comes with its default, whatever the data has.
        known = (Choice(parameter.default), *known)
    return tuple(
        Option(each.short, each.label, text in (each.short, each.value.value))
        for each in known
    )


def _sources(
    question: Question, texts: Mapping[str, str], urls: Urls
) -> Iterable[Source]:
    iri = urls.question(question.slug)
    if question.sparql is not None:
        run = with_parameters(urls.url(urls.sparql), {"example": question.slug})
        alone = urls.url(iri, suffix=SPARQL_QUERY.suffix)
        address = with_parameters(alone, texts)
        yield Source("SPARQL", _body(question.sparql), address, run)
    if question.graphql is not None:
        defaults = {each.name: each.default for each in question.parameters}
        variables = orjson.dumps(bind_variables(question.parameters, defaults))
        run = with_parameters(
            urls.url(urls.graphql),
            {"query": question.graphql, "variables": variables.decode()},
        )
        address = urls.url(iri, suffix=GRAPHQL_DOCUMENT.suffix)
        yield Source("GraphQL", _body(question.graphql), address, run)


def _body(text: str) -> str:
    """Return a text without the comment at its top, which the page says in words."""
    lines = text.splitlines(keepends=True)
    start = next((n for n, line in enumerate(lines) if not line.startswith("#")), 0)
    return "".join(lines[start:]).strip("\n")
