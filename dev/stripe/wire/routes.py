"""Which request does what: Stripe's paths, and the lists and single objects that are read by them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dev.stripe.objects import (
    cards,
    catalogue,
    checkout,
    collection,
    customers,
    due,
    events,
    invoices,
    payments,
    portal,
    previews,
    standing,
    subscriptions,
)
from dev.stripe.wire.params import Params
from dev.stripe.wire.shown import listed, page
from dev.stripe.world import Thing, World

Act = Callable[[World, Params, str], Thing]
Fits = Callable[[Thing], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One request. `act` gets what the path names, "" where it names nothing; `pretends`: the world is put back."""

    method: str
    path: str
    act: Act
    pretends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Objects that can be listed and read. `filters`: parameters, each with the field it must equal.

    `asks` reads the parameters that say more, into a question that each object is asked.
    """

    path: str
    kind: str
    filters: dict[str, str]
    asks: Callable[[Params], Fits] = lambda _: lambda _: True

    def page(self, world: World, params: Params, _: str) -> Thing:
        """One page."""
        wanted, fits = {field: params.text(name) for name, field in self.filters.items()}, self.asks(params)
        things = [
            each
            for each in world.all(self.kind)
            if all(value in (None, _at(each, field)) for field, value in wanted.items()) and fits(each)
        ]
        return page(things, params, f"/v1/{self.path}")

    def read(self, world: World, _: Params, name: str) -> Thing:
        """One object; a deleted customer or product is served as its stub."""
        thing = world.find(name)
        if thing is not None and thing.get("deleted") and thing["object"] == self.kind:
            return thing
        return world.get(self.kind, name)

    def routes(self) -> list[Route]:
        """Both requests."""
        return [
            Route(method="GET", path=self.path, act=self.page),
            Route(method="GET", path=f"{self.path}/{{name}}", act=self.read),
        ]


def _at(thing: Thing, field: str) -> Any:
    for step in field.split("."):
        thing = (thing or {}).get(step) or {}
    return thing


def _subscriptions_asked_for(params: Params) -> Fits:
    """Canceled ones are left out unless they are asked for, as `subscriptions.list` does."""
    status, price = params.text("status"), params.text("price")

    def fits(subscription: Thing) -> bool:
        if price and all(item["price"]["id"] != price for item in subscription["items"]["data"]):
            return False
        if status == "ended":
            return subscription["status"] in standing.ENDED
        if status in (None, "all"):
            return status == "all" or subscription["status"] != "canceled"
        return bool(subscription["status"] == status)

    return fits


def _events_asked_for(params: Params) -> Fits:
    kinds, kind = params.words("types"), params.text("type")
    kinds = kinds or ([kind] if kind else ["*"])
    return lambda event: any(each in ("*", event["type"]) or _covers(each, event["type"]) for each in kinds)


def _covers(pattern: str, kind: str) -> bool:
    return pattern.endswith(".*") and kind.startswith(pattern.removesuffix("*"))


OF_CUSTOMER = {"customer": "customer"}
_BY_SUBSCRIPTION = {"subscription": "parent.subscription_details.subscription"}
COLLECTIONS = (
    Collection(path="customers", kind="customer", filters={"email": "email", "test_clock": "test_clock"}),
    Collection(path="products", kind="product", filters={}),
    Collection(path="prices", kind="price", filters={}, asks=catalogue.asked_for),
    Collection(path="subscriptions", kind="subscription", filters=OF_CUSTOMER, asks=_subscriptions_asked_for),
    Collection(path="invoices", kind="invoice", filters=OF_CUSTOMER | {"status": "status"} | _BY_SUBSCRIPTION),
    Collection(
        path="invoice_payments",
        kind="invoice_payment",
        filters={"invoice": "invoice", "status": "status", "payment": "payment.payment_intent"},
    ),
    Collection(path="payment_intents", kind="payment_intent", filters=OF_CUSTOMER),
    Collection(path="charges", kind="charge", filters=OF_CUSTOMER | {"payment_intent": "payment_intent"}),
    Collection(path="refunds", kind="refund", filters={"charge": "charge", "payment_intent": "payment_intent"}),
    Collection(path="payment_methods", kind="payment_method", filters=OF_CUSTOMER | {"type": "type"}),
    Collection(
        path="checkout/sessions",
        kind="checkout.session",
        filters=OF_CUSTOMER | {"status": "status", "subscription": "subscription"},
    ),
    Collection(path="events", kind="event", filters={}, asks=_events_asked_for),
    Collection(path="test_helpers/test_clocks", kind="test_helpers.test_clock", filters={}),
)


def _made_by(make: Callable[[World, Params], Thing]) -> Act:
    return lambda world, params, _: make(world, params)


def _forget_customer(world: World, _: Params, name: str) -> Thing:
    """`customers.delete`: their subscriptions end at once."""
    customer = world.get("customer", name)
    for each in world.of("subscription", "customer", name):
        if each["status"] not in standing.ENDED:
            standing.end(world, world.get("subscription", each["id"]), reason="cancellation_requested")
    events.tell(world, "customer.deleted", customer)
    return world.forget(name, customers.stub(customer))


def _void(world: World, _: Params, name: str) -> Thing:
    return invoices.void(world, world.get("invoice", name))


def _lines_of(world: World, params: Params, name: str) -> Thing:
    made = world.get("invoice", name)["lines"]["data"]
    return page(made[::-1], params, f"/v1/invoices/{name}/lines")


def _sold(world: World, _: Params, name: str) -> Thing:
    return listed(world.get("checkout.session", name)["_line_items"], f"/v1/checkout/sessions/{name}/line_items")


def _methods_of(world: World, params: Params, name: str) -> Thing:
    world.get("customer", name)
    params.text("type")
    return page(world.of("payment_method", "customer", name), params, f"/v1/customers/{name}/payment_methods")


ROUTES: tuple[Route, ...] = (
    Route(method="POST", path="customers", act=_made_by(customers.create)),
    Route(method="POST", path="customers/{name}", act=customers.update),
    Route(method="DELETE", path="customers/{name}", act=_forget_customer),
    Route(method="POST", path="customers/{name}/tax_ids", act=customers.add_tax_id),
    Route(method="GET", path="customers/{name}/payment_methods", act=_methods_of),
    Route(method="POST", path="products", act=_made_by(catalogue.create_product)),
    Route(method="POST", path="products/{name}", act=catalogue.update_product),
    Route(method="POST", path="prices", act=_made_by(catalogue.create_price)),
    Route(method="POST", path="prices/{name}", act=catalogue.update_price),
    Route(method="POST", path="subscriptions", act=_made_by(subscriptions.create)),
    Route(method="POST", path="subscriptions/{name}", act=subscriptions.update),
    Route(method="DELETE", path="subscriptions/{name}", act=subscriptions.cancel),
    Route(method="POST", path="invoices/create_preview", act=_made_by(previews.create), pretends=True),
    Route(method="POST", path="invoices/{name}/pay", act=collection.pay),
    Route(method="POST", path="invoices/{name}/void", act=_void),
    Route(method="GET", path="invoices/{name}/lines", act=_lines_of),
    Route(method="POST", path="payment_methods", act=_made_by(cards.create)),
    Route(method="POST", path="payment_methods/{name}/attach", act=cards.attach),
    Route(method="POST", path="payment_methods/{name}/detach", act=cards.detach),
    Route(method="POST", path="refunds", act=_made_by(payments.refund)),
    Route(method="POST", path="checkout/sessions", act=_made_by(checkout.create)),
    Route(method="POST", path="checkout/sessions/{name}/expire", act=checkout.expire),
    Route(method="GET", path="checkout/sessions/{name}/line_items", act=_sold),
    Route(method="POST", path="billing_portal/sessions", act=_made_by(portal.create)),
    Route(method="POST", path="test_helpers/test_clocks", act=_made_by(due.create_clock)),
    Route(method="POST", path="test_helpers/test_clocks/{name}/advance", act=due.advance_clock),
    *(route for each in COLLECTIONS for route in each.routes()),
)
