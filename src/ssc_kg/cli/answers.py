"""How the answer to a SPARQL query is given: a table, a format, a file, a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from ssc_kg.charts.chart import ChartKind
from ssc_kg.charts.picture import SUFFIXES
from ssc_kg.cli.screen import print_note, waiting, write_all
from ssc_kg.cli.tables import print_result
from ssc_kg.errors import ConfigurationError, NotAcceptableError
from ssc_kg.formats.table import MISSING_FORMATS, RDF_FORMATS, RESULT_FORMATS, Format
from ssc_kg.http.negotiation import named
from ssc_kg.session.result import Result
from ssc_kg.session.source import READABLE, Reply, Source

FormatName: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--format",
        help="table, json, csv, tsv, xml, parquet or arrow for a table; turtle, … for"
        " a graph;"
        " for GraphQL json, or turtle, … for the facts that the answer shows."
        " Left out, the end of the file's name says it.",
    ),
]
Out: TypeAlias = Annotated[
    Path | None, typer.Option("--out", help="The file to write; stdout if left out.")
]
Chart: TypeAlias = Annotated[
    ChartKind | None,
    typer.Option(
        "--chart",
        help="Draw the result, into a file that ends in .svg, .png or .html. Columns"
        " are taken in the order of the query, by what they hold.",
    ),
]
Title: TypeAlias = Annotated[
    str | None, typer.Option("--title", help="What stands above the picture.")
]
Endpoint: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--endpoint",
        metavar="URL",
        help="Ask this server, such as http://127.0.0.1:8000, not a data directory.",
    ),
]
Labels: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--labels", help="Add a column of names after each column in which an IRI is."
    ),
]
AcceptLanguage: TypeAlias = Annotated[
    str,
    typer.Option(
        "--accept-language",
        metavar="LANGUAGES",
        help="The languages in which names are shown, of --labels or by a GraphQL"
        ' operation, as in the header of HTTP: "fr, en;q=0.5".',
    ),
]
_TABLE = "table"
_ALL = (*RESULT_FORMATS, *RDF_FORMATS)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is to be done with an answer."""

    format_name: str | None = None
    out: Path | None = None
    chart: ChartKind | None = None
    title: str = ""
    labels: str | None = None
    """The languages of labels, as in Accept-Language; None for no labels."""

    def check(self) -> None:
        """Refuse what does not go together, before anything is asked.

        Raises:
            ConfigurationError: A picture has no file, or a format beside it.
        """
        if self.chart is None:
            return
        if self.format_name is not None:
            msg = "--format and --chart exclude each other; --out says how to draw"
            raise ConfigurationError(msg)
        if self.out is None or self.out.suffix.lower() not in SUFFIXES:
            ends = ", ".join(SUFFIXES)
            msg = f"--chart needs --out with a file whose name ends in one of {ends}"
            raise ConfigurationError(msg)


def deliver(source: Source, text: str, delivery: Delivery) -> None:
    """Ask a source, and give what it answers.

    Raises:
        NotAcceptableError: The answer has no such format.
        ChartError: It does not fit the chart.
        ConfigurationError: A file cannot be written.
        StoreError: The query took too long or too much, or cannot be answered.
    """
    if delivery.chart is not None and delivery.out is not None:
        picture = _read(source, text, delivery).chart(
            delivery.chart, title=delivery.title
        )
        picture.save(delivery.out)
        return
    offered = _offered(delivery)
    if not offered:
        print_result(_read(source, text, delivery))
        return
    send(source, text, offered, out=delivery.out, labels=delivery.labels)


def send(
    source: Source,
    text: str,
    offered: Sequence[Format],
    *,
    out: Path | None,
    labels: str | None = None,
) -> None:
    """Ask a source, and write what it answers in the first format that it has.

    Raises:
        NotAcceptableError: The answer has none of the formats.
        ConfigurationError: The file cannot be written.
        StoreError: The query took too long or too much, or cannot be answered.
    """
    asking = source.ask(text, offered, labels=labels)
    with waiting("asking") as stop, asking as reply:
        stop()
        _tell(reply)
        write_all(reply.chunks, out)


def choose_labels(accept_language: str, *, has_labels: bool) -> str | None:
    """Return the languages of labels, if there are to be any.

    Raises:
        ConfigurationError: Only their languages are given.
    """
    if accept_language and not has_labels:
        msg = (
            "--accept-language is for the names of --labels; add that, or leave it out"
        )
        raise ConfigurationError(msg)
    return accept_language if has_labels else None


def _read(source: Source, text: str, delivery: Delivery) -> Result:
    asking = source.ask(text, READABLE, labels=delivery.labels)
    with waiting("asking"), asking as reply:
        body = b"".join(reply.chunks)
    _tell(reply)
    return Result(body, reply.format, reply.hints)


def _tell(reply: Reply) -> None:
    for hint in reply.hints:
        print_note(f"hint: {hint}")


def format_name(given: str | None, out: Path | None) -> str | None:
    """Return what the format is called, by a person or at the end of a file's name.

    Raises:
        ConfigurationError: The file's name says no format.
    """
    return given if given is not None or out is None else _suffix(out)


def _offered(delivery: Delivery) -> Sequence[Format]:
    """Return the formats that are asked for; none if a person is to read it."""
    name = format_name(delivery.format_name, delivery.out)
    if name is None or (name == _TABLE and delivery.out is None):
        return ()
    return formats_called(name)


def formats_called(name: str) -> Sequence[Format]:
    """Return the format of tables and that of graphs of a name, as `json` is of both.

    Raises:
        NotAcceptableError: There is none.
    """
    found = [named(name, _ALL)]
    for formats in (RESULT_FORMATS, RDF_FORMATS):
        try:
            found.append(named(name, formats))
        except NotAcceptableError:
            continue
    return list(dict.fromkeys(found))


def _suffix(file: Path) -> str:
    suffix = file.suffix.removeprefix(".")
    known = dict.fromkeys(
        format_.suffix
        for format_ in (*_ALL, *MISSING_FORMATS)
        if not format_.is_picture
    )
    if suffix not in known:
        ends = ", ".join(f".{each}" for each in known)
        msg = f"{file} says no format; end it in one of {ends}, or add --format"
        raise ConfigurationError(msg)
    return suffix
