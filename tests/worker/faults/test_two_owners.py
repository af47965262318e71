"""Two tasks that both believe they own a shard, each with a live line: the one that was overtaken says nothing more."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chalicelib.kernel import ids
from dev.telegram import Emulator, Fault
from dev.telegram.service import Line
from tests.local_aws import LocalAws
from tests.worker.faults.killing import QUICK, SEND
from tests.worker.faults.test_outages import login_lives, unread_of
from tests.worker.gateway.browser import LiveBrowser, Refused
from tests.worker.gateway.process import WorkerProcess
from tests.worker.gateway.stage import chat_with, eventually, owner_and_workspace, take_into_custody, texts_of
from tests.worker.gateway.test_process import a_browser, until_ready

TAKEN_OVER_WITHIN_S = 45


class Order:
    """A text that Anna sends, under one client id however often it takes."""

    def __init__(self, chat_id: str, text: str) -> None:
        self.text = text
        self._body = {"chat_id": chat_id, "client_id": ids.mint(), "text": text}

    def hand_to(self, browser: LiveBrowser) -> None:
        """Send it and wait for nothing."""
        browser.begin("message.send", **self._body)

    async def deliver(self, browser: LiveBrowser) -> None:
        """Repeat it until it is sent, as a browser does."""
        while True:
            try:
                if (await browser.ask("message.send", **self._body))["state"] == "sent":
                    return
            except Refused as refusal:
                await asyncio.sleep(refusal.problem.get("retry_after_s") or 0.2)


@pytest.fixture
async def tasks(telegram: Emulator, local_aws: LocalAws, tmp_path: Path) -> AsyncIterator[list[WorkerProcess]]:
    """Processes that were started; the second when it is first asked for."""
    started: list[WorkerProcess] = []
    yield started
    for task in started:
        await task.kill()


async def a_task(telegram: Emulator, aws: LocalAws, tasks: list[WorkerProcess], folder: Path) -> WorkerProcess:
    """One more worker task."""
    tasks.append(await WorkerProcess.start(telegram, aws, folder / f"{len(tasks)}.log", **QUICK))
    return tasks[-1]


async def test_a_task_that_was_taken_over_while_it_stood_still_writes_not_one_byte_to_telegram(
    telegram: Emulator, local_aws: LocalAws, tmp_path: Path, tasks: list[WorkerProcess]
) -> None:
    person, workspace_id = owner_and_workspace()
    anna, boris = telegram.world.add_user("Anna"), telegram.world.add_user("Boris")
    telegram.post(boris, anna, "hello")
    account_id = take_into_custody(person, workspace_id, anna, telegram.session(anna).save())
    chat_id, tenant = chat_with(account_id, boris), person.handle(workspace_id)
    early, under_way, *kept = [Order(chat_id, text) for text in ("early", "under way", "kept 0", "kept 1", "kept 2")]
    late = [Order(chat_id, f"late {number}") for number in range(3)]

    first = await a_task(telegram, local_aws, tasks, tmp_path)
    async with a_browser(await first.port(), person, workspace_id) as browser:
        await until_ready(browser, chat_id)
        await early.deliver(browser)
        telegram.fault(Fault(method=SEND, delay_s=0.3, after_effect=True, times=1))
        asked = telegram.calls[SEND]
        under_way.hand_to(browser)
        await eventually(lambda: telegram.calls[SEND] > asked)
        first.pause()  # with an answer on its way that it will find when it goes on
        [old] = telegram.lines_of(anna)
        browser.begin("chat.history", chat_id=chat_id, before_id=None, limit=1)  # and with what asks Telegram at once,
        for order in kept:  # and with what first asks the table
            order.hand_to(browser)

        second = await a_task(telegram, local_aws, tasks, tmp_path)
        await eventually(lambda: _other_lines(telegram, anna.id, old) > 0, within_s=TAKEN_OVER_WITHIN_S)
        written = old.bytes_in
        async with a_browser(await second.port(), person, workspace_id) as after:
            await until_ready(after, chat_id)
            for order in late:
                await order.deliver(after)
            telegram.post(boris, anna, "to the second")
            await eventually(lambda: unread_of(account_id, tenant, "Boris") == 2, within_s=TAKEN_OVER_WITHIN_S)
            assert not old.closed, "two lines stand for one login"

            first.resume()
            await eventually(lambda: "lease.lost" in first.log.read_text())
            await eventually(lambda: old.closed)
            assert old.bytes_in == written
    assert await first.stop() == 0

    async with a_browser(await second.port(), person, workspace_id) as last:
        await until_ready(last, chat_id)
        for order in (under_way, *kept):
            await order.deliver(last)
    sent = ["hello", *(order.text for order in (early, under_way, *kept, *late))]
    assert sorted(texts_of(boris)) == sorted([*sent, "to the second"])
    assert texts_of(boris) == texts_of(anna)
    assert login_lives(telegram, anna), "never AUTH_KEY_DUPLICATED"


def _other_lines(telegram: Emulator, user_id: int, old: Line) -> int:
    lines = telegram.lines_of(telegram.world.users[user_id])
    return sum(line is not old and line.first_spoke > 0 for line in lines)
