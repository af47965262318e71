"""A subscription's items: which there are, and what changing them gives back and asks for."""

from collections import Counter
from dataclasses import dataclass

from dev.stripe.objects import lines
from dev.stripe.objects.catalogue import plan_of
from dev.stripe.objects.periods import share
from dev.stripe.wire.params import Params
from dev.stripe.wire.refusals import Refused, no_such
from dev.stripe.world import Thing, World

MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Proration:
    """From when on a change is reckoned, and whether at all."""

    date: int
    is_wanted: bool


def added(world: World, subscription: Thing, given: Params) -> Thing:
    """A new item, of the subscription's period. Raises Refused when its price does not go with it."""
    price = world.get("price", given.required("price"), param=given.name("price"))
    _check_price(price, subscription, given)
    period = subscription["_period"]
    item: Thing = {
        "id": world.mint("si_"),
        "object": "subscription_item",
        "billed_until": period[1],
        "billing_thresholds": None,
        "created": world.now(subscription["customer"]),
        "current_period_end": period[1],
        "current_period_start": period[0],
        "discounts": [],
        "metadata": given.metadata(),
        "plan": plan_of(price),
        "price": dict(price),
        "quantity": given.amount("quantity", 1),
        "subscription": subscription["id"],
        "tax_rates": [],
        "_billed": None,
    }
    subscription["items"]["data"].append(item)
    return item


def change(world: World, subscription: Thing, given: list[Params], proration: Proration) -> list[Thing]:
    """Apply `items` of an update. Answers the lines of prorations, of each item its credit before its charge."""
    made = [each for one in given for each in _change_one(world, subscription, one, proration)]
    left = subscription["items"]["data"]
    if not left:
        raise Refused("A subscription must have at least one active plan.", param="items")
    check_together(left)
    return made


def check_together(them: list[Thing]) -> None:
    """Raises Refused where there are too many, or two of one price."""
    if len(them) > MOST:
        raise Refused(f"A subscription can have at most {MOST} items.", param="items")
    prices = Counter(item["price"]["id"] for item in them)
    price, count = prices.most_common(1)[0]
    if count > 1:
        raise Refused(f"Cannot add multiple subscription items with the same plan: {price}", param="items")


def credit_all(world: World, subscription: Thing, at: int) -> list[Thing]:
    """Lines that give back what is unused of everything."""
    proration = Proration(date=at, is_wanted=True)
    return [each for item in subscription["items"]["data"] for each in _credit(world, subscription, item, proration)]


def _change_one(world: World, subscription: Thing, given: Params, proration: Proration) -> list[Thing]:
    name = given.text("id")
    if name is None:
        return _charge(world, added(world, subscription, given), proration)
    item = _named(subscription, name, given)
    if given.flag("deleted"):
        made = _credit(world, subscription, item, proration)
        subscription["items"]["data"].remove(item)
        return made
    before = (item["price"]["id"], item["quantity"])
    credit = _credit(world, subscription, item, proration)
    _apply(world, subscription, item, given)
    if (item["price"]["id"], item["quantity"]) == before:
        return []
    return credit + _charge(world, item, proration)


def _apply(world: World, subscription: Thing, item: Thing, given: Params) -> None:
    if given.has("price"):
        price = world.get("price", given.required("price"), param=given.name("price"))
        _check_price(price, subscription, given)
        item["price"], item["plan"] = dict(price), plan_of(price)
    item["quantity"] = given.amount("quantity", item["quantity"])
    item["metadata"] = given.metadata(item["metadata"])


def _credit(world: World, subscription: Thing, item: Thing, proration: Proration) -> list[Thing]:
    """What the unused time is worth: of what was asked for (flexible), or of what it costs now (classic)."""
    billed, price, quantity = item["_billed"], item["price"], item["quantity"]
    start, end = item["current_period_start"], item["current_period_end"]
    whole = price["unit_amount"] * quantity
    if subscription["billing_mode"]["type"] == "flexible":
        whole, start = (billed["amount"], billed["start"]) if billed else (0, start)
    amount = -share(whole, end - max(proration.date, start), end - start)
    if not proration.is_wanted or amount == 0:
        return []
    return [
        lines.line(
            world,
            item,
            amount=amount,
            quantity=quantity,
            price=price,
            period=(proration.date, end),
            words=f"Unused time on {_what(world, item)} after {lines.day_of(proration.date)}",
            proration=True,
            credited=_credited(world, billed["line"]) if billed else None,
        )
    ]


def _charge(world: World, item: Thing, proration: Proration) -> list[Thing]:
    """What the rest of the period costs from now on."""
    if not proration.is_wanted:
        return []
    start, end = item["current_period_start"], item["current_period_end"]
    price = item["price"]
    amount = share(price["unit_amount"] * item["quantity"], end - proration.date, end - start)
    period = (proration.date, end)
    made = lines.line(
        world,
        item,
        amount=amount,
        quantity=item["quantity"],
        price=price,
        period=period,
        words=f"Remaining time on {_what(world, item)} after {lines.day_of(proration.date)}",
        proration=True,
    )
    item["_billed"] = lines.billed(made, amount, period)
    return [made] if amount else []


def _credited(world: World, line_id: str) -> Thing | None:
    for invoice in reversed(world.all("invoice")):
        if any(each["id"] == line_id for each in invoice["lines"]["data"]):
            return {"invoice": invoice["id"], "invoice_line_items": [line_id]}
    return None


def _what(world: World, item: Thing) -> str:
    name = lines.called(world, item["price"])
    return name if item["quantity"] == 1 else f"{item['quantity']} × {name}"


def _named(subscription: Thing, name: str, given: Params) -> Thing:
    for item in subscription["items"]["data"]:
        if item["id"] == name:
            found: Thing = item
            return found
    raise no_such("subscription_item", name, param=given.name("id"))


def _check_price(price: Thing, subscription: Thing, given: Params) -> None:
    param = given.name("price")
    if not price["active"]:
        raise Refused("The price specified is inactive. This field only accepts active prices.", param=param)
    if price["type"] != "recurring":
        raise Refused(
            "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
            param=param,
        )
    if price["currency"] != subscription["currency"]:
        raise Refused(
            f"The price specified only supports `{price['currency']}`. "
            f"This doesn't match the expected currency: `{subscription['currency']}`.",
            param=param,
        )
    rhythm = (price["recurring"]["interval"], price["recurring"]["interval_count"])
    if subscription["_rhythm"] not in (None, list(rhythm)):
        raise Refused(
            "Currently, all items of a subscription here must have the same `interval` and `interval_count`.",
            param=param,
        )
