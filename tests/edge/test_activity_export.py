"""The log as a file (product.md section 10: CSV export, one a minute): whole, bounded, private, gone after a day."""

import csv
import io
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from chalicelib import settings
from chalicelib.features.journal.model import CSV_BEGINNING, CSV_COLUMNS, ExportState, ExportTooSoon, Filters
from chalicelib.features.journal.repository import Exports
from chalicelib.features.journal.use_cases import exports, get_export, request_export, write_export
from chalicelib.kernel.ids import ExportId
from chalicelib.table import aws, connection, keys
from chalicelib.table.feeds import SETTLED_S
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import ChangedMeanwhile
from tests import people as everybody
from tests.api_client import Answer, ApiClient
from tests.conftest import a_workspace
from tests.hand_clock import HandClock
from tests.log import handle, holding, note, notes
from tests.people import People, Person
from tests.races import Killed, at_once

SETTLED = timedelta(seconds=SETTLED_S)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def olga(people: People) -> Person:
    return people.new("Olga Ownerova")


@pytest.fixture
def small_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four entries a turn and half a kilobyte a part, so that a few entries are a large log."""
    monkeypatch.setattr(exports, "_CHUNK", 2)
    monkeypatch.setattr(exports, "CHUNKS_A_TURN", 2)
    monkeypatch.setattr(exports, "PART_BYTES", 500)


@pytest.fixture
def desk(api: ApiClient, olga: Person, clock: HandClock) -> "Desk":
    return Desk(api, olga, clock)


class Desk:
    """Exports of Olga's workspace."""

    def __init__(self, api: ApiClient, olga: Person, clock: HandClock) -> None:
        self._api = api
        self._olga = olga
        self._clock = clock
        self.base = f"/workspaces/{olga.workspace_id}/activity"

    def ask(self, by: Person | None = None, /, **filters: str) -> Answer:
        """Have the log exported, up to what happened before this moment."""
        self._clock.advance(timedelta(milliseconds=1))
        return self._api.post(f"{self.base}/exports", filters, (by or self._olga).browser)

    def look(self, export_id: str, by: Person | None = None) -> Answer:
        """How far it has come."""
        return self._api.get(f"{self.base}/exports/{export_id}", (by or self._olga).browser)

    def work(self) -> None:
        """Let time pass until nothing can still be on its way, and due work be done."""
        self._clock.advance(SETTLED)
        while everybody.deliver():
            pass

    def whole(self, **filters: str) -> list[dict[str, str]]:
        """The lines of a fresh export."""
        asked = self.ask(**filters)
        assert asked.status == 202, asked.body
        self.work()
        return lines_of(fetched(self.look(asked.body["id"]).body["link"]))


def kept_keys(beginning: str) -> list[str]:
    """What lies in the bucket under keys that begin so, unfinished uploads included."""
    bucket, storage = settings.current().files_bucket, aws.client("s3")
    whole = storage.list_objects_v2(Bucket=bucket, Prefix=beginning).get("Contents", [])
    unfinished = storage.list_multipart_uploads(Bucket=bucket, Prefix=beginning).get("Uploads", [])
    return [each["Key"] for each in (*whole, *unfinished)]


def fetched(link: str) -> bytes:
    with urllib.request.urlopen(link, timeout=10) as answer:  # noqa: S310
        content: bytes = answer.read()
        return content


def lines_of(content: bytes) -> list[dict[str, str]]:
    """The lines of a file, by column."""
    text = content.decode().removeprefix(CSV_BEGINNING)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def targets(lines: list[dict[str, str]]) -> list[str]:
    """What the notes among them are about."""
    return [line["target"] for line in lines if line["kind"] == "note.changed"]


def carried_on(export_id: ExportId, tenant: Tenant) -> int:
    """Write an export to its end; how many turns that took."""
    turns = 1
    while not write_export(export_id, tenant=tenant):
        turns += 1
    return turns


def test_an_export_is_written_in_the_background_and_handed_out_by_a_link(
    desk: Desk, olga: Person, clock: HandClock
) -> None:
    notes(handle(olga, clock), clock, ["a", "b", "c"])
    clock.advance(MINUTE)
    asked = desk.ask()
    assert (asked.status, asked.body["state"], asked.body["link"], asked.body["percent"]) == (202, "waiting", None, 0)
    everybody.deliver()
    assert desk.look(asked.body["id"]).body["state"] == "waiting"
    desk.work()
    done = desk.look(asked.body["id"]).body
    assert (done["state"], done["percent"]) == ("done", 100)
    lines = lines_of(fetched(done["link"]))
    assert [line["target"] for line in lines][1:] == ["a", "b", "c"]
    assert done["done"] == len(lines)


