"""IRI to URL and back: every link is minted here.

Everything this project names has an IRI under the base IRI. A server that publishes it
is reached at its own public URL, where the same path answers: the URL of an IRI is the
IRI with the base replaced. Non-ASCII characters are kept in IRIs and percent-encoded,
once, in URLs (RFC 3987, section 3.1).

    path                            what answers there
    -----------------------------   --------------------------------------------
    id/<kind>/<slug>                a thing: 303 to the document about it
    doc/<kind>/<slug>[.<suffix>]    that document, negotiated or in one format
    doc?iri=<IRI>[&format=<name>]   the same of a thing that is named elsewhere
    graph/<name>[.<suffix>]         a named graph
    context.jsonld                  the context of JSON-LD
    ontology[.<suffix>]             the ontology; its terms are ontology#<name>
    problems/<slug>                 a kind of problem (RFC 9457)
    dumps[.<suffix>]                the versions as files to download
    dumps/<n>[.<suffix>]            the files of one version
    dumps/<n>/<file>                one of them
    diff/<m>/<n>[.<suffix>]         how a version differs from another
    prefixes                        the prefixes that need no declaration
    queries                         the catalogue of questions
    queries/<slug>[.<suffix>]       a question, or its answer in one format
    openapi.json                    the description of all that for programs
    schema.graphql                  the schema of the GraphQL service
    sparql                          the SPARQL service
    timemap/<path>                  the versions of what lies at a path (RFC 7089)
    catalog[.<suffix>]              the dataset, its graphs and services (DCAT)
    .well-known/api-catalog         the services for programs (RFC 9727)
    .well-known/void                leads to the description of the dataset
    versions[.<suffix>]             the versions of the dataset
    version/<n>[.<suffix>]          one of them
    void[.<suffix>]                 the description of the dataset; its parts: void#…
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlencode

from pyoxigraph import NamedNode

from ssc_kg.errors import MalformedIriError
from ssc_kg.rdf.terms import read_iri

SUFFIXES = frozenset({"csv", "html", "jsonld", "nq", "nt", "rdf", "trig", "ttl"})
"""What may follow the last dot of a document's address; formats/table.py agrees."""

_THING = "id/"
_DOCUMENT = "doc/"
# Kept as they are in a URL. "%" is: what an IRI has escaped is escaped already.
_URL_SAFE = "%-._~!$&'()*+,;=:@/?#[]"
_NON_ASCII = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")


@dataclass(frozen=True, slots=True)
class Urls:
    """The addresses of one base IRI on one server."""

    base_iri: str
    """What the IRIs begin with; ends in `/`."""
    public_url: str = "/"
    """What the URLs begin with: absolute, or a path on the same host; ends in `/`."""

    @property
    def ontology(self) -> NamedNode:
        """The IRI of the ontology."""
        return NamedNode(f"{self.base_iri}ontology")

    @property
    def context(self) -> NamedNode:
        """The IRI of the JSON-LD context."""
        return NamedNode(f"{self.base_iri}context.jsonld")

    @property
    def sparql(self) -> NamedNode:
        """The IRI of the SPARQL service."""
        return NamedNode(f"{self.base_iri}sparql")

    @property
    def graphql(self) -> NamedNode:
        """The IRI of the GraphQL service."""
        return NamedNode(f"{self.base_iri}graphql")

    @property
    def graphql_schema(self) -> NamedNode:
        """The IRI of the schema of the GraphQL service, a document."""
        return NamedNode(f"{self.base_iri}schema.graphql")

    @property
    def queries(self) -> NamedNode:
        """The IRI of the catalogue of questions."""
        return NamedNode(f"{self.base_iri}queries")

    @property
    def openapi(self) -> NamedNode:
        """The IRI of the description of the questions for programs."""
        return NamedNode(f"{self.base_iri}openapi.json")

    def question(self, slug: str) -> NamedNode:
        """Return the IRI of a question of the catalogue."""
        return NamedNode(f"{self.queries.value}/{slug}")

    @property
    def prefixes(self) -> NamedNode:
        """The IRI of the prefixes, all together."""
        return NamedNode(f"{self.base_iri}prefixes")

    @property
    def void(self) -> NamedNode:
        """The IRI of the description of the dataset, a document."""
        return NamedNode(f"{self.base_iri}void")

    @property
    def dataset(self) -> NamedNode:
        """The IRI of the dataset, whatever its version."""
        return self.void_part("dataset")

    @property
    def things(self) -> str:
        """What the IRIs begin with that we give to things."""
        return f"{self.base_iri}{_THING}"

    def part(self, whole: NamedNode, name: str) -> NamedNode:
        """Return the IRI of a part that has none of its own, such as `dataset`."""
        return NamedNode(f"{whole.value}#{quote(name, safe='/')}")

    def void_part(self, *names: str) -> NamedNode:
        """Return the IRI of what the description of the dataset tells of.

        >>> Urls("https://w3id.org/ssc-kg/").void_part("class", "ssc:City").value
        'https://w3id.org/ssc-kg/void#class/ssc:City'
        """
        path = "/".join(quote(name, safe=":") for name in names)
        return NamedNode(f"{self.void.value}#{path}")

    def graph(self, name: str) -> NamedNode:
        """Return the IRI of the graph `name`, such as `source/oier-itu-mou`."""
        return NamedNode(f"{self.base_iri}graph/{name}")

    @property
    def catalog(self) -> NamedNode:
        """The IRI of the catalogue of the dataset, a document."""
        return NamedNode(f"{self.base_iri}catalog")

    @property
    def versions(self) -> NamedNode:
        """The IRI of the list of versions."""
        return NamedNode(f"{self.base_iri}versions")

    def version(self, number: int) -> NamedNode:
        """Return the IRI of a version of the dataset."""
        return NamedNode(f"{self.base_iri}version/{number}")

    @property
    def dumps(self) -> NamedNode:
        """The IRI of the list of versions as files to download."""
        return NamedNode(f"{self.base_iri}dumps")

    def dump(self, number: int, file: str | None = None) -> NamedNode:
        """Return the IRI of a file of a version, or of the list of its files."""
        path = str(number) if file is None else f"{number}/{file}"
        return NamedNode(f"{self.dumps.value}/{path}")

    def difference(self, before: int, after: int) -> NamedNode:
        """Return the IRI of how a version differs from another."""
        return NamedNode(f"{self.base_iri}diff/{before}/{after}")

    def problem(self, slug: str) -> str:
        """Return the IRI of a kind of problem."""
        return f"{self.base_iri}problems/{slug}"

    def resource(self, path: str) -> NamedNode:
        """Return the IRI of what lies at a request's path, percent-encoded as sent.

        >>> Urls("https://w3id.org/ssc-kg/").resource("/id/city/Beyo%C4%9Flu").value
        'https://w3id.org/ssc-kg/id/city/Beyoğlu'

        Raises:
            MalformedIriError: The path has a broken escape, or what no IRI has.
        """
        return read_iri(f"{self.base_iri}{_decode(path).removeprefix('/')}")

    def document(self, thing: NamedNode) -> NamedNode:
        """Return the IRI of the document about a thing.

        >>> urls = Urls("https://w3id.org/ssc-kg/")
        >>> urls.document(NamedNode("https://w3id.org/ssc-kg/id/city/pully")).value
        'https://w3id.org/ssc-kg/doc/city/pully'
        >>> urls.document(NamedNode("http://metadata.un.org/sdg/11")).value
        'https://w3id.org/ssc-kg/doc?iri=http%3A%2F%2Fmetadata.un.org%2Fsdg%2F11'
        """
        path = thing.value.removeprefix(self.things)
        if thing.value.startswith(self.things) and _is_document_path(path):
            return NamedNode(f"{self.base_iri}{_DOCUMENT}{path}")
        return NamedNode(f"{self.base_iri}doc?iri={quote(thing.value, safe='')}")

    def thing(self, path: str) -> NamedNode:
        """Return the IRI of the thing that a document's path, as sent, is about.

        Raises:
            MalformedIriError: The path has a broken escape, or what no IRI has.
        """
        return self.resource(_THING + path.removeprefix("/").removeprefix(_DOCUMENT))

    def url(self, iri: NamedNode, *, suffix: str | None = None) -> str:
        """Return the address of an IRI, of its form in one format if `suffix` is given.

        What is not under the base IRI is its own address.
        """
        address = as_uri(iri)
        if iri.value.startswith(self.base_iri):
            address = self.public_url + address.removeprefix(self.base_iri)
        if suffix is None:
            return address
        return f"{address}{'&format=' if '?' in address else '.'}{suffix}"


