"""Seats under random events against a model: payments of any size, told twice, crashes, people coming and going.

The model knows who is a member, who holds a seat and until when it is paid. Which of several seats lapses first is the
product's to choose: the model demands that the choice is a lawful one, and goes on from it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from chalicelib.adapters.mail import Mail
from chalicelib.features.seats import use_cases as seats
from chalicelib.features.seats.model import Interval, NoSeatFree, PaidBy, PaidSeats, Seat, SeatState, TrialFull
from chalicelib.features.seats.repository import Seats
from chalicelib.features.seats.use_cases import paying
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.features.workspaces.model import CreateInvite, InviteExpired, InviteState, Person, Workspace
from chalicelib.kernel import ids
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.ids import SeatId, UserId
from chalicelib.kernel.permissions import Grants
from chalicelib.kernel.plans import TRIAL_MEMBERS
from chalicelib.kernel.roles import Role
from chalicelib.table.tenant import Installation, Member, Tenant
from tests.hand_clock import HandClock
from tests.races import killed_after, outcome_of
from tests.scene import a_job
from tests.team import Team

FEW = st.integers(0, 4)
ANY = st.integers(0, 11)
"""Picks one of however many there are: which ids there are differs from run to run, what is drawn may not."""


class SeatsAgainstAModel(RuleBasedStateMachine):
    """One workspace whose Owner has no seat to begin with."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = HandClock()
        self.team = Team(seats=None, olga=Role.OWNER)
        self.members = [self.team.id("olga")]
        self.held: dict[UserId, datetime] = {}
        self.promised: dict[str, tuple[str, SeatId | None]] = {}
        self.told: PaidSeats | None = None

    def owner(self) -> Tenant:
        """The Owner's handle."""
        olga = self.team.people["olga"]
        actor = Actor(kind=ActorKind.USER, id=olga.user_id, name=olga.name)
        member = Member(user_id=olga.user_id, grants=Grants(role=Role.OWNER, toggles={}), version=1)
        return Tenant(self.team.workspace_id, actor, member, self.clock)

    def there(self) -> list[Seat]:
        """Every seat as the table has it."""
        return Seats(a_job(self.team.workspace_id, self.clock)).all()

    def free(self) -> list[Seat]:
        """The seats somebody can be given."""
        return [seat for seat in self.there() if seat.state_at(self.clock()) is SeatState.AVAILABLE]

    def unseated(self) -> int:
        """How many members nothing but a trial would cover."""
        return sum(self.held.get(member, self.clock()) <= self.clock() for member in self.members)

    @rule(basic=FEW, pro=FEW, days=st.integers(1, 40), crashes_after=st.none() | st.integers(0, 2))
    def is_paid(self, basic: int, pro: int, days: int, crashes_after: int | None) -> None:
        """A payer pays for so many, and we are told twice, once by a process that may die on the way."""
        until = self.clock() + timedelta(days=days)
        paid = PaidSeats(
            paid_by=PaidBy.STRIPE, interval=Interval.MONTH, basic=basic, pro=pro, extra=0, paid_until=until
        )
        job = a_job(self.team.workspace_id, self.clock)
        if crashes_after is not None:
            with patched() as patch:
                killed_after(crashes_after, lambda: seats.apply_paid(paid, tenant=job), patch)
        seats.apply_paid(paid, tenant=job)
        self._demand_lawful(paid)
        self.told = paid

    def _demand_lawful(self, paid: PaidSeats) -> None:
        """As many are paid until then as were paid for, held ones first; who was left out keeps what they had."""
        there = self.there()
        renewed = {seat.user_id for seat in there if seat.user_id and seat.paid_until == paid.paid_until}
        assert len([seat for seat in there if seat.paid_until == paid.paid_until]) >= paid.basic + paid.pro
        assert len(renewed) >= min(len(self.held), paid.basic + paid.pro)
        for seat in there:
            if seat.user_id is not None and seat.user_id not in renewed:
                assert seat.paid_until == self.held[seat.user_id]
        assert {seat.user_id for seat in there if seat.user_id} == self.held.keys(), "nobody's seat is taken silently"
        self.held |= {UserId(user_id): paid.paid_until for user_id in renewed}

    @precondition(lambda self: self.told is not None)
    @rule()
    def is_told_again(self) -> None:
        """What is known is told once more, as providers do; only what lapsed since then is paid no longer."""
        assert self.told is not None
        if self.clock() < self.told.paid_until:
            assert not seats.apply_paid(self.told, tenant=a_job(self.team.workspace_id, self.clock))

    @rule(hours=st.integers(1, 24 * 12))
    def time_passes(self, hours: int) -> None:
        """Hours to days."""
        self.clock.advance(timedelta(hours=hours))

    @rule(pick=ANY)
    def is_given(self, pick: int) -> None:
        """The Owner gives any seat to any member."""
        there = self.there()
        if not there:
            return
        seat, member = there[pick % len(there)], self.members[pick % len(self.members)]
        is_lawful = seat.state_at(self.clock()) is SeatState.AVAILABLE and not self._is_seated(member)
        given = outcome_of(lambda: seats.assign_seat(seat.id, member, tenant=self.owner()))
        assert isinstance(given, Seat) == is_lawful
        if is_lawful:
            self.held[member] = seat.paid_until

    @rule(pick=ANY)
    def is_freed(self, pick: int) -> None:
        """The Owner takes any seat from whoever has it."""
        there = self.there()
        if not there:
            return
        seat = there[pick % len(there)]
        freed = outcome_of(lambda: seats.free_seat(seat.id, tenant=self.owner()))
        assert (freed is None) == (seat.user_id is not None)
        if seat.user_id is not None:
            del self.held[seat.user_id]

    @rule(pick=ANY)
    def somebody_is_invited(self, pick: int) -> None:
        """Into a seat, or on the trial, which never begins here."""
        there = self.there()
        seat = [None, *there][pick % (len(there) + 1)]
        wish = CreateInvite(role=Role.MEMBER, seat_id=None if seat is None else seat.id)
        try:
            opened = workspaces.create_invite(wish, tenant=self.owner(), mail=Mail())
        except TrialFull:
            assert seat is None
            assert self.unseated() >= TRIAL_MEMBERS
        except NoSeatFree:
            assert seat is not None
            assert seat.state_at(self.clock()) is not SeatState.AVAILABLE
        else:
            assert seat is not None or self.unseated() < TRIAL_MEMBERS
            link = opened.link.rpartition("#")[2]
            self.promised[opened.invite.id] = link, None if seat is None else seat.id

    @precondition(lambda self: self.promised)
    @rule(pick=ANY)
    def somebody_comes(self, pick: int) -> None:
        """Whoever was invited follows the link."""
        invite_id = list(self.promised)[pick % len(self.promised)]
        link, seat_id = self.promised[invite_id]
        waits = any(seat.id == seat_id and seat.state_at(self.clock()) is SeatState.PENDING for seat in self.there())
        person, actor = somebody()
        here = Installation(self.clock)
        came = outcome_of(lambda: workspaces.accept_invite(link, person=person, actor=actor, installation=here))
        if not isinstance(came, Workspace):
            assert came is InviteExpired or (came in (NoSeatFree, TrialFull) and not waits)
        else:
            self.members.append(person.user_id)
            del self.promised[invite_id]
            if seat_id is not None:
                [seat] = [seat for seat in self.there() if seat.id == seat_id]
                self.held[person.user_id] = seat.paid_until

    @precondition(lambda self: self.promised)
    @rule(pick=ANY)
    def an_invitation_is_revoked(self, pick: int) -> None:
        """Its seat waits for nobody any more."""
        invite_id = list(self.promised)[pick % len(self.promised)]
        workspaces.revoke_invite(invite_id, tenant=self.owner())
        del self.promised[invite_id]
        assert all(seat.hold is None or seat.hold.invite_id != invite_id for seat in self.there())

    @precondition(lambda self: len(self.members) > 1)
    @rule(pick=ANY)
    def somebody_goes(self, pick: int) -> None:
        """Their seat is free, or gone where it had lapsed."""
        goer = self.members[1:][pick % (len(self.members) - 1)]
        workspaces.remove_member(goer, tenant=self.owner())
        workspaces.settle_departure(goer, tenant=a_job(self.team.workspace_id, self.clock))
        self.members.remove(goer)
        self.held.pop(goer, None)

    @invariant()
    def seats_and_copies_agree_with_the_model(self) -> None:
        """Who holds what, until when: in the seat, in the holder's own row, and in the model."""
        job = a_job(self.team.workspace_id, self.clock)
        held = {seat.user_id: seat for seat in self.there() if seat.user_id is not None}
        copies = {member: one.seat for member, one in seats.coverage_of_members(tenant=job).items()}
        assert len(held) == len([seat for seat in self.there() if seat.user_id is not None]), "one seat each"
        assert copies.keys() == set(self.members)
        assert {member: seat for member, seat in copies.items() if seat} == {
            member: seat.held() for member, seat in held.items()
        }
        assert {member: seat.paid_until for member, seat in held.items()} == self.held

    @invariant()
    def a_seat_waits_for_an_open_invitation_alone(self) -> None:
        """Each pending seat for one that is open."""
        waiting = [seat for seat in self.there() if seat.state_at(self.clock()) is SeatState.PENDING]
        open_ones = {
            invite.id
            for invite in workspaces.list_invites(tenant=self.owner())
            if invite.state_at(self.clock()) is InviteState.OPEN
        }
        assert {seat.hold.invite_id for seat in waiting if seat.hold is not None} <= open_ones

    def _is_seated(self, member: UserId) -> bool:
        return self.held.get(member, self.clock()) > self.clock()


def somebody() -> tuple[Person, Actor]:
    """Somebody new."""
    user_id = UserId(ids.mint())
    person = Person(
        user_id=user_id, full_name="Nora New", username=user_id.lower(), email="n@example.com", is_email_verified=True
    )
    return person, Actor(kind=ActorKind.USER, id=user_id, name="Nora New")


@contextmanager
def patched() -> Iterator[pytest.MonkeyPatch]:
    """A patch for the length of a block."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.mark.usefixtures("local_aws")
def test_seats_agree_with_a_model_under_random_events_duplicates_and_crashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paying, "_AT_ONCE", 2)  # so that a payment takes more transactions than one
    few = settings(
        max_examples=8,
        stateful_step_count=16,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),  # a shorter example would take minutes to find
    )
    run_state_machine_as_test(SeatsAgainstAModel, settings=few)
