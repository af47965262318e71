"""Routes of notices: what a member was told and has read, and how they want to be told."""

from typing import Any

import pytest

from chalicelib.features.notifications.model import DEFAULTS, MOST_COUNTED, PAGE_NOTICES, NoticeKind
from chalicelib.kernel.roles import Role
from chalicelib.table import keys
from chalicelib.table.proof import MemberRow
from tests.api_client import Answer, ApiClient, Browser
from tests.local_aws import LocalAws
from tests.scene import Desk, a_job, a_notice, a_person, a_workspace, an_account, chats_of


class Office:
    """A workspace with an Owner and a Member, and one chat."""

    def __init__(self) -> None:
        self.olga, self.max = a_person("Olga"), a_person("Max")
        self.workspace_id = a_workspace((self.olga, Role.OWNER), (self.max, Role.MEMBER))
        [self.chat] = chats_of(self.workspace_id, an_account(self.workspace_id), 1)
        self.desk = Desk(person=self.max, workspace_id=self.workspace_id)

    def tell(self, kind: NoticeKind = NoticeKind.COMMENT_MENTION) -> str:
        """Have Olga do something that Max is told of; the notice's id."""
        return a_notice(self.workspace_id, self.max.user_id, self.chat.id, kind=kind, by=self.olga.user_id)

    def page(self, cursor: str | None = None) -> dict[str, Any]:
        """What Max sees."""
        answer = self.desk.get("/notifications" + ("" if cursor is None else f"?cursor={cursor}"))
        assert answer.status == 200, answer.body
        found: dict[str, Any] = answer.body
        return found

    def ids(self) -> list[str]:
        """The notices of the first page."""
        return [each["id"] for each in self.page()["notices"]]


@pytest.fixture
def office(local_aws: LocalAws) -> Office:
    return Office()


def test_a_notice_says_who_and_where_and_never_what(office: Office) -> None:
    """Notifications say who and where, never what (product.md section 1.2)."""
    told = office.tell()
    [notice] = office.page()["notices"]
    assert (notice["id"], notice["kind"], notice["is_read"]) == (told, "comment.mention", False)
    assert notice["about"] == {"kind": "chat", "id": office.chat.id, "name": "Contact 1"}
    assert notice["by"] == {"id": office.olga.user_id, "name": "Olga"}
    assert notice["text"] == "Olga mentioned you in a comment on “Contact 1”"


def test_who_did_it_goes_by_the_name_teammates_see_and_by_none_once_they_left(office: Office) -> None:
    office.tell()
    rows = a_job(office.workspace_id).rows(keys.WORKSPACE)
    olga = rows.new(MemberRow, keys.member(office.olga.user_id))
    rows.update(olga, [MemberRow.alias.set("The boss")])
    assert office.page()["notices"][0]["by"]["name"] == "The boss"
    rows.delete(olga)
    [notice] = office.page()["notices"]
    assert (notice["by"]["name"], notice["text"][:9]) == (None, "Somebody ")


def test_the_list_counts_what_is_unread_and_reading_one_takes_it_off(office: Office) -> None:
    """In-app list with unread count (product.md section 7)."""
    first, second = office.tell(), office.tell()
    assert (office.ids(), office.page()["unread"]) == ([second, first], 2)
    for _ in range(2):
        assert office.desk.send("PUT", f"/notifications/{first}/read").status == 204
    page = office.page()
    assert page["unread"] == 1
    assert [each["is_read"] for each in page["notices"]] == [False, True]


def test_reading_all_leaves_what_came_meanwhile_unread(office: Office) -> None:
    office.tell()
    shown, late = office.tell(), office.tell()
    assert office.desk.send("POST", "/notifications/read", {"up_to": shown}).status == 204
    page = office.page()
    assert (page["unread"], [each["is_read"] for each in page["notices"]]) == (1, [False, True, True])
    assert office.desk.send("POST", "/notifications/read", {"up_to": late}).status == 204
    # Somebody whose page is older reads all of it: that takes nothing back.
    assert office.desk.send("POST", "/notifications/read", {"up_to": shown}).status == 204
    assert office.page()["unread"] == 0


