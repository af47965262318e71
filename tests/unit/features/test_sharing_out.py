"""Who gets which chat when chats are shared out among members."""

from collections import Counter
from itertools import cycle

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.features.bulk_edits.model import shares
from chalicelib.kernel.ids import AccountId, ChatId, UserId

ADA, TIM, MAX = (UserId(letter * 26) for letter in "ATM")
SALES, CARE = AccountId("1" * 26), AccountId("2" * 26)


def chats(account_id: AccountId, count: int) -> list[ChatId]:
    """So many chats of an account."""
    return [ChatId(f"{account_id}{number:016d}") for number in range(count)]


def test_members_who_begin_with_nothing_get_chats_in_turn() -> None:
    turn = cycle((ADA, TIM, MAX))
    given_out = shares(chats(SALES, 7), {SALES: [ADA, TIM, MAX]}, dict.fromkeys((ADA, TIM, MAX), 0))
    whose = {chat_id: user_id for user_id, share in given_out.items() for chat_id in share}
    assert [whose[chat_id] for chat_id in chats(SALES, 7)] == [next(turn) for _ in range(7)]


def test_who_has_the_fewest_gets_the_next() -> None:
    given_out = shares(chats(SALES, 4), {SALES: [ADA, TIM]}, {ADA: 9, TIM: 2})
    assert {user_id: len(share) for user_id, share in given_out.items()} == {TIM: 4}
    given_out = shares(chats(SALES, 5), {SALES: [ADA, TIM]}, {ADA: 3, TIM: 2})
    assert {user_id: len(share) for user_id, share in given_out.items()} == {ADA: 2, TIM: 3}


def test_nobody_gets_a_chat_of_an_account_they_are_not_connected_to() -> None:
    wanted = [*chats(SALES, 3), *chats(CARE, 3)]
    given_out = shares(wanted, {SALES: [ADA], CARE: []}, {ADA: 0, TIM: 0})
    assert given_out == {ADA: chats(SALES, 3)}


@given(st.integers(0, 60), st.dictionaries(st.sampled_from([ADA, TIM, MAX]), st.integers(0, 40), min_size=1))
def test_every_chat_is_somebodys_and_loads_come_as_near_as_they_can(count: int, loads: dict[UserId, int]) -> None:
    given_out = shares(chats(SALES, count), {SALES: sorted(loads)}, loads)
    got = Counter({user_id: len(share) for user_id, share in given_out.items()})
    assert got.total() == count
    after = {user_id: loads[user_id] + got[user_id] for user_id in loads}
    grown = [after[user_id] for user_id in loads if got[user_id]]
    assert all(each - min(after.values()) <= 1 for each in grown)
