"""What is bought and how it stands: orders, subscriptions, what is paid until when, and which events say what."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from chalicelib.features.seats.model import Interval, PaidBy, PaidSeats, Seat, SeatState
from chalicelib.kernel import ids, tokens
from chalicelib.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.kernel.payments import Preview, Price, Subscription, SubscriptionStatus, ToldEvent
from chalicelib.kernel.plans import Plan
from chalicelib.kernel.records import record

PROVIDER: Final = "stripe"
CURRENCY: Final = "eur"
GRACE: Final = timedelta(days=7)
"""How long seats stay paid after the end of the paid period while a payment fails (product.md section 13)."""
KEPT_FOR: Final = timedelta(days=7 * 366)
"""How long billing records are kept: seven years."""
EVENT_KEPT_FOR: Final = timedelta(days=90)
PREVIEW_LIFE: Final = timedelta(minutes=30)
"""How long a preview may be confirmed: what it says is of the second it was made for."""
CHECKOUT_LIFE: Final = timedelta(hours=1)
RECONCILED_EVERY: Final = timedelta(days=1)
SWEPT_AFTER: Final = timedelta(minutes=2)
"""How long an event may wait before the sweep takes it up: by then its hint was lost or its handler died."""
MAX_QUANTITY: Final = 500
"""Seats of a plan, or extra accounts, in one subscription."""

EVENT_ROW: Final = "provider_event"
"""What a row of an event says it is: the stream's reader looks for it before anything of billing is imported."""

TELL_OF_FAILURE: Final = "payment_failure.tell"
"""The due work of the letters about a failed payment: {interval, subscription, ends_at, told}."""
RECONCILE: Final = "billing.reconcile"
"""The due work of asking Stripe, once a day, how a workspace's subscriptions stand."""
CLOSE_CUSTOMER: Final = "billing.close"
"""The due work of ending the subscriptions of a workspace that is erased: {workspace_id}."""


class BillingNotConfigured(Conflict):
    """The installation has no account at the payment provider, and sells nothing."""

    code = "billing-not-configured"
    title = "Nothing can be bought here: this installation has no payment provider."


class EventSettled(Conflict):
    """Somebody settled the event at the same moment; what they did stands, and nothing was done twice."""

    code = "event-settled"
    title = "This event has been dealt with."


class ModeMismatch(Forbidden):
    """An event of real money on a stage of test money, or the other way round."""

    code = "mode-mismatch"
    title = "This event is not of the mode this installation works in."


class PriceUnfit(Unavailable):
    """A configured price is in another currency, or of another interval, than it should be; an operator mends it."""

    code = "price-unfit"
    title = "Prices are not set up as they should be. The operator has to mend that."


class NothingSubscribed(NotFound):
    """The workspace has no running subscription at this interval."""

    code = "nothing-subscribed"
    title = "There is no subscription at this interval."


class AlreadySubscribed(Conflict):
    """The workspace has a subscription at this interval: it is changed, not bought once more."""

    code = "already-subscribed"
    title = "There is a subscription at this interval already. Change it instead."


class CheckoutUnderWay(Conflict):
    """Another Owner is paying for this interval at this moment, or has just paid."""

    code = "checkout-under-way"
    title = "Somebody is buying this at the moment. Look again shortly."


class OrderEmpty(Invalid):
    """An order has a seat at least; whoever wants none cancels. Extra accounts stand on seats."""

    code = "order-empty"
    title = "An order has one seat at least."


class SeatsInUse(Conflict):
    """Fewer seats are ordered than people sit on; `standing` says of each plan how many have to be freed first."""

    code = "seats-in-use"
    title = "More people sit on these seats than would be left. Free seats first."


class ExtrasInUse(Conflict):
    """Fewer extra accounts are ordered than stand on seats; `standing` says how many have to be taken off first."""

    code = "extras-in-use"
    title = "More extra accounts are in use than would be left. Take some off their seats first."


class PreviewStale(Conflict):
    """What was previewed is half an hour old, or the subscription changed since: it costs something else by now."""

    code = "preview-stale"
    title = "What this costs has changed. Look at the new preview."


