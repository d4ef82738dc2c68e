"""The blocks `VALUES ?name { … }` in the text of a query: found, and given other terms.

So a query that anyone can run as it is can also be asked of something else. Only a
block of one variable in this form is one; nothing else of the grammar is known here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from ssc_kg.rdf.namespaces import PREFIXES
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


def select_values(name: str, pattern: str, *, limit: int) -> str:
    """Return a query for what a variable is in a pattern, with codes and names.

    A value has a row for each of its codes and names. The first column is the value,
    the others are its code and its name. Up to `limit` values are found.

    >>> print(select_values("goal", "?goal a sdgo:Goal", limit=9))
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    PREFIX sdgo: <http://metadata.un.org/sdg/ontology#>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    SELECT ?goal ?goalCode ?goalName {
      { SELECT DISTINCT ?goal { ?goal a sdgo:Goal } ORDER BY ?goal LIMIT 9 }
      OPTIONAL { ?goal skos:notation ?goalCode }
      OPTIONAL { ?goal skos:prefLabel|rdfs:label ?goalName }
    }
    """
    value, code, label = f"?{name}", f"?{name}Code", f"?{name}Name"
    query = (
        f"SELECT {value} {code} {label} {{\n"
        f"  {{ SELECT DISTINCT {value} {{ {pattern.strip()} }}"
        f" ORDER BY {value} LIMIT {limit} }}\n"
        f"  OPTIONAL {{ {value} skos:notation {code} }}\n"
        f"  OPTIONAL {{ {value} skos:prefLabel|rdfs:label {label} }}\n"
        f"}}"
    )
    return _declare(query) + query


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


def _declare(query: str) -> str:
    return "".join(
        f"PREFIX {prefix}: <{namespace}>\n"
        for prefix, namespace in PREFIXES.items()
        if f"{prefix}:" in query
    )
