"""Invoices: drawn up, made final, paid or not."""

from dev.stripe.objects import cards, events, lines, payments, tax
from dev.stripe.wire.params import Params
from dev.stripe.wire.refusals import Declined, Refused
from dev.stripe.wire.shown import listed, shown
from dev.stripe.world import Thing, World

DRAFT_S = 3_600
"""How long Stripe leaves a renewal's invoice a draft, so that its owner can add to it."""
_ABSENT = (
    "account_tax_ids",
    "application",
    "custom_fields",
    "customer_account",
    "customer_shipping",
    "default_payment_method",
    "default_source",
    "description",
    "due_date",
    "effective_at",
    "ending_balance",
    "footer",
    "from_invoice",
    "hosted_invoice_url",
    "invoice_pdf",
    "last_finalization_error",
    "latest_revision",
    "next_payment_attempt",
    "number",
    "on_behalf_of",
    "receipt_number",
    "rendering",
    "shipping_cost",
    "shipping_details",
    "statement_descriptor",
    "threshold_reason",
)
"""What an invoice has no value for at first."""


def draw_up(world: World, subscription: Thing, made: list[Thing], *, reason: str, proration_date: int | None) -> Thing:
    """A draft with those lines and all that waits for the subscription's next invoice, taxed and summed."""
    customer = world.get("customer", subscription["customer"])
    made = subscription["_waiting"] + made
    subscription["_waiting"] = []
    invoice = world.add(_new(world, customer, subscription, reason))
    for each in made:
        each["invoice"] = invoice["id"]
    invoice["lines"]["data"] = made
    invoice["parent"]["subscription_details"]["subscription_proration_date"] = proration_date
    _sum_up(world, invoice, customer, subscription)
    subscription["latest_invoice"] = invoice["id"]
    customer["currency"] = customer["currency"] or subscription["currency"]
    events.tell(world, "invoice.created", invoice)
    return invoice


def finalize(world: World, invoice: Thing) -> None:
    """Give it its number, use up the customer's credit, and make the intent to pay what is left."""
    customer, now = world.get("customer", invoice["customer"]), world.now(invoice["customer"])
    balance, total = customer["balance"], invoice["total"]
    due = max(0, total + balance)
    customer["balance"] = balance + total - due
    invoice |= {
        "status": "open",
        "number": f"{customer['invoice_prefix']}-{customer['next_invoice_sequence']:04}",
        "amount_due": due,
        "amount_remaining": due,
        "starting_balance": balance,
        "ending_balance": customer["balance"],
        "effective_at": now,
        "automatically_finalizes_at": None,
        "hosted_invoice_url": f"{world.pages}/invoices/{invoice['id']}",
        "invoice_pdf": f"{world.pages}/invoices/{invoice['id']}",
    }
    invoice["status_transitions"]["finalized_at"] = now
    customer["next_invoice_sequence"] += 1
    events.tell(world, "invoice.finalized", invoice)
    if due == 0:
        _mark_paid(world, invoice)
    else:
        intent = payments.intend(world, invoice)
        invoice["confirmation_secret"] = {"client_secret": intent["client_secret"], "type": "payment_intent"}


def attempt(world: World, invoice: Thing, method: Thing | None, *, by_hand: bool = False) -> str:
    """Try to collect an open invoice. Answers the decline code, "" when it is paid. What follows is the caller's.

    Whatever comes first counts, and after that only what the schedule brings: attempts by hand do not use it up.
    """
    if not by_hand or invoice["attempt_count"] == 0:
        invoice["attempt_count"] += 1
    invoice["attempted"] = True
    refusal = payments.charge(world, invoice, method) if method else "no_payment_method"
    customer = world.get("customer", invoice["customer"])
    customer["delinquent"] = bool(refusal)
    if refusal:
        return refusal
    _mark_paid(world, invoice)
    return ""


def method_for(world: World, subscription: Thing | None, customer: Thing) -> Thing | None:
    """The card a renewal is charged to: the subscription's own, or the customer's."""
    name = subscription and subscription["default_payment_method"]
    name = name or customer["invoice_settings"]["default_payment_method"]
    return world.get("payment_method", name) if name else None


def void(world: World, invoice: Thing) -> Thing:
    """Take back an open invoice."""
    if invoice["status"] != "open":
        raise Refused(f"You can only pass in open invoices. This invoice isn't open. ({invoice['status']})")
    invoice["status"] = "void"
    invoice["next_payment_attempt"] = None
    invoice["status_transitions"]["voided_at"] = world.now(invoice["customer"])
    customer = world.get("customer", invoice["customer"])
    customer["balance"] += invoice["starting_balance"] - invoice["ending_balance"]
    payments.cancel(world, invoice)
    events.tell(world, "invoice.voided", invoice)
    return invoice


