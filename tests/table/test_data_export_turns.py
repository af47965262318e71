"""How an export of the workspace's data is carried on: in turns and parts, by whoever is there, through every death."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from chalicelib.adapters import files, growing_files
from chalicelib.features.exports.model import DataExport, DataExportState, ExportedFile, RequestExport
from chalicelib.features.exports.repository import DataExports
from chalicelib.features.exports.use_cases import contents, get_export, request_export, writing
from chalicelib.features.exports.use_cases.requesting import remove_export
from chalicelib.features.exports.use_cases.writing import write_export
from chalicelib.kernel.ids import ChatId
from chalicelib.kernel.roles import Role
from chalicelib.services import Services
from chalicelib.table import aws
from chalicelib.table.proof import standing_in
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile
from tests.data_exports import Line, unpacked
from tests.deaths import Death
from tests.exports import fetched, kept_keys
from tests.hand_clock import HandClock
from tests.scene import Desk, Person, a_job, a_person, a_workspace, an_account, chats_of, connected

CHATS = 9


class Firm:
    """Olga's workspace, with an account of nine chats and some comments."""

    def __init__(self, clock: HandClock) -> None:
        self.olga: Person = a_person("Olga")
        self.workspace_id = a_workspace((self.olga, Role.OWNER))
        account_id = an_account(self.workspace_id, self.olga)
        connected(self.workspace_id, account_id, self.olga)
        self.chat_ids = [chat.id for chat in chats_of(self.workspace_id, account_id, CHATS)]
        self.handle = self.olga.handle(self.workspace_id, clock)
        self.job: Tenant = a_job(self.workspace_id, clock)
        self._clock = clock

    def comment(self, *texts: str) -> None:
        """Say something about the first chat."""
        desk = Desk(person=self.olga, workspace_id=self.workspace_id)
        for text in texts:
            self._clock.advance(timedelta(milliseconds=1))
            assert desk.send("POST", f"/chats/{self.chat_ids[0]}/comments", {"text": text}).status == 201

    def ask(self, *chat_ids: ChatId) -> DataExport:
        """Have the data exported, or some chats alone."""
        self._clock.advance(timedelta(minutes=1))
        return request_export(RequestExport(chat_ids=chat_ids or None), tenant=self.handle).export

    def turn(self, export: DataExport) -> bool:
        """A turn at it."""
        return write_export(self.olga.user_id, export.id, tenant=self.job)

    def to_the_end(self, export: DataExport) -> int:
        """Write it to its end; how many turns that took."""
        turns = 1
        while not self.turn(export):
            turns += 1
        return turns

    def standing(self, export: DataExport) -> DataExport:
        """How far it has come."""
        found = DataExports(self.job).get(self.olga.user_id, export.id)
        assert found is not None
        return found

    def parts(self, export: DataExport) -> int:
        """How many parts of its zip are stored."""
        growth = self.standing(export).growth
        return 0 if growth is None else len(growth.parts)

    def unpacked(self, export: DataExport) -> dict[str, list[Line]]:
        """What is in it."""
        told = get_export(export.id, tenant=self.handle)
        assert told.state is DataExportState.DONE
        return unpacked(fetched(told.link or ""))


@pytest.fixture
def firm(on_test_clock: Services, clock: HandClock) -> Firm:
    return Firm(clock)


@pytest.fixture(autouse=True)
def _small_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page a turn, of two, and half a kilobyte a part, so that a few chats are a large workspace."""
    monkeypatch.setattr(contents, "_PAGE", 2)
    monkeypatch.setattr(contents, "_COMMENTS", 2)
    monkeypatch.setattr(writing, "TURN_FOR", timedelta())
    monkeypatch.setattr(growing_files, "PART_BYTES", 500)


def test_it_is_written_in_turns_and_tells_how_far_it_is(firm: Firm) -> None:
    asked = firm.ask()
    seen = []
    while not firm.turn(asked):
        told = get_export(asked.id, tenant=firm.handle).export
        seen.append((told.place.file, told.percent, told.lines.get(ExportedFile.CHATS, 0)))
    percents = [percent for _, percent, _ in seen]
    assert percents == sorted(percents)
    assert [lines for file, _, lines in seen if file is ExportedFile.CHATS] == [0, 2, 4, 6, 8]
    assert [line["id"] for line in firm.unpacked(asked)["chats"]] == firm.chat_ids


def test_comments_come_whole_however_their_pages_fall(firm: Firm) -> None:
    said = [f"number {number}" for number in range(7)]
    firm.comment(*said)
    asked = firm.ask()
    firm.to_the_end(asked)
    assert [line["text"] for line in firm.unpacked(asked)["comments"]] == said[::-1]


def test_no_more_than_a_part_and_a_line_is_held_or_sent_at_once(firm: Firm) -> None:
    """The zip is streamed: what is in memory does not grow with the workspace."""
    asked, sizes = firm.ask(), list[int]()

    def noting(params: dict[str, Any], **_: Any) -> None:
        sizes.append(len(params["Body"]))

    events = aws.client("s3").meta.events
    events.register("provide-client-params.s3.UploadPart", noting)
    try:
        firm.to_the_end(asked)
    finally:
        events.unregister("provide-client-params.s3.UploadPart", noting)
    assert len(sizes) > 2
    assert all(size >= 500 for size in sizes[:-1])
    assert sum(sizes) == firm.standing(asked).archive.size


def test_a_file_that_grows_beyond_what_spreadsheets_open_goes_on_in_another(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MAX_LINES", 4)
    asked = firm.ask()
    firm.to_the_end(asked)
    files_of_chats = {name: lines for name, lines in firm.unpacked(asked).items() if name.startswith("chats")}
    assert {name: len(lines) for name, lines in files_of_chats.items()} == {"chats": 4, "chats-2": 4, "chats-3": 1}
    assert [line["id"] for lines in files_of_chats.values() for line in lines] == firm.chat_ids


def test_whenever_it_is_killed_the_zip_has_every_line_once(
    on_test_clock: Services, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before one call to S3 or write and after the next: whoever takes over ends up with the same files."""
    monkeypatch.setattr(contents, "_PAGE", 5)
    firm, is_struck, struck = Firm(clock), True, 0
    while is_struck:
        asked = firm.ask()
        is_struck = Death(struck).strikes(partial(firm.to_the_end, asked))
        firm.to_the_end(asked)
        found = firm.unpacked(asked)
        assert [line["id"] for line in found["chats"]] == firm.chat_ids, struck
        assert len(found["activity"]) == firm.standing(asked).lines[ExportedFile.ACTIVITY], struck
        struck += 3
    assert struck > 25


