"""All values of a column are converted, or two of its options become one: in the background, whoever is killed."""

import threading
from dataclasses import dataclass
from datetime import timedelta

import pytest

from app import app
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.fields import use_cases as fields
from chalicelib.features.fields.model import (
    WORK_AFTER,
    ColumnBusy,
    ColumnChanged,
    ColumnNotConvertible,
    ColumnType,
    Content,
    CreateColumn,
    MergeOptions,
    OptionDraft,
    SetValue,
)
from chalicelib.features.fields.model.converting import Preview
from chalicelib.features.fields.repository import Columns
from chalicelib.features.fields.schemas import ValueOut
from chalicelib.features.fields.use_cases import looking, rewriting
from chalicelib.kernel.ids import ChatId, ColumnId
from chalicelib.services import Services
from chalicelib.table import keys
from chalicelib.table.due import CLAIM_S, Due, Poller
from chalicelib.table.journal import Entry, JournalRow, opened
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import ChangedMeanwhile, Transaction
from dev.events.handlers import registered
from dev.events.schedule import event_for
from tests.hand_clock import HandClock
from tests.handlers import Dropping
from tests.scene import an_account, chats_of

TEXTS = ["1", "22", "-3.5", "400", "5e-07"]
NUMBERS = [1, 22, -3.5, 400, 5e-07]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Five chats of two accounts, each with a text in a column; a sixth without one."""

    tenant: Tenant
    chat_ids: list[ChatId]
    column_id: ColumnId

    def put(self, chat: int, value: Content) -> None:
        """Write a value whatever stands."""
        before = fields.get_value(self.chat_ids[chat], self.column_id, tenant=self.tenant)
        command = SetValue(
            chat_id=self.chat_ids[chat], column_id=self.column_id, value=value, version=before.version or None
        )
        fields.set_value(command, tenant=self.tenant)

    def values(self) -> list[object]:
        """What the five chats hold as their cards show it."""
        cards = [chats.chat_card(chat_id, tenant=self.tenant) for chat_id in self.chat_ids[:5]]
        return [ValueOut.of_stored(card.values[self.column_id]).value for card in cards]

    def convert(self, to: ColumnType) -> None:
        """Ask for it."""
        fields.convert_column(self.column_id, to, None, tenant=self.tenant)

    def kind(self) -> ColumnType:
        """Which type the column is of."""
        return Columns(self.tenant).require(self.column_id).type

    def entries(self, kind: str) -> list[Entry]:
        """The journal's entries of a kind, oldest first."""
        rows = self.tenant.rows(keys.journal_partition(self.tenant.now()))
        return [opened(row, self.tenant.workspace_id) for row in rows.query(JournalRow, "0") if row.event == kind]


