"""The activity log (product.md section 10): every change, newest first, by filters, to each as far as they may see."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from chalicelib.features.journal import repository
from chalicelib.features.journal.use_cases import activity
from chalicelib.kernel import ids
from chalicelib.kernel.actors import system
from chalicelib.table import cipher, connection
from chalicelib.table.cipher import Purpose
from chalicelib.table.tenant import for_job
from tests import scene
from tests.api_client import Answer, ApiClient
from tests.hand_clock import HandClock
from tests.log import handle, note, notes
from tests.people import People, Person

BEGINNING = datetime(2026, 8, 3, 12, tzinfo=UTC)
"""Three months before the tests' now, so that a log has months to go through."""


@pytest.fixture
def olga(people: People, clock: HandClock) -> Person:
    """The Owner of a workspace that is some months old."""
    clock.set(BEGINNING)
    return people.new("Olga Ownerova")


@pytest.fixture
def log(api: ApiClient, olga: Person) -> "Log":
    return Log(api, olga)


class Log:
    """The log of a workspace, as its Owner reads it unless somebody else is named."""

    def __init__(self, api: ApiClient, owner: Person) -> None:
        self._api = api
        self._owner = owner
        self._path = f"/workspaces/{owner.workspace_id}/activity"

    def ask(self, by: Person | None = None, /, **query: str) -> Answer:
        """One request; `from_` is the parameter `from`."""
        text = urlencode({name.rstrip("_"): value for name, value in query.items()})
        return self._api.get(f"{self._path}?{text}", (by or self._owner).browser)

    def page(self, by: Person | None = None, /, **query: str) -> list[dict[str, Any]]:
        """The entries of one page."""
        answer = self.ask(by, **query)
        assert answer.status == 200, answer.body
        entries: list[dict[str, Any]] = answer.body["entries"]
        return entries

    def pages(self, **query: str) -> Iterator[dict[str, Any]]:
        """Every page, to the beginning of the log."""
        cursor: dict[str, str] = {}
        while True:
            body = self.ask(**query, **cursor).body
            yield body
            if body["next_cursor"] is None:
                return
            cursor = {"cursor": body["next_cursor"]}

    def targets(self, **query: str) -> list[str]:
        """What the entries of all pages are about, but for those of the workspace's founding."""
        found = [entry for page in self.pages(**query) for entry in page["entries"]]
        return [entry["target"] for entry in found if entry["kind"].startswith("note.")]


@pytest.fixture
def queries(log: Log) -> Iterator[list[str]]:
    """The partitions that are queried, in order."""
    asked: list[str] = []

    def noting(params: dict[str, Any], **_: Any) -> None:
        asked.append(params["ExpressionAttributeValues"][":pk"]["S"])

    events = connection.client().meta.events
    events.register("provide-client-params.dynamodb.Query", noting)
    yield asked
    events.unregister("provide-client-params.dynamodb.Query", noting)


def test_the_log_comes_newest_first_in_pages_of_fifty_through_all_its_months(
    log: Log, olga: Person, people: People, clock: HandClock
) -> None:
    names = [str(number) for number in range(120)]
    notes(handle(olga, clock), clock, names, every=timedelta(hours=14))
    people.sign_in(olga.email, olga.browser)
    assert f"{clock():%Y-%m}" == "2026-10"
    sizes = [len(page["entries"]) for page in log.pages()]
    assert sizes[:2] == [50, 50]
    assert log.targets() == names[::-1]
    moments = [entry["at"] for page in log.pages() for entry in page["entries"]]
    assert moments == sorted(moments, reverse=True)


def test_a_page_asks_for_no_month_it_does_not_need(
    log: Log, olga: Person, people: People, clock: HandClock, queries: list[str]
) -> None:
    tenant = handle(olga, clock)
    for _ in range(3):
        notes(tenant, clock, [str(number) for number in range(60)])
        clock.advance(timedelta(days=30))
    people.sign_in(olga.email, olga.browser)
    queries.clear()
    log.page(kind="note")
    assert [pk for pk in queries if "JOURNAL" in pk] == [f"WS#{olga.workspace_id}#JOURNAL#2026-10#1"]


