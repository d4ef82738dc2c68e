"""Which versions of the dataset tell of a thing, or have a graph."""

from collections.abc import Collection, Sequence

from pyoxigraph import NamedNode

from ssc_kg.errors import UnknownGraphError, UnknownResourceError
from ssc_kg.publish.asof import Archive
from ssc_kg.publish.description import is_known
from ssc_kg.store.versions import VersionRecord


def versions_of_thing(snapshots: Archive, thing: NamedNode) -> Sequence[VersionRecord]:
    """Return the versions that tell of a thing, oldest first.

    Raises:
        UnknownResourceError: None does.
    """
    current = snapshots.current()
    found: list[VersionRecord] = []
    # What was never told of takes no look into older versions.
    if is_known(current.store, thing) or thing.value in current.withdrawn:
        found = [
            record
            for record in snapshots.records()
            if is_known(snapshots.open(record.number).store, thing)
        ]
    if not found:
        raise UnknownResourceError(thing.value)
    return found


def versions_of_graphs(
    snapshots: Archive, graphs: Collection[NamedNode]
) -> Sequence[VersionRecord]:
    """Return the versions that have one of some graphs, oldest first.

    Raises:
        UnknownGraphError: None has.
    """
    names = {graph.value for graph in graphs}
    records = snapshots.records()
    found = [record for record in records if not names.isdisjoint(record.graphs)]
    if not found:
        known = sorted({name for record in records for name in record.graphs})
        raise UnknownGraphError(min(names), known)
    return found