@pytest.fixture
def grid(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> Grid:
    monkeypatch.setattr(rewriting, "CHUNK_VALUES", 2)
    monkeypatch.setattr(rewriting, "CHECKED_A_TURN", 3)
    accounts = [an_account(tenant.workspace_id, telegram_user_id=number) for number in (1, 2)]
    made = sorted(chat.id for account_id in accounts for chat in chats_of(tenant.workspace_id, account_id, 3))
    column = fields.create_column(CreateColumn(name="Amount", type=ColumnType.TEXT), tenant=tenant)
    grid = Grid(tenant=tenant, chat_ids=made, column_id=column.id)
    for chat, text in enumerate(TEXTS):
        grid.put(chat, text)
    return grid


def poller_of(installation: Installation, most_chunks: int = 9) -> Poller:
    """Hands out work on columns; what other tests left is dropped."""
    handlers = Dropping()

    def work_on(work: Due) -> object:
        column_id = ColumnId(work.facts["column_id"])
        is_done = fields.rewrite_column(column_id, tenant=work.tenant, most_chunks=most_chunks)
        return None if is_done else work.tenant.now()

    handlers[fields.REWRITE] = work_on  # type: ignore[assignment]
    return Poller(handlers, installation)


def finish(installation: Installation, clock: HandClock, most_chunks: int = 9) -> None:
    """Let time pass until it is done."""
    clock.advance(WORK_AFTER)
    tick_until_done(installation, most_chunks)


def tick_until_done(installation: Installation, most_chunks: int = 9) -> None:
    while poller_of(installation, most_chunks).tick():
        continue


def test_a_column_becomes_another_type_with_every_value(
    grid: Grid, installation: Installation, clock: HandClock
) -> None:
    grid.convert(ColumnType.NUMBER)
    assert grid.kind() is ColumnType.TEXT, "not before its values are"
    finish(installation, clock)
    assert grid.kind() is ColumnType.NUMBER
    assert grid.values() == NUMBERS
    told = {chat_id: text for entry in grid.entries("column.values_converted") for chat_id, text in entry.old.items()}
    assert told == dict(zip(grid.chat_ids, TEXTS, strict=False))
    [ended] = grid.entries("column.converted")
    assert (ended.old["type"], ended.new["type"], ended.new["values"]) == ("text", "number", 5)


def test_conversions_in_a_circle_lose_nothing(grid: Grid, installation: Installation, clock: HandClock) -> None:
    for to in (ColumnType.NUMBER, ColumnType.TEXT, ColumnType.SELECT, ColumnType.MULTISELECT, ColumnType.LONG_TEXT):
        grid.convert(to)
        finish(installation, clock)
        assert grid.kind() is to
    grid.convert(ColumnType.TEXT)
    finish(installation, clock)
    assert grid.values() == TEXTS


def test_texts_that_became_text_again_find_their_options_and_colours(
    grid: Grid, installation: Installation, clock: HandClock
) -> None:
    for to in (ColumnType.SELECT, ColumnType.TEXT):
        grid.convert(to)
        finish(installation, clock)
    before = list(Columns(grid.tenant).require(grid.column_id).options)
    grid.convert(ColumnType.SELECT)
    finish(installation, clock)
    assert list(Columns(grid.tenant).require(grid.column_id).options) == before
    assert {option.name: option.id for option in before} == dict(zip(TEXTS, grid.values(), strict=True))


def test_long_texts_move_into_rows_of_their_own_and_back(
    grid: Grid, installation: Installation, clock: HandClock
) -> None:
    grid.put(0, "x" * 1_000)
    grid.convert(ColumnType.LONG_TEXT)
    finish(installation, clock)
    assert fields.get_value(grid.chat_ids[0], grid.column_id, tenant=grid.tenant).value == "x" * 1_000
    grid.convert(ColumnType.TEXT)
    finish(installation, clock)
    assert grid.values() == ["x" * 1_000, *TEXTS[1:]]


def test_one_value_that_would_be_lost_is_enough_to_refuse(grid: Grid) -> None:
    grid.put(4, "many")
    with pytest.raises(ColumnNotConvertible) as refusal:
        grid.convert(ColumnType.NUMBER)
    assert refusal.value.standing == {"chat_id": grid.chat_ids[4], "value": "many"}
    assert grid.entries("column.conversion_started") == []
    grid.put(4, "5")


def test_the_preview_counts_and_names_what_does_not_fit_part_by_part(
    grid: Grid, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid.put(1, "many")
    grid.put(4, "007")
    monkeypatch.setattr(looking, "LOOKED_AT_ONCE", 1)
    parts: list[Preview] = []
    cursor = None
    while not parts or cursor is not None:
        preview = fields.preview_conversion(grid.column_id, ColumnType.NUMBER, cursor, tenant=grid.tenant)
        parts.append(preview)
        cursor = preview.next_cursor
    assert len(parts) > 1
    assert sum(part.fitting for part in parts) == 3
    named = [(misfit.chat_id, misfit.text) for part in parts for misfit in part.first]
    assert named == [(grid.chat_ids[1], "many"), (grid.chat_ids[4], "007")]
    assert all(misfit.title.startswith("Contact") for part in parts for misfit in part.first)
    assert grid.kind() is ColumnType.TEXT


def test_where_only_the_second_look_finds_it_the_column_stays_what_it_is(
    grid: Grid, installation: Installation, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid.put(4, "many")
    monkeypatch.setattr(looking, "LOOKED_AT_ONCE", 1)
    grid.convert(ColumnType.NUMBER)
    finish(installation, clock)
    assert grid.kind() is ColumnType.TEXT
    assert grid.values() == [*TEXTS[:4], "many"]
    [refused] = grid.entries("column.conversion_refused")
    assert refused.new == {"type": "number", "chat_id": grid.chat_ids[4], "value": "many"}
    grid.put(4, "written again")


def test_while_it_is_on_its_way_nobody_writes_a_value_or_changes_the_column(grid: Grid) -> None:
    grid.convert(ColumnType.NUMBER)
    with pytest.raises(ColumnBusy):
        grid.put(0, "late")
    with pytest.raises(ColumnBusy):
        grid.convert(ColumnType.DATE)
    assert grid.values() == TEXTS


def test_nothing_is_written_before_late_writes_have_arrived(
    grid: Grid, installation: Installation, clock: HandClock
) -> None:
    grid.convert(ColumnType.NUMBER)
    clock.advance(WORK_AFTER - timedelta(seconds=1))
    poller_of(installation).tick()
    assert grid.values() == TEXTS


def test_a_full_turn_leaves_the_rest_to_the_next_tick(grid: Grid, installation: Installation, clock: HandClock) -> None:
    grid.convert(ColumnType.NUMBER)
    clock.advance(WORK_AFTER)
    done = []
    for _ in range(6):
        poller_of(installation, most_chunks=1).tick()
        done.append(sum(not isinstance(value, str) for value in grid.values()))
    assert done == [0, 0, 2, 4, 5, 5]
    assert grid.kind() is ColumnType.NUMBER


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("commits", range(4))
def test_killed_half_way_it_goes_on_where_it_was(
    grid: Grid, installation: Installation, clock: HandClock, monkeypatch: pytest.MonkeyPatch, commits: int
) -> None:
    grid.convert(ColumnType.NUMBER)
    clock.advance(WORK_AFTER)
    with monkeypatch.context() as fatal:
        die_after(commits, fatal)
        with pytest.raises(Killed):
            tick_until_done(installation)
    clock.advance(timedelta(seconds=CLAIM_S))
    finish(installation, clock)
    assert (grid.kind(), grid.values()) == (ColumnType.NUMBER, NUMBERS)
    assert [len(grid.entries(kind)) for kind in ("column.conversion_started", "column.converted")] == [1, 1]
    assert sum(len(entry.old) for entry in grid.entries("column.values_converted")) == 5


def die_after(commits: int, patch: pytest.MonkeyPatch) -> None:
    """Kill the process when it is about to commit once more than that."""
    commit, made = Transaction._commit, [0]

    def counted(change: Transaction) -> None:
        if made[0] == commits:
            raise Killed
        made[0] += 1
        commit(change)

    patch.setattr(Transaction, "_commit", counted)


def test_two_at_once_write_each_value_once(grid: Grid) -> None:
    grid.convert(ColumnType.NUMBER)
    threads = [threading.Thread(target=work_until_done, args=(grid,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert (grid.kind(), grid.values()) == (ColumnType.NUMBER, NUMBERS)
    assert sum(len(entry.old) for entry in grid.entries("column.values_converted")) == 5


def work_until_done(grid: Grid) -> None:
    is_done = False
    while not is_done:
        try:
            is_done = fields.rewrite_column(grid.column_id, tenant=grid.tenant)
        except (ChangedMeanwhile, ColumnChanged):
            continue


def test_a_column_deleted_on_its_way_is_purged_and_converted_no_further(
    grid: Grid, installation: Installation, clock: HandClock
) -> None:
    grid.convert(ColumnType.NUMBER)
    clock.advance(WORK_AFTER)
    for _ in range(3):
        poller_of(installation, most_chunks=1).tick()
    fields.delete_column(grid.column_id, tenant=grid.tenant)
    assert fields.rewrite_column(grid.column_id, tenant=grid.tenant)
    assert fields.purge_column(grid.column_id, tenant=grid.tenant)
    [purged] = grid.entries("column.purged")
    assert purged.new == {"values": 5}


def test_the_default_becomes_the_other_type_too_or_is_gone(
    tenant: Tenant, installation: Installation, clock: HandClock
) -> None:
    for default, expected in (("12", 12), ("soon", None)):
        command = CreateColumn(name="Amount", type=ColumnType.TEXT, default=default)
        column = fields.create_column(command, tenant=tenant)
        fields.convert_column(column.id, ColumnType.NUMBER, None, tenant=tenant)
        finish(installation, clock)
        assert Columns(tenant).require(column.id).default == expected


@pytest.fixture
def staged(grid: Grid) -> Grid:
    """Chats with a stage or more: those with Red shall have Green."""
    options = tuple(OptionDraft(name=name) for name in ("Red", "Green", "Blue"))
    column = fields.create_column(
        CreateColumn(name="Stages", type=ColumnType.MULTISELECT, options=options), tenant=grid.tenant
    )
    red, green, blue = (option.id for option in column.options)
    staged = Grid(tenant=grid.tenant, chat_ids=grid.chat_ids, column_id=column.id)
    for chat, value in enumerate([(red,), (red, green), (blue, red), (green,), (blue,)]):
        staged.put(chat, value)
    return staged


def test_a_merged_option_can_t_be_chosen_at_once_and_is_gone_when_every_value_follows(
    staged: Grid, installation: Installation, clock: HandClock
) -> None:
    red, green, blue = (option.id for option in Columns(staged.tenant).require(staged.column_id).options)
    command = MergeOptions(column_id=staged.column_id, option_id=red, into=green)
    merging = fields.merge_options(command, tenant=staged.tenant)
    assert [option.id for option in merging.offered()] == [green, blue]
    assert staged.values()[0] == [red]
    finish(installation, clock)
    assert staged.values() == [[green], [green], [blue, green], [green], [blue]]
    assert [option.id for option in Columns(staged.tenant).require(staged.column_id).options] == [green, blue]
    assert sum(len(entry.old) for entry in staged.entries("column.values_merged")) == 3
    [ended] = staged.entries("column.options_merged")
    assert ended.new["values"] == 3


def test_usage_counts_chats_and_options(staged: Grid) -> None:
    red, green, blue = (option.id for option in Columns(staged.tenant).require(staged.column_id).options)
    whole = fields.column_usage(staged.column_id, None, tenant=staged.tenant)
    assert (whole.filled, dict(whole.options), whole.next_cursor) == (5, {red: 3, green: 2, blue: 2}, None)


def test_the_schedule_of_the_lambdas_does_it(grid: Grid, on_test_clock: Services, clock: HandClock) -> None:
    grid.convert(ColumnType.NUMBER)
    clock.advance(WORK_AFTER)
    [due] = [handler for handler in registered(app) if handler.name == "due"]
    for _ in range(4):
        due.call(event_for("due"))
    assert (grid.kind(), grid.values()) == (ColumnType.NUMBER, NUMBERS)
