"""The parameters of a SPARQL query: what its VALUES blocks hold is their default.

So the text runs as it is in any SPARQL tool, and no default can disagree with it.
"""

from collections.abc import Sequence

import pyoxigraph
from pyoxigraph import Literal, NamedNode, QuerySolutions

from ssc_kg.catalogue.heading import Declaration
from ssc_kg.catalogue.parameters import Parameter, read_value
from ssc_kg.errors import (
    CatalogueError,
    ParameterValueError,
    QueryRefusedError,
    QuerySyntaxError,
)
from ssc_kg.sparql.algebra import Term
from ssc_kg.sparql.scan import Scan, scan
from ssc_kg.sparql.tokens import position
from ssc_kg.sparql.values import Block, find_blocks, select_terms
from ssc_kg.store.evaluation import evaluate, explaining


def read_query_parameters(
    text: str, declarations: Sequence[Declaration], file: str
) -> tuple[Parameter, ...]:
    """Return the parameters of a query, in the order of their declarations.

    Raises:
        CatalogueError: A parameter has no `VALUES ?name { term }`, or several, or a
            term that is not of its type; or the text is no query.
    """
    if not declarations:
        return ()
    scanned = _scan(text, file)
    return tuple(
        _read_parameter(scanned, declaration, file) for declaration in declarations
    )


def _scan(text: str, file: str) -> Scan:
    try:
        return scan(text)
    except QuerySyntaxError as error:
        raise CatalogueError(file, error.line or 1, error.reason) from error
    except QueryRefusedError as error:
        raise CatalogueError(file, 1, str(error)) from error


def _read_parameter(scanned: Scan, declaration: Declaration, file: str) -> Parameter:
    block = _find_block(scanned.text, declaration, file)
    line = position(scanned.text, block.start).line
    default = _read_term(scanned, block, line, file)
    written = scanned.text[block.start : block.end]
    reason = f"{declaration.name} is declared {declaration.type}, but {written}"
    try:
        read = read_value(declaration.name, declaration.type, default.value)
    except ParameterValueError as error:
        raise CatalogueError(file, line, f"{reason} is not {error.expected}") from error
    if read != default:
        raise CatalogueError(file, line, f"{reason} is not {read}")
    return Parameter(
        declaration.name,
        declaration.type,
        declaration.words,
        default,
        declaration.values,
    )


def _find_block(text: str, declaration: Declaration, file: str) -> Block:
    name = declaration.name
    blocks = [block for block in find_blocks(text) if block.name == name]
    match blocks:
        case [block]:
            return block
        case []:
            reason = f"{name} has no default; write VALUES ?{name} {{ … }} in the query"
            raise CatalogueError(file, declaration.line, reason)
        case [_, second, *_]:
            reason = f"there is a VALUES ?{name} already; a parameter has one"
            raise CatalogueError(file, position(text, second.start).line, reason)
        case _:
            raise AssertionError(blocks)


def _read_term(scanned: Scan, block: Block, line: int, file: str) -> Term:
    """Return the one term of a block, as the engine reads it."""
    text = select_terms(scanned, block)
    try:
        with explaining(text):
            rows = evaluate(pyoxigraph.Store(), scan(text))
            terms = [*rows] if isinstance(rows, QuerySolutions) else []
    except (QueryRefusedError, QuerySyntaxError) as error:
        raise CatalogueError(file, line, str(error)) from error
    match terms:
        case [row] if isinstance(row[0], NamedNode | Literal):
            return row[0]
        case _:
            reason = f"VALUES ?{block.name} has to hold one IRI or literal, its default"
            raise CatalogueError(file, line, reason)
