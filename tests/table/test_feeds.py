"""Reading what changed: in order, nothing skipped, across months and days, for this workspace's cursors only."""

import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from chalicelib.kernel import ids
from chalicelib.kernel.actors import system
from chalicelib.kernel.ids import AccountId, ChatId, WorkspaceId
from chalicelib.table import aws, cipher, connection, feeds, keys
from chalicelib.table.cursors import CursorInvalid
from chalicelib.table.feeds import SETTLED_S, FeedRow
from chalicelib.table.journal import JournalRow
from chalicelib.table.tenant import Installation, Tenant, for_job, founding
from tests.hand_clock import HandClock
from tests.local_aws import LocalAws
from tests.log import Held, holding

SETTLED = timedelta(seconds=SETTLED_S)
STEP = timedelta(milliseconds=1)


def change(tenant: Tenant, name: str) -> None:
    """A change to shared data."""
    rows = tenant.rows(keys.WORKSPACE)
    with tenant.transaction() as made:
        made.put(rows.new(FeedRow, f"NOTE#{name}", chat_id=name))
        made.record("note.changed", target=name)


def targets(changes: feeds.Changes) -> list[str]:
    """What the entries are about."""
    return [entry.target for entry in changes.entries]


def an_account() -> AccountId:
    """An account's id."""
    return AccountId(ids.mint())


def a_chat(account_id: AccountId, number: int = 0) -> ChatId:
    """A chat of the account."""
    return ChatId(f"{account_id}{number:016d}")


