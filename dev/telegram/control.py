"""The back door, HTTP on loopback: what the phone of an account's owner would do, and what tests need to arrange.

Bodies are JSON objects, sent as `application/json`: no page of another origin can send that unasked. Refusals are
`{"code", "title"}` with a status of 4xx.
"""

import base64
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

import msgspec
from aiohttp import web

from dev.telegram import control_views as shown
from dev.telegram.control_weather import Weather
from dev.telegram.emulator import Emulator
from dev.telegram.faults import Fault, FaultUnclear
from dev.telegram.keyring import Key
from dev.telegram.methods.qr import accept
from dev.telegram.pace import Pace
from dev.telegram.refusals import Refused
from dev.telegram.world.people import Channel, Chat, Group, User
from dev.telegram.world.world import SERVICE_ID

PHONE = Path(__file__).parent / "phone"
_FREEZE_S = 15.0


class ApproveQr(msgspec.Struct, forbid_unknown_fields=True):
    """`url`: tg://login?token=..."""

    url: str


class Say(msgspec.Struct, forbid_unknown_fields=True):
    """`to`: the user id of an account, or the id of a group or channel the speaker is in."""

    to: int
    text: str


class NewFault(msgspec.Struct, forbid_unknown_fields=True):
    """As `Fault`, without its predicate."""

    method: str = "*"
    user_id: int | None = None
    error: str | None = None
    code: int | None = None
    delay_s: float = 0.0
    drop: bool = False
    cut: bool = False
    half: bool = False
    after_effect: bool = False
    times: int | None = None


class Save(msgspec.Struct, forbid_unknown_fields=True):
    """`file`: where the snapshot goes; whatever is there is replaced."""

    file: str


Body = TypeVar("Body", bound=msgspec.Struct)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Control:
    """The back door of one emulator. `save` writes a snapshot and answers its size in bytes."""

    def __init__(self, service: Emulator, pace: Pace, save: Callable[[Path], int]) -> None:
        self._service = service
        self._pace = pace
        self._save = save

    def application(self) -> web.Application:
        """The aiohttp application; its addresses are relative to wherever it is mounted."""
        application = web.Application(middlewares=[_refusals_as_json])
        application.add_routes(
            [
                web.get("/accounts", self.accounts),
                web.post("/accounts/{user_id:\\d+}/approve-qr", self.approve_qr),
                web.post("/accounts/{user_id:\\d+}/end-sessions", self.end_sessions),
                web.post("/accounts/{user_id:\\d+}/allow-takeout", self.allow_takeout),
                web.get("/people", self.people),
                web.post("/people/{user_id:\\d+}/say", self.say),
                web.get("/messages", self.messages),
                web.get("/faults", self.standing_faults),
                web.post("/faults", self.add_fault),
                web.delete("/faults", self.clear_faults),
                web.get("/calls", self.calls),
                web.post("/snapshot", self.snapshot),
                web.post("/freeze", self.freeze),
                web.post("/thaw", self.thaw),
                *Weather(self._service, self._account).routes(),
                web.get("/", _page("index.html")),
                *(web.get(f"/{file.name}", _page(file.name)) for file in PHONE.iterdir() if file.is_file()),
            ]
        )
        return application

    async def accounts(self, _: web.Request) -> web.Response:
        """Everybody who can log in, with the codes they were sent and the sessions they have."""
        owners = [user for user in self._service.world.users.values() if _has_account(user)]
        return _json([shown.account(self._service, user) for user in owners])

    async def approve_qr(self, request: web.Request) -> web.Response:
        """Scan a QR code as that account: answers the session it lets in."""
        body = await _body(request, ApproveQr)
        key = accept(self._service, _token_of(body.url), self._account(request))
        return _json(shown.session(key))

    async def end_sessions(self, request: web.Request) -> web.Response:
        """End all sessions of that account, as its owner can on their phone."""
        keys: list[Key] = self._service.keyring.of(self._account(request).id)
        for key in keys:
            self._service.revoke(key)
        return _json({"ended": len(keys)})

    async def allow_takeout(self, request: web.Request) -> web.Response:
        """Let the sessions of that account export everything at once, as its owner can on their phone."""
        keys: list[Key] = self._service.keyring.of(self._account(request).id)
        for key in keys:
            key.takeout_from = self._service.clock().replace(microsecond=0)
        return _json({"allowed": len(keys)})

    async def people(self, _: web.Request) -> web.Response:
        """Everybody one may write as, and where to."""
        people = [user for user in self._service.world.users.values() if user.phone is None and not user.deleted]
        return _json([shown.person(self._service.world, user) for user in people])

    async def say(self, request: web.Request) -> web.Response:
        """Write something as one of the people."""
        body = await _body(request, Say)
        speaker = self._service.world.users.get(int(request.match_info["user_id"]))
        if speaker is None or speaker.phone is not None:
            raise Refused("NOBODY_TO_WRITE_AS", 404)
        if not body.text.strip():
            raise Refused("MESSAGE_EMPTY", 422)
        if self._service.frozen:
            raise Refused("FROZEN", 409)
        message = self._service.post(speaker, self._place(speaker, body.to), body.text)
        return _json({"message_id": message.id}, status=201)

    async def messages(self, request: web.Request) -> web.Response:
        """Every copy of a message with exactly that text, in all boxes."""
        copies = self._service.world.copies_of_text(request.query.get("text", ""))
        return _json([shown.copy(owner, message) for owner, message in copies])

    async def standing_faults(self, _: web.Request) -> web.Response:
        """The faults in force."""
        return _json([shown.fault(fault) for fault in self._service.faults.standing])

    async def add_fault(self, request: web.Request) -> web.Response:
        """Put a fault in force."""
        body = await _body(request, NewFault)
        try:
            fault = self._service.faults.add(Fault(**msgspec.structs.asdict(body)))
        except FaultUnclear as unclear:
            raise Refused(f"FAULT_UNCLEAR: {unclear}", 422) from unclear
        return _json(shown.fault(fault), status=201)

    async def clear_faults(self, _: web.Request) -> web.Response:
        """End all faults."""
        self._service.faults.clear()
        return web.Response(status=204)

    async def calls(self, _: web.Request) -> web.Response:
        """How often each method was called, and which were that this Telegram does not have."""
        return _json({"calls": self._service.calls, "missing": self._service.missing})

    async def snapshot(self, request: web.Request) -> web.Response:
        """Write everything to a file."""
        body = await _body(request, Save)
        return _json({"file": body.file, "bytes": self._save(Path(body.file))})

    async def freeze(self, _: web.Request) -> web.Response:
        """Stand still, for at most 15 s, so that a snapshot of something else can be of the same moment."""
        self._pace.freeze(at_most_s=_FREEZE_S)
        return web.Response(status=204)

    async def thaw(self, _: web.Request) -> web.Response:
        """Go on."""
        self._pace.thaw()
        return web.Response(status=204)

    def _account(self, request: web.Request) -> User:
        user = self._service.world.users.get(int(request.match_info["user_id"]))
        if user is None or not _has_account(user):
            raise Refused("NO_SUCH_ACCOUNT", 404)
        return user

    def _place(self, speaker: User, to: int) -> Chat:
        world = self._service.world
        place = world.users.get(to) or world.groups.get(to) or world.channels.get(to)
        if isinstance(place, User) and _has_account(place):
            return place
        if isinstance(place, Group | Channel) and speaker.id in place.members:
            return place
        raise Refused("NO_SUCH_PLACE", 404)


