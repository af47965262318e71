"""Erasing a workspace: keys first, then everything, then a count; and the same again whoever is killed meanwhile."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from app import app
from chalicelib.adapters.files import Folder
from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.privacy.model import KEPT_FOR, LOG_OUT_FOR, LOOK_AGAIN, SETTLED_AFTER, Erasing, Step
from chalicelib.features.privacy.repository import workspaces as repository
from chalicelib.features.privacy.repository.erasings import ErasingRow, Erasings
from chalicelib.features.privacy.repository.workspaces import Remains
from chalicelib.services import Services
from chalicelib.table import cipher, feeds, keys
from chalicelib.table import tenant as tenant_handles
from chalicelib.table.cipher import REMEMBERED_S, Cipher, Purpose, SealBroken
from chalicelib.table.due import CLAIM_S, DueRow
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Installation, PartitionRow, Tenant
from dev.events.handlers import registered
from dev.events.schedule import event_for
from tests.hand_clock import HandClock
from tests.house import House, assert_erased, connect, deleted, furnished, keys_that_name, whole_table
from tests.local_aws import LocalAws
from tests.people import deliver
from tests.scene import chats_of


@pytest.fixture
def house(tenant: Tenant, installation: Installation, clock: HandClock) -> House:
    """Deleted without a way back; its Telegram logins still stand."""
    return deleted(furnished(tenant, installation, clock))


def test_a_whole_workspace_is_erased_and_nothing_of_it_is_left(house: House, local_aws: LocalAws) -> None:
    assert len(keys_that_name(house.id, whole_table(local_aws))) > 40
    house.tick()
    house.log_out()
    house.finish()
    assert_erased(house, local_aws)
    counts = house.erasing().counts
    assert counts["keys"] == len(Purpose)
    assert counts["files"] == 2
    assert counts["pointers"] == 1 + 1 + 2
    assert counts["rows"] > 40


def test_the_schedule_of_the_lambdas_does_it_and_the_worker_s_ticks_leave_it_alone(
    house: House, on_test_clock: Services
) -> None:
    deliver()
    assert Erasings(house.installation).get(house.id) is None
    [erase] = [handler for handler in registered(app) if handler.name == "erase"]
    erase.call(event_for("erase"))
    assert house.erasing().step is Step.ENDING
    erase.call(event_for("erase"))
    assert house.erasing().step is Step.LOGGING_OUT


def test_the_erasing_s_row_keeps_ids_and_counts_for_ninety_days_and_nothing_personal(house: House) -> None:
    house.tick()
    house.log_out()
    done = house.finish()
    row = house.installation.rows(keys.erasing(house.id)).get(ErasingRow, keys.ONLY)
    assert row is not None
    assert done.done_at is not None
    assert row.expires_at == int((done.done_at + KEPT_FOR).timestamp())
    kept = str(row.serialize())
    assert [text for text in ("Acme", "Olga", "Sales", "+15550100", "a secret") if text in kept] == []


def test_keys_go_only_when_the_worker_has_logged_out_everywhere(house: House, clock: HandClock) -> None:
    house.tick()
    house.tick()
    assert house.erasing().step is Step.LOGGING_OUT
    assert {each.is_held_by(house.connections[0].user_id) for each in accounts.known_accounts(house.tenant)} == {False}
    clock.advance(LOOK_AGAIN)
    house.tick()
    assert house.erasing().step is Step.LOGGING_OUT
    house.log_out()
    clock.advance(LOOK_AGAIN)
    house.tick()
    assert house.erasing().step is Step.SETTLING
    assert "logins_left" not in house.erasing().counts


def test_logging_out_is_tried_for_a_day_and_then_the_keys_go_all_the_same(
    house: House, clock: HandClock, local_aws: LocalAws
) -> None:
    house.tick()
    house.tick()
    clock.advance(LOG_OUT_FOR - timedelta(seconds=1))
    house.tick()
    assert house.erasing().step is Step.LOGGING_OUT
    clock.advance(LOOK_AGAIN)
    house.tick()
    assert house.erasing().step is Step.SETTLING
    assert house.finish().counts["logins_left"] == 2
    assert_erased(house, local_aws)


def test_a_login_that_came_in_late_is_logged_out_too(house: House, clock: HandClock) -> None:
    house.tick()
    house.tick()
    late = connect(house.tenant, 3)
    clock.advance(LOOK_AGAIN)
    house.tick()
    assert not accounts.known_account(late.account_id, tenant=house.tenant).is_held_by(late.user_id)


def test_rows_go_only_when_no_process_can_hold_a_key_any_more(house: House, clock: HandClock) -> None:
    assert SETTLED_AFTER.total_seconds() > REMEMBERED_S
    house.tick()
    house.tick()
    house.log_out()
    clock.advance(LOOK_AGAIN)
    house.tick()
    clock.advance(SETTLED_AFTER - timedelta(seconds=1))
    house.tick()
    assert house.erasing().step is Step.SETTLING
    assert Remains(house.tenant).count(None).rows > 40
    clock.advance(timedelta(seconds=1))
    house.tick()
    assert house.erasing().step is Step.DONE


def test_a_copy_of_the_journal_can_t_be_read_once_the_keys_are_gone(house: House, clock: HandClock) -> None:
    copied = house.tenant.rows(keys.journal_partition(house.tenant.now())).plain("0")
    assert copied
    house.tick()
    house.log_out()
    house.finish()
    for each in copied:
        with pytest.raises(SealBroken):
            Cipher().open(house.id, Purpose.JOURNAL, each["sk"], each["values"])


def write_late(house: House) -> None:
    """What a request that was under way when the deletion began may still write."""
    with house.tenant.transaction() as change:
        change.put(house.tenant.rows(keys.WORKSPACE).new(PartitionRow, "LATE"))
        change.record("late.written", target="late")


def with_keys_destroyed(house: House) -> House:
    """Come to the moment between keys and rows."""
    house.tick()
    house.log_out()
    house.tick()
    assert house.erasing().step is Step.SETTLING
    return house


def test_no_work_of_the_workspace_is_begun_once_its_keys_are_gone(house: House) -> None:
    """Else an export or another piece of work could write behind the last count."""
    assert house.tenant.in_second_order(DueRow, keys.PENDING, limit=10) != []
    with_keys_destroyed(house)
    assert house.tenant.in_second_order(DueRow, keys.PENDING, limit=10) == []


def test_a_late_write_to_the_journal_is_refused_and_makes_no_new_key(house: House) -> None:
    with pytest.raises(SealBroken):
        write_late(with_keys_destroyed(house))
    assert house.tenant.rows(keys.WORKSPACE).get(PartitionRow, "LATE") is None


def test_a_write_to_an_erased_workspace_by_a_process_that_never_saw_it_leaves_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch, local_aws: LocalAws
) -> None:
    house.tick()
    house.log_out()
    house.finish()
    monkeypatch.setattr(tenant_handles, "_registered", set())
    with pytest.raises(SealBroken):
        write_late(house)
    assert_erased(house, local_aws)


def test_a_late_write_of_a_process_that_still_holds_the_key_is_removed_like_all_others(
    house: House, monkeypatch: pytest.MonkeyPatch, local_aws: LocalAws
) -> None:
    holder = Cipher()
    holder.seal(house.id, Purpose.JOURNAL, "item", b"kept in memory")
    with_keys_destroyed(house)
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(cipher, "current", lambda: holder)
        write_late(house)
    assert house.tenant.rows(keys.WORKSPACE).get(PartitionRow, "LATE") is not None
    house.finish()
    assert_erased(house, local_aws)


def test_what_turns_up_while_it_is_counted_is_removed_and_counted_again(
    house: House, monkeypatch: pytest.MonkeyPatch, local_aws: LocalAws
) -> None:
    house.tick()
    house.log_out()
    count, late = Remains.count, iter([True])

    def count_with_a_late_row(remains: Remains, after: str | None) -> Any:
        if next(late, False):
            feeds.mark_chat(house.tenant, chats_of(house.id, house.connections[0].account_id, 1)[0].id)
        return count(remains, after)

    monkeypatch.setattr(Remains, "count", count_with_a_late_row)
    house.finish()
    assert_erased(house, local_aws)


def test_a_large_workspace_is_erased_a_stretch_at_a_time(
    house: House, monkeypatch: pytest.MonkeyPatch, local_aws: LocalAws
) -> None:
    monkeypatch.setattr(repository, "PARTITIONS_A_TURN", 2)
    monkeypatch.setattr(repository, "ROWS_A_TURN", 5)
    monkeypatch.setattr(repository, "_CHUNK", 3)
    house.tick()
    house.log_out()
    house.finish()
    assert_erased(house, local_aws)


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.DONE])
@pytest.mark.parametrize("writes", [0, 1])
def test_killed_at_any_step_it_goes_on_and_ends_with_the_same_proof(
    house: House, monkeypatch: pytest.MonkeyPatch, local_aws: LocalAws, step: Step, writes: int
) -> None:
    house.tick()
    house.log_out()
    with monkeypatch.context() as fatal:
        die_at(step, writes, fatal)
        with pytest.raises(Killed):
            house.finish()
    house.clock.advance(timedelta(seconds=CLAIM_S))
    house.finish()
    assert_erased(house, local_aws)


def die_at(step: Step, writes: int, patch: pytest.MonkeyPatch) -> None:
    """Kill the process at a step: before what it did is written down, or when that has just been."""
    move = Erasings.move
    is_written = writes == 1

    def fatal_move(erasings: Erasings, change: Any, before: Erasing, after: Erasing) -> None:
        move(erasings, change, before, after)
        if before.step is step:
            if is_written:
                change._commit()
            raise Killed

    patch.setattr(Erasings, "move", fatal_move)


@pytest.mark.parametrize("calls", range(1, 9))
def test_killed_between_any_two_removals_it_goes_on(
    house: House, monkeypatch: pytest.MonkeyPatch, local_aws: LocalAws, calls: int
) -> None:
    house.tick()
    house.log_out()
    with monkeypatch.context() as fatal:
        die_after_removals(calls, fatal)
        with pytest.raises(Killed):
            house.finish()
    house.clock.advance(timedelta(seconds=CLAIM_S))
    house.finish()
    assert_erased(house, local_aws)


def die_after_removals(calls: int, patch: pytest.MonkeyPatch) -> None:
    """Kill the process when it has removed from that many partitions or buckets."""
    made = [0]

    def fatal(removal: Any) -> Any:
        def remove(*of: Any, **how: Any) -> int:
            removed: int = removal(*of, **how)
            made[0] += removed > 0
            if made[0] == calls:
                raise Killed
            return removed

        return remove

    patch.setattr(Rows, "purge", fatal(Rows.purge))
    patch.setattr(Folder, "purge", fatal(Folder.purge))


def test_two_at_once_erase_it_together(house: House, local_aws: LocalAws) -> None:
    house.tick()
    house.log_out()
    house.clock.advance(SETTLED_AFTER)
    threads = [threading.Thread(target=house.finish_beside_others) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    house.finish()
    assert_erased(house, local_aws)
