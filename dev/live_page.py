"""docs/api/live.md: what travels over the socket, from the code's own declarations. Written by `make openapi`."""

import inspect
from collections.abc import Mapping
from typing import Any

import msgspec

from session_worker.gateway import conversation, frames, send_queue, server
from session_worker.gateway.desks import desk
from session_worker.gateway.events import CLOSINGS, EVENTS
from session_worker.gateway.results import RESULTS
from session_worker.telegram import drafts, media, messages

_SHARED = ("type", "id")
_SHAPES = {"Message": messages.to_wire, "Media": media.media_of, "Draft": drafts.to_wire}
_HEAD = """# The live socket

Written by `make openapi` from session_worker/gateway. One WebSocket a browser tab, `/live/socket`, text frames of JSON.

1. The first frame says hello within HELLO_S seconds: `{"type": "hello", "pass": …}`, with a pass from
   `POST /api/workspaces/{workspace_id}/gateway-passes`. It is answered by `welcome`:
   `{type, seq, connections: [{account_id, state}]}`.
2. A request is `{id, type, …}`; its answer is `{re, type: "ok", result}` or `{re, type: "problem", problem}`, where
   `re` is the request's `id`. Answers come in any order.
3. An event is `{seq, type, …}`. `seq` begins anew with each socket and grows by one an event: a gap shows that
   something was missed.
4. Whoever comes back reads what the workspace shares from its last cursor
   (`GET /api/workspaces/{workspace_id}/changes`) and asks for the chats it shows anew; messages are kept for nobody.
5. Every 10 minutes a `renew` brings a new pass.
"""


def page() -> str:
    """The whole document."""
    return "".join((_head(), _requests(), _events(), _shapes(), _closings(), _limits()))


def _head() -> str:
    return _HEAD.replace("HELLO_S", str(server.HELLO_S))


def _requests() -> str:
    return "\n## Requests\n" + "".join(_request(struct) for struct in desk.REQUESTS)


def _request(struct: type) -> str:
    _, components = msgspec.json.schema_components([struct])
    schema = components[struct.__name__]
    kind = schema["properties"]["type"]["enum"][0]
    needed = schema.get("required", ())
    rows = "".join(
        f"| `{name}` | {_shape(about, components)} | {'yes' if name in needed else 'no'} |\n"
        for name, about in schema["properties"].items()
        if name not in _SHARED
    )
    table = f"\n| Field | What it may be | Needed |\n| --- | --- | --- |\n{rows}" if rows else ""
    answer = f"Answered with {RESULTS[kind]}." if kind in RESULTS else "Answered once it is done."
    return f"\n### `{kind}`\n\n{_text(struct)}\n\n{answer}\n{table}"


def _shape(about: Mapping[str, Any], components: Mapping[str, Any]) -> str:
    """A field's JSON schema in words."""
    match about:
        case {"anyOf": [*choices]}:
            return " or ".join(_shape(each, components) for each in choices)
        case {"$ref": str(place)}:
            return _object(components[place.rpartition("/")[2]], components)
        case {"enum": [*values]}:
            return ", ".join(f"`{value}`" for value in values)
        case {"type": "array", "items": items}:
            bounds = _bounds(about, "minItems", "maxItems", "")
            return f"list{bounds} of {_shape(items, components)}"
        case {"type": "string"}:
            pattern = f", `{about['pattern']}`".replace("|", "\\|") if "pattern" in about else ""
            return f"text{_bounds(about, 'minLength', 'maxLength', ' characters')}{pattern}"
        case {"type": "integer" | "number"}:
            return f"number{_bounds(about, 'minimum', 'maximum', '')}"
        case {"type": str(kind)}:
            return {"boolean": "true or false"}.get(kind, kind)
        case _:
            return "anything"


def _object(schema: Mapping[str, Any], components: Mapping[str, Any]) -> str:
    inner = "; ".join(f"`{name}` {_shape(about, components)}" for name, about in schema.get("properties", {}).items())
    return f"{{{inner}}}"


def _bounds(about: Mapping[str, Any], least: str, most: str, unit: str) -> str:
    match about.get(least), about.get(most):
        case None, None:
            return ""
        case None, int(high):
            return f", at most {high:,}{unit}"
        case int(low), None:
            return f", at least {low:,}{unit}"
        case low, high:
            return f", {low:,} to {high:,}{unit}"


def _events() -> str:
    rows = "".join(f"| `{kind}` | {told.fields} | {told.meaning} |\n" for kind, told in EVENTS.items())
    return f"\n## Events\n\n| Type | Carries | Meaning |\n| --- | --- | --- |\n{rows}"


def _shapes() -> str:
    return "".join(f"\n### {name}\n\n{_text(made_by)}\n" for name, made_by in _SHAPES.items())


def _closings() -> str:
    rows = "".join(f"| `{reason}` | {meaning} |\n" for reason, meaning in CLOSINGS.items())
    return (
        "\n## Reasons for closing\n\nEvery other reason is the code of a problem: the person, or what they may, has "
        f"changed.\n\n| Reason | Meaning |\n| --- | --- |\n{rows}"
    )


def _limits() -> str:
    rows = (
        ("A frame of a browser", f"{frames.MAX_FRAME_BYTES:,} bytes; a larger one closes the socket"),
        ("Requests of a socket", f"{conversation.REQUESTS_PER_S} a second, {conversation.REQUESTS_AT_ONCE} at once"),
        ("Requests under way on a socket", f"{conversation.MAX_UNDER_WAY}"),
        ("Frames that wait for a slow browser", f"{send_queue.MAX_WAITING:,}, {send_queue.MAX_WAITING_BYTES:,} bytes"),
    )
    return "\n## Limits\n\n| What | How much |\n| --- | --- |\n" + "".join(
        f"| {what} | {much} |\n" for what, much in rows
    )


def _text(documented: object) -> str:
    """A docstring's paragraphs, each on a line of its own; backslashes and pipes are as they stand."""
    paragraphs = (inspect.getdoc(documented) or "").split("\n\n")
    return "\n\n".join(" ".join(each.split()) for each in paragraphs)
