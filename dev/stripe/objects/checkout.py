"""Checkout sessions: made by the product, completed by somebody on the page."""

from dataclasses import dataclass
from typing import Any

from dev.stripe.objects import cards, customers, events, subscriptions, tax
from dev.stripe.wire.params import Params
from dev.stripe.wire.refusals import Refused, not_here
from dev.stripe.world import Thing, World

_LIFE_S, _SHORTEST_S = 86_400, 1_800
PLACE = "{CHECKOUT_SESSION_ID}"
_ABSENT = (
    "after_expiration",
    "client_secret",
    "collected_information",
    "consent",
    "consent_collection",
    "currency_conversion",
    "customer_account",
    "customer_details",
    "invoice",
    "invoice_creation",
    "origin_context",
    "payment_intent",
    "payment_link",
    "payment_method_configuration_details",
    "permissions",
    "recovered_from",
    "saved_payment_method_options",
    "setup_intent",
    "shipping_address_collection",
    "shipping_cost",
    "submit_type",
    "subscription",
    "wallet_options",
)
"""What a session has no value for at first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """What somebody filled in on the page."""

    number: str
    country: str = ""
    full_name: str = ""
    email: str = ""
    vat_id: str = ""


def create(world: World, params: Params) -> Thing:
    """`checkout.sessions.create` in mode subscription, on Stripe's own page."""
    _refuse_what_is_not_here(params)
    customer = _customer(world, params)
    saves = params.part("customer_update")
    ways = ("auto", "never")
    saved = {name: saves.choice(name, ways, "never") for name in ("address", "name", "shipping")}
    _check_saving(params, customer, saved)
    lines_of_sale = [_line(world, each) for each in params.parts("line_items")]
    if not lines_of_sale:
        raise Refused("Missing required param: line_items.", code="parameter_missing", param="line_items")
    session = world.add(_new(world, params, customer, lines_of_sale))
    session["_saves"] = saved
    session["_subscription"] = _of_subscription(params)
    return session


def expire(world: World, _: Params, name: str) -> Thing:
    """`checkout.sessions.expire`."""
    session = world.get("checkout.session", name)
    if session["status"] != "open":
        raise Refused(
            f'Only Checkout Sessions with a status in ["open"] can be expired. This one is {session["status"]}.'
        )
    expired(world, session)
    return session


def expired(world: World, session: Thing) -> None:
    """Nobody can pay there any more."""
    session |= {"status": "expired", "url": None}
    events.tell(world, "checkout.session.expired", session)


def complete(world: World, name: str, buyer: Buyer) -> Thing:
    """Pay: a customer where there was none, their card, the subscription and its first invoice.

    Raises:
        Refused: the session is over, the card says no or tax needs a country; nothing is kept then.
    """
    session = world.get("checkout.session", name)
    if session["status"] != "open":
        raise Refused("This Checkout Session is no longer active.")
    customer = _buying(world, session, buyer)
    method = cards.attached(world, cards.make(world, buyer.number), customer)
    subscription = subscriptions.create(world, Params(_wanted(session, customer, method)))
    invoice = world.get("invoice", subscription["latest_invoice"])
    session |= {
        "customer": customer["id"],
        "subscription": subscription["id"],
        "invoice": invoice["id"],
        "status": "complete",
        "payment_status": "paid",
        "url": None,
        "amount_subtotal": invoice["subtotal"],
        "amount_total": invoice["total"],
        "customer_details": _details(world, customer),
    }
    session["total_details"]["amount_tax"] = sum(each["amount"] for each in invoice["total_taxes"])
    session["automatic_tax"]["status"] = invoice["automatic_tax"]["status"]
    events.tell(world, "checkout.session.completed", session)
    return session


def _wanted(session: Thing, customer: Thing, method: Thing) -> dict[str, Any]:
    """The subscription's parameters, as a request would bring them."""
    kept: list[Thing] = session["_line_items"]
    given: dict[str, Any] = {
        "customer": customer["id"],
        "default_payment_method": method["id"],
        "items": [{"price": each["price"]["id"], "quantity": str(each["quantity"])} for each in kept],
        "automatic_tax": {"enabled": "true" if session["automatic_tax"]["enabled"] else "false"},
        "payment_behavior": "error_if_incomplete",
    }
    of_product: dict[str, Any] = session["_subscription"]
    return given | of_product


def _buying(world: World, session: Thing, buyer: Buyer) -> Thing:
    if session["customer"]:
        customer = world.get("customer", session["customer"])
    else:
        customer = customers.create(world, Params({"email": session["customer_email"] or buyer.email}))
    saves = session["_saves"]
    is_new = session["customer"] is None
    country = buyer.country if is_new or saves["address"] == "auto" else ""
    full_name = buyer.full_name if is_new or saves["name"] == "auto" else ""
    if country or full_name:
        customers.located(world, customer, country=country, full_name=full_name, email=buyer.email)
    if buyer.vat_id and session["tax_id_collection"]["enabled"]:
        customers.new_tax_id(world, customer, buyer.vat_id)
    return customer


