"""Passes requests and sockets on to the origins behind the one address, as CloudFront's behaviours do."""

import asyncio
import contextlib
import io
import json
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web
from yarl import URL

from chalicelib.kernel import ids, problems
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.problems import BodyTooLarge, OriginAway, SocketRefused

MAX_BODY_BYTES = 6_000_000
MAX_FRAME_BYTES = 1_000_000
TIMEOUT = aiohttp.ClientTimeout(total=None, connect=5, sock_read=60)
OURS_TO_SET = frozenset({"x-origin-secret", "cloudfront-viewer-address"})
"""Headers an origin believes because only the edge can set them; from outside they are dropped."""
HOP_BY_HOP = frozenset(
    {
        "connection", "host", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer",
        "transfer-encoding", "upgrade", "content-length", "content-encoding",
    }
)  # fmt: skip
NOT_OURS_TO_ADD = ("Content-Type", "User-Agent", "Accept", "Accept-Encoding")
"""Headers the client library would make up where the browser sent none."""
SOCKET_HANDSHAKE = "sec-websocket-"
NEVER_SENT = frozenset({1005, 1006, 1015})
"""What a side notes when the other went away without a word. Source: RFC 6455, 7.4.1."""

Side = web.WebSocketResponse | aiohttp.ClientWebSocketResponse


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One process behind the edge. `strip` is taken off the path; `cookies` says whether it sees any.

    Sockets go to `address` and `others` in turn.
    """

    name: str
    address: str
    others: tuple[str, ...] = ()
    strip: str = ""
    cookies: bool = True
    secret: str = field(default="", repr=False)


class Proxy:
    """Passes what comes in on to one origin."""

    def __init__(self, origin: Origin, session: aiohttp.ClientSession, public_origin: str) -> None:
        self._origin = origin
        self._session = session
        self._public_origin = public_origin
        self._turn = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The origin's answer, or a problem document: 413 for a body no Lambda would take, 502 when nobody answers."""
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return await self._answer_socket(request)
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return self._problem(BodyTooLarge())
        try:
            return await self._pass_on(request, body)
        except (aiohttp.ClientError, TimeoutError):
            return self._problem(self._away())

    async def _pass_on(self, request: web.Request, body: bytes) -> web.StreamResponse:
        asked = self._session.request(
            request.method,
            self._address(request),
            headers=self._headers(request),
            data=io.BytesIO(body) if body else None,
            allow_redirects=False,
            skip_auto_headers=NOT_OURS_TO_ADD,
            timeout=TIMEOUT,
        )
        async with asked as answered:
            response = web.StreamResponse(status=answered.status, reason=answered.reason)
            for name, value in answered.headers.items():
                if name.lower() not in HOP_BY_HOP - {"content-length", "content-encoding"}:
                    response.headers.add(name, value)
            await response.prepare(request)
            async for chunk in answered.content.iter_chunked(65536):
                await response.write(chunk)
            await response.write_eof()
            return response

    async def _answer_socket(self, request: web.Request) -> web.StreamResponse:
        try:
            async with await self._connect(request) as origin_side:
                browser_side = web.WebSocketResponse(max_msg_size=MAX_FRAME_BYTES, timeout=2)
                await browser_side.prepare(request)
                await _join(browser_side, origin_side)
                return browser_side
        except aiohttp.WSServerHandshakeError as refusal:
            return self._problem(SocketRefused(), status=refusal.status)
        except (aiohttp.ClientError, TimeoutError):
            return self._problem(self._away())

    async def _connect(self, request: web.Request) -> aiohttp.ClientWebSocketResponse:
        """A socket at whose turn it is; where nobody listens at the next, as a load balancer's checks see to."""
        addresses = [self._origin.address, *self._origin.others]
        self._turn = (self._turn + 1) % len(addresses)
        *first, last = addresses[self._turn :] + addresses[: self._turn]
        for address in first:
            with contextlib.suppress(aiohttp.ClientConnectorError):
                return await self._open(address, request)
        return await self._open(last, request)

    async def _open(self, address: str, request: web.Request) -> aiohttp.ClientWebSocketResponse:
        return await self._session.ws_connect(
            self._address(request, address),
            headers=self._headers(request),
            max_msg_size=MAX_FRAME_BYTES,
            timeout=aiohttp.ClientWSTimeout(ws_close=2),
        )

    def _address(self, request: web.Request, address: str | None = None) -> URL:
        return URL((address or self._origin.address) + request.raw_path.removeprefix(self._origin.strip), encoded=True)

    def _headers(self, request: web.Request) -> dict[str, str]:
        dropped = HOP_BY_HOP | OURS_TO_SET | (frozenset() if self._origin.cookies else {"cookie"})
        passed = {
            name: value
            for name, value in request.headers.items()
            if name.lower() not in dropped and not name.lower().startswith(SOCKET_HANDSHAKE)
        }
        return passed | {"CloudFront-Viewer-Address": _viewer(request)} | self._secret()

    def _secret(self) -> dict[str, str]:
        return {"X-Origin-Secret": self._origin.secret} if self._origin.secret else {}

    def _away(self) -> OriginAway:
        return OriginAway(f"The {self._origin.name} does not answer.")

    def _problem(self, fact: Fact, status: int | None = None) -> web.Response:
        status = status or problems.status_of(fact)
        problem = problems.document(fact, origin=self._public_origin, request_id=ids.mint()) | {"status": status}
        return web.Response(status=status, text=json.dumps(problem), content_type="application/problem+json")


def _viewer(request: web.Request) -> str:
    peer = request.transport.get_extra_info("peername") if request.transport else None
    return f"{peer[0]}:{peer[1]}" if peer else "127.0.0.1:0"


async def _join(one: web.WebSocketResponse, other: aiohttp.ClientWebSocketResponse) -> None:
    """Carry frames both ways until either side closes, and close the other with the same code."""
    ways = {asyncio.create_task(_carry(one, other)), asyncio.create_task(_carry(other, one))}
    _, pending = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    for way in pending:
        way.cancel()
    await asyncio.gather(*ways, return_exceptions=True)


async def _carry(source: Side, target: Side) -> None:
    async for frame in source:
        if frame.type is aiohttp.WSMsgType.TEXT:
            await target.send_str(frame.data)
        elif frame.type is aiohttp.WSMsgType.BINARY:
            await target.send_bytes(frame.data)
    code = source.close_code
    await target.close(code=aiohttp.WSCloseCode.GOING_AWAY if code is None or code in NEVER_SENT else code)
