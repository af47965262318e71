"""Lines of invoices: what is billed for a period, what a change gives back and asks for, and their sums."""

from datetime import UTC, datetime

from dev.stripe.objects import tax
from dev.stripe.world import Thing, World

_SIGNS = {"eur": "€", "usd": "$"}


def line(
    world: World,
    item: Thing,
    *,
    amount: int,
    quantity: int,
    price: Thing,
    period: tuple[int, int],
    words: str,
    proration: bool = False,
    credited: Thing | None = None,
) -> Thing:
    """One line for a subscription item.

    `credited`: what a credit gives back of, as `{"invoice": id, "invoice_line_items": [id]}`.
    """
    return {
        "id": world.mint("il_"),
        "object": "line_item",
        "amount": amount,
        "currency": price["currency"],
        "description": words,
        "discount_amounts": [],
        "discountable": not proration,
        "discounts": [],
        "invoice": None,
        "livemode": world.rules.livemode,
        "metadata": dict(item["metadata"]),
        "parent": {
            "invoice_item_details": None,
            "subscription_item_details": {
                "invoice_item": world.mint("ii_") if proration else None,
                "proration": proration,
                "proration_details": {"credited_items": credited},
                "subscription": item["subscription"],
                "subscription_item": item["id"],
            },
            "type": "subscription_item_details",
        },
        "period": {"start": period[0], "end": period[1]},
        "pretax_credit_amounts": [],
        "pricing": {
            "price_details": {"price": price["id"], "product": price["product"]},
            "type": "price_details",
            "unit_amount_decimal": price["unit_amount_decimal"],
        },
        "quantity": quantity,
        "quantity_decimal": str(quantity),
        "subscription": item["subscription"],
        "subtotal": amount,
        "taxes": [],
        "_tax_behavior": price["tax_behavior"],
    }


def of_period(world: World, item: Thing) -> Thing:
    """The line for an item's current period, which it is then known to be billed for."""
    price, quantity = item["price"], item["quantity"]
    period = (item["current_period_start"], item["current_period_end"])
    amount = price["unit_amount"] * quantity
    made = line(
        world,
        item,
        amount=amount,
        quantity=quantity,
        price=price,
        period=period,
        words=f"{quantity} × {called(world, price)} (at {_each(price)} / {_interval(price)})",
    )
    item["_billed"] = billed(made, amount, period)
    return made


def billed(made: Thing, amount: int, period: tuple[int, int]) -> Thing:
    """What an item keeps of a debit, so that a credit gives back what was asked for and not what it costs now."""
    return {"line": made["id"], "amount": amount, "start": period[0]}


def called(world: World, price: Thing) -> str:
    """The product's name."""
    return str(world.get("product", price["product"])["name"])


def day_of(moment: int) -> str:
    """As lines of prorations say a day: 15 Nov 2026."""
    return f"{datetime.fromtimestamp(moment, UTC):%d %b %Y}"


def tax_line(world: World, customer: Thing, made: Thing) -> list[tax.Tax]:
    """Reckon a line's tax and write it on it."""
    due = tax.on(world, customer, made["amount"], made["_tax_behavior"])
    made["taxes"] = tax.shown_on([due])
    return [due]


def sums(made: list[Thing], taxes: list[tax.Tax]) -> Thing:
    """The sums of an invoice with those lines."""
    subtotal = sum(each["amount"] for each in made)
    inside = sum(each.amount for each in taxes if each.inclusive)
    on_top = sum(each.amount for each in taxes if not each.inclusive)
    return {
        "subtotal": subtotal,
        "subtotal_excluding_tax": subtotal - inside,
        "total": subtotal + on_top,
        "total_excluding_tax": subtotal - inside,
        "total_taxes": tax.shown_on(taxes),
    }


def _each(price: Thing) -> str:
    return f"{_SIGNS.get(price['currency'], price['currency'].upper())}{price['unit_amount'] / 100:.2f}"


def _interval(price: Thing) -> str:
    count, interval = price["recurring"]["interval_count"], price["recurring"]["interval"]
    return interval if count == 1 else f"{count} {interval}s"
