"""Routes: a path, who may call, the shapes in and out; and the way every request takes through the edge.

A slice declares its routes on an `Api`; app.py mounts it. The declarations are also what the OpenAPI document and the
walking tenancy tests are made from, so that a new route is covered by both without anyone remembering. The shapes of
query, body and answer are those of the view's signature. Route modules begin with `from __future__ import annotations`
and name shapes as `schemas.TicketOut`: a slice's schemas are then read by its first request (decision 0009).
"""

import hmac
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from typing import Any, get_type_hints
from urllib.parse import unquote

import msgspec
from chalice.app import Blueprint, Response

from chalicelib import logs, services, settings
from chalicelib.adapters import shapes
from chalicelib.adapters.limits import Limit, subject_of
from chalicelib.edge import cookies, problem
from chalicelib.edge.call import Call
from chalicelib.edge.problem import BodyTooLarge, UnexpectedFault
from chalicelib.kernel import ids, tokens
from chalicelib.kernel.errors import Fact, ForeignOrigin, Invalid, OriginClosed, Unreadable
from chalicelib.kernel.permissions import Action
from chalicelib.kernel.records import record
from chalicelib.logs import log
from chalicelib.table import proof
from chalicelib.table.proof import Caller

MAX_BODY_BYTES = 1_000_000
MAX_IDEMPOTENCY_KEY_CHARACTERS = 255

View = Callable[..., Any]


class Allow(Enum):
    """Who may call a route that is about no workspace."""

    ANYONE = "anyone"
    SIGNED_IN = "signed-in"


@record
class Route:
    """One declared route.

    `once` says that it takes an `Idempotency-Key`, `while_deleted` that it also answers for a workspace whose deletion
    was asked for. `raw` is how many bytes a route takes as they came, whose sender proves itself by signing them: no
    browser sends those, so no origin is asked.
    """

    method: str
    path: str
    view: View
    allow: Allow | Action
    status: int
    limit: Limit | None
    raises: tuple[type[Fact], ...]
    once: bool
    while_deleted: bool
    raw: int | None

    @property
    def body(self) -> type[msgspec.Struct] | None:
        """The shape of the JSON body, None where there is none."""
        return _hints(self.view).get("body")

    @property
    def query(self) -> type[msgspec.Struct] | None:
        """The shape of the query, None where none is looked at."""
        return _hints(self.view).get("query")

    @property
    def answer(self) -> type[msgspec.Struct] | None:
        """The shape of the answer, None where it has no body."""
        shape = _hints(self.view)["return"]
        return None if shape is type(None) else shape


@cache
def _hints(view: View) -> dict[str, Any]:
    """What a view's signature names; the first call for a slice reads its schemas."""
    return get_type_hints(view)


class Api:
    """The routes of one slice."""

    def __init__(self, name: str) -> None:
        self.blueprint = Blueprint(name)
        self.routes: list[Route] = []

    def get(self, path: str, **declared: Any) -> Callable[[View], View]:
        """Declare a read."""
        return self._route("GET", path, **declared)

    def post(self, path: str, **declared: Any) -> Callable[[View], View]:
        """Declare an action or a creation; with `once` its `Idempotency-Key` is `call.idempotency_key`."""
        return self._route("POST", path, **declared)

    def put(self, path: str, **declared: Any) -> Callable[[View], View]:
        """Declare a replacement."""
        return self._route("PUT", path, **declared)

    def patch(self, path: str, **declared: Any) -> Callable[[View], View]:
        """Declare a change of parts."""
        return self._route("PATCH", path, **declared)

    def delete(self, path: str, **declared: Any) -> Callable[[View], View]:
        """Declare a removal."""
        return self._route("DELETE", path, **declared)

    def _route(
        self,
        method: str,
        path: str,
        *,
        allow: Allow | Action,
        status: int = 200,
        limit: Limit | None = None,
        raises: tuple[type[Fact], ...] = (),
        once: bool = False,
        while_deleted: bool = False,
        raw: int | None = None,
    ) -> Callable[[View], View]:
        def declare(view: View) -> View:
            route = Route(
                method=method,
                path=path,
                view=view,
                allow=allow,
                status=status,
                limit=limit,
                raises=raises,
                once=once,
                while_deleted=while_deleted,
                raw=raw,
            )
            self.routes.append(route)
            endpoint = _endpoint(route, self.blueprint)
            read_as = ["application/json"] if "body" in view.__annotations__ else ["*/*"]
            self.blueprint.route(path, methods=[method], name=view.__name__, content_types=read_as)(endpoint)
            return view

        return declare


