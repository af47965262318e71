"""Getting invoices paid: at the first, after a change, at a renewal, again and again, and what a refusal leads to."""

from dev.stripe.objects import events, invoices, standing
from dev.stripe.wire.params import Params
from dev.stripe.wire.refusals import Refused
from dev.stripe.wire.shown import shown
from dev.stripe.world import Thing, World

DAY_S = 86_400
INCOMPLETE_S = 23 * 3_600
"""How long a first payment may be missing."""


def collect_first(world: World, subscription: Thing, behavior: str) -> None:
    """Pay the first invoice; a subscription whose first payment fails stays incomplete."""
    invoice, customer = _latest(world, subscription), world.get("customer", subscription["customer"])
    method = invoices.method_for(world, subscription, customer)
    if method is None and behavior != "default_incomplete" and invoice["total"] > 0:
        raise invoices.no_method()
    invoices.finalize(world, invoice)
    refusal = ""
    if invoice["status"] == "open" and behavior != "default_incomplete":
        refusal = invoices.attempt(world, invoice, method)
    _follow_up(world, subscription, invoice, refusal, behavior)


def collect_update(world: World, subscription: Thing, behavior: str) -> None:
    """Pay for prorations at once; the change stays even when that fails, unless the caller wanted an error."""
    invoice, customer = _latest(world, subscription), world.get("customer", subscription["customer"])
    invoices.finalize(world, invoice)
    refusal = ""
    if invoice["status"] == "open" and behavior != "default_incomplete":
        refusal = invoices.attempt(world, invoice, invoices.method_for(world, subscription, customer))
    _follow_up(world, subscription, invoice, refusal, behavior)


def collect_renewal(world: World, invoice: Thing) -> None:
    """Time made a draft final: ask for the money."""
    invoices.finalize(world, invoice)
    if invoice["status"] == "open":
        retry(world, invoice)
    else:
        _settle(world, invoice)


def retry(world: World, invoice: Thing) -> None:
    """Ask again, with whatever card there is by now."""
    subscription = of_invoice(world, invoice)
    method = invoices.method_for(world, subscription, world.get("customer", invoice["customer"]))
    refusal = invoices.attempt(world, invoice, method)
    _follow_up(world, subscription, invoice, refusal, "allow_incomplete")


def pay(world: World, params: Params, name: str) -> Thing:
    """`invoices.pay`."""
    invoice = world.get("invoice", name)
    params.flag("off_session")
    if invoice["status"] == "paid":
        raise Refused("Invoice is already paid", code="invoice_already_paid")
    if invoice["status"] not in ("open", "draft"):
        raise Refused(f"The invoice is {invoice['status']}.", code="invoice_not_editable")
    method = invoices.payer(world, params, invoice, of_invoice(world, invoice))
    if invoice["status"] == "draft":
        invoices.finalize(world, invoice)
    pay_with(world, invoice, method)
    return invoice


def pay_with(world: World, invoice: Thing, method: Thing) -> None:
    """Charge a card for an open invoice now.

    Raises:
        Declined: it said no; the attempt is kept, the time of the next stays.
    """
    if invoice["status"] == "open" and (refusal := invoices.attempt(world, invoice, method, by_hand=True)):
        events.tell(world, "invoice.payment_failed", invoice)
        raise invoices.refused_payment(world, invoice, refusal)
    _settle(world, invoice)


def of_invoice(world: World, invoice: Thing) -> Thing:
    """The subscription an invoice is for."""
    return world.get("subscription", invoice["parent"]["subscription_details"]["subscription"])


def expire(world: World, subscription: Thing) -> None:
    """The first payment never came."""
    invoice = _latest(world, subscription)
    if invoice["status"] == "open":
        invoices.void(world, invoice)
    before = shown(subscription)
    subscription |= {"status": "incomplete_expired", "ended_at": world.now(subscription["customer"])}
    events.tell(world, "customer.subscription.updated", subscription, before=before)


def _follow_up(world: World, subscription: Thing, invoice: Thing, refusal: str, behavior: str) -> None:
    if not refusal:
        if invoice["status"] == "paid":
            _settle(world, invoice)
        return
    if behavior == "error_if_incomplete":
        refused = invoices.refused_payment(world, invoice, refusal)
        refused.keeps_effect = False
        raise refused
    is_first = invoice["billing_reason"] == "subscription_create"
    is_last = False if is_first else _plan_next_attempt(world, invoice)
    events.tell(world, "invoice.payment_failed", invoice)
    if is_last:
        _give_up(world, subscription)
    elif not is_first:
        standing.become(world, subscription, "past_due")


def _plan_next_attempt(world: World, invoice: Thing) -> bool:
    """Write down when the next attempt is. Answers whether this was the last."""
    days = world.rules.retry_days[invoice["attempt_count"] - 1 : invoice["attempt_count"]]
    invoice["next_payment_attempt"] = world.now(invoice["customer"]) + days[0] * DAY_S if days else None
    return not days


def _give_up(world: World, subscription: Thing) -> None:
    if world.rules.after_last == "cancel":
        standing.end(world, subscription, reason="payment_failed")
    else:
        standing.become(world, subscription, world.rules.after_last)


def _settle(world: World, invoice: Thing) -> None:
    """A paid invoice makes its subscription active again, if it is the latest one that is no draft."""
    subscription = of_invoice(world, invoice)
    latest = [each["id"] for each in standing.invoices_of(world, subscription) if each["status"] != "draft"][-1]
    if latest == invoice["id"] and subscription["status"] not in standing.ENDED:
        standing.become(world, subscription, "active")


def _become(world: World, subscription: Thing, status: str) -> None:
    if subscription["status"] != status:
        before = shown(subscription)
        subscription["status"] = status
        events.tell(world, "customer.subscription.updated", subscription, before=before)


def _latest(world: World, subscription: Thing) -> Thing:
    return world.get("invoice", subscription["latest_invoice"])
