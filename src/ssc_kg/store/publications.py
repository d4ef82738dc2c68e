"""Who is told when another version becomes current: any number of followers, one look.

Everything here runs on the event loop but the look itself, which may open a version.
Versions that come and go between two looks are not told of.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from anyio import to_thread

from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import VersionRecord


def _never() -> bool:
    return False


class Publications:
    """Looks at the snapshots now and then, as long as anybody follows."""

    def __init__(
        self,
        snapshots: Snapshots,
        *,
        interval: float = 0.5,
        is_stopping: Callable[[], bool] = _never,
    ) -> None:
        """Look every `interval` seconds, and end all that follow once it is stopping.

        A server waits for its connections before it stops, so they have to end first.
        """
        self._snapshots = snapshots
        self._interval = interval
        self._is_stopping = is_stopping
        self._record = snapshots.current().record
        self._has_changed = asyncio.Event()
        self._followers = 0
        self._watcher: asyncio.Task[None] | None = None

    def follow(self) -> "Following":
        """Begin to follow: what becomes current after this call will be told."""
        self._look()
        return Following(self, self._record.number)

    async def after(self, seen: int) -> AsyncGenerator[VersionRecord]:
        """Yield what becomes current after version `seen`, until the server stops."""
        self._enter()
        try:
            while not self._is_stopping():
                if self._record.number != seen:
                    seen = self._record.number
                    yield self._record
                else:
                    await self._has_changed.wait()
        finally:
            self._leave()

    def _enter(self) -> None:
        self._followers += 1
        if self._watcher is None:
            self._watcher = asyncio.create_task(self._watch())

    def _leave(self) -> None:
        self._followers -= 1
        if self._followers == 0 and self._watcher is not None:
            self._watcher.cancel()
            self._watcher = None

    async def _watch(self) -> None:
        while not self._is_stopping():
            await asyncio.sleep(self._interval)
            # Opening a new version takes a while, looking at it again does not.
            await to_thread.run_sync(self._snapshots.current)
            self._look()
        self._wake()

    def _look(self) -> None:
        record = self._snapshots.current().record
        if record.number != self._record.number:
            self._record = record
            self._wake()

    def _wake(self) -> None:
        self._has_changed.set()
        self._has_changed = asyncio.Event()


@dataclass(frozen=True, slots=True)
class Following:
    """One follower, who has seen a version."""

    publications: Publications
    seen: int

    def versions(self) -> AsyncGenerator[VersionRecord]:
        """Return what becomes current from when this began."""
        return self.publications.after(self.seen)
