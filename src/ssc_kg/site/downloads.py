"""Files to download, which are copied as they lie beside their version."""

import re
from dataclasses import dataclass
from pathlib import Path

from ssc_kg.dataset.dumps import read_manifest
from ssc_kg.store.versions import Versions

_FILE = re.compile(r"dumps/([1-9][0-9]{0,17})/(.+\.(?:gz|zst))")


@dataclass(frozen=True, slots=True)
class Downloads:
    """The files of versions; only those that have been made are copied."""

    versions: Versions

    def has(self, address: str) -> bool:
        """Whether an address is that of such a file, made or not."""
        return _FILE.fullmatch(address) is not None

    def find(self, address: str) -> Path | None:
        """Return the file at an address, None if there is none."""
        found = _FILE.fullmatch(address)
        if found is None:
            return None
        number = int(found[1])
        made = read_manifest(self.versions, number)
        names = () if made is None else {dump.name for dump in made.dumps}
        return (
            self.versions.dumps_path(number) / found[2] if found[2] in names else None
        )
