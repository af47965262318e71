"""Key patterns of what people write of chats, one by one and many at once, as the others are in table/keys."""

from chalicelib.kernel.ids import BulkEditId, ChatId
from chalicelib.table.keys import CHATS

# Sort keys in WORKSPACE

ALERT_RULES = "ALERTRULES"
"""After how long members are told that a chat waits, or is silent."""
_BULK_EDITS = "BULK#"


def bulk_edit(bulk_edit_id: BulkEditId) -> str:
    """One value into many chats, and how far it has come."""
    return f"{_BULK_EDITS}{bulk_edit_id}"


def bulk_edit_of(sk: str) -> BulkEditId:
    """The bulk edit whose row it is."""
    return BulkEditId(sk.removeprefix(_BULK_EDITS))


def bulk_chats(bulk_edit_id: BulkEditId) -> str:
    """The chats a bulk edit is for."""
    return f"{_BULK_EDITS}{bulk_edit_id}#CHATS"


# Sort keys in an account's partition


def chat_card(chat_id: ChatId) -> str:
    """What people write of a chat itself: assignee, priority, ways to reach somebody, names. Its `CARD` sorts first."""
    return f"{CHATS}{chat_id}#CARD"


def chat_counts(chat_id: ChatId) -> str:
    """How much hangs on a chat: its comments and tickets."""
    return f"{CHATS}{chat_id}#COUNTS"
