"""Subscriptions: several prices, changes and what they cost to the second, previews, and how they end."""

from typing import Any

import pytest
import stripe

from tests.dev.stripe.beside import DAY_S, Beside, Listener
from tests.dev.stripe.conftest import Shop


def item_of(subscription: Any, kind: str) -> Any:
    return next(each for each in subscription["items"].data if each.price.id == f"price_{kind}")


def change(beside: Beside, subscription: Any, **changes: Any) -> Any:
    wanted: Any = changes
    return beside.client.v1.subscriptions.update(subscription.id, wanted)


def middle_of(subscription: Any) -> int:
    item = subscription["items"].data[0]
    middle: int = (item.current_period_start + item.current_period_end) // 2
    return middle


def proration_lines(invoice: Any) -> list[tuple[str, int]]:
    return [
        (line.description.partition(" after ")[0], line.amount)
        for line in invoice.lines.data
        if line.parent.subscription_item_details.proration
    ]


def test_several_prices_make_one_subscription_with_one_invoice(shop: Shop) -> None:
    made = shop.subscribe(shop.customer(), ("pro_month", 3), ("basic_month", 1), ("extra_month", 2))
    invoice = shop.last_invoice(made)
    assert made.status == "active"
    assert [(each.price.id, each.quantity) for each in made["items"].data] == [
        ("price_pro_month", 3),
        ("price_basic_month", 1),
        ("price_extra_month", 2),
    ]
    assert [line.amount for line in invoice.lines.data] == [11_700, 2_900, 1_000]
    assert (invoice.status, invoice.total, invoice.amount_paid) == ("paid", 15_600, 15_600)
    assert invoice.billing_reason == "subscription_create"


def test_the_period_stands_at_the_items_and_the_mode_is_flexible(shop: Shop) -> None:
    made = shop.subscribe(shop.customer(), ("pro_year", 1))
    item = made["items"].data[0]
    assert 365 * DAY_S <= item.current_period_end - item.current_period_start <= 366 * DAY_S
    assert "current_period_end" not in made
    assert made.billing_mode.type == "flexible"


def test_a_price_in_another_currency_is_refused(beside: Beside, shop: Shop) -> None:
    dollars = beside.client.v1.prices.create(
        {"product": "prod_pro", "currency": "usd", "unit_amount": 4_200, "recurring": {"interval": "month"}}
    )
    customer = shop.customer()
    shop.subscribe(customer, ("pro_month", 1))
    with pytest.raises(stripe.InvalidRequestError, match="only supports `usd`"):
        beside.client.v1.subscriptions.create({"customer": customer.id, "items": [{"price": dollars.id}]})


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ([("pro_month", 1), ("pro_month", 2)], "same plan"),
        ([("pro_month", 1), ("extra_year", 2)], "same `interval`"),
    ],
    ids=["one price twice", "month and year"],
)
def test_prices_that_do_not_go_together_are_refused(
    beside: Beside, shop: Shop, items: list[tuple[str, int]], reason: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError, match=reason):
        shop.subscribe(shop.customer(), *items)
    assert beside.client.v1.subscriptions.list({"status": "all"}).data == []


def test_nobody_subscribes_without_a_card(beside: Beside, shop: Shop) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="no attached payment source"):
        shop.subscribe(shop.customer(card=""))
    assert beside.client.v1.invoices.list().data == []


def test_an_upgrade_at_once_costs_the_rest_of_the_period_to_the_second(beside: Beside, shop: Shop) -> None:
    made = shop.subscribe(shop.customer(), ("pro_month", 3))
    item = item_of(made, "pro_month")
    beside.pass_days(10)
    date = item.current_period_start + 10 * DAY_S + 1
    left, whole = item.current_period_end - date, item.current_period_end - item.current_period_start
    change(
        beside,
        made,
        items=[{"id": item.id, "quantity": 5}],
        proration_behavior="always_invoice",
        proration_date=date,
    )
    invoice = shop.last_invoice(made)
    assert proration_lines(invoice) == [
        ("Unused time on 3 × Pro seat", -round(11_700 * left / whole)),
        ("Remaining time on 5 × Pro seat", round(19_500 * left / whole)),
    ]
    assert (invoice.status, invoice.billing_reason) == ("paid", "subscription_update")
    assert invoice.parent.subscription_details.subscription_proration_date == date


