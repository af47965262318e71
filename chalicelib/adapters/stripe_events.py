"""What Stripe tells by itself: its signature over the raw bytes and its age are checked first, then it is read.

Needs no part of Stripe's package, so that a request that takes an event starts without it.
Source: https://docs.stripe.com/webhooks, verify manually, and https://docs.stripe.com/api/events/object.
tests/adapters/test_stripe_events.py holds it against what Stripe's own package signs.
"""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Final

import msgspec

from chalicelib.adapters import shapes
from chalicelib.kernel.errors import Unreadable
from chalicelib.kernel.payments import ToldEvent

MAX_BYTES: Final = 256 * 1024

MOST_OFF: Final = timedelta(minutes=5)
"""How far a signature's time may lie from ours, behind it or before it: their package takes any future."""
_SCHEME: Final = "v1"
_LONGEST: Final = 1_000


class SignatureRefused(Unreadable):
    """A provider's request was not signed by the provider, or is too old, or is from a future."""

    code = "signature-refused"
    title = "This was not signed by who it says it is from."


_EventId = Annotated[str, msgspec.Meta(pattern="^evt_[A-Za-z0-9_]{1,120}$")]
_Text = Annotated[str, msgspec.Meta(max_length=255)]
_Seconds = Annotated[int, msgspec.Meta(ge=0, le=2**35)]


class _Object(msgspec.Struct):
    """Of the object only names are taken: what it says may be old by now."""

    id: _Text = ""
    customer: _Text | None = None


class _Data(msgspec.Struct):
    object: _Object


class _Event(msgspec.Struct):
    """Fields that are not named here are skipped: newer versions add some."""

    id: _EventId
    type: _Text
    created: _Seconds
    livemode: bool
    data: _Data


def read(raw: bytes, header: str, secrets: Iterable[str], now: datetime) -> ToldEvent:
    """The event that bytes say, once they are known to be Stripe's.

    Raises:
        SignatureRefused: they are not, or of another time; nothing of them was looked at.
        Invalid, Unreadable: they are, and say no event.
    """
    verify(raw, header, secrets, now)
    told: _Event = shapes.decoded(raw, _Event)
    return ToldEvent(
        id=told.id,
        type=told.type,
        created_at=datetime.fromtimestamp(told.created, UTC),
        is_live=told.livemode,
        object_id=told.data.object.id,
        customer=told.data.object.customer or "",
    )


def verify(raw: bytes, header: str, secrets: Iterable[str], now: datetime) -> None:
    """Believe bytes that were signed with one of these secrets within five minutes of now.

    Cost: one HMAC a secret, about a microsecond a KB.

    Raises:
        SignatureRefused: nothing of the bytes was looked at.
    """
    signed_at, signatures = _parts(header)
    if signed_at is None or abs(now.timestamp() - signed_at) > MOST_OFF.total_seconds():
        raise SignatureRefused
    signed = b"%d.%s" % (signed_at, raw)
    expected = [hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest() for secret in secrets]
    if not any(hmac.compare_digest(one, other) for one in expected for other in signatures):
        raise SignatureRefused


def _parts(header: str) -> tuple[int | None, list[str]]:
    """The time and the signatures of `t=…,v1=…,v1=…`; of other schemes nothing is believed."""
    pairs = [pair.partition("=")[::2] for pair in header[:_LONGEST].split(",")]
    times = [value for name, value in pairs if name == "t"]
    is_time = len(times) == 1 and times[0].isascii() and times[0].isdecimal() and len(times[0]) <= len(str(2**40))
    signatures = [value for name, value in pairs if name == _SCHEME and value.isascii()]
    return int(times[0]) if is_time else None, signatures
