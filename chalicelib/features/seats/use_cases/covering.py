"""What pays for a Telegram account: its member's seat, or the trial, which begins with the first of the workspace."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from chalicelib import settings
from chalicelib.features.seats.model import AccountLimitReached, TrialFull
from chalicelib.features.seats.repository import Standings, TrialStanding
from chalicelib.features.seats.use_cases.steps import settle_coverage
from chalicelib.kernel import ids
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.ids import AccountId, UserId
from chalicelib.kernel.plans import TRIAL_ACCOUNTS, TRIAL_LIFE, TRIAL_MEMBERS, Coverage
from chalicelib.kernel.records import record
from chalicelib.kernel.roles import Role
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import Transaction


@record
class Connecting:
    """A Telegram account somebody connects; `holders` are the accounts the workspace knows with who holds each."""

    account_id: AccountId
    telegram_user_id: int
    user_id: UserId
    holders: Mapping[AccountId, Collection[UserId]]

    @property
    def is_further(self) -> bool:
        """Whether the member does not hold the account yet."""
        return self.user_id not in self.holders.get(self.account_id, ())


def check_may_connect(*, tenant: Tenant) -> None:
    """Whether something would pay for an account of the acting member: before they go through a login for nothing.

    Two reads, before the trial a query and a read an Owner more.

    Raises:
        SeatNeeded, TrialOver: nothing would.
        NotFound: they are no member any more, or a job asks.
    """
    standings = Standings(tenant)
    trial = standings.trial()
    member = standings.member(_acting(tenant), trial)
    if member.coverage.at(tenant.now()).plan is None:
        _require_beginning(trial, standings, member.coverage)


def cover_account(change: Transaction, connecting: Connecting, *, tenant: Tenant) -> datetime | None:
    """Add to a change that an account is connected and paid for: 1 row, 2 on the trial, 6 and more where it begins.

    Two at once can't both pass a limit: the second looks again. Gives when the trial ends that begins with this.

    Raises:
        SeatNeeded, TrialOver: nothing pays for it.
        AccountLimitReached: seat or trial covers no further account; `standing` says how many it does.
        TrialFull: a trial would begin for more members than it covers.
        NotFound: they are no member any more.
    """
    standings = Standings(tenant)
    trial = standings.trial()
    member = standings.member(connecting.user_id, trial)
    seat = member.coverage.paid_seat(tenant.now())
    standings.count_connect(change, member)
    if seat is not None:
        held = sum(member.user_id in holders for holders in connecting.holders.values())
        _require_room(held, seat.accounts, is_further=connecting.is_further)
        return None
    return _cover_on_trial(change, connecting, trial, member.coverage, tenant)


def renew_coverage(*, tenant: Tenant) -> None:
    """Have a handle that outlives a request know what pays for its member by now, as once a trial begins. 2 reads."""
    if tenant.member is not None:
        standings = Standings(tenant)
        member = standings.member(tenant.member.user_id, standings.trial())
        tenant.proven_anew(replace(tenant.member, coverage=member.coverage))


def check_same_seat(change: Transaction, user_id: UserId, read: Coverage, *, tenant: Tenant) -> None:
    """Have a change fail with ChangedMeanwhile where a member's seat is not the one that was read. One check."""
    Standings(tenant).check_same_seat(change, user_id, read.seat)


def coverage_of_members(*, tenant: Tenant) -> Mapping[UserId, Coverage]:
    """What pays for each member: a read and a query."""
    standings = Standings(tenant)
    return {member.user_id: member.coverage for member in standings.members(standings.trial())}


def _cover_on_trial(
    change: Transaction, connecting: Connecting, trial: TrialStanding, coverage: Coverage, tenant: Tenant
) -> datetime | None:
    standings, now = Standings(tenant), tenant.now()
    members = standings.members(trial)
    unseated = {member.user_id for member in members if member.coverage.paid_seat(now) is None}
    if not coverage.is_on_trial(now):
        _require_beginning(trial, standings, coverage)
        if len(unseated) > TRIAL_MEMBERS:
            raise TrialFull
        ends_at = now + TRIAL_LIFE
        # First, so that of two first accounts the second looks again, and is not told that a trial was had.
        standings.use_trial(change, trial, begins_until=ends_at)
        owners = [member.user_id for member in members if member.role is Role.OWNER]
        secret = settings.current().id_secret
        standings.claim_trial(change, owners, ids.telegram_user_handle(secret, connecting.telegram_user_id))
        settle_coverage(change, tenant, ends_at)
        return ends_at
    on_trial = {account for account, holders in connecting.holders.items() if unseated.intersection(holders)}
    _require_room(len(on_trial), TRIAL_ACCOUNTS, is_further=connecting.account_id not in on_trial)
    standings.use_trial(change, trial)
    return None


def _require_beginning(trial: TrialStanding, standings: Standings, coverage: Coverage) -> None:
    """Raises SeatNeeded or TrialOver unless the workspace's trial can begin."""
    owners = [member.user_id for member in standings.members(trial) if member.role is Role.OWNER]
    if trial.ends_at is not None or standings.have_had_trial(owners):
        raise coverage.lapse()


def _require_room(held: int, covered: int, *, is_further: bool) -> None:
    if is_further and held >= covered:
        raise AccountLimitReached(standing={"accounts": covered})


def _acting(tenant: Tenant) -> UserId:
    if tenant.member is None:
        raise NotFound
    return tenant.member.user_id
