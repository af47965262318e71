"""Promises on the real table: deadlines, the one warning, and what happens when settings change under open tickets."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from chalicelib.due_work import HANDLERS
from chalicelib.features.notifications.model import NoticeKind
from chalicelib.features.notifications.repository import Notices
from chalicelib.features.tickets import use_cases as tickets
from chalicelib.features.tickets.model.facts import SlaChanged
from chalicelib.features.tickets.model.sla import NOTHING_PROMISED, Priority, SlaSettings, SlaState
from chalicelib.features.tickets.model.tickets import ChangeTicket, CreateTicket, Part, Status, Ticket
from chalicelib.features.tickets.repository import Tickets
from chalicelib.features.tickets.use_cases import FOLLOW, WARN, promising
from chalicelib.kernel.ids import TicketId, UserId
from chalicelib.kernel.permissions import PermissionMissing
from chalicelib.kernel.roles import Role
from chalicelib.table import keys
from chalicelib.table.due import CLAIM_S, Poller
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import ChangedMeanwhile
from tests.hand_clock import HandClock
from tests.handlers import Dropping
from tests.races import at_once, in_between, killed_after
from tests.scene import a_job
from tests.team import Team

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
Patch = pytest.MonkeyPatch


class Desk:
    """A team at work, whose due work is done when a test says so."""

    def __init__(self, installation: Installation, clock: HandClock) -> None:
        self.team = Team(olga=Role.OWNER, max=Role.MEMBER)
        self.clock, self._installation = clock, installation
        self.olga, self.max = (self._handle(name) for name in ("olga", "max"))

    def _handle(self, name: str) -> Tenant:
        return self.team.people[name].handle(self.team.workspace_id, self.clock)

    def promise(self, **different: Any) -> SlaSettings:
        """Promise something else than stands."""
        standing = tickets.sla_settings(tenant=self.olga)
        return tickets.change_sla(replace(standing, **different), tenant=self.olga)

    def ticket(self, **said: Any) -> Ticket:
        """A ticket of Max's."""
        return tickets.create_ticket(CreateTicket(**{"title": "Late", **said}), tenant=self.max)

    def change(self, ticket: Ticket, part: Part, value: Any) -> Ticket:
        """Change a part of a ticket, whatever version it has."""
        command = ChangeTicket(ticket_id=ticket.id, parts={part: value}, version=None)
        return tickets.change_ticket(command, tenant=self.max)

    def state(self, ticket: Ticket) -> SlaState:
        """How a ticket stands now."""
        return tickets.the_ticket(ticket.id, tenant=self.max).sla.state_at(self.clock())

    def due_at(self, ticket: Ticket) -> datetime | None:
        """When a ticket falls due."""
        return tickets.the_ticket(ticket.id, tenant=self.max).sla.due_at

    def tick(self) -> None:
        """Do the due work of tickets; what other tests left is dropped."""
        handlers = Dropping()
        handlers.update({work: HANDLERS[work] for work in (WARN, FOLLOW)})
        poller = Poller(handlers, self._installation)
        while poller.tick():
            pass

    def pass_time(self, by: timedelta) -> None:
        """Let time pass, and do what came to be due."""
        self.clock.advance(by)
        self.tick()

    def told(self, name: str) -> list[NoticeKind]:
        """What somebody was told, newest first."""
        notices = Notices(a_job(self.team.workspace_id, self.clock), UserId(self.team.id(name))).newest(
            before=None, limit=9
        )
        return [listed.notice.kind for listed in notices]


@pytest.fixture
def desk(installation: Installation, clock: HandClock) -> Desk:
    return Desk(installation, clock)


def test_sla_the_clock_starts_at_creation_and_a_new_promise_holds_for_open_tickets_at_once(desk: Desk) -> None:
    made_at = desk.clock()
    ticket = desk.ticket()
    assert (desk.state(ticket), desk.due_at(ticket)) == (SlaState.NOT_SET, None)
    desk.clock.advance(3 * HOUR)
    desk.promise(hours=4)
    assert (desk.state(ticket), desk.due_at(ticket)) == (SlaState.HEALTHY, made_at + 4 * HOUR)
    desk.promise(hours=2)
    assert (desk.state(ticket), desk.due_at(ticket)) == (SlaState.BREACHED, made_at + 2 * HOUR)
    desk.promise(by_priority={Priority.MEDIUM: 24})
    assert (desk.state(ticket), desk.due_at(ticket)) == (SlaState.HEALTHY, made_at + 24 * HOUR)
    desk.promise(by_priority={Priority.MEDIUM: None})
    assert desk.state(ticket) is SlaState.NOT_SET


