"""What each type of column holds, what stands by default, what is required; and the tags every workspace has."""

from typing import Any

import pytest

from chalicelib.kernel.ids import UserId
from chalicelib.kernel.roles import Role
from chalicelib.table import keys
from chalicelib.table.proof import MemberRow
from tests.local_aws import LocalAws
from tests.office import Office
from tests.scene import a_job, a_person, a_workspace


@pytest.fixture(scope="module")
def office(local_aws: LocalAws) -> Office:
    return Office(chats=2)


def three_options(office: Office, kind: str = "multiselect", **more: Any) -> tuple[dict[str, Any], list[str]]:
    column = office.column(kind, options=[{"name": name} for name in ("Red", "Green", "Blue")], **more)
    return column, [option["id"] for option in column["options"]]


def test_a_multiselect_holds_options_in_the_order_they_were_chosen_each_once(office: Office) -> None:
    column, (red, green, _) = three_options(office)
    assert office.put(column["id"], [green, red, green]).body["value"] == [green, red]
    assert office.values()[column["id"]]["value"] == [green, red]


def test_an_empty_list_clears_a_multiselect(office: Office) -> None:
    column, (red, *_) = three_options(office)
    office.put(column["id"], [red])
    assert office.put(column["id"], [], 1).body["value"] is None


def test_an_archived_option_stays_in_a_multiselect_that_holds_it_and_comes_into_no_other(office: Office) -> None:
    column, (red, green, blue) = three_options(office)
    office.put(column["id"], [red])
    kept = [option for option in column["options"] if option["id"] != red]
    office.owner.send("PATCH", f"/columns/{column['id']}", {"options": kept})
    assert office.put(column["id"], [red, green], 1).status == 200
    assert office.put(column["id"], [red, blue], chat=1).code == "value-invalid"


def test_a_long_text_is_shown_by_its_beginning_and_read_whole_by_itself(office: Office) -> None:
    column, text = office.column("long_text"), "line\n" * 3_000 + "end"
    assert office.put(column["id"], text).body["value"] == text
    shown = office.values()[column["id"]]
    assert (shown["value"], shown["is_cut"]) == (text[:500], True)
    whole = office.member.get(f"/chats/{office.chat_id}/values/{column['id']}").body
    assert (whole["value"], whole["is_cut"], whole["version"]) == (text, False, 1)


def test_a_long_text_made_short_is_whole_everywhere_and_a_conflict_tells_all_of_it(office: Office) -> None:
    column, text = office.column("long_text"), "x" * 20_000
    office.put(column["id"], text)
    assert office.put(column["id"], "late").body["standing"]["value"] == text
    office.put(column["id"], "short", 1)
    assert office.values()[column["id"]] | {"set_at": ""} == {
        "value": "short",
        "version": 2,
        "set_at": "",
        "set_by": office.member.person and office.member.person.user_id,
        "is_cut": False,
    }
    assert office.member.get(f"/chats/{office.chat_id}/values/{column['id']}").body["value"] == "short"


def test_long_texts_leave_room_for_all_other_values(local_aws: LocalAws) -> None:
    office = Office()
    for number in range(20):
        column = office.column("long_text", name=f"Notes {number}")
        assert office.put(column["id"], "🦊" * 20_000).status == 200, "80 KB each, and a row ends at 400 KB"
    assert all(value["is_cut"] for value in office.values().values())


def test_a_person_column_takes_members_and_keeps_those_who_left(office: Office) -> None:
    column, member = office.column("person"), office.member.person
    assert member is not None
    leaver = a_person("Lea Ver")
    rows = a_job(office.owner.workspace_id).rows(keys.WORKSPACE)
    assert office.put(column["id"], leaver.user_id).code == "value-invalid", "not a member yet"
    seated = rows.get(MemberRow, keys.member(UserId(member.user_id)))
    assert seated is not None
    rows.put(rows.new(MemberRow, keys.member(leaver.user_id), **_membership(seated)))
    assert office.put(column["id"], leaver.user_id).body["value"] == leaver.user_id
    rows.delete(rows.new(MemberRow, keys.member(leaver.user_id)))
    assert office.values()[column["id"]]["value"] == leaver.user_id
    assert office.put(column["id"], leaver.user_id, 1).status == 200, "what stands may be written again"
    assert office.put(column["id"], leaver.user_id, chat=1).code == "value-invalid"


