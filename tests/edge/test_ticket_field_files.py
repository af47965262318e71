"""Files in the own fields of tickets: put up for a value, hung at it by writing it, and gone with field and ticket."""

from typing import Any

import pytest

from chalicelib import due_work
from chalicelib.features.fields.model import ColumnType
from chalicelib.features.files.model import FileState
from chalicelib.features.files.repository import Files
from chalicelib.features.tickets.use_cases import RELEASE_FILES, fielding, purge_field, release_files
from chalicelib.kernel import ids
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.ids import ColumnId, FileId, TicketId, WorkspaceId
from chalicelib.kernel.plans import Plan
from chalicelib.table.due import Poller
from chalicelib.table.tenant import Installation
from tests.handlers import Dropping
from tests.local_aws import LocalAws
from tests.scene import a_job
from tests.ticketing import Helpdesk
from tests.uploads import put_up


class Archive(Helpdesk):
    """A workspace whose tickets have a field of files."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.papers = self.field("Papers")

    def field(self, name: str) -> str:
        """Another field of files; its id."""
        answer = self.owner.send("POST", "/ticket-fields", {"name": name, "type": "files"})
        assert answer.status == 201, answer.body
        return str(answer.body["id"])

    def held(self, ticket: dict[str, Any]) -> Any:
        """What a ticket has in the field."""
        return self.owner.get(f"/tickets/{ticket['id']}").body["values"].get(self.papers)


@pytest.fixture
def desk(local_aws: LocalAws) -> Archive:
    return Archive()


def state_of(workspace_id: WorkspaceId, file_id: str) -> FileState:
    """How far a file has come."""
    found = Files(a_job(workspace_id)).get(FileId(file_id))
    assert found is not None
    return found.state


def test_files_put_up_for_a_value_hang_at_a_ticket_and_everybody_sees_them(desk: Archive) -> None:
    """Own fields of tickets have the types of columns, files among them (product.md section 7)."""
    fox, bear, owl = (put_up(desk.member, "value", name=f"{name}.png") for name in ("fox", "bear", "owl"))
    ticket = desk.ticket(values={desk.papers: [bear, fox]})
    assert ticket["values"] == {desk.papers: [bear, fox]}
    assert desk.owner.get(f"/files/{fox}").body["file"]["name"] == "fox.png"
    after = desk.change(ticket, values={desk.papers: [bear, fox, owl]}).body
    assert desk.owner.get("/tickets").body["tickets"] == [after]
    assert desk.change(after, values={desk.papers: [bear, fox, owl]}).body == after, "what stands is not written again"


def test_a_file_taken_off_is_given_up_and_the_others_stay(desk: Archive) -> None:
    fox, bear = (put_up(desk.member, "value") for _ in range(2))
    ticket = desk.ticket(values={desk.papers: [fox, bear]})
    after = desk.change(ticket, values={desk.papers: [bear]}).body
    assert [state_of(desk.workspace_id, each) for each in (fox, bear)] == [FileState.GIVEN_UP, FileState.ATTACHED]
    assert desk.change(after, values={desk.papers: [bear, fox]}).code == "file-not-found", "it does not come back"
    assert desk.change(after, values={desk.papers: None}).body["values"] == {}
    assert state_of(desk.workspace_id, bear) is FileState.GIVEN_UP


def test_a_file_that_hangs_elsewhere_or_is_somebody_elses_is_no_value(desk: Archive) -> None:
    """A foreign id answers exactly as a missing one (product.md section 1.4)."""
    foreign = Archive()
    theirs = put_up(foreign.member, "value")
    there = put_up(foreign.member, "value")
    foreign.ticket(values={foreign.papers: [there]})
    at_a_ticket, a_tickets_own = put_up(desk.member, "value"), put_up(desk.member, "ticket")
    desk.ticket(values={desk.papers: [at_a_ticket]}, file_ids=[a_tickets_own])
    at_a_chat = put_up(desk.owner, "value")
    column = desk.owner.send("POST", "/columns", {"name": "Papers", "type": "files"}).body["id"]
    wish = {"value": [at_a_chat], "version": None}
    assert desk.owner.send("PUT", f"/chats/{desk.chat_ids[0]}/values/{column}", wish).status == 200
    unfit = [theirs, there, at_a_ticket, a_tickets_own, at_a_chat, put_up(desk.owner, "value"), ids.mint()]
    ticket, mine = desk.ticket(), put_up(desk.member, "value")
    for file_id in unfit:
        answer = desk.change(ticket, values={desk.papers: [mine, file_id]})
        assert (answer.status, answer.code) == (404, "file-not-found")
        made = desk.member.send("POST", "/tickets", {"title": "x", "values": {desk.papers: [file_id]}})
        assert (made.status, made.code) == (404, "file-not-found")
    assert desk.held(ticket) is None
    assert state_of(desk.workspace_id, mine) is FileState.CHECKED
    states = [state_of(foreign.workspace_id, each) for each in (theirs, there)]
    assert states == [FileState.CHECKED, FileState.ATTACHED]


@pytest.mark.parametrize("misfit", ["x", ["x"], [f"{number:026}" for number in range(21)]])
def test_what_is_no_list_of_twenty_files_at_most_does_not_fit(desk: Archive, misfit: object) -> None:
    answer = desk.change(desk.ticket(), values={desk.papers: misfit})
    assert (answer.status, answer.pointers) == (422, [f"/values/{desk.papers}"])


def test_more_than_one_transaction_takes_is_refused_and_nothing_is_written(
    desk: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.features.tickets.use_cases.hanging.MAX_MOVED", 3)
    fox, bear, owl = (put_up(desk.member, "value") for _ in range(3))
    ticket = desk.ticket(values={desk.papers: [fox]})
    answer = desk.change(ticket, values={desk.papers: [bear, owl]})
    assert (answer.status, answer.code, answer.pointers) == (422, "ticket-invalid", ["/values"])
    assert desk.held(ticket) == [fox]
    assert desk.change(ticket, values={desk.papers: [bear]}).status == 200


def test_without_pro_nothing_hangs_at_a_ticket(local_aws: LocalAws) -> None:
    """Working on tickets is of a Pro seat (product.md section 3)."""
    desk = Archive(seats=Plan.BASIC)
    file_id = put_up(desk.member, "value")
    answer = desk.member.send("POST", "/tickets", {"title": "x", "values": {desk.papers: [file_id]}})
    assert (answer.status, answer.code) == (403, "pro-seat-needed")
    assert state_of(desk.workspace_id, file_id) is FileState.CHECKED


def test_a_deleted_field_gives_its_files_up(desk: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    other = desk.field("Pictures")
    going, staying = ([put_up(desk.member, "value") for _ in range(2)] for _ in range(2))
    for place in range(2):
        desk.ticket(values={desk.papers: [going[place]], other: [staying[place]]})
    monkeypatch.setattr(fielding, "CHUNK_FILES", 1)
    assert desk.owner.send("DELETE", f"/ticket-fields/{desk.papers}").status == 204
    assert purge_field(ColumnId(desk.papers), ColumnType.FILES, tenant=a_job(desk.workspace_id))
    assert {state_of(desk.workspace_id, each) for each in going} == {FileState.GIVEN_UP}
    assert {state_of(desk.workspace_id, each) for each in staying} == {FileState.ATTACHED}


def test_a_deleted_ticket_gives_up_the_files_of_its_values_and_of_a_field_deleted_before_it(
    desk: Archive,
) -> None:
    other = desk.field("Pictures")
    fox, bear, owl = (put_up(desk.member, "value") for _ in range(3))
    ticket = desk.ticket(values={desk.papers: [fox], other: [bear]})
    desk.ticket(values={desk.papers: [owl]})
    assert desk.owner.send("DELETE", f"/ticket-fields/{other}").status == 204
    assert desk.member.send("DELETE", f"/tickets/{ticket['id']}").status == 204
    handlers = Dropping({RELEASE_FILES: due_work.HANDLERS[RELEASE_FILES]})
    Poller(handlers, Installation(utc_now)).tick()
    assert {desk.owner.get(f"/files/{each}").status for each in (fox, bear)} == {404}
    assert desk.owner.get(f"/files/{owl}").status == 200
    again = {ColumnId(desk.papers): [fox, owl]}
    release_files(TicketId(ticket["id"]), again, tenant=a_job(desk.workspace_id))
    assert desk.owner.get(f"/files/{owl}").status == 200, "it hangs at another ticket"
