"""Members are told of chats that wait too long for a reply, and of those they left silent: once, and only them."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.features.alerts import use_cases as alerts
from chalicelib.features.alerts.model import LEAST_PAUSE, SWEEP, ChangeRules
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import RecordMessage
from chalicelib.features.notifications.model import NoticeKind
from chalicelib.features.notifications.repository import Notices
from chalicelib.kernel.errors import Unavailable
from chalicelib.kernel.permissions import PermissionMissing
from chalicelib.kernel.roles import Role
from chalicelib.table import due
from chalicelib.table.due import Poller
from chalicelib.table.tenant import Installation, Tenant
from tests.hand_clock import HandClock
from tests.handlers import Dropping
from tests.local_aws import LocalAws
from tests.scene import Desk, Person, a_chat, a_job, a_person, a_workspace, an_account, an_owner, connected

HOURS = 4
DAYS = 7


class Team:
    """Ada and Tim are connected to an account of two chats in which we wrote last; Max, who owns the place, is not."""

    def __init__(self, clock: HandClock) -> None:
        self.clock = clock
        self.ada, self.tim, self.max = a_person("Ada"), a_person("Tim"), a_person("Max")
        people = ((self.ada, Role.MEMBER), (self.tim, Role.MEMBER), (self.max, Role.OWNER))
        self.workspace_id = a_workspace(*people)
        account_id = an_account(self.workspace_id, self.ada, self.tim)
        connected(self.workspace_id, account_id, self.ada, self.tim)
        self.job = a_job(self.workspace_id, clock)
        made = [a_chat(account_id, number, last_message_at=clock(), last_is_outgoing=True) for number in (1, 2)]
        chats.record_chats(made, tenant=self.job)
        self.chat_id, self.other_id = (chat.id for chat in made)
        self.messages = 10

    def set(self, hours: int | None = HOURS, days: int | None = None, version: int = 0) -> None:
        """Say when members are told."""
        command = ChangeRules(waiting_hours=hours, silent_days=days, version=version)
        alerts.change_rules(command, tenant=an_owner(self.workspace_id, self.clock))

    def message(self, *, outgoing: bool = False) -> None:
        """Have a message come or go in the first chat."""
        self.messages += 1
        message = RecordMessage(
            message_id=self.messages, at=self.clock(), is_outgoing=outgoing, sent_by=None, unread_count=1
        )
        assert chats.record_message(self.chat_id, message, tenant=self.job)

    def look(self) -> datetime | None:
        """What due work does when it is time."""
        return alerts.tell_late(tenant=self.job)

    def told(self, person: Person, kind: NoticeKind = NoticeKind.CHAT_WAITING) -> list[str]:
        """Of which chats somebody was told that they wait, or are silent."""
        listed = Notices(self.job, person.user_id).newest(limit=50)
        return [each.notice.about.id for each in listed if each.notice.kind is kind]

    def assign(self, person: Person) -> None:
        """Have the first chat be somebody's."""
        body = {"version": 0, "assignee": person.user_id}
        browser = Desk(person=self.max, workspace_id=self.workspace_id)
        assert browser.send("PATCH", f"/chats/{self.chat_id}/card", body).status == 200


@pytest.fixture
def team(local_aws: LocalAws, clock: HandClock) -> Team:
    return Team(clock)


def test_everybody_connected_is_told_once_of_a_chat_that_waits_longer_than_said(team: Team) -> None:
    team.set()
    team.message()
    team.clock.advance(timedelta(hours=HOURS, minutes=-1))
    team.look()
    assert team.told(team.ada) == []
    team.clock.advance(timedelta(minutes=2))
    team.look()
    team.look()
    assert team.told(team.ada) == team.told(team.tim) == [team.chat_id]
    assert team.told(team.max) == []


def test_whose_chat_it_is_is_told_alone(team: Team) -> None:
    team.set()
    team.assign(team.tim)
    team.message()
    team.clock.advance(timedelta(hours=HOURS, minutes=1))
    team.look()
    assert (team.told(team.ada), team.told(team.tim)) == ([], [team.chat_id])


def test_who_waits_again_is_told_of_again(team: Team) -> None:
    team.set()
    for _ in range(2):
        team.message()
        team.clock.advance(timedelta(hours=HOURS, minutes=1))
        team.look()
        team.message(outgoing=True)
    assert team.told(team.ada) == [team.chat_id] * 2