def test_a_notice_is_its_member_s_alone(office: Office) -> None:
    told = office.tell()
    boss = Desk(person=office.olga, workspace_id=office.workspace_id)
    assert boss.get("/notifications").body["notices"] == []
    for answer in (
        boss.send("PUT", f"/notifications/{told}/read"),
        boss.send("POST", "/notifications/read", {"up_to": told}),
    ):
        assert (answer.status, answer.code) == (404, "notification-not-found")
    assert office.page()["unread"] == 1


@pytest.mark.parametrize("stranger", ["", "x", "0" * 26, "../x", "é" * 26])
def test_a_notice_that_is_none_is_not_found(office: Office, stranger: str) -> None:
    answer = office.desk.send("POST", "/notifications/read", {"up_to": stranger})
    assert answer.status == (422 if stranger == "" else 404)


def test_a_page_goes_on_where_the_last_one_ended_and_its_cursor_is_nobody_else_s(office: Office) -> None:
    told = [office.tell() for _ in range(PAGE_NOTICES + 1)]
    first = office.page()
    second = office.page(first["next_cursor"])
    assert [each["id"] for each in (*first["notices"], *second["notices"])] == told[::-1]
    assert second["next_cursor"] is None
    boss = Desk(person=office.olga, workspace_id=office.workspace_id)
    assert boss.get(f"/notifications?cursor={first['next_cursor']}").code == "cursor-invalid"
    assert first["unread"] == len(told) <= MOST_COUNTED


class Settings:
    """Somebody's settings of what they are told."""

    def __init__(self, api: ApiClient, token: str) -> None:
        self._api, self._browser = api, Browser(token=token)

    def get(self) -> Answer:
        """As they stand."""
        return self._api.get("/me/notifications", self._browser)

    def put(self, kinds: object, quiet_hours: object = None) -> Answer:
        """Say what they are to be."""
        return self._api.put("/me/notifications", {"kinds": kinds, "quiet_hours": quiet_hours}, self._browser)


@pytest.fixture
def settings(api: ApiClient, office: Office) -> Settings:
    return Settings(api, office.max.token)


def test_who_never_chose_is_told_as_everybody_is(settings: Settings) -> None:
    said = settings.get().body
    assert said == {"kinds": {kind.value: sorted(ways) for kind, ways in DEFAULTS.items()}, "quiet_hours": None}
    assert said["kinds"].keys() == {kind.value for kind in NoticeKind}


def test_each_kind_has_its_own_ways(settings: Settings) -> None:
    """Per-kind settings for the ways there are (product.md section 7)."""
    answer = settings.put({"comment.mention": ["app"], "chat.waiting": []}, {"begins": "22:30", "ends": "07:00"})
    assert answer.status == 200
    assert answer.body == settings.get().body
    said = answer.body["kinds"]
    assert (said["comment.mention"], said["chat.waiting"]) == (["app"], [])
    assert said["reminder.due"] == sorted(DEFAULTS[NoticeKind.REMINDER_DUE])
    assert answer.body["quiet_hours"] == {"begins": "22:30", "ends": "07:00"}


def test_what_is_not_wanted_in_the_app_is_neither_listed_nor_counted(office: Office, settings: Settings) -> None:
    told = office.tell()
    office.tell(NoticeKind.CHAT_ASSIGNED)
    settings.put({"chat.assigned": ["email"]})
    assert (office.ids(), office.page()["unread"]) == ([told], 1)
    settings.put({})
    assert office.page()["unread"] == 2


@pytest.mark.parametrize(
    ("kinds", "quiet_hours", "code"),
    [
        ({"gossip": ["app"]}, None, "invalid"),
        ({"comment.mention": ["pigeon"]}, None, "invalid"),
        ({"comment.mention": None}, None, "invalid"),
        ({}, {"begins": "22:30"}, "invalid"),
        ({}, {"begins": "24:00", "ends": "07:00"}, "invalid"),
        ({}, {"begins": "7:00", "ends": "08:00"}, "invalid"),
        ({}, {"begins": "07:00", "ends": "07:00"}, "quiet-hours-invalid"),
    ],
)
def test_settings_that_make_no_sense_leave_those_that_stand(
    settings: Settings, kinds: object, quiet_hours: object, code: str
) -> None:
    settings.put({"comment.mention": ["app"]})
    before = settings.get().body
    answer = settings.put(kinds, quiet_hours)
    assert (answer.status, answer.code) == (422, code)
    assert settings.get().body == before