def _endpoint(route: Route, blueprint: Blueprint) -> View:
    def endpoint(**path: str) -> Response:
        request = blueprint.current_request
        headers: Mapping[str, str] = request.headers
        request_id = ids.mint()
        with logs.bound(request_id=request_id, route=f"{route.method} {route.path}"):
            try:
                return _answer(route, request, headers, {k: unquote(v) for k, v in path.items()}, request_id)
            except Fact as refusal:
                log.info("request.refused", code=refusal.code)
                return problem.response(refusal, request_id=request_id)
            except Exception as crash:  # noqa: BLE001 - the border of a unit of work
                log.error("request.crashed", crash=crash)
                return problem.response(UnexpectedFault(), request_id=request_id)

    endpoint.__name__ = route.view.__name__
    return endpoint


def _answer(
    route: Route, request: Any, headers: Mapping[str, str], path: Mapping[str, str], request_id: str
) -> Response:
    call = Call(
        request_id=request_id,
        caller=Caller(address=_address(headers), device=headers.get("user-agent", "")[:300]),
        services=services.current(),
        token=cookies.read(headers.get("cookie")),
        cookie_header=headers.get("cookie", ""),
        headers=headers,
    )
    _refuse_other_doors(route, headers)
    if route.allow is Allow.ANYONE:
        _count(route, call, subject_of(call.caller.address))
    arguments = _prove(route, call, path)
    if route.allow is not Allow.ANYONE:
        _count(route, call, tokens.hashed(call.session.user_id))
    call.idempotency_key = _idempotency_key(headers, route, call)
    if route.query is not None:
        arguments["query"] = shapes.converted(request.query_params or {}, route.query)
    if route.body is not None:
        arguments["body"] = _decoded(request, route.body)
    if route.raw is not None:
        arguments["raw"] = _bytes_of(request, route.raw)
    result = route.view(call, **arguments)
    log.info("request.answered", status=route.status)
    return Response(
        body="" if result is None else msgspec.json.encode(result).decode(),
        status_code=route.status,
        headers={"Content-Type": "application/json", "Cache-Control": "no-store", **_set_cookies(call)},
    )


def _count(route: Route, call: Call, who: str) -> None:
    """Count a request to a limited route: by address where anyone may call, else by person, whoever shares theirs."""
    if route.limit is not None:
        call.services.limits.take(route.limit, who)


def _prove(route: Route, call: Call, path: Mapping[str, str]) -> dict[str, Any]:
    """Prove what the route demands; the workspace leaves the arguments, since the handle stands for it."""
    arguments = dict(path)
    match route.allow:
        case Action() as action:
            workspace_id = arguments.pop("workspace_id")
            session, tenant = proof.prove_membership(
                call.token or "", workspace_id, call.caller, now=call.clock, while_deleted=route.while_deleted
            )
            call.proven_session, call.proven_tenant = session, tenant
            tenant.require(action)
        case Allow.SIGNED_IN:
            call.proven_session = proof.prove_session(call.token or "", now=call.clock)
        case Allow.ANYONE:
            return arguments
    proof.note_use(call.session, now=call.clock)
    return arguments


def _refuse_other_doors(route: Route, headers: Mapping[str, str]) -> None:
    """Only through the front door, and for changes only from our own pages (product.md, CSRF)."""
    here = settings.current()
    shown = headers.get("x-origin-secret", "")
    if not hmac.compare_digest(shown.encode("utf-8", "replace"), here.origin_secret.encode()):
        raise OriginClosed
    if route.method == "GET" or route.raw is not None:
        return
    origin = headers.get("origin")
    if origin is None and headers.get("sec-fetch-site") == "same-origin":
        return
    if origin != here.public_origin:
        raise ForeignOrigin


def _decoded(request: Any, shape: type[msgspec.Struct]) -> Any:
    return shapes.decoded(_bytes_of(request, MAX_BODY_BYTES), shape)


def _bytes_of(request: Any, most: int) -> bytes:
    try:
        raw: bytes = request.raw_body
    except UnicodeError:
        raise Unreadable("The body is not UTF-8.") from None
    if len(raw) > most:
        raise BodyTooLarge(f"A request may have {most} bytes.")
    return raw


def _idempotency_key(headers: Mapping[str, str], route: Route, call: Call) -> str | None:
    """The caller's key, good for this route and person only: others may happen to choose the same letters."""
    key = headers.get("idempotency-key") if route.once else None
    if key is None:
        return None
    if not 0 < len(key) <= MAX_IDEMPOTENCY_KEY_CHARACTERS:
        raise Invalid(f"Idempotency-Key has 1 to {MAX_IDEMPOTENCY_KEY_CHARACTERS} characters.")
    who = "" if call.proven_session is None else call.proven_session.user_id
    return f"{route.method} {route.path} {who} {key}"


def _address(headers: Mapping[str, str]) -> str:
    """The client's address. Only CloudFront's header counts: X-Forwarded-For is whatever the client wrote."""
    address, _, _port = headers.get("cloudfront-viewer-address", "").rpartition(":")
    return address.strip("[]")


def _set_cookies(call: Call) -> dict[str, Any]:
    return {"Set-Cookie": call.cookies} if call.cookies else {}
