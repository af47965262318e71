"""Transactions: a change, its journal entry and its idempotency row, all or none.

Every member names the fact that is raised when its condition fails, so that a race ends in the same refusal as the
check before it would have.
"""

import random
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import botocore.exceptions
from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.kernel import ids
from chalicelib.kernel.errors import Conflict, Fact, Unavailable
from chalicelib.table import connection, guard, keys
from chalicelib.table.items import DocumentAttribute, Row
from chalicelib.table.rows import Rows, send

MAX_MEMBERS = 90
"""Of DynamoDB's 100; the rest is left for the journal entry and the idempotency row."""
ATTEMPTS = 4
IDEMPOTENCY_DAYS = 7

_CONTENTION = {"TransactionConflict", "ProvisionedThroughputExceeded", "ThrottlingError"}


class AlreadyDone(Exception):
    """The command with this idempotency key was carried out before; `outcome` is what it left."""

    def __init__(self, outcome: Mapping[str, Any]) -> None:
        super().__init__("already done")
        self.outcome = outcome


class ChangedMeanwhile(Conflict):
    """Somebody else wrote first."""

    code = "changed-meanwhile"
    title = "Somebody changed this at the same moment. Look again and repeat."


class IdempotencyRow(Row, discriminator="idempotency"):
    """A command that was carried out: status and ids, never a body."""

    attempt = UnicodeAttribute()
    outcome = DocumentAttribute()


@dataclass(frozen=True, slots=True)
class _Member:
    kind: str
    parameters: dict[str, Any]
    refusal: Fact | None


class Transaction:
    """Collects a change and commits it when its block ends without an exception.

    Cost: twice the write units of its members, each rounded up to 1 KB, plus the journal entry's.
    """

    def __init__(self, bound: str, home: Rows, now_s: float, once: str | None) -> None:
        self._bound = bound
        self._home = home
        self._now_s = now_s
        self._once = once
        self._outcome: dict[str, Any] = {}
        self._members: list[_Member] = []

    def put(self, row: Row, condition: Condition | None = None, *, refusal: Fact | None = None) -> None:
        """Write a whole row."""
        self._add("Put", row.get_save_kwargs_from_instance(condition), refusal)

    def create(self, row: Row, *, refusal: Fact | None = None) -> None:
        """Write a row that must not exist yet; the way unique things are claimed."""
        self.put(row, Row.pk.does_not_exist(), refusal=refusal)

    def update(
        self, row: Row, actions: Sequence[Action], condition: Condition | None = None, *, refusal: Fact | None = None
    ) -> None:
        """Change named attributes of a row."""
        self._add("Update", row.get_update_kwargs_from_instance(list(actions), condition), refusal)

    def delete(self, row: Row, condition: Condition | None = None, *, refusal: Fact | None = None) -> None:
        """Remove a row."""
        self._add("Delete", row.get_delete_kwargs_from_instance(condition), refusal)

    def check(self, row: Row, condition: Condition, *, refusal: Fact) -> None:
        """Demand that something holds of a row that is not written. `row` needs only its keys."""
        parameters = type(row).get_operation_kwargs_from_class(row.pk, row.sk, condition=condition)
        key = {"pk": {"S": row.pk}, "sk": {"S": row.sk}}
        self._add("ConditionCheck", {**parameters, "Key": key}, refusal)

    def leaves(self, **outcome: Any) -> None:
        """What the idempotency row keeps for a repetition of this command: ids and statuses."""
        self._outcome.update(outcome)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is None:
            self._commit()

    def _entry(self) -> Row | None:
        """The journal entry of this attempt; the installation's rows have none."""
        return None

    def _add(self, kind: str, parameters: dict[str, Any], refusal: Fact | None) -> None:
        if len(self._members) == MAX_MEMBERS:
            raise ValueError("a larger change is a resumable job, not a transaction")
        self._members.append(_Member(kind, parameters, refusal))

    def _commit(self) -> None:
        if not self._members:
            return
        for attempt in range(1, ATTEMPTS + 1):
            members = [*self._members, *self._attempt_members()]
            try:
                self._send(members)
                return
            except botocore.exceptions.ClientError as refusal:
                self._raise_fact(members, refusal, is_last=attempt == ATTEMPTS)
            time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311

    def _attempt_members(self) -> list[_Member]:
        """Minted anew for each attempt, so that an entry's id is never older than its commit by more than 2 s."""
        entry = self._entry()
        members = [] if entry is None else [_created(entry)]
        if self._once is not None:
            self._attempt = uuid.uuid4().hex
            done = self._home.new(
                IdempotencyRow,
                keys.idempotency(self._once),
                attempt=self._attempt,
                outcome=self._outcome,
                expires_at=int(self._now_s) + IDEMPOTENCY_DAYS * 86_400,
            )
            members.append(_created(done))
        return members

    def _send(self, members: list[_Member]) -> None:
        with guard.bound_to(self._bound):
            try:
                send(
                    connection.writer().transact_write_items,
                    TransactItems=[{member.kind: member.parameters} for member in members],
                )
            except Unavailable:
                if self._once is None or not self._was_committed():
                    raise

    def _was_committed(self) -> bool:
        """Settles a lost answer: the idempotency row of this very attempt is there or it is not."""
        done = self._home.get(IdempotencyRow, keys.idempotency(self._once or ""))
        return done is not None and done.attempt == self._attempt

    def _raise_fact(self, members: list[_Member], refusal: botocore.exceptions.ClientError, *, is_last: bool) -> None:
        """Raise the first failed member's fact; return when only contention stood in the way, to try again."""
        reasons = [reason["Code"] for reason in refusal.response.get("CancellationReasons", [])]
        for member, reason in zip(members, reasons, strict=False):
            if reason == "ConditionalCheckFailed":
                raise self._fact_of(member) from refusal
        if not _CONTENTION.intersection(reasons):
            raise refusal
        if is_last:
            raise ChangedMeanwhile from refusal

    def _fact_of(self, member: _Member) -> Exception:
        """A repetition fails at whatever the first one changed; that it is one counts more than where it failed."""
        if self._once is not None:
            done = self._home.get(IdempotencyRow, keys.idempotency(self._once))
            if done is not None:
                return AlreadyDone(done.outcome)
        return member.refusal or ChangedMeanwhile()


def _created(row: Row) -> _Member:
    return _Member("Put", row.get_save_kwargs_from_instance(Row.pk.does_not_exist()), None)


def mint_entry(at_s: float) -> ids.EntryId:
    """The id of a journal or feed entry of this moment."""
    return ids.EntryId(ids.mint(at_s))
