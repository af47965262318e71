"""What time does: periods end, drafts become final, failed payments are tried again, pages expire; and test clocks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dev.stripe.objects import checkout, collection, events, subscriptions
from dev.stripe.wire.params import Params
from dev.stripe.wire.refusals import Refused
from dev.stripe.world import Thing, World

_RENEWS = ("active", "past_due", "unpaid")
_MOST_STEPS = 100_000
_CLOCK_LIFE_S = 30 * 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing to do at a moment."""

    at: int
    act: Callable[[], None]


def advance(world: World, ahead_s: int) -> None:
    """Let this world's time pass, doing what is due on the way each at its own moment."""
    target = world.now() + ahead_s
    catch_up(world, until=target)
    world.state.ahead_s += ahead_s


def catch_up(world: World, *, until: int | None = None) -> None:
    """Do what is due by now, or by a moment to come, for everybody without a test clock."""
    target = world.now() if until is None else until
    for due in _in_order(world, None, target):
        with world.at(due.at), world.change():
            due.act()


def create_clock(world: World, params: Params) -> Thing:
    """`test_helpers.test_clocks.create`: customers made with it live by its time."""
    frozen = params.whole("frozen_time")
    if frozen is None:
        raise Refused("Missing required param: frozen_time.", code="parameter_missing", param="frozen_time")
    clock = world.add(
        {
            "id": world.mint("clock_"),
            "object": "test_helpers.test_clock",
            "created": world.now(),
            "deletes_after": world.now() + _CLOCK_LIFE_S,
            "frozen_time": frozen,
            "livemode": False,
            "name": params.text("name"),
            "status": "ready",
            "status_details": {},
        }
    )
    events.tell(world, "test_helpers.test_clock.created", clock)
    return clock


def advance_clock(world: World, params: Params, name: str) -> Thing:
    """`test_helpers.test_clocks.advance`: done before it answers, where Stripe answers while it goes on."""
    clock = world.get("test_helpers.test_clock", name)
    target = params.whole("frozen_time") or 0
    if target <= clock["frozen_time"]:
        raise Refused("The time must be after the current frozen time.", param="frozen_time")
    for due in _in_order(world, name, target):
        clock["frozen_time"] = max(clock["frozen_time"], due.at)
        due.act()
    clock["frozen_time"] = target
    events.tell(world, "test_helpers.test_clock.ready", clock)
    return clock


def _in_order(world: World, clock: str | None, until: int) -> Iterator[Due]:
    """The earliest first; what one brings about is looked for before the next."""
    for _ in range(_MOST_STEPS):
        due = min(_all(world, clock), key=lambda each: each.at, default=None)
        if due is None or due.at > until:
            return
        yield due
    raise RuntimeError("time brings about more than can be done")


def _all(world: World, clock: str | None) -> Iterator[Due]:
    for subscription in world.all("subscription"):
        if subscription["test_clock"] == clock and (due := _of_subscription(world, subscription)):
            yield due
    for invoice in world.all("invoice"):
        if invoice["test_clock"] == clock and (due := _of_invoice(world, invoice)):
            yield due
    for session in world.all("checkout.session") if clock is None else ():
        if session["status"] == "open":
            yield Due(at=session["expires_at"], act=_expiring(world, session["id"]))


def _of_subscription(world: World, subscription: Thing) -> Due | None:
    name = subscription["id"]
    if subscription["status"] in _RENEWS:
        return Due(
            at=subscription["_period"][1], act=lambda: subscriptions.renew(world, world.get("subscription", name))
        )
    if subscription["status"] == "incomplete":
        at = subscription["created"] + collection.INCOMPLETE_S
        return Due(at=at, act=lambda: collection.expire(world, world.get("subscription", name)))
    return None


def _of_invoice(world: World, invoice: Thing) -> Due | None:
    name = invoice["id"]
    if invoice["status"] == "draft" and (at := invoice["automatically_finalizes_at"]):
        return Due(at=at, act=lambda: collection.collect_renewal(world, world.get("invoice", name)))
    if invoice["status"] == "open" and (at := invoice["next_payment_attempt"]):
        return Due(at=at, act=lambda: collection.retry(world, world.get("invoice", name)))
    return None


def _expiring(world: World, name: str) -> Callable[[], None]:
    return lambda: checkout.expired(world, world.get("checkout.session", name))
