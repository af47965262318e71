"""What somebody has typed in a chat and not sent: Telegram's own drafts, the same in all of their sessions."""

from typing import Any

from telethon.tl import types

from chalicelib.kernel import clock
from session_worker.telegram import formatting, messages
from session_worker.wire import Wire


def draft_of(dialog: Any) -> Wire | None:
    """What is typed in a chat of a list; of Telegram's own account nothing is shown."""
    return None if messages.is_telegram_itself(dialog.peer) else to_wire(getattr(dialog, "draft", None))


def to_wire(draft: Any) -> Wire | None:
    """{text, entities, reply_to_id or None, saved_at}; None where nothing is typed."""
    if not isinstance(draft, types.DraftMessage) or not (draft.message or draft.reply_to):
        return None
    return {
        "text": draft.message,
        "entities": formatting.to_wire(draft.entities),
        "reply_to_id": getattr(draft.reply_to, "reply_to_msg_id", None),
        "saved_at": clock.to_wire(draft.date),
    }
