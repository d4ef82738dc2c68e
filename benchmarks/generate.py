"""Data of any size in the domain's own terms, published as a data directory.

The packaged data, which brings the 91 indicators, is the first version. The second adds
cities, organizations and observations: KPI values, dealt out to the cities in turn, of
six statements each. The shapes ask for ten, with which 200,000 would be two million
triples; so this version is published as `load` publishes, through graphs, merge,
description, text index and sorted lists, except that it is not validated.

Each size is made once and kept, in a directory named after what it was made from.
"""

import hashlib
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Annotated, TypeAlias

import pyoxigraph
import typer
from pyoxigraph import Literal, NamedNode, Quad

from ssc_kg.dataset.descriptions import describe, set_aside
from ssc_kg.dataset.graphs import read_catalogue
from ssc_kg.dataset.merge import replace_graph, update_merge
from ssc_kg.dataset.orders import SORT_KEYS
from ssc_kg.dataset.seed import seed
from ssc_kg.dataset.texts import TEXT_FIELDS
from ssc_kg.rdf.vocab import DCTERMS, RDF, SCHEMA, SKOS, SOSA, SSC, XSD
from ssc_kg.store import order
from ssc_kg.store.draft import Draft, drafting
from ssc_kg.store.search import file as search
from ssc_kg.store.versions import Versions
from ssc_kg.urls import Urls

BASE = "https://w3id.org/ssc-kg/"
CACHE = Path(tempfile.gettempdir()) / "ssc-kg-benchmarks"
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "si")
_NAMES = len(_SYLLABLES) ** 6
_STRIDE = 1_234_577
"""Coprime to the number of names, so that no two things have the same."""

Cache = Annotated[
    Path, typer.Option("--cache", help="Where generated data is kept.", metavar="DIR")
]

