"""Asking for chats by a filter: what scripts get is what the table shows (product.md section 5, Views)."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.features.chats import use_cases as chats
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.roles import Role
from tests.local_aws import LocalAws
from tests.scene import Desk, a_chat, a_job, a_person, a_workspace, an_account, chats_of, connected


class Sales:
    """Ada is connected to the account of ten chats and one of five; Max, the Owner, to neither."""

    def __init__(self) -> None:
        self.ada, self.max = a_person("Ada"), a_person("Max")
        self.workspace_id = a_workspace((self.ada, Role.MEMBER), (self.max, Role.OWNER))
        self.accounts = [an_account(self.workspace_id, self.ada, telegram_user_id=number) for number in (1, 2)]
        counts = zip(self.accounts, (10, 5), strict=True)
        self.chat_ids = [chat.id for account, count in counts for chat in chats_of(self.workspace_id, account, count)]
        now = utc_now()
        self.waiting = a_chat(self.accounts[0], 90, title="Waiting", last_message_at=now - timedelta(hours=5))
        group: dict[str, Any] = {"title": "Answered", "kind": ChatKind.GROUP, "last_is_outgoing": True}
        self.answered = a_chat(self.accounts[0], 91, last_message_at=self.waiting.last_message_at, **group)
        chats.record_chats([self.waiting, self.answered], tenant=a_job(self.workspace_id))
        self.column = self.desk().send("POST", "/columns", {"name": "Score", "type": "number"}).body["id"]
        for place, chat_id in enumerate(self.chat_ids):
            path = f"/chats/{chat_id}/values/{self.column}"
            assert self.desk().send("PUT", path, {"value": place, "version": None}).status == 200

    def desk(self, *, is_connected: bool = False) -> Desk:
        """The workspace as the Owner, or as who is connected."""
        return Desk(person=self.ada if is_connected else self.max, workspace_id=self.workspace_id)

    def titles(self, filtered: object, *, is_connected: bool = True, **more: object) -> set[str]:
        """What chats a filter takes are called."""
        body = self.desk(is_connected=is_connected).send("POST", "/chats/query", {"filter": filtered, **more}).body
        return {chat["title"] for chat in body["chats"]}


@pytest.fixture(scope="module")
def sales(local_aws: LocalAws) -> Sales:
    return Sales()


def where(field: str, operator: str, value: object = None) -> dict[str, object]:
    """A condition; without a value where it takes none."""
    return {"field": field, "is": operator} | ({} if value is None else {"value": value})


def test_without_a_filter_all_chats_come_as_the_list_has_them(sales: Sales) -> None:
    listed = sales.desk(is_connected=True).get("/chats").body["chats"]
    queried = sales.desk(is_connected=True).send("POST", "/chats/query", {}).body
    assert queried == {"chats": listed, "next_cursor": None}


def test_who_waits_for_our_reply_longer_than_hours_is_found(sales: Sales) -> None:
    recent = where("last_message_at", "within", "last_2_days")
    assert sales.titles({"all": [where("waiting_hours", "gt", 4), recent]}) == {"Waiting"}
    assert sales.titles({"all": [where("waiting_hours", "gt", 6), recent]}) == set()


def test_who_heard_nothing_for_days_is_found(sales: Sales) -> None:
    silent = sales.titles(where("silent_days", "gt", 1), limit=200)
    assert "Contact 1" in silent
    assert silent.isdisjoint({"Waiting", "Answered"})


def test_who_needs_no_answer_waits_no_more_and_is_found_as_that(local_aws: LocalAws) -> None:
    sales = Sales()
    connected(sales.workspace_id, sales.accounts[0], sales.ada)
    path, answered = f"/chats/{sales.waiting.id}/answered", {"message_id": sales.waiting.last_message_id}
    assert sales.desk(is_connected=True).send("PUT", path, {**answered, "answered": True}).status == 200
    assert "Waiting" not in sales.titles(where("waiting_hours", "gt", 4), limit=200)
    assert sales.titles(where("answered", "is", True)) == {"Waiting"}
    assert sales.titles(where("answered", "is", True), is_connected=False) == set()


def test_chats_are_found_by_fields_of_their_own(local_aws: LocalAws) -> None:
    sales = Sales()
    card = {
        "version": 0,
        "priority": "high",
        "first_name": "Ines",
        "email": "ines@example.com",
        "phone": "+351 900 000",
    }
    assert sales.desk().send("PATCH", f"/chats/{sales.waiting.id}/card", card).status == 200
    for field, operator, value in (
        ("priority", "is", "high"),
        ("title", "is", "Ines"),
        ("first_name", "starts_with", "in"),
        ("email", "contains", "@example"),
        ("phone", "is", "+351900000"),
    ):
        assert sales.titles(where(field, operator, value), is_connected=False) == {"Ines"}, field
    assert sales.titles(where("assignee", "me")) == set()


def test_fields_of_the_workspace_and_of_telegram_are_filtered_together(sales: Sales) -> None:
    high = where(f"column:{sales.column}", "gte", 13)
    assert sales.titles({"any": [high, where("kind", "is", "group")]}) == {
        "Answered",
        *(chat["title"] for chat in sales.desk().get("/chats").body["chats"] if chat["id"] in sales.chat_ids[13:]),
    }


@pytest.mark.parametrize(
    ("field", "operator", "value"),
    [
        ("unread", "gte", 0),
        ("unread", "filled", None),
        ("username", "contains", "contact"),
        ("last_message_at", "filled", None),
        ("last_direction", "is", "contact"),
        ("waiting_hours", "gt", 0),
        ("silent_days", "gt", 0),
        ("mine", "is", True),
    ],
)
def test_no_filter_tells_the_unconnected_what_they_may_not_see(
    sales: Sales, field: str, operator: str, value: object
) -> None:
    assert sales.titles(where(field, operator, value)) != set()
    assert sales.titles(where(field, operator, value), is_connected=False) == set()


@pytest.mark.parametrize("limit", [1, 4, 200])
def test_pages_give_every_match_once(sales: Sales, limit: int) -> None:
    body: dict[str, Any] = {"filter": where(f"column:{sales.column}", "gt", 3), "limit": limit, "cursor": None}
    found: list[str] = []
    while True:
        page = sales.desk().send("POST", "/chats/query", body).body
        assert len(page["chats"]) <= limit
        found += [chat["id"] for chat in page["chats"]]
        if page["next_cursor"] is None:
            break
        body["cursor"] = page["next_cursor"]
    assert found == sorted(sales.chat_ids[4:])


def test_a_request_looks_through_so_many_chats_and_hands_out_a_cursor(
    sales: Sales, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.features.chats.use_cases.querying.MAX_SEARCHED", 6)
    wanted = {"filter": where("title", "is", "nobody")}
    page = sales.desk().send("POST", "/chats/query", wanted).body
    assert page["chats"] == []
    assert page["next_cursor"] is not None


def test_a_cursor_is_good_for_its_own_filter_only(sales: Sales) -> None:
    cursor = sales.desk().send("POST", "/chats/query", {"limit": 1}).body["next_cursor"]
    other = {"filter": where("title", "filled"), "cursor": cursor}
    assert sales.desk().send("POST", "/chats/query", other).code == "cursor-invalid"


def test_days_begin_in_the_time_zone_of_who_asks(sales: Sales) -> None:
    """Contact 1 wrote at noon in London, when it was the 21st in Kiritimati already."""
    on_the_20th = where("last_message_at", "is", "2026-11-20")
    assert "Contact 1" in sales.titles(on_the_20th)
    assert "Contact 1" not in sales.titles(on_the_20th, time_zone="Pacific/Kiritimati")


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({"filter": {}}, "filter-invalid", "/filter"),
        ({"filter": where("column:" + "0" * 26, "empty")}, "filter-invalid", "/filter/field"),
        ({"filter": {"all": [where("title", "gt", 1)]}}, "filter-invalid", "/filter/all/0/is"),
        ({"filter": {"all": [{"moon": 1}]}}, "invalid", "/filter/all/0"),
        ({"time_zone": "Mars/Olympus"}, "time-zone-unknown", "/time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time-zone-unknown", "/time_zone"),
        ({"limit": 501}, "invalid", "/limit"),
    ],
)
def test_a_query_nobody_can_answer_is_refused(sales: Sales, body: object, code: str, pointer: str) -> None:
    answer = sales.desk().send("POST", "/chats/query", body)
    assert (answer.status, answer.code) == (422, code)
    assert answer.body["errors"][0]["pointer"] == pointer
