"""Tax as Stripe Tax would reckon it for a seller in Germany: one rate a country, and none between businesses abroad."""

from dataclasses import dataclass

from dev.stripe.objects.periods import share
from dev.stripe.world import Thing, World

HOME = "DE"
_PER_MILLE = {
    "AT": 200,
    "BE": 210,
    "DE": 190,
    "DK": 250,
    "ES": 210,
    "FI": 255,
    "FR": 200,
    "IE": 230,
    "IT": 220,
    "NL": 210,
    "PL": 230,
    "SE": 250,
}
"""Thousandths. Elsewhere nothing is collected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tax:
    """What is due on an amount. `amount` is part of it where the price includes tax, and comes on top where not."""

    amount: int
    taxable: int
    inclusive: bool
    reason: str
    rate_id: str


def is_located(customer: Thing) -> bool:
    """Whether it is known where a customer is, without which no tax can be reckoned."""
    return bool((customer["address"] or {}).get("country"))


def on(world: World, customer: Thing, amount: int, behavior: str | None) -> Tax:
    """The tax on an amount of a price with that `tax_behavior`."""
    country = (customer["address"] or {}).get("country") or ""
    rate, reason = _rate(world, customer, country)
    inclusive = behavior == "inclusive"
    due = share(amount, rate, 1000 + rate) if inclusive else share(amount, rate, 1000)
    return Tax(
        amount=due,
        taxable=amount - due if inclusive else amount,
        inclusive=inclusive,
        reason=reason,
        rate_id=f"txr_{country or 'none'}_{rate}",
    )


def shown_on(taxes: list[Tax]) -> list[Thing]:
    """As lines and invoices list them: one entry a rate, way and reason."""
    sums: dict[tuple[str, bool, str], list[Tax]] = {}
    for each in taxes:
        sums.setdefault((each.rate_id, each.inclusive, each.reason), []).append(each)
    return [
        {
            "amount": sum(each.amount for each in those),
            "tax_behavior": "inclusive" if inclusive else "exclusive",
            "tax_rate_details": {"tax_rate": rate_id},
            "taxability_reason": reason,
            "taxable_amount": sum(each.taxable for each in those),
            "type": "tax_rate_details",
        }
        for (rate_id, inclusive, reason), those in sums.items()
    ]


def _rate(world: World, customer: Thing, country: str) -> tuple[int, str]:
    if customer["tax_exempt"] == "exempt":
        return 0, "customer_exempt"
    if country not in _PER_MILLE:
        return 0, "not_collecting"
    is_business = bool(world.of("tax_id", "customer", customer["id"]))
    if customer["tax_exempt"] == "reverse" or (is_business and country != HOME):
        return 0, "reverse_charge"
    return _PER_MILLE[country], "standard_rated"
