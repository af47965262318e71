"""Stripe, asked in our words: the only file that imports its package. None of its objects leaves this file.

The package is imported where Stripe is asked: most requests start without its 0.3 s (decision 0009). Every write
carries a key of ours, so that one that was repeated is carried out once. Nothing is tried again here: a browser, a
queue or due work does, each with more patience than a request has.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from chalicelib.kernel.errors import Conflict, NotFound, Unavailable
from chalicelib.kernel.payments import (
    Charge,
    Checkout,
    Invoice,
    Preview,
    PreviewLine,
    Price,
    Subscription,
    SubscriptionItem,
    SubscriptionStatus,
)
from chalicelib.logs import log
from chalicelib.settings import StripeAccount

API_VERSION: Final = "2026-10-28.endive"
"""What the shapes below are of; the package's own. A newer one is taken on purpose, with the stand-in's."""
_TIMEOUT_S: Final = (2, 6)
"""To connect, and to wait for an answer: within the 10 s of a request."""
_PAGE: Final = 100
_RESOURCE_MISSING: Final = "resource_missing"
_NOT_PAID: Final = "payment_failed"
_FAULT: Final = 500
_TOO_MANY: Final = 429


class PaymentRefused(Conflict):
    """The card was refused; nothing was changed and nothing taken. The Owner gives another one in the portal."""

    code = "payment-refused"
    title = "The payment was refused. Nothing was changed; another card can be given on the billing portal."


class PaymentObjectMissing(NotFound):
    """The payment provider has no such customer, subscription or page any more."""

    code = "payment-object-missing"
    title = "The payment provider knows nothing of this any more."


class PaymentChangeRefused(Conflict):
    """The payment provider does not take the change as things stand there."""

    code = "payment-change-refused"
    title = "The payment provider does not take this change as things stand. Look again and repeat."


class Stripe:
    """One account at Stripe.

    Every method raises Unavailable where Stripe does not answer, fails or asks to slow down, and PaymentObjectMissing
    where it has no such object. Each is one call unless it says otherwise.
    """

    def __init__(self, account: StripeAccount) -> None:
        self._account = account

    def create_customer(self, workspace_id: str, *, key: str) -> str:
        """A customer for a workspace; Stripe asks for name and address itself. Returns its id."""
        made = self._write(self._v1.customers.create, {"metadata": {"workspace_id": workspace_id}}, key=key)
        return str(made["id"])

    def open_checkout(
        self, customer: str, prices: Mapping[str, int], *, back_to: str, expires_at: datetime, key: str
    ) -> Checkout:
        """A page on which a customer subscribes to so many of each price, with Stripe Tax, until `expires_at`."""
        wish = {
            "mode": "subscription",
            "customer": customer,
            "line_items": [{"price": price, "quantity": quantity} for price, quantity in prices.items()],
            "automatic_tax": {"enabled": True},
            "tax_id_collection": {"enabled": True},
            "billing_address_collection": "required",
            "customer_update": {"address": "auto", "name": "auto"},
            "success_url": f"{back_to}?checkout=done",
            "cancel_url": f"{back_to}?checkout=left",
            "expires_at": int(expires_at.timestamp()),
        }
        return _checkout(self._write(self._v1.checkout.sessions.create, wish, key=key))

    def close_checkout(self, checkout_id: str) -> None:
        """Have nobody buy on a page any more. Raises PaymentChangeRefused: somebody has, or it was over already."""
        self._ask(self._v1.checkout.sessions.expire, checkout_id)

    def checkout_subscription(self, checkout_id: str) -> str | None:
        """The subscription that was bought on a page; None while none was."""
        found = self._ask(self._v1.checkout.sessions.retrieve, checkout_id)
        return _id_of(found.get("subscription")) or None

    def get_subscription(self, subscription_id: str) -> Subscription:
        """A subscription as it stands now."""
        return _subscription(self._ask(self._v1.subscriptions.retrieve, subscription_id))

    def subscriptions_of(self, customer: str) -> list[Subscription]:
        """Every subscription a customer has or had; a call a hundred, of which one is all there is."""
        wish = {"customer": customer, "status": "all", "limit": _PAGE}
        return [_subscription(each) for each in self._ask(self._v1.subscriptions.list, params=wish)["data"]]

    def preview(self, subscription: Subscription, prices: Mapping[str, int], *, prorated_at: datetime) -> Preview:
        """What it would cost at once to have so many of each price from a second on."""
        details = {
            "items": _changes(subscription, prices),
            "proration_behavior": "always_invoice",
            "proration_date": int(prorated_at.timestamp()),
        }
        wish = {"customer": subscription.customer, "subscription": subscription.id, "subscription_details": details}
        found = self._ask(self._v1.invoices.create_preview, params=wish)
        return Preview(
            due_minor=found["amount_due"],
            tax_minor=sum(tax["amount"] for tax in found.get("total_taxes") or ()),
            currency=found["currency"],
            lines=tuple(_line(each) for each in found["lines"]["data"]),
            prorated_at=prorated_at,
        )

    def change(
        self, subscription: Subscription, prices: Mapping[str, int], *, prorated_at: datetime, key: str
    ) -> Subscription:
        """Have so many of each price, prorated from the second that was previewed, and pay the difference now.

        Raises:
            PaymentRefused: the card was refused; the subscription is as it was.
            PaymentChangeRefused: Stripe does not take it.
        """
        wish = {
            "items": _changes(subscription, prices),
            "proration_behavior": "always_invoice",
            "proration_date": int(prorated_at.timestamp()),
            "payment_behavior": "error_if_incomplete",
        }
        return _subscription(self._write(self._v1.subscriptions.update, wish, subscription.id, key=key))

    def set_ending(self, subscription_id: str, *, ends: bool, key: str) -> Subscription:
        """Have a subscription end with the period that runs, or go on."""
        wish = {"cancel_at_period_end": ends}
        return _subscription(self._write(self._v1.subscriptions.update, wish, subscription_id, key=key))

    def end_now(self, subscription_id: str, *, key: str) -> Subscription:
        """End a subscription at once, and bill nothing more."""
        return _subscription(self._write(self._v1.subscriptions.cancel, {}, subscription_id, key=key))

    def open_portal(self, customer: str, *, back_to: str) -> str:
        """The address of a page on which a customer sees to cards and bills; good for some minutes."""
        wish = {"customer": customer, "return_url": back_to}
        return str(self._ask(self._v1.billing_portal.sessions.create, params=wish)["url"])

    def get_invoice(self, invoice_id: str) -> Invoice:
        """A bill as it stands now."""
        return _invoice(self._ask(self._v1.invoices.retrieve, invoice_id))

    def invoices_of(self, customer: str) -> list[Invoice]:
        """A customer's last hundred bills, newest first."""
        found = self._ask(self._v1.invoices.list, params={"customer": customer, "limit": _PAGE})
        return [_invoice(each) for each in found["data"]]

    def get_charge(self, charge_id: str) -> Charge:
        """Money that was taken, as it stands now."""
        found = self._ask(self._v1.charges.retrieve, charge_id)
        return Charge(
            id=found["id"],
            customer=_id_of(found.get("customer")),
            currency=found["currency"],
            amount_minor=found["amount"],
            refunded_minor=found["amount_refunded"],
        )

    def get_price(self, price_id: str) -> Price:
        """What one of something costs."""
        found = self._ask(self._v1.prices.retrieve, price_id)
        return Price(
            id=found["id"],
            currency=found["currency"],
            amount_minor=found["unit_amount"] or 0,
            interval=(found.get("recurring") or {}).get("interval", ""),
        )

    @property
    def _v1(self) -> Any:
        return _client(self._account.key, self._account.api).v1

    def _write(self, operation: Any, wish: Mapping[str, Any], *place: str, key: str) -> dict[str, Any]:
        return self._ask(operation, *place, params=wish, options={"idempotency_key": key})

    def _ask(self, operation: Any, *place: str, **how: Any) -> dict[str, Any]:
        import stripe

        try:
            found: dict[str, Any] = operation(*place, **how).to_dict()
        except stripe.CardError as refusal:
            raise PaymentRefused(standing={"decline": refusal.code or ""}) from None
        except stripe.APIConnectionError:
            raise Unavailable("The payment provider did not answer.") from None
        except stripe.StripeError as refusal:
            raise _fact_of(refusal) from None
        return found


