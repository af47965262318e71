"""Webhooks as the real client verifies them: signed, tried again, doubled, out of order, late, lost, on demand."""

from pathlib import Path

import pytest
import stripe

from dev.stripe.webhooks import Endpoint
from tests.dev.stripe.beside import SECRET, Beside, Listener, a_listener, a_stripe
from tests.dev.stripe.conftest import Shop

OTHER = "whsec_the_next_one"
TOLERANCE_S = 300


def happen(beside: Beside, times: int = 1) -> list[str]:
    """So many events; their ids in order."""
    made = [beside.client.v1.customers.create({"name": f"number {number}"}).id for number in range(times)]
    found = beside.client.v1.events.list({"type": "customer.created", "limit": 100}).data[::-1]
    return [event.id for event in found if event.data.object["id"] in made]


def ids(listener: Listener) -> list[str]:
    return [each.event.id for each in listener.received]


def test_an_event_is_signed_and_says_what_the_api_says(beside: Beside, listener: Listener) -> None:
    happen(beside)
    beside.settle()
    [received] = listener.received
    event, read = received.event, beside.client.v1.events.retrieve(received.event.id)
    assert event.type == "customer.created"
    assert event.data.to_dict() == read.data.to_dict()
    assert (event.livemode, event.api_version) == (False, stripe.api_version)


@pytest.mark.parametrize("spoiled", ["body", "secret"])
def test_a_signature_fits_only_its_body_and_secret(beside: Beside, listener: Listener, spoiled: str) -> None:
    happen(beside)
    beside.settle()
    [received] = listener.received
    body = received.body + b" " if spoiled == "body" else received.body
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body, received.signature, OTHER if spoiled == "secret" else SECRET)


def test_while_a_secret_is_replaced_both_sign(beside: Beside, listener: Listener) -> None:
    beside.listen(listener, OTHER, SECRET)
    happen(beside)
    beside.settle()
    [received] = listener.received
    for secret in (OTHER, SECRET):
        stripe.Webhook.construct_event(received.body, received.signature, secret)


@pytest.mark.parametrize("skew_s", [-2 * TOLERANCE_S, 2 * TOLERANCE_S])
def test_a_signature_can_be_of_another_time(beside: Beside, listener: Listener, skew_s: int) -> None:
    beside.control("PATCH", "/weather", {"skew_s": skew_s})
    happen(beside)
    beside.settle()
    [received] = listener.received
    told = int(received.signature.partition(",")[0].removeprefix("t="))
    if skew_s < 0:
        with pytest.raises(stripe.SignatureVerificationError, match="tolerance"):
            stripe.Webhook.construct_event(received.body, received.signature, SECRET, TOLERANCE_S)
    else:
        assert told > received.event.created + TOLERANCE_S


def test_what_was_not_taken_comes_again_until_it_is(beside: Beside, listener: Listener) -> None:
    beside.control("PATCH", "/weather", {"pace": 0.0001})
    listener.answers = [500, 302, 404]
    [event] = happen(beside)
    beside.settle()
    assert ids(listener) == [event] * 4
    assert [each["status"] for each in beside.control("GET", "/deliveries")] == [500, 302, 404, 200]
    assert beside.client.v1.events.retrieve(event).pending_webhooks == 0


def test_after_three_days_no_more_is_tried(beside: Beside, listener: Listener) -> None:
    beside.control("PATCH", "/weather", {"pace": 0.0})
    listener.answers = [500] * 20
    happen(beside)
    beside.settle()
    assert len(listener.received) == 11


def test_an_endpoint_that_is_away_gets_it_later(beside: Beside) -> None:
    with a_listener() as gone:
        pass
    beside.control("PATCH", "/weather", {"pace": 0.0})
    beside.listen(gone)
    happen(beside)
    beside.settle()
    assert {each["status"] for each in beside.control("GET", "/deliveries")} == {0}


def test_deliveries_are_doubled_on_demand(beside: Beside, listener: Listener) -> None:
    beside.control("PATCH", "/weather", {"copies": 3})
    [event] = happen(beside)
    beside.settle()
    assert ids(listener) == [event] * 3


def test_one_at_a_time_they_come_in_order_and_several_at_once_all_the_same(beside: Beside, listener: Listener) -> None:
    made = happen(beside, times=10)
    beside.settle()
    assert ids(listener) == made
    beside.control("PATCH", "/weather", {"at_once": 8})
    more = happen(beside, times=10)
    beside.settle()
    assert sorted(ids(listener)[10:]) == sorted(more)


def test_they_come_in_another_order_on_demand(beside: Beside, listener: Listener) -> None:
    beside.control("PATCH", "/weather", {"hold": True})
    made = happen(beside, times=5)
    beside.settle()
    assert listener.received == []
    assert beside.control("POST", "/deliveries/release", {"order": "reversed"}) == {"released": 5}
    beside.settle()
    assert ids(listener) == made[::-1]


def test_a_shuffle_is_the_same_for_the_same_seed(beside: Beside, listener: Listener) -> None:
    orders = []
    for _ in range(2):
        beside.control("PATCH", "/weather", {"hold": True})
        made = happen(beside, times=6)
        beside.control("POST", "/deliveries/release", {"order": "shuffled", "seed": 7})
        beside.settle()
        orders.append([made.index(each) for each in ids(listener)[-6:]])
    assert orders[0] == orders[1] != sorted(orders[0])


def test_they_get_lost_on_demand_and_can_still_be_listed_and_sent_again(beside: Beside, listener: Listener) -> None:
    beside.control("PATCH", "/weather", {"lose": 1})
    lost, arrived = happen(beside, times=2)
    beside.settle()
    assert ids(listener) == [arrived]
    beside.control("POST", f"/events/{lost}/resend")
    beside.settle()
    assert ids(listener) == [arrived, lost]


def test_they_come_late_on_demand(beside: Beside, listener: Listener) -> None:
    beside.control("PATCH", "/weather", {"delay_s": 60})
    happen(beside)
    assert listener.received == []
    [event] = beside.client.v1.events.list({"type": "customer.created"}).data
    assert event.pending_webhooks == 1


def test_an_endpoint_gets_only_the_types_it_wants(beside: Beside, shop: Shop) -> None:
    with a_listener() as listener:
        wanted = ["customer.subscription.created", "invoice.paid"]
        endpoint = {"url": listener.url, "secrets": [SECRET], "enabled_events": wanted}
        beside.control("POST", "/endpoints", endpoint)
        shop.subscribe(shop.customer())
        beside.settle()
        assert listener.types() == wanted


def test_objects_say_they_are_of_live_mode_on_demand(beside: Beside, listener: Listener) -> None:
    beside.control("PATCH", "/rules", {"livemode": True})
    happen(beside)
    beside.settle()
    [received] = listener.received
    assert (received.event.livemode, received.event.data.object["livemode"]) == (True, True)


def test_what_one_process_had_not_delivered_the_next_one_does(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with a_listener() as listener:
        with a_stripe(state=state) as beside:
            beside.listen(listener)
            beside.control("PATCH", "/weather", {"hold": True})
            [event] = happen(beside)
        assert listener.received == []
        with a_stripe(state=state, endpoints=[Endpoint(url=listener.url, secrets=(SECRET,))]) as beside:
            beside.settle()
            assert ids(listener) == [event]
