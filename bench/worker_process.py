"""What is measured, each in a process of its own: our session worker, or bare Telethon with its defaults.

Told by lines of JSON on standard input: {"do": "connect", "logins"} and {"do": "heard"} (Telethon), {"do": "connected"}
{"do": "parked"} and {"do": "standing_at", "pts"} (ours), {"do": "rss"}, {"do": "cpu"}; answers with one number a line.
"""

import asyncio
import ctypes
import gc
import json
import logging
import os
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import uvloop
from telethon import TelegramClient, events
from telethon.sessions import StringSession

_PAGE_BYTES = 4096

Answerer = Callable[[dict[str, Any]], Awaitable[float]]


async def ours() -> None:
    """One task of the session worker as it runs in production, but in more of a hurry."""
    from session_worker import settings
    from session_worker.app import Worker
    from session_worker.connections.supervisor import Connections

    here = settings.current()
    pace = here.intervals.connects_per_s if "WIREROOM_CONNECTS_PER_S" in os.environ else 500
    hurry = replace(here.intervals, sweep_s=1, connects_per_s=pace, dialog_page_s=0.1)
    worker = Worker(replace(here, intervals=hurry))
    _say(await worker.start())

    def connected(connections: Connections) -> int:
        keepers = [keeper for shard in connections._keepers.values() for keeper in shard.values()]
        return sum(keeper.live is not None and keeper.live.is_connected for keeper in keepers)

    def parked(connections: Connections) -> int:
        return sum(keeper.is_parked for shard in connections._keepers.values() for keeper in shard.values())

    def standing_at(connections: Connections, pts: int) -> int:
        """Connections that are up and know of what happened until then."""
        keepers = [keeper for shard in connections._keepers.values() for keeper in shard.values()]
        return sum(_stands_at(keeper, pts) for keeper in keepers)

    async def answer(asked: dict[str, Any]) -> float:
        if asked["do"] == "standing_at":
            return standing_at(worker.connections, asked["pts"])
        if asked["do"] == "connected":
            worker.connections.wake()
            return connected(worker.connections) + parked(worker.connections)
        if asked["do"] == "parked":
            return parked(worker.connections)
        return _common(asked["do"])

    await _serve(answer)
    await worker.stop()


def _stands_at(keeper: Any, pts: int) -> bool:
    live = keeper.live
    if live is None or not live.is_connected or not live.client.is_settled:
        return False
    state, _ = live.client._message_box.session_state()
    return bool(state["pts"] >= pts)


async def bare() -> None:
    """Telethon as its manual begins, with a handler that does nothing."""
    clients: list[TelegramClient] = []
    heard = 0

    async def nothing(_: object) -> None:
        nonlocal heard
        heard += 1

    async def answer(asked: dict[str, Any]) -> float:
        match asked["do"]:
            case "connect":
                for login in asked["logins"]:
                    client = TelegramClient(StringSession(login), 1, "x")
                    client.add_event_handler(nothing, events.NewMessage())
                    await client.connect()
                    clients.append(client)
                return len(clients)
            case "heard":
                return heard
            case other:
                return _common(other)

    _say(0)
    await _serve(answer)
    for client in clients:
        await client.disconnect()


async def _serve(answer: Answerer) -> None:
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        _say(await answer(json.loads(line)))


def _common(asked: str) -> float:
    match asked:
        case "rss":
            gc.collect()
            ctypes.CDLL(None).malloc_trim(0)
            return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_BYTES
        case "cpu":
            return time.process_time()
        case _:
            raise ValueError(asked)


def _say(said: float) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1] == "ours":
        logging.disable()  # log lines go where the answers go
        uvloop.run(ours())
    else:
        asyncio.run(bare())
