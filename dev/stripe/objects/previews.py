"""`invoices.create_preview`: do it, look at the invoice, and let the request undo everything."""

from dev.stripe.objects import items, subscriptions
from dev.stripe.wire.params import Params
from dev.stripe.wire.refusals import Refused
from dev.stripe.world import Thing, World


def create(world: World, params: Params) -> Thing:
    """The invoice that would come next. The caller puts the world back."""
    invoice = _next(world, params)
    invoice["id"] = f"upcoming_{invoice['id']}"
    invoice["automatically_finalizes_at"] = None
    for place, each in enumerate(invoice["lines"]["data"], 1):
        each |= {"id": f"il_tmp_{place}{invoice['id'][-12:]}", "invoice": invoice["id"]}
    params.choice("preview_mode", ["next"])
    return dict(invoice)


def _next(world: World, params: Params) -> Thing:
    details, name = params.part("subscription_details"), params.text("subscription")
    if name is None:
        return _of_a_new_one(world, params, details)
    subscription = world.get("subscription", name, param="subscription")
    if params.text("customer", subscription["customer"]) != subscription["customer"]:
        raise Refused("The subscription does not belong to the customer.", param="subscription")
    subscriptions.set_tax(params, subscription, world.get("customer", subscription["customer"]))
    behavior = details.choice("proration_behavior", subscriptions.PRORATIONS, "create_prorations")
    if details.has("proration_date") and behavior == "none":
        raise Refused("`proration_date` cannot be used with `proration_behavior=none`.", param="subscription_details")
    made, date = subscriptions.adjust(world, details, subscription)
    if details.flag("cancel_now"):
        made += items.credit_all(world, subscription, date)
    subscription["_waiting"] += made
    if details.flag("cancel_now") or (behavior == "always_invoice" and made):
        return subscriptions.invoice_now(world, subscription, date)
    if subscription["cancel_at_period_end"]:
        raise Refused("No upcoming invoices for customer.", status=404, code="invoice_upcoming_none")
    return subscriptions.next_invoice(world, subscription)


def _of_a_new_one(world: World, params: Params, details: Params) -> Thing:
    customer = world.get("customer", params.required("customer"), param="customer")
    details.choice("proration_behavior", subscriptions.PRORATIONS)
    subscription = subscriptions.begin(world, customer, details, params)
    return world.get("invoice", subscription["latest_invoice"])
