"""Changing what is subscribed to: looked at first, then confirmed as it was seen; ended with its period, or not."""

from chalicelib.features.billing.model import (
    PREVIEW_LIFE,
    Confirmed,
    Held,
    NothingSubscribed,
    Order,
    Previewed,
    PreviewStale,
    command_id,
    require_room,
)
from chalicelib.features.billing.repository import Records
from chalicelib.features.billing.use_cases.refreshing import refresh
from chalicelib.features.billing.use_cases.shop import Shop
from chalicelib.features.seats import use_cases as seats
from chalicelib.features.seats.model import Interval
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.kernel.permissions import Action
from chalicelib.table.tenant import Tenant


def preview_change(order: Order, *, tenant: Tenant, shop: Shop) -> Previewed:
    """What it would cost now to have what is ordered instead: a read, a query and a call; nothing is written.

    Raises:
        PermissionMissing: the acting member is no Owner.
        OrderEmpty, SeatsInUse, ExtrasInUse: it can't be had.
        NothingSubscribed: it is bought, not changed.
    """
    held = _require_changeable(order, tenant)
    prices = order.to_prices(shop.prices)
    # Ours may be a second behind the provider's clock, and nothing is prorated from before the period.
    prorated_at = max(tenant.now().replace(microsecond=0), held.subscription.period_start)
    preview = shop.stripe.preview(held.subscription, prices, prorated_at=prorated_at)
    return Previewed(preview=preview, version=held.version)


def confirm_change(command: Confirmed, *, tenant: Tenant, shop: Shop, once: str | None = None) -> None:
    """Have what is ordered, paid at once as it was previewed to the second; seats follow before this returns.

    The wish is written down with its entry, then asked of the provider under its key: cut short anywhere it can be
    repeated with the same `once`, and changes nothing more. 6 write units, three calls, and what refreshing costs.

    Raises:
        PermissionMissing, OrderEmpty, SeatsInUse, ExtrasInUse, NothingSubscribed: as for the preview.
        PreviewStale: half an hour has passed, or the subscription is another by now; nothing was asked.
        PaymentRefused: the card was; everything is as it was.
    """
    held = _require_changeable(command.order, tenant)
    records, key = Records(tenant), command_id(tenant.workspace_id, once)
    if not records.has_command(key):
        age = tenant.now() - command.prorated_at
        if held.version != command.version or abs(age) > PREVIEW_LIFE:
            raise PreviewStale
        with tenant.transaction() as change:
            workspaces.check_standing(change, tenant)
            records.add_command(change, key, command.order.journalled())
            change.record(
                "subscription.change_confirmed",
                target=tenant.workspace_id,
                old=held.order(shop.prices).journalled(),
                new=command.order.journalled(),
            )
    elif held.order(shop.prices) == command.order:
        return
    prices = command.order.to_prices(shop.prices)
    shop.stripe.change(held.subscription, prices, prorated_at=command.prorated_at, key=key)
    refresh(held.subscription.id, tenant=tenant, shop=shop)


def end_with_period(interval: Interval, *, ends: bool, tenant: Tenant, shop: Shop, once: str | None = None) -> None:
    """Have a subscription end with the period that runs, or take that back; seats stay paid until then.

    6 write units, two calls, and what refreshing costs.

    Raises:
        PermissionMissing: the acting member is no Owner.
        NothingSubscribed: there is none, or it is over.
    """
    tenant.require(Action.MANAGE_BILLING)
    held = _require_running(interval, tenant)
    records, key = Records(tenant), command_id(tenant.workspace_id, once)
    if not records.has_command(key):
        with tenant.transaction() as change:
            workspaces.check_standing(change, tenant)
            records.add_command(change, key, {"interval": interval, "ends": ends})
            event = "subscription.end_requested" if ends else "subscription.end_undone"
            change.record(event, target=tenant.workspace_id, new={"interval": interval})
    shop.stripe.set_ending(held.subscription.id, ends=ends, key=key)
    refresh(held.subscription.id, tenant=tenant, shop=shop)


def _require_changeable(order: Order, tenant: Tenant) -> Held:
    tenant.require(Action.MANAGE_BILLING)
    order.require_seats()
    held = _require_running(order.interval, tenant)
    require_room(order, seats.list_seats(tenant=tenant), tenant.now())
    return held


def _require_running(interval: Interval, tenant: Tenant) -> Held:
    held = Records(tenant).subscription(interval)
    if held is None or not held.is_running:
        raise NothingSubscribed
    return held
