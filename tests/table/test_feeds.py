"""Reading what changed: in order, nothing skipped, across months and days, for this workspace's cursors only."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.kernel import ids
from chalicelib.kernel.actors import system
from chalicelib.kernel.ids import AccountId, ChatId
from chalicelib.table import feeds, keys
from chalicelib.table.cursors import CursorInvalid
from chalicelib.table.feeds import SETTLED_S, FeedRow
from chalicelib.table.tenant import Tenant, for_job
from tests.hand_clock import HandClock

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
