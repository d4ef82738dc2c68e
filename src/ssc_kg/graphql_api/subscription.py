"""The root fields of subscriptions; what they tell comes from the context."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

import strawberry

from ssc_kg.engine.resolve import Context
from ssc_kg.store.publications import Following
from ssc_kg.store.versions import VersionRecord


@strawberry.type(description="A published version of the graph, which never changes.")
class Version:
    """A published version."""

    number: int = strawberry.field(description="Counted from 1.")
    published_at: str = strawberry.field(
        description="When it was published, as an xsd:dateTime in UTC."
    )
    message: str = strawberry.field(description="What its author says of it.")
    triples: int = strawberry.field(
        description="How many triples the merged default graph has."
    )


async def _versions(
    info: strawberry.Info[Context[Following], None],
) -> AsyncGenerator[Version]:
    async with aclosing(info.context.own.versions()) as records:
        async for record in records:
            yield _version(record)


def _version(record: VersionRecord) -> Version:
    return Version(
        number=record.number,
        published_at=record.time.isoformat().replace("+00:00", "Z"),
        message=record.message,
        triples=record.triples,
    )


@strawberry.type(description="What is told as it happens, over server-sent events.")
class Subscription:
    """The root of subscriptions."""

    version_published: AsyncGenerator[Version] = strawberry.subscription(
        resolver=_versions,
        description="Each version that becomes the current one from now on.",
    )
