"""Followers of what is published, and the one look that serves them all."""

import asyncio
from contextlib import aclosing
from pathlib import Path

from ssc_kg.store.publications import Publications
from ssc_kg.store.snapshot import Snapshots
from ssc_kg.store.versions import Versions
from tests.datasets import publish, quad


def snapshots_in(directory: Path) -> tuple[Versions, Snapshots]:
    versions = Versions(directory / "data")
    publish(versions, quad("first"))
    return versions, Snapshots(versions, interval=0)


def test_what_is_published_before_a_follower_reads_is_not_missed(
    tmp_path: Path,
) -> None:
    async def read() -> int:
        versions, snapshots = snapshots_in(tmp_path)
        following = Publications(snapshots, interval=0.01).follow()
        publish(versions, quad("second"))
        async with aclosing(following.versions()) as records:
            return (await anext(records)).number

    assert asyncio.run(read()) == 2


def test_all_followers_are_told_and_the_look_ends_with_the_last(tmp_path: Path) -> None:
    async def read() -> tuple[list[int], int]:
        versions, snapshots = snapshots_in(tmp_path)
        publications = Publications(snapshots, interval=0.01)
        before = len(asyncio.all_tasks())
        streams = [publications.follow().versions() for _ in range(5)]
        waiting = [asyncio.ensure_future(anext(stream)) for stream in streams]
        publish(versions, quad("second"))
        records = await asyncio.gather(*waiting)
        looking = len(asyncio.all_tasks()) - before
        for stream in streams:
            await stream.aclose()
        await asyncio.sleep(0)
        assert len(asyncio.all_tasks()) == before
        return [record.number for record in records], looking

    assert asyncio.run(read()) == ([2] * 5, 1)


def test_followers_end_when_the_server_stops(tmp_path: Path) -> None:
    async def read() -> list[int]:
        _, snapshots = snapshots_in(tmp_path)
        stopping: list[bool] = []
        publications = Publications(
            snapshots, interval=0.01, is_stopping=lambda: bool(stopping)
        )

        async def listen() -> list[int]:
            return [each.number async for each in publications.follow().versions()]

        listener = asyncio.ensure_future(listen())
        await asyncio.sleep(0)
        stopping.append(True)
        return await listener

    assert asyncio.run(read()) == []


def test_a_version_that_is_followed_again_is_told_from_the_current_one(
    tmp_path: Path,
) -> None:
    async def read() -> int:
        versions, snapshots = snapshots_in(tmp_path)
        publications = Publications(snapshots, interval=0.01)
        publish(versions, quad("second"))
        following = publications.follow()
        publish(versions, quad("third"))
        async with aclosing(following.versions()) as records:
            return (await anext(records)).number

    assert asyncio.run(read()) == 3
