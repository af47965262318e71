"""What finds what no event told: once a day the provider is asked, and what a deleted workspace still pays is ended."""

from datetime import datetime

from chalicelib.features.billing.model import CLOSE_CUSTOMER, RECONCILED_EVERY, Held
from chalicelib.features.billing.repository import Customers, Records
from chalicelib.features.billing.use_cases.refreshing import refresh
from chalicelib.features.billing.use_cases.shop import Shop
from chalicelib.kernel.actors import system
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.logs import log
from chalicelib.table import due
from chalicelib.table.due import Lane
from chalicelib.table.tenant import Installation, Tenant, for_job
from chalicelib.table.transaction import Transaction


def reconcile(*, tenant: Tenant, shop: Shop) -> datetime | None:
    """Bring what is kept to what the provider says of every subscription, and come back tomorrow.

    A read and a call, and a call and what refreshing costs for each subscription that is known or runs.
    """
    customer = Customers(tenant).get()
    if customer is None:
        return None
    known = {held.subscription.id for held in Records(tenant).subscriptions()}
    for found in shop.stripe.subscriptions_of(customer):
        is_running = Held.runs(found)
        if (found.id in known or is_running) and refresh(found.id, tenant=tenant, shop=shop):
            log.warning("billing.reconciled", workspace_id=tenant.workspace_id, subscription_id=found.id)
    return tenant.now() + RECONCILED_EVERY


def have_closed(change: Transaction, workspace_id: WorkspaceId, installation: Installation) -> None:
    """Have what a workspace subscribes to ended as soon as a change commits, which begins its erasing: one row."""
    name = f"{CLOSE_CUSTOMER}#{workspace_id}"
    facts = {"workspace_id": workspace_id}
    due.schedule(change, installation, CLOSE_CUSTOMER, installation.now(), facts, name=name, lane=Lane.BILLING)


def close(workspace_id: WorkspaceId, *, installation: Installation, shop: Shop) -> None:
    """End what a workspace still subscribes to, at once: it is erased, and nobody is left who could.

    Its records stay. A read and a call, and a call for each subscription that runs.
    """
    customer = Customers(for_job(workspace_id, system("billing"), now=installation.now)).get()
    if customer is None:
        return
    for found in shop.stripe.subscriptions_of(customer):
        if Held.runs(found):
            shop.stripe.end_now(found.id, key=f"close {found.id}")
            log.info("billing.closed", workspace_id=workspace_id, subscription_id=found.id)
