"""What Owners do about money, what the payment provider tells, and what follows from it."""

from chalicelib.features.billing.use_cases.buying import open_checkout
from chalicelib.features.billing.use_cases.changing import confirm_change, end_with_period, preview_change
from chalicelib.features.billing.use_cases.dunning import tell
from chalicelib.features.billing.use_cases.looking import list_invoices, open_portal, overview
from chalicelib.features.billing.use_cases.receiving import receive
from chalicelib.features.billing.use_cases.reconciling import close, have_closed, reconcile
from chalicelib.features.billing.use_cases.refreshing import refresh
from chalicelib.features.billing.use_cases.settling import feed, settle, sweep
from chalicelib.features.billing.use_cases.shop import Shop, open_shop, shop_if_any

__all__ = [
    "Shop",
    "close",
    "confirm_change",
    "end_with_period",
    "feed",
    "have_closed",
    "list_invoices",
    "open_checkout",
    "open_portal",
    "open_shop",
    "overview",
    "preview_change",
    "receive",
    "reconcile",
    "refresh",
    "settle",
    "shop_if_any",
    "sweep",
    "tell",
]
