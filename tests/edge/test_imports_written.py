"""Imports as they are written and taken back: an entry a chunk, killed half-way, others at work beside them."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.features.imports import use_cases
from chalicelib.features.imports.model import ImportNotUndoable
from chalicelib.features.imports.use_cases.checking import Check
from chalicelib.features.imports.use_cases.undoing import Undo
from chalicelib.features.imports.use_cases.writing import Run
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.ids import ImportId
from tests.importing import ImportOffice, failing_after
from tests.local_aws import LocalAws
from tests.scene import a_job, an_owner


@pytest.fixture
def office(local_aws: LocalAws) -> ImportOffice:
    return ImportOffice()


def test_an_entry_a_chunk_begins_and_ends_it_and_has_what_was_there(local_aws: LocalAws) -> None:
    office = ImportOffice(100)
    office.put(office.chat_ids[0], "Lead")
    done = office.imported([(chat_id, "Won") for chat_id in office.chat_ids], office.field)
    begun, first, second, ended = office.import_log()
    assert begun == ("import.started", {"fields": [office.field], "chats": 100})
    assert (first[0], second[0]) == ("import.chats_changed",) * 2
    assert first[1]["field"] == office.field
    assert first[1][office.chat_ids[0]] == {"value": "Won", "version": 2}
    assert ended == ("import.done", {"values": 100})
    entries = office.browser.get(f"/activity?target={done['id']}").body["entries"]
    old = {chat_id: value for entry in entries for chat_id, value in (entry["old"] or {}).items()}
    assert old == dict.fromkeys(office.chat_ids) | {office.chat_ids[0]: "Lead"}


def test_what_an_export_kept_from_running_comes_back_as_it_was(office: ImportOffice) -> None:
    office.imported([(office.chat_ids[0], "'+49 30 123456")], "phone")
    assert office.cards("phone")[0] == "+4930123456"


def test_it_is_taken_back_as_one_and_what_somebody_changed_since_stays(office: ImportOffice) -> None:
    first, second, third = office.chat_ids
    office.put(first, "Lead")
    done = office.imported([(chat_id, "Won", "high") for chat_id in office.chat_ids], office.field, "priority")
    office.put(second, "Lost", 1)
    office.browser.send("PATCH", f"/chats/{third}/card", {"version": 1, "phone": "030123456"})
    undone = office.undo_import(done["id"]).body
    assert (undone["state"], undone["restored"], undone["undo_until"]) == ("undone", 5, None)
    assert office.values() == ["Lead", "Lost", None]
    assert office.cards("priority") == [None] * 3
    assert [kind for kind, _ in office.import_log()][-3:] == ["import.chats_restored"] * 2 + ["import.undone"]


def test_it_is_taken_back_once_and_within_a_day(office: ImportOffice) -> None:
    done = office.imported([(office.chat_ids[0], "Won")], office.field)
    late = an_owner(office.workspace_id, lambda: utc_now() + timedelta(hours=25))
    with pytest.raises(ImportNotUndoable):
        use_cases.undo_import(ImportId(done["id"]), tenant=late)
    assert office.undo_import(done["id"]).status == 202
    again = office.undo_import(done["id"])
    assert (again.status, again.code, again.body["standing"]) == (409, "import-not-undoable", {"state": "undone"})


def test_a_long_text_is_taken_back_by_its_version(office: ImportOffice) -> None:
    office.column = office.browser.send("POST", "/columns", {"name": "Notes", "type": "long_text"}).body["id"]
    office.put(office.chat_ids[0], "before")
    done = office.imported([(each, "after " * 900) for each in office.chat_ids], f"column:{office.column}")
    assert done["changed"] == 3
    assert office.undo_import(done["id"]).body["restored"] == 3
    assert office.values() == ["before", None, None]


@pytest.mark.parametrize("steps", range(4))
def test_killed_half_way_it_goes_on_and_each_value_is_written_once(
    local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    office = ImportOffice(100)
    checked = office.checked([(each, "Won", "low") for each in office.chat_ids], office.field, "priority")
    monkeypatch.setattr(Run, "step", failing_after(steps, Run.step))
    cut = office.run(checked["id"]).body
    assert (cut["state"], cut["changed"]) == ("running", [0, 80, 100, 180][steps])
    monkeypatch.undo()
    job = a_job(office.workspace_id)
    assert use_cases.go_on(ImportId(checked["id"]), tenant=job)
    assert use_cases.go_on(ImportId(checked["id"]), tenant=job)
    done = office.browser.get(f"/imports/{checked['id']}").body
    assert (done["state"], done["changed"]) == ("done", 200)
    shown = office.browser.get("/chats?limit=200").body["chats"]
    assert {chat["values"][office.column]["version"] for chat in shown} == {1}
    assert {chat["values"][office.column]["set_by"] for chat in shown} == {office.owner.user_id}


def test_a_check_that_is_cut_short_counts_every_row_once(office: ImportOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.features.imports.use_cases.checking.BLOCK_ROWS", 2)
    monkeypatch.setattr(Check, "step", failing_after(1, Check.step))
    rows = [(chat_id, "Won") for chat_id in (*office.chat_ids, office.chat_ids[0], "nobody")]
    cut = office.checked(rows, office.field)
    assert (cut["state"], cut["counts"]["rows"]) == ("checking", 2)
    assert 0 < cut["progress"] < 1
    monkeypatch.undo()
    use_cases.go_on(ImportId(cut["id"]), tenant=a_job(office.workspace_id))
    checked = office.browser.get(f"/imports/{cut['id']}").body
    assert checked["counts"] == cut["counts"] | {"rows": 5, "matched": 3, "unmatched": 1, "repeated": 1}
    assert office.run(cut["id"]).body["changed"] == 3


def test_taking_back_that_is_cut_short_goes_on(local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch) -> None:
    office = ImportOffice(100)
    done = office.imported([(each, "Won") for each in office.chat_ids], office.field)
    monkeypatch.setattr(Undo, "step", failing_after(1, Undo.step))
    assert office.undo_import(done["id"]).body["restored"] == 80
    monkeypatch.undo()
    assert use_cases.go_on(ImportId(done["id"]), tenant=a_job(office.workspace_id))
    assert office.browser.get(f"/imports/{done['id']}").body["restored"] == 100
    assert office.values() == [None] * 100


def test_the_same_file_again_changes_nothing(office: ImportOffice) -> None:
    rows = [(each, "Won") for each in office.chat_ids]
    assert office.imported(rows, office.field)["changed"] == 3
    assert office.imported(rows, office.field)["changed"] == 0
    assert [kind for kind, _ in office.import_log()].count("import.chats_changed") == 1


def test_somebody_who_edits_a_chat_at_the_same_moment_is_not_written_over(
    office: ImportOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = office.checked([(each, "Won") for each in office.chat_ids], office.field)
    theirs, write = iter([office.chat_ids[0]]), Run._write

    def meddled(*args: Any) -> Any:
        for chat_id in theirs:
            office.put(chat_id, "Theirs")
        return write(*args)

    monkeypatch.setattr(Run, "_write", meddled)
    done = office.run(checked["id"]).body
    assert done["changed"] == 3
    assert office.undo_import(done["id"]).body["restored"] == 3
    assert office.values() == ["Theirs", None, None]


def test_empty_cells_clear_what_is_there_only_where_that_is_said_and_undo_brings_it_back(office: ImportOffice) -> None:
    first, second, _ = office.chat_ids
    office.put(first, "Lead")
    office.imported([(first, "low"), (second, "low")], "priority")
    rows = [(first, "", ""), (second, "Won"), ("nobody", "", "")]
    left = office.imported(rows, office.field, "priority")
    assert (left["changed"], left["counts"]["clearing"], office.values()[0]) == (1, 0, "Lead")
    cleared = office.imported(rows, office.field, "priority", empty_cells="clear")
    assert (cleared["counts"]["clearing"], cleared["changed"]) == (3, 3)
    assert (office.values(), office.cards("priority")) == ([None, "Won", None], [None] * 3)
    assert office.undo_import(cleared["id"]).body["restored"] == 3
    assert (office.values(), office.cards("priority")) == (["Lead", "Won", None], ["low", "low", None])


def test_an_empty_cell_of_a_required_column_is_refused_and_its_value_stays(office: ImportOffice) -> None:
    first, second, third = office.chat_ids
    office.put(first, "Lead")
    office.browser.send("PATCH", f"/columns/{office.column}", {"required": True})
    done = office.imported([(first, ""), (second, "Won"), (third, "Lost")], office.field, empty_cells="clear")
    assert (done["counts"]["faults"], done["counts"]["clearing"], done["changed"]) == (1, 0, 2)
    assert office.faults(done["id"]) == [(2, 1, "value")]
    assert office.values() == ["Lead", "Won", "Lost"]


def test_a_column_that_became_required_since_the_check_is_not_cleared(office: ImportOffice) -> None:
    office.put(office.chat_ids[0], "Lead")
    checked = office.checked([(office.chat_ids[0], "", "low")], office.field, "priority", empty_cells="clear")
    office.browser.send("PATCH", f"/columns/{office.column}", {"required": True})
    assert office.run(checked["id"]).body["changed"] == 1
    assert (office.values()[0], office.cards("priority")[0]) == ("Lead", "low")


def test_an_assignee_that_is_cleared_comes_back_and_files_are_not_cleared(office: ImportOffice) -> None:
    first, second, _ = office.chat_ids
    office.imported([(first, "Ada Byron")], "assignee")
    files = office.browser.send("POST", "/columns", {"name": "Papers", "type": "files"}).body["id"]
    rows = [(first, "", ""), (second, "", "")]
    cleared = office.imported(rows, "assignee", f"column:{files}", empty_cells="clear")
    assert (cleared["counts"]["faults"], cleared["changed"]) == (2, 1)
    assert office.cards("assignee") == [None] * 3
    assert office.undo_import(cleared["id"]).body["restored"] == 1
    assert office.cards("assignee")[0] == office.owner.user_id
