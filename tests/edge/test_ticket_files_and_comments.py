"""Files that hang on tickets, and what is said about tickets."""

import pytest

from chalicelib.features.comments.model import Subject, SubjectKind
from chalicelib.features.comments.repository import Comments
from chalicelib.features.files.repository import Files
from chalicelib.features.tickets.use_cases import purge_comments
from chalicelib.kernel import ids
from chalicelib.kernel.ids import FileId, TicketId
from chalicelib.table import keys
from chalicelib.table.journal import JournalRow
from tests import uploads
from tests.local_aws import LocalAws
from tests.scene import a_job
from tests.ticketing import Helpdesk


@pytest.fixture
def desk(local_aws: LocalAws) -> Helpdesk:
    return Helpdesk()


def test_files_hang_on_a_ticket_and_go_with_it(desk: Helpdesk) -> None:
    first, second = (uploads.put_up(desk.member, "ticket", name=name) for name in ("a.png", "b.png"))
    ticket = desk.ticket(file_ids=[first])
    assert [(file["id"], file["name"]) for file in ticket["files"]] == [(first, "a.png")]
    after = desk.change(ticket, file_ids=[second, first]).body
    assert [file["name"] for file in after["files"]] == ["b.png", "a.png"]
    [listed] = desk.owner.get("/tickets").body["tickets"]
    assert listed == after
    assert desk.owner.get(f"/files/{first}").status == 200
    after = desk.change(after, file_ids=[second]).body
    assert [file["name"] for file in after["files"]] == ["b.png"]
    assert desk.owner.get(f"/files/{first}").status == 404
    assert desk.member.send("DELETE", f"/tickets/{ticket['id']}").status == 204
    assert desk.owner.get(f"/files/{second}").status == 404


def test_a_file_of_somebody_else_or_for_something_else_hangs_on_no_ticket(desk: Helpdesk) -> None:
    theirs, for_a_comment = uploads.put_up(desk.owner, "ticket"), uploads.put_up(desk.member, "comment")
    ticket = desk.ticket()
    for file_id in (theirs, for_a_comment, "nope", ids.mint()):
        made = desk.member.send("POST", "/tickets", {"title": "x", "file_ids": [file_id]})
        changed = desk.change(ticket, file_ids=[file_id])
        assert (made.code, changed.code) == ("file-not-found", "file-not-found")
    assert len(desk.listed()) == 1


def test_two_tickets_do_not_share_a_file(desk: Helpdesk) -> None:
    file_id = uploads.put_up(desk.member, "ticket")
    desk.ticket(file_ids=[file_id])
    assert desk.member.send("POST", "/tickets", {"title": "x", "file_ids": [file_id]}).code == "file-not-found"


@pytest.mark.parametrize("file_ids", [["a"] * 2, [str(number) for number in range(11)]])
def test_a_list_of_files_that_can_not_be_is_refused(desk: Helpdesk, file_ids: list[str]) -> None:
    answer = desk.member.send("POST", "/tickets", {"title": "x", "file_ids": file_ids})
    assert answer.status == 422


def test_comments_on_a_ticket_are_threads_that_every_member_reads(desk: Helpdesk) -> None:
    path = f"/tickets/{desk.ticket()['id']}/comments"
    said = desk.member.send("POST", path, {"text": "Who has the toner?"})
    assert said.status == 201
    answered = desk.owner.send("POST", path, {"text": "I do.", "answers": said.body["id"]})
    assert answered.status == 201
    [thread] = desk.member.get(path).body["threads"]
    assert (thread["comment"]["text"], [each["text"] for each in thread["answers"]]) == (
        "Who has the toner?",
        ["I do."],
    )
    edited = desk.owner.send("PATCH", f"{path}/{answered.body['id']}", {"text": "Not I."})
    assert edited.body["text"] == "Not I."
    assert desk.owner.send("PATCH", f"{path}/{said.body['id']}", {"text": "x"}).code == "comment-not-yours"
    assert desk.owner.send("DELETE", f"{path}/{said.body['id']}").status == 204
    [thread] = desk.member.get(path).body["threads"]
    assert thread["comment"]["is_deleted"]


@pytest.mark.parametrize("ticket_id", ["nope", "0" * 26])
def test_nothing_is_said_about_a_ticket_that_is_not_there(desk: Helpdesk, ticket_id: str) -> None:
    path = f"/tickets/{ticket_id}/comments"
    assert desk.member.get(path).code == "ticket-not-found"
    assert desk.member.send("POST", path, {"text": "x"}).code == "ticket-not-found"
    for method, body in (("PATCH", {"text": "x"}), ("DELETE", None)):
        assert desk.member.send(method, f"{path}/{ids.mint()}", body).code == "ticket-not-found"


def test_what_was_said_about_a_deleted_ticket_is_removed_with_its_files(desk: Helpdesk) -> None:
    ticket = desk.ticket()
    path = f"/tickets/{ticket['id']}/comments"
    file_id = uploads.put_up(desk.member, "comment")
    said = desk.member.send("POST", path, {"text": "See", "file_ids": [file_id]}).body
    desk.owner.send("POST", path, {"text": "Seen", "answers": said["id"]})
    job = a_job(desk.workspace_id)
    purge_comments(TicketId(ticket["id"]), tenant=job)
    assert len(desk.member.get(path).body["threads"]) == 1, "it stands, and so does what was said"
    assert desk.member.send("DELETE", f"/tickets/{ticket['id']}").status == 204
    purge_comments(TicketId(ticket["id"]), tenant=job)
    purge_comments(TicketId(ticket["id"]), tenant=job)
    assert Comments(job, Subject(kind=SubjectKind.TICKET, id=ticket["id"])).newest(limit=9) == []
    found = Files(job).get(FileId(file_id))
    assert found is None or found.place is None
    rows = job.rows(keys.journal_partition(job.now())).query(JournalRow, "0")
    assert [row.event for row in rows].count("comment.purged") == 2
