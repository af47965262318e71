"""Events: what happened, with the object as it was at that moment."""

from copy import deepcopy
from typing import Any

from dev.stripe.wire.shown import shown
from dev.stripe.world import API_VERSION, Thing, World


def tell(world: World, kind: str, thing: Thing, *, before: Thing | None = None) -> Thing:
    """Keep an event of that type. `before` is the object before: what differs becomes previous_attributes."""
    data: dict[str, Any] = {"object": deepcopy(shown(thing))}
    if before is not None:
        data["previous_attributes"] = _previous(shown(before), data["object"])
    event = world.add(
        {
            "id": world.mint("evt_"),
            "object": "event",
            "account": None,
            "api_version": API_VERSION,
            "context": None,
            "created": world.now(_customer_of(thing)),
            "data": data,
            "livemode": world.rules.livemode,
            "pending_webhooks": 0,
            "request": {"id": world.cause.request_id, "idempotency_key": world.cause.idempotency_key},
            "type": kind,
        }
    )
    world.fresh_events.append(event)
    return event


def _previous(before: Thing, now: Thing) -> Thing:
    return {name: value for name, value in before.items() if now.get(name) != value}


def _customer_of(thing: Thing) -> str | None:
    owner = thing["id"] if thing["object"] == "customer" else thing.get("customer")
    return owner if isinstance(owner, str) else None
