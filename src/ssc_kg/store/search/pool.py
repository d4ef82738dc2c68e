"""An index for a version that has none, in a temporary file."""

import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ssc_kg.mapping.texts import TextField
from ssc_kg.store.protocol import Store
from ssc_kg.store.search.file import make_index
from ssc_kg.store.sqlite import Pool

_log = logging.getLogger(__name__)


def make_pool(store: Store, fields: Sequence[TextField]) -> Pool:
    """Return connections to an index made from a store, in a temporary file."""
    _log.info("the version has no full-text index; one is made for this process")
    directory = Path(tempfile.mkdtemp(prefix="ssc-kg-"))
    pool = Pool(directory / "search.sqlite", directory=directory)
    make_index(directory / "search.sqlite", store, fields)
    return pool
