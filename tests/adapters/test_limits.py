"""Rate limits: so many in a window, across processes, each address apart."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.adapters.limits import Limit, Limits, subject_of
from chalicelib.kernel import ids
from chalicelib.kernel.errors import TooMany
from chalicelib.table.tenant import Installation
from tests.hand_clock import HandClock

THREE = Limit(name="test", most=3)


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
