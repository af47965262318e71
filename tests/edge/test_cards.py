"""Routes of a chat's own fields: who may write them, what they hold, and what two people at once come to."""

import threading
from typing import Any

import pytest

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.notifications.model import NoticeKind
from chalicelib.features.notifications.repository import Notices
from chalicelib.kernel import ids
from chalicelib.kernel.ids import ChatId
from chalicelib.kernel.roles import Role
from tests.api_client import Answer
from tests.local_aws import LocalAws
from tests.scene import Desk, Person, a_job, a_person, a_workspace, an_account, chats_of, connected
from tests.seating import connect

TELEGRAM_USER = 7
EMPTY: dict[str, Any] = {
    "assignee": None,
    "priority": None,
    "email": None,
    "phone": None,
    "first_name": None,
    "last_name": None,
    "version": 0,
    "changed": {},
}


def card(fields: dict[str, Any], version: int, changed: dict[str, int] | None = None) -> dict[str, Any]:
    """A card with these fields, all of which changed with this version if nothing else is said."""
    return {**EMPTY, **fields, "version": version, "changed": changed or dict.fromkeys(fields, version)}


class Team:
    """A workspace where Ada and Tim are connected to an account with one chat, and Max is connected to none."""

    def __init__(self) -> None:
        self.ada, self.tim, self.max = a_person("Ada"), a_person("Tim"), a_person("Max")
        people = ((self.ada, Role.MEMBER), (self.tim, Role.MEMBER), (self.max, Role.OWNER))
        self.workspace_id = a_workspace(*people)
        self.account_id = an_account(self.workspace_id, self.ada, self.tim, telegram_user_id=TELEGRAM_USER)
        connected(self.workspace_id, self.account_id, self.ada, self.tim)
        [chat] = chats_of(self.workspace_id, self.account_id, 1)
        self.chat_id: ChatId = chat.id

    def browser(self, person: Person) -> Desk:
        """The workspace as this person."""
        return Desk(person=person, workspace_id=self.workspace_id)

    def patch(self, fields: dict[str, Any], version: int = 0, person: Person | None = None) -> Answer:
        """Set fields of the chat, as Max if nobody else is said."""
        body = {"version": version, **fields}
        return self.browser(person or self.max).send("PATCH", f"/chats/{self.chat_id}/card", body)

    def card(self) -> dict[str, Any]:
        """The chat's own fields as they are shown."""
        shown: dict[str, Any] = self.browser(self.max).get(f"/chats/{self.chat_id}").body["card"]
        return shown

    def entries(self) -> list[dict[str, Any]]:
        """What the log has of cards, newest first."""
        found: list[dict[str, Any]] = self.browser(self.max).get("/activity?kind=card.changed").body["entries"]
        return found


@pytest.fixture
def team(local_aws: LocalAws) -> Team:
    return Team()


def test_a_chat_has_its_own_fields_and_every_member_sees_and_edits_them(team: Team) -> None:
    assert team.card() == EMPTY
    given = {"priority": "high", "email": "Ada@Example.com", "phone": "+49 (30) 123-456", "assignee": team.tim.user_id}
    answer = team.patch(given)
    stands = given | {"email": "ada@example.com", "phone": "+4930123456"}
    assert (answer.status, answer.body["card"]) == (200, card(stands, 1))
    assert answer.body["private"] is None
    for person in (team.ada, team.max):
        [chat] = team.browser(person).get("/chats").body["chats"]
        assert chat["card"] == card(stands, 1)


def test_a_field_left_out_stays_and_null_clears_one(team: Team) -> None:
    team.patch({"priority": "low", "phone": "12345"})
    assert team.patch({"priority": None}, 1).body["card"] == card({"phone": "12345"}, 2, {"priority": 2, "phone": 1})
    assert team.patch({"phone": "   "}, 2).body["card"] == card({}, 3, {"priority": 2, "phone": 3})


def test_override_names_stand_in_for_what_telegram_calls_the_chat(team: Team) -> None:
    body = team.patch({"first_name": "Grace", "last_name": "Hopper"}).body
    assert (body["title"], body["telegram_title"]) == ("Grace Hopper", "Contact 1")
    assert team.entries()[0]["target_name"] == "Grace Hopper"
    assert team.patch({"first_name": None, "last_name": None}, 1).body["title"] == "Contact 1"


def test_the_log_has_old_and_new_of_what_changed_and_nothing_else(team: Team) -> None:
    team.patch({"priority": "low"})
    team.patch({"priority": "high", "email": None}, 1)
    newest = team.entries()[0]
    assert (newest["target"], newest["old"]) == (team.chat_id, {"priority": "low"})
    assert newest["new"] == {"priority": "high", "version": 2}


