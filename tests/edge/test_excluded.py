"""Chats that stay out of the workspace: seen by nobody but people connected, and whole again once they are in."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.features.accounts.model import LEFT_OUT_AT_FIRST
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import ChatMetadata, PeerKind, RecordGroup, RecordMessage
from chalicelib.kernel import ids
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.permissions import Toggle
from chalicelib.kernel.roles import Role
from tests.api_client import Answer
from tests.local_aws import LocalAws
from tests.scene import Desk, Person, a_chat, a_job, a_person, a_workspace, an_account, chats_of, connected, switch


class Team:
    """A workspace where Ada, a Member, is connected to an account of three chats, and Max, its Owner, to none."""

    def __init__(self) -> None:
        self.ada, self.max = a_person("Ada"), a_person("Max")
        self.workspace_id = a_workspace((self.ada, Role.MEMBER), (self.max, Role.OWNER))
        self.account_id = an_account(self.workspace_id, self.ada)
        connected(self.workspace_id, self.account_id, self.ada)
        self.chats: list[ChatMetadata] = chats_of(self.workspace_id, self.account_id, 3)
        self.chat_id = self.chats[0].id
        self.job = a_job(self.workspace_id)

    def browser(self, person: Person) -> Desk:
        """The workspace as this person."""
        return Desk(person=person, workspace_id=self.workspace_id)

    def exclude(self, *chat_ids: str, person: Person | None = None, excluded: bool = True) -> Answer:
        """Leave chats out or bring them in, as Ada if nobody else is said."""
        body = {"chat_ids": chat_ids, "excluded": excluded}
        return self.browser(person or self.ada).send("POST", self.path, body)

    @property
    def path(self) -> str:
        """Where the account's excluded chats are."""
        return f"/accounts/{self.account_id}/excluded-chats"

    def listed(self, person: Person) -> list[str]:
        """The ids of the chats somebody sees."""
        return [chat["id"] for chat in self.browser(person).get("/chats").body["chats"]]

    def excluded(self) -> list[str]:
        """The titles of those that stay out, as Ada sees them."""
        return [chat["title"] for chat in self.browser(self.ada).get(self.path).body["chats"]]

    def log(self, person: Person) -> list[dict[str, Any]]:
        """The activity log as somebody reads it, newest first."""
        entries: list[dict[str, Any]] = self.browser(person).get("/activity").body["entries"]
        return entries


@pytest.fixture
def team(local_aws: LocalAws) -> Team:
    return Team()


def test_an_excluded_chat_leaves_every_list_and_count_and_has_no_card(team: Team) -> None:
    card = f"/chats/{team.chat_id}/card"
    team.browser(team.max).send("PATCH", card, {"version": 0, "priority": "high"})
    assert team.exclude(team.chat_id).body == {"changed": 1}
    others = [chat.id for chat in team.chats[1:]]
    assert team.listed(team.ada) == team.listed(team.max) == others
    assert chats.count_chats(10, tenant=team.job) == 2
    assert team.browser(team.max).get(f"/chats/{team.chat_id}").code == "chat-not-found"
    shown = team.browser(team.ada).get(f"/chats/{team.chat_id}").body
    assert (shown["excluded"], shown["card"]["priority"], shown["values"]) == (True, None, {})
    for person in (team.ada, team.max):
        refused = team.browser(person).send("PATCH", card, {"version": 1, "priority": "low"})
        assert refused.code == "chat-not-found"


def test_no_value_is_written_into_an_excluded_chat(team: Team) -> None:
    column = team.browser(team.max).send("POST", "/columns", {"name": "Note", "type": "text"}).body
    team.exclude(team.chat_id)
    path = f"/chats/{team.chat_id}/values/{column['id']}"
    for person in (team.ada, team.max):
        answer = team.browser(person).send("PUT", path, {"value": "x", "version": None})
        assert answer.code == "chat-not-found"


def test_what_people_wrote_is_there_again_when_it_is_brought_in(team: Team) -> None:
    before = team.browser(team.max).send("PATCH", f"/chats/{team.chat_id}/card", {"version": 0, "priority": "high"})
    team.exclude(team.chat_id)
    assert team.exclude(team.chat_id, excluded=False).body == {"changed": 1}
    assert team.browser(team.max).get(f"/chats/{team.chat_id}").body == before.body


