"""Due work: never early, claimed once, tried again, put aside when it never works."""

import itertools
import threading
import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from chalicelib.kernel.errors import Unavailable
from chalicelib.table import due, keys
from chalicelib.table.due import CLAIM_S, MAX_ATTEMPTS, UNKNOWN_FOR, Due, Handler, Lane, Poller
from chalicelib.table.tenant import Installation, Tenant
from tests.hand_clock import HandClock
from tests.handlers import Dropping


class Desk:
    """Takes what is due of one kind; other tests' work is none of its business."""

    def __init__(self) -> None:
        self.done: list[Due] = []
        self.trouble: Exception | None = None
        self.tries = 0

    def take(self, work: Due) -> None:
        """Do it, or refuse."""
        self.tries += 1
        if self.trouble is not None:
            raise self.trouble
        self.done.append(work)


@pytest.fixture
def desk() -> Desk:
    """Where work arrives."""
    return Desk()


@pytest.fixture
def poller(desk: Desk, tenant: Tenant, installation: Installation) -> Poller:
    """Hands this workspace's work to the desk."""
    return Poller(handlers(desk, tenant), installation)


def handlers(desk: Desk, tenant: Tenant) -> Mapping[str, Handler]:
    """The desk for this workspace's greeting; what other tests left is dropped."""
    known = Dropping()
    known[f"greet {tenant.workspace_id}"] = desk.take
    return known


def plan(tenant: Tenant, after: timedelta, *, name: str | None = None, whom: str = "you") -> None:
    """Have somebody greeted."""
    with tenant.transaction() as change:
        due.schedule(change, tenant, f"greet {tenant.workspace_id}", tenant.now() + after, {"whom": whom}, name=name)
        change.record("greeting.planned", target=whom)


def of_one_shard(tenant: Tenant, many: int) -> list[str]:
    """Names that put work into one and the same shard."""
    names = (f"test-{tenant.workspace_id}-{number}" for number in itertools.count())
    return list(itertools.islice((name for name in names if zlib.crc32(name.encode()) % keys.DUE_SHARDS == 0), many))


def test_work_is_done_when_it_is_due_and_never_early(
    tenant: Tenant, poller: Poller, desk: Desk, clock: HandClock
) -> None:
    plan(tenant, timedelta(hours=1))
    clock.advance(timedelta(minutes=59, seconds=59))
    poller.tick()
    assert desk.done == []
    clock.advance(timedelta(seconds=1))
    poller.tick()
    [work] = desk.done
    assert work.facts == {"whom": "you"}
    assert work.tenant.workspace_id == tenant.workspace_id
    clock.advance(timedelta(days=1))
    poller.tick()
    assert len(desk.done) == 1


