"""Who is told outside of the app, and until when."""

from datetime import datetime

from chalicelib.features.delivery.model import GIVEN_UP_AFTER
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.identity.model import User
from chalicelib.features.notifications import use_cases as notifications
from chalicelib.features.notifications.model import ListedNotice
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.records import record
from chalicelib.logs import log
from chalicelib.table.tenant import Installation, Tenant


@record
class Recipient:
    """Whom a notice goes to, and the handle on the workspace it is of."""

    user: User
    tenant: Tenant


def recipient(user_id: UserId, tenant: Tenant, installation: Installation) -> Recipient | None:
    """Whom it goes to; None where they have left the workspace, or have no account any more. Two reads."""
    if user_id not in notifications.names_of([user_id], tenant=tenant):
        return None
    user = identity.get_person(user_id, installation=installation)
    return None if user is None or user.deletes_at is not None else Recipient(user=user, tenant=tenant)


def is_old_news(listed: ListedNotice, now: datetime) -> bool:
    """Whether it has waited too long for a neighbour that is away."""
    if now - listed.at < GIVEN_UP_AFTER:
        return False
    log.warning("notice.given_up", kind=listed.notice.kind)
    return True