def test_nothing_is_commented_linked_or_remembered_on_a_chat_that_stays_out(team: Team) -> None:
    ada = team.browser(team.ada)
    assert ada.send("POST", f"/chats/{team.chat_id}/comments", {"text": "Call back."}).status == 201
    team.exclude(team.chat_id)
    assert ada.get(f"/chats/{team.chat_id}/comments").code == "chat-not-found"
    assert ada.send("POST", f"/chats/{team.chat_id}/comments", {"text": "Call back."}).code == "chat-not-found"
    assert ada.send("POST", "/tickets", {"title": "Late", "chat_ids": [team.chat_id]}).code == "ticket-invalid"
    about = {"kind": "chat", "id": team.chat_id}
    reminder = {"text": "Call", "when": {"preset": "tomorrow"}, "about": about}
    assert ada.send("POST", "/reminders", reminder).code == "chat-not-found"
    team.exclude(team.chat_id, excluded=False)
    [thread] = ada.get(f"/chats/{team.chat_id}/comments").body["threads"]
    assert thread["comment"]["text"] == "Call back."


def test_only_people_connected_see_what_stays_out_and_change_it(team: Team) -> None:
    team.exclude(team.chat_id)
    assert team.excluded() == [team.chats[0].title]
    for answer in (team.browser(team.max).get(team.path), team.exclude(team.chat_id, person=team.max, excluded=False)):
        assert (answer.status, answer.code) == (404, "connection-not-found")


def test_members_manage_excluded_chats_only_while_the_toggle_is_on(team: Team) -> None:
    switch(Toggle.MANAGE_EXCLUDED, team.job, is_on=False)
    assert team.exclude(team.chat_id).code == "permission-missing"
    assert team.listed(team.max) == [chat.id for chat in team.chats]


def test_the_log_names_an_excluded_chat_to_nobody_but_people_connected(team: Team) -> None:
    team.browser(team.max).send("PATCH", f"/chats/{team.chat_id}/card", {"version": 0, "phone": "030123456"})
    team.exclude(team.chat_id, team.chats[1].id)
    team.exclude(team.chats[1].id, excluded=False)
    included, excluded, changed = team.log(team.ada)
    assert (included["kind"], excluded["kind"], changed["kind"]) == ("chats.included", "chats.excluded", "card.changed")
    assert excluded["new"] == {team.chat_id: True, team.chats[1].id: True}
    seen = team.log(team.max)
    assert [entry["kind"] for entry in seen] == ["chats.included", "chats.excluded"]
    assert seen[1]["new"] == {team.chats[1].id: True}
    assert team.chat_id not in str(seen)


def test_what_is_linked_to_an_excluded_chat_names_it_to_nobody_but_people_connected(team: Team) -> None:
    ada, linked = team.browser(team.ada), [chat.id for chat in team.chats[:2]]
    ada.send("POST", "/tickets", {"title": "Late", "chat_ids": linked})
    about = {"kind": "chat", "id": team.chat_id}
    ada.send("POST", "/reminders", {"text": "Call", "when": {"preset": "tomorrow"}, "about": about})
    team.exclude(team.chat_id)
    theirs, ours = team.log(team.max), team.log(team.ada)
    assert team.chat_id not in str(theirs)
    assert team.chat_id in str(ours)
    [ticket] = [entry for entry in theirs if entry["kind"] == "ticket.created"]
    assert ticket["new"]["chat_ids"] == [team.chats[1].id]
    assert "reminder.created" in {entry["kind"] for entry in ours} - {entry["kind"] for entry in theirs}


def test_repeating_it_changes_nothing_and_is_in_no_log(team: Team) -> None:
    team.exclude(team.chat_id)
    assert team.exclude(team.chat_id, team.chat_id).body == {"changed": 0}
    assert len(team.log(team.ada)) == 1


def test_a_thousand_are_left_out_at_once_in_chunks_with_an_entry_each(local_aws: LocalAws) -> None:
    team = Team()
    made = [a_chat(team.account_id, number) for number in range(4, 100)]
    chats.record_chats(made, tenant=team.job)
    everything = [chat.id for chat in (*team.chats, *made)]
    assert team.exclude(*everything).body == {"changed": 99}
    assert [len(entry["new"]) for entry in team.log(team.ada)] == [19, 40, 40]
    assert team.listed(team.ada) == []
    first = team.browser(team.ada).get(f"{team.path}?limit=60").body
    second = team.browser(team.ada).get(f"{team.path}?limit=60&cursor={first['next_cursor']}").body
    assert sorted(chat["id"] for chat in (*first["chats"], *second["chats"])) == sorted(everything)
    assert second["next_cursor"] is None


