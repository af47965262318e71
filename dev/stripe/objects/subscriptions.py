"""Subscriptions: begun, changed, ended."""

from dev.stripe.objects import cards, collection, events, invoices, items, lines, standing, tax
from dev.stripe.objects.periods import period_end
from dev.stripe.wire.params import Params
from dev.stripe.wire.refusals import Refused, not_here
from dev.stripe.wire.shown import listed, shown
from dev.stripe.world import Thing, World

PRORATIONS = ("create_prorations", "always_invoice", "none")
BEHAVIORS = ("allow_incomplete", "default_incomplete", "error_if_incomplete")
_ABSENT = (
    "application",
    "application_fee_percent",
    "billing_cycle_anchor_config",
    "billing_thresholds",
    "cancel_at",
    "canceled_at",
    "customer_account",
    "days_until_due",
    "default_payment_method",
    "default_source",
    "ended_at",
    "latest_invoice",
    "next_pending_invoice_item_invoice",
    "on_behalf_of",
    "pause_collection",
    "pending_invoice_item_interval",
    "pending_setup_intent",
    "pending_update",
    "schedule",
    "transfer_data",
    "trial_end",
    "trial_start",
)
"""What a subscription has no value for at first."""


def create(world: World, params: Params) -> Thing:
    """`subscriptions.create`: the first invoice is made final and paid at once."""
    customer = world.get("customer", params.required("customer"), param="customer")
    subscription = begin(world, customer, params, params)
    behavior = params.choice("payment_behavior", BEHAVIORS, "allow_incomplete")
    params.choice("proration_behavior", PRORATIONS)
    params.flag("off_session")
    collection.collect_first(world, subscription, behavior or "")
    return subscription


def begin(world: World, customer: Thing, params: Params, above: Params) -> Thing:
    """A subscription with the draft of its first invoice: previews of new ones end here.

    `above` has what a preview gives outside its `subscription_details`: currency and automatic tax.
    """
    given = params.parts("items")
    if not given:
        raise Refused("Missing required param: items.", code="parameter_missing", param="items")
    first = world.get("price", given[0].required("price"), param=given[0].name("price"))
    subscription = world.add(_new(world, params, customer, above.text("currency", first["currency"]) or "", first))
    set_tax(above, subscription, customer)
    set_method(world, params, subscription, customer)
    for one in given:
        items.added(world, subscription, one)
    items.check_together(subscription["items"]["data"])
    events.tell(world, "customer.subscription.created", subscription)
    made = [lines.of_period(world, item) for item in subscription["items"]["data"]]
    invoices.draw_up(world, subscription, made, reason="subscription_create", proration_date=None)
    return subscription


def update(world: World, params: Params, name: str) -> Thing:
    """`subscriptions.update`."""
    subscription = world.get("subscription", name)
    before = shown(subscription)
    behavior = params.choice("payment_behavior", BEHAVIORS, "allow_incomplete")
    params.flag("off_session")
    customer = world.get("customer", subscription["customer"])
    set_method(world, params, subscription, customer)
    set_tax(params, subscription, customer)
    made, date = adjust(world, params, subscription)
    at_once = made and params.choice("proration_behavior", PRORATIONS) == "always_invoice"
    subscription["_waiting"] += made
    if at_once:
        invoice_now(world, subscription, date)
    _tell_of_change(world, subscription, before)
    if at_once:
        collection.collect_update(world, subscription, behavior or "")
    return subscription


def adjust(world: World, params: Params, subscription: Thing) -> tuple[list[Thing], int]:
    """Change what an update or its preview names. Answers the lines of prorations and their date."""
    if subscription["status"] in standing.ENDED:
        raise Refused("A canceled subscription can only update its cancellation_details and metadata.")
    proration = _proration(world, params, subscription)
    made = items.change(world, subscription, params.parts("items"), proration) if params.has("items") else []
    subscription["metadata"] = params.metadata(subscription["metadata"])
    subscription["description"] = params.text("description", subscription["description"])
    if params.has("cancel_at_period_end"):
        _set_ending(world, subscription, ends=params.flag("cancel_at_period_end"))
    if params.part("billing_cycle_anchor").choice("type", ("unchanged", "now")) == "now":
        raise not_here("a new billing cycle in the middle of one", "billing_cycle_anchor[type]")
    return made, proration.date


def invoice_now(world: World, subscription: Thing, date: int) -> Thing:
    """The invoice for prorations alone: all that wait."""
    return invoices.draw_up(world, subscription, [], reason="subscription_update", proration_date=date)


def cancel(world: World, params: Params, name: str) -> Thing:
    """`subscriptions.cancel`: at once; what is unused is given back only where `prorate` says so."""
    subscription = world.get("subscription", name)
    if subscription["status"] in standing.ENDED:
        raise Refused(f"No such subscription: '{name}'", status=404, code="resource_missing", param="id")
    details = params.part("cancellation_details")
    subscription["cancellation_details"] |= {"comment": details.text("comment"), "feedback": details.text("feedback")}
    now = world.now(subscription["customer"])
    if params.flag("prorate"):
        subscription["_waiting"] += items.credit_all(world, subscription, now)
    if params.flag("invoice_now") and subscription["_waiting"]:
        invoice_now(world, subscription, now)
        collection.collect_update(world, subscription, "allow_incomplete")
    standing.end(world, subscription, reason="cancellation_requested")
    return subscription


