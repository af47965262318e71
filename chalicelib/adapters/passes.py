"""Gateway passes: what lets a browser's socket in at the session worker without a cookie there.

A pass is signed by the API's Ed25519 key, lives 60 s and is good once. The worker holds the public key only, so it can
check passes and not make them. cryptography is imported where a pass is: other requests start without it
(decision 0009).
"""

import base64
import binascii
from datetime import datetime, timedelta

import msgspec

from chalicelib.kernel import ids
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import Unauthenticated
from chalicelib.kernel.ids import SessionId, UserId, WorkspaceId
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.tenant import Installation

LIFE_S = 60
AUDIENCE = "gateway"


class PassRefused(Unauthenticated):
    """The pass is forged, too old, used before, or for something else."""

    code = "pass-refused"
    title = "This gateway pass is not valid (any more)."


class GatewayPass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who may open a socket, to what, until when (seconds since the epoch). `version` is the membership's."""

    id: str
    audience: str
    session_id: SessionId
    user_id: UserId
    full_name: str
    workspace_id: WorkspaceId
    version: int
    ends_at_s: int


class UsedPassRow(Row, discriminator="used_pass"):
    """A pass that was presented."""


def issue(
    private_key: bytes,
    *,
    session_id: SessionId,
    user_id: UserId,
    full_name: str,
    workspace_id: WorkspaceId,
    version: int,
    at: datetime,
) -> tuple[str, datetime]:
    """A signed pass and when it ends."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    ends_at = at + timedelta(seconds=LIFE_S)
    body = msgspec.json.encode(
        GatewayPass(
            id=ids.mint(at.timestamp()),
            audience=AUDIENCE,
            session_id=session_id,
            user_id=user_id,
            full_name=full_name,
            workspace_id=workspace_id,
            version=version,
            ends_at_s=int(ends_at.timestamp()),
        )
    )
    signature = Ed25519PrivateKey.from_private_bytes(private_key).sign(body)
    return f"{_text(body)}.{_text(signature)}", ends_at


def redeem(presented: str, public_key: bytes, *, now: Clock) -> GatewayPass:
    """Check a pass and use it up: one write unit.

    Raises:
        PassRefused: and a good pass stays unused only when it was refused for its age.
    """
    claims = read(presented, public_key, now=now)
    rows = Installation(now).rows(keys.used_pass(claims.id))
    used = rows.new(UsedPassRow, keys.ONLY, expires_at=claims.ends_at_s + LIFE_S)
    if not rows.put(used, Row.pk.does_not_exist()):
        raise PassRefused
    return claims


def read(presented: str, public_key: bytes, *, now: Clock) -> GatewayPass:
    """What a pass says, without using it up. It lets nobody in: it may have been used before.

    Raises:
        PassRefused: it is forged, too old, or for something else.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    body, _, signature = presented.partition(".")
    try:
        raw = _bytes(body)
        Ed25519PublicKey.from_public_bytes(public_key).verify(_bytes(signature), raw)
        claims = msgspec.json.decode(raw, type=GatewayPass)
    except (InvalidSignature, binascii.Error, ValueError, msgspec.MsgspecError):
        raise PassRefused from None
    if claims.audience != AUDIENCE or now().timestamp() >= claims.ends_at_s:
        raise PassRefused
    return claims


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