def _details(world: World, customer: Thing) -> Thing:
    ids = world.of("tax_id", "customer", customer["id"])
    return {
        "address": customer["address"],
        "business_name": None,
        "email": customer["email"],
        "individual_name": None,
        "name": customer["name"],
        "phone": customer["phone"],
        "tax_exempt": customer["tax_exempt"],
        "tax_ids": [{"type": each["type"], "value": each["value"]} for each in ids],
    }


def _refuse_what_is_not_here(params: Params) -> None:
    if params.required("mode") != "subscription":
        raise not_here("modes other than subscription", "mode")
    if params.text("ui_mode", "hosted_page") != "hosted_page":
        raise not_here("pages other than Stripe's own", "ui_mode")


def _customer(world: World, params: Params) -> Thing | None:
    name = params.text("customer")
    if name and params.text("customer_email"):
        raise Refused("You may only specify one of these parameters: customer, customer_email.")
    return world.get("customer", name, param="customer") if name else None


def _check_saving(params: Params, customer: Thing | None, saved: dict[str, str | None]) -> None:
    """What of the page's answers must be written down on a customer there already is."""
    if customer is None:
        return
    taxed = params.part("automatic_tax").flag("enabled")
    if taxed and not tax.is_located(customer) and saved["address"] != "auto":
        raise Refused(
            "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to "
            "the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to "
            "'auto' to save the address entered in Checkout to the Customer.",
            code="customer_tax_location_invalid",
        )
    if params.part("tax_id_collection").flag("enabled") and saved["name"] != "auto":
        raise Refused(
            "Tax ID collection requires updating business name on the customer. To enable tax ID collection for an "
            "existing customer, please set `customer_update[name]` to `auto`."
        )


def _of_subscription(params: Params) -> dict[str, Any]:
    """`subscription_data`, kept as it came until somebody pays."""
    given = params.part("subscription_data")
    kept: dict[str, Any] = {"metadata": given.metadata()}
    if description := given.text("description"):
        kept["description"] = description
    if mode := given.part("billing_mode").choice("type", ("flexible", "classic")):
        kept["billing_mode"] = {"type": mode}
    return kept


def _line(world: World, given: Params) -> Thing:
    price = world.get("price", given.required("price"), param=given.name("price"))
    if price["type"] != "recurring":
        raise not_here("prices that are paid once, beside a subscription", given.name("price"))
    quantity = given.amount("quantity", 1)
    amount = price["unit_amount"] * quantity
    return {
        "id": world.mint("li_"),
        "object": "item",
        "adjustable_quantity": None,
        "amount_discount": 0,
        "amount_subtotal": amount,
        "amount_tax": 0,
        "amount_total": amount,
        "currency": price["currency"],
        "description": world.get("product", price["product"])["name"],
        "metadata": {},
        "price": dict(price),
        "quantity": quantity,
    }


def _new(world: World, params: Params, customer: Thing | None, sold: list[Thing]) -> Thing:
    name, now = world.mint("cs_test_"), world.now()
    expires_at = params.whole("expires_at", now + _LIFE_S) or 0
    if not now + _SHORTEST_S <= expires_at <= now + _LIFE_S:
        raise Refused(
            "The `expires_at` timestamp must be between 30 minutes and 24 hours from now.", param="expires_at"
        )
    taxed, total = params.part("automatic_tax").flag("enabled"), sum(each["amount_total"] for each in sold)
    return {
        **dict.fromkeys(_ABSENT),
        "id": name,
        "object": "checkout.session",
        "adaptive_pricing": {"enabled": params.part("adaptive_pricing").flag("enabled")},
        "allow_promotion_codes": params.flag("allow_promotion_codes"),
        "amount_subtotal": total,
        "amount_total": total,
        "automatic_tax": {
            "enabled": taxed,
            "liability": {"type": "self"} if taxed else None,
            "provider": "stripe" if taxed else None,
            "status": "requires_location_inputs" if taxed else None,
        },
        "billing_address_collection": params.choice("billing_address_collection", ("auto", "required")),
        "cancel_url": params.text("cancel_url"),
        "client_reference_id": params.text("client_reference_id"),
        "created": now,
        "currency": sold[0]["currency"],
        "custom_fields": [],
        "custom_text": dict.fromkeys(("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")),
        "customer": customer["id"] if customer else None,
        "customer_creation": None if customer else "always",
        "customer_email": params.text("customer_email"),
        "discounts": [],
        "expires_at": expires_at,
        "livemode": world.rules.livemode,
        "locale": params.text("locale"),
        "metadata": params.metadata(),
        "mode": "subscription",
        "payment_method_collection": params.choice("payment_method_collection", ["always"], "always"),
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "payment_method_types": params.words("payment_method_types") or ["card"],
        "payment_status": "unpaid",
        "phone_number_collection": {"enabled": False},
        "shipping_options": [],
        "status": "open",
        "success_url": params.required("success_url"),
        "tax_id_collection": {"enabled": params.part("tax_id_collection").flag("enabled"), "required": "never"},
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
        "url": f"{world.pages}/checkout/{name}",
        "_line_items": sold,
    }
