"""Getting paid: first payments that fail, renewals, attempts by schedule, what the last one leads to, and recovery."""

import itertools
from typing import Any

import pytest
import stripe

from tests.dev.stripe.beside import DAY_S, Beside, Listener
from tests.dev.stripe.conftest import Shop

GOOD, BAD = "pm_card_visa", "pm_card_chargeCustomerFail"
HOUR = 1 / 24


def renew_in_vain(beside: Beside, shop: Shop) -> tuple[stripe.Customer, stripe.Subscription]:
    """A subscription whose renewal was just refused."""
    customer = shop.customer()
    subscription = shop.subscribe(customer, ("pro_month", 1))
    shop.use_card(customer, BAD)
    ends_at = subscription["items"].data[0].current_period_end
    beside.pass_days((ends_at - beside.control("GET", "/clock")["now"]) / DAY_S + 1.1 * HOUR)
    return customer, subscription


def test_a_first_payment_that_fails_leaves_it_incomplete_and_after_a_day_expired(beside: Beside, shop: Shop) -> None:
    made = shop.subscribe(shop.customer(BAD), ("pro_month", 1))
    assert made.status == "incomplete"
    assert shop.last_invoice(made).status == "open"
    beside.pass_days(1)
    assert shop.read(made).status == "incomplete_expired"
    assert shop.last_invoice(made).status == "void"


def test_an_incomplete_one_becomes_active_once_its_invoice_is_paid(beside: Beside, shop: Shop) -> None:
    customer = shop.customer(BAD)
    made = shop.subscribe(customer, ("pro_month", 1))
    shop.use_card(customer, GOOD)
    paid = beside.client.v1.invoices.pay(str(made.latest_invoice))
    assert (paid.status, shop.read(made).status) == ("paid", "active")


def test_a_first_payment_that_fails_makes_nothing_where_an_error_is_wanted(beside: Beside, shop: Shop) -> None:
    with pytest.raises(stripe.CardError) as refusal:
        shop.subscribe(shop.customer(BAD), ("pro_month", 1), payment_behavior="error_if_incomplete")
    assert (refusal.value.http_status, refusal.value.code) == (402, "card_declined")
    assert beside.client.v1.subscriptions.list({"status": "all"}).data == []


def test_a_renewal_is_a_draft_for_an_hour_and_then_paid(beside: Beside, shop: Shop, listener: Listener) -> None:
    made = shop.subscribe(shop.customer(), ("pro_month", 1))
    ends_at = made["items"].data[0].current_period_end
    beside.pass_days((ends_at - beside.control("GET", "/clock")["now"]) / DAY_S + HOUR / 2)
    renewed, draft = shop.read(made), shop.last_invoice(made)
    assert renewed["items"].data[0].current_period_start == ends_at
    assert (renewed.status, draft.status, draft.billing_reason) == ("active", "draft", "subscription_cycle")
    beside.pass_days(HOUR)
    assert shop.last_invoice(made).status == "paid"
    beside.settle()
    assert listener.types()[-8:] == [
        "customer.subscription.updated",
        "invoice.finalized",
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "invoice_payment.paid",
        "invoice.paid",
        "invoice.payment_succeeded",
    ]


def test_a_refused_renewal_is_past_due_and_tried_again_by_schedule(beside: Beside, shop: Shop) -> None:
    _, made = renew_in_vain(beside, shop)
    assert shop.read(made).status == "past_due"
    for attempt, days in enumerate((3, 5, 7), 1):
        invoice = shop.last_invoice(made)
        assert invoice.attempt_count == attempt
        assert invoice.next_payment_attempt is not None
        beside.pass_days(days)
    assert shop.last_invoice(made).next_payment_attempt is None


def test_after_the_last_attempt_it_is_canceled_with_the_reason(beside: Beside, shop: Shop, listener: Listener) -> None:
    _, made = renew_in_vain(beside, shop)
    beside.pass_days(15)
    ended = shop.read(made)
    assert (ended.status, ended.cancellation_details.reason) == ("canceled", "payment_failed")
    beside.settle()
    assert listener.types().count("invoice.payment_failed") == 4
    assert listener.types()[-1] == "customer.subscription.deleted"


def test_it_becomes_unpaid_instead_where_the_dashboard_says_so_and_its_next_bill_stays_a_draft(
    beside: Beside, shop: Shop
) -> None:
    beside.control("PATCH", "/rules", {"after_last": "unpaid", "retry_days": [1]})
    _, made = renew_in_vain(beside, shop)
    beside.pass_days(2)
    assert shop.read(made).status == "unpaid"
    beside.pass_days(31)
    assert (shop.read(made).status, shop.last_invoice(made).status) == ("unpaid", "draft")


