"""Rate limits: so many in a window, across processes, each address apart; and delays that grow with failures."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.adapters.limits import Delay, Limit, Limits, subject_of
from chalicelib.kernel import ids
from chalicelib.kernel.errors import TooMany
from chalicelib.table.tenant import Installation
from tests.hand_clock import HandClock

THREE = Limit(name="test", most=3)
SLOWED = Delay(name="slowed", free=3, longest_s=5, forgotten_s=60)


@pytest.fixture
def who() -> str:
    """Somebody nobody counted yet."""
    return ids.mint()


def test_the_fourth_of_three_is_refused_until_the_window_ends(
    installation: Installation, clock: HandClock, who: str
) -> None:
    clock.set(datetime.now(UTC).replace(second=15, microsecond=0))
    for _ in range(3):
        Limits(installation).take(THREE, who)
    with pytest.raises(TooMany) as refusal:
        Limits(installation).take(THREE, who)
    assert refusal.value.retry_after_s == 45
    Limits(installation).take(THREE, "other " + who)
    clock.advance(timedelta(seconds=45))
    Limits(installation).take(THREE, who)


def test_a_refusal_is_not_counted(installation: Installation, clock: HandClock, who: str) -> None:
    for _ in range(3):
        Limits(installation).take(THREE, who)
    for _ in range(5):
        with pytest.raises(TooMany):
            Limits(installation).take(THREE, who)
    clock.advance(timedelta(minutes=1))
    for _ in range(3):
        Limits(installation).take(THREE, who)


def test_limits_of_different_names_do_not_add_up(installation: Installation, who: str) -> None:
    for name in ("one", "other"):
        Limits(installation).take(Limit(name=name, most=1), who)


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("192.0.2.7, 10.0.0.1", "unknown"),
        ("\x00", "unknown"),
    ],
)
def test_an_address_is_counted_as_its_customer(address: str, subject: str) -> None:
    assert subject_of(address) == subject


def tries(limits: Limits, who: str, count: int, delay: Delay = SLOWED) -> list[int]:
    """The seconds each of so many tries has to wait, 0 where it may begin; no time passes between them."""
    waits: list[int] = []
    for _ in range(count):
        try:
            limits.begin(delay, who)
            waits.append(0)
        except TooMany as refusal:
            waits.append(refusal.retry_after_s)
    return waits


def test_from_the_third_failure_on_tries_wait_and_a_refusal_is_not_counted(
    installation: Installation, clock: HandClock, who: str
) -> None:
    limits = Limits(installation)
    assert tries(limits, who, 6) == [0, 0, 0, 1, 1, 1]
    for wait_s in (1, 2, 4, 5, 5):
        clock.advance(timedelta(seconds=wait_s) - timedelta(milliseconds=1))
        assert tries(limits, who, 1) == [1]
        clock.advance(timedelta(milliseconds=1))
        assert tries(limits, who, 1) == [0]


def test_a_success_forgets_the_failures(installation: Installation, who: str) -> None:
    limits = Limits(installation)
    tries(limits, who, 3)
    limits.succeed(SLOWED, who)
    assert tries(limits, who, 4) == [0, 0, 0, 1]


def test_failures_are_forgotten_when_they_are_old(installation: Installation, clock: HandClock, who: str) -> None:
    limits = Limits(installation)
    tries(limits, who, 3)
    clock.advance(timedelta(seconds=60))
    assert tries(limits, who, 4) == [0, 0, 0, 1]


def test_tries_at_the_same_moment_can_t_outrun_the_delay(installation: Installation, who: str) -> None:
    limits = Limits(installation)
    with ThreadPoolExecutor(12) as pool:
        waits = [wait for made in pool.map(lambda _: tries(limits, who, 2), range(12)) for wait in made]
    assert waits.count(0) == 3


def test_one_delay_does_not_slow_another_or_somebody_else(installation: Installation, who: str) -> None:
    limits = Limits(installation)
    tries(limits, who, 3)
    assert tries(limits, "other " + who, 1) == [0]
    assert tries(limits, who, 1, Delay(name="another")) == [0]


def test_the_longest_pause_is_15_minutes_however_many_failed() -> None:
    delay = Delay(name="any")
    assert [delay.pause_s(n) for n in (0, 4, 5, 6, 14, 15, 16, 10_000)] == [0, 0, 1, 2, 512, 900, 900, 900]
