"""The blocks `VALUES ?name { … }` in the text of a query: found, and given other terms.

So a query that anyone can run as it is can also be asked of something else. Only a
block of one variable in this form is one; nothing else of the grammar is known here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from ssc_kg.sparql.algebra import Term
from ssc_kg.sparql.render import render_term
from ssc_kg.sparql.scan import Scan
from ssc_kg.sparql.tokens import Kind, tokenize


@dataclass(frozen=True, slots=True)
class Block:
    """The terms between the braces of a VALUES of one variable."""

    name: str
    """The name of the variable."""
    start: int
    """The offset of the first term."""
    end: int
    """The offset after the last term; `start` if there is none."""


def find_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a query, in its order.

    >>> [block.name for block in find_blocks("ASK { VALUES ?goal { sdg:11 } }")]
    ['goal']

    Raises:
        QuerySyntaxError: A string is not closed.
    """
    tokens = list(tokenize(text))
    for index, head in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        keyword, variable, brace = head
        is_values = keyword.kind is Kind.WORD and keyword.text.upper() == "VALUES"
        if is_values and variable.kind is Kind.VARIABLE and brace.text == "{":
            terms = list(
                takewhile(lambda token: token.text != "}", tokens[index + 3 :])
            )
            start = terms[0].start if terms else brace.start + 1
            end = terms[-1].start + len(terms[-1].text) if terms else start
            yield Block(variable.text[1:], start, end)


def select_terms(scan: Scan, block: Block) -> str:
    """Return a query whose rows are the terms of a block.

    >>> from ssc_kg.sparql.scan import scan
    >>> query = scan("PREFIX ex: <http://ex/> ASK { VALUES ?a { ex:b ex:c } }")
    >>> [block] = find_blocks(query.text)
    >>> select_terms(query, block)
    'PREFIX ex: <http://ex/> SELECT ?a { VALUES ?a { ex:b ex:c } }'
    """
    terms = scan.text[block.start : block.end]
    return (
        f"{scan.prologue}SELECT ?{block.name} {{ VALUES ?{block.name} {{ {terms} }} }}"
    )


def replace_terms(text: str, terms: Mapping[str, Term]) -> str:
    """Return the query with one other term in each block of a named variable.

    >>> from pyoxigraph import Literal
    >>> replace_terms("ASK { VALUES ?a { 1 2 } }", {"a": Literal("}")})
    'ASK { VALUES ?a { "}" } }'
    """
    for block in reversed(list(find_blocks(text))):
        if block.name in terms:
            term = render_term(terms[block.name])
            text = f"{text[: block.start]}{term}{text[block.end :]}"
    return text
