"""The emulator as `make run` starts it: a process with the demo world, ended by a signal, going on from its file."""

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from telethon import TelegramClient
from telethon.crypto import rsa as telethon_rsa
from telethon.sessions import StringSession

from dev.telegram.wire.rsa_key import PUBLIC_PEM
from tests.worker.telegram.clients import PATIENCE_S, Open

READY = re.compile(r"data centres \{2: (\d+), 4: (\d+)\}, control (\d+)")
START_S = 20


@dataclass(frozen=True, slots=True)
class Running:
    process: asyncio.subprocess.Process
    ports: dict[int, int]
    control: str

    async def ask(self, path: str, body: Any = None) -> Any:
        timeout = aiohttp.ClientTimeout(total=PATIENCE_S)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            how = session.get(self.control + path) if body is None else session.post(self.control + path, json=body)
            async with how as response:
                response.raise_for_status()
                return await response.json()

    async def ended(self) -> int:
        """Tell it to end; gives its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), PATIENCE_S)


Start = Callable[..., Awaitable[Running]]


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    processes: list[asyncio.subprocess.Process] = []

    async def started(dc2: int = 0, dc4: int = 0) -> Running:
        command = ["-m", "dev.telegram", "--dc", f"2={dc2}", "--dc", f"4={dc4}", "--quiet"]
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, "--state", str(tmp_path / "state"), stdout=asyncio.subprocess.PIPE
        )
        processes.append(process)
        assert process.stdout is not None
        line = (await asyncio.wait_for(process.stdout.readline(), START_S)).decode()
        ready = READY.search(line)
        assert ready, line
        ports = {2: int(ready[1]), 4: int(ready[2])}
        return Running(process, ports, f"http://127.0.0.1:{ready[3]}")

    yield started
    for process in processes:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_a_login_survives_a_restart_with_everything_it_saw(start: Start, connected: Open) -> None:
    telethon_rsa.add_key(PUBLIC_PEM.read_text(), old=False)
    TelegramClient._config = None
    first = await start()
    session = StringSession()
    session.set_dc(2, "127.0.0.1", first.ports[2])
    client = await connected(session)
    await client.send_code_request("12025550101")
    accounts = await first.ask("/accounts")
    await client.sign_in("12025550101", accounts[0]["codes"][0]["code"])
    await client.send_message("elena_petrova", "remember this")
    text = client.session.save()
    before = [chat.id for chat in await client.get_dialogs()]
    await client.disconnect()
    assert await first.ended() == 0
    second = await start(dc2=first.ports[2], dc4=first.ports[4])
    again = await connected(StringSession(text))
    assert [chat.id for chat in await again.get_dialogs()] == before
    assert len(await second.ask("/messages?text=remember%20this")) == 2


async def test_who_is_written_to_answers(start: Start, connected: Open) -> None:
    telethon_rsa.add_key(PUBLIC_PEM.read_text(), old=False)
    TelegramClient._config = None
    running = await start()
    session = StringSession()
    session.set_dc(2, "127.0.0.1", running.ports[2])
    client = await connected(session)
    await client.send_code_request("12025550101")
    accounts = await running.ask("/accounts")
    await client.sign_in("12025550101", accounts[0]["codes"][0]["code"])
    async with client.conversation("elena_petrova", timeout=PATIENCE_S) as talk:
        await talk.send_message("are you there?")
        assert (await talk.get_response()).raw_text


async def test_a_state_file_that_is_none_stops_it_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"not a snapshot")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "dev.telegram", "--state", str(tmp_path / "state")),
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await asyncio.wait_for(process.communicate(), START_S)
    assert process.returncode == 2
    assert said.decode().startswith("The Telegram emulator cannot start: ")
    assert (tmp_path / "state").read_bytes() == b"not a snapshot"
