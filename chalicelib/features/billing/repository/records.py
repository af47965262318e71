"""What is kept of one tenant's money: subscriptions, bills, what was given back, and the open page of a purchase.

The partition is on no list of what a deleted workspace is erased by: billing records outlive it (product.md section
13), without a name or an address, and leave by themselves after seven years. Nobody has the right to remove one. The
open page is no record, and lies with the workspace.
"""

from datetime import datetime

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.features.billing.model import KEPT_FOR, Held, Order
from chalicelib.features.seats.model import Interval
from chalicelib.kernel.payments import (
    Charge,
    Invoice,
    Subscription,
    SubscriptionItem,
    SubscriptionStatus,
)
from chalicelib.kernel.records import record
from chalicelib.table import billing_keys, keys
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile, Transaction


class SubscriptionRow(Row, discriminator="subscription"):
    """A subscription as it was last fetched. `items` is [[id, price, quantity], …]."""

    subscription_id = UnicodeAttribute()
    customer = UnicodeAttribute()
    status = UnicodeAttribute()
    currency = UnicodeAttribute()
    items = DocumentAttribute()
    period_start = MomentAttribute()
    period_end = MomentAttribute()
    cancels_at = MomentAttribute(null=True)
    ended_at = MomentAttribute(null=True)
    gave_up = BooleanAttribute(default=False)
    version = NumberAttribute()


class CheckoutRow(Row, discriminator="checkout"):
    """The one page on which an interval can be bought now. `checkout_id` is missing while it is being made."""

    command = UnicodeAttribute()
    customer = UnicodeAttribute()
    order = DocumentAttribute()
    ends_at = MomentAttribute()
    checkout_id = UnicodeAttribute(null=True)


class InvoiceRow(Row, discriminator="invoice"):
    """A bill: number and sums."""

    number = UnicodeAttribute()
    status = UnicodeAttribute()
    currency = UnicodeAttribute()
    total_minor = NumberAttribute()
    paid_minor = NumberAttribute()
    created_at = MomentAttribute()
    version = NumberAttribute()


class CommandRow(Row, discriminator="billing_command"):
    """What somebody confirmed, under the key the provider knows it by. `what` is {"end": …} or an order."""

    what = DocumentAttribute()
    confirmed_at = MomentAttribute()


class ChargeRow(Row, discriminator="charge"):
    """Money that was given back."""

    currency = UnicodeAttribute()
    amount_minor = NumberAttribute()
    refunded_minor = NumberAttribute()


@record
class KeptBill:
    """A bill as it is kept: whether that is how it stands is for `says` to tell."""

    number: str
    status: str
    total_minor: int
    paid_minor: int
    version: int

    def says(self, invoice: Invoice) -> bool:
        """Whether what is kept is what the provider says."""
        wanted = (invoice.number, invoice.status, invoice.total_minor, invoice.paid_minor)
        return (self.number, self.status, self.total_minor, self.paid_minor) == wanted


@record
class OpenCheckout:
    """A page that was opened, or is about to be: `command` is the key it was, or will be, made under."""

    command: str
    customer: str
    order: Order
    ends_at: datetime
    checkout_id: str | None


