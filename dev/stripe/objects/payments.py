"""Payment intents, charges and refunds, as far as invoices bring them about."""

from dev.stripe.objects import cards, events
from dev.stripe.wire.params import Params
from dev.stripe.wire.refusals import Refused
from dev.stripe.world import Thing, World

_REASONS = ("duplicate", "fraudulent", "requested_by_customer")
_ABSENT_OF_INTENTS = (
    "application",
    "application_fee_amount",
    "automatic_payment_methods",
    "canceled_at",
    "cancellation_reason",
    "customer_account",
    "excluded_payment_method_types",
    "last_payment_error",
    "latest_charge",
    "next_action",
    "on_behalf_of",
    "payment_method",
    "processing",
    "receipt_email",
    "review",
    "shipping",
    "source",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer_data",
    "transfer_group",
)
"""What an intent has no value for at first."""
_ABSENT_OF_CHARGES = (
    "application",
    "application_fee",
    "application_fee_amount",
    "failure_balance_transaction",
    "on_behalf_of",
    "outcome",
    "receipt_email",
    "receipt_number",
    "receipt_url",
    "review",
    "shipping",
    "source",
    "source_transfer",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer_data",
    "transfer_group",
)
"""What a charge here never has a value for."""


def intend(world: World, invoice: Thing) -> Thing:
    """The payment intent of an invoice that was made final, and the record that ties the two."""
    name = world.mint("pi_")
    intent = world.add(
        {
            **dict.fromkeys(_ABSENT_OF_INTENTS),
            "id": name,
            "object": "payment_intent",
            "amount": invoice["amount_due"],
            "amount_capturable": 0,
            "amount_details": {"tip": {}},
            "amount_received": 0,
            "capture_method": "automatic",
            "client_secret": f"{name}_secret_{world.mint('')}",
            "confirmation_method": "automatic",
            "created": world.now(invoice["customer"]),
            "currency": invoice["currency"],
            "customer": invoice["customer"],
            "description": "Payment for Invoice",
            "livemode": world.rules.livemode,
            "metadata": {},
            "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
            "payment_method_types": ["card"],
            "setup_future_usage": "off_session",
            "status": "requires_payment_method",
        }
    )
    _tie(world, invoice, intent)
    events.tell(world, "payment_intent.created", intent)
    return intent


def intent_of(world: World, invoice: Thing) -> Thing:
    """The payment intent of an invoice, to change."""
    [record] = world.of("invoice_payment", "invoice", invoice["id"])
    return world.get("payment_intent", record["payment"]["payment_intent"])


def charge(world: World, invoice: Thing, method: Thing) -> str:
    """Charge a card for an invoice's intent. Answers the decline code, "" when it was paid."""
    intent, refusal = intent_of(world, invoice), cards.refusal_of(method)
    made = world.add(_new_charge(world, intent, method, refusal))
    intent |= {"latest_charge": made["id"], "payment_method": method["id"]}
    if refusal:
        refused = cards.declined(refusal)
        intent |= {
            "status": "requires_payment_method",
            "payment_method": None,
            "last_payment_error": refused.body()["error"]
            | {"charge": made["id"], "payment_method": _plain(method), "payment_method_type": "card"},
        }
        events.tell(world, "charge.failed", made)
        events.tell(world, "payment_intent.payment_failed", intent)
        return refusal
    intent |= {"status": "succeeded", "amount_received": intent["amount"], "last_payment_error": None}
    events.tell(world, "charge.succeeded", made)
    events.tell(world, "payment_intent.succeeded", intent)
    _note_paid(world, invoice)
    return ""


def cancel(world: World, invoice: Thing) -> None:
    """Give up an invoice's intent, since the invoice is void."""
    intent = intent_of(world, invoice)
    intent |= {
        "status": "canceled",
        "canceled_at": world.now(invoice["customer"]),
        "cancellation_reason": "void_invoice",
    }
    [record] = world.of("invoice_payment", "invoice", invoice["id"])
    record = world.get("invoice_payment", record["id"])
    record["status"] = "canceled"
    record["status_transitions"]["canceled_at"] = intent["canceled_at"]
    events.tell(world, "payment_intent.canceled", intent)


