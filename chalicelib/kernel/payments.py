"""What a payment provider tells of a customer, in our words: snapshots of one moment, without names or addresses."""

from datetime import datetime
from enum import StrEnum

from chalicelib.kernel.records import record


class SubscriptionStatus(StrEnum):
    """How a subscription stands. Source: https://docs.stripe.com/api/subscriptions/object, `status`."""

    INCOMPLETE = "incomplete"
    INCOMPLETE_EXPIRED = "incomplete_expired"
    TRIALING = "trialing"
    ACTIVE = "active"
    PAST_DUE = "past_due"
    UNPAID = "unpaid"
    PAUSED = "paused"
    CANCELED = "canceled"


@record
class SubscriptionItem:
    """How many of one price."""

    id: str
    price: str
    quantity: int


@record
class Subscription:
    """A subscription: `period_start` to `period_end` is the period that runs; `cancels_at` is set once it was ended.

    `gave_up` says that it ended because the period was never paid.
    """

    id: str
    customer: str
    status: SubscriptionStatus
    currency: str
    items: tuple[SubscriptionItem, ...]
    period_start: datetime
    period_end: datetime
    cancels_at: datetime | None
    ended_at: datetime | None
    gave_up: bool = False


@record
class Invoice:
    """A bill. `page` and `pdf` are links that open it for whoever has them, so they are kept nowhere."""

    id: str
    customer: str
    number: str
    status: str
    currency: str
    total_minor: int
    paid_minor: int
    created_at: datetime
    subscription: str
    page: str
    pdf: str


@record
class PreviewLine:
    """One line of a bill that is not made yet; a credit is negative."""

    text: str
    amount_minor: int


@record
class Preview:
    """What a change would cost at once, prorated to the second `prorated_at`."""

    due_minor: int
    tax_minor: int
    currency: str
    lines: tuple[PreviewLine, ...]
    prorated_at: datetime


@record
class Checkout:
    """A page on which something is bought once. `url` is empty once it is over."""

    id: str
    url: str
    is_open: bool


@record
class Price:
    """What one of something costs an interval, as the provider has it."""

    id: str
    currency: str
    amount_minor: int
    interval: str


@record
class Charge:
    """Money that was taken, and how much of it was given back."""

    id: str
    customer: str
    currency: str
    amount_minor: int
    refunded_minor: int


@record
class ToldEvent:
    """What the provider told by itself: something happened to an object of a customer; empty where it is nobody's."""

    id: str
    type: str
    created_at: datetime
    is_live: bool
    object_id: str
    customer: str