def test_a_good_card_pays_at_the_next_attempt_and_it_is_active_again(beside: Beside, shop: Shop) -> None:
    customer, made = renew_in_vain(beside, shop)
    assert beside.client.v1.customers.retrieve(customer.id).delinquent is True
    shop.use_card(customer, GOOD)
    beside.pass_days(3)
    assert (shop.read(made).status, shop.last_invoice(made).status) == ("active", "paid")
    assert beside.client.v1.customers.retrieve(customer.id).delinquent is False


def test_paying_by_hand_recovers_it_at_once(beside: Beside, shop: Shop) -> None:
    customer, made = renew_in_vain(beside, shop)
    invoice = shop.last_invoice(made)
    with pytest.raises(stripe.CardError) as refusal:
        beside.client.v1.invoices.pay(invoice.id)
    said: Any = refusal.value.json_body
    assert said["error"]["payment_intent"]["last_payment_error"]["decline_code"] == "generic_decline"
    shop.use_card(customer, GOOD)
    beside.client.v1.invoices.pay(invoice.id)
    assert shop.read(made).status == "active"
    with pytest.raises(stripe.InvalidRequestError, match="already paid"):
        beside.client.v1.invoices.pay(invoice.id)


def test_attempts_by_hand_do_not_use_the_schedule_up(beside: Beside, shop: Shop) -> None:
    _, made = renew_in_vain(beside, shop)
    before = shop.last_invoice(made)
    for _ in range(5):
        with pytest.raises(stripe.CardError):
            beside.client.v1.invoices.pay(before.id)
    after = shop.last_invoice(made)
    assert (after.attempt_count, after.next_payment_attempt) == (1, before.next_payment_attempt)


def test_an_older_invoice_that_is_paid_recovers_it_while_the_next_is_a_draft(beside: Beside, shop: Shop) -> None:
    beside.control("PATCH", "/rules", {"after_last": "past_due", "retry_days": []})
    customer, made = renew_in_vain(beside, shop)
    owed = shop.last_invoice(made)
    until = shop.read(made)["items"].data[0].current_period_end
    beside.pass_days((until - beside.control("GET", "/clock")["now"]) / DAY_S + HOUR / 2)
    assert (shop.read(made).status, shop.last_invoice(made).status) == ("past_due", "draft")
    shop.use_card(customer, GOOD)
    beside.client.v1.invoices.pay(owed.id)
    assert shop.read(made).status == "active"


def test_a_void_invoice_gives_back_the_credit_it_used(beside: Beside, shop: Shop) -> None:
    customer = shop.customer()
    beside.client.v1.customers.update(customer.id, {"balance": -900})
    made = shop.subscribe(customer, ("pro_month", 1), payment_behavior="default_incomplete")
    invoice = shop.last_invoice(made)
    assert (invoice.amount_due, beside.client.v1.customers.retrieve(customer.id).balance) == (3_000, 0)
    assert beside.client.v1.invoices.void_invoice(invoice.id).status == "void"
    assert beside.client.v1.customers.retrieve(customer.id).balance == -900
    with pytest.raises(stripe.InvalidRequestError):
        beside.client.v1.invoices.void_invoice(invoice.id)


def test_time_that_passes_in_one_step_does_everything_on_the_way_at_its_own_moment(beside: Beside, shop: Shop) -> None:
    made = shop.subscribe(shop.customer(), ("pro_month", 1))
    beside.pass_days(95)
    invoices = beside.client.v1.invoices.list({"subscription": made.id}).data[::-1]
    assert [each.status for each in invoices] == ["paid"] * 4
    starts = [each.lines.data[0].period.start for each in invoices]
    assert all(28 * DAY_S <= later - sooner <= 31 * DAY_S for sooner, later in itertools.pairwise(starts))
    assert [each.created for each in invoices] == starts


def test_a_test_clock_moves_only_its_own_customers(beside: Beside, shop: Shop) -> None:
    begins_at = 1_769_853_600  # 2026-01-31T10:00:00Z
    clocks = beside.client.v1.test_helpers.test_clocks
    clock = clocks.create({"frozen_time": begins_at})
    timed, other = shop.subscribe(shop.customer(test_clock=clock.id)), shop.subscribe(shop.customer())
    assert timed.start_date == begins_at
    clocks.advance(clock.id, {"frozen_time": begins_at + 30 * DAY_S})
    moved = shop.read(timed)["items"].data[0]
    assert moved.current_period_start == begins_at + 28 * DAY_S  # 28 February, as January is longer
    assert moved.current_period_end == begins_at + 59 * DAY_S  # and 31 March again
    assert shop.read(other).to_dict() == other.to_dict()
    assert shop.last_invoice(timed).status == "paid"


def test_deleting_a_customer_ends_what_they_have(beside: Beside, shop: Shop) -> None:
    customer = shop.customer()
    made = shop.subscribe(customer, ("pro_month", 1))
    beside.client.v1.customers.delete(customer.id)
    assert shop.read(made).status == "canceled"
    assert beside.client.v1.customers.retrieve(customer.id).deleted is True
