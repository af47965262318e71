"""Whatever is changed and whenever: what was paid is what was had, and a preview is what is then charged."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dev.stripe.objects import cards, customers, previews, shop, subscriptions
from dev.stripe.wire.params import Params
from dev.stripe.world import State, Thing, World

KINDS = ("basic_month", "pro_month", "extra_month")
AMOUNTS = {"basic_month": 2_900, "pro_month": 3_900, "extra_month": 500}
BEGUN = 1_800_000_000

QUANTITIES = st.dictionaries(st.sampled_from(KINDS), st.integers(1, 30), min_size=1)
CHANGES = st.lists(st.tuples(st.integers(1, 300_000), QUANTITIES), max_size=8)


def a_world() -> World:
    world = World(State(seed="money"), pages="", wall=lambda: BEGUN)
    shop.furnish(world)
    return world


def a_customer(world: World) -> Thing:
    customer = customers.create(world, Params({"address": {"country": "DE"}}))
    method = cards.attached(world, cards.make(world, "4242424242424242"), customer)
    customer["invoice_settings"]["default_payment_method"] = method["id"]
    return customer


def items_for(subscription: Thing, wanted: dict[str, int]) -> list[dict[str, str]]:
    """The `items` of an update that makes a subscription have exactly these quantities."""
    standing = {item["price"]["id"].removeprefix("price_"): item["id"] for item in subscription["items"]["data"]}
    gone = [{"id": name, "deleted": "true"} for kind, name in standing.items() if kind not in wanted]
    kept = [{"id": standing[kind], "quantity": str(many)} for kind, many in wanted.items() if kind in standing]
    new = [{"price": f"price_{kind}", "quantity": str(many)} for kind, many in wanted.items() if kind not in standing]
    return gone + kept + new


def begun_with(world: World, wanted: dict[str, int]) -> Thing:
    items = [{"price": f"price_{kind}", "quantity": str(many)} for kind, many in wanted.items()]
    return subscriptions.create(world, Params({"customer": a_customer(world)["id"], "items": items}))


@given(first=QUANTITIES, changes=CHANGES)
def test_what_was_asked_for_in_a_period_is_what_was_had_in_it_to_the_second(
    first: dict[str, int], changes: list[tuple[int, dict[str, int]]]
) -> None:
    world = a_world()
    subscription = begun_with(world, first)
    start, end = subscription["_period"]
    at, had, lines_made, standing = start, 0.0, len(first), first
    for later_s, wanted in changes:
        had += worth(standing, later_s / (end - start))
        at, standing = at + later_s, wanted
        lines_made += len(KINDS) * 2
        change: Any = {
            "items": items_for(subscription, wanted),
            "proration_behavior": "always_invoice",
            "proration_date": str(at),
        }
        with world.at(at):
            subscriptions.update(world, Params(change), subscription["id"])
    had += worth(standing, (end - at) / (end - start))
    asked_for = sum(invoice["total"] for invoice in world.all("invoice"))
    assert abs(asked_for - had) <= lines_made / 2
    paid = sum(charge["amount"] for charge in world.all("charge"))
    balance = world.get("customer", subscription["customer"])["balance"]
    assert paid == asked_for - balance
    assert balance <= 0


@given(first=QUANTITIES, wanted=QUANTITIES, later_s=st.integers(0, 2_000_000), taxed=st.booleans())
def test_a_preview_is_what_is_then_charged(
    first: dict[str, int], wanted: dict[str, int], later_s: int, taxed: bool
) -> None:
    world = a_world()
    subscription = begun_with(world, first)
    how: Any = {"proration_behavior": "always_invoice", "proration_date": str(BEGUN + later_s)}
    tax: Any = {"automatic_tax": {"enabled": "true" if taxed else "false"}}
    items = items_for(subscription, wanted)
    known = repr(world.state)
    asked: Any = {"subscription": subscription["id"], "subscription_details": {"items": items, **how}, **tax}
    with world.at(BEGUN + later_s), world.change(pretends=True):
        preview = previews.create(world, Params(asked))
    assert repr(world.state) == known
    with world.at(BEGUN + later_s):
        subscriptions.update(world, Params({"items": items, **how, **tax}), subscription["id"])
    latest = world.get("invoice", world.get("subscription", subscription["id"])["latest_invoice"])
    if first == wanted:
        assert (latest["billing_reason"], preview["billing_reason"]) == ("subscription_create", "subscription_cycle")
    else:
        assert latest["billing_reason"] == preview["billing_reason"] == "subscription_update"
        assert (latest["total"], latest["amount_due"]) == (preview["total"], preview["amount_due"])


def worth(quantities: dict[str, int], part: float) -> float:
    return part * sum(AMOUNTS[kind] * many for kind, many in quantities.items())
