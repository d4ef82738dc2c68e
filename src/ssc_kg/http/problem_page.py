"""What a person is shown of a problem: what is wrong, and what to do next."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from http import HTTPStatus
from urllib.parse import unquote

from pyoxigraph import NamedNode
from starlette.requests import Request

from ssc_kg.catalogue.shown import Link
from ssc_kg.http.problems import Problem
from ssc_kg.urls import Urls, with_parameters

_MOST = 30
"""How many of what there is are shown."""
_LIKENESS = 0.5


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """A problem as a page."""

    status: int
    title: str
    detail: str
    kind: str | None
    """Where the kind of problem is described."""
    offered: tuple[Link, ...]
    """What there is instead of what was asked for."""
    steps: tuple[Link, ...]
    """Where to go on."""
    search: Link
    """Where to search for questions; its hint is what was probably meant."""
    near: tuple[Link, ...] = ()
    """Things that were probably meant."""


def view_problem(
    request: Request, problem: Problem, urls: Urls, near: Sequence[Link] = ()
) -> ProblemPage:
    """Return the page of a problem with a request."""
    is_ours = problem.type.startswith(urls.base_iri)
    words = " ".join(words_of(request.url.path))
    return ProblemPage(
        problem.status,
        problem.title,
        # What there is follows as links.
        problem.detail.partition("; there are: ")[0],
        kind=urls.url(NamedNode(problem.type)) if is_ours else None,
        offered=tuple(_offered(request, problem.members, urls)),
        steps=tuple(_steps(request, problem, urls)),
        search=Link("Questions", urls.url(urls.queries), words),
        near=tuple(near),
    )


def words_of(path: str) -> list[str]:
    """Return the words of the last part of a path, without what names a format.

    >>> words_of("/id/city/saint-gallen.ttl")
    ['saint', 'gallen']
    """
    last = unquote(path).rstrip("/").rpartition("/")[2]
    return re.findall(r"\w+", re.sub(r"\.[a-z]+$", "", last).replace("_", " "))


def _offered(
    request: Request, members: Mapping[str, object], urls: Urls
) -> Iterator[Link]:
    match members:
        case {"offered": [*names]}:
            for name in map(str, names):
                yield Link(name, _again(request, format=name))
        case {"pages": int(last)}:
            yield Link("the first page", _again(request, page="1"))
            yield Link(f"page {last}, the last", _again(request, page=str(last)))
        case {"number": int(), "known": [*versions]}:
            numbers = (number for number in versions if isinstance(number, int))
            for number in sorted(numbers, reverse=True)[:_MOST]:
                yield Link(f"version {number}", urls.url(urls.version(number)))
        case {"iri": str(), "known": [*graphs]}:
            for graph in map(str, graphs[:_MOST]):
                name = graph.removeprefix(urls.base_iri)
                yield Link(name, urls.url(NamedNode(graph)))
        case {"slug": str(slug), "known": [*slugs]}:
            for near in get_close_matches(slug, map(str, slugs), cutoff=_LIKENESS):
                yield Link(near, urls.url(urls.question(near)))
        case _:
            pass


def _steps(request: Request, problem: Problem, urls: Urls) -> Iterator[Link]:
    members = problem.members
    if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        seconds = problem.headers.get("Retry-After")
        hint = f"in {seconds} seconds" if seconds else "in a while"
        yield Link("Try again", _again(request), hint)
    match members:
        case {"iri": str(), "version": int(number)} if number > 1:
            before = str(number - 1)
            hint = f"version {before} may still tell of it"
            yield Link("Ask the version before", _again(request, version=before), hint)
        case _:
            pass
    if "version" in members or {"number", "known"} <= members.keys():
        yield Link("Versions", urls.url(urls.versions), "all that there are")
    yield Link("Front page", urls.public_url, "the ways to ask")
    yield Link("What there is", urls.url(urls.void), "the dataset, by class")


def _again(request: Request, **said: str) -> str:
    """Return the address that was asked for, with something said otherwise."""
    kept = [pair for pair in request.query_params.multi_items() if pair[0] not in said]
    path = request.scope["raw_path"].decode("ascii")
    return with_parameters(path, [*kept, *said.items()])
