"""What a query gave: rows, a yes or no (ASK), or a graph (CONSTRUCT, DESCRIBE).

A result is whole and does not change; it needs its session no longer.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    Triple,
    parse,
    parse_query_results,
)

from ssc_kg.charts.picture import Picture, make_picture
from ssc_kg.charts.table import Table
from ssc_kg.errors import ConfigurationError, NotAcceptableError, ResultKindError
from ssc_kg.extras import needing
from ssc_kg.formats.solutions import write_solutions
from ssc_kg.formats.table import MISSING_FORMATS, RDF_FORMATS, RESULT_FORMATS, Format
from ssc_kg.formats.write import write_graph
from ssc_kg.http.negotiation import named
from ssc_kg.publish.answers import offer
from ssc_kg.rdf.native import AnyTerm
from ssc_kg.session import frames
from ssc_kg.session.row import Row
from ssc_kg.sparql.scan import Form
from ssc_kg.sparql.table import Table as Solutions

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class Kind(StrEnum):
    """What a result is."""

    TABLE = "a table"
    BOOLEAN = "a yes or no"
    GRAPH = "a graph"


_INSTEAD = {
    Kind.TABLE: "iterate over it, or take rows() or to_pandas()",
    Kind.BOOLEAN: "take bool() of it",
    Kind.GRAPH: "take triples() or serialize()",
}


class Result:
    """An answer.

    Iterating and `len` go over the rows of a table; `bool` of a yes or no is the answer
    itself, of a table or a graph whether there is anything in it.
    """

    def __init__(self, body: bytes, format_: Format, hints: Sequence[str] = ()) -> None:
        """Keep an answer in one of the formats of `ssc_kg.session.source.READABLE`."""
        self.hints = tuple(hints)
        """What the query probably does not mean, such as a misspelt term: sentences."""
        self._body = body
        self._format = format_

    @cached_property
    def kind(self) -> Kind:
        """Whether it is a table, a yes or no, or a graph."""
        if self._format.rdf is not None:
            return Kind.GRAPH
        is_boolean = isinstance(self._parse(), QueryBoolean)
        return Kind.BOOLEAN if is_boolean else Kind.TABLE

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the query.

        Raises:
            ResultKindError: It is no table.
        """
        return tuple(variable.value for variable in self._solutions.variables)

    @cached_property
    def terms(self) -> Sequence[tuple[AnyTerm | None, ...]]:
        """The rows as RDF terms of pyoxigraph; None where a variable is unbound.

        Raises:
            ResultKindError: It is no table.
        """
        return [tuple(solution) for solution in self._solutions]

    def rows(self) -> list[Row]:
        """Return the rows as Python values, by position and by name.

        Raises:
            ResultKindError: It is no table.
        """
        return list(self)

    def triples(self) -> list[Triple]:
        """Return the statements of a graph, in their order.

        Raises:
            ResultKindError: It is no graph.
        """
        self._require(Kind.GRAPH, "triples")
        quads = parse(self._body, format=self._format.rdf)
        return [Triple(quad.subject, quad.predicate, quad.object) for quad in quads]

    def to_pandas(self) -> "pandas.DataFrame":
        """Return a frame of pandas, its columns typed by their values.

        Raises:
            ResultKindError: It is no table.
            MissingExtraError: pandas is not installed.
        """
        return frames.to_pandas(frames.read_columns(self.columns, self.terms))

    def to_arrow(self) -> "pyarrow.Table":
        """Return a table of Arrow, as a server answers it: typed, nothing is lost.

        Raises:
            ResultKindError: It is no table.
            MissingExtraError: pyarrow is not installed.
        """
        with needing("arrow", "pyarrow", what="to_arrow()"):
            from ssc_kg.formats.arrow.tables import make_table  # noqa: PLC0415
        return make_table(Solutions(self.columns, self.terms))

    def to_polars(self) -> "polars.DataFrame":
        """Return a frame of polars, its columns typed by their values.

        Raises:
            ResultKindError: It is no table.
            MissingExtraError: polars is not installed.
        """
        return frames.to_polars(frames.read_columns(self.columns, self.terms))

    def chart(self, kind: str, *, title: str = "") -> Picture:
        """Return a picture of a table: bar, line, map or network.

        Columns are taken in the order of the query, by what they hold: the first that
        names things and the numbers after it make bars.

        Raises:
            ResultKindError: It is no table.
            ChartError: It does not fit; the message names what is missing.
            MissingExtraError: The packages that draw are not installed.
        """
        return make_picture(kind, Table(self.columns, self.terms), title)

    def serialize(self, format: str | None = None) -> str:  # noqa: A002  (as rdflib)
        """Return it as text: as csv, tsv, json or xml; a graph as turtle and more.

        A table is CSV if no format is named, a graph Turtle, a yes or no JSON. It is,
        byte for byte, what a server answers. Parquet and Arrow are no texts: `save`
        writes them.

        Raises:
            NotAcceptableError: There is no such format for a result of this kind.
        """
        return self._write(self._choose(format)).decode()

    def save(self, path: str | Path) -> None:
        """Write it to a file, in the format that the name ends in, such as `.csv`.

        Raises:
            NotAcceptableError: The name ends in no format of this kind of result.
            ConfigurationError: The file cannot be written.
        """
        file = Path(path)
        suffix = file.suffix.removeprefix(".")
        offered = self._offered()
        format_ = next((one for one in offered if one.suffix == suffix), None)
        if format_ is None:
            brought = {one.suffix: extra for one, extra in MISSING_FORMATS.items()}
            ends = [f".{one.suffix}" for one in offered]
            extra = brought.get(suffix) if self.kind is Kind.TABLE else None
            raise NotAcceptableError(file.name, ends, extra)
        try:
            file.write_bytes(self._write(format_))
        except OSError as error:
            msg = f"cannot write {file}: {error.strerror}"
            raise ConfigurationError(msg) from None

    def __iter__(self) -> Iterator[Row]:
        for terms in self.terms:
            yield Row(self.columns, terms)

    def __len__(self) -> int:
        if self.kind is Kind.GRAPH:
            return len(self.triples())
        return len(self.terms)

    def __bool__(self) -> bool:
        answer = None if self.kind is Kind.GRAPH else self._parse()
        return bool(answer) if isinstance(answer, QueryBoolean) else len(self) > 0

    def __repr__(self) -> str:
        match self.kind:
            case Kind.TABLE:
                return f"<Result: {len(self)} rows of {', '.join(self.columns)}>"
            case Kind.BOOLEAN:
                return f"<Result: {'yes' if self else 'no'}>"
            case Kind.GRAPH:
                return f"<Result: {len(self)} triples>"

    def _parse(self) -> QuerySolutions | QueryBoolean:
        return parse_query_results(self._body, format=QueryResultsFormat.JSON)

    @property
    def _solutions(self) -> QuerySolutions:
        self._require(Kind.TABLE, "rows")
        solutions = self._parse()
        assert isinstance(solutions, QuerySolutions)  # noqa: S101  (its kind)
        return solutions

    def _require(self, kind: Kind, wanted: str) -> None:
        if self.kind is not kind:
            raise ResultKindError(wanted, self.kind, _INSTEAD[self.kind])

    def _offered(self) -> Sequence[Format]:
        match self.kind:
            case Kind.TABLE:
                return RESULT_FORMATS
            case Kind.BOOLEAN:
                return offer(Form.ASK)
            case Kind.GRAPH:
                return RDF_FORMATS

    def _choose(self, name: str | None) -> Format:
        if name is None:
            name = "csv" if self.kind is Kind.TABLE else self._offered()[0].name
        texts = [format_ for format_ in self._offered() if not format_.is_binary]
        return named(name, texts)

    def _write(self, format_: Format) -> bytes:
        if self.kind is Kind.GRAPH:
            return b"".join(write_graph(self.triples(), format_))
        if format_.results is None:
            solutions = Solutions(self.columns, self.terms)
            return b"".join(write_solutions(solutions, format_))
        return self._parse().serialize(format=format_.results) or b""
