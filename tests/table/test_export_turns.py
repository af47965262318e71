"""How an export is carried on: in bounded turns and parts, by whoever is there, through every death."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from chalicelib.adapters import growing_files
from chalicelib.features.journal.model import ExportState, Filters, csv_cells
from chalicelib.features.journal.repository import Exports
from chalicelib.features.journal.use_cases import activity, exports, get_export, request_export, write_export
from chalicelib.features.privacy.model import UNDO_FOR, Deletion
from chalicelib.features.privacy.repository.workspaces import Profiles
from chalicelib.features.privacy.use_cases.workspace_deletion import put_deletion
from chalicelib.kernel.ids import ExportId
from chalicelib.table import aws
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import ChangedMeanwhile
from tests.api_client import ApiClient
from tests.conftest import a_workspace
from tests.deaths import Death
from tests.exports import Desk, fetched, kept_keys, lines_of, targets
from tests.hand_clock import HandClock
from tests.log import handle, notes
from tests.people import People, Person


@pytest.fixture
def olga(people: People) -> Person:
    return people.new("Olga Ownerova")


@pytest.fixture
def desk(api: ApiClient, olga: Person, clock: HandClock) -> Desk:
    return Desk(api, olga, clock)


@pytest.fixture(autouse=True)
def _small_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four entries a turn and half a kilobyte a part, so that a few entries are a large log."""
    monkeypatch.setattr(activity, "STRETCH", 2)
    monkeypatch.setattr(exports, "CHUNKS_A_TURN", 2)
    monkeypatch.setattr(growing_files, "PART_BYTES", 500)


def carried_on(export_id: ExportId, tenant: Tenant) -> int:
    """Write an export to its end; how many turns that took."""
    turns = 1
    while not write_export(export_id, tenant=tenant):
        turns += 1
    return turns


def test_a_long_log_is_written_in_turns_and_tells_how_far_it_is(desk: Desk, olga: Person, clock: HandClock) -> None:
    tenant = handle(olga, clock)
    notes(tenant, clock, [str(number) for number in range(11)], every=timedelta(hours=1))
    asked = ExportId(desk.ask().body["id"])
    seen = []
    while not write_export(asked, tenant=tenant):
        told = desk.look(asked).body
        seen.append((told["state"], told["done"], told["percent"]))
    assert [(state, done) for state, done, _ in seen] == [("running", 4), ("running", 8), ("running", 12)]
    percents = [percent for _, _, percent in seen]
    assert percents == sorted(percents)
    assert 0 < percents[0] < percents[-1] < 100
    assert targets(lines_of(fetched(desk.look(asked).body["link"]))) == [str(number) for number in range(11)]


def test_no_more_than_a_part_and_a_chunk_is_held_or_sent_at_once(desk: Desk, olga: Person, clock: HandClock) -> None:
    """The file is streamed: what is in memory does not grow with the log."""
    tenant = handle(olga, clock)
    notes(tenant, clock, [str(number) for number in range(20)])
    asked = ExportId(desk.ask().body["id"])
    sizes: list[int] = []

    def noting(params: dict[str, Any], **_: Any) -> None:
        sizes.append(len(params["Body"]))

    events = aws.client("s3").meta.events
    events.register("provide-client-params.s3.UploadPart", noting)
    try:
        assert carried_on(asked, tenant) > 4
    finally:
        events.unregister("provide-client-params.s3.UploadPart", noting)
    whole = len(fetched(desk.look(asked).body["link"]))
    assert len(sizes) > 4
    assert max(sizes) < whole / 4
    assert all(size >= 500 for size in sizes[:-1])
    assert sum(sizes) == whole


def test_a_rare_kind_is_looked_for_in_bounded_turns(desk: Desk, olga: Person, clock: HandClock) -> None:
    tenant = handle(olga, clock)
    notes(tenant, clock, [str(number) for number in range(12)])
    asked = ExportId(desk.ask(kind="workspace").body["id"])
    assert carried_on(asked, tenant) == 4
    assert [line["kind"] for line in lines_of(fetched(desk.look(asked).body["link"]))] == ["workspace.created"]