def month_start(clock: HandClock) -> datetime:
    """The beginning of next month."""
    return (clock().replace(day=28) + timedelta(days=5)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def test_changes_come_in_order_and_once(tenant: Tenant, clock: HandClock) -> None:
    cursor = feeds.beginning(tenant)
    for name in "abc":
        clock.advance(STEP)
        change(tenant, name)
    clock.advance(SETTLED + STEP)
    read = feeds.read(tenant, cursor, [])
    assert [target for target in targets(read) if target in "abc"] == ["a", "b", "c"]
    assert not read.has_more
    clock.advance(STEP)
    assert targets(feeds.read(tenant, read.cursor, [])) == []


def test_what_may_still_be_on_its_way_is_left_for_later(tenant: Tenant, clock: HandClock) -> None:
    clock.advance(SETTLED + STEP)
    cursor = feeds.beginning(tenant)
    change(tenant, "a")
    clock.advance(SETTLED - STEP)
    early = feeds.read(tenant, cursor, [])
    assert "a" not in targets(early)
    clock.advance(2 * STEP)
    assert targets(feeds.read(tenant, early.cursor, []))[-1:] == ["a"]


def test_a_late_commit_is_not_skipped(tenant: Tenant, clock: HandClock) -> None:
    """An entry whose id was minted before others, and which appears after they were read, is read all the same."""
    clock.advance(SETTLED + STEP)
    slow_clock = HandClock()
    slow_clock.set(clock())
    slow = for_job(tenant.workspace_id, system("slow"), now=slow_clock)
    cursor = feeds.beginning(tenant)
    seen = []
    for tick in range(9):
        clock.advance(timedelta(seconds=1))
        change(tenant, f"fast-{tick}")
        if tick == 1:
            change(slow, "slow")
        read = feeds.read(tenant, cursor, [])
        cursor = read.cursor
        seen += [target for target in targets(read) if target != tenant.workspace_id]
    clock.advance(SETTLED + STEP)
    seen += targets(feeds.read(tenant, cursor, []))
    assert seen == ["slow", *[f"fast-{tick}" for tick in range(9)]]


@pytest.fixture
def held(local_aws: LocalAws) -> Iterator[Held]:
    """Holds the changes that are sent through it, and no others."""
    with holding() as made:
        yield made


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("across_months", [False, True])
def test_late_commits_are_never_skipped_however_they_interleave_with_reads(
    tenant: Tenant, clock: HandClock, held: Held, seed: int, across_months: bool
) -> None:
    """A change a second, each on its way for up to four, and a read after every one of them."""
    chosen = random.Random(seed)
    if across_months:
        clock.set(month_start(clock) - timedelta(seconds=6))
    clock.advance(STEP)
    cursor, seen = feeds.beginning(tenant), []
    due: dict[str, int] = {}
    for tick in range(20):
        clock.advance(timedelta(seconds=1))
        for name in [name for name, at in due.items() if at <= tick]:
            held.let_go(name)
            del due[name]
        if tick < 15:
            held.send(partial(change, tenant), str(tick))
            due[str(tick)] = tick + chosen.randint(0, 4)
        read = feeds.read(tenant, cursor, [])
        cursor = read.cursor
        seen += [target for target in targets(read) if target != tenant.workspace_id]
    clock.advance(SETTLED)
    seen += targets(feeds.read(tenant, cursor, []))
    assert seen == [str(tick) for tick in range(15)]


def test_an_entry_gets_its_id_when_its_keys_are_there(tenant: Tenant, clock: HandClock) -> None:
    """KMS may take longer than readers wait for late commits."""

    def slowly(**_: Any) -> None:
        clock.advance(SETTLED)

    cipher.current.cache_clear()
    begun = clock()
    events = aws.client("kms").meta.events
    events.register("before-send.kms.Decrypt", slowly)
    try:
        change(tenant, "slow")
    finally:
        events.unregister("before-send.kms.Decrypt", slowly)
    [entry] = [row for row in tenant.rows(keys.journal_partition(begun)).query(JournalRow, "0") if row.target == "slow"]
    assert clock() - begun >= SETTLED
    assert ids.minted_at(entry.sk) == pytest.approx(clock().timestamp(), abs=0.01)


def test_a_change_that_ends_in_the_next_month_lists_it_first(tenant: Tenant, clock: HandClock) -> None:
    border = month_start(clock)
    clock.set(border - STEP)
    rows = tenant.rows(keys.WORKSPACE)
    with tenant.transaction() as made:
        made.put(rows.new(FeedRow, "NOTE#late", chat_id="late"))
        made.record("note.changed", target="late")
        clock.advance(2 * STEP)
    assert rows.plain(keys.partition(keys.journal_partition(border))) != []


def test_a_founding_that_ends_in_the_next_month_lists_that_too(installation: Installation, clock: HandClock) -> None:
    tenant = founding(WorkspaceId(ids.mint()), system("test"), now=clock)
    border = month_start(clock)
    clock.set(border - STEP)
    rows = tenant.rows(keys.WORKSPACE)
    with tenant.transaction() as made:
        made.put(rows.new(FeedRow, "NOTE#late", chat_id="late"))
        made.record("note.changed", target="late")
        clock.advance(2 * STEP)
    journal = keys.journal_partition(border)
    assert tenant.rows(journal).count() == 1
    assert rows.plain(keys.partition(journal)) != []


def test_a_cursor_outlives_the_process_that_signed_it(tenant: Tenant, clock: HandClock, local_aws: LocalAws) -> None:
    cursor = feeds.beginning(tenant)
    change(tenant, "before the restart")
    reader = (
        "import sys; from datetime import timedelta; from chalicelib.kernel import actors, clock;"
        "from chalicelib.table import feeds, tenant;"
        "later = lambda: clock.utc_now() + timedelta(seconds=60);"
        "handle = tenant.for_job(sys.argv[1], actors.system('test'), now=later);"
        "print([entry.target for entry in feeds.read(handle, sys.argv[2], []).entries])"
    )
    command = [sys.executable, "-c", reader, tenant.workspace_id, cursor]
    told = subprocess.run(command, env=local_aws.environment, capture_output=True, text=True, check=True, timeout=30)
    assert "'before the restart'" in told.stdout


def test_answers_that_hold_less_than_was_asked_for_are_read_on(tenant: Tenant, clock: HandClock) -> None:
    """An answer of the table holds 1 MB at most, however many entries that is."""

    def little(params: dict[str, Any], **_: Any) -> None:
        params["Limit"] = 2

    cursor = feeds.beginning(tenant)
    for name in "abcdefg":
        clock.advance(STEP)
        change(tenant, name)
    clock.advance(SETTLED + STEP)
    events = connection.client().meta.events
    events.register("provide-client-params.dynamodb.Query", little)
    try:
        read = feeds.read(tenant, cursor, [])
    finally:
        events.unregister("provide-client-params.dynamodb.Query", little)
    assert "".join(targets(read))[-7:] == "abcdefg"


def test_a_month_s_boundary_is_crossed(tenant: Tenant, clock: HandClock) -> None:
    border = month_start(clock)
    clock.set(border - timedelta(seconds=2))
    cursor = feeds.beginning(tenant)
    for name in "abcd":
        change(tenant, name)
        clock.advance(timedelta(seconds=1))
    assert keys.journal_partition(border) != keys.journal_partition(border - STEP)
    clock.advance(SETTLED)
    assert targets(feeds.read(tenant, cursor, [])) == ["a", "b", "c", "d"]
    clock.advance(timedelta(days=70))
    assert targets(feeds.read(tenant, cursor, [])) == ["a", "b", "c", "d"]


def test_marks_cross_a_day_s_boundary_and_stand_once_a_chat(tenant: Tenant, clock: HandClock) -> None:
    account_id = an_account()
    clock.set(clock().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1) - timedelta(seconds=1))
    cursor = feeds.beginning(tenant)
    for number in (1, 2, 1):
        feeds.mark_chat(tenant, a_chat(account_id, number))
        clock.advance(timedelta(seconds=1))
    clock.advance(SETTLED)
    read = feeds.read(tenant, cursor, [account_id])
    assert [mark.chat_id for mark in read.marks] == [a_chat(account_id, 2), a_chat(account_id, 1)]
    assert feeds.read(tenant, cursor, [an_account()]).marks == []