def test_sla_a_warning_goes_out_once_a_set_time_before_the_deadline_to_the_assignee(desk: Desk) -> None:
    desk.promise(hours=4, warn_minutes=60)
    ticket = desk.ticket(assignee=desk.team.id("olga"))
    desk.pass_time(3 * HOUR - MINUTE)
    assert desk.told("olga") == [NoticeKind.TICKET_ASSIGNED]
    desk.pass_time(MINUTE)
    assert desk.told("olga") == [NoticeKind.TICKET_SLA_WARNING, NoticeKind.TICKET_ASSIGNED]
    assert desk.told("max") == []
    desk.pass_time(9 * HOUR)
    desk.change(ticket, Part.PRIORITY, Priority.HIGH)
    desk.promise(hours=48)
    desk.pass_time(48 * HOUR)
    assert desk.told("olga").count(NoticeKind.TICKET_SLA_WARNING) == 1
    assert desk.team.events().count("ticket.sla_warned") == 1


def test_else_the_warning_goes_to_the_creator(desk: Desk) -> None:
    desk.promise(hours=1)
    desk.ticket()
    desk.pass_time(31 * MINUTE)
    assert desk.told("max") == [NoticeKind.TICKET_SLA_WARNING]


def test_what_is_done_waits_or_is_gone_is_not_warned_of(desk: Desk) -> None:
    desk.promise(hours=1)
    done, pending, gone = (desk.ticket() for _ in range(3))
    desk.change(done, Part.STATUS, Status.SOLVED)
    desk.change(pending, Part.STATUS, Status.PENDING)
    tickets.delete_ticket(gone.id, tenant=desk.max)
    desk.pass_time(9 * HOUR)
    assert desk.told("max") == []
    assert [desk.state(each) for each in (done, pending)] == [SlaState.MET, SlaState.HEALTHY]


def test_sla_a_pause_while_pending_moves_the_warning_with_the_deadline(desk: Desk) -> None:
    desk.promise(hours=2, warn_minutes=30)
    ticket = desk.ticket()
    desk.pass_time(HOUR)
    desk.change(ticket, Part.STATUS, Status.PENDING)
    desk.pass_time(5 * HOUR)
    desk.change(ticket, Part.STATUS, Status.OPEN)
    desk.pass_time(29 * MINUTE)
    assert desk.told("max") == []
    desk.pass_time(MINUTE)
    assert desk.told("max") == [NoticeKind.TICKET_SLA_WARNING]


def test_warnings_of_open_tickets_follow_changed_settings_a_minute_later(desk: Desk, monkeypatch: Patch) -> None:
    monkeypatch.setattr(promising, "CHUNK_TICKETS", 2)
    made = [desk.ticket() for _ in range(5)]
    desk.change(made[0], Part.STATUS, Status.CLOSED)
    desk.promise(hours=1, warn_minutes=30)
    desk.pass_time(MINUTE)
    entries = [entry for entry in desk.team.journal() if entry.event == "ticket_sla.warnings_moved"]
    assert sorted(each for entry in entries for each in entry.new) == sorted(each.id for each in made[1:])
    assert [len(entry.new) for entry in entries] == [2, 2]
    assert desk.team.entry("ticket_sla.followed").new == {"tickets": 4}
    desk.pass_time(29 * MINUTE)
    assert desk.told("max") == [NoticeKind.TICKET_SLA_WARNING] * 4


def test_a_turn_that_was_cut_short_is_gone_on_with_where_it_ended(desk: Desk, monkeypatch: Patch) -> None:
    monkeypatch.setattr(promising, "CHUNK_TICKETS", 2)
    made = [desk.ticket() for _ in range(5)]
    desk.promise(hours=1)
    desk.clock.advance(MINUTE)
    assert killed_after(1, desk.tick, monkeypatch)
    desk.pass_time(timedelta(seconds=CLAIM_S))
    moved = [each for entry in desk.team.journal() if entry.event == "ticket_sla.warnings_moved" for each in entry.new]
    assert sorted(moved) == sorted(each.id for each in made)
    assert desk.team.entry("ticket_sla.followed").new == {"tickets": 5}


