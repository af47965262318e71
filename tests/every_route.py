"""Every declared route, with a path and a body it would take: what the walking tests walk."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import inspect

from app import apis
from chalicelib.edge.api import Allow, Route
from chalicelib.kernel.permissions import Action
from tests.api_client import ApiClient, Browser

_PARAMETER = re.compile(r"{(\w+)}")

_MISFITS: tuple[Any, ...] = (
    *(None, 7, -1, 10**30, 1e308, True),
    *("", " ", "\x00", "\u202e🦊", "2026-13-45", "x" * 900_000),
    *([], {}, [None], [[[[1]]]], [{}] * 10_000),
)


def every_route() -> list[Route]:
    """All of them, in the order they are mounted."""
    return [route for api in apis() for route in api.routes]


def of_workspaces() -> list[Route]:
    """Those that name a workspace."""
    return [route for route in every_route() if isinstance(route.allow, Action)]


def guarded() -> list[Route]:
    """Those that nobody may call."""
    return [route for route in every_route() if route.allow is not Allow.ANYONE]


def name_of(route: Route) -> str:
    """A route as a failing test names it."""
    return f"{route.method} {route.path}"


def parameters_of(route: Route) -> list[str]:
    """What its path asks for besides the workspace."""
    return [name for name in _PARAMETER.findall(route.path) if name != "workspace_id"]


def filled(route: Route, values: Mapping[str, str]) -> str:
    """Its path with these values."""
    return _PARAMETER.sub(lambda found: values[found[1]], route.path)


def looked_at(api: ApiClient, browser: Browser, values: Mapping[str, str]) -> dict[str, int]:
    """What somebody is answered where they look in a workspace, by route: another status where something is gone."""
    questions = [route for route in of_workspaces() if route.method == "GET"]
    return {name_of(route): api.get(filled(route, values), browser).status for route in questions}


def body_of(route: Route) -> Any:
    """The smallest body that fits the declared shape; None where it takes none."""
    return None if route.body is None else _sample(inspect.type_info(route.body))


def _sample(shape: inspect.Type) -> Any:
    match shape:
        case inspect.StructType():
            return {field.encode_name: _sample(field.type) for field in shape.fields if field.required}
        case inspect.Metadata():
            return _sample(shape.type)
        case inspect.StrType():
            return "x" * (shape.min_length or 1)
        case inspect.IntType() | inspect.FloatType():
            return shape.ge or 0
        case inspect.EnumType():
            return next(iter(shape.cls)).value
        case inspect.LiteralType():
            return shape.values[0]
        case inspect.UnionType():
            return _sample(next(each for each in shape.types if not isinstance(each, inspect.NoneType)))
        case _:
            return _PLAIN.get(type(shape), {})


_PLAIN: Mapping[type[inspect.Type], Any] = {
    inspect.BoolType: True,
    inspect.ListType: [],
    inspect.DateTimeType: "2030-01-01T00:00:00Z",
}


def odd_bodies(route: Route) -> Iterator[bytes]:
    """Bodies that make no sense for this route, each in another way."""
    yield from (b"", b"{", b"null", b"[]", b"7", b'"x"', b"\xff\xfe{}", b'{"\\ud800": 1}', b"\x00")
    yield b"[" * 100_000
    yield b'{"a":' * 50_000 + b"1" + b"}" * 50_000
    yield b'{"unheard_of": 1}'
    yield b" " * 10_000_000
    fitting = body_of(route) or {}
    for field in msgspec.structs.fields(route.body) if route.body else ():
        for misfit in _MISFITS:
            yield msgspec.json.encode(fitting | {field.encode_name: misfit})
        whole = msgspec.json.encode(fitting | {field.encode_name: "HALF"})
        yield whole.replace(b"HALF", b"\\ud83e")
        yield whole.replace(b"HALF", b"\xed\xa0\xbe")