def test_a_month_without_entries_is_passed_over(
    log: Log, olga: Person, people: People, clock: HandClock, queries: list[str]
) -> None:
    tenant = handle(olga, clock)
    notes(tenant, clock, ["old"])
    clock.advance(timedelta(days=90))
    notes(tenant, clock, ["new"])
    people.sign_in(olga.email, olga.browser)
    queries.clear()
    assert log.targets() == ["new", "old"]
    assert {pk.rpartition("JOURNAL#")[2] for pk in queries if "JOURNAL" in pk} == {"2026-11#1", "2026-08#1"}


FILTERED: dict[str, tuple[dict[str, str], list[str]]] = {
    "one kind": ({"kind": "note.made"}, ["b"]),
    "all of a noun": ({"kind": "note"}, ["d", "c", "b", "a"]),
    "no kind by its first letters": ({"kind": "no"}, []),
    "one target": ({"target": "c"}, ["c"]),
    "what Wireroom did": ({"actor": "wireroom"}, ["d"]),
    "nobody": ({"actor": "0" * 26}, []),
    "from a day on": ({"from_": "2026-08-05"}, ["d", "c"]),
    "to a day": ({"to": "2026-08-04"}, ["b", "a"]),
    "one day": ({"from_": "2026-08-04", "to": "2026-08-04"}, ["b"]),
    "several at once": ({"from_": "2026-08-04", "kind": "note", "target": "c"}, ["c"]),
    "before the log": ({"to": "0001-01-01"}, []),
    "after all time": ({"from_": "9999-12-31"}, []),
    "all of time": ({"from_": "0001-01-01", "to": "9999-12-31"}, ["d", "c", "b", "a"]),
}


@pytest.mark.parametrize(("query", "expected"), FILTERED.values(), ids=FILTERED)
def test_filters_narrow_the_log(
    log: Log, olga: Person, clock: HandClock, query: dict[str, str], expected: list[str]
) -> None:
    tenant = handle(olga, clock)
    clock.set(datetime(2026, 8, 3, 23, 59, 59, 999_000, tzinfo=UTC))
    note(tenant, "a")
    clock.set(datetime(2026, 8, 4, tzinfo=UTC))
    note(tenant, "b", "note.made")
    clock.set(datetime(2026, 8, 5, tzinfo=UTC))
    note(tenant, "c")
    clock.advance(timedelta(seconds=1))
    note(for_job(olga.workspace_id, system("due"), now=clock), "d")
    assert log.targets(**query) == expected


def test_one_s_own_changes_are_told_from_a_teammate_s(log: Log, olga: Person, people: People, clock: HandClock) -> None:
    max_ = people.new("Max")
    people.join(max_, olga)
    clock.advance(timedelta(seconds=1))
    note(handle(olga, clock), "hers")
    kinds = [entry["kind"] for entry in log.page(actor=max_.user_id)]
    assert kinds == ["member.joined"]
    assert log.targets(actor=olga.user_id) == ["hers"]


def test_a_search_through_much_is_done_in_bounded_steps(
    log: Log, olga: Person, clock: HandClock, monkeypatch: pytest.MonkeyPatch, queries: list[str]
) -> None:
    """A request looks through a thousand entries at most; here through twelve, four at a time."""
    monkeypatch.setattr(activity, "MOST_READ", 12)
    monkeypatch.setattr(repository, "_CHUNK", 4)
    tenant = handle(olga, clock)
    note(tenant, "rare", "note.found")
    notes(tenant, clock, [str(number) for number in range(40)])
    queries.clear()
    first = log.ask(kind="note.found").body
    assert first["entries"] == []
    assert len([pk for pk in queries if "JOURNAL" in pk]) <= 4
    assert datetime.fromisoformat(first["searched_to"]) == clock() - timedelta(seconds=11)
    sizes = [len(page["entries"]) for page in log.pages(kind="note.found")]
    assert sizes == [0, 0, 0, 1]


