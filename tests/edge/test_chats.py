"""Routes of chats: cards, pages, refusals; and who sees what of a chat (product.md section 1.3)."""

import base64

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import RecordMessage
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.ids import ChatId, WorkspaceId
from chalicelib.kernel.permissions import Toggle
from chalicelib.kernel.roles import Role
from tests.local_aws import LocalAws
from tests.scene import Desk, Person, a_chat, a_job, a_person, a_workspace, an_account, chats_of, switch


class Team:
    """A workspace where Ada and Tim are connected to an account, and Max is connected to none."""

    def __init__(self, chat_count: int = 1) -> None:
        self.ada, self.tim, self.max = a_person("Ada"), a_person("Tim"), a_person("Max")
        people = ((self.ada, Role.MEMBER), (self.tim, Role.MEMBER), (self.max, Role.OWNER))
        self.workspace_id: WorkspaceId = a_workspace(*people)
        self.account_id = an_account(self.workspace_id, self.ada, self.tim)
        self.chat_ids = [chat.id for chat in chats_of(self.workspace_id, self.account_id, chat_count)]

    def browser(self, person: Person) -> Desk:
        """The workspace as this person."""
        return Desk(person=person, workspace_id=self.workspace_id)


@pytest.fixture(scope="module")
def team(local_aws: LocalAws) -> Team:
    return Team()


def test_a_connected_member_sees_the_private_side(team: Team) -> None:
    [chat_id] = team.chat_ids
    assert team.browser(team.ada).get(f"/chats/{chat_id}").body == {
        "id": chat_id,
        "account_id": team.account_id,
        "title": "Contact 1",
        "telegram_title": "Contact 1",
        "kind": "private",
        "card": {
            "assignee": None,
            "priority": None,
            "email": None,
            "phone": None,
            "first_name": None,
            "last_name": None,
            "version": 0,
            "changed": {},
        },
        "values": {},
        "private": {
            "username": "contact1",
            "member_count": None,
            "unread_count": 2,
            "last_message_id": 10,
            "last_message_at": "2026-11-20T12:00:00Z",
            "last_direction": "contact",
            "pinned": False,
            "invite_link": None,
            "waiting_since": "2026-11-20T12:00:00Z",
            "silent_since": "2026-11-20T12:00:00Z",
            "answered": False,
        },
        "excluded": False,
        "comments": 0,
        "tickets": 0,
    }


@pytest.mark.parametrize("path", ["/chats", "/chats?account_id={account_id}", "/chats/{chat_id}"])
def test_an_unconnected_owner_sees_the_card_and_nothing_private(team: Team, path: str) -> None:
    address = path.format(account_id=team.account_id, chat_id=team.chat_ids[0])
    body = team.browser(team.max).get(address).body
    card = body["chats"][0] if "chats" in body else body
    assert (card["title"], card["kind"], card["private"]) == ("Contact 1", "private", None)
    assert "contact1" not in str(body)


def test_the_last_direction_is_the_viewers(local_aws: LocalAws) -> None:
    team = Team()
    [chat_id] = team.chat_ids
    switch(Toggle.ATTRIBUTION, a_job(team.workspace_id), is_on=True)

    def seen_by(person: Person) -> str:
        direction: str = team.browser(person).get(f"/chats/{chat_id}").body["private"]["last_direction"]
        return direction

    for message_id, sent_by, seen in ((11, team.ada, ("you", "teammate")), (12, team.tim, ("teammate", "you"))):
        message = RecordMessage(
            message_id=message_id, at=utc_now(), is_outgoing=True, sent_by=sent_by.user_id, unread_count=0
        )
        assert chats.record_message(chat_id, message, tenant=a_job(team.workspace_id))
        assert (seen_by(team.ada), seen_by(team.tim)) == seen


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("?limit=0", 422, "invalid"),
        ("?limit=501", 422, "invalid"),
        ("?limit=ten", 422, "invalid"),
        ("?limit=1e400", 422, "invalid"),
        ("?sort=title", 422, "invalid"),
        ("?cursor=forged", 422, "cursor-invalid"),
        ("?cursor=", 422, "cursor-invalid"),
        ("?cursor=🙂", 422, "cursor-invalid"),
        ("?account_id=nope", 404, "account-not-found"),
        ("?account_id=" + "0" * 26, 404, "account-not-found"),
    ],
)
def test_a_page_nobody_can_give_is_refused(team: Team, query: str, status: int, code: str) -> None:
    answer = team.browser(team.ada).get(f"/chats{query}")
    assert (answer.status, answer.code, answer.media_type) == (status, code, "application/problem+json")


