"""The worker's HTTP server: `/live/health` for whoever watches it and `/live/socket` for browsers."""

import asyncio
import hmac
from collections.abc import Callable, Mapping
from typing import Any, Final

from aiohttp import WSMsgType, web

from chalicelib import logs, settings
from chalicelib.kernel import problems
from chalicelib.kernel.errors import Fact, ForeignOrigin, Invalid, OriginClosed, Unavailable
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.logs import log
from chalicelib.table.proof import Caller
from session_worker.gateway import frames
from session_worker.gateway.admission import Admission, Visitor
from session_worker.gateway.conversation import Conversation, say_goodbye
from session_worker.gateway.desks.desk import Desk
from session_worker.gateway.desks.reach import Rooms
from session_worker.gateway.send_queue import SendQueue
from session_worker.refusals import problem_of

HELLO_S: Final = 5
RENEWAL_S: Final = 15 * 60
"""A browser renews every 10 minutes; a socket that has not for this long is closed."""
PROOF_PATIENCE: Final = 5
"""So often in a row the table may fail to say whether a visitor still belongs before the socket is closed."""
_HEARTBEAT_S: Final = 30
_DEVICE_CHARACTERS: Final = 300

IsReady = Callable[[], bool]
OnVisits = Callable[[], None]


class Visit:
    """One admitted socket."""

    def __init__(self, conversation: Conversation, visitor: Visitor, admission: Admission, *, check_s: float) -> None:
        self.visitor = visitor
        self._conversation = conversation
        self._admission = admission
        self._check_s = check_s
        self._asked = asyncio.Event()
        self._renewed_at = asyncio.get_running_loop().time()

    def push(self, event: Mapping[str, Any]) -> None:
        """Send an event."""
        self._conversation.push(event)

    def end(self, reason: str) -> None:
        """Have it closed."""
        self._conversation.end(reason)

    def check_now(self) -> None:
        """Prove the visitor's standing before the next period does."""
        self._asked.set()

    async def renew(self, presented: str) -> None:
        """Take another pass. Raises PassRefused when it is not good or not this visitor's."""
        await self._admission.renew(self.visitor, presented)
        self._renewed_at = asyncio.get_running_loop().time()

    async def watch(self) -> None:
        """Prove the visitor's standing again and again, until it no longer holds; then end the socket."""
        failures = 0
        while failures < PROOF_PATIENCE:
            await self._pause()
            if asyncio.get_running_loop().time() - self._renewed_at > RENEWAL_S:
                self.end("not-renewed")
                return
            try:
                await self._admission.prove(self.visitor)
                failures = 0
            except Unavailable:
                failures += 1
            except Fact as refusal:
                self.end(refusal.code)
                return
        self.end("unproven")

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(self._check_s):
                await self._asked.wait()
        except TimeoutError:
            pass
        self._asked.clear()


class Gateway:
    """Accepts sockets until it is stopped."""

    def __init__(
        self, admission: Admission, rooms: Rooms, *, is_ready: IsReady, on_visits: OnVisits, check_s: float
    ) -> None:
        """`on_visits` is called when a socket came or went; a visitor's standing is proven every `check_s`."""
        self._admission = admission
        self._rooms = rooms
        self._is_ready = is_ready
        self._on_visits = on_visits
        self._check_s = check_s
        self._visits: set[Visit] = set()
        self._accepts = True
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen; gives the port, which differs from the one asked for when that was 0."""
        application = web.Application()
        application.router.add_get("/live/health", self._health)
        application.router.add_get("/live/socket", self._socket)
        self._runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=3)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        listening: int = self._runner.addresses[0][1]
        log.info("gateway.listening", host=host, port=listening)
        return listening

    async def stop(self) -> None:
        """Accept nobody, close every socket with reason `restarting`, and free the port."""
        self._accepts = False
        for visit in tuple(self._visits):
            visit.end("restarting")
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def check_workspace(self, workspace_id: WorkspaceId) -> None:
        """Something about a workspace's members changed: prove each of its visitors now."""
        for visit in self._visits:
            if visit.visitor.workspace_id == workspace_id:
                visit.check_now()

    async def _health(self, _: web.Request) -> web.Response:
        ready = self._accepts and self._is_ready()
        return web.json_response({"status": "ok" if ready else "starting"}, status=200 if ready else 503)

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        try:
            _refuse_other_doors(request.headers)
            if not self._accepts:
                raise Unavailable("This worker is restarting.", retry_after_s=1)
        except Fact as refusal:
            status = problems.status_of(refusal)
            return web.json_response(problem_of(refusal), status=status, content_type="application/problem+json")
        socket = web.WebSocketResponse(
            heartbeat=_HEARTBEAT_S, max_msg_size=frames.MAX_FRAME_BYTES, compress=False, timeout=2
        )
        await socket.prepare(request)
        await self._receive(socket, _caller(request.headers))
        _drop_stuck_line(request.transport)
        return socket

    async def _receive(self, socket: web.WebSocketResponse, caller: Caller) -> None:
        try:
            async with asyncio.timeout(HELLO_S):
                visitor = await self._admission.admit(await _hello(socket), caller)
        except TimeoutError:
            await say_goodbye(socket, SendQueue(), "no-hello")
        except Fact as refusal:
            log.info("socket.refused", code=refusal.code)
            await say_goodbye(socket, SendQueue(), refusal.code)
        else:
            with logs.bound(workspace_id=visitor.workspace_id, user_id=visitor.user_id):
                await self._converse(socket, visitor)

    async def _converse(self, socket: web.WebSocketResponse, visitor: Visitor) -> None:
        conversation = Conversation(socket)
        visit = Visit(conversation, visitor, self._admission, check_s=self._check_s)
        desk = Desk(self._rooms, visitor, push=visit.push, renew=visit.renew)
        self._visits.add(visit)
        subscription = self._rooms.hub.subscribe(visitor.workspace_id, visitor.user_id, visit.push)
        self._on_visits()
        watch = asyncio.create_task(visit.watch(), name="socket standing")
        try:
            reason = await conversation.run(desk.welcome(), desk.answer)
            log.info("socket.closed", reason=reason)
        finally:
            subscription.close()
            self._visits.discard(visit)
            self._on_visits()
            watch.cancel()
            await asyncio.gather(watch, return_exceptions=True)
            await desk.close()


async def _hello(socket: web.WebSocketResponse) -> str:
    message = await socket.receive()
    if message.type is not WSMsgType.TEXT:
        raise Invalid("The first frame says hello.")
    return frames.read_hello(message.data).gateway_pass


def _drop_stuck_line(transport: asyncio.BaseTransport | None) -> None:
    """A browser that did not even take its goodbye is not waited for any longer."""
    if isinstance(transport, asyncio.WriteTransport) and transport.get_write_buffer_size() > 0:
        transport.abort()


def _refuse_other_doors(headers: Mapping[str, str]) -> None:
    """Only through the front door, and only for our own pages. Cookies are not looked at: a pass is what counts."""
    here = settings.current()
    if not hmac.compare_digest(headers.get("X-Origin-Secret", "").encode(), here.origin_secret.encode()):
        raise OriginClosed
    if headers.get("Origin") != here.public_origin:
        raise ForeignOrigin


def _caller(headers: Mapping[str, str]) -> Caller:
    """Who knocks. The address is CloudFront's word alone; X-Forwarded-For is whatever the client wrote."""
    address, _, _port = headers.get("CloudFront-Viewer-Address", "").rpartition(":")
    return Caller(address=address.strip("[]"), device=headers.get("User-Agent", "")[:_DEVICE_CHARACTERS])
