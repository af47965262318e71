"""A browser's socket to the gateway: says hello, asks, hears."""

import asyncio
import itertools
import json
from collections.abc import Callable
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from chalicelib import settings
from chalicelib.adapters import passes
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.ids import SessionId, UserId, WorkspaceId
from chalicelib.table.proof import hashed_secret
from tests.scene import Person

PATIENCE_S = 15

Wire = dict[str, Any]


class Refused(Exception):
    """The gateway answered with a problem."""

    def __init__(self, problem: Wire) -> None:
        super().__init__(problem["code"])
        self.problem = problem
        self.code: str = problem["code"]


def a_pass(person: Person, workspace_id: WorkspaceId, *, version: int = 1) -> str:
    """A gateway pass, as the API signs it."""
    made, _ = passes.issue(
        settings.current().pass_private_key or b"",
        session_id=session_of(person),
        user_id=UserId(person.user_id),
        full_name=person.name,
        workspace_id=workspace_id,
        version=version,
        at=utc_now(),
    )
    return made


def session_of(person: Person) -> SessionId:
    """The session that a person's token opens."""
    return hashed_secret(person.token.partition(".")[2])


def headers(**different: str | None) -> dict[str, str]:
    """What the edge and a browser add to the request for a socket."""
    here = settings.current()
    known = {
        "Origin": here.public_origin,
        "X-Origin-Secret": here.origin_secret,
        "CloudFront-Viewer-Address": "203.0.113.7:443",
    }
    return {name: value for name, value in (known | different).items() if value is not None}


class LiveBrowser:
    """One socket. Answers go to who asked; events are kept in order until somebody waits for them."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.welcome: Wire = {}
        self.events: list[Wire] = []
        self._answers: dict[str, asyncio.Future[Wire]] = {}
        self._names = itertools.count(1)
        self._news = asyncio.Condition()
        self._reader: asyncio.Task[None] | None = None

    async def say_hello(self, gateway_pass: str) -> None:
        """Say hello and begin to listen."""
        await self.socket.send_json({"type": "hello", "pass": gateway_pass})
        self.welcome = await self.socket.receive_json(timeout=PATIENCE_S)
        self._reader = asyncio.create_task(self._read())

    async def ask(self, kind: str, /, **body: Any) -> Wire:
        """The result of a request. Raises Refused."""
        answer = await asyncio.wait_for(self.begin(kind, **body), PATIENCE_S)
        if answer["type"] == "problem":
            raise Refused(answer["problem"])
        result: Wire = answer["result"]
        return result

    def begin(self, kind: str, /, **body: Any) -> asyncio.Future[Wire]:
        """Send a request now; the answer's frame comes later."""
        name = f"c{next(self._names)}"
        answer = self._answers[name] = asyncio.get_running_loop().create_future()
        frame = json.dumps({"id": name, "type": kind, **body})
        self._sending = asyncio.ensure_future(self.socket.send_str(frame))
        return answer

    async def say(self, raw: str) -> Wire:
        """Send anything; gives the answer that names no request."""
        answer = self._answers[""] = asyncio.get_running_loop().create_future()
        await self.socket.send_str(raw)
        return await asyncio.wait_for(answer, PATIENCE_S)

    async def hear(self, kind: str, when: Callable[[Wire], bool] = lambda _: True) -> Wire:
        """The next event of that kind, taken out; events of other kinds stay."""
        async with asyncio.timeout(PATIENCE_S), self._news:
            while True:
                for event in self.events:
                    if event["type"] == kind and when(event):
                        self.events.remove(event)
                        return event
                await self._news.wait()

    def heard(self, kind: str) -> list[Wire]:
        """Events of that kind nobody has waited for yet."""
        return [event for event in self.events if event["type"] == kind]

    async def closing(self) -> tuple[str, int | None]:
        """Why and with which code the gateway closes; waits for it."""
        event = await self.hear("closing")
        if self._reader is not None:
            await asyncio.wait_for(self._reader, PATIENCE_S)
        return event["reason"], self.socket.close_code

    async def close(self) -> None:
        """Leave."""
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
        await self.socket.close()

    async def _read(self) -> None:
        async for message in self.socket:
            if message.type is not WSMsgType.TEXT:
                return
            frame = json.loads(message.data)
            if "re" in frame:
                self._answers.pop(frame["re"]).set_result(frame)
                continue
            async with self._news:
                self.events.append(frame)
                self._news.notify_all()


async def open_socket(http: ClientSession, port: int, **different: str | None) -> LiveBrowser:
    """A socket that has not said hello."""
    socket = await http.ws_connect(f"http://127.0.0.1:{port}/live/socket", headers=headers(**different), autoclose=True)
    return LiveBrowser(socket)