def test_a_line_has_what_an_entry_has(desk: Desk, olga: Person, clock: HandClock) -> None:
    tenant = handle(olga, clock)
    clock.advance(MINUTE)
    note(tenant, "x", old={"name": "Früher"}, new={"name": 'Später 🦊, "zitiert"\r\nzweite Zeile'})
    clock.advance(MINUTE)
    at = clock() - MINUTE
    *_, line = desk.whole()
    assert line == {
        "id": line["id"],
        "at": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z",
        "kind": "note.changed",
        "actor_kind": "user",
        "actor_id": olga.user_id,
        "actor": "Olga Ownerova",
        "target": "x",
        "target_name": 'Später 🦊, "zitiert"\r\nzweite Zeile',
        "old": '{"name":"Früher"}',
        "new": '{"name":"Später 🦊, \\"zitiert\\"\\r\\nzweite Zeile"}',
        "address": olga.browser.address,
        "device": olga.browser.device,
    }


def test_the_file_is_utf_8_and_says_so_to_excel(desk: Desk, clock: HandClock) -> None:
    asked = desk.ask().body["id"]
    desk.work()
    content = fetched(desk.look(asked).body["link"])
    assert content.startswith(b"\xef\xbb\xbf")
    header, _, _ = content.decode("utf-8-sig").partition("\r\n")
    assert header == ",".join(f'"{name}"' for name in CSV_COLUMNS)


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(desk: Desk, olga: Person, clock: HandClock, begins: str) -> None:
    evil = f'{begins}HYPERLINK("http://evil.example",A1)'
    tenant = handle(olga, clock)
    clock.advance(MINUTE)
    note(tenant, "x", new={"name": evil})
    clock.advance(MINUTE)
    [line] = desk.whole(target="x")
    assert line["target_name"] == f"'{evil}"


def test_the_same_filters_as_the_page_s_decide_what_is_in_the_file(
    desk: Desk, olga: Person, people: People, clock: HandClock, api: ApiClient
) -> None:
    max_ = people.new("Max")
    people.join(max_, olga)
    notes(handle(olga, clock), clock, ["a", "b"])
    today, tomorrow = (f"{clock() + timedelta(days=days):%Y-%m-%d}" for days in (0, 1))
    for filters in (
        {"kind": "note"},
        {"kind": "member.joined"},
        {"target": "b"},
        {"actor": max_.user_id},
        {"from": today, "kind": "note"},
        {"to": today, "actor": olga.user_id},
        {"from": tomorrow},
    ):
        clock.advance(MINUTE)
        page = api.get(f"{desk.base}?{urllib.parse.urlencode(filters)}", olga.browser).body["entries"]
        shown = [entry["id"] for entry in page if not entry["kind"].startswith("activity.")]
        lines = desk.whole(**filters)
        assert [line["id"] for line in lines if not line["kind"].startswith("activity.")] == shown[::-1], filters


def test_an_export_stands_in_the_log_itself(desk: Desk, olga: Person, clock: HandClock, api: ApiClient) -> None:
    """Exports are among what the log keeps (product.md section 10)."""
    asked = desk.ask(kind="workspace").body["id"]
    desk.work()
    entries = api.get(f"{desk.base}?kind=activity", olga.browser).body["entries"]
    told = {entry["kind"]: (entry["target"], entry["actor"]["kind"], entry["new"]) for entry in entries}
    assert told == {
        "activity.export_requested": (asked, "user", {"kind": "workspace"}),
        "activity.exported": (asked, "system", {"entries": 1}),
    }


def test_members_do_not_export_the_log_and_every_admin_may_fetch_what_another_asked_for(
    desk: Desk, olga: Person, people: People, clock: HandClock
) -> None:
    """Activity log: export no / yes / yes (product.md section 3)."""
    admin, member, eve = people.new("Ada"), people.new("Max"), people.new("Eve")
    people.join(admin, olga, role="admin")
    people.join(member, olga)
    asked = desk.ask(admin).body["id"]
    desk.work()
    assert desk.look(asked, olga).body["state"] == "done"
    for refused in (desk.ask(member), desk.look(asked, member)):
        assert (refused.status, refused.code) == (403, "permission-missing")
    assert desk.look(asked, eve).status == 404


def test_another_workspace_s_export_is_not_there(desk: Desk, people: People, clock: HandClock, api: ApiClient) -> None:
    eve = people.new("Eve")
    theirs = Desk(api, eve, clock).ask().body["id"]
    assert desk.look(theirs).code == "export-not-found"


def test_the_file_is_private_and_its_link_lasts_five_minutes(desk: Desk, olga: Person, clock: HandClock) -> None:
    asked = desk.ask().body["id"]
    desk.work()
    done = desk.look(asked).body
    assert datetime.fromisoformat(done["link_expires_at"]) == clock() + timedelta(minutes=5)
    link = urllib.parse.urlsplit(done["link"])
    assert urllib.parse.parse_qs(link.query)["X-Amz-Expires"] == ["300"]
    assert f"/{olga.workspace_id}/" in link.path
    with pytest.raises(urllib.error.HTTPError, match="403"):
        fetched(link._replace(query="").geturl())


def test_the_log_is_exported_once_a_minute(desk: Desk, people: People, clock: HandClock, api: ApiClient) -> None:
    assert desk.ask().status == 202
    clock.advance(timedelta(seconds=20))
    refused = desk.ask()
    assert (refused.status, refused.code, refused.headers["Retry-After"]) == (429, "export-too-soon", "40")
    assert Desk(api, people.new("Eve"), clock).ask().status == 202
    clock.advance(timedelta(seconds=40))
    assert desk.ask().status == 202


