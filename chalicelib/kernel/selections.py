"""Chats that were chosen together: how many there may be, their order, and how one row keeps them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from chalicelib.kernel import ids
from chalicelib.kernel.ids import AccountId, ChatId

MAX_SELECTED: Final = 1_000
"""Of one account they are 16 KB in a row; of as many accounts 45 KB."""


def in_order(chat_ids: Sequence[ChatId]) -> list[ChatId]:
    """The chats that can be some, each once, account after account; of too many the first MAX_SELECTED."""
    return sorted({chat_id for chat_id in chat_ids if ids.is_chat_shape(chat_id)})[:MAX_SELECTED]


def packed(chat_ids: Sequence[ChatId]) -> dict[AccountId, str]:
    """By account the ends of its chats' ids, run together: what they begin with, the account's, is kept once."""
    found: dict[AccountId, str] = {}
    for chat_id in chat_ids:
        account_id = ids.account_of(chat_id)
        found[account_id] = found.get(account_id, "") + chat_id[len(account_id) :]
    return found


def unpacked(found: Mapping[AccountId, str]) -> Iterator[ChatId]:
    """The chats that were packed, in their order."""
    for account_id, ends in found.items():
        for start in range(0, len(ends), ids.PEER_LENGTH):
            yield ChatId(account_id + ends[start : start + ids.PEER_LENGTH])
