"""Rows of seats, the copy each holder's own row carries, and the claims by which a trial is had once."""

from collections.abc import Sequence
from datetime import datetime

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.features.seats.model import (
    Hold,
    Interval,
    PaidBy,
    Seat,
    SeatChange,
    SeatNotFound,
)
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Fact, NotFound
from chalicelib.kernel.ids import InviteId, SeatId, UserId
from chalicelib.kernel.plans import Coverage, HeldSeat, Plan, SeatNeeded
from chalicelib.kernel.records import record
from chalicelib.kernel.roles import Role
from chalicelib.table import keys, people_keys, proof
from chalicelib.table.items import MomentAttribute, Row
from chalicelib.table.proof import MemberRow, WorkspaceRow
from chalicelib.table.tenant import Member, Tenant
from chalicelib.table.transaction import ChangedMeanwhile, Transaction


class SeatRow(Row, discriminator="seat"):
    """A seat. Whoever holds it has a copy of the rest in their membership, written with it."""

    plan = UnicodeAttribute()
    interval = UnicodeAttribute()
    paid_by = UnicodeAttribute()
    paid_until = MomentAttribute()
    extra_accounts = NumberAttribute(default=0)
    user_id = UnicodeAttribute(null=True)
    invite_id = UnicodeAttribute(null=True)
    held_until = MomentAttribute(null=True)
    version = NumberAttribute()


class PayingRow(Row, discriminator="paying"):
    """How many extra accounts a payer pays for at an interval, for all its seats together.

    `version` grows with every change of what is paid and of who has extra accounts: one happens after the other.
    """

    extra = NumberAttribute()
    version = NumberAttribute()


class TrialClaimRow(Row, discriminator="trial_claim"):
    """That an Owner, or a Telegram account, has had their trial."""

    at = MomentAttribute()


@record
class MemberStanding:
    """What seats need to know of a member. `connects` is how often they have connected a further account."""

    user_id: UserId
    role: Role
    coverage: Coverage
    connects: int


@record
class Paying:
    """How many extra accounts are paid somewhere, and the version of that; 0 where nothing ever was."""

    extra: int = 0
    version: int = 0


@record
class TrialStanding:
    """How the workspace's trial stands: when it ends or ended, if it began, and how often something used it."""

    ends_at: datetime | None
    uses: int


class Seats:
    """The seats of one tenant."""

    def __init__(self, tenant: Tenant) -> None:
        self._rows = tenant.rows(keys.WORKSPACE)

    def all(self) -> list[Seat]:
        """Every seat, oldest first: one query."""
        return [_to_seat(row) for row in self._rows.query(SeatRow, keys.SEATS)]

    def get(self, seat_id: SeatId) -> Seat | None:
        """One seat: one read unit."""
        row = self._rows.get(SeatRow, keys.seat(seat_id))
        return None if row is None else _to_seat(row)

    def require(self, seat_id: str) -> Seat:
        """One seat. Raises SeatNotFound."""
        found = self.get(SeatId(seat_id)) if ids.is_minted_shape(seat_id) else None
        if found is None:
            raise SeatNotFound
        return found

    def write(self, change: Transaction, what: SeatChange, *, refusal: Fact | None = None) -> None:
        """Make, change or remove a seat, unless somebody wrote since it was read, and the copy its holder has."""
        before, after = what.before, what.after
        refused = refusal or ChangedMeanwhile()
        if after is None:
            assert before is not None
            change.delete(self._row(before), SeatRow.version == before.version, refusal=refused)
        elif before is None:
            change.create(self._row(after), refusal=refused)
        else:
            change.put(self._row(after), SeatRow.version == before.version, refusal=refused)

    def refuse(self, change: Transaction, seat: Seat, refusal: Fact) -> None:
        """Have a change fail over a seat: at its end, where a repetition of what was done is told from a refusal."""
        change.check(self._row(seat), Row.pk.does_not_exist(), refusal=refusal)

    def paying(self, paid_by: PaidBy, interval: Interval) -> Paying:
        """How many extra accounts a payer pays for: one read unit."""
        row = self._rows.get(PayingRow, keys.paying(paid_by, interval))
        return Paying() if row is None else Paying(extra=int(row.extra), version=int(row.version))

    def pay(self, change: Transaction, paid_by: PaidBy, interval: Interval, before: Paying, *, extra: int) -> Paying:
        """Write how many extra accounts are paid, unless somebody changed what is paid, or who has it, since."""
        after = Paying(extra=extra, version=before.version + 1)
        row = self._rows.new(PayingRow, keys.paying(paid_by, interval), extra=after.extra, version=after.version)
        unchanged = PayingRow.version == before.version if before.version else Row.pk.does_not_exist()
        change.put(row, unchanged, refusal=ChangedMeanwhile())
        return after

    def _row(self, seat: Seat) -> SeatRow:
        return self._rows.new(
            SeatRow,
            keys.seat(seat.id),
            plan=seat.plan,
            interval=seat.interval,
            paid_by=seat.paid_by,
            paid_until=seat.paid_until,
            extra_accounts=seat.extra_accounts,
            user_id=seat.user_id,
            invite_id=None if seat.hold is None else seat.hold.invite_id,
            held_until=None if seat.hold is None else seat.hold.until,
            version=seat.version,
        )


