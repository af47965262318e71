"""Letters about a payment that failed: at once, three days before the grace ends, and on its last day."""

from datetime import datetime, timedelta
from typing import Final

from chalicelib import settings
from chalicelib.adapters import outbox
from chalicelib.features.billing import letters
from chalicelib.features.billing.model import GRACE, TELL_OF_FAILURE, Held, grace_ends_at
from chalicelib.features.billing.repository import Records
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.seats.model import Interval
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.kernel import clock
from chalicelib.table import due, keys
from chalicelib.table.due import Lane
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import AlreadyDone, Transaction

BEFORE_THE_END: Final = (GRACE, timedelta(days=3), timedelta(days=1))
"""When a letter is due, before the grace ends."""


def follow(
    change: Transaction, interval: Interval, was: datetime | None, now: datetime | None, *, tenant: Tenant
) -> None:
    """Have Owners told as soon as a payment has failed, and no more once it was made good: at most one row."""
    name = f"{TELL_OF_FAILURE}#{tenant.workspace_id}#{interval}"
    if now is not None and now != was:
        due.schedule(
            change, tenant, TELL_OF_FAILURE, tenant.now(), {"interval": interval}, name=name, lane=Lane.BILLING
        )
    elif was is not None and now is None:
        due.cancel(change, tenant, name)


def tell(interval: Interval, *, tenant: Tenant, installation: Installation) -> datetime | None:
    """Write to every Owner, once a stage; gives when the next stage is, None where there is none or all is paid.

    A read, a query, a read and a row an Owner.
    """
    held = Records(tenant).subscription(interval)
    ends_at = None if held is None else grace_ends_at(held.subscription)
    if held is None or ends_at is None:
        return None
    now = tenant.now()
    stages = [ends_at - before for before in BEFORE_THE_END]
    stage = max(sum(at <= now for at in stages), 1)
    if now < ends_at:
        _write(held, ends_at, stage, tenant, installation)
    return stages[stage] if stage < len(stages) else None


def _write(held: Held, ends_at: datetime, stage: int, tenant: Tenant, installation: Installation) -> None:
    """The letters of a stage, posted once however often it is taken up."""
    once = f"{TELL_OF_FAILURE} {held.subscription.id} {clock.to_wire(ends_at)} {stage}"
    name = workspaces.name_of(tenant=tenant)
    link = f"{settings.current().public_origin}/w/{tenant.workspace_id}/settings/billing"
    people = (identity.get_person(user_id, installation=installation) for user_id in workspaces.owners(tenant=tenant))
    try:
        with installation.transaction(keys.due_row(TELL_OF_FAILURE), once=once) as change:
            for owner in people:
                if owner is not None:
                    letter = letters.payment_failed(
                        to=owner.email, full_name=owner.full_name, workspace_name=name, ends_at=ends_at, link=link
                    )
                    outbox.post(change, installation, letter)
    except AlreadyDone:
        return
