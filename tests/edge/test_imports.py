"""Routes of imports: a CSV is read, matched and checked, by whom, and what becomes of its file."""

from typing import Any

import pytest

from chalicelib.adapters.files import kept
from chalicelib.features.files import use_cases as files
from chalicelib.features.files.model import MAX_IMPORT_BYTES
from chalicelib.features.imports import use_cases
from chalicelib.features.notifications.model import NoticeKind
from chalicelib.features.notifications.repository import Notices
from chalicelib.kernel import ids
from chalicelib.kernel.ids import FileId, UserId
from chalicelib.kernel.roles import Role
from tests.importing import CSV, ImportOffice, a_file
from tests.local_aws import LocalAws
from tests.scene import Desk, a_job, a_person, a_workspace, an_account, chats_of, connected
from tests.uploads import form, put_up


@pytest.fixture
def office(local_aws: LocalAws) -> ImportOffice:
    return ImportOffice()


def test_a_csv_is_read_guessed_at_and_shown_before_anything_is_written(office: ImportOffice) -> None:
    answer = office.begin("Chat ID;Stage;Notes\nA;Won;one\nB;Lost;\n".encode("utf-16"))
    assert answer.status == 201
    begun = answer.body["import"]
    assert (begun["state"], begun["encoding"], begun["delimiter"]) == ("read", "UTF-16", ";")
    assert begun["header"] == ["Chat ID", "Stage", "Notes"]
    assert answer.body["preview"] == [["A", "Won", "one"], ["B", "Lost"]]
    targets = [{"column": 1, "field": office.field}]
    assert answer.body["guess"] == {"match_by": "chat_id", "match_column": 0, "targets": targets}
    assert office.import_log() == []


def test_rows_are_matched_by_chat_id_and_every_value_that_fits_is_written(office: ImportOffice) -> None:
    first, second, third = office.chat_ids
    office.put(first, "Lead")
    done = office.imported([(first, "Won", "high"), (second, "", "low"), (third, "Lost", "")], office.field, "priority")
    assert (done["state"], done["changed"], done["progress"]) == ("done", 4, 1)
    assert done["undo_until"] is not None
    assert office.values() == ["Won", None, "Lost"]
    assert office.cards("priority") == ["high", "low", None]


def test_a_dry_run_counts_rows_and_says_what_is_wrong_by_line_and_cell_and_writes_nothing(office: ImportOffice) -> None:
    first, second, _ = office.chat_ids
    rows = [(first, "Won", "high"), ("nobody", "Won", ""), (first, "Won", ""), (second, "x" * 1_001, "urgent", "more")]
    checked = office.checked(rows, office.field, "priority")
    assert checked["counts"] == {
        "rows": 4,
        "matched": 2,
        "unmatched": 1,
        "ambiguous": 0,
        "repeated": 1,
        "faults": 3,
        "clearing": 0,
    }
    assert office.faults(checked["id"]) == [
        (3, 0, "no_chat"),
        (4, 0, "again"),
        (5, 1, "value"),
        (5, 2, "value"),
        (5, None, "too_many_cells"),
    ]
    assert office.values() == [None, None, None]
    assert office.import_log() == []
    assert office.run(checked["id"]).body["changed"] == 2
    assert office.values() == ["Won", None, None]


def test_what_a_cell_lacks_is_said_in_words_and_the_cell_itself_is_not_repeated(office: ImportOffice) -> None:
    checked = office.checked([(office.chat_ids[0], "a secret"), (office.chat_ids[1], "12")], "phone")
    found = office.browser.get(f"/imports/{checked['id']}/faults").body["faults"]
    assert [fault["detail"] for fault in found] == ["expected 5 to 15 digits, with or without a + before them"] * 2


def test_faulty_cells_are_mended_without_another_file(office: ImportOffice) -> None:
    first, second, _ = office.chat_ids
    import_id = office.begun(a_file([(first, "urgent"), ("nobody", "low")]))
    assert office.check(import_id, "priority").body["counts"]["faults"] == 1
    mended = [{"line": 2, "column": 1, "text": "High"}, {"line": 3, "column": 0, "text": second}]
    again = office.check(import_id, "priority", mended=mended).body
    assert (again["counts"]["matched"], again["counts"]["faults"]) == (2, 0)
    assert office.run(import_id).body["changed"] == 2
    assert office.cards("priority") == ["high", "low", None]


def test_too_much_is_not_mended(office: ImportOffice) -> None:
    import_id = office.begun(a_file([(office.chat_ids[0], "low")]))
    mended = [{"line": line, "column": 1, "text": "x" * 20_000} for line in range(2, 8)]
    assert office.check(import_id, "priority", mended=mended).code == "import-plan-invalid"


