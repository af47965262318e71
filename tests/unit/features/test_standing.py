"""How an account stands with Telegram: only ever more cautious, and to the second."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.features.standing import model
from chalicelib.features.standing.model import UNBLEMISHED, Standing, StandingState
from chalicelib.kernel.ids import ChatId

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CHAT = ChatId("C" * 38)
SEND = "messages.SendMessage"

moments = st.integers(0, 365 * 86_400).map(lambda second: NOW + timedelta(seconds=second))
news = st.one_of(
    st.builds(model.asked_to_wait, st.sampled_from([SEND, "messages.GetDialogs"]), st.integers(1, 90_000), moments),
    st.builds(model.slow_mode, st.just(CHAT), st.integers(1, 900), moments),
    st.builds(model.peer_flood, moments),
    st.builds(model.first_connected, moments),
)


def all_of(told: list[Standing]) -> Standing:
    standing = UNBLEMISHED
    for one in told:
        standing = standing.merged(one)
    return standing


@given(st.lists(news, max_size=6), st.randoms())
def test_it_does_not_matter_in_which_order_or_how_often_news_come(told: list[Standing], chance: Random) -> None:
    mixed = [*told, *told]
    chance.shuffle(mixed)
    assert all_of(told) == all_of(mixed)


@given(st.lists(news, max_size=6), news, moments)
def test_standing_moves_only_towards_caution(told: list[Standing], more: Standing, at: datetime) -> None:
    before = all_of(told)
    after = before.merged(more)
    order = list(StandingState)
    assert order.index(after.state(at)) >= order.index(before.state(at))
    assert after.pace_factor(at) <= before.pace_factor(at)
    for method, until in before.waits.items():
        assert after.waits[method] >= until


def test_a_wait_is_kept_for_its_method_to_the_second_and_then_is_over() -> None:
    standing = model.asked_to_wait(SEND, 12, NOW)
    assert standing.sending_until(NOW) == NOW + timedelta(seconds=12)
    assert standing.state(NOW) is StandingState.THROTTLED
    assert standing.state(NOW + timedelta(seconds=12)) is StandingState.HEALTHY


def test_a_wait_with_something_else_than_sending_pauses_nothing_people_see() -> None:
    standing = model.asked_to_wait("messages.GetDialogs", 60, NOW)
    assert standing.waits == {"messages.GetDialogs": NOW + timedelta(seconds=60)}
    assert (standing.state(NOW), standing.pace_factor(NOW)) == (StandingState.HEALTHY, 1.0)


def test_a_wait_with_sending_halves_the_pace_for_24_hours() -> None:
    standing = model.asked_to_wait(SEND, 5, NOW)
    assert standing.pace_factor(NOW + timedelta(hours=23, minutes=59)) == 0.5
    assert standing.pace_factor(NOW + timedelta(hours=24)) == 1.0


def test_slow_mode_holds_its_chat_alone() -> None:
    standing = model.slow_mode(CHAT, 30, NOW)
    assert (standing.state(NOW), standing.sending_until(NOW)) == (StandingState.SLOW_MODE, None)


def test_what_is_over_is_not_kept_for_ever_and_a_limit_is_never_over_by_itself() -> None:
    standing = all_of([model.asked_to_wait(SEND, 5, NOW), model.slow_mode(CHAT, 5, NOW), model.peer_flood(NOW)])
    later = standing.without_past(NOW + timedelta(days=400))
    assert (dict(later.waits), dict(later.chats), later.slow_until) == ({}, {}, None)
    assert later.state(NOW + timedelta(days=400)) is StandingState.LIMITED


@pytest.mark.parametrize(
    ("day", "most"),
    [(1, 0), (3, 0), (4, 5), (6, 5), (7, 15), (10, 15), (11, 25), (14, 25), (15, 30), (400, 30)],
)
def test_new_accounts_ramp_from_their_first_connection(day: int, most: int) -> None:
    at = NOW + timedelta(days=day - 1, hours=1)
    assert model.first_connected(NOW).broadcasts_an_hour(at) == most


def test_connecting_again_changes_nothing_of_the_ramp() -> None:
    again = model.first_connected(NOW).merged(model.first_connected(NOW + timedelta(days=20)))
    assert again.broadcasts_an_hour(NOW + timedelta(days=20)) == 30
