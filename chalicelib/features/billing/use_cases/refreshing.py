"""Bringing what is kept to what the payment provider says: the only way a subscription comes to pay for seats."""

from collections.abc import Callable
from typing import Final

from chalicelib.features.billing.model import (
    CURRENCY,
    Held,
    PriceUnfit,
    grace_ends_at,
    interval_of,
    ordered,
    paid_seats,
)
from chalicelib.features.billing.repository import Customers, Records
from chalicelib.features.billing.use_cases import dunning
from chalicelib.features.billing.use_cases.shop import Shop
from chalicelib.features.seats import use_cases as seats
from chalicelib.features.seats.model import Interval
from chalicelib.kernel.payments import Subscription
from chalicelib.logs import log
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile

Mark = Callable[[JournalledTransaction], None]
"""Adds to the transaction that changes something what has to be true together with it: that an event was applied."""
_TRIES: Final = 4


def refresh(subscription_id: str, *, tenant: Tenant, shop: Shop, mark: Mark | None = None) -> bool:
    """Fetch a subscription and bring records and seats to it; False where nothing had to be done, and `mark` neither.

    What is kept is read before the provider is asked, and written only where it still stands so: whoever writes knows
    more than what they write over, in whatever order events come. Cut short, a repetition goes on to the same end.
    A call, two reads and a query; a change costs a transaction of up to 8 rows besides those of seats.

    Raises:
        ChangedMeanwhile: others kept writing at the same moment.
        PaymentObjectMissing: there is no such subscription.
        Unavailable: the provider does not answer, or a price is unfit.
    """
    for _ in range(_TRIES - 1):
        try:
            return _refresh(subscription_id, tenant, shop, mark)
        except ChangedMeanwhile:
            continue
    return _refresh(subscription_id, tenant, shop, mark)


def _refresh(subscription_id: str, tenant: Tenant, shop: Shop, mark: Mark | None) -> bool:
    kept = {held.interval: held for held in Records(tenant).subscriptions()}
    found = shop.stripe.get_subscription(subscription_id)
    interval = _interval(found, kept, shop)
    if interval is None or not _is_ours(found, kept.get(interval), tenant):
        return False
    if found.currency != CURRENCY:
        log.error("billing.currency_mismatch", subscription_id=found.id, currency=found.currency)
        raise PriceUnfit
    before = kept.get(interval)
    after = Held(interval=interval, subscription=found, version=1 if before is None else before.version + 1)
    is_same = before is not None and before.subscription == found

    def finish(change: JournalledTransaction) -> None:
        if not is_same:
            _keep(change, after, before, tenant)
        if mark is not None:
            mark(change)

    paid = paid_seats(found, interval, shop.prices)
    if paid is not None and seats.apply_paid(paid, tenant=tenant, finish=finish):
        return True
    if is_same:
        return False
    with tenant.transaction() as change:
        finish(change)
        change.record(
            "subscription.changed",
            target=tenant.workspace_id,
            old=None if before is None else _journalled(before, shop),
            new=_journalled(after, shop),
        )
    return True


def _interval(found: Subscription, kept: dict[Interval, Held], shop: Shop) -> Interval | None:
    """The interval it is known under, or that of its prices."""
    known = [held.interval for held in kept.values() if held.subscription.id == found.id]
    return known[0] if known else interval_of(found, shop.prices)


def _is_ours(found: Subscription, before: Held | None, tenant: Tenant) -> bool:
    """Whether it is this workspace's subscription of that interval, and not another's or one that is over."""
    if found.customer != Customers(tenant).get():
        log.error("billing.foreign_subscription", subscription_id=found.id, workspace_id=tenant.workspace_id)
        return False
    if before is None or before.subscription.id == found.id:
        return True
    is_running = Held.runs(found)
    if is_running and before.is_running:
        log.error("billing.second_subscription", subscription_id=found.id, workspace_id=tenant.workspace_id)
    return is_running and not before.is_running


def _keep(change: JournalledTransaction, after: Held, before: Held | None, tenant: Tenant) -> None:
    records = Records(tenant)
    records.put_subscription(change, after, before)
    if before is None or before.subscription.id != after.subscription.id:
        records.forget_checkout(change, after.interval)
    was = None if before is None else grace_ends_at(before.subscription)
    dunning.follow(change, after.interval, was, grace_ends_at(after.subscription), tenant=tenant)


def _journalled(held: Held, shop: Shop) -> dict[str, object]:
    found = held.subscription
    return {
        **ordered(found, held.interval, shop.prices).journalled(),
        "status": found.status,
        "period_end": found.period_end,
        "cancels_at": found.cancels_at,
    }