def test_usernames_find_only_chats_whose_private_side_the_importer_sees(office: ImportOffice) -> None:
    theirs = an_account(office.workspace_id, a_person("Tim"), telegram_user_id=8)
    chats_of(office.workspace_id, theirs, 9)
    rows = [("@Contact1", "Won"), ("https://t.me/contact2", "Lost"), ("contact9", "Won")]
    checked = office.checked(rows, office.field, match_by="username")
    assert (checked["counts"]["matched"], checked["counts"]["unmatched"]) == (2, 1)
    assert office.run(checked["id"]).body["changed"] == 2
    assert sorted(map(str, office.values())) == sorted(["Won", "Lost", *["None"] * 10])


def test_a_username_of_two_chats_means_neither(office: ImportOffice) -> None:
    mine = an_account(office.workspace_id, office.owner, telegram_user_id=8)
    connected(office.workspace_id, mine, office.owner)
    chats_of(office.workspace_id, mine, 1)
    checked = office.checked([("contact1", "Won"), ("contact2", "Won")], office.field, match_by="username")
    assert (checked["counts"]["ambiguous"], checked["counts"]["matched"]) == (1, 1)
    assert office.faults(checked["id"]) == [(2, 0, "many_chats")]


def test_chats_that_stay_out_are_matched_by_nothing(office: ImportOffice) -> None:
    path = f"/accounts/{office.account_id}/excluded-chats"
    office.browser.send("POST", path, {"chat_ids": [office.chat_ids[0]], "excluded": True})
    assert office.checked([(office.chat_ids[0], "Won")], office.field)["counts"]["matched"] == 0
    rows = [(f"contact{number}", "Won") for number in range(1, 4)]
    assert office.checked(rows, office.field, match_by="username")["counts"]["matched"] == 2


@pytest.mark.parametrize(
    ("said", "good", "value", "bad"),
    [
        ({"type": "number"}, "-12.5", -12.5, "1,5 EUR"),
        ({"type": "date"}, "2026-02-28", "2026-02-28", "28.02.2026"),
        ({"type": "checkbox"}, "Yes", True, "maybe"),
        ({"type": "long_text"}, "long " * 300, ("long " * 300)[:500], "x" * 20_001),
    ],
)
def test_the_parsers_of_columns_judge_each_value(
    office: ImportOffice, said: dict[str, Any], good: str, value: object, bad: str
) -> None:
    first, second, _ = office.chat_ids
    office.column = office.browser.send("POST", "/columns", {"name": "Said", **said}).body["id"]
    done = office.imported([(first, f'"{good}"'), (second, f'"{bad}"')], f"column:{office.column}")
    assert (done["changed"], done["counts"]["faults"]) == (1, 1)
    assert office.values()[:2] == [value, None]


def test_options_are_meant_by_name_and_one_there_is_not_is_refused_in_its_cell(office: ImportOffice) -> None:
    moods = [{"name": "Hot", "hue": "red"}, {"name": "Cold", "hue": "blue"}]
    column = office.browser.send("POST", "/columns", {"name": "Mood", "type": "multiselect", "options": moods}).body
    office.column, [hot, cold] = column["id"], [option["id"] for option in column["options"]]
    rows = [(office.chat_ids[0], '"cold,HOT , Cold"'), (office.chat_ids[1], "Lukewarm")]
    done = office.imported(rows, f"column:{office.column}")
    assert (done["changed"], done["counts"]["faults"]) == (1, 1)
    assert office.values() == [[cold, hot], None, None]
    assert office.undo_import(done["id"]).body["restored"] == 1
    assert office.values()[0] is None


def test_people_are_meant_by_name_or_username_and_chats_assigned_only_where_they_are_connected(
    local_aws: LocalAws,
) -> None:
    office = ImportOffice(2)
    tim = a_person("Tim Tester")
    office.workspace_id = a_workspace((office.owner, Role.OWNER), (tim, Role.MEMBER))
    office.browser = Desk(person=office.owner, workspace_id=office.workspace_id)
    account_id = an_account(office.workspace_id, office.owner)
    connected(office.workspace_id, account_id, office.owner)
    first, second = (chat.id for chat in chats_of(office.workspace_id, account_id, 2))
    person = office.browser.send("POST", "/columns", {"name": "Helper", "type": "person"}).body["id"]
    rows = [(first, "ada byron", f"@{tim.user_id}"), (second, "Tim Tester", "Nobody")]
    done = office.imported(rows, "assignee", f"column:{person}")
    assert (done["changed"], done["counts"]["faults"]) == (2, 2)
    assert office.cards("assignee") == [office.owner.user_id, None]
    [chat, _] = office.browser.get("/chats").body["chats"]
    assert chat["values"][person]["value"] == tim.user_id