def _membership(like: MemberRow) -> dict[str, Any]:
    return {
        "role": Role.MEMBER.value,
        "version": 1,
        "full_name": "Lea Ver",
        "username": "leaver",
        "joined_at": like.joined_at,
    }


def test_somebody_of_another_workspace_is_nobody_here(office: Office) -> None:
    stranger = a_person("Stra Nger")
    a_workspace((stranger, Role.OWNER))
    assert office.put(office.column("person")["id"], stranger.user_id).code == "value-invalid"


def test_a_default_stands_where_nothing_was_ever_written_and_changes_with_the_column(office: Office) -> None:
    column = office.column("number", default=5)
    shown = office.values()[column["id"]]
    assert (shown["value"], shown["version"], shown["set_by"]) == (5, 0, None)
    office.owner.send("PATCH", f"/columns/{column['id']}", {"default": {"value": 7}})
    assert office.values()[column["id"]]["value"] == 7
    assert office.member.get(f"/chats/{office.chat_id}/values/{column['id']}").body["value"] == 7
    office.owner.send("PATCH", f"/columns/{column['id']}", {"default": {"value": None}})
    assert column["id"] not in office.values()


def test_a_default_is_written_over_from_version_0_and_cleared_for_good(office: Office) -> None:
    column = office.column("text", default="Lead")
    assert office.put(column["id"], None, 0).body["version"] == 1
    assert office.values()[column["id"]]["value"] is None
    assert office.put(column["id"], "Won", 0, chat=1).body["version"] == 1
    assert office.put(column["id"], "Late", 0, chat=1).code == "value-changed"


def test_a_default_that_can_t_be_chosen_any_more_is_gone(office: Office) -> None:
    column, (red, green, _) = three_options(office, "select")
    path = f"/columns/{column['id']}"
    assert office.owner.send("PATCH", path, {"default": {"value": red}}).body["default"] == red
    left = [option for option in column["options"] if option["id"] == green]
    assert office.owner.send("PATCH", path, {"options": left}).body["default"] is None


def test_a_required_value_is_changed_and_never_cleared(office: Office) -> None:
    column = office.column("text", required=True)
    assert office.put(column["id"], None).body["version"] == 0, "nothing was there, and it is shown as missing"
    office.put(column["id"], "here")
    refused = office.put(column["id"], "", 1)
    assert (refused.status, refused.code, refused.pointers) == (422, "value-required", ["/value"])
    assert office.put(column["id"], "there", 1).status == 200
    assert office.values()[column["id"]]["value"] == "there"


def test_what_a_column_is_for_can_be_said(office: Office) -> None:
    column = office.column("text", description="  Where they stand ")
    assert column["description"] == "Where they stand"
    answer = office.owner.send("PATCH", f"/columns/{column['id']}", {"description": "", "required": True})
    assert (answer.body["description"], answer.body["required"]) == ("", True)


def test_every_workspace_has_tags_before_anybody_made_one(local_aws: LocalAws) -> None:
    office = Office()
    [tags] = office.columns()
    assert (tags["key"], tags["type"], tags["reserved"], tags["version"]) == ("tags", "multiselect", True, 0)
    assert office.put(tags["id"], []).body["version"] == 0


def test_a_member_tags_a_chat_with_a_tag_made_while_editing(local_aws: LocalAws) -> None:
    office = Office()
    tags = office.tags()
    made = office.member.send("POST", f"/columns/{tags['id']}/options", {"name": "VIP", "hue": "amber"})
    assert (made.status, made.body["version"]) == (201, 1)
    [vip] = made.body["options"]
    assert office.put(tags["id"], [vip["id"]]).body["value"] == [vip["id"]]
    assert office.tags()["options"] == [vip]


def test_tags_are_neither_deleted_nor_turned_into_another_type(office: Office) -> None:
    path = f"/columns/{office.tags()['id']}"
    assert office.owner.send("DELETE", path).code == "column-reserved"
    assert office.owner.send("POST", f"{path}/conversion", {"to": "text"}).code == "column-reserved"
    assert office.tags()["type"] == "multiselect"


def test_a_column_called_tags_is_another_one(office: Office) -> None:
    assert office.column(name="Tags")["key"] == "tags_2"


def test_tags_don_t_count_among_the_hundred_columns(office: Office) -> None:
    path = f"/columns/{office.tags()['id']}"
    before = len(office.columns())
    assert office.owner.send("PATCH", path, {"name": "Labels"}).body["name"] == "Labels"
    assert len(office.columns()) == before
    assert office.tags()["key"] == "tags"
