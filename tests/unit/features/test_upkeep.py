"""How due work stands, by kind."""

from datetime import UTC, datetime, timedelta

from chalicelib.features.upkeep.model import LATE_AFTER, KindOfWork, Pending, Stuck, kinds_of_work

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


def test_a_piece_waits_until_it_is_late_and_fails_once_it_was_tried() -> None:
    pending = [
        Pending(work="a", at=NOW + timedelta(days=1), attempts=0),
        Pending(work="a", at=NOW - LATE_AFTER, attempts=0),
        Pending(work="a", at=NOW - LATE_AFTER - A_SECOND, attempts=0),
        Pending(work="a", at=NOW - LATE_AFTER - A_SECOND, attempts=1),
    ]
    [kind] = kinds_of_work(pending, [], NOW)
    assert kind == KindOfWork(
        work="a",
        waiting=2,
        late=1,
        failing=1,
        stuck=0,
        next_at=NOW - LATE_AFTER - A_SECOND,
        stuck_since=None,
    )


def test_what_is_stuck_is_counted_since_the_first_of_it() -> None:
    [kind] = kinds_of_work([], [Stuck(work="a", since=NOW), Stuck(work="a", since=NOW - A_SECOND)], NOW)
    assert (kind.stuck, kind.stuck_since, kind.next_at) == (2, NOW - A_SECOND, None)


def test_what_needs_somebody_comes_first() -> None:
    pending = [
        Pending(work="later", at=NOW + timedelta(days=2), attempts=0),
        Pending(work="soon", at=NOW + timedelta(days=1), attempts=0),
        Pending(work="failing", at=NOW + timedelta(days=3), attempts=4),
    ]
    kinds = kinds_of_work(pending, [Stuck(work="stuck", since=NOW)], NOW)
    assert [kind.work for kind in kinds] == ["stuck", "failing", "soon", "later"]
