"""Key patterns of what people write of a chat itself, spelled here as the others are in table/keys."""

from chalicelib.kernel.ids import ChatId
from chalicelib.table.keys import CHATS

# Sort keys in an account's partition


def chat_card(chat_id: ChatId) -> str:
    """What people write of a chat itself: assignee, priority, ways to reach somebody, names. Its `CARD` sorts first."""
    return f"{CHATS}{chat_id}#CARD"
