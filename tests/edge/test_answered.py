"""Who waits for whom: since when, to whom it is told, and the closing thank-you that needs no answer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import RecordMessage
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.roles import Role
from tests.api_client import Answer
from tests.local_aws import LocalAws
from tests.scene import Desk, Person, a_chat, a_job, a_person, a_workspace, an_account, connected

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
FIRST = 10
"""The message a chat is found with: theirs, at noon."""


class Team:
    """A workspace where Ada is connected to an account, and Max, its Owner, is not."""

    def __init__(self, kind: ChatKind = ChatKind.PRIVATE) -> None:
        self.ada, self.max = a_person("Ada"), a_person("Max")
        self.workspace_id = a_workspace((self.ada, Role.MEMBER), (self.max, Role.OWNER))
        account_id = an_account(self.workspace_id, self.ada)
        connected(self.workspace_id, account_id, self.ada)
        self.job = a_job(self.workspace_id)
        chat = a_chat(account_id, kind=kind, last_message_at=NOON)
        chats.record_chats([chat], tenant=self.job)
        self.chat_id = chat.id

    def message(self, number: int, hours: int, *, outgoing: bool = False, **folded: Any) -> None:
        """Have a message come or go so long after noon."""
        at = NOON + timedelta(hours=hours)
        message = RecordMessage(message_id=number, at=at, is_outgoing=outgoing, sent_by=None, unread_count=1, **folded)
        assert chats.record_message(self.chat_id, message, tenant=self.job)

    def mark(self, message_id: int, *, answered: bool = True, person: Person | None = None) -> Answer:
        """Say whether the last message needs an answer, as Ada if nobody else is said."""
        body = {"message_id": message_id, "answered": answered}
        return self.browser(person or self.ada).send("PUT", f"/chats/{self.chat_id}/answered", body)

    def browser(self, person: Person) -> Desk:
        """The workspace as this person."""
        return Desk(person=person, workspace_id=self.workspace_id)

    def shown(self) -> tuple[str | None, str | None, bool]:
        """Since when they wait, since when we are silent, and whether it is answered, as Ada sees it."""
        side = self.browser(self.ada).get(f"/chats/{self.chat_id}").body["private"]
        return side["waiting_since"], side["silent_since"], side["answered"]


def after(hours: int) -> str:
    """So long after noon, as it travels."""
    return (NOON + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture
def team(local_aws: LocalAws) -> Team:
    return Team()


def test_they_wait_since_the_first_message_that_nobody_answered(team: Team) -> None:
    assert team.shown() == (after(0), after(0), False)
    team.message(11, 1)
    team.message(12, 2)
    assert team.shown() == (after(0), after(0), False)
    team.message(13, 3, outgoing=True)
    assert team.shown() == (None, after(3), False)
    team.message(14, 5)
    team.message(15, 6)
    assert team.shown() == (after(5), after(3), False)


def test_messages_that_were_not_recorded_one_by_one_count_all_the_same(team: Team) -> None:
    team.message(14, 4, outgoing_at=NOON + timedelta(hours=1), unanswered_since=NOON + timedelta(hours=2))
    assert team.shown() == (after(2), after(1), False)


def test_a_closing_thank_you_is_marked_as_answered_and_the_next_message_waits_again(team: Team) -> None:
    answer = team.mark(FIRST)
    assert (answer.status, answer.body["private"]["answered"]) == (200, True)
    assert team.shown() == (None, after(0), True)
    team.message(11, 7)
    assert team.shown()[0] == after(7)


def test_the_mark_is_taken_back(team: Team) -> None:
    team.mark(FIRST)
    assert team.mark(FIRST, answered=False).body["private"]["waiting_since"] == after(0)
    kinds = [entry["kind"] for entry in team.browser(team.max).get("/activity").body["entries"]]
    assert kinds == ["chat.unanswered", "chat.answered"]


def test_marking_it_twice_is_one_entry(team: Team) -> None:
    team.mark(FIRST)
    assert team.mark(FIRST).status == 200
    assert len(team.browser(team.max).get("/activity").body["entries"]) == 1


def test_what_came_meanwhile_is_not_answered_by_who_has_not_seen_it(team: Team) -> None:
    team.message(11, 1)
    answer = team.mark(FIRST)
    assert (answer.status, answer.code) == (409, "message-arrived")
    assert team.shown() == (after(0), after(0), False)


def test_a_message_of_ours_is_nothing_to_answer(team: Team) -> None:
    team.message(11, 1, outgoing=True)
    assert team.mark(11).code == "message-arrived"


def test_only_people_connected_know_who_waits_and_say_who_does_not(team: Team) -> None:
    assert team.browser(team.max).get(f"/chats/{team.chat_id}").body["private"] is None
    answer = team.mark(FIRST, person=team.max)
    assert (answer.status, answer.code) == (404, "chat-not-found")
    assert team.shown()[2] is False


@pytest.mark.parametrize("kind", [ChatKind.CHANNEL, ChatKind.BOT])
def test_nobody_waits_in_a_channel_or_at_a_bot(local_aws: LocalAws, kind: ChatKind) -> None:
    team = Team(kind)
    assert team.shown() == (None, None, False)
    assert team.mark(FIRST).code == "message-arrived"
