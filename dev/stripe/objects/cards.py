"""Cards and what comes of charging them. Source: Stripe docs, "Testing": these are its numbers and names."""

from dataclasses import dataclass

from dev.stripe.objects import events
from dev.stripe.wire.params import Params
from dev.stripe.wire.refusals import Declined, Refused, not_here
from dev.stripe.world import Thing, World

_LAST_MONTH_GOOD = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One number. `attaches`: whether a customer may keep it; `refusal`: the decline code when charged, "" pays."""

    number: str
    name: str
    brand: str
    says: str
    refusal: str = ""
    attaches: bool = True


CARDS = (
    Card(number="4242424242424242", name="pm_card_visa", brand="visa", says="pays"),
    Card(number="5555555555554444", name="pm_card_mastercard", brand="mastercard", says="pays"),
    Card(
        number="4000000000000341",
        name="pm_card_chargeCustomerFail",
        brand="visa",
        says="is kept, and declines when charged",
        refusal="generic_decline",
    ),
    Card(
        number="4000000000009995",
        name="pm_card_visa_chargeDeclinedInsufficientFunds",
        brand="visa",
        says="has not enough money",
        refusal="insufficient_funds",
        attaches=False,
    ),
    Card(
        number="4000000000000002",
        name="pm_card_visa_chargeDeclined",
        brand="visa",
        says="is declined",
        refusal="generic_decline",
        attaches=False,
    ),
)
_MESSAGES = {"insufficient_funds": "Your card has insufficient funds."}


def refusal_of(method: Thing) -> str:
    """The decline code of a payment method, "" where it pays."""
    return _numbered(method["_number"]).refusal


def declined(code: str) -> Declined:
    """What a refused charge is answered with."""
    return Declined(_MESSAGES.get(code, "Your card was declined."), code="card_declined", decline_code=code)


def create(world: World, params: Params) -> Thing:
    """`payment_methods.create`: a card by its number."""
    if params.required("type") != "card":
        raise not_here("payment methods that are not cards", "type")
    typed = params.part("card")
    number = typed.required("number").replace(" ", "")
    for name in ("exp_month", "exp_year"):
        typed.whole(name)
    typed.text("cvc")
    return make(world, number, params.metadata())


def make(world: World, number: str, metadata: dict[str, str] | None = None) -> Thing:
    """A payment method that nobody has yet. Raises Refused for a number that is none of ours."""
    card = _numbered(number)
    no_address = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))
    return world.add(
        {
            "id": world.mint("pm_"),
            "object": "payment_method",
            "allow_redisplay": "unspecified",
            "billing_details": {"address": no_address, "email": None, "name": None, "phone": None, "tax_id": None},
            "card": _shown(card, world.now()),
            "created": world.now(),
            "customer": None,
            "customer_account": None,
            "livemode": world.rules.livemode,
            "metadata": metadata or {},
            "type": "card",
            "_number": card.number,
        }
    )


def attach(world: World, params: Params, name: str) -> Thing:
    """`payment_methods.attach`; a name such as pm_card_visa makes a card of that kind first."""
    customer = world.get("customer", params.required("customer"), param="customer")
    return attached(world, _named(world, name), customer)


def attached(world: World, method: Thing, customer: Thing) -> Thing:
    """Give a payment method to a customer.

    Raises:
        Declined: the card may not be kept.
    """
    if method["customer"] not in (None, customer["id"]):
        raise Refused("The payment method you provided has already been attached to a customer.")
    card = _numbered(method["_number"])
    if not card.attaches:
        refused = declined(card.refusal)
        refused.keeps_effect = False
        raise refused
    if method["customer"] is None:
        method["customer"] = customer["id"]
        events.tell(world, "payment_method.attached", method)
    return method


def detach(world: World, _: Params, name: str) -> Thing:
    """`payment_methods.detach`: whoever paid with it by default has no default any more."""
    method = world.get("payment_method", name)
    if method["customer"] is None:
        raise Refused("The payment method you provided is not attached to a customer so detachment is impossible.")
    settings = world.get("customer", method["customer"])["invoice_settings"]
    if settings["default_payment_method"] == name:
        settings["default_payment_method"] = None
    method["customer"] = None
    events.tell(world, "payment_method.detached", method)
    return method


def of_customer(world: World, customer: Thing, named: str | None, param: str) -> str | None:
    """The id of a payment method given as a parameter, which must be this customer's."""
    if named is None:
        return None
    method = world.get("payment_method", named, param=param)
    if method["customer"] != customer["id"]:
        raise Refused(
            f"The customer does not have a payment method with the ID {named}. "
            "The payment method must be attached to the customer.",
            code="resource_missing",
            param=param,
        )
    return named


def _named(world: World, name: str) -> Thing:
    ready = next((card for card in CARDS if card.name == name), None)
    return make(world, ready.number) if ready else world.get("payment_method", name)


def _numbered(number: str) -> Card:
    for card in CARDS:
        if card.number == number:
            return card
    raise Refused(
        "Your card number is incorrect.", status=402, kind="card_error", code="incorrect_number", param="card[number]"
    )


def _shown(card: Card, now: int) -> Thing:
    return {
        "brand": card.brand,
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": "DE",
        "display_brand": card.brand,
        "exp_month": _LAST_MONTH_GOOD,
        "exp_year": 1970 + now // 31_556_952 + 3,
        "fingerprint": f"local{card.number[-8:]}",
        "funding": "credit",
        "generated_from": None,
        "last4": card.number[-4:],
        "networks": {"available": [card.brand], "preferred": None},
        "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": True},
        "wallet": None,
    }
