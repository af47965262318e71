"""Customer Portal sessions, and what somebody does there: another card, an end, a change of mind, a bill to pay."""

from dev.stripe.objects import cards, collection, events, subscriptions
from dev.stripe.wire.params import Params
from dev.stripe.wire.refusals import Refused
from dev.stripe.wire.shown import shown
from dev.stripe.world import Thing, World

_LIFE_S = 3_600
_CONFIGURATION = "bpc_local"
_FLOWS = ("payment_method_update", "subscription_cancel")


def create(world: World, params: Params) -> Thing:
    """`billing_portal.sessions.create`. Whatever `flow_data` asks for, the page shows everything."""
    customer = world.get("customer", params.required("customer"), param="customer")
    name = world.mint("bps_")
    return world.add(
        {
            "id": name,
            "object": "billing_portal.session",
            "configuration": params.text("configuration", _CONFIGURATION),
            "created": world.now(),
            "customer": customer["id"],
            "customer_account": None,
            "flow": _flow(world, params),
            "livemode": world.rules.livemode,
            "locale": params.text("locale"),
            "on_behalf_of": None,
            "return_url": params.text("return_url"),
            "url": f"{world.pages}/portal/{name}",
        }
    )


def customer_of(world: World, name: str) -> Thing:
    """Whose page it is.

    Raises:
        Refused: there is no such session, or it was made more than an hour ago.
    """
    session = world.get("billing_portal.session", name)
    if world.now() - session["created"] > _LIFE_S:
        raise Refused("This link has expired.", status=404)
    return world.get("customer", session["customer"])


def change_card(world: World, customer: Thing, number: str) -> None:
    """Everything is paid with this card from now on."""
    method = cards.attached(world, cards.make(world, number), customer)
    before = shown(customer)
    customer["invoice_settings"]["default_payment_method"] = method["id"]
    events.tell(world, "customer.updated", customer, before=before)
    for each in world.of("subscription", "customer", customer["id"]):
        if each["status"] != "canceled" and each["default_payment_method"]:
            subscriptions.update(world, Params({"default_payment_method": method["id"]}), each["id"])


def set_ending(world: World, customer: Thing, name: str, *, ends: bool) -> None:
    """Cancel one of the customer's subscriptions at the end of its period, or renew it after all."""
    if world.get("subscription", name)["customer"] == customer["id"]:
        subscriptions.update(world, Params({"cancel_at_period_end": "true" if ends else "false"}), name)


def pay(world: World, customer: Thing, name: str) -> None:
    """Pay one of the customer's open invoices. Raises Refused."""
    if world.get("invoice", name)["customer"] == customer["id"]:
        collection.pay(world, Params({}), name)


def _flow(world: World, params: Params) -> Thing | None:
    given = params.part("flow_data")
    kind = given.choice("type", _FLOWS)
    if kind is None:
        return None
    ending = given.part("subscription_cancel").text("subscription")
    if ending:
        world.get("subscription", ending, param="flow_data[subscription_cancel][subscription]")
    after = given.part("after_completion")
    way = after.choice("type", ("portal_homepage", "redirect"), "portal_homepage")
    back = after.part("redirect").text("return_url")
    return {
        "after_completion": {
            "hosted_confirmation": None,
            "redirect": {"return_url": back} if back else None,
            "type": way,
        },
        "subscription_cancel": {"retention": None, "subscription": ending} if ending else None,
        "subscription_update": None,
        "subscription_update_confirm": None,
        "type": kind,
    }
