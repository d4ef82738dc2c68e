"""Rules by which Apache leads from IRIs to a folder: for w3id.org, and for the folder.

A thing leads to the document about it by 303, in the format that `Accept` asks for.
Addresses that have a query on a server lead to the places that these have in the
folder; what only a server answers leads there, if there is one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote

from ssc_kg.formats.table import CSV, DATA_FORMATS, HTML
from ssc_kg.site.accept import ANYTHING, DEFAULT, conditions
from ssc_kg.site.places import External, namespace_of, path_of, place_of
from ssc_kg.site.services import SERVICES
from ssc_kg.urls import SUFFIXES

_WITH_ROWS = r"doc/.+|graph/.+|ontology|void|catalog"
_WITHOUT_ROWS = r"versions|version/[0-9]+|prefixes|dumps|dumps/[0-9]+"
_SUFFIXES = "|".join(sorted(SUFFIXES))
_PAGE = "page=([2-9]|[1-9][0-9]+)"
_HEAD = """Options -MultiViews
RewriteEngine On"""
_FILES = """RewriteCond %{REQUEST_FILENAME} -f
RewriteRule ^ - [L]"""
_CORS = """<IfModule mod_headers.c>
Header set Access-Control-Allow-Origin "*"
Header merge Vary Accept
</IfModule>"""
_CHOSEN = "%{ENV:SUFFIX}"


@dataclass(frozen=True, slots=True)
class Redirects:
    """What the rules depend on."""

    url: str
    """Where the folder is published, absolute."""
    live: str | None
    """Where a server is that answers what a folder cannot."""
    externals: tuple[External, ...]
    """The namespaces of what is named elsewhere."""
    others: Mapping[str, str]
    """The places of documents about further things there, by IRI."""
    hashed: Mapping[str, str]
    """The places of documents whose paths no file can be called by, by path."""


def find_redirects(addresses: Iterable[str], url: str, live: str | None) -> Redirects:
    """Return what rules depend on where a server has documents at some addresses."""
    externals, others, hashed = set(), {}, {}
    for address in addresses:
        path, _, query = address.partition("?")
        place = place_of(address)
        iri = dict(parse_qsl(query)).get("iri")
        if place is None or not path.startswith("doc"):
            continue
        if iri is None and unquote(path) != place:
            hashed[unquote(path)] = place
        elif iri is not None and (external := namespace_of(iri)) is not None:
            externals.add(external)
        elif iri is not None:
            others[iri] = place
    found = tuple(sorted(externals, key=lambda each: each.prefix))
    return Redirects(url, live, found, others, hashed)


def write_rules(redirects: Redirects, *, iri: str) -> str:
    """Return what leads from what an IRI begins with to the folder (`.htaccess`)."""
    head = (f"# Leads {iri} to {redirects.url}", _HEAD)
    all_else = ("", f"RewriteRule ^(.*)$ {redirects.url}$1 [R=302,QSD,L]", "")
    return "\n".join((*head, *_choose(), *_lead(redirects), *all_else))


def write_own_rules(redirects: Redirects) -> str:
    """Return what the folder itself needs where Apache publishes it (`.htaccess`)."""
    types = (
        f"AddType {format_.media_type} .{format_.suffix}" for format_ in DATA_FORMATS
    )
    head = (*types, "AddCharset utf-8 .html .ttl .csv", _CORS, _HEAD, _FILES)
    return "\n".join((*head, *_choose(), *_lead(redirects), ""))


def write_headers() -> str:
    """Return the headers of files, as hosts of static sites read them (`_headers`)."""
    lines = ["/*", "  Access-Control-Allow-Origin: *"]
    for format_ in DATA_FORMATS:
        lines += [f"/*.{format_.suffix}", f"  Content-Type: {format_.media_type}"]
    return "\n".join((*lines, ""))


def _choose() -> Iterator[str]:
    """Yield the rules that choose the suffix by `Accept`."""
    yield from ("", "# The format that is asked for")
    for format_, condition in conditions():
        yield "RewriteCond %{ENV:SUFFIX} ^$"
        yield f'RewriteCond %{{HTTP_ACCEPT}} "{condition}" [NC]'
        yield f"RewriteRule ^ - [E=SUFFIX:.{format_.suffix}]"
    yield "RewriteCond %{ENV:SUFFIX} ^$"
    yield f'RewriteCond %{{HTTP_ACCEPT}} "{ANYTHING}"'
    yield f"RewriteRule ^ - [E=SUFFIX:.{DEFAULT.suffix}]"


def _lead(redirects: Redirects) -> Iterator[str]:
    yield from ("", "# What only a server answers")
    services = "|".join(re.escape(name) for name in SERVICES)
    yield from _to_server(redirects.live, rf"^((?:{services}).*)$")
    yield r"RewriteCond %{QUERY_STRING} (?:^|&)version="
    yield from _to_server(redirects.live, "^(.*)$")
    yield from ("", "# Things")
    yield from _things(redirects)
    yield from ("", "# Documents whose places no rule below tells")
    yield from _exceptions(redirects)
    yield from ("", "# Documents about things that are named elsewhere")
    yield from _externals(redirects)
    yield from ("", "# Pages and formats that are asked for by a query")
    yield from _queries(redirects.url)
    yield from ("", "# Documents")
    yield from _documents(redirects)


def _things(redirects: Redirects) -> Iterator[str]:
    url = redirects.url
    yield "RewriteCond %{ENV:SUFFIX} ^$"
    yield "RewriteRule ^id/ - [R=406,L]"
    for path, place in _hashed(redirects):
        yield f"RewriteRule ^id/{path}$ {url}{place}{_CHOSEN} [R=303,QSD,L]"
    yield f"RewriteRule ^id/(.+)$ {url}doc/$1{_CHOSEN} [R=303,QSD,L]"


def _exceptions(redirects: Redirects) -> Iterator[str]:
    for path, place in _hashed(redirects):
        target = f"{redirects.url}{place}"
        yield "RewriteCond %{QUERY_STRING} ^format=([a-z]+)$"
        yield f"RewriteRule ^doc/{path}$ {target}.%1 [R=302,QSD,L]"
        yield f"RewriteCond %{{QUERY_STRING}} ^{_PAGE}$"
        yield f"RewriteRule ^doc/{path}$ {target}/page-%1{_CHOSEN} [R=302,QSD,L]"
        yield rf"RewriteRule ^doc/{path}(\.(?:{_SUFFIXES}))$ {target}$1 [R=302,QSD,L]"
        yield f"RewriteRule ^doc/{path}$ {target}{_CHOSEN} [R=302,QSD,L]"


def _queries(url: str) -> Iterator[str]:
    for path, suffix in (
        (rf"^(doc/.+)\.({_SUFFIXES})$", ".$2"),
        ("^(doc/.+)$", _CHOSEN),
    ):
        yield f"RewriteCond %{{QUERY_STRING}} ^{_PAGE}$"
        yield f"RewriteRule {path} {url}$1/page-%1{suffix} [R=302,QSD,L]"
    yield "RewriteCond %{QUERY_STRING} ^format=([a-z]+)$"
    yield f"RewriteRule ^({_WITH_ROWS}|{_WITHOUT_ROWS})$ {url}$1.%1 [R=302,QSD,L]"


def _documents(redirects: Redirects) -> Iterator[str]:
    url = redirects.url
    yield rf"RewriteCond %{{ENV:SUFFIX}} ^\.(?!{HTML.suffix}|{CSV.suffix})"
    yield f"RewriteRule ^$ {url}void{_CHOSEN} [R=303,QSD,L]"
    # An address that names a format is none of the following four.
    yield rf"RewriteRule \.(?:{_SUFFIXES})$ - [S=4]"
    yield "RewriteCond %{ENV:SUFFIX} ^$"
    yield f"RewriteRule ^({_WITH_ROWS}|{_WITHOUT_ROWS})/?$ - [R=406,L]"
    yield f"RewriteRule ^({_WITH_ROWS})$ {url}$1{_CHOSEN} [R=302,QSD,L]"
    yield rf"RewriteCond %{{ENV:SUFFIX}} ^\.{CSV.suffix}$"
    yield f"RewriteRule ^({_WITHOUT_ROWS})/?$ - [R=406,L]"
    yield f"RewriteRule ^({_WITHOUT_ROWS})/?$ {url}$1{_CHOSEN} [R=302,QSD,L]"


def _to_server(live: str | None, pattern: str) -> Iterator[str]:
    if live is None:
        yield f"RewriteRule {pattern} - [R=404,L]"
    else:
        # The method and what is sent with it stay.
        yield f"RewriteRule {pattern} {live}$1 [R=307,L]"


def _externals(redirects: Redirects) -> Iterator[str]:
    url = redirects.url
    for iri, place in sorted(redirects.others.items()):
        yield from _external(_query(iri), f"{url}{place}", place="")
    for external in redirects.externals:
        pattern = rf"{_query(external.namespace)}([A-Za-z0-9._~-]+)"
        yield from _external(pattern, f"{url}{external.place}", place="%1")


def _external(pattern: str, target: str, *, place: str) -> Iterator[str]:
    """Yield the rules of a document, of its formats and of its later pages."""
    following = 2 if place else 1
    for query, end in (
        (pattern, _CHOSEN),
        (f"{pattern}&format=([a-z]+)", f".%{following}"),
        (f"{pattern}&{_PAGE}", f"/page-%{following}{_CHOSEN}"),
        (
            f"{pattern}&format=([a-z]+)&{_PAGE}",
            f"/page-%{following + 1}.%{following}",
        ),
    ):
        yield f"RewriteCond %{{QUERY_STRING}} ^iri={query}$"
        yield f"RewriteRule ^doc$ {target}{place}{end} [R=302,QSD,L]"


def _query(iri: str) -> str:
    """Return what an IRI is in a query, escaped or not, as a regular expression."""
    return "".join(
        re.escape(character)
        if quote(character, safe="") == character
        else f"(?:{re.escape(character)}|{quote(character, safe='')})"
        for character in iri
    )


def _hashed(redirects: Redirects) -> Iterator[tuple[str, str]]:
    """Yield paths below `doc/`, as Apache decodes them, and where they lead."""
    for path, place in sorted(redirects.hashed.items()):
        yield re.escape(path.removeprefix("doc/")), path_of(place)
