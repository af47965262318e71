"""A worker that is killed again and again while people send: what they sent, and what arrived."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import ClientError, ClientSession

from chalicelib.kernel import ids
from dev.telegram import Emulator, Fault, RepeatedSends
from tests.local_aws import LocalAws
from tests.worker.gateway.browser import LiveBrowser, Refused, a_pass, open_socket
from tests.worker.gateway.process import WorkerProcess
from tests.worker.gateway.stage import chat_with, eventually, owner_and_workspace, take_into_custody, texts_of

SEND = "messages.SendMessage"
QUICK = {"WIREROOM_BEAT_S": "0.2", "WIREROOM_ABORT_AFTER_S": "3", "WIREROOM_FENCE_AFTER_S": "4"}
A_LIFE = 5
"""Sends a worker's life: as many as leave at once before the account's pace makes the others wait."""
LATEST_S = 0.05
"""At most so long after a send has reached Telegram the worker is killed, which is as long as Telegram takes."""


class Killing:
    """Anna sends numbered texts to two chats; her worker dies at moments that the seed decides."""

    def __init__(self, telegram: Emulator, aws: LocalAws, folder: Path, seed: int) -> None:
        self._telegram = telegram
        self._aws = aws
        self._folder = folder
        self._chance = random.Random(seed)
        self._person, self._workspace_id = owner_and_workspace()
        world = telegram.world
        anna = world.add_user("Anna")
        self._contacts = [world.add_user("Boris"), world.add_user("Clara")]
        for contact in self._contacts:
            telegram.post(contact, anna, "hello")
        account_id = take_into_custody(self._person, self._workspace_id, anna, telegram.session(anna).save())
        self._chats = [chat_with(account_id, contact) for contact in self._contacts]
        self._open: list[tuple[int, str, str]] = []
        self._count = 0
        self.moments: list[str] = []
        self.sent: tuple[list[str], list[str]] = (["hello"], ["hello"])

    @property
    def received(self) -> tuple[list[str], list[str]]:
        """What lies in the two contacts' boxes, oldest first."""
        first, second = self._contacts
        return texts_of(first), texts_of(second)

    async def run(self, kills: int) -> None:
        """Kill that often, then let the last worker deliver what is left."""
        for life in range(kills):
            self._make_slow()
            self._open += self._orders(A_LIFE - len(self._open))
            async with self._worker(life) as (worker, browser):
                await self._send_and_kill(worker, browser)
        self._telegram.faults.clear()
        async with self._worker(kills) as (_, browser):
            await self._deliver(browser)

    def _make_slow(self) -> None:
        """Let Telegram take its time before it sends or before it says so, and answer repeats in either way."""
        self._telegram.rules.repeated_sends = self._chance.choice(list(RepeatedSends))
        self._telegram.faults.clear()
        self._telegram.fault(Fault(method=SEND, delay_s=LATEST_S, after_effect=self._chance.random() < 0.5))

    def _orders(self, count: int) -> list[tuple[int, str, str]]:
        self._count += count
        numbers = range(self._count - count, self._count)
        orders = [(self._chance.randrange(2), f"text {number}", ids.mint()) for number in numbers]
        for which, text, _ in orders:
            self.sent[which].append(text)
        return orders

    async def _send_and_kill(self, worker: WorkerProcess, browser: LiveBrowser) -> None:
        """Kill it a moment after one of these sends has come to Telegram; which, and how long after, is chance."""
        nth, after_s = self._chance.randint(1, len(self._open)), self._chance.uniform(0, LATEST_S)
        self.moments.append(f"{nth}. send + {after_s * 1000:.0f} ms")
        goal = self._telegram.calls[SEND] + nth
        sending = asyncio.create_task(self._deliver(browser))
        try:
            await eventually(lambda: self._telegram.calls[SEND] >= goal or sending.done(), within_s=30)
            await asyncio.sleep(after_s)
        finally:
            await worker.kill()
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)

    async def _deliver(self, browser: LiveBrowser) -> None:
        """Repeat each until it is sent, as a browser does; one chat's wait for one another."""
        await asyncio.gather(*(self._deliver_to(browser, which) for which in range(2)))

    async def _deliver_to(self, browser: LiveBrowser, which: int) -> None:
        for order in [order for order in self._open if order[0] == which]:
            await self._deliver_one(browser, *order)
            self._open.remove(order)

    async def _deliver_one(self, browser: LiveBrowser, which: int, text: str, client_id: str) -> None:
        body = {"chat_id": self._chats[which], "client_id": client_id, "text": text}
        while True:
            try:
                if (await browser.ask("message.send", **body))["state"] == "sent":
                    return
            except Refused as refusal:
                await asyncio.sleep(refusal.problem.get("retry_after_s") or 0.2)

    @asynccontextmanager
    async def _worker(self, life: int) -> AsyncIterator[tuple[WorkerProcess, LiveBrowser]]:
        """A process that has taken the account over, and Anna's browser at it."""
        worker = await WorkerProcess.start(self._telegram, self._aws, self._folder / f"{life}.log", **QUICK)
        try:
            async with ClientSession() as http:
                browser = await open_socket(http, await worker.port())
                await browser.say_hello(a_pass(self._person, self._workspace_id))
                await self._until_ready(browser)
                yield worker, browser
                await browser.close()
        except ClientError:
            if self._open:
                return  # the socket fell with the worker
            raise
        finally:
            await worker.kill()

    async def _until_ready(self, browser: LiveBrowser) -> None:
        async with asyncio.timeout(45):
            for chat_id in self._chats:
                while True:
                    try:
                        await browser.ask("chat.history", chat_id=chat_id, before_id=None, limit=1)
                    except Refused:
                        await asyncio.sleep(0.1)
                    else:
                        break
