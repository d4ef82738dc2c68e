"""Prefixes that a query uses: whether they are declared, and what else was meant."""

from collections.abc import Collection
from difflib import get_close_matches
from typing import NamedTuple

from ssc_kg.errors import QuerySyntaxError
from ssc_kg.rdf.namespaces import PREFIXES, WELL_KNOWN
from ssc_kg.sparql.tokens import Kind, Token, position


class _Suggestion(NamedTuple):
    """What to write instead, or to add, and how a person is told."""

    text: str
    sentence: str


def prefix_of(token: Token) -> str:
    """Return what stands before the colon of a prefixed name."""
    return token.text.partition(":")[0]


def check_prefix(token: Token, text: str, declared: Collection[str]) -> None:
    """Refuse a name whose prefix is not declared, and say what was probably meant.

    Raises:
        QuerySyntaxError: The token is a prefixed name, and its prefix is not declared.
    """
    if token.kind is not Kind.PREFIXED or (prefix := prefix_of(token)) in declared:
        return
    end = token.start + len(token.text)
    if text[token.start - 1 : token.start] == "<" and text.startswith("//", end):
        raise _broken_iri(text, token.start - 1)
    text_, sentence = _suggest(prefix, declared)
    reason = f"the prefix {prefix}: is not declared; {sentence}"
    raise syntax_error(text, token, reason, suggestion=text_)


def syntax_error(
    text: str, token: Token, reason: str, *, suggestion: str | None = None
) -> QuerySyntaxError:
    """Return the error that a token of `text` is."""
    line, column = position(text, token.start)
    return QuerySyntaxError(
        reason, line=line, column=column, token=token.text, suggestion=suggestion
    )


def _suggest(prefix: str, declared: Collection[str]) -> _Suggestion:
    """Return what is most probably meant by a prefix that is not declared."""
    same = [each for each in sorted(declared) if each.lower() == prefix.lower()]
    namespace = WELL_KNOWN.get(prefix.lower())
    if namespace is not None and not same:
        same = [each for each, known in PREFIXES.items() if known == namespace]
    if namespace is None and not same:
        same = get_close_matches(prefix.lower(), sorted(declared), n=1)
    if same:
        return _Suggestion(f"{same[0]}:", f"did you mean {same[0]}:?")
    added = f"PREFIX {prefix}: <{namespace or '…'}>"
    return _Suggestion(added, f"add {added}")


def _broken_iri(text: str, start: int) -> QuerySyntaxError:
    line, column = position(text, start)
    written = text[start:].partition("\n")[0].rstrip()
    whole, closing, _ = written.partition(">")
    reason = "an IRI ends at its >, and has no space, quote or brace; percent-encode it"
    return QuerySyntaxError(reason, line=line, column=column, token=whole + closing)
