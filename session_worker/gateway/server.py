"""The worker's HTTP server: `/live/health` for whoever watches it and `/live/socket` for browsers."""

import asyncio
from collections.abc import Callable
from typing import Final

from aiohttp import web

from chalicelib import logs
from chalicelib.adapters.limits import subject_of
from chalicelib.adapters.passes import PassRefused
from chalicelib.kernel import problems
from chalicelib.kernel.errors import Fact, Unavailable
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.logs import log
from session_worker import metrics
from session_worker.connections.directory import Directory
from session_worker.connections.places import Place
from session_worker.gateway import frames, knock, side_door
from session_worker.gateway.admission import Admission, Visitor
from session_worker.gateway.conversation import Conversation, say_goodbye
from session_worker.gateway.crowd import Crowd
from session_worker.gateway.desks.desk import Desk
from session_worker.gateway.desks.reach import Rooms
from session_worker.gateway.forwarding import Carried, Forwarder, ShardElsewhere
from session_worker.gateway.knock import Knock
from session_worker.gateway.line import Line
from session_worker.gateway.send_queue import SendQueue, SharedEncoding
from session_worker.gateway.side_door import SideDoor
from session_worker.gateway.visit import Visit
from session_worker.refusals import problem_of

HELLO_S: Final = 5
_HEARTBEAT_S: Final = 30

IsReady = Callable[[], bool]
OnVisits = Callable[[], None]


