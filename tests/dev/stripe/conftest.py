"""A local Stripe a test, and people who have bought something there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.dev.stripe.beside import Beside, Listener, a_listener, a_stripe


@pytest.fixture
def beside() -> Iterator[Beside]:
    """A new world with Wireroom's prices in it."""
    with a_stripe() as begun:
        yield begun


@pytest.fixture
def listener(beside: Beside) -> Iterator[Listener]:
    """An endpoint that gets every event."""
    with a_listener() as begun:
        beside.listen(begun)
        yield begun


@dataclass(frozen=True, slots=True)
class Shop:
    """Short words for what most tests begin with."""

    beside: Beside

    def customer(self, card: str = "pm_card_visa", **more: Any) -> Any:
        """Somebody with a card."""
        customers = self.beside.client.v1.customers
        wanted: Any = {"email": "ada@example.org", "address": {"country": "FR"}, **more}
        made = customers.create(wanted)
        if not card:
            return made
        method = self.beside.client.v1.payment_methods.attach(card, {"customer": made.id})
        return customers.update(made.id, {"invoice_settings": {"default_payment_method": method.id}})

    def subscribe(self, customer: Any, *items: tuple[str, int], **more: Any) -> Any:
        """A subscription to prices of the shop, such as ("pro_month", 3)."""
        wanted = [{"price": f"price_{kind}", "quantity": quantity} for kind, quantity in items]
        created: Any = {"customer": customer.id, "items": wanted or [{"price": "price_pro_month"}], **more}
        return self.beside.client.v1.subscriptions.create(created)

    def read(self, subscription: Any) -> Any:
        """A subscription as it is by now."""
        return self.beside.client.v1.subscriptions.retrieve(subscription.id)

    def use_card(self, customer: Any, card: str) -> None:
        """Pay with another card from now on."""
        method = self.beside.client.v1.payment_methods.attach(card, {"customer": customer.id})
        settings: Any = {"invoice_settings": {"default_payment_method": method.id}}
        self.beside.client.v1.customers.update(customer.id, settings)

    def last_invoice(self, subscription: Any) -> Any:
        """A subscription's latest invoice."""
        return self.beside.client.v1.invoices.retrieve(self.read(subscription).latest_invoice)


@pytest.fixture
def shop(beside: Beside) -> Shop:
    """Short words."""
    return Shop(beside)