class About(StrEnum):
    """Which object an event is about, and is fetched."""

    SUBSCRIPTION = "subscription"
    INVOICE = "invoice"
    CHECKOUT = "checkout.session"
    CHARGE = "charge"


ABOUT: Final[Mapping[str, About]] = {
    "checkout.session.completed": About.CHECKOUT,
    "customer.subscription.created": About.SUBSCRIPTION,
    "customer.subscription.updated": About.SUBSCRIPTION,
    "customer.subscription.deleted": About.SUBSCRIPTION,
    "customer.subscription.paused": About.SUBSCRIPTION,
    "customer.subscription.resumed": About.SUBSCRIPTION,
    "invoice.finalized": About.INVOICE,
    "invoice.paid": About.INVOICE,
    "invoice.payment_action_required": About.INVOICE,
    "invoice.payment_failed": About.INVOICE,
    "invoice.updated": About.INVOICE,
    "invoice.voided": About.INVOICE,
    "invoice.marked_uncollectible": About.INVOICE,
    "charge.refunded": About.CHARGE,
}
"""The types of events that mean something here; all others are recorded and ignored."""


class EventState(StrEnum):
    """What became of an event."""

    RECEIVED = "received"
    APPLIED = "applied"
    IGNORED = "ignored"
    STUCK = "stuck"


@record
class ProviderEvent:
    """What a provider told, and what became of it: a nudge to fetch the object it names."""

    told: ToldEvent
    state: EventState = EventState.RECEIVED
    attempts: int = 0

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do about it."""
        return self.state in {EventState.RECEIVED, EventState.STUCK}

    @property
    def about(self) -> About | None:
        """What it is about; None where it means nothing here."""
        return ABOUT.get(self.told.type)


@record
class Order:
    """How many seats and extra accounts a workspace wants to pay for at one interval, all in all."""

    interval: Interval
    basic: int
    pro: int
    extra: int

    def of(self, plan: Plan) -> int:
        """How many seats of a plan."""
        return self.pro if plan is Plan.PRO else self.basic

    def require_seats(self) -> None:
        """Raises OrderEmpty: there is no seat in it."""
        if self.basic + self.pro == 0:
            raise OrderEmpty

    def to_prices(self, prices: Mapping[str, str]) -> dict[str, int]:
        """How many of each of the provider's prices; `prices` are those by kind."""
        return {prices[f"{kind}_{self.interval}"]: getattr(self, kind) for kind in KINDS if getattr(self, kind)}

    def journalled(self) -> dict[str, object]:
        """What the journal keeps of it."""
        return {"interval": self.interval, "basic": self.basic, "pro": self.pro, "extra": self.extra}


KINDS: Final = ("basic", "pro", "extra")


@record
class Held:
    """What is kept of one subscription. `version` grows with each look at Stripe that showed something new."""

    interval: Interval
    subscription: Subscription
    version: int

    @property
    def is_running(self) -> bool:
        """Whether it is, or may again be, paid: a change or its end is about this one."""
        return self.runs(self.subscription)

    @staticmethod
    def runs(subscription: Subscription) -> bool:
        """The same of one that nobody has kept yet."""
        return subscription.status in _RUNNING

    def order(self, prices: Mapping[str, str]) -> Order:
        """What is subscribed to; items of prices that are none of ours count for nothing."""
        return ordered(self.subscription, self.interval, prices)


_RUNNING: Final = frozenset(
    {
        SubscriptionStatus.TRIALING,
        SubscriptionStatus.ACTIVE,
        SubscriptionStatus.PAST_DUE,
        SubscriptionStatus.UNPAID,
        SubscriptionStatus.PAUSED,
    }
)


def command_id(workspace_id: WorkspaceId, once: str | None) -> str:
    """The key the provider knows a wish under: the same for the same key of the caller's, else a new one."""
    return ids.mint() if once is None else tokens.hashed(f"{workspace_id} {once}")


