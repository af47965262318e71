"""Carries a browser's whole conversation to the task that holds its connections, and back (decision 0035)."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from enum import Enum, auto
from typing import Final

import msgspec
from aiohttp import (
    ClientError,
    ClientSession,
    ClientTimeout,
    ClientWebSocketResponse,
    ClientWSTimeout,
    Fingerprint,
    ServerFingerprintMismatch,
    WSCloseCode,
    WSMsgType,
    WSServerHandshakeError,
    web,
)

from chalicelib.kernel.errors import Unavailable
from chalicelib.logs import log
from session_worker import metrics
from session_worker.connections.directory import Owner
from session_worker.gateway import knock, side_door
from session_worker.gateway.conversation import say_goodbye
from session_worker.gateway.knock import Knock
from session_worker.gateway.send_queue import SendQueue

DIAL_S: Final = 2
"""A task in the same network answers within milliseconds or not at all."""
_ELSEWHERE: Final = web.HTTPServiceUnavailable.status_code
_HEARTBEAT_S: Final = 10
"""A task whose machine is gone says nothing: its line is given up after this and a half."""

_Line = web.WebSocketResponse | ClientWebSocketResponse


class ShardElsewhere(Unavailable):
    """A conversation was forwarded to a task that does not hold its shard (any more). It is not forwarded again."""

    code = "shard-elsewhere"
    title = "This moved to another worker. Try again."


class Carried(Enum):
    """What became of a conversation that is another task's."""

    TO_ITS_END = auto()
    REFUSED = auto()
    NOT_REACHED = auto()


class Forwarder:
    """Speaks to the other tasks. `close` ends every conversation that is being carried."""

    def __init__(self) -> None:
        self._http: ClientSession | None = None
        self._lines: set[ClientWebSocketResponse] = set()
        self._is_open = True

    async def carry(self, browser: web.WebSocketResponse, owner: Owner, presented: str, visitor: Knock) -> Carried:
        """Give the whole conversation to its owner, hello first, until either side ends it.

        Unless it was carried to its end, nothing was said to either side, and the pass was not used.
        """
        try:
            async with asyncio.timeout(DIAL_S):
                line = await self._dial(owner, visitor)
        except ServerFingerprintMismatch:
            metrics.FORWARDS_FORGED.add()
            log.error("forward.forged", shard=owner.shard)
            return Carried.NOT_REACHED
        except WSServerHandshakeError as refusal:
            log.info("forward.refused", shard=owner.shard, status=refusal.status)
            return Carried.REFUSED if refusal.status == _ELSEWHERE else Carried.NOT_REACHED
        except (ClientError, TimeoutError, OSError) as trouble:
            metrics.FORWARDS_FAILED.add()
            log.warning("forward.not_reached", shard=owner.shard, trouble=type(trouble).__qualname__)
            return Carried.NOT_REACHED
        async with self._kept(line):
            await self._converse(browser, line, presented)
        return Carried.TO_ITS_END

    async def reaches(self, owner: Owner) -> bool:
        """Whether the owner answers, under its own key."""
        place = owner.place
        try:
            async with (
                asyncio.timeout(DIAL_S),
                self._session().get(_url(owner, side_door.HEALTH, "https"), ssl=_pin(place.certificate)) as answer,
            ):
                return answer.status == web.HTTPOk.status_code
        except (ClientError, TimeoutError, OSError):
            return False

    async def close(self) -> None:
        """End what is being carried; browsers are told to come back."""
        self._is_open = False
        await asyncio.gather(*(line.close() for line in tuple(self._lines)), return_exceptions=True)
        if self._http is not None:
            await self._http.close()

    async def _dial(self, owner: Owner, visitor: Knock) -> ClientWebSocketResponse:
        """The fingerprint is compared before anything is said, so that a forger learns nothing."""
        return await self._session().ws_connect(
            _url(owner, side_door.PATH, "wss"),
            ssl=_pin(owner.place.certificate),
            headers=knock.as_headers(visitor) | {side_door.SHARD: f"{owner.shard}@{owner.epoch}"},
            heartbeat=_HEARTBEAT_S,
            timeout=ClientWSTimeout(ws_close=DIAL_S),
            max_msg_size=0,
            compress=0,
        )

    async def _converse(self, browser: web.WebSocketResponse, line: ClientWebSocketResponse, presented: str) -> None:
        """Frames both ways, each as it comes: a browser that takes them slowly is felt by the owner, who bounds it."""
        hello = msgspec.json.encode({"type": "hello", "pass": presented}).decode()
        pumps = [
            asyncio.create_task(_pump(browser, line, first=hello), name="forwarded requests"),
            asyncio.create_task(_pump(line, browser), name="forwarded answers"),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
        if self._is_open and line.close_code not in {None, WSCloseCode.ABNORMAL_CLOSURE}:
            await browser.close(code=line.close_code or WSCloseCode.GOING_AWAY)  # the owner said why
        else:
            await say_goodbye(browser, SendQueue(), "moved" if self._is_open else "restarting")

    def _session(self) -> ClientSession:
        if self._http is None:
            self._http = ClientSession(timeout=ClientTimeout(total=None))
        return self._http

    @contextlib.asynccontextmanager
    async def _kept(self, line: ClientWebSocketResponse) -> AsyncIterator[None]:
        self._lines.add(line)
        metrics.SOCKETS_FORWARDED.set(len(self._lines))
        try:
            yield
        finally:
            self._lines.discard(line)
            metrics.SOCKETS_FORWARDED.set(len(self._lines))
            await line.close()


async def _pump(source: _Line, target: _Line, *, first: str | None = None) -> None:
    with contextlib.suppress(ConnectionError):
        if first is not None:
            await target.send_str(first)
        async for message in source:
            if message.type is WSMsgType.TEXT:
                await target.send_str(message.data)
            else:
                await target.send_bytes(message.data)


def _url(owner: Owner, path: str, scheme: str) -> str:
    host = f"[{owner.place.host}]" if ":" in owner.place.host else owner.place.host
    return f"{scheme}://{host}:{owner.place.port}{path}"


def _pin(certificate: str) -> Fingerprint:
    return Fingerprint(bytes.fromhex(certificate))
