"""Clients of every kind, each of which goes on until its time is up."""

import asyncio
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from itertools import count, groupby
from operator import attrgetter

import httpx

from benchmarks.soak.client import (
    connected,
    dice,
    leave,
    read_slowly,
    send,
)
from benchmarks.soak.hostile import (
    STREAM,
    Attack,
    ask_by_address,
    judge_attack,
    make_attacks,
)
from benchmarks.soak.normal import Case, judge_case
from benchmarks.soak.record import Ended, Outcome, Record

_PAUSE_SECONDS = 0.05
_BURST_SECONDS = 15.0
"""How long after a burst the next one begins."""
_SMALL = ("question", "point")
"""The kinds of which bursts are made."""
_SHARES = (1.0, 1.0, 1.0, 0.5, 0.01)
"""How much of a request is sent before its connection is dropped."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is sent at once."""

    limit: float
    """The seconds that the server gives a query."""
    normal: int = 4
    """How many clients ask normal things, one after another."""
    hostile: int = 3
    slow: int = 2
    leaving: int = 2
    burst: int = 2_000
    """How many requests a burst is of."""
    sockets: int = 200
    """Over how many sockets the requests of a burst come."""
    patience: float = 30.0
    """How many seconds a client waits for the next bytes of an answer."""


@dataclass(frozen=True, slots=True)
class Load:
    """Clients of one server, and what came of their requests so far."""

    address: str
    cases: Sequence[Case]
    plan: Plan
    record: Record = field(default_factory=Record)
    attacks: Sequence[Attack] = field(default_factory=make_attacks)
    seeds: Iterator[int] = field(default_factory=count)

    async def ask_all(self) -> None:
        """Ask each normal thing once, one after another."""
        async with self._connected() as client:
            for case in self.cases:
                await self._ask(client, case)

    async def mix(self, seconds: float) -> None:
        """Let all clients run side by side."""
        until = time.monotonic() + seconds
        plan = self.plan
        kinds = (
            (self._be_normal, plan.normal),
            (self._be_hostile, plan.hostile),
            (self._read_slowly, plan.slow),
            (self._leave, plan.leaving),
            (self._burst, 1),
        )
        async with asyncio.TaskGroup() as group:
            for client, number in kinds:
                for _ in range(number):
                    group.create_task(client(until, dice(next(self.seeds))))

    async def _be_normal(self, until: float, chance: random.Random) -> None:
        kinds = [
            list(cases) for _, cases in groupby(self.cases, key=attrgetter("kind"))
        ]
        async with self._connected() as client:
            while time.monotonic() < until:
                await self._ask(client, chance.choice(chance.choice(kinds)))

    async def _be_hostile(self, until: float, chance: random.Random) -> None:
        async with self._connected() as client:
            while time.monotonic() < until:
                attack = chance.choice(self.attacks)
                started = time.monotonic()
                answer = await send(client, attack.sent)
                seconds = time.monotonic() - started
                outcome = judge_attack(attack, answer)
                self.record.add(
                    Ended("hostile", attack.name, outcome, answer.label, seconds)
                )
                await asyncio.sleep(_PAUSE_SECONDS)

    async def _read_slowly(self, until: float, chance: random.Random) -> None:
        sent = ask_by_address(f"{STREAM} LIMIT 100000")
        while time.monotonic() < until:
            seconds = chance.uniform(0.5, 2) * self.plan.limit
            end = await read_slowly(self.address, sent, seconds=seconds)
            outcome = Outcome.WRONG if end == "whole" else Outcome.ENDED
            self.record.add(Ended("slow reader", "rows", outcome, end, seconds))

    async def _leave(self, until: float, chance: random.Random) -> None:
        sent = [each.sent for each in self.attacks]
        sent += [each.sent for each in self.cases]
        while time.monotonic() < until:
            await leave(
                self.address,
                chance.choice(sent),
                after=chance.uniform(0, self.plan.limit / 2),
                share=chance.choice(_SHARES),
            )
            left = Ended("dropped connection", "", Outcome.ENDED, "left", 0)
            self.record.add(left)
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _burst(self, until: float, chance: random.Random) -> None:
        """Send many requests at once, and again when the server has had some time."""
        kinds = [[case for case in self.cases if case.kind == kind] for kind in _SMALL]
        while time.monotonic() < until:
            waiting = (
                chance.choice(chance.choice(kinds))
                for _ in range(self.plan.burst)
                if time.monotonic() < until
            )
            async with asyncio.TaskGroup() as group:
                for _ in range(self.plan.sockets):
                    group.create_task(self._ask_each(waiting))
            pause = min(_BURST_SECONDS, until - time.monotonic())
            await asyncio.sleep(max(0.0, pause))

    async def _ask_each(self, cases: Iterator[Case]) -> None:
        async with self._connected() as client:
            for case in cases:
                await self._ask(client, case, kind=f"{case.kind} in a burst")

    async def _ask(
        self, client: httpx.AsyncClient, case: Case, *, kind: str | None = None
    ) -> None:
        started = time.monotonic()
        answer = await send(client, case.sent)
        seconds = time.monotonic() - started
        outcome = judge_case(case, answer)
        self.record.add(
            Ended(kind or case.kind, case.name, outcome, answer.label, seconds)
        )

    def _connected(self) -> AbstractAsyncContextManager[httpx.AsyncClient]:
        return connected(self.address, seconds=self.plan.patience)
