"""Tax: one rate a country, on top of prices or inside them, none between businesses abroad."""

from typing import Any

import pytest
import stripe

from tests.dev.stripe.beside import Beside
from tests.dev.stripe.conftest import Shop


@pytest.mark.parametrize(("country", "tax"), [("DE", 1_482), ("FR", 1_560), ("FI", 1_989), ("US", 0)])
def test_a_country_has_its_rate(shop: Shop, country: str, tax: int) -> None:
    made = shop.subscribe(
        shop.customer(address={"country": country}), ("pro_month", 2), automatic_tax={"enabled": True}
    )
    invoice = shop.last_invoice(made)
    assert (invoice.subtotal, invoice.total) == (7_800, 7_800 + tax)
    assert (invoice.total_excluding_tax, invoice.automatic_tax.status) == (7_800, "complete")
    assert [(each.amount, each.tax_behavior) for each in invoice.total_taxes] == [(tax, "exclusive")]


@pytest.mark.parametrize(
    ("country", "reason", "total"), [("FR", "reverse_charge", 3_900), ("DE", "standard_rated", 4_641)]
)
def test_a_business_abroad_pays_none(beside: Beside, shop: Shop, country: str, reason: str, total: int) -> None:
    customer = shop.customer(address={"country": country})
    beside.client.v1.customers.tax_ids.create(customer.id, {"type": "eu_vat", "value": f"{country}123456789"})
    invoice = shop.last_invoice(shop.subscribe(customer, ("pro_month", 1), automatic_tax={"enabled": True}))
    assert invoice.total == total
    assert [each.taxability_reason for each in invoice.total_taxes] == [reason]
    assert [each.value for each in invoice.customer_tax_ids] == [f"{country}123456789"]


def test_a_price_that_includes_tax_costs_what_it_says(beside: Beside, shop: Shop) -> None:
    wanted: Any = {
        "product": "prod_pro",
        "currency": "eur",
        "unit_amount": 12_000,
        "recurring": {"interval": "month"},
        "tax_behavior": "inclusive",
    }
    price = beside.client.v1.prices.create(wanted)
    made = beside.client.v1.subscriptions.create(
        {"customer": shop.customer().id, "items": [{"price": price.id}], "automatic_tax": {"enabled": True}}
    )
    invoice = shop.last_invoice(made)
    assert (invoice.total, invoice.total_excluding_tax) == (12_000, 10_000)


def test_tax_of_a_proration_goes_both_ways(beside: Beside, shop: Shop) -> None:
    made = shop.subscribe(shop.customer(), ("pro_month", 2), automatic_tax={"enabled": True})
    item = made["items"].data[0]
    details: Any = {
        "items": [{"id": item.id, "quantity": 1}],
        "proration_behavior": "always_invoice",
        "proration_date": item.current_period_start,
    }
    preview = beside.client.v1.invoices.create_preview({"subscription": made.id, "subscription_details": details})
    assert [each.taxes[0].amount for each in preview.lines.data if each.taxes] == [-1_560, 780]
    assert preview.total == -4_680


def test_nobody_is_taxed_of_whom_it_is_not_known_where_they_are(shop: Shop) -> None:
    nowhere = shop.customer(address={"city": "Atlantis"})
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        shop.subscribe(nowhere, ("pro_month", 1), automatic_tax={"enabled": True})
    assert refusal.value.code == "customer_tax_location_invalid"


def test_who_is_exempt_pays_none(shop: Shop) -> None:
    made = shop.subscribe(shop.customer(tax_exempt="exempt"), ("pro_month", 1), automatic_tax={"enabled": True})
    assert shop.last_invoice(made).total == 3_900
