"""The full-text index beside a scan with SPARQL, over a million triples.

20,000 things, each with a label in two languages, a description and two quotations:
100,000 texts, among 1,000,000 triples in memory. Prints what the index takes to make,
to update by a change of 100 texts, and on the disk, and then the milliseconds of the
best twenty hits for a few searches and their ratio to the scan that finds the same
words: FILTER(CONTAINS(LCASE(STR(?text)), …)).
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from ssc_kg.dataset.texts import TEXT_FIELDS
from ssc_kg.rdf.vocab import DCTERMS, OA, RDF, SKOS, SSC
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.search.file import make_index, update_index
from ssc_kg.store.search.index import SearchIndex

THINGS, TRIPLES, CHANGED, TIMES = 20_000, 1_000_000, 100, 5
NAMESPACE = "http://library.example/"
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "si")
WORDS = [f"{a}{b}{c}" for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]
WEIGHTS = list(accumulate(1 / (rank + 1) for rank in range(len(WORDS))))
HAN = "智慧城市可持续发展合作协议国际电信联盟环境水能源交通数字"
SEARCHES = {
    "a rare word": WORDS[-1],
    "a word in 1 of 10": WORDS[12],
    "the commonest word": WORDS[0],
    "one letter": "b",
    "two letters": "ba",
    "three words": " ".join(WORDS[3:6]),
    "two of Chinese": HAN[:2],
}


def main() -> None:
    """Time each, and print the table."""
    chance = random.Random(1)  # noqa: S311  the same library each time
    quads = Store()
    quads.bulk_extend(library(chance))
    store = EmbeddedStore(quads)
    with tempfile.TemporaryDirectory() as directory:
        path, child = Path(directory) / "1.sqlite", Path(directory) / "2.sqlite"
        made = timed(lambda: make_index(path, store, TEXT_FIELDS))
        tell("making it", f"{made:8.2f} s {path.stat().st_size / 2**20:8.1f} MiB")
        taken = timed(lambda: change(quads, chance, path, child))
        tell(f"{CHANGED} texts changed", f"{taken:8.2f} s {made / taken:8.1f}x faster")
        index = SearchIndex(child, store, TEXT_FIELDS)
        for name, text in SEARCHES.items():
            compare(name, text, index, store)
        del index


def library(chance: random.Random) -> Iterator[Quad]:
    """Yield things with texts, and links among them up to the number of triples."""
    count = 0
    for number in range(THINGS):
        for quad in describe(number, chance):
            count += 1
            yield quad
    related = NamedNode(f"{NAMESPACE}related")
    for number in range(TRIPLES - count):
        other = thing((number * 7 + number // THINGS) % THINGS)
        yield Quad(thing(number % THINGS), related, other, DefaultGraph())


def describe(number: int, chance: random.Random) -> Iterator[Quad]:
    """Yield the class and the texts of one thing."""
    node, graph = thing(number), DefaultGraph()
    yield Quad(node, RDF.type, SSC.Topic, graph)
    yield Quad(node, SKOS.prefLabel, Literal(prose(chance, 4), language="en"), graph)
    han = "".join(chance.choices(HAN, k=8))
    yield Quad(node, SKOS.prefLabel, Literal(han, language="zh"), graph)
    yield Quad(
        node, DCTERMS.description, Literal(prose(chance, 30), language="en"), graph
    )
    for which in range(2):
        evidence = NamedNode(f"{NAMESPACE}evidence/{number}/{which}")
        yield Quad(evidence, RDF.subject, node, graph)
        yield Quad(evidence, OA.exact, Literal(prose(chance, 12)), graph)


def thing(number: int) -> NamedNode:
    """Return the IRI of a thing."""
    return NamedNode(f"{NAMESPACE}thing/{number}")


def prose(chance: random.Random, length: int) -> str:
    """Return words, the n-th of all being n times as rare as the first."""
    words = chance.choices(WORDS, cum_weights=WEIGHTS, k=length)
    return " ".join(words).capitalize()


def change(store: Store, chance: random.Random, path: Path, child: Path) -> None:
    """Replace some descriptions, and update the index."""
    removed = [
        quad
        for number in range(CHANGED)
        for quad in store.quads_for_pattern(thing(number), DCTERMS.description, None)
    ]
    added = [
        Quad(quad.subject, quad.predicate, Literal(prose(chance, 30)), DefaultGraph())
        for quad in removed
    ]
    store.extend(added)
    for quad in removed:
        store.remove(quad)
    embedded = EmbeddedStore(store)
    update_index(child, path, embedded, TEXT_FIELDS, added=added, removed=removed)


def compare(name: str, text: str, index: SearchIndex, store: EmbeddedStore) -> None:
    """Time one search in both ways."""
    found = len(index.rank(text))
    searched = min(timed(lambda: index.search(text, limit=20)) for _ in range(TIMES))
    query = scan(text)
    scanned = min(timed(lambda: store.select(query)) for _ in range(2))
    tell(
        name,
        f"{searched * 1000:8.2f} ms {scanned / searched:8.1f}x faster than the scan,"
        f" {found} found",
    )


def scan(text: str) -> str:
    """Return the query that someone without an index would write."""
    tests = " && ".join(f'CONTAINS(LCASE(STR(?text)), "{w}")' for w in text.split())
    properties = f"<{SKOS.prefLabel.value}>|<{DCTERMS.description.value}>"
    quoted = f"^<{RDF.subject.value}>/<{OA.exact.value}>"
    return f"""SELECT DISTINCT ?node {{ {{ ?node {properties} ?text }} UNION
      {{ ?node {quoted} ?text }} FILTER({tests}) }} ORDER BY ?node LIMIT 20"""


def timed(step: Callable[[], object]) -> float:
    """Return how many seconds a step takes."""
    started = time.perf_counter()
    step()
    return time.perf_counter() - started


def tell(name: str, numbers: str) -> None:
    """Print one line of the table."""
    sys.stdout.write(f"{name:20} {numbers}\n")


if __name__ == "__main__":
    main()
