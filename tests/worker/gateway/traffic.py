"""A working day in short: messages both ways through a worker of its own process, counted, its memory watched."""

import asyncio
import contextlib
import statistics
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from chalicelib.kernel import ids
from chalicelib.kernel.ids import ChatId
from dev.telegram import Emulator
from dev.telegram.world.people import User
from tests.local_aws import LocalAws
from tests.worker.gateway.browser import LiveBrowser, a_pass, open_socket
from tests.worker.gateway.process import WorkerProcess
from tests.worker.gateway.stage import chat_with, eventually, owner_and_workspace, take_into_custody
from tests.worker.gateway.test_process import until_ready

TABS = 3
INCOMING_PER_S = 20
RENEWED_EVERY_S = 8 * 60
_SETTLES_WITHIN_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What came of it. `samples` are seconds since the beginning and resident bytes."""

    written: int
    missed: int
    doubled: int
    sent: int
    not_arrived: int
    arrived_twice: int
    samples: list[tuple[float, int]]

    @property
    def grown_mb(self) -> float:
        """By how much the worker's memory grew in the second half."""
        return (self.samples[-1][1] - self.samples[len(self.samples) // 2][1]) / (1 << 20)

    @property
    def slope_kb_a_minute(self) -> float:
        """How fast the worker's memory grew in the second half, by the line that fits best."""
        late = self.samples[len(self.samples) // 2 :]
        return statistics.linear_regression(*zip(*late, strict=True)).slope * 60 / 1_024

    def __str__(self) -> str:
        return (
            f"{self.written} written, {self.missed} missed, {self.doubled} shown twice; "
            f"{self.sent} sent, {self.not_arrived} not arrived, {self.arrived_twice} arrived twice; "
            f"memory {self.samples[0][1] >> 20} to {self.samples[-1][1] >> 20} MB, "
            f"{self.slope_kb_a_minute:+.0f} KB a minute in the second half"
        )


class Traffic:
    """One person with some accounts and three tabs, one of which comes and goes."""

    def __init__(self, telegram: Emulator, aws: LocalAws, log: Path, *, accounts: int) -> None:
        self._telegram = telegram
        self._aws = aws
        self._log = log
        self._person, self._workspace_id = owner_and_workspace()
        self._other = telegram.world.add_user("Boris")
        self._own = [telegram.world.add_user(f"Account {number}") for number in range(accounts)]
        self._written: list[str] = []
        self._sent: list[str] = []
        self._samples: list[tuple[float, int]] = []

    async def run(self, seconds: float, *, sample_s: float) -> Counted:
        """Talk for so long, then count."""
        chats = [self._connected(user) for user in self._own]
        worker = await WorkerProcess.start(self._telegram, self._aws, self._log)
        try:
            async with ClientSession() as http:
                tabs = [await self._a_tab(http, await worker.port()) for _ in range(TABS)]
                for chat_id in chats:
                    await until_ready(tabs[0], chat_id)
                async with asyncio.TaskGroup() as work:
                    work.create_task(self._write(seconds))
                    work.create_task(self._send(tabs[0], chats, seconds))
                    work.create_task(self._keep(tabs[:2], seconds))
                    work.create_task(self._come_and_go(http, await worker.port(), tabs[2], seconds))
                    work.create_task(self._watch(worker, seconds, sample_s))
                counted = await self._count(tabs[:2])
                for tab in tabs:
                    await tab.close()
            assert await worker.stop() == 0
            return counted
        finally:
            await worker.kill()

    def _connected(self, user: User) -> ChatId:
        self._telegram.post(self._other, user, "hello")
        login = self._telegram.session(user).save()
        return chat_with(take_into_custody(self._person, self._workspace_id, user, login), self._other)

    async def _a_tab(self, http: ClientSession, port: int) -> LiveBrowser:
        tab = await open_socket(http, port)
        await tab.say_hello(await asyncio.to_thread(a_pass, self._person, self._workspace_id))
        return tab

    async def _write(self, seconds: float) -> None:
        """What others write."""
        async for number in _evenly(INCOMING_PER_S, seconds):
            text = f"Written {number}"
            self._written.append(text)
            self._telegram.post(self._other, self._own[number % len(self._own)], text)

    async def _send(self, tab: LiveBrowser, chats: list[ChatId], seconds: float) -> None:
        """What the person writes: as slowly as an account may."""
        async for number in _evenly(len(chats) / 5, seconds):
            text = f"Sent {number}"
            self._sent.append(text)
            order = {"chat_id": chats[number % len(chats)], "client_id": ids.mint(), "text": text}
            await tab.ask("message.send", **order)

    async def _keep(self, tabs: list[LiveBrowser], seconds: float) -> None:
        """Renew the passes of the tabs that stay."""
        async for _ in _evenly(1 / RENEWED_EVERY_S, seconds):
            for tab in tabs:
                renewed = await asyncio.to_thread(a_pass, self._person, self._workspace_id)
                await tab.ask("renew", **{"pass": renewed})

    async def _come_and_go(self, http: ClientSession, port: int, tab: LiveBrowser, seconds: float) -> None:
        async for _ in _evenly(1, seconds):
            await tab.close()
            tab = await self._a_tab(http, port)
        await tab.close()

    async def _watch(self, worker: WorkerProcess, seconds: float, sample_s: float) -> None:
        async for number in _evenly(1 / sample_s, seconds):
            self._samples.append((number * sample_s, worker.resident_bytes()))

    async def _count(self, tabs: list[LiveBrowser]) -> Counted:
        """Once all has arrived, or enough time has passed for it."""
        wanted = len(self._written) + len(self._sent)
        with contextlib.suppress(TimeoutError):  # what is missing is counted
            await eventually(
                lambda: all(len(tab.heard("message.new")) >= wanted for tab in tabs), within_s=_SETTLES_WITHIN_S
            )
        shown = [Counter(_text(event) for event in tab.heard("message.new")) for tab in tabs]
        arrived = Counter(message.text for message in self._other.box.messages.values())
        return Counted(
            written=len(self._written),
            missed=sum(not of_tab[text] for of_tab in shown for text in (*self._written, *self._sent)),
            doubled=sum(count > 1 for of_tab in shown for count in of_tab.values()),
            sent=len(self._sent),
            not_arrived=sum(not arrived[text] for text in self._sent),
            arrived_twice=sum(arrived[text] > 1 for text in self._sent),
            samples=self._samples,
        )


async def _evenly(per_s: float, seconds: float) -> AsyncIterator[int]:
    """Count from 0, so often a second for so long, late ones at once."""
    now = asyncio.get_running_loop().time
    begun = now()
    for number in range(round(per_s * seconds)):
        await asyncio.sleep(max(0.0, begun + number / per_s - now()))
        yield number


def _text(event: dict[str, Any]) -> str:
    text: str = event["message"]["text"]
    return text