def _fact_of(refusal: Any) -> Exception:
    """What another refusal of Stripe means; its text may quote what was sent, so it goes nowhere."""
    status = refusal.http_status or _FAULT
    if status >= _FAULT or status == _TOO_MANY:
        return Unavailable("The payment provider can't answer now.")
    if refusal.code == _RESOURCE_MISSING:
        return PaymentObjectMissing()
    log.error("stripe.refused", status=status, code=refusal.code, kind=type(refusal).__name__)
    return PaymentChangeRefused()


@cache
def _client(key: str, api: str | None) -> Any:
    """One client a process: it keeps the connection."""
    import stripe

    stripe.enable_telemetry = False
    return stripe.StripeClient(
        key,
        stripe_version=API_VERSION,
        base_addresses={} if api is None else {"api": api},
        max_network_retries=0,
        http_client=stripe.RequestsClient(timeout=_TIMEOUT_S),
    )


def _changes(subscription: Subscription, prices: Mapping[str, int]) -> list[dict[str, Any]]:
    """The items of a subscription as they are to be: those that stand changed or removed, others new."""
    standing = {item.price: item for item in subscription.items}
    changed: list[dict[str, Any]] = [
        {"id": item.id, "quantity": prices[price]} if prices.get(price) else {"id": item.id, "deleted": True}
        for price, item in standing.items()
    ]
    new = [{"price": price, "quantity": many} for price, many in prices.items() if many and price not in standing]
    return changed + new


