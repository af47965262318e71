"""A stand-in for the push service of a browser, and for the browser: what arrives is checked, opened and kept.

The emulator's control door has it below BELOW. It checks what a real one does, so that what it takes others take, too:
who sends (RFC 8292), that a lifetime is said (RFC 8030, 5.2), and that the browser can open it (RFC 8291).
"""

import base64
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

BELOW = "/push"
_CURVE = ec.SECP256R1()
_MOST_TOPIC = 32


class Unsealable(Exception):
    """The browser can't open what arrived."""


@dataclass(slots=True, kw_only=True)
class Subscription:
    """A browser that subscribed under a sender's public key. `arrived` are opened payloads, oldest first."""

    known_as: str
    private: ec.EllipticCurvePrivateKey = field(repr=False)
    secret: bytes = field(repr=False)
    arrived: list[dict[str, Any]] = field(default_factory=list)
    shown: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What waits or stands there by topic: a second message of a topic takes the first one's place."""

    @property
    def point(self) -> bytes:
        """The browser's public key."""
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def opened(self, sealed: bytes) -> bytes:
        """What was sealed for the browser. Source: RFC 8188, 2.1; RFC 8291, 3.4. Raises Unsealable."""
        salt, key_end = sealed[:16], 21 + sealed[20]
        theirs = sealed[21:key_end]
        sender = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, theirs)
        agreed = _derived(
            self.private.exchange(ec.ECDH(), sender), self.secret, b"WebPush: info\0" + self.point + theirs, 32
        )
        content_key = _derived(agreed, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derived(agreed, salt, b"Content-Encoding: nonce\0", 12)
        try:
            padded = AESGCM(content_key).decrypt(nonce, sealed[key_end:], None)
        except InvalidTag as trouble:
            raise Unsealable from trouble
        text, end, padding = padded.rpartition(b"\x02")
        if not end or padding.strip(b"\0"):
            raise Unsealable
        return text


class PushService:
    """One service, and its browsers."""

    def __init__(self) -> None:
        self.browsers: dict[str, Subscription] = {}
        self.faults: list[dict[str, Any]] = []
        """How the next messages go wrong: {status, retry_after}."""

    def application(self) -> web.Application:
        """The aiohttp application: the service itself, and below /browsers what only stands in for browsers."""
        app = web.Application()
        app.router.add_post("/to/{token}", self._take)
        app.router.add_post("/browsers", self._subscribe)
        app.router.add_get("/browsers/{token}", self._show)
        app.router.add_delete("/browsers/{token}", self._end)
        return app

    def subscribe(self, known_as: str) -> tuple[str, dict[str, str]]:
        """A browser subscribes: the token in its endpoint, and its keys as `PushSubscription.toJSON()` has them."""
        token = secrets.token_urlsafe(24)
        made = Subscription(known_as=known_as, private=ec.generate_private_key(_CURVE), secret=secrets.token_bytes(16))
        self.browsers[token] = made
        return token, {"p256dh": encoded(made.point), "auth": encoded(made.secret)}

    async def _subscribe(self, request: web.Request) -> web.Response:
        token, keys = self.subscribe((await request.json())["known_as"])
        endpoint = str(request.url.with_path(f"{request.path.removesuffix('/browsers')}/to/{token}"))
        return web.json_response({"token": token, "endpoint": endpoint, "keys": keys})

    async def _show(self, request: web.Request) -> web.Response:
        found = self.browsers.get(request.match_info["token"])
        return web.json_response({"is_gone": found is None, "arrived": [] if found is None else found.arrived})

    async def _end(self, request: web.Request) -> web.Response:
        self.browsers.pop(request.match_info["token"], None)
        return web.Response(status=204)

    async def _take(self, request: web.Request) -> web.Response:
        browser = self.browsers.get(request.match_info["token"])
        if browser is None:
            return web.Response(status=410)
        if self.faults:
            return _failed(self.faults.pop(0))
        if not _is_from(browser.known_as, request):
            return web.Response(status=403)
        topic = request.headers.get("Topic", "")
        if "TTL" not in request.headers or len(topic) > _MOST_TOPIC:
            return web.Response(status=400)
        try:
            told = json.loads(browser.opened(await request.read()))
        except (Unsealable, ValueError):
            return web.Response(status=400, text="the browser can't open it")
        browser.arrived.append(told)
        browser.shown[topic or secrets.token_urlsafe(8)] = told
        return web.Response(status=201)


def encoded(raw: bytes) -> str:
    """As base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def _is_from(known_as: str, request: web.Request) -> bool:
    """Whether the sender is whom the browser subscribed to, and speaks to this service. Source: RFC 8292, 4.2."""
    scheme, _, said = request.headers.get("Authorization", "").partition(" ")
    parts = dict(part.strip().split("=", 1) for part in said.split(",") if "=" in part)
    if scheme != "vapid" or parts.get("k") != known_as:
        return False
    signed, _, signature = parts.get("t", "").rpartition(".")
    raw = _decoded(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, _decoded(known_as))
    try:
        key.verify(der, signed.encode(), ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    claims = json.loads(_decoded(signed.partition(".")[2]))
    return bool(claims["aud"] == f"{request.scheme}://{request.host}" and {"exp", "sub"} <= claims.keys())


def _failed(fault: dict[str, Any]) -> web.Response:
    headers = {"Retry-After": str(fault["retry_after"])} if "retry_after" in fault else {}
    return web.Response(status=int(fault["status"]), headers=headers)
