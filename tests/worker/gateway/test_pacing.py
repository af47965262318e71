"""How fast we speak to Telegram."""

import pytest

from session_worker.messaging.pacing import REMEMBERED_CHATS, Pace, TokenBucket


class Hours:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now_s = 1_000.0

    def __call__(self) -> float:
        return self.now_s


def test_a_bucket_gives_its_burst_and_then_says_how_long_to_wait() -> None:
    hours = Hours()
    bucket = TokenBucket(burst=2, per_s=0.5, now=hours)
    assert [bucket.take(), bucket.take()] == [0.0, 0.0]
    assert bucket.take() == pytest.approx(2.0)
    hours.now_s += 2
    assert bucket.take() == 0.0


def test_a_refused_take_costs_nothing() -> None:
    hours = Hours()
    bucket = TokenBucket(burst=1, per_s=1, now=hours)
    bucket.take()
    for _ in range(10):
        bucket.take()
    hours.now_s += 1
    assert bucket.take() == 0.0


def test_half_the_pace_waits_twice_as_long() -> None:
    hours = Hours()
    bucket = TokenBucket(burst=1, per_s=1, now=hours)
    assert bucket.take() == 0.0
    assert bucket.take(factor=0.5) == pytest.approx(2.0)
    hours.now_s += 2
    assert bucket.take(factor=0.5) == 0.0


def test_an_album_costs_a_turn_a_picture_and_leaves_when_the_bucket_is_full() -> None:
    hours = Hours()
    bucket = TokenBucket(burst=3, per_s=1, now=hours)
    assert bucket.take(10) == 0.0
    assert bucket.take() == pytest.approx(8.0)
    hours.now_s += 8
    assert bucket.take() == 0.0


async def test_chats_are_forgotten_when_there_are_very_many() -> None:
    hours = Hours()
    pace = Pace(hours)
    for number in range(REMEMBERED_CHATS + 10):
        hours.now_s += 10
        await pace.turn(str(number), is_private=True, factor=lambda: 1.0)
    assert len(pace._chats) == REMEMBERED_CHATS
