"""A large file through a worker of its own, and by how much its memory grew on the way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientSession
from yarl import URL

from chalicelib.kernel import ids
from dev.telegram import Emulator
from tests.local_aws import LocalAws
from tests.worker.gateway.browser import LiveBrowser
from tests.worker.gateway.process import WorkerProcess
from tests.worker.gateway.sending_files import post
from tests.worker.gateway.stage import chat_with, owner_and_workspace, take_into_custody
from tests.worker.gateway.test_process import a_browser, until_ready

GROWTH_BYTES = 32 * 1024 * 1024
"""What a worker may grow by while it carries a file of any size."""
_PATTERN = bytes(range(256)) * 4_096
_LOOK_S = 0.05
_PATIENCE_S = 300


@dataclass(slots=True)
class Growth:
    """By how many bytes a process grew at most."""

    most: int = 0


async def carried_both_ways(telegram: Emulator, aws: LocalAws, folder: Path, size: int) -> tuple[int, int]:
    """Send a file of that size and open it again; gives how much memory each took at most."""
    person, workspace_id = owner_and_workspace()
    anna, boris = telegram.world.add_user("Anna"), telegram.world.add_user("Boris")
    telegram.post(boris, anna, "hello")
    account_id = take_into_custody(person, workspace_id, anna, telegram.session(anna).save())
    chat_id = chat_with(account_id, boris)
    worker = await WorkerProcess.start(telegram, aws, folder / "log")
    try:
        async with a_browser(await worker.port(), person, workspace_id) as browser, asyncio.timeout(_PATIENCE_S):
            await until_ready(browser, chat_id)
            form = await browser.ask("media.upload", kind="document", mime="application/zip", size=size)
            assert await post(form, _PATTERN * (size // len(_PATTERN))) in (200, 201, 204)
            file = {"upload_id": form["upload_id"], "kind": "document", "name": "archive.zip"}
            order = {"chat_id": chat_id, "client_id": ids.mint(), "files": [file]}
            async with growing(worker) as sending:
                told = await browser.ask("media.send", **order)
                if told["state"] != "sent":
                    await _until_done(browser)
                    told = await browser.hear("send.changed", lambda event: event["state"] == "sent")
            browser.events.clear()
            wanted = {"chat_id": chat_id, "message_id": told["message"]["id"]}
            async with growing(worker) as opening:
                opened = await browser.ask("media.open", **wanted)
                if opened["state"] != "ready":
                    await _until_done(browser)
                    opened = await browser.ask("media.open", **wanted)
            assert await _length_of(opened["url"]) == size
        [kept] = [one for one in telegram.world.files.values() if one.media.size == size]
        assert kept.read(size - 256, 512) == _PATTERN[-256:]
    finally:
        await worker.kill()
    return sending.most, opening.most


@asynccontextmanager
async def growing(worker: WorkerProcess) -> AsyncIterator[Growth]:
    """Watch a worker's memory while the block lasts."""
    growth, before = Growth(), worker.resident_bytes()

    async def look() -> None:
        while True:
            growth.most = max(growth.most, worker.resident_bytes() - before)
            await asyncio.sleep(_LOOK_S)

    looking = asyncio.create_task(look())
    try:
        yield growth
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)


async def _until_done(browser: LiveBrowser) -> None:
    while (step := await browser.hear("media.progress"))["done"] < step["total"]:
        assert step["problem"] is None


async def _length_of(url: str) -> int:
    """How many bytes a link leads to; they are not kept."""
    length = 0
    async with ClientSession() as http, http.get(URL(url, encoded=True)) as answer:
        assert answer.status == 200
        async for chunk in answer.content.iter_chunked(1024 * 1024):
            length += len(chunk)
    return length
