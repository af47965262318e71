"""The log as a file (product.md section 10: CSV export, one a minute): whole, bounded, private, gone after a day."""

import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timedelta
from functools import partial

import pytest

from chalicelib.features.journal.model import CSV_COLUMNS, ExportTooSoon, Filters
from chalicelib.features.journal.use_cases import request_export
from chalicelib.table import keys
from tests import people as everybody
from tests.api_client import ApiClient
from tests.exports import Desk, fetched, lines_of, targets
from tests.hand_clock import HandClock
from tests.log import handle, holding, note, notes
from tests.people import People, Person
from tests.races import at_once

MINUTE = timedelta(minutes=1)


@pytest.fixture
def olga(people: People) -> Person:
    return people.new("Olga Ownerova")


@pytest.fixture
def desk(api: ApiClient, olga: Person, clock: HandClock) -> Desk:
    return Desk(api, olga, clock)


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


def test_an_export_that_stands_still_has_failed(desk: Desk, clock: HandClock) -> None:
    asked = desk.ask().body["id"]
    clock.advance(timedelta(minutes=15))
    assert desk.look(asked).body["state"] == "waiting"
    clock.advance(timedelta(seconds=1))
    assert desk.look(asked).body["state"] == "failed"
    desk.work()
    assert desk.look(asked).body["state"] == "done"
