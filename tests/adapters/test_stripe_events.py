"""What Stripe tells by itself is believed only when it signed it, just now."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import stripe

from chalicelib.adapters import stripe_events
from chalicelib.adapters.stripe_events import SignatureRefused
from chalicelib.kernel.errors import Invalid, Unreadable

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECRETS = ("whsec_now", "whsec_next")
EVENT: dict[str, Any] = {
    "id": "evt_1",
    "object": "event",
    "type": "invoice.paid",
    "created": int(NOW.timestamp()) - 7,
    "livemode": False,
    "data": {"object": {"id": "in_1", "object": "invoice", "customer": "cus_1", "total": 2900}},
}
RAW = json.dumps(EVENT).encode()


def signed(raw: bytes = RAW, secret: str = SECRETS[0], at: datetime = NOW) -> str:
    """As Stripe's own package signs."""
    header: str = stripe.WebhookSignature.generate_signature_header(raw.decode(), secret, int(at.timestamp()))
    return header


@pytest.mark.parametrize("secret", SECRETS)
def test_what_either_secret_signed_is_read(secret: str) -> None:
    told = stripe_events.read(RAW, signed(secret=secret), SECRETS, NOW)
    assert (told.id, told.type, told.object_id, told.customer) == ("evt_1", "invoice.paid", "in_1", "cus_1")
    assert told.created_at == NOW - timedelta(seconds=7)
    assert not told.is_live


def test_one_of_several_signatures_is_enough_while_a_secret_is_replaced() -> None:
    old, new = signed(secret="whsec_old"), signed()
    stripe_events.verify(RAW, f"{old},v1={new.partition('v1=')[2]}", SECRETS, NOW)


@pytest.mark.parametrize("off_s", [-300, 0, 300])
def test_five_minutes_off_is_near_enough(off_s: int) -> None:
    stripe_events.verify(RAW, signed(at=NOW + timedelta(seconds=off_s)), SECRETS, NOW)


@pytest.mark.parametrize("off_s", [-301, 301, 86_400])
def test_a_signature_of_the_past_or_of_the_future_is_refused(off_s: int) -> None:
    with pytest.raises(SignatureRefused):
        stripe_events.verify(RAW, signed(at=NOW + timedelta(seconds=off_s)), SECRETS, NOW)


@pytest.mark.parametrize("changed", [RAW + b" ", RAW[:-1], b" " + RAW, RAW.replace(b"2900", b"2901"), b""])
def test_one_byte_more_less_or_other_is_refused(changed: bytes) -> None:
    with pytest.raises(SignatureRefused):
        stripe_events.verify(changed, signed(), SECRETS, NOW)


TIME = int(NOW.timestamp())
MAC = signed().partition("v1=")[2]


@pytest.mark.parametrize(
    "header",
    [
        "",
        "nonsense",
        f"t={TIME}",
        f"v1={MAC}",
        f"t={TIME},v0={MAC}",
        f"t={TIME},v1=",
        f"t={TIME},v1=ключ",
        f"t={TIME},t={TIME},v1={MAC}",
        f"t=-{TIME},v1={MAC}",
        f"t=٣,v1={MAC}",
        f"t={'9' * 400},v1={MAC}",
        f"t={TIME}.0,v1={MAC}",
        f"t={TIME},v1={MAC[:-1]}",
        f"t={TIME + 1},v1={MAC}",
        signed(secret="whsec_other"),
    ],
)
def test_a_header_that_is_none_of_theirs_is_refused(header: str) -> None:
    with pytest.raises(SignatureRefused):
        stripe_events.verify(RAW, header, SECRETS, NOW)


def test_without_a_secret_nothing_is_believed() -> None:
    with pytest.raises(SignatureRefused):
        stripe_events.verify(RAW, signed(secret=""), (), NOW)


@pytest.mark.parametrize(
    "told",
    [
        {},
        EVENT | {"id": "evt_1#x"},
        EVENT | {"id": "evt_" + "x" * 200},
        EVENT | {"id": None},
        EVENT | {"created": -1},
        EVENT | {"created": 2**60},
        EVENT | {"livemode": "false"},
        EVENT | {"data": {}},
        EVENT | {"data": {"object": {"id": "x" * 300}}},
        [],
    ],
)
def test_what_is_signed_and_no_event_is_refused(told: object) -> None:
    raw = json.dumps(told).encode()
    with pytest.raises(Invalid):
        stripe_events.read(raw, signed(raw), SECRETS, NOW)


def test_what_is_signed_and_no_json_is_refused() -> None:
    with pytest.raises(Unreadable):
        stripe_events.read(b"{", signed(b"{"), SECRETS, NOW)