def interval_of(subscription: Subscription, prices: Mapping[str, str]) -> Interval | None:
    """The interval of a subscription's prices; None where none of them is ours."""
    kinds = {price: kind for kind, price in prices.items()}
    found = [kinds[item.price] for item in subscription.items if item.price in kinds]
    return Interval(found[0].rpartition("_")[2]) if found else None


def ordered(subscription: Subscription, interval: Interval, prices: Mapping[str, str]) -> Order:
    """What a subscription is for."""
    many = {item.price: item.quantity for item in subscription.items}
    basic, pro, extra = (many.get(prices[f"{kind}_{interval}"], 0) for kind in KINDS)
    return Order(interval=interval, basic=basic, pro=pro, extra=extra)


def grace_ends_at(subscription: Subscription) -> datetime | None:
    """Until when a failed payment may be made good; None where none has failed."""
    return _grace_of(subscription) if subscription.status is SubscriptionStatus.PAST_DUE else None


def _grace_of(subscription: Subscription) -> datetime:
    """Grace after the period that was paid last: the one before the one that runs."""
    return min(subscription.period_start + GRACE, subscription.period_end)


def paid_until(subscription: Subscription) -> datetime | None:
    """Until when a subscription's seats are paid; None where it never paid for anything.

    A failed renewal leaves the period before as the last one paid, and grace after it. What was cancelled is paid
    until it ended, and what ended for want of payment as long as grace was.
    """
    match subscription.status:
        case SubscriptionStatus.ACTIVE | SubscriptionStatus.TRIALING:
            return subscription.period_end
        case SubscriptionStatus.PAST_DUE | SubscriptionStatus.UNPAID | SubscriptionStatus.PAUSED:
            return _grace_of(subscription)
        case SubscriptionStatus.CANCELED:
            until = _grace_of(subscription) if subscription.gave_up else subscription.period_end
            return min(subscription.ended_at or until, until)
        case _:
            return None


def paid_seats(subscription: Subscription, interval: Interval, prices: Mapping[str, str]) -> PaidSeats | None:
    """What a subscription pays for, as seats are given it; None where it never paid for anything."""
    until = paid_until(subscription)
    if until is None:
        return None
    order = ordered(subscription, interval, prices)
    return PaidSeats(
        paid_by=PaidBy.STRIPE, interval=interval, basic=order.basic, pro=order.pro, extra=order.extra, paid_until=until
    )


def require_room(order: Order, seats: list[Seat], now: datetime) -> None:
    """Demand that an order leaves a seat to everybody who sits on one of its interval.

    Seats change plan as the order does, so only all of them together can be too few.

    Raises:
        SeatsInUse: too few seats; carries how many to free.
        ExtrasInUse: too few extra accounts; carries how many to take off.
    """
    mine = [seat for seat in seats if (seat.paid_by, seat.interval) == (PaidBy.STRIPE, order.interval)]
    busy = [seat for seat in mine if seat.state_at(now) in {SeatState.FILLED, SeatState.PENDING}]
    if (too_many := len(busy) - order.basic - order.pro) > 0:
        raise SeatsInUse(standing={"free_first": too_many, "in_use": len(busy)})
    extras = sum(seat.extra_accounts for seat in busy)
    if extras > order.extra:
        raise ExtrasInUse(standing={"free_first": extras - order.extra, "in_use": extras})


@record
class Previewed:
    """What a change would cost, and of which version of the subscription that is."""

    preview: Preview
    version: int


@record
class Confirmed:
    """The change somebody saw and wants: what they were shown was of a version, prorated to a second."""

    order: Order
    prorated_at: datetime
    version: int


@record
class Standing:
    """One subscription as its Owner reads it. `next_minor` is the next bill, before tax; None where none will come."""

    held: Held
    order: Order
    grace_ends_at: datetime | None
    next_at: datetime | None
    next_minor: int | None


@record
class Overview:
    """All of a workspace's billing. `prices` is empty where the installation sells nothing."""

    prices: dict[str, Price]
    standings: list[Standing]
    is_customer: bool
