"""Give a scanned query to the engine, and mend what the engine gets wrong.

Three things: the columns of `SELECT *` come in the order of the text; the default graph
of several FROM is their merge, in which a triple is there once; and what the engine
raises becomes an error that says what to do. For processes that may die of a query.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
)

from ssc_kg.errors import QueryRefusedError, StoreError
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.sparql.diagnosis import diagnose
from ssc_kg.sparql.scan import Scan

Results: TypeAlias = QuerySolutions | QueryBoolean | QueryTriples

_PREFIXES = dict(PREFIXES)


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs a query is about, by IRI, instead of those that its text names."""

    default_graphs: Sequence[str]
    named_graphs: Sequence[str]


def evaluate(store: Store, scan: Scan, dataset: Dataset | None = None) -> Results:
    """Return the results of a query, of which few may have been computed yet.

    Call it, and use up its results, within one `explaining` block.
    """
    view = _view(store, dataset or _read_dataset(store, scan))
    results = view.query(scan.text)
    if scan.star is None or not isinstance(results, QuerySolutions):
        return results
    # The engine sorts the columns of `*` by name; no row has been computed yet.
    in_scope = {variable.value for variable in results.variables}
    return view.query(scan.select_columns(in_scope))


def check(scan: Scan) -> None:
    """Check that a query parses; the text is one of our own, which may be trusted.

    Raises:
        QuerySyntaxError: It does not.
        QueryRefusedError: The engine cannot evaluate it.
    """
    with explaining(scan.text):
        evaluate(Store(), scan)


@contextmanager
def explaining(text: str, *, source: str = "the store") -> Iterator[None]:
    """Turn what the engine raises about a query into errors that say what to do.

    Args:
        text: The query.
        source: What it reads from.
    """
    try:
        yield
    except SyntaxError as error:
        raise diagnose(str(error), text) from error
    except RuntimeError as error:
        message = f"the engine cannot evaluate this query: {error}"
        raise QueryRefusedError(message) from error
    except OSError as error:
        message = f"{source} could not answer: {error}"
        raise StoreError(message) from error


@dataclass(frozen=True, slots=True)
class _View:
    """A store, and which of its graphs a query sees; None leaves that to the query."""

    store: Store
    default_graph: list[NamedNode | BlankNode | DefaultGraph] | None = None
    named_graphs: list[NamedNode | BlankNode] | None = None

    def query(self, text: str) -> Results:
        return self.store.query(
            text,
            prefixes=_PREFIXES,
            default_graph=self.default_graph,
            named_graphs=self.named_graphs,
        )


def _read_dataset(store: Store, scan: Scan) -> Dataset | None:
    """Return the graphs that the text names, if the engine would not merge them."""
    if len(scan.default_graphs) <= 1:
        return None
    rows = _View(store).query(scan.select_sources())
    terms = next(rows) if isinstance(rows, QuerySolutions) else ()
    iris = [term.value for term in terms if isinstance(term, NamedNode)]
    boundary = len(scan.default_graphs)
    return Dataset(iris[:boundary], iris[boundary:])


def _view(store: Store, dataset: Dataset | None) -> _View:
    if dataset is None:
        return _View(store)
    default = list(map(NamedNode, dataset.default_graphs))
    named = list(map(NamedNode, dataset.named_graphs))
    if len(default) <= 1:
        return _View(store, [*default], [*named])
    return _View(_merge(store, default, named), [DefaultGraph()], [*named])


def _merge(
    store: Store, default: Sequence[NamedNode], named: Sequence[NamedNode]
) -> Store:
    """Return a copy of some graphs, with one default graph of several.

    Over several default graphs the engine returns a triple once for each that holds it,
    so that every count and sum would be wrong.
    """
    merged = Store()
    for name in default:
        quads = store.quads_for_pattern(None, None, None, name)
        merged.bulk_extend(Quad(q.subject, q.predicate, q.object) for q in quads)
    for name in named:
        merged.bulk_extend(store.quads_for_pattern(None, None, None, name))
    return merged
