"""The API over HTTP: who may ask, in which version, what a repeated request gets, and errors as Stripe words them."""

import asyncio
import base64
import hmac
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from dev.stripe.webhooks import Deliveries
from dev.stripe.wire.faults import Fault, Faults
from dev.stripe.wire.params import Params, decoded
from dev.stripe.wire.refusals import API, IDEMPOTENCY, Refused
from dev.stripe.wire.routes import ROUTES, Route
from dev.stripe.wire.shown import expanded
from dev.stripe.world import API_VERSION, Cause, Reply, Thing, World

_DECLINED = 402
_LONGEST_KEY = 255
_SLOW_S = 60.0

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Api:
    """Stripe's API in front of a world.

    `key` is the secret key that requests must show. While `awake` is not set, nothing changes in the world: whoever
    would change it waits.
    """

    def __init__(self, world: World, deliveries: Deliveries, *, key: str, awake: asyncio.Event) -> None:
        self.faults = Faults()
        self.calls: Counter[str] = Counter()
        self.awake = awake
        self._world = world
        self._deliveries = deliveries
        self._key = key

    def routes(self) -> list[web.RouteDef]:
        """Every address below /v1."""
        known = [web.route(each.method, f"/v1/{each.path}", self._handler(each)) for each in ROUTES]
        return [*known, web.route("*", "/v1/{rest:.*}", self._unknown)]

    def _handler(self, route: Route) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            self.calls[f"{route.method} /v1/{route.path}"] += 1
            text = await request.text() if request.method == "POST" else request.query_string
            fault = self.faults.strikes(request.method, request.path)
            if fault is Fault.CUT:
                return _cut(request)
            if fault is Fault.SLOW:
                await asyncio.sleep(_SLOW_S)
            await self.awake.wait()
            answered = self._answer(request, route, text, fault)
            self._deliver()
            return _cut(request) if fault is Fault.CUT_AFTER else answered

        return handle

    def _answer(self, request: web.Request, route: Route, text: str, fault: Fault | None) -> web.Response:
        request_id = self._world.mint("req_")
        try:
            _refuse_by(fault)
            self._admit(request)
            key = request.headers.get("Idempotency-Key") if request.method == "POST" else None
            asked = f"{request.method} {request.path} {text}"
            if key and (kept := self._kept(key, asked)):
                return _sent(kept.status, kept.body, request_id, {"Idempotent-Replayed": "true"} | _first(kept))
            status, body = self._run(route, request, text, Cause(request_id=request_id, idempotency_key=key))
            if key:
                at = self._world.now()
                reply = Reply(asked=asked, status=status, body=body, request_id=request_id, at=at)
                self._world.keep_reply(key, reply)
            return _sent(status, body, request_id, {"Idempotency-Key": key} if key else {})
        except Refused as refused:
            return _sent(refused.status, refused.body(), request_id, {})

    def _run(self, route: Route, request: web.Request, text: str, cause: Cause) -> tuple[int, Thing]:
        """Do it, all or nothing. That a card was declined is an answer like another, and kept as one."""
        world = self._world
        world.cause = cause
        try:
            with world.change(pretends=route.pretends):
                params = Params(decoded(text))
                paths = params.words("expand")
                thing = route.act(world, params, request.match_info.get("name", ""))
                if unread := params.unread():
                    raise _unknown_parameter(unread[0])
                return 200, expanded(world, thing, paths)
        except Refused as refused:
            if refused.status != _DECLINED:
                raise
            return refused.status, refused.body()
        finally:
            world.cause = Cause()

    def _kept(self, key: str, asked: str) -> Reply | None:
        """What the first request with this key was answered.

        Raises:
            Refused: it asked for something else.
        """
        if len(key) > _LONGEST_KEY:
            raise Refused(f"Idempotency keys can be at most {_LONGEST_KEY} characters long.", kind=IDEMPOTENCY)
        kept = self._world.reply_to(key)
        if kept is not None and kept.asked != asked:
            raise Refused(
                "Keys for idempotent requests can only be used with the same parameters they were first used with. "
                f"Try using a key other than '{key}' if you meant to execute a different request.",
                kind=IDEMPOTENCY,
            )
        return kept

    def _admit(self, request: web.Request) -> None:
        shown = _key_of(request.headers)
        if not hmac.compare_digest(shown.encode(), self._key.encode()):
            raise Refused(f"Invalid API Key provided: {shown[:8]}****", status=401)
        version = request.headers.get("Stripe-Version", API_VERSION)
        if version != API_VERSION:
            raise Refused(f"Invalid Stripe API version: {version}. The local Stripe speaks {API_VERSION} alone.")

    def _deliver(self) -> None:
        events, self._world.fresh_events = self._world.fresh_events, []
        self._deliveries.send(events)

    async def _unknown(self, request: web.Request) -> web.Response:
        self.calls[f"{request.method} {request.path}, which is not here"] += 1
        reason = f"Unrecognized request URL ({request.method}: {request.path})."
        return _sent(404, Refused(reason).body(), self._world.mint("req_"), {})


def _refuse_by(fault: Fault | None) -> None:
    if fault is Fault.SERVER_ERROR:
        raise Refused("An unknown error occurred", status=500, kind=API)
    if fault is Fault.TOO_MANY:
        raise Refused("Request rate limit exceeded.", status=429, code="rate_limit")


def _unknown_parameter(name: str) -> Refused:
    return Refused(f"Received unknown parameter: {name}", code="parameter_unknown", param=name)


def _key_of(headers: Mapping[str, str]) -> str:
    kind, _, given = headers.get("Authorization", "").partition(" ")
    if kind == "Basic":
        try:
            return base64.b64decode(given).decode().partition(":")[0]
        except ValueError:
            return ""
    return given if kind == "Bearer" else ""


def _first(kept: Reply) -> dict[str, str]:
    return {"Original-Request": kept.request_id}


def _sent(status: int, body: Thing, request_id: str, headers: Mapping[str, str]) -> web.Response:
    own = {"Request-Id": request_id, "Stripe-Version": API_VERSION, "Cache-Control": "no-cache, no-store"}
    text = json.dumps(body, indent=2, ensure_ascii=False)
    return web.Response(status=status, text=text, content_type="application/json", headers=own | dict(headers))


def _cut(request: web.Request) -> web.Response:
    """Break the line: the other side gets no answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
