"""Every object is shaped as the pinned client declares Stripe's API of its version: no field lacks, none is made up."""

import inspect
import types
from collections.abc import Callable, Iterator
from typing import Any, Union, get_args, get_origin

import pytest
import stripe
from stripe import billing_portal, checkout, test_helpers

from dev.stripe.world import API_VERSION
from tests.dev.stripe.beside import Beside, Listener, a_stripe
from tests.dev.stripe.conftest import Shop

CLASSES: dict[str, type] = {
    each.OBJECT_NAME: each
    for each in (
        stripe.Charge,
        stripe.Customer,
        stripe.Event,
        stripe.Invoice,
        stripe.InvoiceLineItem,
        stripe.InvoicePayment,
        stripe.LineItem,
        stripe.PaymentIntent,
        stripe.PaymentMethod,
        stripe.Plan,
        stripe.Price,
        stripe.Product,
        stripe.Refund,
        stripe.Subscription,
        stripe.SubscriptionItem,
        stripe.TaxId,
        billing_portal.Session,
        checkout.Session,
        test_helpers.TestClock,
    )
}
PLAIN = (int, str, bool, float)


def test_the_stand_in_speaks_the_version_of_the_pinned_client() -> None:
    assert stripe.api_version == API_VERSION


@pytest.fixture(scope="module")
def served() -> Iterator[dict[str, Any]]:
    """One of each object, as it came over the line."""
    with a_stripe() as beside:
        yield {kind: make(beside).to_dict(for_json=True) for kind, make in MAKERS.items()}


def bought(beside: Beside, **more: Any) -> Any:
    shop = Shop(beside)
    return shop.subscribe(shop.customer(), ("pro_month", 3), ("extra_month", 2), **more)


def paid_invoice(beside: Beside) -> Any:
    sub = bought(beside, automatic_tax={"enabled": True}, expand=["latest_invoice.payments"])
    return sub.latest_invoice


def open_invoice(beside: Beside) -> Any:
    return bought(beside, payment_behavior="default_incomplete", expand=["latest_invoice"]).latest_invoice


def preview(beside: Beside) -> Any:
    sub = bought(beside)
    details: Any = {"items": [{"id": sub["items"].data[0].id, "quantity": 5}], "proration_behavior": "always_invoice"}
    return beside.client.v1.invoices.create_preview({"subscription": sub.id, "subscription_details": details})


def refund(beside: Beside) -> Any:
    intent = paid_invoice(beside).payments.data[0].payment.payment_intent
    return beside.client.v1.refunds.create({"payment_intent": intent})


def a_checkout(beside: Beside) -> Any:
    wanted: Any = {
        "mode": "subscription",
        "line_items": [{"price": "price_pro_month", "quantity": 2}],
        "success_url": "http://localhost:8480/done",
        "expand": ["line_items"],
    }
    return beside.client.v1.checkout.sessions.create(wanted)


def a_complete_checkout(beside: Beside) -> Any:
    session = a_checkout(beside)
    beside.click(session.url, decision="pay", number="4242424242424242", country="DE", email="a@example.org")
    return beside.client.v1.checkout.sessions.retrieve(session.id)


def a_portal(beside: Beside) -> Any:
    flow: Any = {"type": "payment_method_update"}
    return beside.client.v1.billing_portal.sessions.create({"customer": Shop(beside).customer().id, "flow_data": flow})


