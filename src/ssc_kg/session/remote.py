"""A server as a source, over HTTP: one of this program, or any other for SPARQL.

What a server of this program refuses comes as the error that it raised there.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx
import orjson
from pyoxigraph import Triple

from ssc_kg.catalogue.choices import Choices, read_choices
from ssc_kg.catalogue.parameters import Parameter
from ssc_kg.errors import EndpointError, KnowledgeGraphError, SessionClosedError
from ssc_kg.formats.table import GRAPHQL_RESPONSE, Format
from ssc_kg.http.problems import MEDIA_TYPE as PROBLEM
from ssc_kg.http.problems import read_problem
from ssc_kg.http.structured import read_texts
from ssc_kg.publish.answers import HINT
from ssc_kg.session.result import Result
from ssc_kg.session.source import READABLE, GraphQLResponse, Reply
from ssc_kg.session.whole import require_whole
from ssc_kg.store.protocol import Table

_CONNECT_SECONDS = 10.0
_SHOWN = 200
_QUERY = "application/sparql-query"


class Remote:
    """A server.

    Its address is that of the server (`http://127.0.0.1:8000`), or that of its SPARQL
    endpoint, ending in `/sparql`, beside which `/graphql` answers.
    """

    def __init__(self, endpoint: str, *, seconds: float | None = None) -> None:
        """Name a server, which is not reached for yet.

        `seconds` is how long to wait for bytes; as long as it takes if left out, since
        a server has a limit of its own.

        Raises:
            EndpointError: The text is no address of a web server.
        """
        parts = urlsplit(endpoint)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            reason = "no address of a server; write one such as http://127.0.0.1:8000"
            raise EndpointError(endpoint, reason)
        root = endpoint.rstrip("/").removesuffix("/sparql")
        self._root = root
        self._client = httpx.Client(
            follow_redirects=True,
            timeout=httpx.Timeout(seconds, connect=_CONNECT_SECONDS),
        )

    def __repr__(self) -> str:
        return self._root

    @contextmanager
    def ask(
        self, text: str, offered: Sequence[Format], *, labels: str | None = None
    ) -> Iterator[Reply]:
        """Answer a SPARQL query, sent by POST (SPARQL 1.1 Protocol, section 2.1.3).

        Servers of other programs know nothing of labels, and add none.

        Raises:
            KnowledgeGraphError: What the server raised.
            EndpointError: It cannot be reached, or its answer cannot be understood.
        """
        url = f"{self._root}/sparql"
        headers = {"Accept": _accept(offered), "Content-Type": _QUERY}
        if labels is not None:
            url = f"{url}?labels=on"
            headers |= {"Accept-Language": labels} if labels.strip() else {}
        request = self._build(url, headers, text.encode())
        with _reaching(url):
            response = self._client.send(request, stream=True)
        try:
            if response.status_code != HTTPStatus.OK:
                with _reaching(url):
                    response.read()
                raise _explain(response)
            chunks = require_whole(_chunks(response, url))
            hints = read_texts(response.headers.get(HINT, ""))
            yield Reply(_format(response, offered), chunks, hints)
        finally:
            response.close()

    def select(self, query: str) -> Table:
        """Return every row of a SELECT query.

        Raises:
            KnowledgeGraphError: What the server raised.
            EndpointError: It cannot be reached, or its answer cannot be understood.
        """
        with self.ask(query, READABLE) as reply:
            result = Result(b"".join(reply.chunks), reply.format)
        # A triple in a triple (RDF 1.2) is no term of this project's stores.
        rows = (
            tuple(None if isinstance(term, Triple) else term for term in row)
            for row in result.terms
        )
        return Table(result.columns, tuple(rows))

    def choices(self, parameter: Parameter) -> Choices | None:
        """Return what a parameter may be, if the data or its type says so.

        It is asked for each time: the server may have other data by now.

        Raises:
            KnowledgeGraphError: What the server raised.
            EndpointError: It cannot be reached, or its answer cannot be understood.
        """
        return read_choices(parameter, self)

    def operate(
        self, text: str, variables: Mapping[str, object], languages: str
    ) -> GraphQLResponse:
        """Answer a GraphQL operation.

        Raises:
            KnowledgeGraphError: What the server raised.
            EndpointError: It cannot be reached, or its answer cannot be understood.
        """
        url = f"{self._root}/graphql"
        headers = {
            "Accept": GRAPHQL_RESPONSE.media_type,
            "Content-Type": "application/json",
            **({"Accept-Language": languages} if languages.strip() else {}),
        }
        body = orjson.dumps({"query": text, "variables": dict(variables)})
        request = self._build(url, headers, body)
        with _reaching(url):
            response = self._client.send(request)
        if _media_type(response) != GRAPHQL_RESPONSE.media_type:
            raise _explain(response)
        answer: object = orjson.loads(response.content)
        if not isinstance(answer, dict):
            raise _not_understood(response)
        return answer

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _build(self, url: str, headers: dict[str, str], body: bytes) -> httpx.Request:
        if self._client.is_closed:
            raise SessionClosedError
        return self._client.build_request("POST", url, headers=headers, content=body)


def _accept(offered: Sequence[Format]) -> str:
    """Return the header that likes the first best.

    >>> from ssc_kg.formats.table import CSV, TURTLE
    >>> _accept([CSV, TURTLE])
    'text/csv, text/turtle;q=0.9'
    """
    return ", ".join(
        format_.media_type if rank == 0 else f"{format_.media_type};q={0.9**rank:.2g}"
        for rank, format_ in enumerate(offered)
    )


@contextmanager
def _reaching(url: str) -> Iterator[None]:
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        reason = f"the server cannot be reached: {str(error) or type(error).__name__}"
        raise EndpointError(url, reason) from error


def _chunks(response: httpx.Response, url: str) -> Iterator[bytes]:
    try:
        yield from response.iter_bytes()
    except httpx.HTTPError as error:
        reason = "the answer was cut short: the query was stopped, or the server was"
        raise EndpointError(url, reason) from error


def _format(response: httpx.Response, offered: Sequence[Format]) -> Format:
    media_type = _media_type(response)
    for format_ in offered:
        if media_type in (format_.media_type, *format_.aliases):
            return format_
    raise _not_understood(response)


def _explain(response: httpx.Response) -> KnowledgeGraphError:
    if _media_type(response) == PROBLEM:
        try:
            return read_problem(response.content)
        except ValueError:
            return _not_understood(response)
    return _not_understood(response)


def _not_understood(response: httpx.Response) -> EndpointError:
    shown = " ".join(response.text.split())[:_SHOWN] if response.is_closed else ""
    reason = (
        f"answered with status {response.status_code} and "
        f"{_media_type(response) or 'no media type'}, which is not understood"
    )
    return EndpointError(str(response.url), f"{reason}: {shown}" if shown else reason)


def _media_type(response: httpx.Response) -> str:
    content_type: str = response.headers.get("content-type", "")
    return content_type.partition(";")[0].strip().lower()
