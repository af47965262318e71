"""The key patterns of long texts, beside those of `keys`. docs/data-model.md explains them."""

from chalicelib.kernel.ids import ChatId, ColumnId


def long_text(chat_id: ChatId, column_id: ColumnId) -> str:
    """A long text of a chat, in its account's partition: apart from the chats' rows, so that lists don't pay for it."""
    return f"LONG#{chat_id}#{column_id}"
