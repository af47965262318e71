"""The built web app with a workspace of many chats behind it, whose API answers from memory."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bench.stand_in import NotInstalled

DIST = Path(__file__).resolve().parent.parent / "web" / "dist"
WORKSPACE, _ME, _ACCOUNT = "01JQ00000000000000000000WS", "01JQ00000000000000000000ME", "01JQ00000000000000000000AC"
_A_PAGE = 5_000
_AT = "2026-03-01T09:00:00Z"
_TYPES = (".html", "text/html"), (".js", "text/javascript"), (".css", "text/css"), (".svg", "image/svg+xml")
_KINDS = (
    "text",
    "number",
    "date",
    "select",
    "checkbox",
    "select",
    "number",
    "text",
    "date",
    "text",
    "number",
    "select",
)
_HUES = ("gray", "red", "orange", "amber", "lime", "green", "teal", "blue", "violet", "pink")


class Crowd:
    """What the API answers, by path. `chats` is how many there are; every third cell is empty."""

    def __init__(self, chats: int) -> None:
        self._count = chats
        self._columns = [_column(number, kind) for number, kind in enumerate(_KINDS)]

    def answer(self, path: str, cursor: str) -> Any:
        """The JSON of one GET, or None for what a workspace can do without."""
        where = f"/workspaces/{WORKSPACE}"
        if path == f"{where}/chats":
            return self._page(int(cursor or 0))
        return self._few.get(path.removeprefix(where) if path.startswith(where) else f"out:{path}")

    @cached_property
    def _few(self) -> dict[str, Any]:
        membership = {"id": WORKSPACE, "name": "Crowd", "role": "owner", "deletes_at": None, "logo_url": None}
        return {
            "out:/me": {"user": _USER, "workspaces": [{**membership, "state": "open"}]},
            "": {**membership, **_RIGHTS},
            "/columns": {"columns": self._columns},
            "/views": {"views": [], "default_view_id": None},
            "/accounts": {"accounts": [_ACCOUNT_CARD]},
            "/changes": {"changes": [], "next_cursor": None, "has_more": False},
        }

    def _page(self, start: int) -> dict[str, Any]:
        end = min(start + _A_PAGE, self._count)
        chats = [self._chat(number) for number in range(start, end)]
        return {"chats": chats, "next_cursor": str(end) if end < self._count else None}

    def _chat(self, number: int) -> dict[str, Any]:
        filled = [each for place, each in enumerate(self._columns) if (place + number) % 3]
        return {
            "id": f"01JQ{number:022d}",
            "account_id": _ACCOUNT,
            "title": f"Person {number:,} of the crowd",
            "telegram_title": f"Person {number:,} of the crowd",
            "kind": "private",
            "excluded": False,
            "card": {**_CARD, "priority": _PRIORITIES[number % len(_PRIORITIES)]},
            "values": {each["id"]: _stored(_value(each, number)) for each in filled},
            "private": {
                "username": f"person{number}",
                "member_count": None,
                "unread_count": number % 7,
                "last_message_id": number,
                "last_message_at": f"2026-02-{1 + number % 28:02d}T{number % 24:02d}:00:00Z",
                "last_direction": "contact" if number % 2 else "you",
                "pinned": False,
                "invite_link": None,
                "waiting_since": None,
                "silent_since": None,
                "answered": False,
            },
        }


_PRIORITIES = (None, "low", "medium", "high")
_CARD: dict[str, Any] = {
    "assignee": _ME,
    "priority": None,
    "email": None,
    "phone": None,
    "first_name": None,
    "last_name": None,
    "version": 0,
    "changed": {},
}
_USER = {
    "id": _ME,
    "email": "bench@example.org",
    "email_verified": True,
    "full_name": "Bench",
    "username": "bench",
    "has_password": True,
    "second_factor": False,
    "backup_codes_left": None,
    "legal_pending": [],
    "deletes_at": None,
    "is_staff": False,
    "time_zone": None,
}
_RIGHTS = {
    "created_at": _AT,
    "can": ["crm.see", "values.edit", "columns.manage"],
    "toggles": {},
    "entitlement": {"plan": "pro", "accounts": 5, "until": None},
    "trial_ends_at": None,
}
_ACCOUNT_CARD = {
    "id": _ACCOUNT,
    "label": "Sales",
    "name": "Sales",
    "mine": True,
    "phone": None,
    "username": None,
    "standing": {
        "state": "healthy",
        "sending_until": None,
        "slow_until": None,
        "limited_at": None,
        "broadcasts_an_hour": 30,
    },
    "unknown_sessions": 0,
    "connections": [],
}


def _column(number: int, kind: str) -> dict[str, Any]:
    options = [{"id": f"{number}-{hue}", "name": hue.title(), "hue": hue} for hue in _HUES]
    return {
        "id": f"01JQ0000000000000000COL{number:03d}",
        "key": f"column_{number}",
        "name": f"Column {number}",
        "type": kind,
        "options": options if kind == "select" else [],
        "archived_options": [],
        "description": "",
        "required": False,
        "reserved": False,
        "default": None,
        "conversion": None,
        "merge": None,
        "position": number,
        "version": 1,
    }


def _value(column: dict[str, Any], number: int) -> object:
    match column["type"]:
        case "number":
            return number * 7 % 10_000 / 4
        case "date":
            return f"2026-{1 + number % 12:02d}-{1 + number % 28:02d}"
        case "select":
            return column["options"][number % len(_HUES)]["id"]
        case "checkbox":
            return bool(number % 2)
        case _:
            return f"Note {number} on what was agreed"


def _stored(value: object) -> dict[str, Any]:
    return {"value": value, "version": 1, "set_at": _AT, "set_by": _ME, "is_cut": False}


@contextmanager
def crowded_workspace(chats: int) -> Iterator[str]:
    """Serve the app and its API; gives the address of the origin.

    Raises:
        NotInstalled: the web app is not built.
    """
    if not (DIST / "index.html").exists():
        raise NotInstalled("The web app is not built: `python3 dev/bootstrap.py npm run build` brings it.")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(Crowd(chats)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _handler(crowd: Crowd) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            if not path.startswith("/api/"):
                self._file(path)
                return
            cursor = query.rpartition("cursor=")[2] if "cursor=" in query else ""
            body = crowd.answer(path.removeprefix("/api"), cursor)
            self._json(404 if body is None else 200, body if body is not None else _PROBLEM)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self._json(503, _PROBLEM)

        def _file(self, path: str) -> None:
            asked = (DIST / path.lstrip("/")).resolve()
            found = asked if asked.is_relative_to(DIST) and asked.is_file() else DIST / "index.html"
            kind = next((name for ending, name in _TYPES if found.name.endswith(ending)), "application/octet-stream")
            self._send(200, found.read_bytes(), kind)

        def _json(self, status: int, body: object) -> None:
            self._send(status, json.dumps(body).encode(), "application/json")

        def _send(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, code: object = "-", size: object = "-") -> None:
            """Say nothing: the figures are all that is told."""

    return Handler


_PROBLEM = {"type": "about:blank", "title": "Nothing here", "status": 404, "code": "not-found"}
