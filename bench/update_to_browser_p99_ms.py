"""How long a message takes from Telegram to the browser, at 500 a second: the wait that 99 of 100 do not exceed.

Emulator, worker, table and browser share this machine's cores, so that the figure is stated and held against nothing.
"""

import asyncio
import json
import statistics
import time

import aiohttp

from bench.measure import Figure, report, stated
from bench.worker_message_cpu import connected_browser
from bench.worker_pair import a_pair

ACCOUNTS = 50
PER_S = 500
SECONDS = 20
WARM_UP_S = 3
_PATIENCE_S = 120


def measure(*, accounts: int = ACCOUNTS, per_s: int = PER_S, seconds: int = SECONDS) -> Figure:
    """Milliseconds, after a warm-up that makes the chats' rows."""
    return asyncio.run(_measure(accounts, per_s, seconds))


async def _measure(accounts: int, per_s: int, seconds: int) -> Figure:
    async with a_pair(accounts) as pair:
        await pair.connect(accounts)
        async with connected_browser(pair) as socket:
            for length_s in (WARM_UP_S, seconds):
                waits, _ = await asyncio.gather(
                    _waits(socket, per_s * length_s), pair.write_evenly(per_s * length_s, per_s=per_s)
                )
    return stated("update_to_browser_p99_ms", statistics.quantiles(waits, n=100)[98] * 1_000, unit="ms")


async def _waits(socket: aiohttp.ClientWebSocketResponse, count: int) -> list[float]:
    """Seconds from writing to arriving, of each of the next messages."""
    waits: list[float] = []
    async with asyncio.timeout(_PATIENCE_S):
        while len(waits) < count:
            frame = json.loads((await socket.receive()).data)
            if frame["type"] == "message.new":
                waits.append(time.monotonic() - float(frame["message"]["text"]))
    return waits


if __name__ == "__main__":
    report(measure())