def test_whenever_it_is_killed_the_file_has_every_entry_once(installation: Installation, clock: HandClock) -> None:
    """Before and after each call to S3 and each write: whoever takes over ends up with the same file."""
    names = [str(number) for number in range(5)]
    is_struck, struck = True, 0
    while is_struck:
        tenant = a_workspace(installation)
        notes(tenant, clock, names)
        clock.advance(timedelta(seconds=1))
        asked = request_export(Filters(), tenant=tenant).export.id
        is_struck = Death(struck).strikes(partial(carried_on, asked, tenant))
        carried_on(asked, tenant)
        told = get_export(asked, tenant=tenant)
        assert (told.state, told.export.entries) == (ExportState.DONE, 6), struck
        assert targets(lines_of(fetched(told.link or ""))) == names, struck
        struck += is_struck
    assert struck > 15


def test_of_two_who_carry_it_on_at_once_one_gives_way(desk: Desk, olga: Person, clock: HandClock) -> None:
    tenant = handle(olga, clock)
    notes(tenant, clock, [str(number) for number in range(9)])
    asked = ExportId(desk.ask().body["id"])
    write_export(asked, tenant=tenant)
    standing = Exports(tenant).get(asked)
    assert standing is not None
    slow = exports._Turn(standing, tenant)
    slow.is_last_chunk()
    carried_on(asked, tenant)
    with pytest.raises(ChangedMeanwhile):
        slow.pause()
    told = desk.look(asked).body
    assert targets(lines_of(fetched(told["link"]))) == [str(number) for number in range(9)]


def test_a_part_that_somebody_stored_over_another_spoils_no_line(
    desk: Desk, olga: Person, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a member was renamed between the two: their lines differ, and so may where a part ends."""
    tenant = handle(olga, clock)
    notes(tenant, clock, [str(number) for number in range(9)])
    asked = ExportId(desk.ask().body["id"])
    standing = Exports(tenant).get(asked)
    assert standing is not None
    slow = exports._Turn(exports._begin(standing, tenant), tenant)
    assert write_export(asked, tenant=tenant) is False
    with monkeypatch.context() as renamed:
        renamed.setattr(exports, "csv_cells", lambda entry: [*csv_cells(entry)[:-1], "another name" * 50])
        slow.is_last_chunk()
    with pytest.raises(ChangedMeanwhile):
        slow.pause()
    carried_on(asked, tenant)
    told = desk.look(asked).body
    assert told["state"] == "done"
    assert targets(lines_of(fetched(told["link"]))) == [str(number) for number in range(9)]
    assert "another name" not in fetched(told["link"]).decode()


def test_an_export_that_was_never_finished_leaves_nothing_behind(desk: Desk, olga: Person, clock: HandClock) -> None:
    tenant = handle(olga, clock)
    notes(tenant, clock, [str(number) for number in range(9)])
    asked = ExportId(desk.ask().body["id"])
    assert write_export(asked, tenant=tenant) is False
    export = Exports(tenant).get(asked)
    assert export is not None
    assert len(kept_keys(export.file_key)) == 2
    exports.remove_export(asked, tenant=tenant)
    assert kept_keys(export.file_key) == []
    assert desk.look(asked).status == 404
    exports.remove_export(asked, tenant=tenant)
    assert write_export(asked, tenant=tenant) is True


def test_an_export_of_a_workspace_that_is_to_be_erased_is_written_no_further(
    tenant: Tenant, installation: Installation, clock: HandClock
) -> None:
    """As long as the deletion can be undone it is: the file is there when the workspace stays."""
    notes(tenant, clock, [str(number) for number in range(9)])
    clock.advance(timedelta(seconds=1))
    asked = request_export(Filters(), tenant=tenant).export
    deletion = Deletion(deletes_at=clock() + UNDO_FOR, can_undo=True)
    put_deletion(Profiles(tenant).require(), deletion, tenant=tenant, installation=installation)
    assert write_export(asked.id, tenant=tenant) is False
    written = kept_keys(asked.file_key)
    clock.advance(UNDO_FOR)
    assert write_export(asked.id, tenant=tenant) is True
    assert kept_keys(asked.file_key) == written
    assert get_export(asked.id, tenant=tenant).state is not ExportState.DONE
