"""What Wireroom sells, as its operator would have set it up: three products, each by the month and by the year."""

from dev.stripe.objects import catalogue
from dev.stripe.wire.params import Params
from dev.stripe.world import Thing, World

_SOLD = (
    ("basic", "Basic seat", {"month": 2_900, "year": 29_000}),
    ("pro", "Pro seat", {"month": 3_900, "year": 39_000}),
    ("extra", "Extra Telegram account", {"month": 500, "year": 5_000}),
)
PRICES = {f"{kind}_{interval}": f"price_{kind}_{interval}" for kind, _, amounts in _SOLD for interval in amounts}
"""The id of each price by what it is for, the same in every new world: where Stripe mints one, ours is told."""


def furnish(world: World) -> None:
    """Products and prices of a new world; the events of it are nobody's."""
    for kind, name, amounts in _SOLD:
        catalogue.create_product(world, Params({"id": f"prod_{kind}", "name": name}))
        for interval, amount in amounts.items():
            _sell(world, kind, interval, amount)
    world.fresh_events.clear()


def _sell(world: World, kind: str, interval: str, amount: int) -> Thing:
    given = {
        "product": f"prod_{kind}",
        "currency": "eur",
        "unit_amount": str(amount),
        "tax_behavior": "exclusive",
        "lookup_key": f"{kind}_{interval}",
        "recurring": {"interval": interval},
    }
    return catalogue.create_price(world, Params(given), name=PRICES[f"{kind}_{interval}"])
