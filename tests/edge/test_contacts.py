"""Contacts and groups: once each, whoever knows them, and to each member what they may see."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from chalicelib import settings
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import ChatMetadata, PeerKind, RecordGroup
from chalicelib.kernel import ids
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.ids import AccountId
from chalicelib.kernel.roles import Role
from tests.local_aws import LocalAws
from tests.scene import Desk, Person, a_chat, a_job, a_person, a_workspace, an_account, connected


class Town:
    """Ada is connected to one account, Tim to another; Max, who owns the workspace, to none."""

    def __init__(self) -> None:
        self.ada, self.tim, self.max = a_person("Ada"), a_person("Tim"), a_person("Max")
        people = ((self.ada, Role.MEMBER), (self.tim, Role.MEMBER), (self.max, Role.OWNER))
        self.workspace_id = a_workspace(*people)
        self.adas = an_account(self.workspace_id, self.ada, telegram_user_id=1_001)
        self.tims = an_account(self.workspace_id, self.tim, telegram_user_id=1_002)
        connected(self.workspace_id, self.adas, self.ada)
        connected(self.workspace_id, self.tims, self.tim)

    def know(self, account_id: AccountId, *numbers: int, **different: Any) -> list[ChatMetadata]:
        """Have an account know these people."""
        made = [a_chat(account_id, number, **different) for number in numbers]
        chats.record_chats(made, tenant=a_job(self.workspace_id))
        return made

    def group(self, account_id: AccountId, number: int, **different: Any) -> ChatMetadata:
        """Have an account be in a group."""
        chat_id = ids.chat_id(settings.current().id_secret, account_id, PeerKind.CHANNEL, number)
        known = {"id": chat_id, "peer_kind": PeerKind.CHANNEL, "kind": ChatKind.GROUP, "title": f"Group {number}"}
        made = a_chat(account_id, number, **{**known, "member_count": 12, **different})
        chats.record_chats([made], tenant=a_job(self.workspace_id))
        return made

    def seen(self, person: Person, what: str = "contacts") -> list[dict[str, Any]]:
        """What somebody sees, by name."""
        found: list[dict[str, Any]] = self.browser(person).get(f"/{what}").body[what]
        return sorted(found, key=lambda each: each["name"])

    def browser(self, person: Person) -> Desk:
        """The workspace as this person."""
        return Desk(person=person, workspace_id=self.workspace_id)


@pytest.fixture
def town(local_aws: LocalAws) -> Town:
    return Town()


def test_somebody_two_accounts_know_is_one_contact_with_both_chats(town: Town) -> None:
    [mine] = town.know(town.adas, 1)
    [theirs, only_theirs] = town.know(town.tims, 1, 2)
    shared, other = town.seen(town.max)
    assert {known["chat_id"] for known in shared["known_by"]} == {mine.id, theirs.id}
    assert {known["account_id"] for known in shared["known_by"]} == {town.adas, town.tims}
    assert other["known_by"] == [{"account_id": town.tims, "chat_id": only_theirs.id}]
    assert len({shared["id"], other["id"]}) == 2


def test_a_username_is_for_those_connected_to_an_account_that_knows_them(town: Town) -> None:
    town.know(town.tims, 2)
    for person, username in ((town.tim, "contact2"), (town.ada, None), (town.max, None)):
        [contact] = town.seen(person)
        assert (contact["name"], contact["username"]) == ("Contact 2", username)
        assert contact["connected"] is (username is not None)
        assert (contact["last_message_at"] is None) is (username is None)


def test_a_contact_is_called_what_the_workspace_calls_the_chat(town: Town) -> None:
    [chat] = town.know(town.adas, 1)
    body = {"version": 0, "first_name": "Grace"}
    town.browser(town.max).send("PATCH", f"/chats/{chat.id}/card", body)
    assert [contact["name"] for contact in town.seen(town.max)] == ["Grace"]


def test_notes_to_oneself_and_groups_are_no_contacts(town: Town) -> None:
    town.know(town.adas, 1_001, title="Saved messages")
    town.group(town.adas, 5)
    assert town.seen(town.max) == []


def test_who_stays_out_of_the_workspace_is_nobodys_contact(town: Town) -> None:
    [chat] = town.know(town.adas, 1)
    town.know(town.tims, 1)
    path = f"/accounts/{town.adas}/excluded-chats"
    town.browser(town.ada).send("POST", path, {"chat_ids": [chat.id], "excluded": True})
    [contact] = town.seen(town.max)
    assert [known["account_id"] for known in contact["known_by"]] == [town.tims]


def test_a_group_is_one_whichever_accounts_are_in_it_and_shows_its_members_to_those_connected(town: Town) -> None:
    group, _ = town.group(town.adas, 5), town.group(town.tims, 5)
    look = RecordGroup(
        title="Group 5", member_count=13, invite_link="https://t.me/+link", is_link_told=True, at=utc_now()
    )
    chats.record_group(group.id, look, tenant=a_job(town.workspace_id))
    for person, members, link in ((town.ada, 13, "https://t.me/+link"), (town.tim, 12, None), (town.max, None, None)):
        [seen] = town.seen(person, "groups")
        assert (len(seen["known_by"]), seen["member_count"], seen["invite_link"]) == (2, members, link)


def test_the_same_person_is_somebody_else_in_another_workspace(local_aws: LocalAws) -> None:
    towns = Town(), Town()
    for town in towns:
        town.know(town.adas, 1)
    first, second = (town.seen(town.max)[0]["id"] for town in towns)
    assert first != second


@pytest.fixture(scope="module")
def crowd(local_aws: LocalAws) -> Town:
    """Two accounts that know ten people each, four of them both."""
    town = Town()
    town.know(town.adas, *range(1, 11))
    town.know(town.tims, *range(7, 17))
    return town


@given(limit=st.integers(1, 20))
@hypothesis_settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_of_any_size_give_every_contact_once(crowd: Town, limit: int) -> None:
    found, cursor = [], ""
    while True:
        page = crowd.browser(crowd.max).get(f"/contacts?limit={limit}{cursor}").body
        found += page["contacts"]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert sorted(each["name"] for each in found) == sorted(f"Contact {number}" for number in range(1, 17))
    assert sum(len(each["known_by"]) for each in found) == 20


def test_a_cursor_of_contacts_is_none_of_groups(crowd: Town) -> None:
    cursor = crowd.browser(crowd.max).get("/contacts?limit=1").body["next_cursor"]
    assert crowd.browser(crowd.max).get(f"/groups?cursor={cursor}").code == "cursor-invalid"


def test_titles_differ_by_account_and_the_first_one_s_is_shown(town: Town) -> None:
    first, second = sorted((town.adas, town.tims))
    for account_id, title in ((first, "Mum"), (second, "Mrs Smith")):
        chats.record_chats([replace(a_chat(account_id, 1), title=title)], tenant=a_job(town.workspace_id))
    assert [contact["name"] for contact in town.seen(town.max)] == ["Mum"]