def test_nobody_is_told_of_a_chat_that_was_answered_in_time(team: Team) -> None:
    team.set()
    team.message()
    team.message(outgoing=True)
    team.clock.advance(timedelta(hours=HOURS, minutes=1))
    team.look()
    assert team.told(team.ada) == []


def test_a_chat_nobody_wrote_into_for_days_is_told_of(team: Team) -> None:
    team.set(hours=None, days=DAYS)
    team.clock.advance(timedelta(days=DAYS, minutes=1))
    team.message(outgoing=True)
    team.look()
    team.look()
    assert (team.told(team.ada, NoticeKind.CHAT_SILENT), team.told(team.ada)) == ([team.other_id], [])


def test_what_was_late_before_it_was_said_is_told_to_nobody(team: Team) -> None:
    team.message()
    team.clock.advance(timedelta(hours=HOURS + 1))
    team.set()
    team.look()
    assert team.told(team.ada) == []


def test_the_next_look_is_when_the_first_chat_can_be_late_and_no_sooner_than_the_pause(team: Team) -> None:
    team.set()
    assert team.look() == team.clock() + timedelta(hours=HOURS)
    team.message()
    since = team.clock()
    team.clock.advance(timedelta(hours=1))
    assert team.look() == since + timedelta(hours=HOURS)
    team.clock.advance(timedelta(hours=HOURS - 1, minutes=-1))
    assert team.look() == team.clock() + LEAST_PAUSE


def test_it_ends_when_nobody_is_to_be_told_any_more(team: Team) -> None:
    team.set()
    team.set(hours=None, version=1)
    assert team.look() is None


def test_due_work_looks_by_itself_from_the_moment_it_is_said(team: Team) -> None:
    team.set()
    team.message()
    known = Dropping()
    known[SWEEP] = lambda work: alerts.tell_late(tenant=work.tenant) if is_of(work, team.job) else None
    poller = Poller(known, Installation(team.clock))
    for _ in range(3):
        poller.tick()
        team.clock.advance(timedelta(hours=HOURS, minutes=1))
    assert team.told(team.ada) == [team.chat_id]


def is_of(work: due.Due, tenant: Tenant) -> bool:
    """Whether it is this workspace's: other tests leave theirs."""
    return work.tenant.workspace_id == tenant.workspace_id


def test_a_look_that_is_cut_short_tells_nobody_twice(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    team.set()
    team.message()
    team.clock.advance(timedelta(hours=HOURS, minutes=1))
    note = chats.note_told

    def cut(*args: Any, **options: Any) -> None:
        note(*args, **options)
        raise Unavailable

    monkeypatch.setattr(chats, "note_told", cut)
    with pytest.raises(Unavailable):
        team.look()
    assert team.told(team.ada) == []
    monkeypatch.undo()
    team.look()
    team.look()
    assert team.told(team.ada) == [team.chat_id]


def test_admins_and_owners_say_when_and_every_member_sees_it(team: Team) -> None:
    rules = {"waiting_hours": 4, "silent_days": 7, "version": 0}
    owner, member = (Desk(person=each, workspace_id=team.workspace_id) for each in (team.max, team.ada))
    assert member.send("PUT", "/alert-rules", rules).code == PermissionMissing.code
    assert owner.send("PUT", "/alert-rules", rules).body == rules | {"version": 1}
    assert member.get("/alert-rules").body == rules | {"version": 1}
    assert owner.send("PUT", "/alert-rules", rules).code == "changed-meanwhile"
    [entry] = owner.get("/activity?kind=alert_rules.changed").body["entries"]
    assert entry["new"] == {"waiting_hours": 4, "silent_days": 7}


@pytest.mark.parametrize("bad", [{"waiting_hours": 0}, {"waiting_hours": 8_761}, {"silent_days": 366}, {"version": -1}])
def test_a_period_nobody_means_is_refused(team: Team, bad: dict[str, int]) -> None:
    body = {"waiting_hours": None, "silent_days": None, "version": 0, **bad}
    answer = Desk(person=team.max, workspace_id=team.workspace_id).send("PUT", "/alert-rules", body)
    assert (answer.status, [each["pointer"] for each in answer.body["errors"]]) == (422, [f"/{next(iter(bad))}"])
