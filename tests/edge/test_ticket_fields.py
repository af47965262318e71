"""The workspace's own fields of tickets: the same types as columns, and values that go by them."""

from typing import Any

import pytest

from chalicelib.due_work import HANDLERS
from chalicelib.features.fields.model import ColumnType
from chalicelib.features.tickets.repository import Tickets
from chalicelib.features.tickets.use_cases import PURGE_FIELD, fielding
from chalicelib.features.tickets.use_cases.fielding import purge_field
from chalicelib.kernel import ids
from chalicelib.kernel.ids import ColumnId, TicketId
from tests.api_client import Answer
from tests.local_aws import LocalAws
from tests.races import at_once
from tests.scene import a_job
from tests.ticketing import Helpdesk


class Fielded(Helpdesk):
    """A workspace whose tickets have fields of their own."""

    def field(self, kind: str = "text", name: str = "Topic", **more: Any) -> dict[str, Any]:
        """A field of this type."""
        answer = self.owner.send("POST", "/ticket-fields", {"name": name, "type": kind, **more})
        assert answer.status == 201, answer.body
        made: dict[str, Any] = answer.body
        return made

    def change_field(self, field: dict[str, Any], **change: Any) -> Answer:
        """Have the Owner change a field."""
        return self.owner.send("PATCH", f"/ticket-fields/{field['id']}", change)

    def names(self) -> list[str]:
        """What the fields are called, in their order."""
        return [field["name"] for field in self.member.get("/ticket-fields").body["fields"]]


@pytest.fixture
def desk(local_aws: LocalAws) -> Fielded:
    return Fielded()


def test_custom_fields_have_the_types_of_columns_and_their_rules(desk: Fielded) -> None:
    topic, size = desk.field("text"), desk.field("number", "Size")
    kind = desk.field("select", "Kind", options=[{"name": "Bug"}, {"name": "Wish"}])
    day, urgent = desk.field("date", "Day"), desk.field("checkbox", "Urgent")
    values = {
        topic["id"]: " Printing ",
        size["id"]: 3.0,
        kind["id"]: kind["options"][0]["id"],
        day["id"]: "2026-02-28",
        urgent["id"]: True,
    }
    ticket = desk.ticket(values=values)
    assert ticket["values"] == {**values, topic["id"]: "Printing", size["id"]: 3}
    assert desk.member.get(f"/tickets/{ticket['id']}").body == ticket
    [listed] = desk.member.get("/tickets").body["tickets"]
    assert listed == ticket
    for field, misfit in ((size, "3"), (kind, "none"), (day, "2026-02-30"), (urgent, 1), (topic, 7)):
        answer = desk.change(ticket, values={field["id"]: misfit})
        assert (answer.status, answer.pointers) == (422, [f"/values/{field['id']}"])


def test_one_value_is_set_or_cleared_and_the_others_stay(desk: Fielded) -> None:
    topic, size = desk.field(), desk.field("number", "Size")
    ticket = desk.ticket(values={topic["id"]: "Paper", size["id"]: 1})
    after = desk.change(ticket, values={topic["id"]: None}).body
    assert after["values"] == {size["id"]: 1}
    assert desk.change(after, values={topic["id"]: "  "}).body == after


def test_a_person_in_a_field_is_a_member(desk: Fielded) -> None:
    field = desk.field("person", "Who")
    stranger = Helpdesk().member_id
    ticket = desk.ticket(values={field["id"]: desk.owner_id})
    for nobody in (stranger, ids.mint()):
        answer = desk.change(ticket, values={field["id"]: nobody})
        assert (answer.status, answer.pointers) == (422, [f"/values/{field['id']}"])
    assert desk.change(ticket, values={field["id"]: desk.member_id}).status == 200


def test_an_option_that_was_archived_stays_beside_another_one(desk: Fielded) -> None:
    field = desk.field("multiselect", "Kind", options=[{"name": "Bug"}, {"name": "Wish"}])
    bug, wish = (option["id"] for option in field["options"])
    ticket = desk.ticket(values={field["id"]: [bug]})
    assert desk.change_field(field, options=[field["options"][1]]).status == 200
    after = desk.change(ticket, values={field["id"]: [bug, wish]}).body
    assert after["values"] == {field["id"]: [bug, wish]}
    assert desk.change(after, values={field["id"]: [bug, wish]}).body == after, "what stands is not written again"
    other = desk.change(desk.ticket(), values={field["id"]: [bug]})
    assert (other.status, other.pointers) == (422, [f"/values/{field['id']}"])


