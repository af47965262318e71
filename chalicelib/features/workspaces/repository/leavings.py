"""Requests to leave, and who left so recently that their connections are still being ended."""

from enum import StrEnum

from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.features.workspaces.model import LeaveRequest, LeaveRequestNotFound, StillLeaving
from chalicelib.kernel import ids
from chalicelib.kernel.ids import UserId
from chalicelib.table import keys
from chalicelib.table.items import MomentAttribute, Row
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile, Transaction


class _Stage(StrEnum):
    ASKED = "asked"
    DEPARTED = "departed"


class LeavingRow(Row, discriminator="leaving"):
    """A member's request, one at a time; after they went, that not everything of theirs has ended yet."""

    stage = UnicodeAttribute()
    reason = UnicodeAttribute(null=True)
    at = MomentAttribute()


class Leavings:
    """Who is about to leave one tenant's workspace."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._rows = tenant.rows(keys.WORKSPACE)

    def get(self, user_id: UserId) -> LeaveRequest | None:
        """A member's request: one read unit."""
        row = self._rows.get(LeavingRow, keys.leaving(user_id))
        return None if row is None or row.stage != _Stage.ASKED else _to_request(row)

    def require(self, user_id: str) -> LeaveRequest:
        """A member's request. Raises LeaveRequestNotFound."""
        found = self.get(UserId(user_id)) if ids.is_minted_shape(user_id) else None
        if found is None:
            raise LeaveRequestNotFound
        return found

    def all(self) -> list[LeaveRequest]:
        """Every request that waits for a decision, oldest first: one query."""
        rows = self._rows.query(LeavingRow, keys.LEAVINGS)
        return sorted((_to_request(row) for row in rows if row.stage == _Stage.ASKED), key=lambda one: one.asked_at)

    def ask(self, change: Transaction, before: LeaveRequest | None, after: LeaveRequest) -> None:
        """Write a request in place of the one that was read."""
        row = self._row(after.user_id, stage=_Stage.ASKED, reason=after.reason, at=after.asked_at)
        unchanged = Row.pk.does_not_exist() if before is None else _still(before)
        change.put(row, unchanged, refusal=ChangedMeanwhile())

    def settle(self, change: Transaction, request: LeaveRequest) -> None:
        """Remove a request that was denied or withdrawn, once."""
        change.delete(self._row(request.user_id), _still(request), refusal=LeaveRequestNotFound())

    def depart(self, change: Transaction, user_id: UserId, request: LeaveRequest | None) -> None:
        """Note that a member is gone, in place of any request; `request`, where one is granted, still stands."""
        row = self._row(user_id, stage=_Stage.DEPARTED, at=self._tenant.now())
        change.put(row, None if request is None else _still(request), refusal=LeaveRequestNotFound())

    def is_departing(self, user_id: UserId) -> bool:
        """Whether somebody went and not everything of theirs has ended: one read unit."""
        row = self._rows.get(LeavingRow, keys.leaving(user_id))
        return row is not None and row.stage == _Stage.DEPARTED

    def has_ended(self, user_id: UserId) -> None:
        """Forget that somebody was here: all of theirs has ended. One write unit."""
        self._rows.delete(self._row(user_id), LeavingRow.stage == _Stage.DEPARTED)

    def check_none(self, change: Transaction, user_id: UserId) -> None:
        """Demand that nothing of an earlier membership is still to be ended."""
        change.check(self._row(user_id), Row.pk.does_not_exist(), refusal=StillLeaving())

    def _row(self, user_id: UserId, **attributes: object) -> LeavingRow:
        return self._rows.new(LeavingRow, keys.leaving(user_id), **attributes)


def _still(request: LeaveRequest) -> Condition:
    still: Condition = (LeavingRow.stage == _Stage.ASKED) & (LeavingRow.at == request.asked_at)
    return still


def _to_request(row: LeavingRow) -> LeaveRequest:
    user_id = UserId(row.sk.removeprefix(keys.LEAVINGS))
    return LeaveRequest(user_id=user_id, reason=row.reason, asked_at=row.at)