def test_a_preview_says_to_the_cent_what_the_change_then_costs_and_changes_nothing(
    beside: Beside, shop: Shop, listener: Listener
) -> None:
    made = shop.subscribe(shop.customer(), ("pro_month", 3), ("extra_month", 1), automatic_tax={"enabled": True})
    beside.settle()
    told, count = len(listener.received), len(beside.client.v1.invoices.list().data)
    date = middle_of(made)
    items: Any = [
        {"id": item_of(made, "pro_month").id, "quantity": 4},
        {"id": item_of(made, "extra_month").id, "deleted": True},
        {"price": "price_basic_month", "quantity": 2},
    ]
    behavior: Any = {"proration_behavior": "always_invoice", "proration_date": date}
    details: Any = {"items": items, **behavior}
    preview = beside.client.v1.invoices.create_preview({"subscription": made.id, "subscription_details": details})
    assert shop.read(made).to_dict() == made.to_dict()
    assert len(beside.client.v1.invoices.list().data) == count
    beside.settle()
    assert len(listener.received) == told
    change(beside, made, items=items, **behavior)
    invoice = shop.last_invoice(made)
    assert proration_lines(invoice) == proration_lines(preview)
    assert (invoice.total, invoice.amount_due) == (preview.total, preview.amount_due)
    assert [each.price.id for each in shop.read(made)["items"].data] == ["price_pro_month", "price_basic_month"]


def test_prorations_that_are_not_billed_at_once_come_with_the_next_invoice(beside: Beside, shop: Shop) -> None:
    made = shop.subscribe(shop.customer(), ("pro_month", 1))
    item, date = item_of(made, "pro_month"), middle_of(made)
    before = shop.last_invoice(made).id
    preview = beside.client.v1.invoices.create_preview(
        {"subscription": made.id, "subscription_details": {"items": [{"id": item.id, "quantity": 2}],
                                                           "proration_date": date}}
    )  # fmt: skip
    change(beside, made, items=[{"id": item.id, "quantity": 2}], proration_date=date)
    assert shop.last_invoice(made).id == before
    beside.pass_days(32)
    invoice = shop.last_invoice(made)
    assert [line.amount for line in invoice.lines.data] == [-1_950, 3_900, 7_800]
    assert invoice.total == preview.total == 9_750


def test_a_change_without_proration_costs_nothing_until_the_next_period(beside: Beside, shop: Shop) -> None:
    made = shop.subscribe(shop.customer(), ("pro_month", 1))
    change(beside, made, items=[{"id": item_of(made, "pro_month").id, "quantity": 4}], proration_behavior="none")
    assert shop.read(made)["items"].data[0].quantity == 4
    beside.pass_days(32)
    assert [line.amount for line in shop.last_invoice(made).lines.data] == [15_600]


@pytest.mark.parametrize(("mode", "credit"), [("flexible", -1_950), ("classic", -7_800)])
def test_flexible_gives_back_what_was_paid_and_classic_what_it_costs_now(
    beside: Beside, shop: Shop, mode: str, credit: int
) -> None:
    made = shop.subscribe(shop.customer(), ("pro_month", 1), ("extra_month", 1), billing_mode={"type": mode})
    item, date = item_of(made, "pro_month"), middle_of(made)
    change(beside, made, items=[{"id": item.id, "quantity": 4}], proration_behavior="none")
    change(
        beside,
        made,
        items=[{"id": item.id, "deleted": True}],
        proration_behavior="always_invoice",
        proration_date=date,
    )
    assert proration_lines(shop.last_invoice(made)) == [("Unused time on 4 × Pro seat", credit)]


