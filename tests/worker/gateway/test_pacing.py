"""How fast we speak to Telegram."""

import pytest

from chalicelib.kernel.errors import TooMany
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


async def test_what_telegram_told_us_to_wait_is_refused_to_the_second_and_not_waited_for() -> None:
    hours = Hours()
    pace = Pace(hours)
    pace.block(12)
    hours.now_s += 1.5
    with pytest.raises(TooMany) as refusal:
        await pace.turn("C", is_private=True)
    assert refusal.value.retry_after_s == 11
    hours.now_s += 11
    await pace.turn("C", is_private=True)


async def test_slow_mode_holds_one_chat_only() -> None:
    pace = Pace(Hours())
    pace.block(30, "C")
    await pace.turn("D", is_private=False)
    with pytest.raises(TooMany):
        await pace.turn("C", is_private=False)


async def test_a_shorter_wait_does_not_end_a_longer_one() -> None:
    hours = Hours()
    pace = Pace(hours)
    pace.block(60)
    pace.block(5)
    hours.now_s += 10
    with pytest.raises(TooMany):
        pace.check("C")


async def test_chats_are_forgotten_when_there_are_very_many() -> None:
    hours = Hours()
    pace = Pace(hours)
    for number in range(REMEMBERED_CHATS + 10):
        hours.now_s += 10
        await pace.turn(str(number), is_private=True)
    assert len(pace._chats) == REMEMBERED_CHATS
