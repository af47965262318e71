"""Who stands at the door, before anybody is let in: which way they came, from where, and their first frame."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from aiohttp import WSMsgType, web

from chalicelib import settings
from chalicelib.kernel.errors import ForeignOrigin, Invalid, OriginClosed
from chalicelib.table.proof import Caller
from session_worker.gateway import frames

ADDRESS: Final = "CloudFront-Viewer-Address"
DEVICE: Final = "User-Agent"
ORIGIN_SECRET: Final = "X-Origin-Secret"
_DEVICE_CHARACTERS: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Knock:
    """A socket's request. `address` stands as CloudFront wrote it, with the port."""

    address: str
    device: str

    @property
    def caller(self) -> Caller:
        """Who knocks. The address is CloudFront's word alone; X-Forwarded-For is whatever the client wrote."""
        host, _, _port = self.address.rpartition(":")
        return Caller(address=host.strip("[]"), device=self.device)


def read(headers: Mapping[str, str]) -> Knock:
    """A request that came through the front door, for our own pages. Cookies are not looked at: a pass is what counts.

    Raises:
        OriginClosed: it came past the front door.
        ForeignOrigin: another site's page made it.
    """
    here = settings.current()
    if not hmac.compare_digest(headers.get(ORIGIN_SECRET, "").encode(), here.origin_secret.encode()):
        raise OriginClosed
    if headers.get("Origin") != here.public_origin:
        raise ForeignOrigin
    return Knock(address=headers.get(ADDRESS, ""), device=headers.get(DEVICE, "")[:_DEVICE_CHARACTERS])


def as_headers(knock: Knock) -> dict[str, str]:
    """The same request, made by this task in the visitor's place."""
    here = settings.current()
    return {
        ORIGIN_SECRET: here.origin_secret,
        "Origin": here.public_origin,
        ADDRESS: knock.address,
        DEVICE: knock.device,
    }


async def hello(socket: web.WebSocketResponse) -> str:
    """The pass of the first frame; its owner bounds the wait.

    Raises:
        Invalid: the first frame is something else.
    """
    message = await socket.receive()
    if message.type is not WSMsgType.TEXT:
        raise Invalid("The first frame says hello.")
    return frames.read_hello(message.data).gateway_pass
