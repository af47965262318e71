"""The OpenAPI 3.1 document, written from the declared routes. `make openapi` keeps docs/api/openapi.json true."""

import inspect
import re
from collections.abc import Iterable
from typing import Any

import msgspec

from chalicelib.edge import problem
from chalicelib.edge.api import MAX_IDEMPOTENCY_KEY_CHARACTERS, Allow, Api, Route
from chalicelib.kernel.errors import (
    Fact,
    ForeignOrigin,
    Invalid,
    NotFound,
    TooMany,
    Unauthenticated,
    Unavailable,
    Unreadable,
)
from chalicelib.kernel.permissions import Action, PermissionMissing
from chalicelib.kernel.plans import ENTITLEMENTS, ProSeatNeeded, SeatNeeded, TrialOver
from chalicelib.kernel.problems import BodyTooLarge, MediaTypeUnsupported, UnexpectedFault
from chalicelib.table.proof import SecondFactorRequired

_PARAMETER = re.compile(r"{(\w+)}")
_REFERENCE = "#/components/schemas/{name}"


class ProblemErrorOut(msgspec.Struct, forbid_unknown_fields=True):
    """One place of the request that is wrong; `pointer` is a JSON pointer (RFC 6901)."""

    pointer: str
    detail: str


class ProblemOut(msgspec.Struct):
    """A refusal. Source: RFC 9457. Switch on `code`, never on text."""

    type: str
    title: str
    status: int
    code: str
    request_id: str
    detail: str = ""
    errors: list[ProblemErrorOut] = []
    standing: dict[str, Any] = {}
    retry_after_s: int | None = None


def document(apis: Iterable[Api], *, version: str) -> dict[str, Any]:
    """The whole document as JSON values."""
    routes = [route for api in apis for route in api.routes]
    named = {shape for route in routes for shape in (route.body, route.answer) if shape is not None}
    shapes = [ProblemOut, *sorted(named, key=lambda shape: shape.__name__)]
    _, components = msgspec.json.schema_components(shapes, ref_template=_REFERENCE)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Wireroom", "version": version},
        "servers": [{"url": "/api"}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": components,
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "__Host-wireroom"}},
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    summary, _, description = inspect.getdoc(route.view).partition("\n")  # type: ignore[union-attr]
    operation: dict[str, Any] = {
        "operationId": route.view.__name__,
        "summary": summary,
        "description": description.strip(),
        "parameters": [*_path_parameters(route), *_query_parameters(route), *_header_parameters(route)],
        "responses": {**_success(route), **_problems(route)},
        "security": [] if route.allow is Allow.ANYONE else [{"session": []}],
        "x-allow": route.allow.value,
    }
    if route.body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": _ref(route.body)}}}
    if route.raw is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
    return operation


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[^/]+$"}}
        for name in _PARAMETER.findall(route.path)
    ]


def _query_parameters(route: Route) -> list[dict[str, Any]]:
    if route.query is None:
        return []
    schema = msgspec.json.schema(route.query)["$defs"][route.query.__name__]
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": shape}
        for name, shape in schema["properties"].items()
    ]


def _header_parameters(route: Route) -> list[dict[str, Any]]:
    if not route.once:
        return []
    shape = {"type": "string", "minLength": 1, "maxLength": MAX_IDEMPOTENCY_KEY_CHARACTERS}
    said = "A repetition with the same key answers as the first request did, for seven days."
    return [{"name": "Idempotency-Key", "in": "header", "required": False, "schema": shape, "description": said}]


def _success(route: Route) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": "Done."}
    if route.answer is not None:
        answer["content"] = {"application/json": {"schema": _ref(route.answer)}}
    return {str(route.status): answer}


def _problems(route: Route) -> dict[str, Any]:
    by_status: dict[int, set[str]] = {}
    for fact in _facts(route):
        by_status.setdefault(problem.status_of(fact), set()).add(fact.code)
    return {
        str(status): {
            "description": ", ".join(sorted(codes)),
            "content": {problem.MEDIA_TYPE: {"schema": _ref(ProblemOut)}},
        }
        for status, codes in sorted(by_status.items())
    }


def _facts(route: Route) -> list[type[Fact]]:
    facts: list[type[Fact]] = [*route.raises, UnexpectedFault, Unavailable]
    if route.method != "GET" and route.raw is None:
        facts.append(ForeignOrigin)
    if route.raw is not None:
        facts += [Unreadable, BodyTooLarge]
    if route.body is not None:
        facts += [Unreadable, BodyTooLarge, MediaTypeUnsupported]
    if route.body is not None or route.query is not None or route.once:
        facts.append(Invalid)
    if route.limit is not None:
        facts.append(TooMany)
    if route.allow is not Allow.ANYONE:
        facts.append(Unauthenticated)
    if isinstance(route.allow, Action):
        facts += [NotFound, PermissionMissing, SecondFactorRequired]
    if route.allow in ENTITLEMENTS:
        facts += [SeatNeeded, TrialOver, ProSeatNeeded]
    return facts


def _ref(shape: type[msgspec.Struct]) -> dict[str, str]:
    return {"$ref": _REFERENCE.format(name=shape.__name__)}
