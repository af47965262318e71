"""Routes of views: saved, private or shared, changed by whom, and what they hold (product.md section 5, Views)."""

from typing import Any

import pytest

from chalicelib.kernel import ids
from chalicelib.kernel.roles import Role
from tests.api_client import Answer
from tests.local_aws import LocalAws
from tests.scene import Desk, a_person, a_workspace, an_account, chats_of


class Crew:
    """A workspace with an Owner, an Admin and two Members, and a column."""

    def __init__(self) -> None:
        self.people = {name: a_person(name) for name in ("Olga", "Adam", "Mia", "Max")}
        roles = (Role.OWNER, Role.ADMIN, Role.MEMBER, Role.MEMBER)
        self.workspace_id = a_workspace(*zip(self.people.values(), roles, strict=True))
        made = self.desk("Olga").send("POST", "/columns", {"name": "Stage", "type": "select", "options": []})
        self.stage = f"column:{made.body['id']}"

    def desk(self, name: str) -> Desk:
        """The workspace as one of them."""
        return Desk(person=self.people[name], workspace_id=self.workspace_id)

    def save(self, who: str, /, **wanted: Any) -> dict[str, Any]:
        """Have one of them save a view."""
        answer = self.desk(who).send("POST", "/views", {"name": "Hot", "content": {}, **wanted})
        assert answer.status == 201
        body: dict[str, Any] = answer.body
        return body

    def change(self, who: str, view: dict[str, Any], /, **wanted: Any) -> Answer:
        """Have one of them change a view that they saw as it was given."""
        return self.desk(who).send("PATCH", f"/views/{view['id']}", {"version": view["version"], **wanted})

    def seen_by(self, name: str) -> dict[str, dict[str, Any]]:
        """The views that one of them sees, by id."""
        return {view["id"]: view for view in self.desk(name).get("/views").body["views"]}

    def journalled(self, view: dict[str, Any]) -> list[str]:
        """What the log says was done to a view, the first first."""
        entries = self.desk("Olga").get(f"/activity?target={view['id']}").body["entries"]
        return [entry["kind"] for entry in reversed(entries)]


@pytest.fixture(scope="module")
def crew(local_aws: LocalAws) -> Crew:
    return Crew()


def test_a_view_keeps_filter_sort_columns_widths_grouping_and_layout(crew: Crew) -> None:
    content = {
        "layout": "board",
        "filter": {"all": [{"field": "title", "is": "contains", "value": "a"}, {"any": []}]},
        "sort": [{"field": "unread", "order": "down"}, {"field": "title", "order": "up"}],
        "columns": [
            {"field": "title", "width": 300, "is_hidden": False, "summary": None},
            {"field": crew.stage, "width": None, "is_hidden": True, "summary": "percent"},
        ],
        "frozen": 2,
        "group_by": crew.stage,
        "board": {"collapsed": [""], "hides_empty": True, "sum": None, "fields": ["unread"]},
    }
    saved = crew.save("Mia", name=" Pipeline ", icon="flame", content=content)
    assert saved == crew.seen_by("Mia")[saved["id"]]
    assert (saved["name"], saved["icon"], saved["content"]) == ("Pipeline", "flame", content)


def test_a_private_view_is_its_makers_alone_and_in_no_log(crew: Crew) -> None:
    view = crew.save("Mia")
    assert crew.change("Mia", view, name="Mine").status == 200
    assert view["id"] not in crew.seen_by("Olga")
    for answer in (crew.change("Olga", view, name="Ours"), crew.desk("Olga").send("DELETE", f"/views/{view['id']}")):
        assert (answer.status, answer.code) == (404, "view-not-found")
    assert crew.journalled(view) == []


def test_a_shared_view_is_seen_by_all_and_its_changes_are_logged(crew: Crew) -> None:
    view = crew.save("Mia", is_shared=True)
    assert view["id"] in crew.seen_by("Max")
    renamed = crew.change("Mia", view, name="Warm").body
    assert crew.seen_by("Max")[view["id"]] == renamed
    assert crew.desk("Mia").send("DELETE", f"/views/{view['id']}").status == 204
    assert view["id"] not in crew.seen_by("Mia")
    assert crew.journalled(view) == ["view.shared", "view.changed", "view.removed"]


