"""Tables of terms in the four formats of SPARQL's results.

The engine writes these too, and faster, but all rows that it finds: these writers are
for tables that may be cut, are pages of a longer one, or have columns of labels. A
table that the row cap cut says so after its rows in JSON (a member `truncated`) and XML
(a processing instruction); CSV and TSV have no place for it, so they break off.

SPARQL 1.1 Query Results JSON Format, XML Format, and CSV and TSV Formats, with triple
terms as SPARQL 1.2 has them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeAlias

import orjson
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ssc_kg.errors import QueryLimit, QueryTooLargeError
from ssc_kg.rdf.vocab import XSD
from ssc_kg.sparql.table import Row, Table, Term

TableWriter: TypeAlias = Callable[[Table], Iterable[bytes]]

_ROWS_OF_A_CHUNK = 256
_Json: TypeAlias = dict[str, "str | _Json"]


def write_json(table: Table) -> Iterator[bytes]:
    """Yield SPARQL JSON."""
    head = orjson.dumps({"vars": table.columns})
    yield b'{"head":' + head + b',"results":{"bindings":['
    separator = b""
    for rows in _chunks(table):
        bindings = [_json_row(table.columns, row) for row in rows]
        yield separator + orjson.dumps(bindings)[1:-1]
        separator = b","
    yield b"]}"
    if table.is_cut:
        mark = {"limit": "rows", "maximum": table.maximum}
        yield b',"truncated":' + orjson.dumps(mark)
    yield b"}"


def write_xml(table: Table) -> Iterator[bytes]:
    """Yield SPARQL XML."""
    variables = "".join(f'<variable name="{name}"/>' for name in table.columns)
    yield f"{_XML_START}<head>{variables}</head><results>".encode()
    for rows in _chunks(table):
        yield "".join(_xml_row(table.columns, row) for row in rows).encode()
    yield b"</results>"
    if table.is_cut:
        yield f'<?truncated limit="rows" maximum="{table.maximum}"?>'.encode()
    yield b"</sparql>"


def write_csv(table: Table) -> Iterator[bytes]:
    """Yield CSV, in which a term is its text.

    Raises:
        QueryTooLargeError: The table is cut; after its last row, if not known before.
    """
    _refuse_cut(table)
    yield f"{','.join(table.columns)}\r\n".encode()
    for rows in _chunks(table):
        lines = (",".join(map(_csv_cell, row)) for row in rows)
        yield "".join(f"{line}\r\n" for line in lines).encode()
    _refuse_cut(table)


def write_tsv(table: Table) -> Iterator[bytes]:
    """Yield TSV, in which a term is as in Turtle.

    Raises:
        QueryTooLargeError: The table is cut; after its last row, if not known before.
    """
    _refuse_cut(table)
    columns = "\t".join(f"?{name}" for name in table.columns)
    yield f"{columns}\n".encode()
    for rows in _chunks(table):
        lines = ("\t".join(map(_tsv_cell, row)) for row in rows)
        yield "".join(f"{line}\n" for line in lines).encode()
    _refuse_cut(table)


def _refuse_cut(table: Table) -> None:
    if table.is_cut and table.maximum is not None:
        raise QueryTooLargeError(QueryLimit.ROWS, table.maximum)


def _chunks(table: Table) -> Iterator[Sequence[Row]]:
    rows = iter(table)
    while chunk := [*islice(rows, _ROWS_OF_A_CHUNK)]:
        yield chunk


def _json_row(columns: Sequence[str], row: Row) -> _Json:
    return {
        name: _json_term(term)
        for name, term in zip(columns, row, strict=True)
        if term is not None
    }


def _json_term(term: Term) -> _Json:
    match term:
        case NamedNode():
            return {"type": "uri", "value": term.value}
        case Literal():
            return {"type": "literal", "value": term.value, **_json_kind(term)}
        case BlankNode():
            return {"type": "bnode", "value": term.value}
        case Triple():
            return {
                "type": "triple",
                "value": {
                    "subject": _json_term(term.subject),
                    "predicate": _json_term(term.predicate),
                    "object": _json_term(term.object),
                },
            }


def _json_kind(literal: Literal) -> dict[str, str]:
    if literal.language is None:
        datatype = literal.datatype
        return {} if datatype == XSD.string else {"datatype": datatype.value}
    kind = {"xml:lang": literal.language}
    if literal.direction is not None:
        kind["its:dir"] = literal.direction.value
    return kind


_XML_START = (
    '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
)
_ITS = ' xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0"'
# A carriage return would be read as a newline.
_XML_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
)
# Some parsers trim what is written as it is.
_OUTER_SPACE = re.compile(r"^\s+|\s+$")


def _xml_row(columns: Sequence[str], row: Row) -> str:
    bindings = (
        f'<binding name="{name}">{_xml_term(term)}</binding>'
        for name, term in zip(columns, row, strict=True)
        if term is not None
    )
    return f"<result>{''.join(bindings)}</result>"


def _xml_term(term: Term) -> str:
    match term:
        case NamedNode():
            return f"<uri>{_xml_text(term.value)}</uri>"
        case Literal():
            return f"<literal{_xml_kind(term)}>{_xml_text(term.value)}</literal>"
        case BlankNode():
            return f"<bnode>{term.value}</bnode>"
        case Triple():
            return (
                f"<triple><subject>{_xml_term(term.subject)}</subject>"
                f"<predicate>{_xml_term(term.predicate)}</predicate>"
                f"<object>{_xml_term(term.object)}</object></triple>"
            )


def _xml_text(text: str) -> str:
    escaped = text.translate(_XML_ESCAPES)
    return _OUTER_SPACE.sub(_number_characters, escaped)


def _number_characters(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in match[0])


def _xml_kind(literal: Literal) -> str:
    if literal.language is None:
        datatype = literal.datatype
        if datatype == XSD.string:
            return ""
        return f' datatype="{_xml_text(datatype.value)}"'
    language = f' xml:lang="{literal.language}"'
    if literal.direction is None:
        return language
    return f'{language} its:dir="{literal.direction.value}"{_ITS}'


_TO_QUOTE = re.compile(r'[",\r\n]')


def _csv_cell(term: Term | None) -> str:
    text = _csv_text(term)
    if _TO_QUOTE.search(text) is None:
        return text
    return '"{}"'.format(text.replace('"', '""'))


def _csv_text(term: Term | None) -> str:
    match term:
        case None:
            return ""
        case NamedNode() | Literal():
            return term.value
        case BlankNode():
            return str(term)
        case Triple():
            parts = term.subject, term.predicate, term.object
            return " ".join(map(_csv_text, parts))


# What Turtle writes without quotes.
_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.double: re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}


def _tsv_cell(term: Term | None) -> str:
    match term:
        case None:
            return ""
        case Literal():
            bare = _BARE.get(term.datatype)
            if bare is not None and bare.fullmatch(term.value):
                return term.value
            # Turtle's escapes are more than these two, but only they end a cell.
            return str(term).replace("\t", "\\t").replace("\n", "\\n")
        case Triple():
            parts = term.subject, term.predicate, term.object
            return f"<<( {' '.join(map(_tsv_cell, parts))} )>>"
        case _:
            return str(term)
