"""The worker as a process: killed while it sends, stopped politely, started wrongly."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession

from chalicelib.kernel import ids
from chalicelib.kernel.ids import WorkspaceId
from dev.telegram import Emulator, Fault, RepeatedSends
from tests.local_aws import ROOT, LocalAws
from tests.scene import Person
from tests.worker.gateway.browser import LiveBrowser, Refused, a_pass, open_socket
from tests.worker.gateway.process import WorkerProcess
from tests.worker.gateway.stage import chat_with, owner_and_workspace, take_into_custody, texts_of

TAKES_OVER_WITHIN_S = 45


@asynccontextmanager
async def a_browser(port: int, person: Person, workspace_id: WorkspaceId) -> AsyncIterator[LiveBrowser]:
    """Somebody's browser at a process."""
    async with ClientSession() as http:
        browser = await open_socket(http, port)
        await browser.say_hello(a_pass(person, workspace_id))
        try:
            yield browser
        finally:
            await browser.close()


async def until_ready(browser: LiveBrowser, chat_id: str) -> None:
    """Wait until the connection speaks and knows the chat."""
    async with asyncio.timeout(TAKES_OVER_WITHIN_S):
        while True:
            try:
                await browser.ask("chat.history", chat_id=chat_id, before_id=None, limit=1)
            except Refused:
                await asyncio.sleep(0.2)
            else:
                return


@pytest.mark.parametrize("repeated", list(RepeatedSends))
async def test_a_worker_killed_while_it_sends_leaves_exactly_one_message(
    telegram: Emulator, local_aws: LocalAws, tmp_path: Path, repeated: RepeatedSends
) -> None:
    telegram.rules.repeated_sends = repeated
    person, workspace_id = owner_and_workspace()
    anna, boris = telegram.world.add_user("Anna"), telegram.world.add_user("Boris")
    telegram.post(boris, anna, "hello")
    account_id = take_into_custody(person, workspace_id, anna, telegram.session(anna).save())
    chat_id, client_id = chat_with(account_id, boris), ids.mint()
    order = {"chat_id": chat_id, "client_id": client_id, "text": "exactly once"}
    first = await WorkerProcess.start(telegram, local_aws, tmp_path / "first.log")
    try:
        async with a_browser(await first.port(), person, workspace_id) as browser:
            await until_ready(browser, chat_id)
            telegram.fault(Fault(method="messages.SendMessage", drop=True, after_effect=True, times=1))
            browser.begin("message.send", **order)
            async with asyncio.timeout(10):
                while texts_of(boris) != ["hello", "exactly once"]:  # noqa: ASYNC110 - the world raises no event
                    await asyncio.sleep(0.01)
            await first.kill()
    finally:
        await first.kill()
    second = await WorkerProcess.start(telegram, local_aws, tmp_path / "second.log")
    try:
        async with a_browser(await second.port(), person, workspace_id) as browser:
            await until_ready(browser, chat_id)
            answer = await browser.ask("message.send", **order)
            if answer["state"] != "sent":
                answer = await browser.hear("send.changed")
            assert (answer["state"], answer["message"]["text"]) == ("sent", "exactly once")
            page = await browser.ask("chat.history", chat_id=chat_id, before_id=None, limit=10)
            assert [message["text"] for message in page["messages"]] == ["hello", "exactly once"]
        assert texts_of(boris) == ["hello", "exactly once"]
        assert await second.stop() == 0
    finally:
        await second.kill()


async def test_a_worker_told_to_stop_says_so_to_its_browsers_and_hands_over(
    telegram: Emulator, local_aws: LocalAws, tmp_path: Path
) -> None:
    person, workspace_id = owner_and_workspace()
    worker = await WorkerProcess.start(telegram, local_aws, tmp_path / "log")
    try:
        async with a_browser(await worker.port(), person, workspace_id) as browser:
            stopping = asyncio.create_task(worker.stop())
            assert await browser.closing() == ("restarting", 1001)
            assert await stopping == 0
        log = worker.log.read_text()
        assert "worker.stopped" in log
        assert '"level":"ERROR"' not in log
    finally:
        await worker.kill()


async def test_an_idle_worker_hands_everything_over_and_ends(
    telegram: Emulator, local_aws: LocalAws, tmp_path: Path
) -> None:
    worker = await WorkerProcess.start(telegram, local_aws, tmp_path / "log")
    try:
        await worker.port()
        assert await worker.stop() == 0
        said = worker.log.read_text()
        assert "worker.stopped" in said
        assert "shutdown.not_drained" not in said
    finally:
        await worker.kill()


def test_a_missing_setting_is_one_clear_sentence() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "session_worker"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "WIREROOM_STAGE" in ended.stderr