async def serve(application: web.Application, port: int, stack: AsyncExitStack) -> int:
    """Listen on loopback until the stack ends; port 0 takes a free one. Answers the port."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    return int(runner.addresses[0][1])


def _has_account(user: User) -> bool:
    return user.phone is not None and user.id != SERVICE_ID


def _token_of(url: str) -> bytes:
    """The token in a login link. Raises Refused."""
    try:
        parts = urlsplit(url.strip())
        (token,) = parse_qs(parts.query).get("token", [])
        if (parts.scheme, parts.netloc) != ("tg", "login"):
            raise ValueError(url)
        return base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except ValueError as malformed:
        raise Refused("NOT_A_LOGIN_LINK", 422) from malformed


async def _body(request: web.Request, shape: type[Body]) -> Body:
    if request.content_type != "application/json":
        raise Refused("NOT_JSON", 415)
    try:
        return msgspec.json.decode(await request.read(), type=shape)
    except msgspec.DecodeError as misfit:
        raise Refused(f"BODY_INVALID: {misfit}", 422) from misfit


def _json(value: Any, status: int = 200) -> web.Response:
    return web.Response(body=msgspec.json.encode(value), status=status, content_type="application/json")


def _page(name: str) -> Handler:
    """A file of the phone, never cached: it is edited while it is looked at."""

    async def page(_: web.Request) -> web.StreamResponse:
        return web.FileResponse(PHONE / name, headers={"Cache-Control": "no-store"})

    return page


@web.middleware
async def _refusals_as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Refused as refused:
        code, _, detail = refused.name.partition(": ")
        status = refused.code if refused.code in (404, 409, 415, 422) else 409
        return _json({"code": code, "title": detail or code.replace("_", " ").capitalize()}, status=status)