def test_a_cursor_is_good_for_its_log_and_its_filters_only(
    log: Log, olga: Person, people: People, clock: HandClock, api: ApiClient
) -> None:
    notes(handle(olga, clock), clock, [str(number) for number in range(51)])
    cursor = log.ask(kind="note").body["next_cursor"]
    assert [entry["target"] for entry in log.page(kind="note", cursor=cursor)] == ["0"]
    eve = people.new("Eve")
    for refused in (
        log.ask(cursor=cursor),
        log.ask(kind="note", cursor=cursor[:-1]),
        Log(api, eve).ask(kind="note", cursor=cursor),
    ):
        assert (refused.status, refused.code) == (422, "cursor-invalid")


ODD: dict[str, tuple[dict[str, str], str]] = {
    "a period that ends before it begins": ({"from_": "2026-08-05", "to": "2026-08-04"}, "period-invalid"),
    "a day that is none": ({"from_": "2026-02-30"}, "invalid"),
    "a kind that can't be": ({"kind": "Note.Made!"}, "invalid"),
    "an endless target": ({"target": "x" * 65}, "invalid"),
    "something unknown": ({"colour": "red"}, "invalid"),
}


@pytest.mark.parametrize(("query", "code"), ODD.values(), ids=ODD)
def test_odd_filters_are_refused(log: Log, query: dict[str, str], code: str) -> None:
    answer = log.ask(**query)
    assert (answer.status, answer.code) == (422, code)


def test_members_read_the_log_without_addresses_and_devices_and_admins_with_them(
    log: Log, olga: Person, people: People
) -> None:
    """Members without addresses and devices (product.md section 3)."""
    admin, member = people.new("Ada"), people.new("Max")
    people.join(admin, olga, role="admin")
    people.join(member, olga)
    mine, theirs = ([(entry["address"], entry["device"]) for entry in log.page(by)] for by in (admin, member))
    assert set(theirs) == {(None, None)}
    assert {address for address, _ in mine} == {person.browser.address for person in (olga, admin, member)}
    assert {device for _, device in mine} == {olga.browser.device}
    assert {(entry["address"], entry["device"]) for entry in log.page(member, actor=olga.user_id)} == {(None, None)}


def test_what_wireroom_did_has_no_address_and_no_id(log: Log, olga: Person, clock: HandClock) -> None:
    clock.advance(timedelta(seconds=1))
    note(for_job(olga.workspace_id, system("due"), now=clock), "automatic")
    [entry] = log.page(actor="wireroom")
    assert entry["actor"] == {"kind": "system", "id": None, "name": "Wireroom"}
    assert (entry["address"], entry["device"]) == (None, None)


def test_targets_are_called_what_they_are_called_now(
    log: Log, olga: Person, people: People, clock: HandClock, api: ApiClient
) -> None:
    max_, base = people.new("Max"), f"/workspaces/{olga.workspace_id}"
    people.join(max_, olga)
    account_id = scene.an_account(olga.workspace_id)
    [chat] = scene.chats_of(olga.workspace_id, account_id, 1)
    column = api.post(f"{base}/columns", {"name": "Stage", "type": "number"}, olga.browser).body["id"]
    api.patch(f"{base}/columns/{column}", {"name": "Step"}, olga.browser)
    api.put(f"{base}/chats/{chat.id}/values/{column}", {"value": 4, "version": None}, olga.browser)
    api.patch(f"{base}/accounts/{account_id}", {"label": "Sales West"}, olga.browser)
    names = {(entry["kind"], entry["target_name"]) for entry in log.page()}
    assert {
        ("member.joined", "Max"),
        ("column.created", "Step"),
        ("column.changed", "Step"),
        ("value.set", chat.title),
        ("account.labelled", "Sales West"),
        ("invite.created", None),
    } <= names


