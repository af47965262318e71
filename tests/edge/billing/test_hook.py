"""The hook (product.md section 13): signature and age first, stored once, 2xx, and nothing else in the request."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.adapters.stripe_events import MAX_BYTES
from chalicelib.features.billing.model import EventState, ProviderEvent
from chalicelib.features.billing.repository import ProviderEvents
from chalicelib.features.billing.use_cases import Shop
from chalicelib.kernel import ids
from chalicelib.table.tenant import Installation
from dev.stripe.webhooks import signature
from tests import cashier as stripe
from tests.cashier import SECRETS, Post
from tests.edge.billing.counter import Counter
from tests.house import whole_table
from tests.local_aws import LocalAws

pytestmark = pytest.mark.usefixtures("shop")


def an_event(**different: Any) -> dict[str, Any]:
    """One that nobody here is the customer of."""
    told = {"id": f"evt_{ids.mint()}", "type": "invoice.paid", "created": 1_800_000_000, "livemode": False}
    return {**told, "data": {"object": {"id": "in_1", "object": "invoice", "customer": "cus_nobody"}}, **different}


def kept(event: dict[str, Any], installation: Installation) -> ProviderEvent | None:
    return ProviderEvents(installation).get(event["id"])


def test_stripe_webhooks_are_taken_by_signature_over_the_raw_bytes(post: Post, installation: Installation) -> None:
    event = an_event()
    for secret in SECRETS:
        assert post.deliver(event, secret=secret).status == 204
    found = kept(event, installation)
    assert found is not None
    assert (found.state, found.told.customer) == (EventState.RECEIVED, "cus_nobody")


@pytest.mark.parametrize("off_s", [-301, 301])
def test_stripe_webhooks_of_another_time_are_refused_before_they_are_read(
    post: Post, installation: Installation, off_s: int
) -> None:
    event = an_event()
    answer = post.deliver(event, off_s=off_s)
    assert (answer.status, answer.code) == (400, "signature-refused")
    assert kept(event, installation) is None


def test_a_forged_event_is_refused_and_nothing_is_kept(post: Post, installation: Installation) -> None:
    event = an_event()
    raw, now = json.dumps(event).encode(), int(post.clock().timestamp())
    forgeries = [
        (raw, None),
        (raw, signature(raw, ["whsec_guessed"], now)),
        (raw + b"\n", signature(raw, SECRETS, now)),
        (raw[: len(raw) // 2], signature(raw, SECRETS, now)),
        (raw, signature(raw, SECRETS, now).replace("v1=", "v0=")),
    ]
    for sent, signed in forgeries:
        answer = post.send(sent, signed)
        assert (answer.status, answer.code) == (400, "signature-refused")
    assert kept(event, installation) is None


def test_a_duplicate_gets_2xx_and_does_nothing(post: Post, installation: Installation) -> None:
    event = an_event()
    for _ in range(3):
        assert post.deliver(event).status == 204
    first = kept(event, installation)
    assert post.deliver(event | {"type": "customer.created"}).status == 204
    assert kept(event, installation) == first


def test_an_event_of_real_money_is_refused_on_a_stage_of_test_money(post: Post, installation: Installation) -> None:
    event = an_event(livemode=True)
    answer = post.deliver(event)
    assert (answer.status, answer.code) == (403, "mode-mismatch")
    assert kept(event, installation) is None


def test_an_event_of_test_money_is_refused_where_money_is_real(post: Post, installation: Installation) -> None:
    event = an_event()
    with stripe.configured("http://127.0.0.1:9", key="sk_live_planted"):
        assert post.deliver(event).code == "mode-mismatch"
        assert kept(event, installation) is None
        assert post.deliver(event | {"livemode": True}).status == 204


def test_an_event_of_any_size_is_not_taken(post: Post, installation: Installation) -> None:
    event = an_event(note="x" * MAX_BYTES)
    answer = post.deliver(event)
    assert (answer.status, answer.code) == (413, "body-too-large")
    assert kept(event, installation) is None
    assert post.deliver(an_event(note="x" * (MAX_BYTES - 1_000))).status == 204


@pytest.mark.parametrize("nonsense", [b"{", b"[]", b"{}", b"null", b"\xff\xfe", b'{"id": 7}'])
def test_signed_nonsense_is_a_problem_and_no_fault_of_ours(post: Post, nonsense: bytes) -> None:
    answer = post.deliver(nonsense)
    assert answer.status in {400, 422}
    assert answer.media_type == "application/problem+json"


def test_where_nothing_is_sold_the_hook_says_so(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib import settings

    monkeypatch.delenv("WIREROOM_STRIPE_KEY")
    settings.current.cache_clear()
    answer = post.deliver(an_event())
    assert (answer.status, answer.code) == (409, "billing-not-configured")


def test_no_body_of_an_event_is_kept_or_logged(
    post: Post, local_aws: LocalAws, logged: Callable[[], str], counter: Counter
) -> None:
    planted = "Planted Street 7"
    event = an_event()
    event["data"]["object"] |= {"customer_address": {"line1": planted}, "customer_name": "Planted Name"}
    assert post.deliver(event).status == 204
    counter.settle([event["id"]])
    rows = [item for item in whole_table(local_aws) if event["id"] in str(item["pk"])]
    assert len(rows) == 1
    assert "Planted" not in str(rows)
    assert event["id"] in logged()
    assert "Planted" not in logged()
    assert SECRETS[0] not in logged()


def test_the_request_only_stores_the_event(post: Post, calls_made: list[str], shop: Shop) -> None:
    assert post.deliver(an_event()).status == 204
    assert calls_made == ["PutItem"]