MAKERS: dict[str, Callable[[Beside], Any]] = {
    "customer": lambda beside: Shop(beside).customer(expand=["subscriptions", "tax_ids"]),
    "tax id": lambda beside: beside.client.v1.customers.tax_ids.create(
        Shop(beside).customer().id, {"type": "eu_vat", "value": "FR123"}
    ),
    "product": lambda beside: beside.client.v1.products.retrieve("prod_pro"),
    "price": lambda beside: beside.client.v1.prices.retrieve("price_pro_year"),
    "subscription": bought,
    "taxed subscription": lambda beside: bought(beside, automatic_tax={"enabled": True}),
    "ended subscription": lambda beside: beside.client.v1.subscriptions.cancel(bought(beside).id),
    "paid invoice": paid_invoice,
    "open invoice": open_invoice,
    "preview": preview,
    "payment intent": lambda beside: beside.client.v1.payment_intents.list().data[0],
    "charge": lambda beside: beside.client.v1.charges.list().data[0],
    "refund": refund,
    "payment method": lambda beside: beside.client.v1.payment_methods.attach(
        "pm_card_visa", {"customer": Shop(beside).customer(card="").id}
    ),
    "invoice payment": lambda beside: beside.client.v1.invoice_payments.list().data[0],
    "open checkout": a_checkout,
    "complete checkout": a_complete_checkout,
    "portal": a_portal,
    "event": lambda beside: beside.client.v1.events.list().data[0],
    "test clock": lambda beside: beside.client.v1.test_helpers.test_clocks.create({"frozen_time": 1_700_000_000}),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_an_object_has_every_field_that_is_declared_and_no_other(served: dict[str, Any], kind: str) -> None:
    assert list(misfits(served[kind], CLASSES[served[kind]["object"]], kind)) == []


def test_what_events_carry_is_shaped_alike(beside: Beside, listener: Listener) -> None:
    shop = Shop(beside)
    customer = shop.customer()
    subscription = shop.subscribe(customer, ("pro_month", 1))
    shop.use_card(customer, "pm_card_chargeCustomerFail")
    beside.pass_days(60)
    a_complete_checkout(beside)
    refund(beside)
    beside.settle()
    assert shop.read(subscription).status == "canceled"
    assert {"charge.failed", "charge.refunded", "checkout.session.completed"} <= set(listener.types())
    for event in (each.event.to_dict(for_json=True) for each in listener.received):
        carried = event["data"]["object"]
        assert list(misfits(carried, CLASSES[carried["object"]], event["type"])) == []


def misfits(thing: dict[str, Any], shape: type, at: str) -> Iterator[str]:
    """Where an object differs from its class, one sentence each."""
    declared = {
        name: kind
        for base in reversed(shape.__mro__)
        for name, kind in inspect.get_annotations(base).items()
        if not name.startswith("_") and not name.isupper()
    }
    for name in thing.keys() - declared.keys():
        yield f"{at}.{name} is made up"
    for name, kind in declared.items():
        if name not in thing:
            if not _may_lack(kind):
                yield f"{at}.{name} lacks"
        else:
            yield from _misfit(thing[name], kind, f"{at}.{name}")


def _misfit(value: Any, kind: Any, at: str) -> Iterator[str]:
    choices = [each for each in (get_args(kind) if _is_union(kind) else (kind,)) if each is not type(None)]
    if value is None:
        if not _may_lack(kind):
            yield f"{at} is null"
    elif isinstance(value, dict):
        yield from _misfit_hash(value, choices, at)
    elif isinstance(value, list):
        [of] = {each for choice in choices if get_origin(choice) is list for each in get_args(choice)}
        for place, each in enumerate(value):
            yield from _misfit(each, of, f"{at}[{place}]")
    elif all(choice in PLAIN and not isinstance(value, choice) for choice in choices):
        yield f"{at} is {value!r}"


def _misfit_hash(value: dict[str, Any], choices: list[Any], at: str) -> Iterator[str]:
    """An object of Stripe's, a list of them, or a hash that has a class inside its owner's."""
    name = value.get("object")
    inner = [each for each in choices if isinstance(each, type) and issubclass(each, stripe.StripeObject)]
    if isinstance(name, str) and name in CLASSES:
        yield from misfits(value, CLASSES[name], at)
    elif name == "list":
        for place, each in enumerate(value["data"]):
            yield from misfits(each, CLASSES[each["object"]], f"{at}[{place}]")
    elif inner:
        yield from misfits(value, inner[0], at)


def _is_union(kind: Any) -> bool:
    return get_origin(kind) in (Union, types.UnionType)


def _may_lack(kind: Any) -> bool:
    return _is_union(kind) and type(None) in get_args(kind)