Statement: TypeAlias = tuple[NamedNode, NamedNode, NamedNode | Literal]


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is beside the packaged data."""

    cities: int
    organizations: int = 0
    observations: int = 0

    def __str__(self) -> str:
        counts = asdict(self).items()
        return ", ".join(f"{count:,} {name}" for name, count in counts if count)


WORLD = Size(cities=5_000, organizations=500, observations=200_000)
"""1.2 million triples."""
FEW, MANY = Size(cities=5_000), Size(cities=500_000)
"""Two collections, one a hundred times as large as the other."""


def main(cache: Cache = CACHE) -> None:
    """Make every size that the benchmarks ask for, unless it is there."""
    for size in (WORLD, FEW, MANY):
        directory = dataset(size, cache)
        sys.stdout.write(f"{size}: {directory}\n")


def dataset(size: Size, cache: Path = CACHE) -> Path:
    """Return a data directory of a size, which is made if it is not in the cache."""
    path = cache / _name(size)
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        # Under another name until it is whole.
        with tempfile.TemporaryDirectory(dir=cache, prefix="making-") as scratch:
            made = Path(scratch) / "data"
            publish(size, Versions(made))
            made.rename(path)
    return path


def publish(size: Size, versions: Versions) -> None:
    """Publish the packaged data, and then a version that has the rest too."""
    step = _Clock(f"{size}:")
    step("publishing the packaged data")
    seed(versions, base_iri=BASE)
    with drafting(versions) as draft:
        step("generating")
        graph = Urls(BASE).graph("local")
        quads = [Quad(*each, graph) for each in generate(size, _indicators(draft))]
        step(f"putting {len(quads):,} triples into their graph and the merge")
        catalogue = read_catalogue(draft.store, base_iri=BASE)
        aside = set_aside(draft.store, base_iri=BASE)
        change = replace_graph(draft.store, graph, quads)
        change += update_merge(draft.store, change, before=catalogue, after=catalogue)
        del quads
        step("describing the dataset")
        change = (aside + change + describe(draft.store, base_iri=BASE)).net()
        step("indexing the texts")
        draft.index(change, TEXT_FIELDS)
        step("sorting the lists")
        draft.sort(change, SORT_KEYS)
        step("publishing")
        draft.publish(change, author="benchmarks", message=str(size))
    step("done")


def generate(size: Size, indicators: Iterable[NamedNode]) -> Iterator[Statement]:
    """Yield the triples of a size; the same ones each time."""
    kpis = sorted(indicators, key=lambda kpi: kpi.value)
    for number in range(size.cities):
        yield from _city(number)
    for number in range(size.organizations):
        yield from _organization(number, city(number % size.cities))
    for number in range(size.observations):
        about = number % size.cities
        kpi = (about + number // size.cities) % len(kpis)
        yield from _observation(number, city(about), kpis[kpi])


def city(number: int) -> NamedNode:
    """Return the IRI of a generated city, which comes before those of the seed data."""
    return _thing("city", number)


def _city(number: int) -> Iterator[Statement]:
    node = city(number)
    country = NamedNode(f"{BASE}id/country/norway")
    latitude, longitude = number * 7 % 18_000 - 9_000, number * 11 % 36_000 - 18_000
    yield (node, RDF.type, SSC.City)
    yield (node, SKOS.prefLabel, _english(number))
    yield (node, SCHEMA.containedInPlace, country)
    yield (node, SCHEMA.latitude, _decimal(latitude))
    yield (node, SCHEMA.longitude, _decimal(longitude))


def _organization(number: int, based_in: NamedNode) -> Iterator[Statement]:
    node = _thing("organization", number)
    kind = NamedNode(f"{BASE}id/organization-kind/association")
    yield (node, RDF.type, SSC.Organization)
    yield (node, SKOS.prefLabel, _english(_NAMES - 1 - number))
    yield (node, DCTERMS.type, kind)
    yield (node, SSC.acronym, Literal(f"ORG{number}"))
    yield (node, SSC.basedIn, based_in)


def _observation(number: int, about: NamedNode, kpi: NamedNode) -> Iterator[Statement]:
    node = _thing("kpi-value", number)
    value = _decimal(number * 37 % 10_000)
    month = f"{2015 + number % 10}-{1 + number % 12:02}"
    yield (node, RDF.type, SSC.KpiValue)
    yield (node, SOSA.hasFeatureOfInterest, about)
    yield (node, SOSA.observedProperty, kpi)
    yield (node, SOSA.hasSimpleResult, value)
    yield (node, SSC.printedValue, Literal(value.value))
    yield (node, SSC.asOf, Literal(month, datatype=XSD.gYearMonth))


def _thing(kind: str, number: int) -> NamedNode:
    return NamedNode(f"{BASE}id/{kind}/{number:06}")


def _english(number: int) -> Literal:
    """Return a name that no other number has, in no order."""
    rest, parts = number * _STRIDE % _NAMES, list[str]()
    for _ in range(6):
        rest, digit = divmod(rest, len(_SYLLABLES))
        parts.append(_SYLLABLES[digit])
    return Literal("".join(parts).capitalize(), language="en")


def _decimal(hundredths: int) -> Literal:
    return Literal(f"{hundredths / 100:.2f}", datatype=XSD.decimal)


def _indicators(draft: Draft) -> Iterator[NamedNode]:
    for quad in draft.store.quads_for_pattern(None, RDF.type, SSC.Kpi):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject


def _name(size: Size) -> str:
    """Return a name that another size, generator or index does not have."""
    made_by = (
        Path(__file__).read_text(encoding="utf-8"),
        pyoxigraph.__version__,
        search.stamp(TEXT_FIELDS),
        order.file.stamp(SORT_KEYS),
    )
    digest = hashlib.sha256("\0".join(made_by).encode()).hexdigest()
    return "-".join((*map(str, astuple(size)), digest[:8]))


class _Clock:
    """Says on stderr which step begins, and how long the one before took."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._step: str | None = None
        self._started = time.monotonic()

    def __call__(self, step: str) -> None:
        now = time.monotonic()
        if self._step is not None:
            sys.stderr.write(f" {now - self._started:.1f} s\n")
        self._step, self._started = step, now
        sys.stderr.write(f"{self._title} {step} …")
        sys.stderr.flush()


if __name__ == "__main__":
    typer.run(main)