def test_two_people_set_two_values_and_of_one_value_the_late_writer_is_shown_what_stands(desk: Fielded) -> None:
    topic, size = desk.field(), desk.field("number", "Size")
    ticket = desk.ticket()
    assert desk.change(ticket, values={topic["id"]: "Mine"}).status == 200
    assert desk.change(ticket, values={size["id"]: 2}).status == 200
    late = desk.change(ticket, values={topic["id"]: "Theirs"})
    assert (late.status, late.code) == (409, "ticket-changed")
    assert late.body["standing"]["parts"] == {"values": {topic["id"]: "Mine"}}


def test_members_do_not_change_the_fields_and_everybody_reads_them(desk: Fielded) -> None:
    field = desk.field()
    for method, path in (("POST", ""), ("PATCH", f"/{field['id']}"), ("DELETE", f"/{field['id']}")):
        body = (
            None if method == "DELETE" else {"name": "Mine", "type": "text"} if method == "POST" else {"name": "Mine"}
        )
        answer = desk.member.send(method, f"/ticket-fields{path}", body)
        assert (answer.status, answer.code) == (403, "permission-missing")
    assert desk.member.get("/ticket-fields").body == {"fields": [field]}


def test_a_field_is_renamed_moved_and_its_options_archived(desk: Fielded) -> None:
    first, second = desk.field(name="A"), desk.field("select", "B", options=[{"name": "x"}, {"name": "y"}])
    x, y = second["options"]
    ticket = desk.ticket(values={second["id"]: y["id"]})
    after = desk.change_field(second, name="C", place=0, options=[x], version=1).body
    assert (after["name"], after["key"], after["position"], after["version"]) == ("C", "b", 1, 2)
    assert (after["options"], after["archived_options"]) == ([x], [y])
    assert desk.names() == ["C", "A"]
    assert desk.member.get(f"/tickets/{ticket['id']}").body["values"] == {second["id"]: y["id"]}
    late = desk.change_field(second, name="D", version=1)
    assert (late.status, late.code, late.body["standing"]) == (409, "column-changed", {"version": 2})
    assert desk.change_field(first, place=9).status == 200
    assert desk.names() == ["C", "A"]


def test_repeating_a_creation_makes_one_field(desk: Fielded) -> None:
    body, key = {"name": "Once", "type": "text"}, {"idempotency-key": ids.mint()}
    answers = [desk.owner.send("POST", "/ticket-fields", body, headers=key) for _ in range(2)]
    assert answers[0].body == answers[1].body
    assert desk.names() == ["Once"]


def test_there_are_at_most_fifty_fields(desk: Fielded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.features.tickets.model.fields.MAX_FIELDS", 2)
    desk.field(name="A"), desk.field(name="B")
    answer = desk.owner.send("POST", "/ticket-fields", {"name": "C", "type": "text"})
    assert (answer.status, answer.code) == (409, "column-limit-reached")


def test_fields_made_at_once_are_all_there(desk: Fielded, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once([lambda: desk.field(name="Twin")] * 3, monkeypatch)
    keys = [field["key"] for field in desk.member.get("/ticket-fields").body["fields"]]
    assert sorted(keys) == ["twin", "twin_2", "twin_3"]


@pytest.mark.parametrize("field_id", ["nope", "0" * 26, "FIELDS", "🙂"])
def test_a_field_that_is_not_there_is_not_found(desk: Fielded, field_id: str) -> None:
    for method, body in (("PATCH", {"name": "x"}), ("DELETE", None)):
        answer = desk.owner.send(method, f"/ticket-fields/{field_id}", body)
        assert (answer.status, answer.code) == (404, "column-not-found")


def test_a_deleted_field_is_gone_with_its_values(desk: Fielded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fielding, "CHUNK_VALUES", 2)
    going, staying = desk.field(name="Going"), desk.field(name="Staying")
    made = [desk.ticket(values={going["id"]: "x", staying["id"]: "y"}) for _ in range(3)]
    assert desk.owner.send("DELETE", f"/ticket-fields/{going['id']}").status == 204
    assert desk.member.get(f"/tickets/{made[0]['id']}").body["values"] == {staying["id"]: "y"}
    answer = desk.change(made[0], values={going["id"]: "z"})
    assert (answer.status, answer.pointers) == (422, [f"/values/{going['id']}"])
    job = a_job(desk.workspace_id)
    assert not purge_field(ColumnId(going["id"]), ColumnType.TEXT, tenant=job, most_chunks=1)
    assert purge_field(ColumnId(going["id"]), ColumnType.TEXT, tenant=job)
    kept = [Tickets(job).require(TicketId(ticket["id"])).values for ticket in made]
    assert kept == [{staying["id"]: "y"}] * 3
    assert PURGE_FIELD in HANDLERS
    # What was not touched by anybody is still the version that was seen.
    assert desk.change(made[1], title="Later").status == 200