def test_pollers_side_by_side_do_it_once(
    tenant: Tenant, desk: Desk, installation: Installation, clock: HandClock
) -> None:
    for number in range(6):
        plan(tenant, timedelta(0), whom=str(number))
    pollers = [Poller(handlers(desk, tenant), installation) for _ in range(4)]
    threads = [threading.Thread(target=each.tick) for each in pollers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(work.facts["whom"] for work in desk.done) == list("012345")


@pytest.mark.parametrize("trouble", [Unavailable(), KeyError("a mistake of ours")])
def test_a_refusal_is_tried_again_later(
    tenant: Tenant, poller: Poller, desk: Desk, clock: HandClock, trouble: Exception
) -> None:
    plan(tenant, timedelta(0))
    desk.trouble = trouble
    poller.tick()
    poller.tick()
    assert desk.tries == 1
    desk.trouble = None
    clock.advance(timedelta(seconds=3))
    poller.tick()
    assert len(desk.done) == 1


def test_one_piece_s_trouble_does_not_hold_up_the_others(tenant: Tenant, poller: Poller, desk: Desk) -> None:
    desk.trouble = KeyError("a mistake of ours")
    for number in range(5):
        plan(tenant, timedelta(0), whom=str(number))
    poller.tick()
    assert desk.tries == 5


def test_what_never_works_is_put_aside(tenant: Tenant, poller: Poller, desk: Desk, clock: HandClock) -> None:
    plan(tenant, timedelta(0))
    desk.trouble = Unavailable()
    for _ in range(MAX_ATTEMPTS + 3):
        poller.tick()
        clock.advance(timedelta(hours=2))
    assert desk.tries == MAX_ATTEMPTS


def test_what_was_put_aside_is_found_by_its_tenant_alone(
    tenant: Tenant, other_tenant: Tenant, poller: Poller, desk: Desk, clock: HandClock
) -> None:
    plan(tenant, timedelta(0))
    desk.trouble = Unavailable()
    for _ in range(MAX_ATTEMPTS):
        assert due.stuck(tenant) == []
        poller.tick()
        clock.advance(timedelta(hours=2))
    [aside] = due.stuck(tenant)
    assert aside.work == f"greet {tenant.workspace_id}"
    assert aside.since == clock() - timedelta(hours=2)
    assert due.stuck(other_tenant) == []


def test_work_of_the_installation_belongs_to_no_workspace(
    tenant: Tenant, poller: Poller, desk: Desk, installation: Installation
) -> None:
    key = keys.due_row(f"test-{tenant.workspace_id}")
    with installation.transaction(key) as change:
        due.schedule(change, installation, f"greet {tenant.workspace_id}", installation.now(), {"whom": "all"})
    poller.tick()
    [work] = desk.done
    assert work.facts == {"whom": "all"}
    with pytest.raises(ValueError, match="no workspace"):
        work.tenant.workspace_id  # noqa: B018 - asking is what is refused


def test_work_that_is_not_whole_is_handed_out_again_when_it_asks_to_be(
    tenant: Tenant, installation: Installation, clock: HandClock
) -> None:
    asked: list[Due] = []

    def half(work: Due) -> datetime | None:
        asked.append(work)
        return clock() + timedelta(minutes=5) if len(asked) < MAX_ATTEMPTS + 2 else None

    plan(tenant, timedelta(0))
    known = Dropping()
    known[f"greet {tenant.workspace_id}"] = half
    for _ in range(MAX_ATTEMPTS + 5):
        Poller(known, installation).tick()
        clock.advance(timedelta(minutes=4))
        Poller(known, installation).tick()
        clock.advance(timedelta(minutes=1))
    assert len(asked) == MAX_ATTEMPTS + 2


def test_a_lane_s_work_is_done_by_its_own_poller_alone(
    tenant: Tenant, poller: Poller, desk: Desk, installation: Installation
) -> None:
    with tenant.transaction() as change:
        work = f"greet {tenant.workspace_id}"
        due.schedule(change, installation, work, tenant.now(), {"whom": "you"}, lane=Lane.ERASING)
        change.record("greeting.planned", target="you")
    poller.tick()
    assert desk.done == []
    Poller(handlers(desk, tenant), installation, lane=Lane.ERASING).tick()
    assert [work.facts["whom"] for work in desk.done] == ["you"]


def test_a_neighbour_that_is_away_for_a_day_puts_nothing_aside(
    tenant: Tenant, poller: Poller, desk: Desk, clock: HandClock
) -> None:
    plan(tenant, timedelta(0))
    desk.trouble = Unavailable()
    away_until = clock() + timedelta(days=1)
    while clock() < away_until:
        poller.tick()
        clock.advance(timedelta(minutes=20))
    desk.trouble = None
    clock.advance(timedelta(hours=1))
    poller.tick()
    assert len(desk.done) == 1
    assert due.stuck(tenant) == []


def test_work_of_a_kind_this_release_does_not_know_is_left_to_the_newer_one(
    tenant: Tenant, poller: Poller, desk: Desk, installation: Installation, clock: HandClock
) -> None:
    older = Poller({}, installation)
    plan(tenant, timedelta(0))
    for _ in range(MAX_ATTEMPTS + 1):
        assert older.tick() == 0
        clock.advance(timedelta(minutes=1))
    poller.tick()
    assert len(desk.done) == 1


def test_work_that_no_release_knows_is_put_aside_after_a_day_and_a_person_told(
    tenant: Tenant, installation: Installation, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    plan(tenant, timedelta(0))
    clock.advance(UNKNOWN_FOR)
    Poller({}, installation).tick()
    assert due.stuck(tenant) == []
    clock.advance(timedelta(seconds=1))
    Poller({}, installation).tick()
    assert [aside.work for aside in due.stuck(tenant)] == [f"greet {tenant.workspace_id}"]
    told = [vars(line)["work"] for line in caplog.records if (line.levelname, line.message) == ("ERROR", "due.unknown")]
    assert f"greet {tenant.workspace_id}" in told


def test_a_tick_takes_up_nothing_more_once_its_time_is_over(
    tenant: Tenant, poller: Poller, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(tenant, timedelta(0))
    with monkeypatch.context() as hurry:
        hurry.setattr(due, "TICK_S", 0)
        assert poller.tick() == 0
    assert desk.tries == 0
    poller.tick()
    assert len(desk.done) == 1


def test_a_tick_does_all_that_is_due_however_much_lies_in_one_shard(
    tenant: Tenant, poller: Poller, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "_BATCH", 2)
    for number in range(15):
        plan(tenant, timedelta(0), whom=str(number))
    assert poller.tick() >= 15
    assert sorted(int(work.facts["whom"]) for work in desk.done) == list(range(15))


def test_a_tick_goes_past_what_it_leaves_to_a_newer_release_and_ends(
    tenant: Tenant, installation: Installation, poller: Poller, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "_BATCH", 1)
    for number in range(8):
        plan(tenant, timedelta(0), whom=str(number))
    assert Poller({}, installation).tick() == 0
    poller.tick()
    assert len(desk.done) == 8


def test_work_that_no_release_knows_holds_up_nothing_behind_it_and_none_of_it_is_lost(
    tenant: Tenant, installation: Installation, desk: Desk, clock: HandClock
) -> None:
    names = of_one_shard(tenant, 31)
    with tenant.transaction() as change:
        for name in names[:30]:
            due.schedule(change, tenant, "of another release", tenant.now(), {}, name=name)
        change.record("greeting.planned", target="you")
    plan(tenant, timedelta(seconds=1), name=names[30])
    clock.advance(timedelta(seconds=1))
    poller = Poller({f"greet {tenant.workspace_id}": desk.take}, installation)
    assert poller.tick() == 1
    assert len(desk.done) == 1
    assert [(piece.work, piece.attempts) for piece in due.pending(tenant)] == [("of another release", 0)] * 30
    clock.advance(UNKNOWN_FOR)
    assert poller.tick() == 0
    assert due.pending(tenant) == []
    assert [aside.work for aside in due.stuck(tenant)] == ["of another release"] * 30


def test_what_was_cancelled_is_not_done(tenant: Tenant, poller: Poller, desk: Desk, clock: HandClock) -> None:
    plan(tenant, timedelta(hours=1), name=f"test-{tenant.workspace_id}")
    with tenant.transaction() as change:
        due.cancel(change, tenant, f"test-{tenant.workspace_id}")
        change.record("greeting.cancelled", target="you")
    clock.advance(timedelta(hours=1))
    poller.tick()
    assert desk.done == []


def test_what_a_dead_poller_claimed_is_handed_out_again(
    tenant: Tenant, poller: Poller, desk: Desk, installation: Installation, clock: HandClock
) -> None:
    plan(tenant, timedelta(0), name=f"test-{tenant.workspace_id}")
    row = installation.rows(keys.due_row(f"test-{tenant.workspace_id}")).get(due.DueRow, keys.ONLY)
    assert row is not None
    assert poller._claim(row)
    clock.advance(timedelta(seconds=CLAIM_S - 1))
    poller.tick()
    assert desk.done == []
    clock.advance(timedelta(seconds=1))
    poller.tick()
    assert len(desk.done) == 1


def test_planning_under_the_same_name_moves_it(tenant: Tenant, poller: Poller, desk: Desk, clock: HandClock) -> None:
    name = f"test-{tenant.workspace_id}"
    plan(tenant, timedelta(minutes=1), name=name)
    plan(tenant, timedelta(minutes=5), name=name)
    clock.advance(timedelta(minutes=2))
    poller.tick()
    assert desk.done == []
    clock.advance(timedelta(minutes=3))
    poller.tick()
    assert len(desk.done) == 1