def renew(world: World, subscription: Thing) -> None:
    """The period is over: end where that was asked for, else bill the next one by a draft."""
    if subscription["cancel_at_period_end"]:
        standing.end(world, subscription, reason="cancellation_requested")
        return
    before = shown(subscription)
    invoice = next_invoice(world, subscription)
    if subscription["status"] == "unpaid":
        invoice |= {"auto_advance": False, "automatically_finalizes_at": None}
    events.tell(world, "customer.subscription.updated", subscription, before=before)


def next_invoice(world: World, subscription: Thing) -> Thing:
    """Begin the next period and draw up its invoice; what waits comes with it."""
    start = subscription["_period"][1]
    interval, count = subscription["_rhythm"]
    end_at = period_end(subscription["billing_cycle_anchor"], interval, count, start)
    subscription["_last_period_start"] = subscription["_period"][0]
    subscription["_period"] = [start, end_at]
    for item in subscription["items"]["data"]:
        item |= {"current_period_start": start, "current_period_end": end_at, "billed_until": end_at}
    made = [lines.of_period(world, item) for item in subscription["items"]["data"]]
    return invoices.draw_up(world, subscription, made, reason="subscription_cycle", proration_date=None)


def _proration(world: World, params: Params, subscription: Thing) -> items.Proration:
    behavior = params.choice("proration_behavior", PRORATIONS, "create_prorations")
    date = params.whole("proration_date", world.now(subscription["customer"])) or 0
    start, end_at = subscription["_period"]
    if not start <= date <= end_at:
        raise Refused(
            "Cannot specify `proration_date` outside the current billing period.", param=params.name("proration_date")
        )
    return items.Proration(date=date, is_wanted=behavior != "none")


def _set_ending(world: World, subscription: Thing, *, ends: bool) -> None:
    if subscription["cancel_at_period_end"] == ends:
        return
    subscription |= {
        "cancel_at_period_end": ends,
        "cancel_at": subscription["_period"][1] if ends else None,
        "canceled_at": world.now(subscription["customer"]) if ends else None,
    }
    subscription["cancellation_details"]["reason"] = "cancellation_requested" if ends else None


def set_method(world: World, params: Params, subscription: Thing, customer: Thing) -> None:
    """The card of its own that a subscription is paid with."""
    if params.has("default_payment_method"):
        subscription["default_payment_method"] = cards.of_customer(
            world, customer, params.text("default_payment_method"), "default_payment_method"
        )


def set_tax(params: Params, subscription: Thing, customer: Thing) -> None:
    """Whether tax is reckoned. Raises Refused where nobody knows where the customer is."""
    given = params.part("automatic_tax")
    enabled = given.flag("enabled", default=subscription["automatic_tax"]["enabled"])
    if enabled and not tax.is_located(customer):
        raise Refused(
            "The customer's location isn't recognized. Set a valid customer address in order to automatically "
            "calculate tax.",
            code="customer_tax_location_invalid",
            param="automatic_tax",
        )
    liability = {"type": "self"} if enabled else None
    subscription["automatic_tax"] = {"disabled_reason": None, "enabled": enabled, "liability": liability}


def _tell_of_change(world: World, subscription: Thing, before: Thing) -> None:
    if shown(subscription) != before:
        events.tell(world, "customer.subscription.updated", subscription, before=before)


def _new(world: World, params: Params, customer: Thing, currency: str, first: Thing) -> Thing:
    name, now = world.mint("sub_"), world.now(customer["id"])
    rhythm = [first["recurring"]["interval"], first["recurring"]["interval_count"]] if first["recurring"] else None
    ends_at = period_end(now, rhythm[0], rhythm[1], now) if rhythm else now
    mode = params.part("billing_mode").choice("type", ("flexible", "classic"), "flexible")
    return {
        **dict.fromkeys(_ABSENT),
        "id": name,
        "object": "subscription",
        "automatic_tax": {"enabled": False},
        "billing_cycle_anchor": now,
        "billing_mode": {
            "flexible": {"proration_discounts": "included"} if mode == "flexible" else None,
            "type": mode,
            "updated_at": now if mode == "flexible" else None,
        },
        "billing_schedules": [],
        "cancel_at_period_end": False,
        "cancellation_details": {"comment": None, "feedback": None, "feedback_option": None, "reason": None},
        "collection_method": params.choice("collection_method", ["charge_automatically"], "charge_automatically"),
        "created": now,
        "currency": customer["currency"] or currency,
        "customer": customer["id"],
        "default_tax_rates": [],
        "description": params.text("description"),
        "discounts": [],
        "invoice_settings": {
            "account_tax_ids": None,
            "custom_fields": None,
            "description": None,
            "footer": None,
            "issuer": {"type": "self"},
        },
        "items": listed([], f"/v1/subscription_items?subscription={name}"),
        "livemode": world.rules.livemode,
        "metadata": params.metadata(),
        "payment_settings": {
            "payment_method_options": None,
            "payment_method_types": None,
            "save_default_payment_method": "off",
        },
        "start_date": now,
        "status": "incomplete",
        "test_clock": customer["test_clock"],
        "trial_settings": {
            "end_behavior": {"billing_cycle_anchor": "unchanged", "missing_payment_method": "create_invoice"}
        },
        "_last_period_start": now,
        "_period": [now, ends_at],
        "_rhythm": rhythm,
        "_waiting": [],
    }