def refused_payment(world: World, invoice: Thing, refusal: str) -> Declined:
    """What whoever asked for a payment is answered when the card says no; the attempt stays."""
    refused = cards.declined(refusal)
    refused.details["payment_intent"] = shown(payments.intent_of(world, invoice))
    return refused


def payer(world: World, params: Params, invoice: Thing, subscription: Thing | None) -> Thing:
    """The card that `invoices.pay` asks to charge, or the one that would be charged anyway."""
    customer = world.get("customer", invoice["customer"])
    name = params.text("payment_method")
    if name:
        cards.of_customer(world, customer, name, "payment_method")
        return world.get("payment_method", name)
    method = method_for(world, subscription, customer)
    if method is None:
        raise no_method()
    return method


def no_method() -> Refused:
    """Nobody left a card."""
    return Refused(
        "This customer has no attached payment source or default payment method. "
        "Please consider adding a default payment method.",
        code="resource_missing",
    )


def _mark_paid(world: World, invoice: Thing) -> None:
    invoice |= {
        "status": "paid",
        "amount_paid": invoice["amount_due"],
        "amount_remaining": 0,
        "attempted": True,
        "next_payment_attempt": None,
        "confirmation_secret": None,
    }
    invoice["status_transitions"]["paid_at"] = world.now(invoice["customer"])
    events.tell(world, "invoice.paid", invoice)
    events.tell(world, "invoice.payment_succeeded", invoice)


def _sum_up(world: World, invoice: Thing, customer: Thing, subscription: Thing) -> None:
    made, taxes = invoice["lines"]["data"], list[tax.Tax]()
    if subscription["automatic_tax"]["enabled"]:
        taxes = [each for one in made for each in lines.tax_line(world, customer, one)]
        invoice["automatic_tax"] |= {"status": "complete"}
    invoice |= lines.sums(made, taxes)
    due = max(0, invoice["total"] + customer["balance"])
    invoice |= {"amount_due": due, "amount_remaining": due}


def _new(world: World, customer: Thing, subscription: Thing, reason: str) -> Thing:
    name, now = world.mint("in_"), world.now(customer["id"])
    taxed = subscription["automatic_tax"]["enabled"]
    return {
        **dict.fromkeys(_ABSENT),
        "id": name,
        "object": "invoice",
        "account_country": tax.HOME,
        "account_name": "Wireroom",
        "amount_due": 0,
        "amount_overpaid": 0,
        "amount_paid": 0,
        "amount_paid_off_stripe": 0,
        "amount_remaining": 0,
        "amount_shipping": 0,
        "attempt_count": 0,
        "attempted": False,
        "auto_advance": True,
        "automatic_tax": {
            "disabled_reason": None,
            "enabled": taxed,
            "liability": {"type": "self"} if taxed else None,
            "provider": "stripe" if taxed else None,
            "status": None,
        },
        "automatically_finalizes_at": now + DRAFT_S if reason == "subscription_cycle" else None,
        "billing_reason": reason,
        "collection_method": "charge_automatically",
        "created": now,
        "currency": subscription["currency"],
        "customer": customer["id"],
        "customer_address": customer["address"],
        "customer_email": customer["email"],
        "customer_name": customer["name"],
        "customer_phone": customer["phone"],
        "customer_tax_exempt": customer["tax_exempt"],
        "customer_tax_ids": [
            {"type": each["type"], "value": each["value"]} for each in world.of("tax_id", "customer", customer["id"])
        ],
        "default_tax_rates": [],
        "discounts": [],
        "issuer": {"type": "self"},
        "lines": listed([], f"/v1/invoices/{name}/lines"),
        "livemode": world.rules.livemode,
        "metadata": {},
        "parent": {
            "quote_details": None,
            "subscription_details": {
                "metadata": dict(subscription["metadata"]),
                "subscription": subscription["id"],
                "subscription_proration_date": None,
            },
            "type": "subscription_details",
        },
        "payment_settings": {"default_mandate": None, "payment_method_options": None, "payment_method_types": None},
        "period_end": subscription["items"]["data"][0]["current_period_start"],
        "period_start": subscription["_last_period_start"],
        "post_payment_credit_notes_amount": 0,
        "pre_payment_credit_notes_amount": 0,
        "starting_balance": customer["balance"],
        "status": "draft",
        "status_transitions": dict.fromkeys(("finalized_at", "marked_uncollectible_at", "paid_at", "voided_at")),
        "subtotal": 0,
        "subtotal_excluding_tax": 0,
        "test_clock": customer["test_clock"],
        "total": 0,
        "total_discount_amounts": [],
        "total_excluding_tax": 0,
        "total_pretax_credit_amounts": [],
        "total_taxes": [],
        "webhooks_delivered_at": now,
    }
