"""Chats chosen together: each once, in one order, and the same again when a row gives them back."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel import ids, selections
from chalicelib.kernel.ids import ChatId

ACCOUNTS = [ids.mint() for _ in range(3)]
LETTERS = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=ids.PEER_LENGTH, max_size=ids.PEER_LENGTH)
CHATS = st.builds(lambda account, peer: ChatId(account + peer), st.sampled_from(ACCOUNTS), LETTERS)


@given(st.lists(CHATS | st.just(ChatId("nonsense")), max_size=30))
def test_a_row_gives_back_each_chat_once_and_in_order(chosen: list[ChatId]) -> None:
    chat_ids = selections.in_order(chosen)
    assert chat_ids == sorted(set(chosen) - {ChatId("nonsense")})
    assert list(selections.unpacked(selections.packed(chat_ids))) == chat_ids


def test_of_too_many_the_first_are_taken() -> None:
    chosen = [ChatId(ACCOUNTS[0] + f"{number:0{ids.PEER_LENGTH}}") for number in range(selections.MAX_SELECTED + 1)]
    assert selections.in_order(chosen) == chosen[:-1]
