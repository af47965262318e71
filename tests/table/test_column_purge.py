"""A deleted column's values: hidden at once, removed in the background, whoever is killed meanwhile."""

import threading
from dataclasses import dataclass
from datetime import timedelta

import pytest

from app import app
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.fields import use_cases as fields
from chalicelib.features.fields.model import PURGE_AFTER, ColumnType, CreateColumn, SetValue
from chalicelib.features.fields.repository import ColumnRow, LongTextRow
from chalicelib.features.fields.use_cases import purging
from chalicelib.kernel.ids import ChatId, ColumnId
from chalicelib.services import Services
from chalicelib.table import fields_keys, keys
from chalicelib.table.due import CLAIM_S, Due, Poller
from chalicelib.table.journal import Entry, JournalRow, opened
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import ChangedMeanwhile, Transaction
from dev.events.handlers import registered
from dev.events.schedule import event_for
from tests.hand_clock import HandClock
from tests.handlers import Dropping
from tests.scene import an_account, chats_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Five chats of two accounts, each with a value in a column that goes and one that stays."""

    tenant: Tenant
    chat_ids: list[ChatId]
    going: ColumnId
    staying: ColumnId

    def cells(self, column_id: ColumnId) -> dict[ChatId, str]:
        """What stands in the table itself, by chat."""
        found = {}
        for chat_id in self.chat_ids:
            rows = self.tenant.rows(keys.chat_partition(chat_id))
            [item] = rows.get_many([keys.chat_values(chat_id)]).values()
            if column_id in item:
                found[chat_id] = item[column_id]["S"]
        return found

    def entries(self, kind: str) -> list[Entry]:
        """The journal's entries of a kind, oldest first."""
        rows = self.tenant.rows(keys.journal_partition(self.tenant.now()))
        return [opened(row, self.tenant.workspace_id) for row in rows.query(JournalRow, "0") if row.event == kind]

    def purged(self) -> list[ChatId]:
        """The chats whose value some entry says was removed, each as often as it is said."""
        return [chat_id for entry in self.entries("column.values_purged") for chat_id in entry.old]

    def has_tombstone(self) -> bool:
        """Whether the table still knows of the deleted column."""
        return self.tenant.rows(keys.WORKSPACE).get(ColumnRow, keys.column(self.going)) is not None


