"""A knowledge graph of smart sustainable cities: GraphQL, SPARQL and linked data.

import ssc_kg

with ssc_kg.open() as graph:
frame = graph.query("places-on-a-map").to_pandas()
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssc_kg.session.session import Session


def open(  # noqa: A001  (as a file is opened)
    data_dir: str | Path | None = None,
    *,
    endpoint: str | None = None,
    version: int | None = None,
    seconds: float | None = None,
) -> "Session":
    """Open the graph for questions in SPARQL and GraphQL.

    Args:
        data_dir: A data directory; that of the settings, which is `data` if nothing
            says otherwise, if left out.
        endpoint: The address of a running server instead.
        version: A version of the data directory; the current one if left out. A session
            stays with its version, whatever is published meanwhile.
        seconds: The time limit of one SPARQL query; of a server, how long to wait.

    Raises:
        ssc_kg.errors.ConfigurationError: The directory has no version yet, or is named
            beside a server.
        ssc_kg.errors.UnknownVersionError: The version was never published.
        ssc_kg.errors.EndpointError: The endpoint is no address of a server.
    """
    # Each worker imports this package, and none of what a session needs.
    from ssc_kg.session.session import open_session  # noqa: PLC0415

    return open_session(data_dir, endpoint=endpoint, version=version, seconds=seconds)
