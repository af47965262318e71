"""Our worker and bare Telethon, each with accounts of its own on one Telegram, told what to do by the bench."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import stand_in
from bench.population import Population
from chalicelib import settings
from chalicelib.adapters import passes
from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import ConnectAccount
from chalicelib.table.cipher import Cipher
from dev.telegram.wire.rsa_key import PUBLIC_PEM

_HERE = Path(__file__).resolve().parent
_LINE_BYTES = 1 << 22
_PATIENCE_S = 120


class Process:
    """A child that answers each line with a line."""

    def __init__(self, child: asyncio.subprocess.Process) -> None:
        self._child = child

    async def hear(self) -> Any:
        """The next thing it says."""
        assert self._child.stdout is not None
        line = await asyncio.wait_for(self._child.stdout.readline(), _PATIENCE_S)
        if not line:
            raise RuntimeError("a measured process ended by itself")
        return json.loads(line)

    async def ask(self, **asked: object) -> Any:
        """What it answers."""
        assert self._child.stdin is not None
        self._child.stdin.write(json.dumps(asked).encode() + b"\n")
        return await self.hear()

    def kill(self) -> None:
        """End it at once, as the kernel would."""
        self._child.kill()

    async def close(self) -> None:
        """Let it end; its standard input is closed."""
        assert self._child.stdin is not None
        self._child.stdin.close()
        await asyncio.wait_for(self._child.wait(), _PATIENCE_S)


class Pair:
    """Accounts 0 to n-1 are ours, n to 2n-1 Telethon's."""

    def __init__(self, telegram: Process, ours: Process, bare: Process, logins: list[Any], there: Population) -> None:
        self.telegram = telegram
        self.ours = ours
        self.bare = bare
        self._half = len(logins) // 2
        self._logins = logins
        self._tenant = there.tenant()
        self._there = there
        self._connected = 0
        self.gateway_port = 0

    @property
    def connected(self) -> int:
        """Accounts of each side."""
        return self._connected

    async def connect(self, more: int, *, only_ours: bool = False) -> None:
        """Connect that many more accounts, on both sides unless told otherwise, and wait until they are."""
        first, last = self._connected, self._connected + more
        cipher = Cipher()
        for user_id, login in self._logins[first:last]:
            command = ConnectAccount(
                telegram_user_id=user_id, name="Account", username=None, phone=None, session_string=login, owned=True
            )
            accounts.connect_account(command, tenant=self._tenant, cipher=cipher)
        while await self.ours.ask(do="connected") < last:  # noqa: ASYNC110 - it happens in another process
            await asyncio.sleep(0.2)
        self._connected = last
        if not only_ours:
            others = [login for _, login in self._logins[self._half + first : self._half + last]]
            await self.bare.ask(do="connect", logins=others)

    async def replace_ours(self, **environment: str) -> None:
        """Have a new task of ours take everything over, as in a deploy, with other variables where any are given."""
        await self.ours.close()
        os.environ |= environment
        self.ours = await start_process("worker_process", "ours")
        self.gateway_port = await self.ours.hear()

    async def write(self, count: int, *, to_ours: bool) -> None:
        """Have that many messages written to the connected accounts of one side."""
        first = 0 if to_ours else self._half
        await self.telegram.ask(first=first, last=first + self._connected, count=count)

    async def write_evenly(self, count: int, *, per_s: int) -> None:
        """Have that many messages written to ours, so many a second, each telling when."""
        await self.telegram.ask(first=0, last=self._connected, count=count, per_s=per_s)

    def gateway_pass(self) -> str:
        """Lets the bench's own browser in."""
        key = settings.read(os.environ).pass_private_key
        assert key is not None
        presented, _ = passes.issue(
            key,
            session_id=self._there.session_id,
            user_id=self._there.user_id,
            full_name="Ada Byron",
            workspace_id=self._there.workspace_id,
            version=1,
            at=datetime.now(UTC),
        )
        return presented


@asynccontextmanager
async def a_pair(accounts_each: int, **environment: str) -> AsyncIterator[Pair]:
    """Telegram, the local AWS, our worker and bare Telethon, each in a process of its own."""
    with stand_in.writing() as stock:
        there = Population(stock, chats=0)
        telegram = await start_process("telegram_process", str(2 * accounts_each))
        world = await telegram.hear()
        os.environ |= {
            "WIREROOM_TELEGRAM_DCS": f"2=127.0.0.1:{world['port']}",
            "WIREROOM_TELEGRAM_PUBLIC_KEY": str(PUBLIC_PEM),
            "WIREROOM_GATEWAY_PORT": "0",
            "WIREROOM_SHARDS": "1",
            "WIREROOM_THREADS": "1",  # what further threads take is the process's own and no account's
            "POWERTOOLS_LOG_LEVEL": "ERROR",
            **environment,
        }
        settings.current.cache_clear()
        ours, bare = await start_process("worker_process", "ours"), await start_process("worker_process", "bare")
        pair = Pair(telegram, ours, bare, world["logins"], there)
        pair.gateway_port = await ours.hear()
        await bare.hear()
        try:
            yield pair
        finally:
            for process in (bare, pair.ours, telegram):
                await process.close()


async def start_process(module: str, *arguments: str) -> Process:
    """One of this folder's processes, with what it says and is asked."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        f"bench.{module}",
        *arguments,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=_HERE.parent,
        limit=_LINE_BYTES,
    )
    return Process(child)
