"""Find the ontology, the seed data and the query catalogue.

In a checkout they are the directories at the top of the repository; in an installed
wheel they are copies inside the package. No other module knows the difference.
"""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_PACKAGED = _PACKAGE / "_data"


def _root() -> Path:
    return _PACKAGED if _PACKAGED.is_dir() else _PACKAGE.parents[1]


ROOT = _root()
ONTOLOGY = ROOT / "ontology"
QUERIES = ROOT / "queries"
SEED_DATA = ROOT / "seed_data"
