"""One socket from its first frame to its last: requests in, answers and events out, and the reasons it ends."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import msgspec
from aiohttp import WSMsgType, web

from chalicelib import logs
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Fact, TooMany, Unavailable
from chalicelib.kernel.problems import UnexpectedFault
from chalicelib.logs import log
from session_worker import metrics
from session_worker.gateway import frames
from session_worker.gateway.desks import desk
from session_worker.gateway.frames import Request
from session_worker.gateway.line import Line
from session_worker.gateway.send_queue import FellBehind, SendQueue, SharedEncoding
from session_worker.messaging.pacing import TokenBucket
from session_worker.refusals import problem_of

MAX_UNDER_WAY: Final = 32
"""Requests of one socket that may be under way at once."""
REQUESTS_AT_ONCE: Final = 60
REQUESTS_PER_S: Final = 20
FLUSH_S: Final = 2
POLICY_VIOLATION: Final = 1008
GOING_AWAY: Final = 1001
TRY_AGAIN_LATER: Final = 1013

Answerer = Callable[[Request], Awaitable[Mapping[str, Any]]]


class Conversation:
    """Owns the tasks of one socket; all have ended when `run` returns."""

    def __init__(self, line: Line, encoding: SharedEncoding) -> None:
        self._line = line
        self._socket = line.socket
        self._encoding = encoding
        self._queue = SendQueue()
        self._is_talking = False
        self._ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._under_way: set[asyncio.Task[None]] = set()
        self._allowance = TokenBucket(burst=REQUESTS_AT_ONCE, per_s=REQUESTS_PER_S)

    def push(self, event: Mapping[str, Any]) -> None:
        """Send an event; a browser too slow for them is told to read afresh (`closing` with reason `resync`)."""
        encoded = self._encoding.of(event)
        if not self._queue and self._is_talking and self._line.is_clear(len(encoded)):
            self._line.send_at_once(self._queue.numbered(encoded))
            return
        try:
            self._queue.put_event(event, encoded)
        except FellBehind:
            self._resync()

    def end(self, reason: str) -> None:
        """Have the socket closed; only the first reason counts. Frames that have not left are dropped."""
        self._is_talking = False
        if not self._ended.done():
            self._ended.set_result(reason)

    async def run(self, welcome: Mapping[str, Any], answerer: Answerer) -> str:
        """Talk until the browser leaves, somebody calls `end`, or the line breaks; says why it ended."""
        with contextlib.suppress(ConnectionError):  # a browser that is gone already is the reader's to notice
            await self._line.send(msgspec.json.encode(welcome))
        self._is_talking = True
        reader = asyncio.create_task(self._read(answerer), name="socket reader")
        writer = asyncio.create_task(self._write(), name="socket writer")
        try:
            ends: set[asyncio.Future[Any]] = {reader, writer, self._ended}
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _cancel({reader, writer, *self._under_way})
        reason = self._ended.result() if self._ended.done() else "left"
        await say_goodbye(self._socket, self._queue, reason)
        return reason

    async def _read(self, answerer: Answerer) -> None:
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT:
                self.end("not-text")
                return
            self._take(message.data, answerer)

    def _take(self, raw: str, answerer: Answerer) -> None:
        try:
            self._demand_allowance()
            request = desk.read_request(raw)
        except Fact as refusal:
            self._send_problem(frames.name_of(raw), refusal, ids.mint())
            return
        task = asyncio.create_task(self._answer(request, answerer), name=f"request {type(request).__name__}")
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    def _demand_allowance(self) -> None:
        wait_s = self._allowance.take()
        if wait_s > 0 or len(self._under_way) >= MAX_UNDER_WAY:
            metrics.REQUESTS_LIMITED.add()
            raise TooMany("Too many requests on this socket.", retry_after_s=max(1, round(wait_s)))

    async def _answer(self, request: Request, answerer: Answerer) -> None:
        request_id, begun = ids.mint(), time.perf_counter()
        metrics.REQUESTS.add()
        with logs.bound(request_id=request_id, request=type(request).__name__):
            try:
                result = await answerer(request)
                self._send_answer({"re": request.id, "type": "ok", "result": result})
            except Fact as refusal:
                log.info("request.refused", code=refusal.code)
                self._send_problem(request.id, refusal, request_id)
            except TimeoutError:
                log.warning("request.timed_out")
                self._send_problem(request.id, Unavailable(), request_id)
            except Exception as crash:  # noqa: BLE001 - the border of a unit of work
                metrics.REQUESTS_CRASHED.add()
                log.error("request.crashed", crash=crash)
                self._send_problem(request.id, UnexpectedFault(), request_id)
        metrics.REQUEST_TIME.observe((time.perf_counter() - begun) * 1_000)

    def _send_problem(self, name: str, refusal: Fact, request_id: str) -> None:
        self._send_answer({"re": name, "type": "problem", "problem": problem_of(refusal, request_id)})

    def _send_answer(self, answer: Mapping[str, Any]) -> None:
        try:
            self._queue.put_answer(answer)
        except FellBehind:
            self._resync()

    def _resync(self) -> None:
        if not self._ended.done():
            metrics.SOCKETS_RESYNCED.add()
        self.end("resync")

    async def _write(self) -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                await self._line.send(await self._queue.take())


async def say_goodbye(socket: web.WebSocketResponse, queue: SendQueue, reason: str) -> None:
    """Tell why and close, in bounded time. What was queued is dropped: its reader may have lost the right to it."""
    queue.clear()
    with contextlib.suppress(TimeoutError, ConnectionError):
        async with asyncio.timeout(FLUSH_S):
            if not socket.closed:
                queue.put_event({"type": "closing", "reason": reason})
                await socket.send_frame(queue.take_now(), WSMsgType.TEXT)
            await socket.close(code=_code_of(reason), message=reason.encode())


def _code_of(reason: str) -> int:
    match reason:
        case "restarting" | "moved" | "left":
            return GOING_AWAY
        case "resync" | "unavailable" | "too-many-sockets" | "shard-elsewhere":
            return TRY_AGAIN_LATER
        case _:
            return POLICY_VIOLATION


async def _cancel(tasks: set[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