def test_its_end_is_told_to_whoever_began_it_and_assignees_are_told_once(local_aws: LocalAws) -> None:
    office = ImportOffice(12)
    tim = a_person("Tim Tester")
    give = a_workspace((office.owner, Role.OWNER), (tim, Role.MEMBER))
    office.workspace_id, office.browser = give, Desk(person=office.owner, workspace_id=give)
    account_id = an_account(give, office.owner, tim)
    connected(give, account_id, office.owner, tim)
    office.imported([(chat.id, "Tim Tester") for chat in chats_of(give, account_id, 12)], "assignee")
    assert told(give, office.owner.user_id) == [NoticeKind.IMPORT_FINISHED]
    assert told(give, tim.user_id) == [NoticeKind.CHAT_ASSIGNED]


def told(workspace_id: Any, user_id: UserId) -> list[NoticeKind]:
    """What a member was told."""
    return [each.notice.kind for each in Notices(a_job(workspace_id), user_id).newest(before=None, limit=9)]


def test_a_column_that_is_deleted_meanwhile_takes_nothing(office: ImportOffice) -> None:
    checked = office.checked([(office.chat_ids[0], "Won", "high")], office.field, "priority")
    office.browser.send("DELETE", f"/columns/{office.column}")
    assert office.run(checked["id"]).body["changed"] == 1
    assert office.cards("priority") == ["high", None, None]


def test_a_broken_line_far_down_leaves_everything_as_it_is(office: ImportOffice) -> None:
    rows = [(office.chat_ids[0], "Won"), *[("nobody", "x")] * 9, (office.chat_ids[1], '"Lost')]
    checked = office.checked(rows, office.field)
    assert (checked["state"], checked["trouble_line"]) == ("unreadable", 12)
    refused = office.run(checked["id"])
    assert (refused.status, refused.code, refused.body["standing"]) == (
        409,
        "import-not-ready",
        {"state": "unreadable"},
    )
    assert office.values() == [None, None, None]