def test_what_a_downgrade_gives_back_is_kept_and_pays_the_next_invoice(beside: Beside, shop: Shop) -> None:
    customer = shop.customer()
    made = shop.subscribe(customer, ("pro_month", 3))
    item, date = item_of(made, "pro_month"), middle_of(made)
    change(
        beside,
        made,
        items=[{"id": item.id, "quantity": 1}],
        proration_behavior="always_invoice",
        proration_date=date,
    )
    credit = shop.last_invoice(made)
    assert (credit.total, credit.amount_due, credit.status, credit.ending_balance) == (-3_900, 0, "paid", -3_900)
    assert beside.client.v1.customers.retrieve(customer.id).balance == -3_900
    beside.pass_days(32)
    renewal = shop.last_invoice(made)
    assert (renewal.total, renewal.starting_balance, renewal.amount_due) == (3_900, -3_900, 0)
    assert beside.client.v1.customers.retrieve(customer.id).balance == 0


def test_a_proration_date_outside_the_period_is_refused(beside: Beside, shop: Shop) -> None:
    made = shop.subscribe(shop.customer(), ("pro_month", 1))
    item = item_of(made, "pro_month")
    with pytest.raises(stripe.InvalidRequestError, match="outside the current billing period"):
        change(beside, made, items=[{"id": item.id, "quantity": 2}], proration_date=item.current_period_start - 1)
    assert shop.read(made)["items"].data[0].quantity == 1


def test_a_change_reckoned_from_before_the_last_one_gives_back_no_more_than_was_billed(
    beside: Beside, shop: Shop
) -> None:
    made = shop.subscribe(shop.customer(), ("pro_month", 1))
    item, at_once = item_of(made, "pro_month"), {"proration_behavior": "always_invoice"}
    later, sooner = middle_of(made), item.current_period_start
    change(beside, made, items=[{"id": item.id, "quantity": 3}], proration_date=later, **at_once)
    change(beside, made, items=[{"id": item.id, "quantity": 1}], proration_date=sooner, **at_once)
    assert proration_lines(shop.last_invoice(made)) == [
        ("Unused time on 3 × Pro seat", -5_850),
        ("Remaining time on Pro seat", 3_900),
    ]


def test_a_subscription_has_twenty_prices_at_most(beside: Beside, shop: Shop) -> None:
    wanted: Any = {"product": "prod_pro", "currency": "eur", "unit_amount": 1, "recurring": {"interval": "month"}}
    prices = [beside.client.v1.prices.create(wanted).id for _ in range(21)]
    items: Any = [{"price": price} for price in prices]
    create = beside.client.v1.subscriptions.create
    assert create({"customer": shop.customer().id, "items": items[:20]}).status == "active"
    with pytest.raises(stripe.InvalidRequestError, match="at most 20"):
        create({"customer": shop.customer().id, "items": items})


def test_a_subscription_keeps_one_item_at_least(beside: Beside, shop: Shop) -> None:
    made = shop.subscribe(shop.customer(), ("pro_month", 1))
    with pytest.raises(stripe.InvalidRequestError, match="at least one"):
        change(beside, made, items=[{"id": item_of(made, "pro_month").id, "deleted": True}])
    assert len(shop.read(made)["items"].data) == 1


def test_a_change_that_can_not_be_paid_is_made_all_the_same_unless_an_error_is_wanted(
    beside: Beside, shop: Shop
) -> None:
    customer = shop.customer()
    made = shop.subscribe(customer, ("pro_month", 1))
    shop.use_card(customer, "pm_card_chargeCustomerFail")
    upgrade: Any = {
        "items": [{"id": item_of(made, "pro_month").id, "quantity": 2}],
        "proration_behavior": "always_invoice",
    }
    with pytest.raises(stripe.CardError):
        change(beside, made, **upgrade, payment_behavior="error_if_incomplete")
    assert shop.read(made).to_dict() == made.to_dict()
    assert change(beside, made, **upgrade).status == "past_due"
    assert shop.read(made)["items"].data[0].quantity == 2