class Records:
    """The records of one tenant."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._rows = tenant.rows(billing_keys.BILLING)
        self._own = tenant.rows(keys.WORKSPACE)

    def subscriptions(self) -> list[Held]:
        """What is kept of every subscription: one query."""
        rows = self._rows.query(SubscriptionRow, billing_keys.SUBSCRIPTIONS)
        return [_held(row, Interval(row.sk.removeprefix(billing_keys.SUBSCRIPTIONS))) for row in rows]

    def subscription(self, interval: Interval) -> Held | None:
        """What is kept of an interval's subscription: one read unit."""
        row = self._rows.get(SubscriptionRow, billing_keys.subscription(interval))
        return None if row is None else _held(row, interval)

    def put_subscription(self, change: Transaction, after: Held, before: Held | None) -> None:
        """Keep how a subscription stands, unless somebody kept something since `before` was read.

        Whoever writes fetched it after reading that, so what is written is never older than what stood.
        """
        found = after.subscription
        row = self._rows.new(
            SubscriptionRow,
            billing_keys.subscription(after.interval),
            subscription_id=found.id,
            customer=found.customer,
            status=found.status,
            currency=found.currency,
            items=[[item.id, item.price, item.quantity] for item in found.items],
            period_start=found.period_start,
            period_end=found.period_end,
            cancels_at=found.cancels_at,
            ended_at=found.ended_at,
            gave_up=found.gave_up,
            version=after.version,
            expires_at=self._expires_at(),
        )
        unchanged = Row.pk.does_not_exist() if before is None else SubscriptionRow.version == before.version
        change.put(row, unchanged, refusal=ChangedMeanwhile())

    def bill(self, invoice_id: str) -> KeptBill | None:
        """A bill as it is kept: one read unit."""
        row = self._rows.get(InvoiceRow, billing_keys.bill(invoice_id))
        if row is None:
            return None
        return KeptBill(
            number=row.number,
            status=row.status,
            total_minor=int(row.total_minor),
            paid_minor=int(row.paid_minor),
            version=int(row.version),
        )

    def knows_charge(self, charge: Charge) -> bool:
        """Whether what was given back of a charge is kept: one read unit."""
        row = self._rows.get(ChargeRow, billing_keys.charge(charge.id))
        return row is not None and row.refunded_minor == charge.refunded_minor

    def put_invoice(self, change: Transaction, invoice: Invoice, before: KeptBill | None) -> None:
        """Keep a bill as it stands, unless somebody kept something since `before` was read."""
        row = self._rows.new(
            InvoiceRow,
            billing_keys.bill(invoice.id),
            number=invoice.number,
            status=invoice.status,
            currency=invoice.currency,
            total_minor=invoice.total_minor,
            paid_minor=invoice.paid_minor,
            created_at=invoice.created_at,
            version=1 if before is None else before.version + 1,
            expires_at=self._expires_at(),
        )
        unchanged = Row.pk.does_not_exist() if before is None else InvoiceRow.version == before.version
        change.put(row, unchanged, refusal=ChangedMeanwhile())

    def put_charge(self, change: Transaction, charge: Charge) -> None:
        """Keep what was given back, unless as much is kept: it only grows."""
        row = self._rows.new(
            ChargeRow,
            billing_keys.charge(charge.id),
            currency=charge.currency,
            amount_minor=charge.amount_minor,
            refunded_minor=charge.refunded_minor,
            expires_at=self._expires_at(),
        )
        grows = Row.pk.does_not_exist() | (ChargeRow.refunded_minor < charge.refunded_minor)
        change.put(row, grows, refusal=ChangedMeanwhile())

    def has_command(self, command: str) -> bool:
        """Whether something was confirmed under this key: one read unit."""
        return self._rows.get(CommandRow, billing_keys.billing_command(command)) is not None

    def add_command(self, change: Transaction, command: str, what: dict[str, object]) -> None:
        """Keep what somebody confirmed. Fails as changed meanwhile where it was, at the same moment."""
        row = self._rows.new(
            CommandRow,
            billing_keys.billing_command(command),
            what=what,
            confirmed_at=self._tenant.now(),
            expires_at=self._expires_at(),
        )
        change.create(row)

    def checkout(self, interval: Interval) -> OpenCheckout | None:
        """The page on which an interval can be bought, open or over: one read unit."""
        row = self._own.get(CheckoutRow, billing_keys.checkout(interval))
        if row is None:
            return None
        order = Order(interval=interval, **row.order)
        return OpenCheckout(
            command=row.command, customer=row.customer, order=order, ends_at=row.ends_at, checkout_id=row.checkout_id
        )

    def claim_checkout(self, change: Transaction, wanted: OpenCheckout, before: OpenCheckout | None) -> None:
        """Be the one who opens the page of an interval, unless somebody was since `before` was read."""
        row = self._checkout(wanted)
        unchanged = Row.pk.does_not_exist() if before is None else CheckoutRow.command == before.command
        change.put(row, unchanged, refusal=ChangedMeanwhile())

    def note_checkout(self, opened: OpenCheckout, checkout_id: str) -> None:
        """Keep which page was opened, where it is still ours that counts."""
        row = self._own.new(CheckoutRow, billing_keys.checkout(opened.order.interval))
        self._own.update(row, [CheckoutRow.checkout_id.set(checkout_id)], CheckoutRow.command == opened.command)

    def forget_checkout(self, change: Transaction, interval: Interval) -> None:
        """The page of an interval is over."""
        change.delete(self._own.new(CheckoutRow, billing_keys.checkout(interval)))

    def _checkout(self, wanted: OpenCheckout) -> CheckoutRow:
        order = wanted.order
        return self._own.new(
            CheckoutRow,
            billing_keys.checkout(order.interval),
            command=wanted.command,
            customer=wanted.customer,
            order={"basic": order.basic, "pro": order.pro, "extra": order.extra},
            ends_at=wanted.ends_at,
            checkout_id=wanted.checkout_id,
        )

    def _expires_at(self) -> int:
        return int((self._tenant.now() + KEPT_FOR).timestamp())


def _held(row: SubscriptionRow, interval: Interval) -> Held:
    found = Subscription(
        id=row.subscription_id,
        customer=row.customer,
        status=SubscriptionStatus(row.status),
        currency=row.currency,
        items=tuple(SubscriptionItem(id=id_, price=price, quantity=many) for id_, price, many in row.items),
        period_start=row.period_start,
        period_end=row.period_end,
        cancels_at=row.cancels_at,
        ended_at=row.ended_at,
        gave_up=row.gave_up,
    )
    return Held(interval=interval, subscription=found, version=int(row.version))
