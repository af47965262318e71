"""Customers and their tax ids."""

from dev.stripe.objects import cards, events
from dev.stripe.wire.params import Params
from dev.stripe.wire.refusals import not_here
from dev.stripe.wire.shown import shown
from dev.stripe.world import Thing, World

_ADDRESS = ("city", "country", "line1", "line2", "postal_code", "state")
_TEXTS = ("description", "email", "name", "phone")
EXEMPTIONS = ("none", "exempt", "reverse")
_ABSENT = (
    "address",
    "currency",
    "customer_account",
    "default_source",
    "description",
    "email",
    "name",
    "phone",
    "shipping",
)
"""What a customer has no value for at first."""


def create(world: World, params: Params) -> Thing:
    """`customers.create`."""
    clock = params.text("test_clock")
    if clock is not None:
        world.get("test_helpers.test_clock", clock, param="test_clock")
    customer = world.add(_new(world, clock))
    if method := params.text("payment_method"):
        cards.attached(world, world.get("payment_method", method, param="payment_method"), customer)
    _apply(world, params, customer)
    events.tell(world, "customer.created", customer)
    return customer


def update(world: World, params: Params, name: str) -> Thing:
    """`customers.update`."""
    customer = world.get("customer", name)
    before = shown(customer)
    _apply(world, params, customer)
    if shown(customer) != before:
        events.tell(world, "customer.updated", customer, before=before)
    return customer


def located(world: World, customer: Thing, *, country: str, full_name: str, email: str) -> None:
    """Write down what somebody said of themselves on a page."""
    before = shown(customer)
    customer["address"] = dict.fromkeys(_ADDRESS) | (customer["address"] or {}) | {"country": country}
    customer["name"] = full_name or customer["name"]
    customer["email"] = customer["email"] or email or None
    if shown(customer) != before:
        events.tell(world, "customer.updated", customer, before=before)


def add_tax_id(world: World, params: Params, name: str) -> Thing:
    """`customers.tax_ids.create`: European VAT ids, believed as they are."""
    customer = world.get("customer", name)
    kind, value = params.required("type"), params.required("value")
    if kind != "eu_vat":
        raise not_here("tax ids that are not eu_vat", "type")
    return new_tax_id(world, customer, value)


def new_tax_id(world: World, customer: Thing, value: str) -> Thing:
    """Keep a VAT id of a customer."""
    tax_id = world.add(
        {
            "id": world.mint("txi_"),
            "object": "tax_id",
            "country": value[:2].upper(),
            "created": world.now(customer["id"]),
            "customer": customer["id"],
            "customer_account": None,
            "livemode": world.rules.livemode,
            "owner": {"customer": customer["id"], "type": "customer"},
            "type": "eu_vat",
            "value": value,
            "verification": {"status": "verified", "verified_address": None, "verified_name": None},
        }
    )
    events.tell(world, "customer.tax_id.created", tax_id)
    return tax_id


def stub(customer: Thing) -> Thing:
    """What a deleted customer is served as."""
    return {"id": customer["id"], "object": "customer", "deleted": True}


def _apply(world: World, params: Params, customer: Thing) -> None:
    for name in _TEXTS:
        if params.has(name):
            customer[name] = params.text(name)
    if params.has("address"):
        given = params.part("address")
        customer["address"] = {name: given.text(name) for name in _ADDRESS}
    customer["tax_exempt"] = params.choice("tax_exempt", EXEMPTIONS, customer["tax_exempt"])
    customer["preferred_locales"] = params.words("preferred_locales") or customer["preferred_locales"]
    customer["metadata"] = params.metadata(customer["metadata"])
    customer["balance"] = params.whole("balance", customer["balance"])
    settings = params.part("invoice_settings")
    if settings.has("default_payment_method"):
        customer["invoice_settings"]["default_payment_method"] = _method(world, settings, customer)


def _method(world: World, settings: Params, customer: Thing) -> str | None:
    name = "default_payment_method"
    return cards.of_customer(world, customer, settings.text(name), settings.name(name))


def _new(world: World, clock: str | None) -> Thing:
    name = world.mint("cus_")
    return {
        **dict.fromkeys(_ABSENT),
        "id": name,
        "object": "customer",
        "balance": 0,
        "created": int(world.state.things[clock]["frozen_time"]) if clock else world.now(),
        "delinquent": False,
        "invoice_prefix": name[-8:].upper(),
        "invoice_settings": {
            "custom_fields": None,
            "default_payment_method": None,
            "footer": None,
            "rendering_options": None,
        },
        "livemode": world.rules.livemode,
        "metadata": {},
        "next_invoice_sequence": 1,
        "preferred_locales": [],
        "tax_exempt": "none",
        "test_clock": clock,
    }