def test_it_ends_with_its_period_when_that_was_asked_for(beside: Beside, shop: Shop, listener: Listener) -> None:
    made = shop.subscribe(shop.customer(), ("pro_month", 1))
    ending = change(beside, made, cancel_at_period_end=True)
    assert ending.cancel_at == ending["items"].data[0].current_period_end
    assert (ending.status, ending.cancellation_details.reason) == ("active", "cancellation_requested")
    beside.pass_days(32)
    ended = shop.read(made)
    assert (ended.status, ended.ended_at) == ("canceled", ending.cancel_at)
    assert len(beside.client.v1.invoices.list({"subscription": made.id}).data) == 1
    beside.settle()
    assert listener.types()[-1] == "customer.subscription.deleted"


def test_a_change_of_mind_renews_it(beside: Beside, shop: Shop) -> None:
    made = shop.subscribe(shop.customer(), ("pro_month", 1))
    change(beside, made, cancel_at_period_end=True)
    renewed = change(beside, made, cancel_at_period_end=False)
    assert (renewed.cancel_at, renewed.canceled_at, renewed.cancellation_details.reason) == (None, None, None)
    beside.pass_days(32)
    assert shop.read(made).status == "active"


def test_canceled_at_once_it_can_be_changed_no_more(beside: Beside, shop: Shop) -> None:
    made = shop.subscribe(shop.customer(), ("pro_month", 1))
    assert beside.client.v1.subscriptions.cancel(made.id).status == "canceled"
    with pytest.raises(stripe.InvalidRequestError):
        change(beside, made, cancel_at_period_end=True)
    with pytest.raises(stripe.InvalidRequestError):
        beside.client.v1.subscriptions.cancel(made.id)


def test_an_update_tells_what_it_was_before(beside: Beside, shop: Shop, listener: Listener) -> None:
    made = shop.subscribe(shop.customer(), ("pro_month", 1))
    change(beside, made, cancel_at_period_end=True)
    beside.settle()
    event = listener.received[-1].event
    assert event.type == "customer.subscription.updated"
    assert event.data.object.cancel_at_period_end is True
    assert event.data.previous_attributes.cancel_at_period_end is False


def test_a_new_subscription_can_be_previewed(beside: Beside, shop: Shop) -> None:
    customer = shop.customer()
    preview = beside.client.v1.invoices.create_preview(
        {
            "customer": customer.id,
            "automatic_tax": {"enabled": True},
            "subscription_details": {"items": [{"price": "price_pro_year", "quantity": 2}]},
        }
    )
    assert (preview.subtotal, preview.total) == (78_000, 93_600)
    assert beside.client.v1.subscriptions.list({"status": "all"}).data == []


def test_refunds_give_back_a_part_and_then_the_rest(beside: Beside, shop: Shop, listener: Listener) -> None:
    made = shop.subscribe(shop.customer(), ("pro_month", 1), expand=["latest_invoice.payments"])
    intent = made.latest_invoice.payments.data[0].payment.payment_intent
    refunds = beside.client.v1.refunds
    refunds.create({"payment_intent": intent, "amount": 900})
    rest = refunds.create({"payment_intent": intent, "reason": "requested_by_customer"})
    assert (rest.amount, rest.status) == (3_000, "succeeded")
    charge = beside.client.v1.charges.retrieve(str(rest.charge))
    assert (charge.refunded, charge.amount_refunded) == (True, 3_900)
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        refunds.create({"payment_intent": intent})
    assert refusal.value.code == "charge_already_refunded"
    beside.settle()
    assert listener.types().count("charge.refunded") == 2
