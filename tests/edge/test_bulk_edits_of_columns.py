"""Bulk edits of columns of every type: lists, long texts, defaults, and columns that change meanwhile."""

from datetime import timedelta

import pytest

from chalicelib.features.bulk_edits import use_cases
from chalicelib.features.bulk_edits.use_cases import running
from chalicelib.features.fields import use_cases as fields
from chalicelib.features.files.model import COLLECT
from chalicelib.features.files.use_cases import collect_file
from chalicelib.kernel import clock
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.errors import Unavailable
from chalicelib.kernel.ids import BulkEditId, ColumnId, FileId
from chalicelib.table import due
from tests.bulk_editing import Office
from tests.local_aws import LocalAws
from tests.scene import a_job
from tests.uploads import put_up


@pytest.fixture
def office(local_aws: LocalAws) -> Office:
    return Office()


def use_column(office: Office, **said: object) -> list[str]:
    """Have another column be the one that is edited; gives the ids of its options."""
    column = office.browser.send("POST", "/columns", said).body
    office.column, office.field = column["id"], f"column:{column['id']}"
    return [option["id"] for option in column["options"]]


def cut_short(*_: object, **__: object) -> None:
    """In the place of a step: the turn ends before its first chunk."""
    raise Unavailable


def go_on(office: Office, edit_id: str) -> bool:
    """What due work does a minute later."""
    return use_cases.go_on(BulkEditId(edit_id), tenant=a_job(office.workspace_id))


def seen(office: Office, file_id: str) -> int:
    """How a member who asks for a file is answered."""
    return office.browser.get(f"/files/{file_id}").status


def test_options_chosen_in_their_order_are_given_and_taken_back(office: Office) -> None:
    moods = [{"name": "Hot", "hue": "red"}, {"name": "Cold", "hue": "blue"}]
    hot, cold = use_column(office, name="Mood", type="multiselect", options=moods)
    office.put(office.chat_ids[0], [cold])
    edit = office.edit([hot, cold]).body
    assert (edit["changed"], edit["value"]) == (3, [hot, cold])
    assert office.values() == [[hot, cold]] * 3
    assert office.edit([hot, cold]).body["changed"] == 0
    assert office.undo(edit).body["restored"] == 3
    assert office.values() == [[cold], None, None]


def test_files_are_taken_off_many_chats_and_hang_there_again_when_that_is_taken_back(office: Office) -> None:
    use_column(office, name="Papers", type="files")
    many, one = [put_up(office.browser, "value") for _ in range(20)], [put_up(office.browser, "value")]
    values = [many, one, None]
    for chat_id, value in zip(office.chat_ids, values, strict=True):
        office.put(chat_id, value)
    edit = office.edit(None).body
    assert (edit["changed"], office.values()) == (2, [None] * 3)
    assert {seen(office, each) for each in (*many, *one)} == {404}
    assert office.undo(edit).body["restored"] == 2
    assert office.values() == values
    for file_id in (*many, *one):
        collect_file(FileId(file_id), tenant=a_job(office.workspace_id))
    assert {seen(office, each) for each in (*many, *one)} == {200}, "what was due for them leaves them alone"


def test_files_are_kept_for_as_long_as_that_can_be_taken_back_and_a_chat_without_them_is_passed_over(
    office: Office,
) -> None:
    use_column(office, name="Papers", type="files")
    gone, left, kept = (put_up(office.browser, "value") for _ in range(3))
    office.put(office.chat_ids[0], [gone, left])
    office.put(office.chat_ids[1], [kept])
    edit = office.edit(None).body
    removals = [each for each in due.pending(a_job(office.workspace_id)) if each.work == COLLECT]
    assert all(each.at > clock.from_wire(edit["undo_until"]) for each in removals)
    assert len(removals) == 3
    collect_file(FileId(gone), tenant=a_job(office.workspace_id))
    assert office.undo(edit).body["restored"] == 1
    assert office.values() == [None, [kept], None]
    assert [seen(office, each) for each in (left, kept)] == [404, 200]


def test_a_long_text_is_given_whole_and_one_the_journal_cut_stays(office: Office) -> None:
    use_column(office, name="Notes", type="long_text")
    short, long = "before " * 100, "before " * 1_000
    office.put(office.chat_ids[0], short)
    office.put(office.chat_ids[1], long)
    edit = office.edit("after " * 500).body
    path = f"/values/{office.column}"
    assert [office.browser.get(f"/chats/{each}{path}").body["value"] for each in office.chat_ids] == [
        ("after " * 500).strip()
    ] * 3
    assert office.undo(edit).body["restored"] == 2
    first, second, third = (office.browser.get(f"/chats/{each}{path}").body["value"] for each in office.chat_ids)
    assert (first, second, third) == (short.strip(), ("after " * 500).strip(), None)


def test_a_default_is_what_stands_there_before(office: Office) -> None:
    use_column(office, name="Stage", type="text", default="Lead")
    assert office.edit("Lead").body["changed"] == 0
    edit = office.edit(None).body
    assert edit["changed"] == 3
    assert office.values() == [None] * 3
    office.undo(edit)
    assert office.values() == ["Lead"] * 3


def test_a_required_value_is_changed_and_never_cleared(office: Office) -> None:
    use_column(office, name="Stage", type="text", required=True)
    assert office.edit(None).code == "value-required"
    office.put(office.chat_ids[0], "Lead")
    edit = office.edit("Won").body
    assert office.undo(edit).body["restored"] == 1
    assert office.values() == ["Lead", "Won", "Won"]


def test_only_a_member_is_given_to_many_chats(office: Office) -> None:
    use_column(office, name="Owner", type="person")
    assert office.edit("0" * 26).code == "value-invalid"
    assert office.edit(office.owner.user_id).body["changed"] == 3


def test_a_column_that_becomes_another_type_takes_no_bulk_edit(office: Office) -> None:
    office.edit("7")
    assert office.browser.send("POST", f"/columns/{office.column}/conversion", {"to": "number"}).status < 300
    assert office.edit("8").code == "column-busy"


def test_an_edit_waits_for_a_conversion_and_gives_nothing_the_column_can_not_hold(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for chat_id in office.chat_ids:
        office.put(chat_id, "7")
    monkeypatch.setattr(running.Run, "step", cut_short)
    edit = office.edit("eight").body
    monkeypatch.undo()
    assert office.browser.send("POST", f"/columns/{office.column}/conversion", {"to": "number"}).status < 300
    assert not go_on(office, edit["id"])
    later = a_job(office.workspace_id, lambda: utc_now() + timedelta(minutes=2))
    while not fields.rewrite_column(ColumnId(office.column), tenant=later):
        pass
    assert go_on(office, edit["id"])
    assert office.browser.get(f"/bulk-edits/{edit['id']}").body["changed"] == 0
    assert office.values() == [7, 7, 7]


def test_a_turn_ends_in_time_and_due_work_goes_on(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.features.bulk_edits.use_cases.editing.TURN_FOR", timedelta(0))
    edit = office.edit("Won").body
    assert (edit["state"], edit["changed"]) == ("running", 0)
    monkeypatch.undo()
    assert go_on(office, edit["id"])
    assert office.values() == ["Won"] * 3
