"""How a subscription stands, and what is told when that changes."""

from dev.stripe.objects import events
from dev.stripe.wire.shown import shown
from dev.stripe.world import Thing, World

ENDED = ("canceled", "incomplete_expired")


def become(world: World, subscription: Thing, status: str) -> None:
    """Take that status, and tell so where it is another."""
    if subscription["status"] != status:
        before = shown(subscription)
        subscription["status"] = status
        events.tell(world, "customer.subscription.updated", subscription, before=before)


def end(world: World, subscription: Thing, *, reason: str) -> None:
    """It is canceled from now on; its open invoices are asked for no more, its drafts never made final."""
    now = world.now(subscription["customer"])
    subscription |= {
        "status": "canceled",
        "ended_at": now,
        "canceled_at": subscription["canceled_at"] or now,
        "_waiting": [],
    }
    subscription["cancellation_details"]["reason"] = reason
    for each in invoices_of(world, subscription):
        _ask_no_more(world.get("invoice", each["id"]))
    events.tell(world, "customer.subscription.deleted", subscription)


def invoices_of(world: World, subscription: Thing) -> list[Thing]:
    """A subscription's invoices, the oldest first."""
    theirs = world.of("invoice", "customer", subscription["customer"])
    return [each for each in theirs if each["parent"]["subscription_details"]["subscription"] == subscription["id"]]


def _ask_no_more(invoice: Thing) -> None:
    invoice |= {"next_payment_attempt": None, "automatically_finalizes_at": None}
    if invoice["status"] in ("draft", "open"):
        invoice["auto_advance"] = False
