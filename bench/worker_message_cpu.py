"""Processor time a message, from Telegram's update to the browser's WebSocket frame, against Telethon doing nothing.

Ours is the whole worker: catching, keeping the chat's row, naming, encoding, and the gateway's socket. Table calls that
a message causes are in it; what the table itself computes is another process.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from bench.measure import Figure, compared, report
from bench.worker_pair import Pair, a_pair
from chalicelib import settings

ACCOUNTS = 50
BURST = 2_000
ROUNDS = 7
_PATIENCE_S = 120


class Browser:
    """Counts the messages that arrive on one socket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self.heard = 0

    async def listen(self) -> None:
        """Take frames until cancelled."""
        async for frame in self._socket:
            self.heard += '"message.new"' in frame.data[:80]


def measure(*, accounts: int = ACCOUNTS, burst: int = BURST, rounds: int = ROUNDS) -> Figure:
    """Microseconds a message; bursts to both sides in turns."""
    return asyncio.run(_measure(accounts, burst, rounds))


async def _measure(accounts: int, burst: int, rounds: int) -> Figure:
    async with a_pair(accounts) as pair:
        await pair.connect(accounts)
        async with _a_browser(pair) as browser:
            spent: tuple[list[float], list[float]] = ([], [])
            for number in range(rounds + 1):
                used = await _ours(pair, browser, burst), await _bare(pair, burst)
                if number > 0:  # the first makes the chats' rows
                    spent[0].append(used[0])
                    spent[1].append(used[1])
    return compared("worker_message_cpu", *spent, unit="µs", most=1.0)


async def _ours(pair: Pair, browser: Browser, burst: int) -> float:
    begun, heard = float(await pair.ours.ask(do="cpu")), browser.heard
    await pair.write(burst, to_ours=True)
    async with asyncio.timeout(_PATIENCE_S):
        while browser.heard < heard + burst:  # noqa: ASYNC110 - waiting must cost next to nothing here
            await asyncio.sleep(0.05)
    return (float(await pair.ours.ask(do="cpu")) - begun) / burst * 1e6


async def _bare(pair: Pair, burst: int) -> float:
    begun, heard = float(await pair.bare.ask(do="cpu")), await pair.bare.ask(do="heard")
    await pair.write(burst, to_ours=False)
    async with asyncio.timeout(_PATIENCE_S):
        while await pair.bare.ask(do="heard") < heard + burst:  # noqa: ASYNC110 - it happens in another process
            await asyncio.sleep(0.05)
    return (float(await pair.bare.ask(do="cpu")) - begun) / burst * 1e6


@asynccontextmanager
async def connected_browser(pair: Pair) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A socket at our worker that was let in."""
    here = settings.current()
    headers = {"Origin": here.public_origin, "X-Origin-Secret": here.origin_secret}
    address = f"http://127.0.0.1:{pair.gateway_port}/live/socket"
    async with aiohttp.ClientSession() as session, session.ws_connect(address, headers=headers, compress=0) as socket:
        await socket.send_json({"type": "hello", "pass": pair.gateway_pass()})
        await socket.receive_json(timeout=_PATIENCE_S)
        yield socket


@asynccontextmanager
async def _a_browser(pair: Pair) -> AsyncIterator[Browser]:
    async with connected_browser(pair) as socket:
        browser = Browser(socket)
        listening = asyncio.create_task(browser.listen())
        try:
            yield browser
        finally:
            listening.cancel()


if __name__ == "__main__":
    report(measure())
