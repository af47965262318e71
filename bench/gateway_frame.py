"""Processor time a frame: one event to 1,000 sockets through hub, queue and writer, against aiohttp's own `send_str`.

Both servers run here; the 2,000 browsers are another process. Neither compresses, as our gateway does not.
"""

import asyncio
import json
import resource
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvloop
from aiohttp import web

from bench.measure import Figure, compared, report
from chalicelib.kernel import ids
from chalicelib.kernel.ids import UserId, WorkspaceId
from session_worker.gateway.conversation import Conversation
from session_worker.gateway.frames import Request
from session_worker.gateway.line import Line
from session_worker.gateway.send_queue import SharedEncoding
from session_worker.hub import Hub

SOCKETS = 1_000
EVENTS = 20
ROUNDS = 9
PAUSE_S = 0.03
"""Between two events, so that each frame leaves by itself; waiting costs no processor time."""
_PATIENCE_S = 120
_ROOT = Path(__file__).resolve().parent.parent
_WORKSPACE = WorkspaceId(ids.mint())
_EVENT = {
    "type": "change",
    "change": {
        "id": ids.mint(),
        "kind": "field_value.set",
        "target": ids.mint(),
        "old": None,
        "new": {"value": "x" * 120},
    },
}

Sender = Callable[[], Awaitable[None]]


def measure(*, sockets: int = SOCKETS, events: int = EVENTS, rounds: int = ROUNDS) -> Figure:
    """Microseconds a frame; bursts to both sides in turns."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return uvloop.run(_measure(sockets, events, rounds))


async def _measure(sockets: int, events: int, rounds: int) -> Figure:
    hub, raw = Hub(), set[web.WebSocketResponse]()
    encoding, user_id = SharedEncoding(), UserId(ids.mint())

    async def ours(request: web.Request) -> web.WebSocketResponse:
        socket = await _prepared(request)
        conversation = Conversation(Line(socket, request.transport), encoding)
        subscription = hub.subscribe(_WORKSPACE, user_id, conversation.push)
        await conversation.run({"type": "welcome", "seq": 0, "connections": []}, _nothing)
        subscription.close()
        return socket

    async def bare(request: web.Request) -> web.WebSocketResponse:
        socket = await _prepared(request)
        raw.add(socket)
        async for _ in socket:
            pass
        return socket

    async def to_ours() -> None:
        hub.publish_workspace(_WORKSPACE, dict(_EVENT))

    async def to_bare() -> None:
        text = json.dumps(_EVENT)
        for socket in raw:
            await socket.send_str(text)

    async with _serving(ours) as our_port, _serving(bare) as bare_port, _browsers(sockets, our_port, bare_port):
        spent: tuple[list[float], list[float]] = ([], [])
        for number in range(rounds + 1):
            used = await _spent(to_ours, events, sockets), await _spent(to_bare, events, sockets)
            if number > 0:  # the first fills buffers
                spent[0].append(used[0])
                spent[1].append(used[1])
    return compared("gateway_frame", *spent, unit="µs", most=1.3)


async def _spent(send: Sender, events: int, sockets: int) -> float:
    begun = time.process_time()
    for _ in range(events):
        await send()
        await asyncio.sleep(PAUSE_S)
    return (time.process_time() - begun) / (events * sockets) * 1e6


async def _prepared(request: web.Request) -> web.WebSocketResponse:
    socket = web.WebSocketResponse(compress=False)
    await socket.prepare(request)
    return socket


async def _nothing(_: Request) -> dict[str, Any]:
    return {}


@asynccontextmanager
async def _serving(handler: Callable[[web.Request], Awaitable[web.WebSocketResponse]]) -> AsyncIterator[int]:
    application = web.Application()
    application.router.add_get("/", handler)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _browsers(sockets: int, *ports: int) -> AsyncIterator[None]:
    """As many at each port, in a process of their own; they say when all are there."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bench.crowd_process",
        str(sockets),
        *map(str, ports),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=_ROOT,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        await asyncio.wait_for(child.stdout.readline(), _PATIENCE_S)
        yield
    finally:
        child.stdin.close()
        await asyncio.wait_for(child.wait(), _PATIENCE_S)


if __name__ == "__main__":
    report(measure())