@pytest.mark.parametrize(("name", "status"), [("Mia", 200), ("Max", 403), ("Adam", 200), ("Olga", 200)])
def test_a_shared_view_is_changed_by_its_maker_admins_and_owners(crew: Crew, name: str, status: int) -> None:
    view = crew.save("Mia", is_shared=True)
    answer = crew.change(name, view, name="Warm")
    assert answer.status == status
    if status == 403:
        assert answer.code == "view-of-others"
        assert crew.desk(name).send("DELETE", f"/views/{view['id']}").code == "view-of-others"
        assert crew.seen_by("Mia")[view["id"]] == view


def test_a_view_is_shared_and_taken_back_and_stays_the_same_link(crew: Crew) -> None:
    view = crew.save("Mia")
    shared = crew.change("Mia", view, is_shared=True).body
    assert crew.seen_by("Max")[view["id"]] == {**view, "is_shared": True, "version": 2}
    assert crew.change("Olga", shared, is_shared=False).code == "view-of-others"
    assert crew.change("Mia", shared, is_shared=False).status == 200
    assert view["id"] not in crew.seen_by("Max")
    assert view["id"] in crew.seen_by("Mia")
    assert crew.journalled(view) == ["view.shared", "view.removed"]


@pytest.mark.parametrize("is_shared", [True, False])
def test_who_saw_an_older_version_is_told_which_one_stands(crew: Crew, is_shared: bool) -> None:
    view = crew.save("Mia", is_shared=is_shared)
    assert crew.change("Mia", view, name="First").status == 200
    late = crew.change("Mia", view, name="Second")
    assert (late.status, late.code, late.body["standing"]) == (409, "view-changed", {"version": 2})
    assert crew.seen_by("Mia")[view["id"]]["name"] == "First"


def test_saving_what_stands_changes_nothing(crew: Crew) -> None:
    view = crew.save("Mia", is_shared=True, icon="star")
    assert crew.change("Mia", view, name="Hot", content=view["content"], icon="star").body == view
    assert crew.journalled(view) == ["view.shared"]


def test_an_icon_is_taken_away_by_null_and_stays_where_it_is_left_out(crew: Crew) -> None:
    view = crew.save("Mia", icon="star")
    kept = crew.change("Mia", view, name="Warm").body
    assert kept["icon"] == "star"
    assert crew.change("Mia", kept, icon=None).body["icon"] is None


def test_tabs_stand_in_the_order_they_are_given(crew: Crew) -> None:
    first, second = crew.save("Max", name="A"), crew.save("Max", name="B")
    assert first["position"] < second["position"]
    assert crew.change("Max", second, position=first["position"] - 0.5).status == 200
    own = [view["name"] for view in crew.desk("Max").get("/views").body["views"] if view["name"] in {"A", "B"}]
    assert own == ["B", "A"]


def test_the_table_opens_with_the_view_a_member_chose_for_themselves(crew: Crew) -> None:
    def default_of(name: str) -> str | None:
        chosen: str | None = crew.desk(name).get("/views").body["default_view_id"]
        return chosen

    view = crew.save("Mia", is_shared=True)
    assert crew.desk("Mia").send("PUT", "/default-view", {"view_id": view["id"]}).status == 204
    assert (default_of("Mia"), default_of("Max")) == (view["id"], None)
    assert crew.desk("Olga").send("DELETE", f"/views/{view['id']}").status == 204
    assert default_of("Mia") is None
    other = crew.save("Max")
    assert crew.desk("Mia").send("PUT", "/default-view", {"view_id": other["id"]}).code == "view-not-found"
    assert crew.desk("Mia").send("PUT", "/default-view", {"view_id": None}).status == 204