def test_the_worker_writes_nothing_of_an_excluded_chat(team: Team) -> None:
    [chat, *_] = team.chats
    team.exclude(chat.id)
    message = RecordMessage(message_id=99, at=utc_now(), is_outgoing=False, sent_by=None, unread_count=5)
    look = RecordGroup(title="Another", member_count=7, at=utc_now())
    assert not chats.record_message(chat.id, message, tenant=team.job)
    assert not chats.record_read(chat.id, 0, tenant=team.job)
    assert not chats.record_group(chat.id, look, tenant=team.job)
    assert chats.record_chats([replace(chat, title="Another", last_message_id=99)], tenant=team.job) == 0
    team.exclude(chat.id, excluded=False)
    assert team.browser(team.ada).get(f"/chats/{chat.id}").body["private"]["last_message_id"] == chat.last_message_id


def a_group(team: Team, number: int, **different: Any) -> ChatMetadata:
    """A group of the account's."""
    known = {"id": None, "peer_kind": PeerKind.CHANNEL, "kind": ChatKind.GROUP, "title": f"Group {number}"}
    made = a_chat(team.account_id, number, **{**known, **different})
    return replace(made, id=a_chat(team.account_id, 1_000 + number).id)


def test_kinds_that_are_left_out_stay_out_when_they_are_first_seen_and_known_chats_stay_put(team: Team) -> None:
    [known, fresh] = [a_group(team, 1), a_group(team, 2)]
    chats.record_chats([known], tenant=team.job)
    path = f"/accounts/{team.account_id}/left-out"
    answer = team.browser(team.ada).send("PUT", path, {"left_out": sorted(LEFT_OUT_AT_FIRST)})
    assert answer.body["left_out"] == ["channel", "group"]
    private = a_chat(team.account_id, 500)
    chats.record_chats([known, fresh, private], tenant=team.job)
    assert fresh.id not in team.listed(team.ada)
    assert {known.id, private.id} <= set(team.listed(team.ada))
    assert team.excluded() == ["Group 2"]


def test_a_group_somebody_asked_for_is_brought_in_whatever_is_left_out(team: Team) -> None:
    path = f"/accounts/{team.account_id}/left-out"
    team.browser(team.ada).send("PUT", path, {"left_out": ["group"]})
    founded = a_group(team, 1)
    chats.record_joined(founded, tenant=team.job)
    assert founded.id in team.listed(team.max)


def test_a_group_somebody_asked_for_is_brought_in_though_a_connection_was_told_of_it_first(team: Team) -> None:
    path = f"/accounts/{team.account_id}/left-out"
    team.browser(team.ada).send("PUT", path, {"left_out": ["group"]})
    founded = a_group(team, 1)
    chats.record_chats([founded], tenant=team.job)
    assert team.excluded() == ["Group 1"]
    chats.record_founded(founded, tenant=team.job)
    chats.record_chats([founded], tenant=team.job)
    assert team.excluded() == []
    assert founded.id in team.listed(team.max)


def test_a_group_that_stays_out_is_brought_in_by_nobody_s_joining_it(team: Team) -> None:
    path = f"/accounts/{team.account_id}/left-out"
    team.browser(team.ada).send("PUT", path, {"left_out": ["group"]})
    known = a_group(team, 1)
    chats.record_chats([known], tenant=team.job)
    chats.record_joined(known, tenant=team.job)
    assert team.excluded() == ["Group 1"]
    assert known.id not in team.listed(team.max)


def test_only_people_connected_say_what_is_left_out(team: Team) -> None:
    answer = team.browser(team.max).send("PUT", f"/accounts/{team.account_id}/left-out", {"left_out": []})
    assert answer.code == "connection-not-found"


BAD = [
    ({"chat_ids": ["nope"], "excluded": True}, 404, "chat-not-found"),
    ({"chat_ids": ["0" * 42], "excluded": True}, 404, "chat-not-found"),
    ({"chat_ids": ["0" * 42] * 1_001, "excluded": True}, 422, "invalid"),
    ({"chat_ids": [], "excluded": "yes"}, 422, "invalid"),
]


@pytest.mark.parametrize(("body", "status", "code"), BAD)
def test_what_makes_no_sense_is_refused_and_nothing_is_left_out(
    team: Team, body: dict[str, Any], status: int, code: str
) -> None:
    answer = team.browser(team.ada).send("POST", team.path, body)
    assert (answer.status, answer.code) == (status, code)
    assert team.excluded() == []


def test_a_chat_of_another_account_is_none_of_this_one(team: Team) -> None:
    other = an_account(team.workspace_id, team.ada, telegram_user_id=8)
    [chat] = chats_of(team.workspace_id, other, 1)
    assert team.exclude(team.chat_id, chat.id).code == "chat-not-found"
    assert team.exclude(ids.mint() + "0" * ids.PEER_LENGTH).code == "chat-not-found"
    assert team.excluded() == []
