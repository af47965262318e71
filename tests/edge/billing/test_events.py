"""Each event is applied exactly once, in any order, however often it comes (product.md section 13)."""

import random
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.features.billing.model import SWEPT_AFTER, EventState
from chalicelib.features.billing.repository import ProviderEvents
from chalicelib.features.billing.use_cases import settling
from chalicelib.kernel.errors import Unavailable
from chalicelib.table import keys
from chalicelib.table.journal import JournalRow
from chalicelib.table.transaction import ChangedMeanwhile, Transaction
from tests.edge.billing.counter import Counter
from tests.races import in_between, killed_after


def state(counter: Counter, event_id: str) -> EventState | None:
    found = ProviderEvents(counter.at.installation).get(event_id)
    return None if found is None else found.state


def entries(counter: Counter) -> list[str]:
    """The kinds of all journal entries of her workspace, oldest first."""
    month = keys.journal_partition(counter.at.clock())
    return [row.event for row in counter.tenant.rows(month).between(JournalRow, "!", "~", limit=1_000)]


def a_bought_plan(counter: Counter) -> list[str]:
    """Three seats are paid for, and everything is told but nothing settled."""
    assert counter.cashier.pay(counter.page(pro=3, extra=1)) == 303
    counter.post.clock.set(counter.cashier.now())
    return counter.post.deliver_all(counter.events())


def test_each_event_is_applied_once_however_often_and_in_whatever_order_it_comes(counter: Counter) -> None:
    told = a_bought_plan(counter) * 3
    random.Random(7).shuffle(told)
    counter.settle(told)
    assert len(counter.seats()) == 3
    assert counter.subscription()["extra"] == 1
    kinds = entries(counter)
    assert (kinds.count("seats.paid"), kinds.count("invoice.recorded")) == (1, 1)
    assert {state(counter, event_id) for event_id in told} == {EventState.APPLIED, EventState.IGNORED}


def test_old_events_after_new_ones_change_nothing_back(counter: Counter) -> None:
    counter.buy(pro=1)
    for pro in (4, 2):
        assert counter.change(pro=pro).status == 200
    told = counter.post.deliver_all(counter.events())
    counter.settle(told[::-1])
    assert len(counter.seats()) == 2
    counter.settle(told)
    assert len(counter.seats()) == 2


