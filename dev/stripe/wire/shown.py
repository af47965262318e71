"""What is sent of an object: without what is ours, with what `expand` asks for; and pages of lists."""

import operator
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from typing import Any

from dev.stripe.wire.params import Params
from dev.stripe.wire.refusals import Refused, no_such
from dev.stripe.world import Thing, World

_DEEPEST = 4
_MOST, _USUAL = 100, 10
_COMPARED = {"gt": operator.gt, "gte": operator.ge, "lt": operator.lt, "lte": operator.le}


def shown(thing: Any) -> Any:
    """A copy without the keys that begin with "_"."""
    if isinstance(thing, dict):
        return {name: shown(value) for name, value in thing.items() if not name.startswith("_")}
    return [shown(value) for value in thing] if isinstance(thing, list) else thing


def listed(things: Iterable[Thing], url: str, *, has_more: bool = False) -> Thing:
    """Stripe's list object."""
    return {"object": "list", "data": list(things), "has_more": has_more, "url": url}


def expanded(world: World, thing: Thing, paths: Sequence[str]) -> Thing:
    """A copy to send, with the objects that the paths lead to in place of their ids.

    Raises:
        Refused: a path is too deep, or leads nowhere.
    """
    sent: Thing = shown(thing)
    for path in paths:
        steps = path.split(".")
        if len([step for step in steps if step != "data"]) > _DEEPEST:
            raise Refused("You cannot expand more than 4 levels of a property.", param="expand")
        _expand(world, sent, steps, path)
    return sent


def _expand(world: World, at: Thing, steps: Sequence[str], path: str) -> None:
    step, *rest = steps
    if step not in at and (include := _INCLUDED.get((str(at.get("object")), step))):
        at[step] = shown(include(world, at))
    if step not in at:
        raise _not_expandable(path)
    value = at[step]
    if isinstance(value, str) and step != "id" and (found := world.find(value)) is not None:
        at[step] = value = shown(found)
    if not isinstance(value, dict | list | None):
        raise _not_expandable(path)
    for inner in value if isinstance(value, list) else [value]:
        if rest and isinstance(inner, dict):
            _expand(world, inner, rest, path)


def _not_expandable(path: str) -> Refused:
    return Refused(f"This property cannot be expanded ({path}).", code="property_not_expandable", param="expand")


def _subscriptions(world: World, customer: Thing) -> Thing:
    alive = [each for each in world.of("subscription", "customer", customer["id"]) if each["status"] != "canceled"]
    return listed(reversed(alive), f"/v1/customers/{customer['id']}/subscriptions")


def _tax_ids(world: World, customer: Thing) -> Thing:
    return listed(world.of("tax_id", "customer", customer["id"]), f"/v1/customers/{customer['id']}/tax_ids")


def _payments(world: World, invoice: Thing) -> Thing:
    return listed(world.of("invoice_payment", "invoice", invoice["id"]), "/v1/invoice_payments")


def _line_items(world: World, session: Thing) -> Thing:
    kept = world.get("checkout.session", session["id"])["_line_items"]
    return listed(deepcopy(kept), f"/v1/checkout/sessions/{session['id']}/line_items")


def _refunds(world: World, charge: Thing) -> Thing:
    return listed(world.of("refund", "charge", charge["id"]), f"/v1/charges/{charge['id']}/refunds")


_INCLUDED: dict[tuple[str, str], Callable[[World, Thing], Thing]] = {
    ("customer", "subscriptions"): _subscriptions,
    ("customer", "tax_ids"): _tax_ids,
    ("invoice", "payments"): _payments,
    ("checkout.session", "line_items"): _line_items,
    ("charge", "refunds"): _refunds,
}
"""What an object has only when it is expanded."""


def page(things: Sequence[Thing], params: Params, url: str) -> Thing:
    """One page, the newest first. Source: Stripe API reference, "Pagination"."""
    is_of_asked_time = _time_asked_for(params)
    newest_first = [each for each in reversed(things) if is_of_asked_time(each)]
    limit = params.whole("limit", _USUAL) or 0
    if not 1 <= limit <= _MOST:
        raise Refused("This value must be between 1 and 100.", code="parameter_invalid_integer", param="limit")
    after, before = params.text("starting_after"), params.text("ending_before")
    if before is not None:
        earlier = newest_first[: _place(newest_first, before, "ending_before")]
        return listed(earlier[-limit:], url, has_more=len(earlier) > limit)
    if after is not None:
        newest_first = newest_first[_place(newest_first, after, "starting_after") + 1 :]
    return listed(newest_first[:limit], url, has_more=len(newest_first) > limit)


def _place(things: Sequence[Thing], name: str, param: str) -> int:
    for place, each in enumerate(things):
        if each["id"] == name:
            return place
    raise no_such("object", name, param=param)


def _time_asked_for(params: Params) -> Callable[[Thing], bool]:
    bounds = params.part("created")
    given = {name: bounds.whole(name) for name in _COMPARED}
    limits = [(_COMPARED[name], bound) for name, bound in given.items() if bound is not None]
    return lambda thing: all(compare(thing["created"], bound) for compare, bound in limits)
