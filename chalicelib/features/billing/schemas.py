"""Billing as it travels. Sums are in the currency's smallest unit: EUR 29 is 2900."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.features.billing.model import MAX_QUANTITY, Confirmed, Order, Overview, Previewed, Standing
from chalicelib.features.seats.model import Interval
from chalicelib.kernel.payments import Invoice

_Quantity = Annotated[int, msgspec.Meta(ge=0, le=MAX_QUANTITY)]
_Version = Annotated[int, msgspec.Meta(ge=1)]


class OrderIn(msgspec.Struct, forbid_unknown_fields=True):
    """All the seats and extra accounts a workspace wants to pay for at an interval, those it has among them."""

    interval: Interval
    basic: _Quantity
    pro: _Quantity
    extra: _Quantity = 0

    def to_order(self) -> Order:
        """As the use cases take it."""
        return Order(interval=self.interval, basic=self.basic, pro=self.pro, extra=self.extra)


class ConfirmedIn(msgspec.Struct, forbid_unknown_fields=True):
    """A change as its preview showed it: `prorated_at` and `version` are the preview's."""

    order: OrderIn
    prorated_at: datetime
    version: _Version

    def to_command(self) -> Confirmed:
        """As the use cases take it."""
        return Confirmed(order=self.order.to_order(), prorated_at=self.prorated_at, version=self.version)


class IntervalIn(msgspec.Struct, forbid_unknown_fields=True):
    """Which subscription."""

    interval: Interval


class PaymentPageOut(msgspec.Struct, forbid_unknown_fields=True):
    """A page of the payment provider, for the browser to go to."""

    url: str


class PriceOut(msgspec.Struct, forbid_unknown_fields=True):
    """What one of a kind costs an interval, before tax. `kind` is basic, pro or extra."""

    kind: str
    interval: Interval
    amount_minor: int
    currency: str


class SubscriptionOut(msgspec.Struct, forbid_unknown_fields=True):
    """A subscription. `grace_ends_at` is set while a payment fails, `cancels_at` once it was ended.

    `next_at` and `next_minor` are the next bill, before tax and what was credited; null where none will come.
    """

    interval: Interval
    status: str
    basic: int
    pro: int
    extra: int
    period_end: datetime
    cancels_at: datetime | None
    grace_ends_at: datetime | None
    next_at: datetime | None
    next_minor: int | None
    currency: str
    version: int

    @classmethod
    def of(cls, standing: Standing) -> "SubscriptionOut":
        """As an Owner reads it."""
        found, order = standing.held.subscription, standing.order
        return cls(
            interval=standing.held.interval,
            status=found.status.value,
            basic=order.basic,
            pro=order.pro,
            extra=order.extra,
            period_end=found.period_end,
            cancels_at=found.cancels_at,
            grace_ends_at=standing.grace_ends_at,
            next_at=standing.next_at,
            next_minor=standing.next_minor,
            currency=found.currency,
            version=standing.held.version,
        )


class BillingOut(msgspec.Struct, forbid_unknown_fields=True):
    """What a workspace pays and could. Without a payment provider `is_configured` is false and all else empty."""

    is_configured: bool
    is_customer: bool
    prices: list[PriceOut]
    subscriptions: list[SubscriptionOut]

    @classmethod
    def of(cls, overview: Overview) -> "BillingOut":
        """As an Owner reads it."""
        return cls(
            is_configured=bool(overview.prices),
            is_customer=overview.is_customer,
            prices=[
                PriceOut(
                    kind=kind.partition("_")[0],
                    interval=Interval(price.interval),
                    amount_minor=price.amount_minor,
                    currency=price.currency,
                )
                for kind, price in overview.prices.items()
            ],
            subscriptions=[SubscriptionOut.of(standing) for standing in overview.standings],
        )


class PreviewLineOut(msgspec.Struct, forbid_unknown_fields=True):
    """One line of the bill; a credit is negative."""

    text: str
    amount_minor: int


class PreviewOut(msgspec.Struct, forbid_unknown_fields=True):
    """What a change costs if it is confirmed: `due_minor` is taken at once, tax among it; good for half an hour."""

    due_minor: int
    tax_minor: int
    currency: str
    lines: list[PreviewLineOut]
    prorated_at: datetime
    version: int

    @classmethod
    def of(cls, previewed: Previewed) -> "PreviewOut":
        """As an Owner reads it."""
        found = previewed.preview
        return cls(
            due_minor=found.due_minor,
            tax_minor=found.tax_minor,
            currency=found.currency,
            lines=[PreviewLineOut(text=line.text, amount_minor=line.amount_minor) for line in found.lines],
            prorated_at=found.prorated_at,
            version=previewed.version,
        )


class InvoiceOut(msgspec.Struct, forbid_unknown_fields=True):
    """A bill. `page` and `pdf` open it for whoever has them; empty where there is none."""

    id: str
    number: str
    status: str
    total_minor: int
    paid_minor: int
    currency: str
    created_at: datetime
    page: str
    pdf: str

    @classmethod
    def of(cls, invoice: Invoice) -> "InvoiceOut":
        """As an Owner reads it."""
        return cls(
            id=invoice.id,
            number=invoice.number,
            status=invoice.status,
            total_minor=invoice.total_minor,
            paid_minor=invoice.paid_minor,
            currency=invoice.currency,
            created_at=invoice.created_at,
            page=invoice.page,
            pdf=invoice.pdf,
        )


class InvoicesOut(msgspec.Struct, forbid_unknown_fields=True):
    """Bills, newest first."""

    invoices: list[InvoiceOut]
