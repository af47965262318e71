"""Files in columns: put up for a value, attached by writing it, taken off and removed with it."""

import pytest

from chalicelib.features.fields import use_cases as fields
from chalicelib.features.fields.use_cases import purging
from chalicelib.features.files.model import FileState
from chalicelib.features.files.repository import Files
from chalicelib.kernel.ids import ColumnId, FileId
from tests.local_aws import LocalAws
from tests.office import Office
from tests.scene import a_job
from tests.uploads import put_up


@pytest.fixture(scope="module")
def office(local_aws: LocalAws) -> Office:
    return Office(chats=3)


def state_of(office: Office, file_id: str) -> FileState:
    """How far a file has come."""
    found = Files(a_job(office.owner.workspace_id)).get(FileId(file_id))
    assert found is not None
    return found.state


def test_files_put_up_for_a_value_hang_at_it_and_everybody_sees_them(office: Office) -> None:
    column = office.column("files")
    fox, bear = put_up(office.member, "value", name="fox.png"), put_up(office.member, "value", name="bear.png")
    assert office.put(column["id"], [bear, fox]).body["value"] == [bear, fox]
    whole = office.owner.get(f"/chats/{office.chat_id}/values/{column['id']}").body
    assert [file["name"] for file in whole["files"]] == ["bear.png", "fox.png"]
    assert office.owner.get(f"/files/{fox}").status == 200
    assert office.values()[column["id"]]["value"] == [bear, fox]


def test_a_file_taken_off_is_given_up_and_the_others_stay(office: Office) -> None:
    column = office.column("files")
    fox, bear = (put_up(office.member, "value") for _ in range(2))
    office.put(column["id"], [fox, bear])
    assert office.put(column["id"], [bear], 1).status == 200
    assert (state_of(office, fox), state_of(office, bear)) == (FileState.GIVEN_UP, FileState.ATTACHED)
    assert office.put(column["id"], [bear, fox], 2).code == "file-not-found", "what was taken off does not come back"
    assert office.put(column["id"], None, 2).body["value"] is None
    assert state_of(office, bear) is FileState.GIVEN_UP


def test_a_file_hangs_in_one_place_and_only_its_own_person_hangs_it_there(office: Office) -> None:
    column = office.column("files")
    fox, theirs = put_up(office.member, "value"), put_up(office.owner, "value")
    assert office.put(column["id"], [theirs]).code == "file-not-found"
    assert office.put(column["id"], [put_up(office.member, "comment")]).code == "file-not-found"
    office.put(column["id"], [fox])
    assert office.put(column["id"], [fox], chat=1).code == "file-not-found"
    assert column["id"] not in office.values(chat=1)


@pytest.mark.parametrize("misfit", ["x", ["x"], [None], [f"{number:026}" for number in range(21)]])
def test_what_is_no_list_of_twenty_files_at_most_does_not_fit(office: Office, misfit: object) -> None:
    answer = office.put(office.column("files")["id"], misfit)
    assert (answer.status, answer.code) in {(422, "value-invalid"), (422, "invalid")}


def test_files_have_no_default_and_become_no_other_type(office: Office) -> None:
    wish = {"name": "A", "type": "files", "default": ["0" * 26]}
    assert office.owner.send("POST", "/columns", wish).pointers == ["/default"]
    column = office.column("files")
    office.put(column["id"], [put_up(office.member, "value")])
    refused = office.owner.send("POST", f"/columns/{column['id']}/conversion", {"to": "text"})
    assert refused.code == "column-not-convertible"
    empty = office.owner.send("POST", f"/columns/{office.column('files')['id']}/conversion", {"to": "text"})
    assert empty.status == 202, "where nothing would be lost"


def test_chats_are_filtered_by_how_many_files_hang_there(office: Office) -> None:
    column = office.column("files")
    office.put(column["id"], [put_up(office.member, "value") for _ in range(2)], chat=1)
    for operator, value, found in (("gte", 2, [1]), ("filled", None, [1]), ("empty", None, [0, 2])):
        wanted = {"field": f"column:{column['id']}", "is": operator, **({} if value is None else {"value": value})}
        answer = office.member.send("POST", "/chats/query", {"filter": wanted})
        assert answer.status == 200, answer.body
        assert {chat["id"] for chat in answer.body["chats"]} == {office.chat_ids[place] for place in found}


def test_files_are_attached_chat_by_chat(office: Office) -> None:
    attached = [put_up(office.owner, "value")]
    wish = {"field": f"column:{office.column('files')['id']}", "chat_ids": office.chat_ids, "value": attached}
    refused = office.owner.send("POST", "/bulk-edits", wish)
    assert (refused.status, refused.code) == (422, "value-invalid")


def test_a_deleted_column_gives_its_files_up(local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(chats=3)
    column = office.column("files")
    hanging = [put_up(office.member, "value") for _ in range(3)]
    for chat, file_id in enumerate(hanging):
        assert office.put(column["id"], [file_id], chat=chat).status == 200
    monkeypatch.setattr(purging, "CHUNK_FILES", 1)
    assert office.owner.send("DELETE", f"/columns/{column['id']}").status == 204
    assert fields.purge_column(ColumnId(column["id"]), tenant=a_job(office.owner.workspace_id))
    assert {state_of(office, file_id) for file_id in hanging} == {FileState.GIVEN_UP}
