"""Telling a member that something happened."""

from chalicelib.features.notifications.model import Notice
from chalicelib.features.notifications.repository import Notices
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant


def announce(change: JournalledTransaction, notice: Notice, *, tenant: Tenant) -> None:
    """Tell one member of a change, as part of it: the notice is there exactly when the change is.

    Nobody is told of what they did themselves. Whom it is `to` is a member: the caller has made sure of that. One row
    more in the transaction (2 write units); the first of a member and process lists their partition (1 more).
    """
    if not notice.is_of_oneself:
        Notices(tenant, notice.to).create(change, notice)