def test_a_long_absence_is_caught_up_page_by_page(
    tenant: Tenant, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "_PAGE", 3)
    account_id = an_account()
    cursor = feeds.beginning(tenant)
    for number in range(8):
        clock.advance(STEP)
        change(tenant, str(number))
        feeds.mark_chat(tenant, a_chat(account_id, number))
    clock.advance(SETTLED + STEP)
    seen, marked, has_more = [], [], True
    while has_more:
        read = feeds.read(tenant, cursor, [account_id])
        seen += [target for target in targets(read) if target != tenant.workspace_id]
        marked += [mark.chat_id for mark in read.marks]
        cursor, has_more = read.cursor, read.has_more
    assert seen == [str(number) for number in range(8)]
    assert marked == [a_chat(account_id, number) for number in range(8)]


def test_another_workspace_s_cursor_is_refused(tenant: Tenant, other_tenant: Tenant) -> None:
    with pytest.raises(CursorInvalid):
        feeds.read(tenant, feeds.beginning(other_tenant), [])


def test_another_workspace_s_changes_are_not_read(tenant: Tenant, other_tenant: Tenant, clock: HandClock) -> None:
    account_id = an_account()
    cursor = feeds.beginning(tenant)
    change(other_tenant, "theirs")
    feeds.mark_chat(other_tenant, a_chat(account_id))
    clock.advance(SETTLED + STEP)
    read = feeds.read(tenant, cursor, [account_id])
    assert "theirs" not in targets(read)
    assert read.marks == []


def test_every_feed_partition_is_on_the_tenant_s_list(tenant: Tenant, clock: HandClock) -> None:
    account_id = an_account()
    feeds.mark_chat(tenant, a_chat(account_id))
    partition = keys.feed_partition(account_id, clock().astimezone(UTC))
    assert tenant.rows(keys.WORKSPACE).plain(keys.partition(partition)) != []
