"""Paths of billing, for Owners; and the one on which the payment provider tells what happened."""

from __future__ import annotations

from typing import Final

from chalicelib.adapters.limits import Limit
from chalicelib.adapters.stripe_api import PaymentChangeRefused, PaymentObjectMissing, PaymentRefused
from chalicelib.adapters.stripe_events import MAX_BYTES, SignatureRefused
from chalicelib.edge.api import Allow, Api
from chalicelib.edge.call import Call
from chalicelib.features.billing import schemas, use_cases
from chalicelib.features.billing.model import (
    AlreadySubscribed,
    BillingNotConfigured,
    CheckoutUnderWay,
    ExtrasInUse,
    ModeMismatch,
    NothingSubscribed,
    OrderEmpty,
    PreviewStale,
    PriceUnfit,
    SeatsInUse,
)
from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.permissions import Action
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)

BUYING: Final = Limit(name="buying", most=60)
"""How often a person may have the payment provider asked: each time costs a call or more."""
_BASE: Final = "/workspaces/{workspace_id}/billing"
_ASKING: Final = (BillingNotConfigured, PaymentObjectMissing, PaymentChangeRefused)
_ORDERING: Final = (OrderEmpty, SeatsInUse, ExtrasInUse)


@api.get(_BASE, allow=Action.MANAGE_BILLING, raises=(PriceUnfit, PaymentObjectMissing))
def get_billing(call: Call) -> schemas.BillingOut:
    """Read what is sold, what is subscribed to, and what is due next."""
    return schemas.BillingOut.of(use_cases.overview(tenant=call.tenant, shop=use_cases.shop_if_any()))


@api.post(
    f"{_BASE}/checkout",
    allow=Action.MANAGE_BILLING,
    status=201,
    limit=BUYING,
    once=True,
    raises=(*_ASKING, *_ORDERING, AlreadySubscribed, CheckoutUnderWay, ChangedMeanwhile),
)
def open_checkout(call: Call, body: schemas.OrderIn) -> schemas.PaymentPageOut:
    """Open the page on which the first seats of an interval are paid; one that was open before is closed."""
    url = use_cases.open_checkout(
        body.to_order(), tenant=call.tenant, shop=use_cases.open_shop(), once=call.idempotency_key
    )
    return schemas.PaymentPageOut(url=url)


@api.post(
    f"{_BASE}/preview",
    allow=Action.MANAGE_BILLING,
    limit=BUYING,
    raises=(*_ASKING, *_ORDERING, NothingSubscribed),
)
def preview_change(call: Call, body: schemas.OrderIn) -> schemas.PreviewOut:
    """Ask what it would cost now to have what is ordered instead of what is subscribed to. Changes nothing."""
    return schemas.PreviewOut.of(
        use_cases.preview_change(body.to_order(), tenant=call.tenant, shop=use_cases.open_shop())
    )


@api.post(
    f"{_BASE}/change",
    allow=Action.MANAGE_BILLING,
    limit=BUYING,
    once=True,
    raises=(*_ASKING, *_ORDERING, NothingSubscribed, PreviewStale, PaymentRefused, PriceUnfit, ChangedMeanwhile),
)
def confirm_change(call: Call, body: schemas.ConfirmedIn) -> schemas.BillingOut:
    """Have what a preview showed, at what it said it costs; paid at once, or nothing is changed."""
    shop = use_cases.open_shop()
    use_cases.confirm_change(body.to_command(), tenant=call.tenant, shop=shop, once=call.idempotency_key)
    return schemas.BillingOut.of(use_cases.overview(tenant=call.tenant, shop=shop))


@api.post(
    f"{_BASE}/cancellation",
    allow=Action.MANAGE_BILLING,
    limit=BUYING,
    once=True,
    raises=(*_ASKING, NothingSubscribed, PriceUnfit, ChangedMeanwhile),
)
def cancel_subscription(call: Call, body: schemas.IntervalIn) -> schemas.BillingOut:
    """End a subscription with the period that is paid; until then everything stays as it is."""
    shop = use_cases.open_shop()
    use_cases.end_with_period(body.interval, ends=True, tenant=call.tenant, shop=shop, once=call.idempotency_key)
    return schemas.BillingOut.of(use_cases.overview(tenant=call.tenant, shop=shop))


@api.post(
    f"{_BASE}/renewal",
    allow=Action.MANAGE_BILLING,
    limit=BUYING,
    once=True,
    raises=(*_ASKING, NothingSubscribed, PriceUnfit, ChangedMeanwhile),
)
def renew_subscription(call: Call, body: schemas.IntervalIn) -> schemas.BillingOut:
    """Take back that a subscription ends with its period."""
    shop = use_cases.open_shop()
    use_cases.end_with_period(body.interval, ends=False, tenant=call.tenant, shop=shop, once=call.idempotency_key)
    return schemas.BillingOut.of(use_cases.overview(tenant=call.tenant, shop=shop))


@api.post(f"{_BASE}/portal", allow=Action.MANAGE_BILLING, status=201, limit=BUYING, raises=(*_ASKING, ChangedMeanwhile))
def open_portal(call: Call) -> schemas.PaymentPageOut:
    """Open the payment provider's page for cards, addresses and bills."""
    return schemas.PaymentPageOut(url=use_cases.open_portal(tenant=call.tenant, shop=use_cases.open_shop()))


@api.get(f"{_BASE}/invoices", allow=Action.MANAGE_BILLING, raises=(PaymentObjectMissing,))
def list_invoices(call: Call) -> schemas.InvoicesOut:
    """List the last hundred bills, with links that open them; none where the installation sells nothing."""
    found = use_cases.list_invoices(tenant=call.tenant, shop=use_cases.shop_if_any())
    return schemas.InvoicesOut(invoices=[schemas.InvoiceOut.of(invoice) for invoice in found])


@api.post(
    "/hooks/stripe",
    allow=Allow.ANYONE,
    status=204,
    raw=MAX_BYTES,
    raises=(BillingNotConfigured, SignatureRefused, ModeMismatch, Invalid),
)
def take_stripe_event(call: Call, raw: bytes) -> None:
    """Take what the payment provider tells, once however often it is told. Signed by it, over the raw bytes."""
    use_cases.receive(raw, call.headers.get("stripe-signature", ""), installation=call.services.installation)
