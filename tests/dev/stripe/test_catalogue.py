"""Products, prices, customers and cards: made, changed, found."""

from typing import Any

import pytest
import stripe

from dev.stripe.objects.shop import PRICES
from tests.dev.stripe.beside import Beside, Listener
from tests.dev.stripe.conftest import Shop

AMOUNTS = {
    "basic_month": 2_900,
    "basic_year": 29_000,
    "pro_month": 3_900,
    "pro_year": 39_000,
    "extra_month": 500,
    "extra_year": 5_000,
}
"""Product, 3: seats and accounts by the month and by the year, in EUR."""


def test_a_new_world_sells_what_wireroom_sells(beside: Beside) -> None:
    found = {price.id: price for price in beside.client.v1.prices.list({"active": True}).data}
    assert {kind: found[name].unit_amount for kind, name in PRICES.items()} == AMOUNTS
    assert {price.currency for price in found.values()} == {"eur"}


def test_a_price_is_found_by_its_key_which_moves_only_when_that_is_wanted(beside: Beside) -> None:
    prices = beside.client.v1.prices
    dearer: Any = {
        "product": "prod_pro",
        "currency": "eur",
        "unit_amount": 4_500,
        "recurring": {"interval": "month"},
        "lookup_key": "pro_month",
    }
    with pytest.raises(stripe.InvalidRequestError, match="already uses that lookup key"):
        prices.create(dearer)
    made = prices.create(dearer | {"transfer_lookup_key": True})
    assert [each.id for each in prices.list({"lookup_keys": ["pro_month"]}).data] == [made.id]
    assert prices.retrieve("price_pro_month").lookup_key is None


def test_a_price_may_come_with_its_product(beside: Beside) -> None:
    wanted: Any = {
        "currency": "eur",
        "unit_amount": 100,
        "recurring": {"interval": "year"},
        "product_data": {"name": "Something else"},
    }
    made = beside.client.v1.prices.create(wanted)
    assert beside.client.v1.products.retrieve(str(made.product)).name == "Something else"


@pytest.mark.parametrize("change", [{"unit_amount": -1}, {"recurring": {"interval": "week"}}, {"product": "prod_none"}])
def test_a_price_that_can_not_be_is_refused(beside: Beside, change: Any) -> None:
    whole: Any = {"product": "prod_pro", "currency": "eur", "unit_amount": 1, "recurring": {"interval": "month"}}
    before = len(beside.client.v1.prices.list().data)
    with pytest.raises(stripe.InvalidRequestError):
        beside.client.v1.prices.create(whole | change)
    assert len(beside.client.v1.prices.list().data) == before


def test_what_is_sold_no_more_can_not_be_bought(beside: Beside, shop: Shop) -> None:
    beside.client.v1.prices.update("price_pro_month", {"active": False})
    with pytest.raises(stripe.InvalidRequestError, match="only accepts active prices"):
        shop.subscribe(shop.customer(), ("pro_month", 1))


def test_a_product_is_renamed(beside: Beside, shop: Shop) -> None:
    beside.client.v1.products.update("prod_pro", {"name": "Pro"})
    made = shop.subscribe(shop.customer(), ("pro_month", 1))
    assert shop.last_invoice(made).lines.data[0].description == "1 × Pro (at €39.00 / month)"


def test_a_card_is_kept_by_number_and_given_back(beside: Beside, shop: Shop, listener: Listener) -> None:
    customer, methods = shop.customer(card=""), beside.client.v1.payment_methods
    card: Any = {"type": "card", "card": {"number": "5555555555554444", "exp_month": 1, "exp_year": 2040, "cvc": "123"}}
    made = methods.create(card)
    methods.attach(made.id, {"customer": customer.id})
    beside.client.v1.customers.update(customer.id, {"invoice_settings": {"default_payment_method": made.id}})
    [kept] = beside.client.v1.customers.payment_methods.list(customer.id).data
    assert kept.card is not None
    assert (kept.card.brand, kept.card.last4) == ("mastercard", "4444")
    methods.detach(made.id)
    settings = beside.client.v1.customers.retrieve(customer.id).invoice_settings
    assert settings is not None
    assert settings.default_payment_method is None
    beside.settle()
    assert "payment_method.detached" in listener.types()


def test_a_card_is_one_customer_s(beside: Beside, shop: Shop) -> None:
    first, second = shop.customer(), shop.customer(card="")
    theirs = str(first.invoice_settings.default_payment_method)
    with pytest.raises(stripe.InvalidRequestError, match="already been attached"):
        beside.client.v1.payment_methods.attach(theirs, {"customer": second.id})
    with pytest.raises(stripe.InvalidRequestError, match="must be attached to the customer"):
        shop.subscribe(second, ("pro_month", 1), default_payment_method=theirs)


@pytest.mark.parametrize("card", ["pm_card_visa_chargeDeclined", "pm_card_visa_chargeDeclinedInsufficientFunds"])
def test_a_card_that_is_declined_is_not_kept(beside: Beside, shop: Shop, card: str) -> None:
    customer = shop.customer(card="")
    with pytest.raises(stripe.CardError):
        beside.client.v1.payment_methods.attach(card, {"customer": customer.id})
    assert beside.client.v1.customers.payment_methods.list(customer.id).data == []


def test_a_customer_s_change_says_what_was(beside: Beside, shop: Shop, listener: Listener) -> None:
    customer = shop.customer(card="")
    beside.client.v1.customers.update(customer.id, {"email": "grace@example.org"})
    beside.client.v1.customers.update(customer.id, {"email": "grace@example.org"})
    beside.settle()
    assert listener.types() == ["customer.created", "customer.updated"]
    changed = listener.received[-1].event.data
    assert (changed.previous_attributes.email, changed.object.email) == ("ada@example.org", "grace@example.org")


def test_a_deleted_customer_is_listed_and_changed_no_more(beside: Beside, shop: Shop) -> None:
    customer = shop.customer()
    beside.client.v1.customers.delete(customer.id)
    assert beside.client.v1.customers.list().data == []
    with pytest.raises(stripe.InvalidRequestError):
        beside.client.v1.customers.update(customer.id, {"name": "Ada"})
