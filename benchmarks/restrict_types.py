"""How a page restricts its nodes to a class: VALUES, FILTER IN, or a constant.

1,000 parents with one child each, among 10,000 children of one class; per parent a page
of at most 50. Prints the seconds of each way and its ratio to the fastest.
"""

import sys
import time
from collections.abc import Mapping

from pyoxigraph import QuerySolutions, RdfFormat, Store

PARENTS, CHILDREN = 1_000, 10_000
NAMESPACE = "http://library.example/"
WAYS: Mapping[str, str] = {
    "VALUES": "VALUES ?type { :Author } ?node a ?type .",
    "FILTER IN": "?node a ?type . FILTER(?type IN (:Author))",
    "constant": "?node a :Author .",
}


def main() -> None:
    """Time each way, and print the table."""
    store = shelves()
    seconds = {name: timed(store, query(way)) for name, way in WAYS.items()}
    fastest = min(seconds.values())
    for name, taken in seconds.items():
        sys.stdout.write(f"{name:10} {taken:8.4f} s {taken / fastest:8.1f}x\n")


def shelves() -> Store:
    """Return a store of books, each with an author."""
    store = Store()
    text = "".join(f":b{n} :author :a{n} . :a{n} a :Author . " for n in range(CHILDREN))
    store.load(f"@prefix : <{NAMESPACE}> . {text}", format=RdfFormat.TURTLE)
    return store


def query(way: str) -> str:
    """Return the query that finds a page for each parent, restricted in one way."""
    parents = " ".join(f":b{number}" for number in range(PARENTS))
    return f"""PREFIX : <{NAMESPACE}> SELECT ?parent ?node {{
      VALUES ?parent {{ {parents} }}
      LATERAL {{ SELECT DISTINCT ?parent ?node {{ ?parent :author ?node . {way} }}
                 ORDER BY ?node LIMIT 50 }} }}"""


def timed(store: Store, text: str) -> float:
    """Return how long the engine takes to find all rows."""
    started = time.perf_counter()
    solutions = store.query(text)
    assert isinstance(solutions, QuerySolutions)
    rows = sum(1 for _ in solutions)
    assert rows == PARENTS
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
