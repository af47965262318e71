"""Products and prices."""

from collections.abc import Callable
from typing import Any

from dev.stripe.objects import events
from dev.stripe.wire.params import Params
from dev.stripe.wire.refusals import Refused, not_here
from dev.stripe.wire.shown import shown
from dev.stripe.world import Thing, World

_TAXED = ("inclusive", "exclusive", "unspecified")
_ABSENT_OF_PRODUCTS = (
    "default_price",
    "description",
    "package_dimensions",
    "shippable",
    "statement_descriptor",
    "tax_code",
    "unit_label",
    "url",
)
"""What a product has no value for at first."""


def create_product(world: World, params: Params) -> Thing:
    """`products.create`; an id may be given."""
    name = params.text("id") or world.mint("prod_")
    if world.find(name) is not None:
        raise Refused(f"Product already exists: {name}", code="resource_already_exists", param="id")
    now = world.now()
    product = world.add(
        {
            **dict.fromkeys(_ABSENT_OF_PRODUCTS),
            "id": name,
            "object": "product",
            "active": True,
            "created": now,
            "images": [],
            "livemode": world.rules.livemode,
            "marketing_features": [],
            "metadata": {},
            "name": params.required("name"),
            "type": "service",
            "updated": now,
        }
    )
    _apply_to_product(params, product)
    events.tell(world, "product.created", product)
    return product


def update_product(world: World, params: Params, name: str) -> Thing:
    """`products.update`."""
    product = world.get("product", name)
    before = shown(product)
    _apply_to_product(params, product)
    product["updated"] = world.now()
    events.tell(world, "product.updated", product, before=before)
    return product


def create_price(world: World, params: Params, *, name: str = "") -> Thing:
    """`prices.create`: so much a unit, once or each month or year. `name`: its id, which Stripe mints itself."""
    if params.has("product_data"):
        product = create_product(world, params.part("product_data"))
    else:
        product = world.get("product", params.required("product"), param="product")
    amount = params.whole("unit_amount")
    if amount is None or amount < 0:
        raise Refused("You must specify `unit_amount`.", code="parameter_missing", param="unit_amount")
    price = world.add(_new_price(world, params, product["id"], amount) | ({"id": name} if name else {}))
    events.tell(world, "price.created", price)
    return price


def update_price(world: World, params: Params, name: str) -> Thing:
    """`prices.update`: all but the amount."""
    price = world.get("price", name)
    before = shown(price)
    price["active"] = params.flag("active", default=price["active"])
    price["nickname"] = params.text("nickname", price["nickname"])
    price["metadata"] = params.metadata(price["metadata"])
    if params.has("lookup_key"):
        price["lookup_key"] = _lookup_key(world, params)
    events.tell(world, "price.updated", price, before=before)
    return price


def plan_of(price: Thing) -> Thing:
    """The same price in the older shape that subscription items still carry."""
    shared = ("id", "active", "billing_scheme", "created", "currency", "livemode", "metadata", "nickname", "product")
    recurring = price["recurring"]
    return {name: price[name] for name in shared} | {
        "object": "plan",
        "amount": price["unit_amount"],
        "amount_decimal": price["unit_amount_decimal"],
        "interval": recurring["interval"],
        "interval_count": recurring["interval_count"],
        "meter": None,
        "tiers_mode": None,
        "transform_usage": None,
        "trial_period_days": None,
        "usage_type": "licensed",
    }


def asked_for(params: Params) -> Callable[[Thing], bool]:
    """The filters of `prices.list`."""
    keys, active = params.words("lookup_keys"), params.text("active")
    wanted = {name: params.text(name) for name in ("product", "currency", "type")}

    def fits(price: Thing) -> bool:
        return (
            (active is None or price["active"] == (active == "true"))
            and (not keys or price["lookup_key"] in keys)
            and all(value in (None, price[name]) for name, value in wanted.items())
        )

    return fits


def _new_price(world: World, params: Params, product: str, amount: int) -> dict[str, Any]:
    recurring = _recurring(params)
    return {
        "id": world.mint("price_"),
        "object": "price",
        "active": params.flag("active", default=True),
        "billing_scheme": "per_unit",
        "created": world.now(),
        "currency": params.required("currency").lower(),
        "custom_unit_amount": None,
        "livemode": world.rules.livemode,
        "lookup_key": _lookup_key(world, params),
        "metadata": params.metadata(),
        "nickname": params.text("nickname"),
        "product": product,
        "recurring": recurring,
        "tax_behavior": params.choice("tax_behavior", _TAXED, "unspecified"),
        "tiers_mode": None,
        "transform_quantity": None,
        "type": "recurring" if recurring else "one_time",
        "unit_amount": amount,
        "unit_amount_decimal": str(amount),
    }


def _recurring(params: Params) -> Thing | None:
    if not params.has("recurring"):
        return None
    given = params.part("recurring")
    interval = given.required("interval")
    if interval not in ("month", "year"):
        raise not_here("periods other than months and years", given.name("interval"))
    return {
        "interval": interval,
        "interval_count": given.whole("interval_count", 1),
        "meter": None,
        "trial_period_days": None,
        "usage_type": given.choice("usage_type", ["licensed"], "licensed"),
    }


def _lookup_key(world: World, params: Params) -> str | None:
    key, moves = params.text("lookup_key"), params.flag("transfer_lookup_key")
    for other in world.of("price", "lookup_key", key) if key else []:
        if not moves:
            raise Refused(f"A price ({other['id']}) already uses that lookup key.", param="lookup_key")
        world.get("price", other["id"])["lookup_key"] = None
    return key


def _apply_to_product(params: Params, product: Thing) -> None:
    product["active"] = params.flag("active", default=product["active"])
    for name in ("name", "description", "unit_label", "tax_code", "statement_descriptor"):
        product[name] = params.text(name, product[name])
    product["metadata"] = params.metadata(product["metadata"])