def test_what_is_gone_is_called_what_its_entry_calls_it(log: Log, olga: Person, api: ApiClient) -> None:
    base = f"/workspaces/{olga.workspace_id}"
    column = api.post(f"{base}/columns", {"name": "Stage", "type": "number"}, olga.browser).body["id"]
    api.delete(f"{base}/columns/{column}", olga.browser)
    assert [entry["target_name"] for entry in log.page(kind="column.deleted")] == ["Stage"]


def test_titles_of_many_chats_are_read_in_two_calls(log: Log, olga: Person, clock: HandClock) -> None:
    account_id = scene.an_account(olga.workspace_id)
    for chat in scene.chats_of(olga.workspace_id, account_id, 30):
        clock.advance(timedelta(seconds=1))
        note(handle(olga, clock), chat.id, "value.set")
    sizes: list[int] = []

    def noting(params: dict[str, Any], **_: Any) -> None:
        sizes.extend(len(wanted["Keys"]) for wanted in params["RequestItems"].values())

    events = connection.client().meta.events
    events.register("provide-client-params.dynamodb.BatchGetItem", noting)
    try:
        named = {entry["target_name"] for entry in log.page(kind="value.set")}
    finally:
        events.unregister("provide-client-params.dynamodb.BatchGetItem", noting)
    assert named == {f"Contact {number}" for number in range(1, 31)}
    seen, named_by_two_rows = 30, 2 * 30
    assert [size for size in sizes if size > 3] == [seen, named_by_two_rows]


def test_old_and_new_are_told_a_long_text_by_excerpt_and_hash(log: Log, olga: Person, clock: HandClock) -> None:
    """Old and new value; long texts as excerpt and hash (product.md section 10)."""
    clock.advance(timedelta(seconds=1))
    note(handle(olga, clock), "x", old={"text": "short"}, new={"text": "long " * 1_000})
    [entry] = log.page(target="x")
    assert entry["old"] == {"text": "short"}
    assert set(entry["new"]["text"]) == {"excerpt", "sha256", "characters"}


def test_erasure_holds_in_the_log(log: Log, olga: Person, people: People, api: ApiClient) -> None:
    """Address and device lie under the actor's key, old and new under the workspace's (product.md section 10)."""
    admin = people.new("Ada")
    people.join(admin, olga, role="admin")
    api.post(f"/workspaces/{olga.workspace_id}/columns", {"name": "Stage", "type": "text"}, admin.browser)
    cipher.current().destroy(admin.user_id, Purpose.JOURNAL)
    [entry] = log.page(kind="column.created")
    assert (entry["actor"]["name"], entry["address"], entry["device"]) == ("", None, None)
    assert entry["new"]["name"] == "Stage"
    cipher.current().destroy(olga.workspace_id, Purpose.JOURNAL)
    [entry] = log.page(kind="column.created")
    assert (entry["actor"]["id"], entry["old"], entry["new"]) == (admin.user_id, None, None)


def test_what_was_just_done_is_on_the_first_page(log: Log, olga: Person, api: ApiClient) -> None:
    """The log does not lag behind as the feeds do."""
    api.post(f"/workspaces/{olga.workspace_id}/columns", {"name": "New", "type": "text"}, olga.browser)
    assert log.page(kind="column")[0]["new"]["name"] == "New"


def test_the_log_is_its_members_alone(api: ApiClient, olga: Person, people: People) -> None:
    eve = people.new("Eve")
    path = f"/workspaces/{olga.workspace_id}/activity"
    assert api.get(path, eve.browser).status == 404
    assert api.get(path).status == 401
    assert api.get(f"/workspaces/{ids.mint()}/activity", olga.browser).status == 404
