"""The back door, HTTP on loopback below /control: time, rules, weather, faults, endpoints, and what was delivered.

Bodies are JSON objects, sent as `application/json`: no page of another origin can send that unasked. Refusals are
`{"error": {...}}` as the API's.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
from aiohttp import web

from dev.stripe.objects import due
from dev.stripe.webhooks import Deliveries, Endpoint, Order
from dev.stripe.wire.faults import Ordered
from dev.stripe.wire.refusals import Refused
from dev.stripe.wire.server import Api
from dev.stripe.world import World
from dev.telegram.pace import Pace

_FREEZE_S = 15.0
_JSON = "application/json"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Body = TypeVar("Body", bound=msgspec.Struct)


class Advance(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """How many seconds pass; time goes one way."""

    ahead_s: Annotated[int, msgspec.Meta(ge=0)]


class Release(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """In which order what is held is sent; `seed` of the shuffle."""

    order: Order = "as-made"
    seed: int = 0


class Save(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """`file`: where the snapshot goes; whatever is there is replaced."""

    file: str


class Settle(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """How long to wait at most."""

    within_s: float = 10.0


class Control:
    """The back door of one Stripe. `save` writes a snapshot and answers its size in bytes."""

    def __init__(self, world: World, api: Api, deliveries: Deliveries, save: Callable[[Path], int]) -> None:
        self._world = world
        self._api = api
        self._deliveries = deliveries
        self._save = save
        self._pace = Pace(api.awake.clear, api.awake.set)

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        routes = [
            web.get("/control/clock", self.clock),
            web.post("/control/clock", self.advance),
            web.get("/control/rules", self.rules),
            web.patch("/control/rules", self.set_rules),
            web.get("/control/weather", self.weather),
            web.patch("/control/weather", self.set_weather),
            web.get("/control/endpoints", self.endpoints),
            web.post("/control/endpoints", self.add_endpoint),
            web.delete("/control/endpoints", self.clear_endpoints),
            web.get("/control/deliveries", self.attempts),
            web.post("/control/deliveries/release", self.release),
            web.post("/control/deliveries/settle", self.settle),
            web.post("/control/events/{name}/resend", self.resend),
            web.get("/control/faults", self.faults),
            web.post("/control/faults", self.add_fault),
            web.delete("/control/faults", self.clear_faults),
            web.get("/control/calls", self.calls),
            web.post("/control/snapshot", self.snapshot),
            web.post("/control/freeze", self.freeze),
            web.post("/control/thaw", self.thaw),
        ]
        return [web.RouteDef(each.method, each.path, _with_refusals(each.handler), each.kwargs) for each in routes]

    def catch_up(self) -> None:
        """Do what time made due, and tell of it; not while the world stands still."""
        if self._api.awake.is_set():
            due.catch_up(self._world)
            self.tell()

    async def clock(self, _: web.Request) -> web.Response:
        """This world's time."""
        return _json({"now": self._world.now(), "ahead_s": self._world.state.ahead_s})

    async def advance(self, request: web.Request) -> web.Response:
        """Let time pass: renewals, attempts, ends, each at its own moment."""
        ahead = await _body(request, Advance)
        await self._api.awake.wait()
        due.advance(self._world, ahead.ahead_s)
        self.tell()
        return await self.clock(request)

    async def rules(self, _: web.Request) -> web.Response:
        """What the dashboard says."""
        return _json(self._world.rules)

    async def set_rules(self, request: web.Request) -> web.Response:
        """Say otherwise; what is left out stays as it is."""
        self._world.state.rules = await _changed(request, self._world.rules)
        return _json(self._world.rules)

    async def weather(self, _: web.Request) -> web.Response:
        """How deliveries fare."""
        return _json(self._deliveries.weather)

    async def set_weather(self, request: web.Request) -> web.Response:
        """Make it otherwise; what is left out stays as it is."""
        self._deliveries.weather = await _changed(request, self._deliveries.weather)
        return _json(self._deliveries.weather)

    async def endpoints(self, _: web.Request) -> web.Response:
        """Where events go, without the secrets."""
        return _json([{"url": each.url, "events": each.enabled_events} for each in self._deliveries.endpoints])

    async def add_endpoint(self, request: web.Request) -> web.Response:
        """Send events there, too; an endpoint of the same address is replaced, as while its secret is."""
        added = await _body(request, Endpoint)
        others = [each for each in self._deliveries.endpoints if each.url != added.url]
        self._deliveries.endpoints = [*others, added]
        return web.Response(status=204)

    async def clear_endpoints(self, _: web.Request) -> web.Response:
        """Send events nowhere."""
        self._deliveries.endpoints = []
        return web.Response(status=204)

    async def attempts(self, _: web.Request) -> web.Response:
        """Every attempt at a delivery, in the order they were answered."""
        return _json(self._deliveries.attempts)

    async def release(self, request: web.Request) -> web.Response:
        """Send what the weather held back."""
        body = await _body(request, Release)
        return _json({"released": self._deliveries.release(body.order, body.seed)})

    async def settle(self, request: web.Request) -> web.Response:
        """Answer when nothing is under way any more. 409 when that takes too long."""
        body = await _body(request, Settle)
        try:
            async with asyncio.timeout(body.within_s):
                await self._deliveries.settled()
        except TimeoutError:
            raise Refused(f"Not settled within {body.within_s:g} s", status=409) from None
        return web.Response(status=204)

    async def resend(self, request: web.Request) -> web.Response:
        """Send an event again, as the dashboard and `stripe events resend` do."""
        self._deliveries.send([self._world.get("event", request.match_info["name"])])
        return web.Response(status=204)

    async def faults(self, _: web.Request) -> web.Response:
        """The faults still to come."""
        return _json([each for each in self._api.faults.standing if each.times > 0])

    async def add_fault(self, request: web.Request) -> web.Response:
        """Order one."""
        self._api.faults.standing.append(await _body(request, Ordered))
        return web.Response(status=204)

    async def clear_faults(self, _: web.Request) -> web.Response:
        """End all faults."""
        self._api.faults.standing.clear()
        return web.Response(status=204)

    async def calls(self, _: web.Request) -> web.Response:
        """How often each request came, and which came that are not here."""
        return _json(dict(self._api.calls))

    async def snapshot(self, request: web.Request) -> web.Response:
        """Write everything to a file."""
        body = await _body(request, Save)
        return _json({"file": body.file, "bytes": self._save(Path(body.file))})

    async def freeze(self, _: web.Request) -> web.Response:
        """Let requests wait, for at most 15 s, so that a snapshot of something else can be of the same moment."""
        self._pace.freeze(at_most_s=_FREEZE_S)
        return web.Response(status=204)

    async def thaw(self, _: web.Request) -> web.Response:
        """Go on."""
        self._pace.thaw()
        return web.Response(status=204)

    def tell(self) -> None:
        """Send what happened on its way."""
        events, self._world.fresh_events = self._world.fresh_events, []
        self._deliveries.send(events)


async def _body(request: web.Request, shape: type[Body]) -> Body:
    return _decoded(await request.read() or b"{}", request.content_type, shape)


async def _changed(request: web.Request, before: Body) -> Body:
    """A struct with what a body names changed."""
    given = await request.read()
    named = msgspec.json.decode(given) if request.content_type == _JSON else {}
    merged = msgspec.to_builtins(before) | (named if isinstance(named, dict) else {})
    return _decoded(msgspec.json.encode(merged), request.content_type, type(before))


def _decoded(body: bytes, content_type: str, shape: type[Body]) -> Body:
    if content_type != _JSON:
        raise Refused("Bodies of the back door are application/json.", status=415)
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.DecodeError as misfit:
        raise Refused(str(misfit), status=422) from misfit


def _json(value: Any) -> web.Response:
    return web.Response(body=msgspec.json.encode(value), content_type=_JSON)


def _with_refusals(handler: Any) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            answered: web.StreamResponse = await handler(request)
        except Refused as refused:
            body = msgspec.json.encode(refused.body())
            return web.Response(status=refused.status, body=body, content_type=_JSON)
        return answered

    return handle