def test_writing_what_stands_does_nothing_whatever_version_was_seen(team: Team) -> None:
    team.patch({"priority": "low"})
    assert team.patch({"priority": "low"}).body["card"] == card({"priority": "low"}, 1)
    assert len(team.entries()) == 1


def test_somebody_who_wrote_first_is_not_written_over_and_what_stands_is_told(team: Team) -> None:
    team.patch({"priority": "low"}, person=team.ada)
    answer = team.patch({"priority": "high"})
    assert (answer.status, answer.code) == (409, "card-changed")
    assert answer.body["standing"] == card({"priority": "low"}, 1)
    assert team.card()["priority"] == "low"


def test_two_people_who_edit_two_fields_are_not_in_each_others_way(team: Team) -> None:
    team.patch({"priority": "low"}, person=team.ada)
    after = team.patch({"email": "max@example.com"}).body["card"]
    assert after == card({"priority": "low", "email": "max@example.com"}, 2, {"priority": 1, "email": 2})


def test_of_many_who_write_at_once_one_wins_a_field_and_nobody_is_lost(team: Team) -> None:
    answers: list[Answer] = []
    fields = [("priority", "low"), ("priority", "high"), ("email", "a@example.com"), ("phone", "12345")]
    threads = [threading.Thread(target=lambda pair=pair: answers.append(team.patch(dict([pair])))) for pair in fields]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Who met two others at the same moment is asked to repeat, and nothing of theirs was written.
    refused = {answer.code for answer in answers if answer.status != 200}
    assert refused <= {"card-changed", "changed-meanwhile"}
    taken = [answer for answer in answers if answer.status == 200]
    assert len(taken) == team.card()["version"] == len(team.entries()) >= 1


def test_chats_are_assigned_only_to_connected_members(team: Team) -> None:
    for nobody in (team.max.user_id, ids.mint(), "not an id"):
        answer = team.patch({"assignee": nobody})
        assert (answer.status, answer.code) == (409, "assignee-not-connected")
    assert team.card() == EMPTY
    assert team.patch({"assignee": team.ada.user_id}).status == 200


def test_who_is_assigned_a_chat_is_told_and_nobody_of_what_they_did_themselves(team: Team) -> None:
    def told(person: Person) -> list[tuple[NoticeKind, str, str | None]]:
        listed = Notices(a_job(team.workspace_id), person.user_id).newest(limit=10)
        return [(each.notice.kind, each.notice.about.id, each.notice.by) for each in listed]

    team.patch({"assignee": team.tim.user_id})
    team.patch({"assignee": team.ada.user_id}, 1, team.ada)
    assert told(team.tim) == [(NoticeKind.CHAT_ASSIGNED, team.chat_id, team.max.user_id)]
    assert told(team.ada) == []


def test_who_ended_their_connection_is_assigned_no_more_and_keeps_what_they_had(team: Team) -> None:
    connect(team.tim.handle(team.workspace_id), TELEGRAM_USER)
    team.patch({"assignee": team.tim.user_id})
    accounts.end_connections_of(team.tim.user_id, tenant=a_job(team.workspace_id))
    assert team.card()["assignee"] == team.tim.user_id
    [account] = team.browser(team.max).get("/accounts").body["accounts"]
    states = {one["user_id"]: one["state"] for one in account["connections"]}
    assert states[team.tim.user_id] == "disconnected"
    team.patch({"assignee": None}, 1)
    assert team.patch({"assignee": team.tim.user_id}, 2).code == "assignee-not-connected"


MISFITS = [
    ({"priority": "urgent"}, "/priority"),
    ({"priority": 7}, "/priority"),
    ({"email": "nobody"}, "/email"),
    ({"email": ["a@example.com"]}, "/email"),
    ({"phone": "call me"}, "/phone"),
    ({"phone": "1234"}, "/phone"),
    ({"phone": "1" * 16}, "/phone"),
    ({"first_name": "x" * 101}, "/first_name"),
    ({"last_name": "a\u202eb"}, "/last_name"),
    ({"title": "Mine"}, ""),
    ({"version": -1}, "/version"),
]


@pytest.fixture(scope="module")
def standing(local_aws: LocalAws) -> Team:
    return Team()


@pytest.mark.parametrize(("fields", "pointer"), MISFITS)
def test_a_misfit_is_refused_and_nothing_is_written(standing: Team, fields: dict[str, Any], pointer: str) -> None:
    answer = standing.patch(fields)
    assert (answer.status, [each["pointer"] for each in answer.body["errors"]]) == (422, [pointer])
    assert standing.card() == EMPTY


@pytest.mark.parametrize("chat_id", ["nope", "0" * 42])
def test_a_chat_nobody_has_is_not_written(standing: Team, chat_id: str) -> None:
    answer = standing.browser(standing.max).send("PATCH", f"/chats/{chat_id}/card", {"version": 0, "priority": "low"})
    assert (answer.status, answer.code) == (404, "chat-not-found")