class Gateway:
    """Accepts sockets until it is stopped. A browser whose connections another task holds is carried there."""

    def __init__(
        self,
        admission: Admission,
        rooms: Rooms,
        directory: Directory,
        *,
        is_ready: IsReady,
        on_visits: OnVisits,
        check_s: float,
        place_s: float,
    ) -> None:
        """`on_visits` is called when a socket came or went; a visitor's standing is proven every `check_s`.

        Where visitors belong whose shard this task does not hold is looked up every `place_s`.
        """
        self._admission = admission
        self._rooms = rooms
        self._directory = directory
        self._is_ready = is_ready
        self._on_visits = on_visits
        self._check_s = check_s
        self._place_s = place_s
        self._visits: set[Visit] = set()
        self._crowd = Crowd()
        self._encoding = SharedEncoding()
        self._forwarder = Forwarder()
        self._side_door = SideDoor()
        self._accepts = True
        self._placing: asyncio.Task[None] | None = None
        self._runner: web.AppRunner | None = None

    async def open_side_door(self, host: str, port: int) -> Place:
        """Listen for other tasks; gives what they must know of it. Before this task may own anything."""
        return await self._side_door.open(host, port, forwarded=self._forwarded, health=self._health)

    async def start(self, host: str, port: int) -> int:
        """Listen for browsers; gives the port, which differs from the one asked for when that was 0."""
        application = web.Application()
        application.router.add_get("/live/health", self._health)
        application.router.add_get("/live/socket", self._socket)
        self._runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=3)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self._placing = asyncio.create_task(self._place_again_and_again(), name="places of visits")
        listening: int = self._runner.addresses[0][1]
        log.info("gateway.listening", host=host, port=listening)
        return listening

    async def stop(self) -> None:
        """Accept nobody, close every socket with reason `restarting`, and free the ports."""
        self._accepts = False
        if self._placing is not None:
            self._placing.cancel()
            await asyncio.gather(self._placing, return_exceptions=True)
        for visit in tuple(self._visits):
            visit.end("restarting")
        await self._forwarder.close()
        await self._side_door.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def sample(self) -> None:
        """Set the gauges of this room."""
        metrics.SOCKETS.set(len(self._visits))

    def check_workspace(self, workspace_id: WorkspaceId) -> None:
        """Something about a workspace's members changed: prove each of its visitors now."""
        for visit in self._visits:
            if visit.visitor.workspace_id == workspace_id:
                visit.check_now()

    async def send_home(self) -> None:
        """Have visitors come back whose shard another task holds and answers for: two reads a shard that is not ours.

        Raises:
            Unavailable: the table did not say who holds what; nobody was sent away for that.
        """
        away = {self._directory.shard_of(visit.visitor.user_id) for visit in self._visits}
        for shard in sorted(away):
            owner = await self._directory.owner_of(shard)
            if owner is None or not await self._forwarder.reaches(owner):
                continue
            for visit in tuple(self._visits):
                if self._directory.shard_of(visit.visitor.user_id) == shard:
                    metrics.SOCKETS_MOVED.add()
                    visit.end("moved")

    async def _place_again_and_again(self) -> None:
        is_away = False
        while True:
            await asyncio.sleep(self._place_s)
            try:
                await self.send_home()
                is_away = False
            except Fact as refusal:
                if not is_away:
                    log.warning("places.table_away", code=refusal.code)
                is_away = True
            except Exception as crash:  # noqa: BLE001 - the border of a unit of work: the next turn tries again
                log.error("places.crashed", crash=crash)

    async def _health(self, _: web.Request) -> web.Response:
        ready = self._accepts and self._is_ready()
        return web.json_response({"status": "ok" if ready else "starting"}, status=200 if ready else 503)

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        """A browser's, through the front door."""
        try:
            visitor = knock.read(request.headers)
            self._demand_open()
            with self._crowd.room_for(address=subject_of(visitor.caller.address)):
                return await self._open(request, visitor, None)
        except Fact as refusal:
            return _refused(refusal)

    async def _forwarded(self, request: web.Request) -> web.StreamResponse:
        """A browser's, carried here by another task. If its shard is not ours it goes back, and never further."""
        try:
            visitor = knock.read(request.headers)
            self._demand_open()
            shard = self._named_shard(request.headers.get(side_door.SHARD, ""))
            return await self._open(request, visitor, shard)
        except Fact as refusal:
            return _refused(refusal)

    def _demand_open(self) -> None:
        if not self._accepts:
            raise Unavailable("This worker is restarting.", retry_after_s=1)

    def _named_shard(self, named: str) -> int:
        shard, _, epoch = named.partition("@")
        if not (shard.isdecimal() and epoch.isdecimal() and self._directory.is_ours(int(shard), int(epoch))):
            metrics.FORWARDS_REFUSED.add()
            raise ShardElsewhere(retry_after_s=1)
        return int(shard)

    async def _open(self, request: web.Request, visitor: Knock, shard: int | None) -> web.StreamResponse:
        socket = web.WebSocketResponse(
            heartbeat=_HEARTBEAT_S, max_msg_size=frames.MAX_FRAME_BYTES, compress=False, timeout=2
        )
        await socket.prepare(request)
        line = Line(socket, request.transport)
        try:
            await self._receive(line, visitor, shard)
        except TimeoutError:
            await _turn_away(socket, "no-hello")
        except Fact as refusal:
            await _turn_away(socket, refusal.code)
        line.drop_if_stuck()
        return socket

    async def _receive(self, line: Line, visitor: Knock, shard: int | None) -> None:
        """Let in whom we serve ourselves; carry whom another task does, unless they were carried here already."""
        async with asyncio.timeout(HELLO_S):
            presented = await knock.hello(line.socket)
            user_id = await self._admission.read(presented)
            own_shard = self._directory.shard_of(user_id)
            owner = None if shard is not None else await self._directory.owner_of(own_shard)
        if shard not in {None, own_shard}:
            raise PassRefused("The pass is of somebody whose connections live elsewhere.")
        if owner is not None:
            carried = await self._forwarder.carry(line.socket, owner, presented, visitor)
            if carried is Carried.REFUSED:
                raise ShardElsewhere(retry_after_s=1)
            if carried is Carried.TO_ITS_END:
                return
        async with asyncio.timeout(HELLO_S):
            admitted = await self._admission.admit(presented, visitor.caller)
        with (
            logs.bound(workspace_id=admitted.workspace_id, user_id=admitted.user_id),
            self._crowd.room_for(session=admitted.session_id, person=admitted.user_id),
        ):
            await self._converse(line, admitted)

    async def _converse(self, line: Line, visitor: Visitor) -> None:
        conversation = Conversation(line, self._encoding)
        visit = Visit(conversation, visitor, self._admission, check_s=self._check_s)
        desk = Desk(self._rooms, visitor, push=visit.push, renew=visit.renew)
        self._visits.add(visit)
        metrics.SOCKETS_OPENED.add()
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


def _refused(refusal: Fact) -> web.Response:
    """Before the socket is one: over HTTP."""
    metrics.SOCKETS_REFUSED.add()
    wait_s = problems.retry_after_s(refusal)
    return web.json_response(
        problem_of(refusal),
        status=problems.status_of(refusal),
        headers={} if wait_s is None else {"Retry-After": str(wait_s)},
        content_type="application/problem+json",
    )


async def _turn_away(socket: web.WebSocketResponse, reason: str) -> None:
    """After the socket is one: with a reason and nothing else."""
    metrics.SOCKETS_REFUSED.add()
    log.info("socket.refused", code=reason)
    await say_goodbye(socket, SendQueue(), reason)
