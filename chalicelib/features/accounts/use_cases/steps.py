"""Steps that several use cases of accounts share."""

from collections.abc import Callable
from typing import TypeVar

from chalicelib.features.accounts.model import ConnectionNotFound
from chalicelib.kernel.ids import UserId
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ATTEMPTS, ChangedMeanwhile

Done = TypeVar("Done")


def repeated(change: Callable[[], Done]) -> Done:
    """Make a change; where somebody else wrote first, on what stands then. Raises ChangedMeanwhile in the end."""
    for _ in range(1, ATTEMPTS):
        try:
            return change()
        except ChangedMeanwhile:
            continue
    return change()


def member_of(tenant: Tenant) -> UserId:
    """The person behind the handle. Raises ConnectionNotFound where a job asks, which is nobody."""
    if tenant.member is None:
        raise ConnectionNotFound
    return tenant.member.user_id