def test_a_second_change_of_the_settings_begins_it_anew(desk: Desk) -> None:
    desk.ticket()
    desk.promise(hours=8)
    desk.clock.advance(30 * timedelta(seconds=1))
    desk.promise(hours=1)
    desk.pass_time(30 * timedelta(seconds=1))
    assert "ticket_sla.warnings_moved" not in desk.team.events()
    desk.pass_time(29 * MINUTE)
    assert desk.told("max") == [NoticeKind.TICKET_SLA_WARNING]


def test_of_two_who_change_the_settings_the_second_is_told(desk: Desk, monkeypatch: Patch) -> None:
    eight, nine = (replace(NOTHING_PROMISED, hours=hours) for hours in (8, 9))
    changes = [partial(tickets.change_sla, each, tenant=desk.olga) for each in (eight, nine)]
    outcomes = at_once(changes, monkeypatch)
    assert outcomes.count(SlaChanged) == 1
    with pytest.raises(SlaChanged) as refusal:
        tickets.change_sla(nine, tenant=desk.olga)
    assert refusal.value.standing == {"version": 1}


def test_admins_and_owners_change_the_ticket_sla_and_members_do_not(desk: Desk) -> None:
    with pytest.raises(PermissionMissing):
        tickets.change_sla(replace(NOTHING_PROMISED, hours=8), tenant=desk.max)
    assert tickets.sla_settings(tenant=desk.max) == NOTHING_PROMISED


def test_a_warning_that_meets_a_change_goes_out_once(desk: Desk, monkeypatch: Patch) -> None:
    desk.promise(hours=1)
    ticket = desk.ticket()
    desk.clock.advance(31 * MINUTE)
    warned = in_between(
        lambda: tickets.warn(ticket.id, tenant=a_job(desk.team.workspace_id, desk.clock)),
        lambda: desk.change(ticket, Part.TITLE, "Later"),
        monkeypatch,
    )
    assert warned is ChangedMeanwhile
    desk.tick()
    assert desk.told("max") == [NoticeKind.TICKET_SLA_WARNING]
    assert Tickets(desk.max).require(ticket.id).title == "Later"


def test_numbers_are_unique_however_many_make_tickets_at_once(desk: Desk, monkeypatch: Patch) -> None:
    made = at_once([desk.ticket] * 5, monkeypatch)
    assert sorted(each.number for each in made if isinstance(each, Ticket)) == [1, 2, 3, 4, 5]


def test_of_those_who_change_one_part_at_once_one_wins_and_the_others_learn_it(desk: Desk, monkeypatch: Patch) -> None:
    ticket = desk.ticket()

    def rename(title: str) -> Ticket:
        command = ChangeTicket(ticket_id=ticket.id, parts={Part.TITLE: title}, version=ticket.version)
        return tickets.change_ticket(command, tenant=desk.max)

    outcomes = at_once([partial(rename, title) for title in ("A", "B", "C")], monkeypatch)
    assert sum(isinstance(each, Ticket) for each in outcomes) == 1
    assert Tickets(desk.max).require(ticket.id).version == 2


def test_everybody_who_changes_a_part_of_their_own_gets_through(desk: Desk, monkeypatch: Patch) -> None:
    ticket = desk.ticket()
    parts = {Part.TITLE: "T", Part.DESCRIPTION: "D", Part.STATUS: Status.OPEN, Part.PRIORITY: Priority.HIGH}

    def change(part: Part) -> Ticket:
        command = ChangeTicket(ticket_id=ticket.id, parts={part: parts[part]}, version=ticket.version)
        return tickets.change_ticket(command, tenant=desk.max)

    at_once([partial(change, part) for part in parts], monkeypatch)
    after = Tickets(desk.max).require(ticket.id)
    assert {part: after.part(part) for part in parts} == parts


def test_somebody_who_is_removed_meanwhile_is_assigned_nothing(desk: Desk, monkeypatch: Patch) -> None:
    ticket = desk.ticket()

    def remove() -> None:
        row = desk.team.row("olga")
        assert row is not None
        assert a_job(desk.team.workspace_id).rows(keys.WORKSPACE).delete(row)

    outcome = in_between(lambda: desk.change(ticket, Part.ASSIGNEE, desk.team.id("olga")), remove, monkeypatch)
    assert getattr(outcome, "code", None) == "member-not-found"
    assert Tickets(desk.max).require(TicketId(ticket.id)).assignee is None