class Standings:
    """How members and the trial of one tenant stand towards what is paid."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._rows = tenant.rows(keys.WORKSPACE)

    def trial(self) -> TrialStanding:
        """The workspace's trial: one read unit. Raises NotFound."""
        row = self._rows.get(WorkspaceRow, keys.PROFILE)
        if row is None:
            raise NotFound
        return TrialStanding(ends_at=row.trial_ends_at, uses=int(row.trial_uses or 0))

    def member(self, user_id: UserId, trial: TrialStanding) -> MemberStanding:
        """One member: one read unit. Raises NotFound."""
        row = self._rows.get(MemberRow, keys.member(user_id))
        if row is None:
            raise NotFound
        return _to_standing(row, trial)

    def members(self, trial: TrialStanding) -> list[MemberStanding]:
        """Every member: one query."""
        return [_to_standing(row, trial) for row in self._rows.query(MemberRow, keys.MEMBERS)]

    def check_acting(self, change: Transaction, acting: Member) -> None:
        """Demand that who acts still stands as was proven."""
        change.check(self._member(acting.user_id), _stands_as(acting), refusal=ChangedMeanwhile())

    def carry(
        self,
        change: Transaction,
        user_id: UserId,
        before: HeldSeat | None,
        after: HeldSeat | None,
        *,
        acting: Member | None = None,
    ) -> None:
        """Have a member's own row say what seat they hold, unless it says something else than `before` by now.

        Of whoever is `acting` it demands, too, that they still stand as was proven.
        """
        action = MemberRow.seat.remove() if after is None else MemberRow.seat.set(after.to_document())
        unchanged = Row.pk.exists() & _has_seat(before)
        if acting is not None and acting.user_id == user_id:
            unchanged = unchanged & _stands_as(acting)
        elif acting is not None:
            self.check_acting(change, acting)
        change.update(self._member(user_id), [action], unchanged, refusal=ChangedMeanwhile())

    def check_same_seat(self, change: Transaction, user_id: UserId, seat: HeldSeat | None) -> None:
        """Demand that a member still has the seat that was read, or none."""
        change.check(self._member(user_id), Row.pk.exists() & _has_seat(seat), refusal=ChangedMeanwhile())

    def count_connect(self, change: Transaction, member: MemberStanding) -> None:
        """Note that a member connects a further account: of two at once the second looks again."""
        actions = [MemberRow.connects.set(member.connects + 1)]
        same = _is_count(MemberRow.connects, member.connects)
        unchanged = Row.pk.exists() & same & _has_seat(member.coverage.seat)
        change.update(self._member(member.user_id), actions, unchanged, refusal=ChangedMeanwhile())

    def use_trial(self, change: Transaction, trial: TrialStanding, *, begins_until: datetime | None = None) -> None:
        """Note that a member or account more is covered by the trial, which begins where `begins_until` is given."""
        actions = [WorkspaceRow.trial_uses.set(trial.uses + 1)]
        if begins_until is not None:
            actions.append(WorkspaceRow.trial_ends_at.set(begins_until))
        same_end = (
            WorkspaceRow.trial_ends_at.does_not_exist()
            if trial.ends_at is None
            else WorkspaceRow.trial_ends_at == trial.ends_at
        )
        unchanged = Row.pk.exists() & _is_count(WorkspaceRow.trial_uses, trial.uses) & same_end
        row = self._rows.new(WorkspaceRow, keys.PROFILE)
        change.update(row, actions, unchanged & WorkspaceRow.deletes_at.does_not_exist(), refusal=ChangedMeanwhile())

    def have_had_trial(self, owners: Sequence[UserId]) -> bool:
        """Whether one of these people has had a trial as an Owner: a read unit each."""
        return any(
            self._tenant.installation_rows(people_keys.user(owner)).get(TrialClaimRow, people_keys.TRIAL) is not None
            for owner in owners
        )

    def claim_trial(self, change: Transaction, owners: Sequence[UserId], telegram_user: str) -> None:
        """Use up the trial of these Owners and of a Telegram account, whose `telegram_user` is a keyed hash."""
        at = self._tenant.now()
        claims = [(people_keys.user(owner), people_keys.TRIAL) for owner in owners]
        for partition, sk in [*claims, (keys.trial_of_account(telegram_user), keys.ONLY)]:
            rows = self._tenant.installation_rows(partition)
            change.create(rows.new(TrialClaimRow, sk, at=at), refusal=SeatNeeded())

    def _member(self, user_id: UserId) -> MemberRow:
        return self._rows.new(MemberRow, keys.member(user_id))


def _stands_as(acting: Member) -> Condition:
    stands: Condition = (MemberRow.role == acting.role) & (MemberRow.version == acting.version)
    return stands


def _has_seat(seat: HeldSeat | None) -> Condition:
    same: Condition = MemberRow.seat.does_not_exist() if seat is None else MemberRow.seat == seat.to_document()
    return same


def _is_count(attribute: NumberAttribute, count: int) -> Condition:
    same: Condition = attribute.does_not_exist() if count == 0 else attribute == count
    return same


def _to_standing(row: MemberRow, trial: TrialStanding) -> MemberStanding:
    return MemberStanding(
        user_id=UserId(row.sk.removeprefix(keys.MEMBERS)),
        role=Role(row.role),
        coverage=Coverage(seat=proof.seat_of(row), trial_ends_at=trial.ends_at),
        connects=int(row.connects or 0),
    )


def _to_seat(row: SeatRow) -> Seat:
    hold = Hold(invite_id=InviteId(row.invite_id), until=row.held_until) if row.invite_id else None
    return Seat(
        id=SeatId(row.sk.removeprefix(keys.SEATS)),
        plan=Plan(row.plan),
        interval=Interval(row.interval),
        paid_by=PaidBy(row.paid_by),
        paid_until=row.paid_until,
        extra_accounts=int(row.extra_accounts),
        user_id=UserId(row.user_id) if row.user_id else None,
        hold=hold,
        version=int(row.version),
    )