def test_two_who_ask_at_once_start_one(
    desk: Desk, olga: Person, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tenant = handle(olga, clock)
    asked = at_once([lambda: request_export(Filters(), tenant=tenant)] * 2, monkeypatch)
    refusals = [outcome for outcome in asked if outcome is ExportTooSoon]
    assert len(refusals) == 1
    rows = tenant.rows(keys.WORKSPACE).plain(keys.EXPORTS)
    assert len(rows) == 1


def test_an_odd_period_is_refused(desk: Desk) -> None:
    refused = desk.ask(**{"from": "2026-11-02", "to": "2026-11-01"})
    assert (refused.status, refused.code) == (422, "period-invalid")


@pytest.mark.usefixtures("small_turns")
def test_a_long_log_is_written_in_turns_and_tells_how_far_it_is(desk: Desk, olga: Person, clock: HandClock) -> None:
    tenant = handle(olga, clock)
    notes(tenant, clock, [str(number) for number in range(11)], every=timedelta(hours=1))
    asked = ExportId(desk.ask().body["id"])
    seen = []
    clock.advance(SETTLED)
    while not write_export(asked, tenant=tenant):
        told = desk.look(asked).body
        seen.append((told["state"], told["done"], told["percent"]))
    assert [(state, done) for state, done, _ in seen] == [("running", 4), ("running", 8), ("running", 12)]
    percents = [percent for _, _, percent in seen]
    assert percents == sorted(percents)
    assert 0 < percents[0] < percents[-1] < 100
    assert targets(lines_of(fetched(desk.look(asked).body["link"]))) == [str(number) for number in range(11)]


@pytest.mark.usefixtures("small_turns")
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


def test_a_rare_kind_is_looked_for_in_bounded_turns(
    desk: Desk, olga: Person, clock: HandClock, small_turns: None
) -> None:
    tenant = handle(olga, clock)
    notes(tenant, clock, [str(number) for number in range(12)])
    asked = ExportId(desk.ask(kind="workspace").body["id"])
    assert carried_on(asked, tenant) == 4
    assert [line["kind"] for line in lines_of(fetched(desk.look(asked).body["link"]))] == ["workspace.created"]


class Death:
    """Kills the process at its n-th call that changes something: before it is sent, or when its answer is there."""

    def __init__(self, at: int) -> None:
        self._left = at

    def strikes(self, act: Callable[[], object]) -> bool:
        """Whether it came while this was done."""
        events = [client.meta.events for client in (aws.client("s3"), connection.writer())]
        for each in events:
            each.register("before-send", self._pass)
            each.register("after-call", self._pass)
        try:
            act()
        except Killed:
            return True
        finally:
            for each in events:
                each.unregister("before-send", self._pass)
                each.unregister("after-call", self._pass)
        return False

    def _pass(self, **_: Any) -> None:
        if self._left == 0:
            raise Killed
        self._left -= 1


@pytest.mark.usefixtures("small_turns")
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


@pytest.mark.usefixtures("small_turns")
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


def test_what_was_still_on_its_way_when_it_was_asked_for_is_in_the_file(
    desk: Desk, olga: Person, clock: HandClock
) -> None:
    tenant = handle(olga, clock)
    clock.advance(MINUTE)
    with holding() as held:
        held.send(partial(note, tenant), "late")
        clock.advance(timedelta(seconds=1))
        asked = desk.ask().body["id"]
        clock.advance(timedelta(seconds=3))
        everybody.deliver()
        held.let_go("late")
    desk.work()
    assert targets(lines_of(fetched(desk.look(asked).body["link"]))) == ["late"]


def test_what_happens_after_it_was_asked_for_is_not_in_the_file(desk: Desk, olga: Person, clock: HandClock) -> None:
    asked = desk.ask().body["id"]
    notes(handle(olga, clock), clock, ["later"])
    desk.work()
    assert targets(lines_of(fetched(desk.look(asked).body["link"]))) == []


def test_the_file_is_gone_after_a_day(desk: Desk, clock: HandClock) -> None:
    asked = desk.ask().body["id"]
    desk.work()
    done = desk.look(asked).body
    assert datetime.fromisoformat(done["removed_at"]) == clock() + timedelta(hours=24)
    clock.advance(timedelta(hours=24) - timedelta(seconds=1))
    everybody.deliver()
    assert desk.look(asked).status == 200
    clock.advance(timedelta(seconds=1))
    everybody.deliver()
    gone = desk.look(asked)
    assert (gone.status, gone.code) == (404, "export-not-found")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetched(done["link"])


@pytest.mark.usefixtures("small_turns")
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


def test_an_export_that_stands_still_has_failed(desk: Desk, clock: HandClock) -> None:
    asked = desk.ask().body["id"]
    clock.advance(timedelta(minutes=15))
    assert desk.look(asked).body["state"] == "waiting"
    clock.advance(timedelta(seconds=1))
    assert desk.look(asked).body["state"] == "failed"
    desk.work()
    assert desk.look(asked).body["state"] == "done"