def test_of_two_who_carry_it_on_at_once_one_gives_way(firm: Firm) -> None:
    asked = firm.ask()
    firm.turn(asked)
    slow = writing._Turn(firm.standing(asked), standing_in(firm.job, firm.olga.user_id))
    slow.is_last_page()
    firm.to_the_end(asked)
    with pytest.raises(ChangedMeanwhile):
        slow.pause()
    assert [line["id"] for line in firm.unpacked(asked)["chats"]] == firm.chat_ids


def test_a_part_that_somebody_stored_over_another_spoils_no_line(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = firm.ask()
    firm.turn(asked)
    slow = writing._Turn(firm.standing(asked), standing_in(firm.job, firm.olga.user_id))
    while not firm.parts(asked):
        firm.turn(asked)
    with monkeypatch.context() as differing:
        differing.setattr(writing, "csv_lines", lambda _rows: bytes(range(256)) * 4)
        slow.is_last_page()
    with pytest.raises(ChangedMeanwhile):
        slow.pause()
    firm.to_the_end(asked)
    assert [line["id"] for line in firm.unpacked(asked)["chats"]] == firm.chat_ids


def test_a_column_that_is_made_or_deleted_meanwhile_leaves_the_lines_straight(firm: Firm) -> None:
    desk = Desk(person=firm.olga, workspace_id=firm.workspace_id)
    stage = desk.send("POST", "/columns", {"name": "Stage", "type": "text"}).body["id"]
    path = f"/chats/{firm.chat_ids[-1]}/values/{stage}"
    assert desk.send("PUT", path, {"value": "Won", "version": None}).status == 200
    asked = firm.ask()
    while firm.standing(asked).lines.get(ExportedFile.CHATS, 0) < 4:
        firm.turn(asked)
    assert desk.send("DELETE", f"/columns/{stage}").status == 204
    assert desk.send("POST", "/columns", {"name": "Later", "type": "text"}).status == 201
    firm.to_the_end(asked)
    lines = firm.unpacked(asked)["chats"]
    assert {line["Stage"] for line in lines} == {""}
    assert not any("Later" in line or None in line for line in lines)


def test_a_selection_is_written_in_turns_with_every_chat_once(firm: Firm) -> None:
    chosen = firm.chat_ids[1:8]
    asked = firm.ask(*reversed(chosen), *chosen)
    assert firm.to_the_end(asked) == 4
    assert [line["id"] for line in firm.unpacked(asked)["chats"]] == chosen


def test_an_export_that_was_never_finished_leaves_nothing_behind(firm: Firm) -> None:
    asked = firm.ask(*firm.chat_ids)
    firm.turn(asked)
    assert len(kept_keys(asked.file_key)) == 2
    remove_export(firm.olga.user_id, asked.id, tenant=firm.job)
    assert (kept_keys(asked.file_key), DataExports(firm.job).chats_of(asked)) == ([], [])
    assert firm.turn(asked) is True


def test_it_is_erased_with_the_workspace(firm: Firm) -> None:
    """Erasing empties the workspace's folder, unfinished zips included (product.md section 14)."""
    done, begun = firm.ask(), firm.ask()
    firm.to_the_end(done)
    firm.turn(begun)
    folder = files.kept(firm.workspace_id)
    assert folder.count() > 2
    while folder.purge():
        pass
    assert (kept_keys(done.file_key), kept_keys(begun.file_key)) == ([], [])