@pytest.fixture
def grid(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> Grid:
    monkeypatch.setattr(purging, "CHUNK_VALUES", 2)
    accounts = [an_account(tenant.workspace_id, telegram_user_id=number) for number in (1, 2)]
    made = [
        chat.id
        for account_id, count in zip(accounts, (3, 2), strict=True)
        for chat in chats_of(tenant.workspace_id, account_id, count)
    ]
    going, staying = (
        fields.create_column(CreateColumn(name=name, type=ColumnType.TEXT), tenant=tenant).id
        for name in ("Going", "Staying")
    )
    for chat_id in made:
        for column_id in (going, staying):
            fields.set_value(SetValue(chat_id=chat_id, column_id=column_id, value="x", version=None), tenant=tenant)
    return Grid(tenant=tenant, chat_ids=made, going=going, staying=staying)


def poller_of(installation: Installation, most_chunks: int = 9) -> Poller:
    """Hands out purges; what other tests left is dropped."""
    handlers = Dropping()

    def purge(work: Due) -> None:
        fields.purge_column(ColumnId(work.facts["column_id"]), tenant=work.tenant, most_chunks=most_chunks)

    handlers[fields.PURGE] = purge
    return Poller(handlers, installation)


def assert_purged_once(grid: Grid) -> None:
    assert grid.cells(grid.going) == {}
    assert sorted(grid.cells(grid.staying)) == sorted(grid.chat_ids)
    assert sorted(grid.purged()) == sorted(grid.chat_ids)
    assert [len(grid.entries(f"column.{kind}")) for kind in ("deleted", "purge_started", "purged")] == [1, 1, 1]
    assert grid.entries("column.purged")[0].new == {"values": 5}
    assert not grid.has_tombstone()


def test_values_are_hidden_at_once_and_still_there_for_a_minute(
    grid: Grid, installation: Installation, clock: HandClock
) -> None:
    fields.delete_column(grid.going, tenant=grid.tenant)
    assert set(chats.chat_card(grid.chat_ids[0], tenant=grid.tenant).values) == {grid.staying}
    clock.advance(PURGE_AFTER - timedelta(seconds=1))
    poller_of(installation).tick()
    assert len(grid.cells(grid.going)) == 5
    assert grid.entries("column.purge_started") == []


def test_then_they_are_removed_and_the_journal_has_each(
    grid: Grid, installation: Installation, clock: HandClock
) -> None:
    fields.delete_column(grid.going, tenant=grid.tenant)
    clock.advance(PURGE_AFTER)
    poller_of(installation).tick()
    assert_purged_once(grid)
    assert sorted(len(entry.old) for entry in grid.entries("column.values_purged")) == [1, 2, 2]
    assert all(value == "x" for entry in grid.entries("column.values_purged") for value in entry.old.values())


def test_long_texts_go_with_their_values(tenant: Tenant) -> None:
    [chat] = chats_of(tenant.workspace_id, an_account(tenant.workspace_id), 1)
    column = fields.create_column(CreateColumn(name="Notes", type=ColumnType.LONG_TEXT), tenant=tenant)
    fields.set_value(SetValue(chat_id=chat.id, column_id=column.id, value="x" * 5_000, version=None), tenant=tenant)
    rows = tenant.rows(keys.chat_partition(chat.id))
    assert rows.get(LongTextRow, fields_keys.long_text(chat.id, column.id)) is not None
    fields.delete_column(column.id, tenant=tenant)
    assert fields.purge_column(column.id, tenant=tenant)
    assert rows.get(LongTextRow, fields_keys.long_text(chat.id, column.id)) is None


def test_a_full_turn_leaves_the_rest_to_the_next_tick(grid: Grid, installation: Installation, clock: HandClock) -> None:
    fields.delete_column(grid.going, tenant=grid.tenant)
    clock.advance(PURGE_AFTER)
    left = []
    for _ in range(4):
        poller_of(installation, most_chunks=1).tick()
        left.append(len(grid.cells(grid.going)))
    assert left == [3, 1, 0, 0]
    assert_purged_once(grid)


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("commits", range(5))
def test_killed_half_way_it_goes_on_where_it_was(
    grid: Grid, installation: Installation, clock: HandClock, monkeypatch: pytest.MonkeyPatch, commits: int
) -> None:
    fields.delete_column(grid.going, tenant=grid.tenant)
    clock.advance(PURGE_AFTER)
    with monkeypatch.context() as fatal:
        die_after(commits, fatal)
        with pytest.raises(Killed):
            poller_of(installation).tick()
    clock.advance(timedelta(seconds=CLAIM_S))
    poller_of(installation).tick()
    assert_purged_once(grid)


def die_after(commits: int, patch: pytest.MonkeyPatch) -> None:
    """Kill the process when it is about to commit once more than that."""
    commit, made = Transaction._commit, [0]

    def counted(change: Transaction) -> None:
        if made[0] == commits:
            raise Killed
        made[0] += 1
        commit(change)

    patch.setattr(Transaction, "_commit", counted)


def test_two_at_once_remove_each_value_once(grid: Grid) -> None:
    fields.delete_column(grid.going, tenant=grid.tenant)
    threads = [threading.Thread(target=purge_until_done, args=(grid,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert_purged_once(grid)


def purge_until_done(grid: Grid) -> None:
    is_done = False
    while not is_done:
        try:
            is_done = fields.purge_column(grid.going, tenant=grid.tenant)
        except ChangedMeanwhile:
            continue


def test_a_column_that_stands_is_never_purged(grid: Grid) -> None:
    assert fields.purge_column(grid.going, tenant=grid.tenant)
    assert len(grid.cells(grid.going)) == 5
    assert grid.entries("column.purge_started") == []


def test_the_schedule_of_the_lambdas_does_it(grid: Grid, on_test_clock: Services, clock: HandClock) -> None:
    fields.delete_column(grid.going, tenant=grid.tenant)
    clock.advance(PURGE_AFTER)
    [due] = [handler for handler in registered(app) if handler.name == "due"]
    due.call(event_for("due"))
    assert_purged_once(grid)