def test_a_cursor_is_good_for_its_own_list_only(local_aws: LocalAws) -> None:
    team, other = Team(3), Team(3)
    cursor = team.browser(team.ada).get("/chats?limit=1").body["next_cursor"]
    assert team.browser(team.ada).get(f"/chats?limit=1&account_id={team.account_id}&cursor={cursor}").status == 422
    assert other.browser(other.ada).get(f"/chats?limit=1&cursor={cursor}").status == 422


class Library:
    """A workspace of three accounts, one of them empty; some of the chats have values."""

    def __init__(self) -> None:
        self.owner = a_person()
        workspace_id = a_workspace((self.owner, Role.OWNER))
        self.browser = Desk(person=self.owner, workspace_id=workspace_id)
        column = self.browser.send("POST", "/columns", {"name": "Note", "type": "text"}).body
        self.accounts = [an_account(workspace_id, telegram_user_id=number) for number in (1, 2, 3)]
        self.chat_ids: list[ChatId] = []
        for account_id, count in zip(self.accounts, (7, 0, 12), strict=True):
            self.chat_ids += [chat.id for chat in chats_of(workspace_id, account_id, count)]
        for chat_id in self.chat_ids[::2]:
            path = f"/chats/{chat_id}/values/{column['id']}"
            assert self.browser.send("PUT", path, {"value": chat_id, "version": None}).status == 200

    def walk(self, limit: int, account: str = "") -> list[list[dict[str, object]]]:
        """Every page of the list."""
        pages, cursor = [], ""
        while True:
            body = self.browser.get(f"/chats?limit={limit}{account}{cursor}").body
            pages.append(body["chats"])
            if body["next_cursor"] is None:
                return pages
            cursor = f"&cursor={body['next_cursor']}"


@pytest.fixture(scope="module")
def library(local_aws: LocalAws) -> Library:
    return Library()


@given(limit=st.integers(min_value=1, max_value=25))
@hypothesis_settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_of_any_size_give_every_chat_once_and_whole(library: Library, limit: int) -> None:
    pages = library.walk(limit)
    found = [chat for page in pages for chat in page]
    assert sorted(str(chat["id"]) for chat in found) == sorted(library.chat_ids)
    assert all(0 < len(page) <= limit for page in pages[:-1])
    written = {chat["id"] for chat in found if chat["values"]}
    assert written == set(library.chat_ids[::2])


@pytest.mark.parametrize(("place", "count"), [(0, 7), (1, 0), (2, 12)])
@pytest.mark.parametrize("limit", [1, 2, 6, 7, 12, 200])
def test_pages_of_one_account_give_its_chats(library: Library, place: int, count: int, limit: int) -> None:
    account_id = library.accounts[place]
    found = [chat for page in library.walk(limit, f"&account_id={account_id}") for chat in page]
    assert len(found) == count
    assert {chat["account_id"] for chat in found} <= {account_id}


@pytest.mark.parametrize(
    "title", ["مرحبا بالعالم", "👩‍👩‍👧 family", "x" * 4_000, "<script>alert(1)</script>", "\u0000", ""]
)
def test_any_title_telegram_allows_comes_back_as_it_is(local_aws: LocalAws, title: str) -> None:
    team = Team()
    chat = a_chat(team.account_id, 99, title=title)
    chats.record_chats([chat], tenant=a_job(team.workspace_id))
    assert team.browser(team.max).get(f"/chats/{chat.id}").body["title"] == title


def test_the_key_of_the_browsers_copy_is_the_sessions_and_the_workspaces_own(local_aws: LocalAws) -> None:
    """Another session, person or workspace is given another, and who is no member none."""
    team, other = Team(), Team()

    def key_of(there: Team, person: Person) -> str:
        key: str = there.browser(person).get("/store-key").body["key"]
        return key

    assert key_of(team, team.ada) == key_of(team, team.ada)
    assert len({key_of(team, team.ada), key_of(team, team.tim), key_of(other, other.ada)}) == 3
    assert len(base64.b64decode(key_of(team, team.ada))) == 32
    assert team.browser(other.ada).get("/store-key").status == 404


def test_the_key_of_the_browsers_copy_is_in_no_log(local_aws: LocalAws, caplog: pytest.LogCaptureFixture) -> None:
    team = Team()
    key = team.browser(team.ada).get("/store-key").body["key"]
    said = [str(vars(line)) for line in caplog.records]
    assert said != []
    assert [line for line in said if key in line] == []
