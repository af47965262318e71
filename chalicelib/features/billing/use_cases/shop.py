"""What this installation sells: the payment provider's account, its price ids, and what those cost there."""

import time
from collections.abc import Mapping
from functools import cache
from typing import Final

from chalicelib import settings
from chalicelib.adapters.stripe_api import Stripe
from chalicelib.features.billing.model import CURRENCY, BillingNotConfigured, PriceUnfit
from chalicelib.kernel.payments import Price
from chalicelib.logs import log
from chalicelib.settings import StripeAccount

PRICES_KEPT_S: Final = 600


class Shop:
    """The account at the provider, and the provider's price id by kind (`basic_month` … `extra_year`)."""

    def __init__(self, account: StripeAccount) -> None:
        self.stripe = Stripe(account)
        self.prices: Mapping[str, str] = account.prices
        self._known: dict[str, tuple[float, Price]] = {}

    def price_of(self, kind: str) -> Price:
        """What one of a kind costs: a call, once in ten minutes a process.

        Raises:
            PriceUnfit: it is in another currency or of another interval than it is configured as.
            Unavailable: the provider does not answer.
        """
        known = self._known.get(kind)
        if known is None or time.monotonic() > known[0]:
            known = time.monotonic() + PRICES_KEPT_S, self._asked(kind)
            self._known[kind] = known
        return known[1]

    def _asked(self, kind: str) -> Price:
        price = self.stripe.get_price(self.prices[kind])
        if (price.currency, price.interval) != (CURRENCY, kind.rpartition("_")[2]):
            log.error("billing.price_unfit", kind=kind, currency=price.currency, interval=price.interval)
            raise PriceUnfit
        return price


def open_shop() -> Shop:
    """The shop of this process. Raises BillingNotConfigured: the installation sells nothing."""
    found = shop_if_any()
    if found is None:
        raise BillingNotConfigured
    return found


def shop_if_any() -> Shop | None:
    """The same; None where the installation sells nothing."""
    account = settings.current().stripe
    return None if account is None else _shop(account.key, account.api, tuple(account.prices.items()))


@cache
def _shop(key: str, api: str | None, prices: tuple[tuple[str, str], ...]) -> Shop:
    """One a process, so that it knows its prices."""
    return Shop(StripeAccount(key=key, webhook_secrets=(), prices=dict(prices), api=api))
