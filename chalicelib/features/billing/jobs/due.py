"""Due work about money; the session worker's process reads this, so no framework comes in here."""

from datetime import datetime

from chalicelib import services
from chalicelib.features.billing import use_cases
from chalicelib.features.billing.model import RECONCILED_EVERY
from chalicelib.features.seats.model import Interval
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.table.due import Due


def sweep() -> None:
    """Settle events that nobody told us to; nothing where the installation sells nothing."""
    shop = use_cases.shop_if_any()
    if shop is not None:
        use_cases.sweep(installation=services.current().installation, shop=shop)


def tell_of_failure(work: Due) -> datetime | None:
    """Write to the Owners about a payment that failed; a piece of due work of the lane BILLING."""
    interval = Interval(work.facts["interval"])
    return use_cases.tell(interval, tenant=work.tenant, installation=work.installation)


def reconcile(work: Due) -> datetime | None:
    """Ask the provider how a workspace's subscriptions stand; a piece of due work of the lane BILLING."""
    shop = use_cases.shop_if_any()
    if shop is None:
        return work.installation.now() + RECONCILED_EVERY
    return use_cases.reconcile(tenant=work.tenant, shop=shop)


def close(work: Due) -> None:
    """End what a workspace that is erased still pays for; a piece of due work of the lane BILLING."""
    shop = use_cases.shop_if_any()
    if shop is not None:
        use_cases.close(WorkspaceId(work.facts["workspace_id"]), installation=work.installation, shop=shop)
