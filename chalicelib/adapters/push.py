"""Push services, which carry a sealed message to a browser: what of them is spoken to, and how.

Source: RFC 8030 (the request and its answers), RFC 8292 (how they know who sends). cryptography is imported by the
function that signs: few requests do.
"""

import http.client
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import SplitResult, urlsplit

from chalicelib.adapters.push_cipher import encoded
from chalicelib.kernel.errors import Conflict, TooMany, Unavailable
from chalicelib.logs import log
from chalicelib.settings import PushKeys

SERVICES: Final = ("fcm.googleapis.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")
"""Whose hosts are spoken to: those of Chrome and its kin, Firefox, Safari and Edge. Any other is made up."""
_TOKEN_LIFE: Final = timedelta(hours=12)
"""Half of what RFC 8292, 2 allows."""
_TIMEOUT_S: Final = 5
_TAKEN: Final = {200, 201, 202, 204}
_GONE: Final = {404, 410}
_TOO_MANY: Final = 429
_RETRY_S: Final = 60
_MAX_PAUSE_S: Final = 3_600


class PushGone(Conflict):
    """The browser has ended the subscription, or it never was one: no message will ever arrive by it."""

    code = "push-gone"
    title = "This browser takes no push messages any more."


def is_of_push_service(endpoint: str, stand_in: str | None) -> bool:
    """Whether an endpoint is at a push service: https at a host of SERVICES, or a stand-in's where there is one.

    An endpoint comes from a browser, and we would go wherever it says: an address within our network, too.
    """
    try:
        target = urlsplit(endpoint)
        port = target.port
    except ValueError:
        return False
    if stand_in is not None:
        return endpoint.startswith(f"{stand_in}/")
    host = target.hostname or ""
    is_plain = target.scheme == "https" and port in (None, 443) and target.username is None
    return is_plain and any(host.endswith(each) if each.startswith(".") else host == each for each in SERVICES)


class PushServices:
    """The services, as one installation speaks to them. An endpoint opens a browser to who holds it: none is logged."""

    def __init__(self, keys: PushKeys, contact: str) -> None:
        self._keys = keys
        self._contact = contact

    def send(self, endpoint: str, sealed: bytes, *, topic: str, kept_for: timedelta, now: datetime) -> None:
        """Have a browser be told, once it is there, within `kept_for`; what waits for it under `topic` is replaced.

        Raises:
            PushGone: it will never arrive.
            TooMany: the service wants a pause; says how long.
            Unavailable: the service did not answer, or refused.
        """
        target = urlsplit(endpoint)
        headers = {
            "Authorization": f"vapid t={self._token(target, now)}, k={self._keys.public}",
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(kept_for.total_seconds())),
            "Topic": topic,
            "Urgency": "high",
        }
        status, pause = _ask(target, sealed, headers)
        if status in _TAKEN:
            return
        if status in _GONE:
            raise PushGone
        if status == _TOO_MANY:
            raise TooMany("The push service asks to slow down.", retry_after_s=_seconds(pause))
        log.error("push.refused", service=target.hostname, status=status)
        raise Unavailable("The push service refused.")

    def _token(self, target: SplitResult, now: datetime) -> str:
        """Says to one service who sends, signed; good at that service alone. Source: RFC 8292, 2; RFC 7518, 3.4."""
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
        from cryptography.hazmat.primitives.hashes import SHA256

        if self._keys.private is None:
            raise Unavailable("This process does not hold the key that push services know the installation by.")
        claims = {
            "aud": f"{target.scheme}://{target.netloc}",
            "exp": int((now + _TOKEN_LIFE).timestamp()),
            "sub": self._contact,
        }
        signed = f"{_part({'typ': 'JWT', 'alg': 'ES256'})}.{_part(claims)}"
        key = ec.derive_private_key(int.from_bytes(self._keys.private, "big"), ec.SECP256R1())
        r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(SHA256())))
        return f"{signed}.{encoded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def _part(value: Mapping[str, object]) -> str:
    return encoded(json.dumps(value, separators=(",", ":")).encode())


def _ask(target: SplitResult, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    """The answer's status and `Retry-After`. A redirect is an answer as any other: nobody follows it."""
    kind = http.client.HTTPSConnection if target.scheme == "https" else http.client.HTTPConnection
    line = kind(target.hostname or "", target.port, timeout=_TIMEOUT_S)
    try:
        line.request("POST", f"{target.path}?{target.query}" if target.query else target.path, body, headers)
        answer = line.getresponse()
    except (OSError, http.client.HTTPException):
        # None of the cause: what it says of the request may hold the endpoint.
        raise Unavailable("The push service did not answer.") from None
    finally:
        line.close()
    return answer.status, answer.headers.get("Retry-After", "")


def _seconds(pause: str) -> int:
    """How long to wait; a date, which a service may say instead, counts as nothing said. Source: RFC 9110, 10.2.3."""
    wanted = int(pause) if pause.isascii() and pause.isdecimal() else _RETRY_S
    return min(max(wanted, 1), _MAX_PAUSE_S)
