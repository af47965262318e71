"""The first purchase of an interval: one customer a workspace, one open page an interval."""

from chalicelib import settings
from chalicelib.adapters.stripe_api import PaymentChangeRefused
from chalicelib.features.billing.model import (
    CHECKOUT_LIFE,
    RECONCILE,
    RECONCILED_EVERY,
    AlreadySubscribed,
    CheckoutUnderWay,
    Order,
    command_id,
    require_room,
)
from chalicelib.features.billing.repository import Customers, Records
from chalicelib.features.billing.repository.records import OpenCheckout
from chalicelib.features.billing.use_cases.refreshing import refresh
from chalicelib.features.billing.use_cases.shop import Shop
from chalicelib.features.seats import use_cases as seats
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.kernel.permissions import Action
from chalicelib.table import due
from chalicelib.table.due import Lane
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile


def open_checkout(order: Order, *, tenant: Tenant, shop: Shop, once: str | None = None) -> str:
    """The address of the page on which what was ordered is paid; what was bought shows once the provider tells.

    Repeating it with the same `once` opens the same page. The page somebody opened before for this interval is closed
    first, so that of two Owners only one can pay. Two reads and up to three calls; 4 write units.

    Raises:
        PermissionMissing: the acting member is no Owner.
        OrderEmpty, SeatsInUse, ExtrasInUse: nothing was asked for.
        AlreadySubscribed: it is changed, not bought once more.
        CheckoutUnderWay: another Owner opened a page at the same moment, or has just paid.
        ChangedMeanwhile: the acting member's standing changed.
    """
    tenant.require(Action.MANAGE_BILLING)
    order.require_seats()
    require_room(order, seats.list_seats(tenant=tenant), tenant.now())
    records = Records(tenant)
    held = records.subscription(order.interval)
    if held is not None and held.is_running:
        raise AlreadySubscribed
    customer, command = require_customer(tenant, shop), command_id(tenant.workspace_id, once)
    before = records.checkout(order.interval)
    if before is None or before.command != command:
        if before is not None:
            _close(before, tenant, shop)
        before = _claim(order, command, customer, before, tenant)
    page = shop.stripe.open_checkout(
        customer,
        before.order.to_prices(shop.prices),
        back_to=billing_page(tenant),
        expires_at=before.ends_at,
        key=before.command,
    )
    records.note_checkout(before, page.id)
    return page.url


def require_customer(tenant: Tenant, shop: Shop) -> str:
    """The workspace's customer, made where it is none yet: a read, or a call and a transaction of 4 rows.

    The provider makes one however often it is asked under the workspace's key, and ours is the pointer events are
    believed by. From then on due work asks once a day how things stand.
    """
    customers = Customers(tenant)
    known = customers.get()
    if known is not None:
        return known
    made = shop.stripe.create_customer(tenant.workspace_id, key=f"customer {tenant.workspace_id}")
    try:
        with tenant.transaction() as change:
            customers.add(change, made)
            name = f"{RECONCILE}#{tenant.workspace_id}"
            due.schedule(change, tenant, RECONCILE, tenant.now() + RECONCILED_EVERY, {}, name=name, lane=Lane.BILLING)
            change.record("customer.created", target=tenant.workspace_id, new={"customer": made})
    except ChangedMeanwhile:
        known = customers.get()
        if known is None:
            raise
        return known
    return made


def billing_page(tenant: Tenant) -> str:
    """Where people come back to."""
    return f"{settings.current().public_origin}/w/{tenant.workspace_id}/settings/billing"


def _claim(order: Order, command: str, customer: str, before: OpenCheckout | None, tenant: Tenant) -> OpenCheckout:
    """Be the one whose page is open. Raises CheckoutUnderWay: somebody else was at the same moment."""
    wanted = OpenCheckout(
        command=command, customer=customer, order=order, ends_at=tenant.now() + CHECKOUT_LIFE, checkout_id=None
    )
    try:
        with tenant.transaction() as change:
            workspaces.check_standing(change, tenant)
            Records(tenant).claim_checkout(change, wanted, before)
            change.record("checkout.opened", target=tenant.workspace_id, new=order.journalled())
    except ChangedMeanwhile:
        if Records(tenant).checkout(order.interval) == before:
            raise
        raise CheckoutUnderWay from None
    return wanted


def _close(before: OpenCheckout, tenant: Tenant, shop: Shop) -> None:
    """Have nobody pay on a page any more. Raises CheckoutUnderWay: somebody has, and what they bought is theirs."""
    checkout_id = before.checkout_id
    if checkout_id is None:
        if tenant.now() >= before.ends_at:
            return
        # Who opened it died before it was noted: under its key the provider gives the same page.
        prices = before.order.to_prices(shop.prices)
        checkout_id = shop.stripe.open_checkout(
            before.customer, prices, back_to=billing_page(tenant), expires_at=before.ends_at, key=before.command
        ).id
    try:
        shop.stripe.close_checkout(checkout_id)
    except PaymentChangeRefused:
        bought = shop.stripe.checkout_subscription(checkout_id)
        if bought is not None:
            refresh(bought, tenant=tenant, shop=shop)
            raise CheckoutUnderWay from None