@pytest.mark.parametrize("writes", range(3))
def test_a_handler_that_is_killed_half_way_is_gone_on_with(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    told = a_bought_plan(counter)
    for event_id in told:
        killed_after(writes, lambda event_id=event_id: counter.settle([event_id]), monkeypatch)  # type: ignore[misc]
    counter.settle(told)
    assert len(counter.seats()) == 3
    kinds = entries(counter)
    assert (kinds.count("seats.paid"), kinds.count("invoice.recorded")) == (1, 1)
    assert EventState.RECEIVED not in {state(counter, event_id) for event_id in told}


def test_two_handlers_of_one_event_apply_it_once(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    told = a_bought_plan(counter)
    events = {event_id: ProviderEvents(counter.at.installation).get(event_id) for event_id in told}
    [created] = [each for each, found in events.items() if found and found.told.type == "customer.subscription.created"]
    in_between(lambda: counter.settle([created]), lambda: counter.settle([created]), monkeypatch)
    assert len(counter.seats()) == 3
    assert entries(counter).count("seats.paid") == 1
    assert state(counter, created) is EventState.APPLIED


def test_effect_and_mark_are_one_transaction(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    told = a_bought_plan(counter)
    sent: list[set[str]] = []
    send = Transaction._send

    def noting(change: Transaction, members: list[Any]) -> None:
        items = [each.parameters.get("Item") or each.parameters["Key"] for each in members]
        sent.append({item["pk"]["S"].split("#")[0] + item["sk"]["S"].split("#")[0] for item in items})
        send(change, members)

    with monkeypatch.context() as patched:
        patched.setattr(Transaction, "_send", noting)
        counter.settle(told)
    marking = [kinds for kinds in sent if "PROVIDEREVENTROW" in kinds]
    assert len(marking) == 2, "one for the subscription and one for the bill"
    assert all(len(kinds) > 1 for kinds in marking)
    assert {"WSSEAT", "WSSUBSCRIPTION", "PROVIDEREVENTROW"} <= marking[0]


def test_types_that_mean_nothing_here_are_recorded_and_ignored(counter: Counter) -> None:
    counter.page(pro=1)
    event = {"id": "evt_" + counter.customer, "type": "customer.tax_id.created", "created": 1, "livemode": False}
    event["data"] = {"object": {"id": "txi_1", "customer": counter.customer}}
    counter.settle(counter.post.deliver_all([event]))
    assert state(counter, str(event["id"])) is EventState.IGNORED


def test_whose_an_event_is_follows_from_our_own_record_alone(counter: Counter) -> None:
    """Metadata that names a workspace moves nothing."""
    counter.page(pro=1)
    forged = {
        "id": f"customer {counter.olga.workspace_id}",
        "object": "subscription",
        "customer": "cus_nobody",
        "metadata": {"workspace_id": counter.olga.workspace_id},
    }
    event: dict[str, Any] = {"id": f"evt_x{counter.customer}", "type": "customer.subscription.created", "created": 1}
    counter.settle(counter.post.deliver_all([event | {"livemode": False, "data": {"object": forged}}]))
    assert state(counter, event["id"]) is EventState.IGNORED
    assert counter.seats() == []


def test_an_event_that_names_another_tenants_subscription_gives_nobody_seats(counter: Counter) -> None:
    counter.page(pro=1)
    other = counter.another()
    other.buy(pro=5)
    [theirs] = counter.cashier.ask("GET", f"/v1/subscriptions?customer={other.customer}")["data"]
    [bill] = counter.cashier.ask("GET", f"/v1/invoices?customer={other.customer}")["data"]
    crossed = [
        {
            "id": f"evt_{kind.replace('.', '')}{counter.customer}",
            "type": kind,
            "created": 1,
            "livemode": False,
            "data": {"object": {"id": name, "customer": counter.customer}},
        }
        for kind, name in (("customer.subscription.updated", theirs["id"]), ("invoice.paid", bill["id"]))
    ]
    counter.settle(counter.post.deliver_all(crossed))
    assert counter.seats() == []
    assert len(other.seats()) == 5
    assert "invoice.recorded" not in entries(counter)


def test_an_event_of_something_stripe_no_longer_knows_is_ignored(counter: Counter) -> None:
    counter.page(pro=1)
    event: dict[str, Any] = {"id": f"evt_gone{counter.customer}", "type": "invoice.paid", "created": 1}
    event |= {"livemode": False, "data": {"object": {"id": "in_gone", "customer": counter.customer}}}
    counter.settle(counter.post.deliver_all([event]))
    assert state(counter, event["id"]) is EventState.IGNORED


def test_a_currency_that_is_not_ours_gives_no_seats(counter: Counter) -> None:
    counter.page(pro=1)
    sold = {"product": "prod_pro", "currency": "usd", "unit_amount": "1", "recurring[interval]": "month"}
    cheap = counter.cashier.ask("POST", "/v1/prices", sold)["id"]
    card = counter.cashier.ask("POST", "/v1/payment_methods/pm_card_visa/attach", {"customer": counter.customer})["id"]
    wish = {"customer": counter.customer, "items[0][price]": cheap, "default_payment_method": card}
    counter.cashier.ask("POST", "/v1/subscriptions", wish)
    counter.catch_up()
    assert counter.seats() == []


def test_a_refund_is_kept_and_takes_no_seat(counter: Counter) -> None:
    counter.buy(pro=1)
    [charge] = counter.cashier.ask("GET", f"/v1/charges?customer={counter.customer}")["data"]
    counter.cashier.ask("POST", "/v1/refunds", {"charge": charge["id"], "amount": "1000"})
    before = counter.seats()
    told = counter.post.deliver_all(counter.events())
    counter.settle(told * 2)
    assert counter.seats() == before
    assert entries(counter).count("charge.refunded") == 1


def test_while_stripe_is_away_an_event_waits_and_is_applied_later(counter: Counter) -> None:
    told = a_bought_plan(counter)
    counter.cashier.order_fault("server-error", "/v1/", method="GET")
    with pytest.raises(Unavailable):
        counter.settle(told)
    assert counter.seats() == []
    counter.settle(told)
    assert len(counter.seats()) == 3


def test_events_whose_hint_was_lost_are_found_by_the_sweep(counter: Counter) -> None:
    a_bought_plan(counter)
    settling.sweep(installation=counter.at.installation, shop=counter.shop)
    assert counter.seats() == [], "what has just come is left to the queue"
    counter.wait(SWEPT_AFTER + timedelta(seconds=1))
    settling.sweep(installation=counter.at.installation, shop=counter.shop)
    assert len(counter.seats()) == 3


def test_an_event_that_never_succeeds_is_put_aside_and_can_be_redriven(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = a_bought_plan(counter)

    def refuse(*_: object, **__: object) -> bool:
        raise ChangedMeanwhile

    with monkeypatch.context() as patched:
        patched.setattr(settling, "_bring_about", refuse)
        for _ in range(settling.MAX_ATTEMPTS + 1):
            counter.wait(timedelta(hours=7))
            settling.sweep(installation=counter.at.installation, shop=counter.shop)
    assert EventState.STUCK in {state(counter, event_id) for event_id in told}
    assert counter.seats() == []
    counter.settle(told)
    assert len(counter.seats()) == 3
    assert EventState.STUCK not in {state(counter, event_id) for event_id in told}


def test_more_seats_than_one_transaction_holds_are_all_there_or_gone_on_with(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert counter.cashier.pay(counter.page(basic=50, pro=40)) == 303
    events = counter.events()
    [bought] = [each["id"] for each in events if each["type"] == "customer.subscription.created"]
    told = counter.post.deliver_all(events)
    assert killed_after(1, lambda: counter.settle([bought]), monkeypatch)
    assert 0 < len(counter.seats()) < 90
    counter.settle(told)
    assert [seat.plan.value for seat in counter.seats()].count("pro") == 40
    assert len(counter.seats()) == 90