def _subscription(found: Mapping[str, Any]) -> Subscription:
    """Since Stripe's version of 2025-03-31 the period stands with the items, which here all have the same."""
    items: Sequence[Mapping[str, Any]] = found["items"]["data"]
    period_end = max((item["current_period_end"] for item in items), default=found["created"])
    ending = found.get("cancel_at") or (period_end if found.get("cancel_at_period_end") else None)
    return Subscription(
        id=found["id"],
        customer=_id_of(found["customer"]),
        status=SubscriptionStatus(found["status"]),
        currency=found["currency"],
        items=tuple(
            SubscriptionItem(id=item["id"], price=_id_of(item["price"]), quantity=item["quantity"]) for item in items
        ),
        period_start=_moment(max((item["current_period_start"] for item in items), default=found["created"])),
        period_end=_moment(period_end),
        cancels_at=None if ending is None else _moment(ending),
        ended_at=None if found.get("ended_at") is None else _moment(found["ended_at"]),
        gave_up=(found.get("cancellation_details") or {}).get("reason") == _NOT_PAID,
    )


def _invoice(found: Mapping[str, Any]) -> Invoice:
    return Invoice(
        id=found["id"],
        customer=_id_of(found.get("customer")),
        number=found.get("number") or "",
        status=found.get("status") or "",
        currency=found["currency"],
        total_minor=found["total"],
        paid_minor=found["amount_paid"],
        created_at=_moment(found["created"]),
        subscription=_id_of(((found.get("parent") or {}).get("subscription_details") or {}).get("subscription")),
        page=found.get("hosted_invoice_url") or "",
        pdf=found.get("invoice_pdf") or "",
    )


def _checkout(found: Mapping[str, Any]) -> Checkout:
    return Checkout(id=found["id"], url=found.get("url") or "", is_open=found["status"] == "open")


def _line(found: Mapping[str, Any]) -> PreviewLine:
    return PreviewLine(text=found.get("description") or "", amount_minor=found["amount"])


def _id_of(reference: Any) -> str:
    """The id of what is referred to, expanded or not; empty for nothing."""
    return str(reference["id"] if isinstance(reference, Mapping) else reference or "")


def _moment(at_s: int) -> datetime:
    return datetime.fromtimestamp(at_s, UTC)
