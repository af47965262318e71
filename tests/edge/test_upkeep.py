"""Due work as a workspace's Admins see it, and what they have tried again."""

from datetime import timedelta

import pytest

from chalicelib.features.upkeep import use_cases as upkeep
from chalicelib.features.upkeep.model import NothingStuck
from chalicelib.kernel.errors import Unavailable
from chalicelib.kernel.roles import Role
from chalicelib.table import due
from chalicelib.table.due import MAX_ATTEMPTS, UNKNOWN_FOR, Due, Lane, Poller
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import ChangedMeanwhile
from tests.hand_clock import HandClock
from tests.handlers import Dropping
from tests.races import at_once
from tests.scene import a_workspace, an_owner
from tests.team import Team


class Shop:
    """A workspace whose one kind of work never succeeds until somebody mends it."""

    def __init__(self, clock: HandClock, installation: Installation, lane: Lane = Lane.GENERAL) -> None:
        self.tenant: Tenant = an_owner(a_workspace(), clock)
        self.work = f"greet {self.tenant.workspace_id}"
        self.done = 0
        self.is_mended = False
        self._clock, self._lane = clock, lane
        self._poller = Poller(Dropping({self.work: self._greet}), installation, lane=lane)

    def plan(self, pieces: int = 1) -> None:
        """Have somebody greeted, so many times."""
        with self.tenant.transaction() as change:
            for _ in range(pieces):
                due.schedule(change, self.tenant, self.work, self._clock(), {}, lane=self._lane)
            change.record("greeting.planned", target="you")

    def work_on(self, times: int = MAX_ATTEMPTS) -> None:
        """Take up what is due, again and again."""
        for _ in range(times):
            self._poller.tick()
            self._clock.advance(timedelta(hours=2))

    def kind(self) -> tuple[int, int, int, int]:
        """How many wait, are late, fail, are stuck."""
        [kind] = upkeep.list_due_work(tenant=self.tenant)
        assert kind.work == self.work
        return kind.waiting, kind.late, kind.failing, kind.stuck

    def _greet(self, _: Due) -> None:
        if not self.is_mended:
            raise Unavailable
        self.done += 1


def test_work_waits_fails_and_is_stuck(clock: HandClock, installation: Installation) -> None:
    shop = Shop(clock, installation)
    shop.plan(2)
    assert shop.kind() == (2, 0, 0, 0)
    clock.advance(timedelta(minutes=3))
    assert shop.kind() == (0, 2, 0, 0)
    shop.work_on(1)
    assert shop.kind() == (0, 0, 2, 0)
    shop.work_on()
    assert shop.kind() == (0, 0, 0, 2)


def test_work_that_no_release_knows_is_late_and_after_a_day_stuck(clock: HandClock, installation: Installation) -> None:
    shop, older = Shop(clock, installation), Poller({}, installation)
    shop.plan(2)
    clock.advance(timedelta(minutes=3))
    older.tick()
    assert shop.kind() == (0, 2, 0, 0)
    clock.advance(UNKNOWN_FOR)
    older.tick()
    assert shop.kind() == (0, 0, 0, 2)


@pytest.mark.parametrize("lane", [Lane.GENERAL, Lane.BILLING])
def test_what_is_tried_again_is_done_in_its_own_lane_and_stands_in_the_log(
    clock: HandClock, installation: Installation, lane: Lane
) -> None:
    shop = Shop(clock, installation, lane)
    shop.plan(2)
    shop.work_on()
    shop.is_mended = True
    shop.work_on(1)
    assert shop.done == 0, "nobody takes up what was put aside"
    [kind] = upkeep.try_again(shop.work, tenant=shop.tenant)
    assert (kind.waiting, kind.stuck) == (2, 0)
    shop.work_on(1)
    assert shop.done == 2
    assert upkeep.list_due_work(tenant=shop.tenant) == []


def test_what_fails_again_is_put_aside_again(clock: HandClock, installation: Installation) -> None:
    shop = Shop(clock, installation)
    shop.plan()
    for _ in range(2):
        shop.work_on()
        assert shop.kind() == (0, 0, 0, 1)
        upkeep.try_again(shop.work, tenant=shop.tenant)
        assert shop.kind() == (1, 0, 0, 0)


def test_what_is_not_stuck_is_not_tried_again(clock: HandClock, installation: Installation) -> None:
    shop = Shop(clock, installation)
    shop.plan()
    with pytest.raises(NothingStuck):
        upkeep.try_again(shop.work, tenant=shop.tenant)


def test_two_who_try_again_at_once_do_it_once(
    clock: HandClock, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Shop(clock, installation)
    shop.plan()
    shop.work_on()
    outcomes = at_once([lambda: upkeep.try_again(shop.work, tenant=shop.tenant)] * 2, monkeypatch)
    assert [outcome for outcome in outcomes if outcome is ChangedMeanwhile] == [ChangedMeanwhile]
    shop.is_mended = True
    shop.work_on(1)
    assert shop.done == 1


def test_admins_look_and_try_again_and_members_do_neither(local_aws: object) -> None:
    team = Team(olga=Role.OWNER, ann=Role.ADMIN, max=Role.MEMBER)
    column = team.desk("ann").send("POST", "/columns", {"name": "Passing", "type": "text"}).body
    team.desk("ann").send("DELETE", f"/columns/{column['id']}")
    [kind] = team.desk("ann").get("/due-work").body["kinds"]
    assert (kind["work"], kind["waiting"], kind["stuck"]) == ("column.purge", 1, 0)
    refused = team.desk("ann").send("POST", "/due-work/retries", {"work": "column.purge"})
    assert (refused.status, refused.code) == (409, "nothing-stuck")
    for answer in (
        team.desk("max").get("/due-work"),
        team.desk("max").send("POST", "/due-work/retries", {"work": "column.purge"}),
    ):
        assert (answer.status, answer.code) == (403, "permission-missing")


def test_another_workspaces_work_is_neither_seen_nor_tried_again(clock: HandClock, installation: Installation) -> None:
    shop, other = Shop(clock, installation), an_owner(a_workspace(), clock)
    shop.plan()
    shop.work_on()
    assert upkeep.list_due_work(tenant=other) == []
    with pytest.raises(NothingStuck):
        upkeep.try_again(shop.work, tenant=other)
    assert shop.kind() == (0, 0, 0, 1)