def test_a_file_of_too_many_rows_is_refused_and_nothing_is_written(
    office: ImportOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.features.imports.use_cases.checking.MAX_ROWS", 2)
    checked = office.checked([(each, "Won") for each in office.chat_ids], office.field)
    assert (checked["state"], checked["trouble_line"]) == ("unreadable", 4)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04workbook", b'a,b\n"1,2\n', b"\xff\xff\xff\xff", b"\xff\xfea"])
def test_what_is_no_csv_is_refused_at_once_and_not_kept(office: ImportOffice, content: bytes) -> None:
    file_id = put_up(office.browser, "import", content or b"\n", CSV, "leads.csv")
    answer = office.browser.send("POST", "/imports", {"file_id": file_id})
    assert (answer.status, answer.code) == (422, "import-unreadable")
    assert office.browser.get(f"/files/{file_id}").code == "file-not-found"


def test_a_file_to_import_has_at_most_20_mb(office: ImportOffice) -> None:
    answer = form(office.browser, "import", MAX_IMPORT_BYTES + 1, CSV, "leads.csv")
    assert (answer.status, answer.code) == (422, "file-unfit")


@pytest.mark.parametrize(
    ("plan", "status", "code"),
    [
        ({"match_column": 7}, 422, "import-plan-invalid"),
        ({"targets": [{"column": 9, "field": "email"}]}, 422, "import-plan-invalid"),
        ({"targets": []}, 422, "import-plan-invalid"),
        ({"targets": [{"column": 1, "field": "email"}] * 2}, 422, "import-plan-invalid"),
        ({"targets": [{"column": 1, "field": "title"}]}, 422, "bulk-field-invalid"),
        ({"targets": [{"column": 1, "field": "column:" + "0" * 26}]}, 404, "column-not-found"),
        ({"targets": [{"column": 1, "field": "email", "make_options": True}]}, 422, "import-plan-invalid"),
        ({"match_by": "phone"}, 422, "invalid"),
        ({"empty_cells": "maybe"}, 422, "invalid"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(
    office: ImportOffice, plan: dict[str, Any], status: int, code: str
) -> None:
    import_id = office.begun(a_file([(office.chat_ids[0], "Won")]))
    body = {"match_by": "chat_id", "match_column": 0, "targets": [{"column": 1, "field": "email"}], **plan}
    answer = office.browser.send("POST", f"/imports/{import_id}/check", body)
    assert (answer.status, answer.code) == (status, code)
    assert office.run(import_id).code == "import-not-ready"


def test_a_plan_can_be_made_anew_until_it_is_written(office: ImportOffice) -> None:
    import_id = office.begun(a_file([(office.chat_ids[0], "Won")]))
    assert office.check(import_id, "phone").body["counts"]["faults"] == 1
    again = office.check(import_id, office.field).body
    assert (again["counts"]["rows"], again["counts"]["faults"]) == (1, 0)
    assert office.faults(import_id) == []
    assert office.run(import_id).body["changed"] == 1
    assert office.check(import_id, "phone").code == "import-not-ready"
    assert office.run(import_id).code == "import-not-ready"


def test_admins_and_owners_import_and_members_do_not(office: ImportOffice) -> None:
    ada, tim = a_person(), a_person("Tim")
    there = a_workspace((ada, Role.ADMIN), (tim, Role.MEMBER))
    assert Desk(person=ada, workspace_id=there).get("/imports").body == {"imports": []}
    desk = Desk(person=tim, workspace_id=there)
    assert desk.get("/imports").code == "permission-missing"
    assert form(desk, "import", 9, CSV, "leads.csv").code == "permission-missing"


def test_an_import_that_is_prepared_is_nobody_elses_and_a_written_one_any_admins_to_take_back(
    local_aws: LocalAws,
) -> None:
    office, olga = ImportOffice(1), a_person("Olga")
    office.workspace_id = a_workspace((office.owner, Role.OWNER), (olga, Role.ADMIN))
    office.browser = Desk(person=office.owner, workspace_id=office.workspace_id)
    account_id = an_account(office.workspace_id, office.owner)
    [chat] = chats_of(office.workspace_id, account_id, 1)
    checked = office.checked([(chat.id, "high")], "priority")
    hers = Desk(person=olga, workspace_id=office.workspace_id)
    path = f"/imports/{checked['id']}"
    assert hers.get("/imports").body == {"imports": []}
    assert {hers.get(path).status, hers.send("POST", f"{path}/run").status, hers.send("DELETE", path).status} == {404}
    office.run(checked["id"])
    assert [each["id"] for each in hers.get("/imports").body["imports"]] == [checked["id"]]
    assert {hers.get(f"{path}/{part}").status for part in ("faults", "options")} == {404}
    assert hers.send("POST", f"{path}/undo").body["restored"] == 1


def test_a_file_is_kept_for_its_import_alone(office: ImportOffice) -> None:
    import_id = office.begun(a_file([(office.chat_ids[0], "Won")]))
    [file_id] = [each.file_id for each in _imports(office)]
    assert len(office.browser.get(f"/files/{file_id}").body["url"]) > 0
    assert office.browser.send("DELETE", f"/imports/{import_id}").status == 204
    assert office.browser.get(f"/imports/{import_id}").code == "import-not-found"
    assert is_gone(office, file_id)


def test_a_file_goes_when_it_is_imported_or_was_waiting_for_a_day(office: ImportOffice) -> None:
    office.imported([(office.chat_ids[0], "Won")], office.field)
    office.begun(a_file([(office.chat_ids[0], "Lost")]))
    waiting, done = _imports(office)
    assert is_gone(office, done.file_id)
    use_cases.expire_import(done.id, tenant=a_job(office.workspace_id))
    assert office.undo_import(done.id).status == 202
    use_cases.expire_import(waiting.id, tenant=a_job(office.workspace_id))
    assert is_gone(office, waiting.file_id)


def _imports(office: ImportOffice) -> list[Any]:
    return use_cases.list_imports(tenant=office.owner.handle(office.workspace_id))


def is_gone(office: ImportOffice, file_id: FileId) -> bool:
    """Whether a file is seen by nobody, and is removed once it is collected."""
    seen = office.browser.get(f"/files/{file_id}").status
    files.collect_file(file_id, tenant=a_job(office.workspace_id))
    folder = kept(office.workspace_id)
    return seen == 404 and folder.facts(folder.key_of(file_id)) is None


@pytest.mark.parametrize("import_id", ["nope", "0" * 26])
def test_an_import_nobody_began_is_not_there(office: ImportOffice, import_id: str) -> None:
    assert office.browser.get(f"/imports/{import_id}").code == "import-not-found"
    assert office.run(import_id).code == "import-not-found"
    assert office.undo_import(import_id).code == "import-not-found"


def test_another_workspaces_file_is_not_there(office: ImportOffice) -> None:
    theirs = ImportOffice(1)
    file_id = put_up(theirs.browser, "import", a_file([]), CSV, "leads.csv")
    answers = [office.browser.send("POST", "/imports", {"file_id": each}) for each in (file_id, ids.mint(), "nope")]
    assert {answer.code for answer in answers} == {"file-not-found"}
    comment = put_up(office.browser, "comment", a_file([]), CSV, "leads.csv")
    assert office.browser.send("POST", "/imports", {"file_id": comment}).code == "file-not-found"