@pytest.mark.parametrize(
    ("content", "code", "pointer"),
    [
        ({"filter": {"field": "moon", "is": "empty"}}, "filter-invalid", "/content/filter/field"),
        ({"sort": [{"field": "moon", "order": "up"}]}, "view-invalid", "/content/sort/0/field"),
        ({"sort": [{"field": "title", "order": "sideways"}]}, "invalid", "/content/sort/0/order"),
        ({"columns": [{"field": "title"}, {"field": "title"}]}, "view-invalid", "/content/columns/1/field"),
        ({"columns": [{"field": "title", "width": 7}]}, "invalid", "/content/columns/0/width"),
        ({"board": {"fields": ["moon"]}}, "view-invalid", "/content/board/fields/0"),
        ({"board": {"sum": "title"}}, "view-invalid", "/content/board/sum"),
        ({"group_by": "title"}, "view-invalid", "/content/group_by"),
        ({"group_by": "moon"}, "view-invalid", "/content/group_by"),
        ({"layout": "pie"}, "invalid", "/content/layout"),
        (
            {"filter": {"any": [{"field": "title", "is": "contains", "value": "é" * 1000}] * 50}},
            *("view-invalid", "/content/filter"),
        ),
    ],
)
def test_what_no_view_can_show_is_refused_and_nothing_is_saved(
    crew: Crew, content: object, code: str, pointer: str
) -> None:
    before = crew.seen_by("Adam")
    answer = crew.desk("Adam").send("POST", "/views", {"name": "Odd", "content": content})
    assert (answer.status, answer.code, answer.body["errors"][0]["pointer"]) == (422, code, pointer)
    assert crew.seen_by("Adam") == before


def test_a_view_outlives_a_column_it_names(crew: Crew) -> None:
    column_id = crew.desk("Olga").send("POST", "/columns", {"name": "Gone", "type": "text"}).body["id"]
    gone = {"filter": {"field": f"column:{column_id}", "is": "filled"}}
    view = crew.save("Mia", content=gone)
    assert crew.desk("Olga").send("DELETE", f"/columns/{column_id}").status == 204
    assert crew.seen_by("Mia")[view["id"]] == view


def test_there_are_as_many_views_as_there_may_be(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    crew.save("Adam", name="Own")
    monkeypatch.setattr("chalicelib.features.views.use_cases.MAX_VIEWS", 1)
    answer = crew.desk("Adam").send("POST", "/views", {"name": "One more", "content": {}})
    assert (answer.status, answer.code) == (409, "view-limit-reached")


@pytest.mark.parametrize("is_shared", [True, False])
def test_saving_twice_with_one_key_makes_one_view(crew: Crew, is_shared: bool) -> None:
    body, key = (
        {"name": f"Once {is_shared}", "content": {}, "is_shared": is_shared},
        {"Idempotency-Key": f"{is_shared}"},
    )
    twice = [crew.desk("Mia").send("POST", "/views", body, headers=key).body for _ in range(2)]
    assert twice[0] == twice[1]
    assert [view["name"] for view in crew.seen_by("Mia").values()].count(f"Once {is_shared}") == 1
    assert crew.desk("Max").send("POST", "/views", body, headers=key).body["id"] != twice[0]["id"]


def test_a_view_of_another_workspace_answers_as_a_missing_one(crew: Crew, local_aws: LocalAws) -> None:
    theirs = Crew().save("Olga", is_shared=True)
    answers = [crew.desk("Olga").send("DELETE", f"/views/{view_id}") for view_id in (theirs["id"], ids.mint())]
    assert {(answer.status, answer.code) for answer in answers} == {(404, "view-not-found")}


def test_the_link_of_a_view_leads_scripts_to_the_same_chats(crew: Crew) -> None:
    """What a view holds is what the query takes."""
    account_id = an_account(crew.workspace_id, crew.people["Mia"])
    chats_of(crew.workspace_id, account_id, 12)
    view = crew.save("Mia", content={"filter": {"field": "title", "is": "starts_with", "value": "contact 1"}})
    body = {"filter": crew.seen_by("Mia")[view["id"]]["content"]["filter"]}
    titles = {chat["title"] for chat in crew.desk("Mia").send("POST", "/chats/query", body).body["chats"]}
    assert titles == {"Contact 1", "Contact 10", "Contact 11", "Contact 12"}