def refund(world: World, params: Params) -> Thing:
    """`refunds.create`, by charge or payment intent; the whole of what is left unless an amount is given."""
    paid = _charge_to_refund(world, params)
    left = paid["amount"] - paid["amount_refunded"]
    if not left:
        raise Refused(f"Charge {paid['id']} has already been refunded.", code="charge_already_refunded", param="charge")
    amount = params.whole("amount", left) or 0
    if not 0 < amount <= left:
        raise Refused(f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left}).", param="amount")
    made = world.add(_new_refund(world, paid, amount, params))
    paid["amount_refunded"] += amount
    paid["refunded"] = paid["amount_refunded"] == paid["amount"]
    events.tell(world, "refund.created", made)
    events.tell(world, "charge.refunded", paid)
    return made


def _charge_to_refund(world: World, params: Params) -> Thing:
    name, intent = params.text("charge"), params.text("payment_intent")
    if name is None and intent is not None:
        name = world.get("payment_intent", intent, param="payment_intent")["latest_charge"]
    paid = world.get("charge", name or params.required("charge"), param="charge")
    if not paid["paid"]:
        raise Refused(f"Charge {paid['id']} was not paid and cannot be refunded.", param="charge")
    return paid


def _tie(world: World, invoice: Thing, intent: Thing) -> None:
    world.add(
        {
            "id": world.mint("inpay_"),
            "object": "invoice_payment",
            "amount_paid": None,
            "amount_requested": invoice["amount_due"],
            "created": intent["created"],
            "currency": invoice["currency"],
            "invoice": invoice["id"],
            "is_default": True,
            "livemode": world.rules.livemode,
            "payment": {"payment_intent": intent["id"], "type": "payment_intent"},
            "status": "open",
            "status_transitions": {"canceled_at": None, "paid_at": None},
        }
    )


def _note_paid(world: World, invoice: Thing) -> None:
    [record] = world.of("invoice_payment", "invoice", invoice["id"])
    record = world.get("invoice_payment", record["id"])
    record |= {"status": "paid", "amount_paid": record["amount_requested"]}
    record["status_transitions"]["paid_at"] = world.now(invoice["customer"])
    events.tell(world, "invoice_payment.paid", record)


def _plain(method: Thing) -> Thing:
    return {name: value for name, value in method.items() if not name.startswith("_")}


def _new_charge(world: World, intent: Thing, method: Thing, refusal: str) -> Thing:
    succeeded = not refusal
    return {
        **dict.fromkeys(_ABSENT_OF_CHARGES),
        "id": world.mint("ch_"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": intent["amount"] if succeeded else 0,
        "amount_refunded": 0,
        "balance_transaction": world.mint("txn_") if succeeded else None,
        "billing_details": _plain(method)["billing_details"],
        "calculated_statement_descriptor": "WIREROOM",
        "captured": succeeded,
        "created": world.now(intent["customer"]),
        "currency": intent["currency"],
        "customer": intent["customer"],
        "description": intent["description"],
        "disputed": False,
        "failure_code": None if succeeded else "card_declined",
        "failure_message": None if succeeded else str(cards.declined(refusal)),
        "fraud_details": {},
        "livemode": world.rules.livemode,
        "metadata": {},
        "paid": succeeded,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": {"card": _charged(method["card"], intent["amount"]), "type": "card"},
        "radar_options": {},
        "refunded": False,
        "status": "succeeded" if succeeded else "failed",
    }


def _charged(card: Thing, amount: int) -> Thing:
    """A card as a charge tells of it."""
    shared = ("brand", "checks", "country", "exp_month", "exp_year", "fingerprint", "funding", "last4", "wallet")
    nothing = dict.fromkeys(("installments", "mandate", "network_token", "three_d_secure"))
    return {name: card[name] for name in shared} | nothing | {"amount_authorized": amount, "network": card["brand"]}


def _new_refund(world: World, paid: Thing, amount: int, params: Params) -> Thing:
    return {
        "id": world.mint("re_"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": world.mint("txn_"),
        "charge": paid["id"],
        "created": world.now(paid["customer"]),
        "currency": paid["currency"],
        "customer": paid["customer"],
        "customer_account": None,
        "destination_details": {"card": {"reference_status": "pending", "type": "refund"}, "type": "card"},
        "metadata": params.metadata(),
        "payment_intent": paid["payment_intent"],
        "payment_method": paid["payment_method"],
        "reason": params.choice("reason", _REASONS),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
    }
