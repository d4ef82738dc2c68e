"""Where in the folder lies what the server has at an address.

    doc/city/pully                   doc/city/pully
    doc/city/pully.ttl               doc/city/pully.ttl
    doc/city/pully?page=2            doc/city/pully/page-2
    doc/city/pully.ttl?page=2        doc/city/pully/page-2.ttl
    doc?iri=<sdg:11>&format=ttl      doc/external/sdg/11.ttl
    doc?iri=<another IRI>            doc/external/iri/<part of its SHA-256>
    queries?format=ttl               queries.ttl
    queries/a?year=2020              nowhere: a folder cannot ask

A place is a path, not percent-encoded. What no file can be called, as its name is too
long or has an escaped slash, lies at a part of the SHA-256 of its path instead.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from urllib.parse import parse_qsl, quote, unquote

from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.urls import SUFFIXES, split_suffix

EXTERNAL = "doc/external"
"""Below it lie the documents about what is named elsewhere."""
_HASHED = "iri"
_LONGEST = 240
"""Bytes of a name; most file systems take 255, and a suffix follows."""
_DIGITS = 24
_REMEMBERED = 100_000
"""Addresses; pages link to the same ones again and again."""
_PLAIN = re.compile(r"[A-Za-z0-9_~-]+(?:\.[A-Za-z0-9_~-]+)*")
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_TURN = re.compile(r"page-[0-9]+")
_UNHOLDABLE = frozenset(("", ".", "..", "index"))
_URL_SAFE = "-._~!$&'()*+,;=:@/"


@dataclass(frozen=True, slots=True)
class External:
    """How documents about what is named elsewhere are placed by its namespace."""

    prefix: str
    namespace: str

    @property
    def place(self) -> str:
        """What their places begin with."""
        return f"{EXTERNAL}/{self.prefix}/"


@lru_cache(_REMEMBERED)
def place_of(address: str) -> str | None:
    """Return the place of an address, which is without the root's; None if it has none.

    >>> place_of("doc/city/Beyo%C4%9Flu.ttl")
    'doc/city/Beyoğlu.ttl'
    >>> place_of("doc?iri=http%3A%2F%2Fmetadata.un.org%2Fsdg%2F11&page=2")
    'doc/external/sdg/11/page-2'
    """
    path, _, query = address.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    asked = dict(pairs)
    iri, page, format_ = (asked.pop(name, None) for name in ("iri", "page", "format"))
    if asked or len(dict(pairs)) < len(pairs):
        return None
    if iri is not None:
        return (
            _place(place_external(iri), None, page, format_) if path == "doc" else None
        )
    stem, suffix = split_suffix(path)
    return _place(_hold(stem.strip("/")), suffix, page, format_)


def place_external(iri: str) -> str:
    """Return where the document lies that is about a thing which is named elsewhere.

    >>> place_external("http://metadata.un.org/sdg/11")
    'doc/external/sdg/11'
    """
    external = namespace_of(iri)
    if external is None:
        return f"{EXTERNAL}/{_HASHED}/{_digest(iri)}"
    return external.place + iri.removeprefix(external.namespace)


def namespace_of(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> External | None:
    """Return the namespace by which an IRI is placed, None if it is by none."""
    fitting = [
        External(prefix, namespace)
        for prefix, namespace in prefixes.items()
        if iri.startswith(namespace) and _is_local(iri.removeprefix(namespace))
    ]
    return max(fitting, key=lambda each: len(each.namespace), default=None)


def path_of(place: str) -> str:
    """Return the path of a place in a URL, without the root's."""
    return quote(place, safe=_URL_SAFE)


def _place(
    stem: str, suffix: str | None, page: str | None, format_: str | None
) -> str | None:
    if format_ is not None:
        if suffix is not None or format_ not in SUFFIXES:
            return None
        suffix = format_
    if page is not None:
        if not _NUMBER.fullmatch(page):
            return None
        stem = stem if page == "1" else f"{stem}/page-{page}"
    return stem if suffix is None else f"{stem}.{suffix}"


def _hold(path: str) -> str:
    """Return the path as files can be called, decoded if it can be."""
    encoded = path.split("/")
    decoded = [unquote(name) for name in encoded]
    is_holdable = all(map(_is_holdable, decoded)) and not _is_taken(decoded)
    if is_holdable or not path:
        return "/".join(decoded)
    return f"{decoded[0]}/{_HASHED}/{_digest(path)}"


def _is_holdable(name: str) -> bool:
    is_name = name not in _UNHOLDABLE and not {"/", "\0", "\ufffd"} & set(name)
    return is_name and len(name.encode(errors="replace")) <= _LONGEST


def _is_taken(names: Sequence[str]) -> bool:
    """Whether something else is placed there by the rules above."""
    is_turn = len(names) > 1 and bool(_TURN.fullmatch(names[-1]))
    return is_turn or "/".join(names).startswith(f"{EXTERNAL}/") or _HASHED in names


def _is_local(name: str) -> bool:
    _, _, suffix = name.rpartition(".")
    is_turn = bool(_TURN.fullmatch(name)) or name in _UNHOLDABLE
    is_plain = bool(_PLAIN.fullmatch(name)) and len(name) <= _LONGEST
    return is_plain and not is_turn and not ("." in name and suffix in SUFFIXES)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_DIGITS]