def as_uri(iri: NamedNode) -> str:
    """Return an IRI as headers can hold it (RFC 3987, section 3.1).

    >>> as_uri(NamedNode("https://w3id.org/ssc-kg/id/city/Beyoğlu"))
    'https://w3id.org/ssc-kg/id/city/Beyo%C4%9Flu'
    """
    return quote(iri.value, safe=_URL_SAFE)


def with_parameters(
    url: str, parameters: Mapping[str, str] | Sequence[tuple[str, str]]
) -> str:
    """Return an address with some parameters; in pairs, a name may repeat.

    >>> with_parameters("/queries/a.csv", {"goal": "sdg:4", "limit": "10"})
    '/queries/a.csv?goal=sdg:4&limit=10'
    """
    return f"{url}?{urlencode(parameters, safe=':/')}" if parameters else url


def add_parameters(url: str, parameters: Mapping[str, str]) -> str:
    """Return an address, which may have parameters already, with some more.

    >>> add_parameters("/doc?iri=urn%3Ax", {"version": "3"})
    '/doc?iri=urn%3Ax&version=3'
    """
    more = with_parameters("", parameters).removeprefix("?")
    if not more:
        return url
    return f"{url}{'&' if '?' in url else '?'}{more}"


def split_suffix(path: str) -> tuple[str, str | None]:
    """Return a path without the suffix that names a format, and that suffix.

    >>> split_suffix("/doc/city/pully.ttl")
    ('/doc/city/pully', 'ttl')
    >>> split_suffix("/doc/city/st.gallen")
    ('/doc/city/st.gallen', None)
    """
    stem, dot, suffix = path.rpartition(".")
    return (stem, suffix) if dot and suffix in SUFFIXES else (path, None)


def _is_document_path(path: str) -> bool:
    # Not if it has a query, a fragment or dot segments, ends like the name of a format,
    # or has escapes that reading it undoes: requests for it would mean another thing.
    has_dots = not {".", ".."}.isdisjoint(path.split("/"))
    is_plain = not {"?", "#"} & set(path) and not has_dots
    return is_plain and split_suffix(path)[1] is None and _decode(path) == path


def _decode(path: str) -> str:
    # RFC 3987, section 3.2: what the escapes of a URL mean in an IRI. Non-ASCII text
    # and unreserved characters become themselves; "%2F" stays, as it is not a "/".
    if _BAD_ESCAPE.search(path):
        raise MalformedIriError(path)
    try:
        text = _NON_ASCII.sub(lambda run: unquote(run[0], errors="strict"), path)
    except UnicodeDecodeError as error:
        raise MalformedIriError(path) from error
    return _ESCAPE.sub(lambda escape: _decode_ascii(escape[0]), text)


def _decode_ascii(escape: str) -> str:
    character = unquote(escape)
    return character if _UNRESERVED.fullmatch(character) else escape.upper()
