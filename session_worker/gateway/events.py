"""Every event a browser may be told, by type: what it carries and what it means. docs/api/live.md is made from this.

An event travels as {seq, type, …}: `seq` grows by one an event of a socket, so that a gap shows.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Told(NamedTuple):
    """What an event carries besides `seq` and `type`, and what it means."""

    fields: str
    meaning: str


EVENTS: Final[Mapping[str, Told]] = {
    "message.new": Told(
        "account_id, chat_id, message: Message", "A message came, or one of the person's own was sent."
    ),
    "message.edited": Told(
        "account_id, chat_id, message: Message", "A message has another text, or other reactions or views."
    ),
    "message.deleted": Told(
        "account_id, chat_id or null, message_ids",
        "Messages are gone. Telegram names no chat of private ones: then any of the account's may have had them.",
    ),
    "message.reacted": Told(
        "account_id, chat_id, message_id, reactions: [{emoji, count, mine or null}]",
        "A message has other reactions. `emoji` is empty for one that only Telegram can show; `mine` is null where it "
        "is not told.",
    ),
    "message.pinned": Told("account_id, chat_id, message_ids, is_pinned", "Messages were pinned, or are no longer."),
    "typing": Told(
        "account_id, chat_id, user: {id, name}, is_typing",
        "Somebody is writing; it lasts six seconds unless it is told again or ends. The name may be empty.",
    ),
    "draft.changed": Told(
        "account_id, chat_id, draft: {text, entities, reply_to_id, saved_at} or null",
        "What is typed in a chat, from whichever session of the account.",
    ),
    "scheduled.changed": Told(
        "account_id, chat_id, message: Message with is_scheduled",
        "A message waits to be sent, or waits otherwise. Its `date` is when; its `id` is of a numbering of its own.",
    ),
    "scheduled.gone": Told("account_id, chat_id, message_ids", "Messages wait no longer: sent, or taken back."),
    "chat.marked": Told("account_id, chat_id, is_unread", "A chat carries the mark of an unread one, or no longer."),
    "chat.read": Told(
        'chat_id, direction: "in" or "out", up_to_id, unread_count or null',
        "Somebody read up to a message: the person what came (`in`), or the other side what they wrote (`out`).",
    ),
    "chat.changed": Told("chat: as GET /api/workspaces/{workspace_id}/chats/{chat_id}", "A chat's card, as it is now."),
    "chat.missed": Told(
        "account_id, chat_id or null",
        "So much was missed that Telegram does not tell what: read the chat anew, or any of the account's with null.",
    ),
    "connection.changed": Told(
        "account_id, state, reason or null, since", "A connection of the person's is in a state."
    ),
    "standing.changed": Told(
        "account_id, state, sending_until or null, slow_until or null, limited_at or null, chats: {chat_id: until}",
        "How an account of the person's stands with Telegram: what is paused until when (`chats`: by slow mode).",
    ),
    "sessions.changed": Told("account_id, unknown", "How many new sessions at Telegram wait to be kept or ended."),
    "group.changed": Told(
        "account_id, chat_id", "Somebody changed a group or channel: members, rights or name. Look anew if it is shown."
    ),
    "send.changed": Told(
        "chat_id, client_id, state, message or null, problem or null",
        "Where a message stands that was queued or whose answer took long: queued, sending, sent, failed, unknown.",
    ),
    "media.progress": Told(
        "account_id, chat_id, client_id or null, message_id or null, done, total, problem or null",
        "How many bytes of files are at Telegram (client_id), or of an opened file in the bucket (message_id): "
        "once all are, `media.open` gives its link.",
    ),
    "change": Told(
        "change: as GET /api/workspaces/{workspace_id}/changes", "Somebody changed something the workspace shares."
    ),
    "notified": Told("", "The person was told something; it heads GET /api/workspaces/{workspace_id}/notifications."),
    "sync.progress": Told("account_id, chats, done", "How many chats of a new account were read so far."),
    "login.qr": Told("url, expires_at", "A QR code to show; another follows before it ends."),
    "login.password_needed": Told("hint or null", "The account asks for its cloud password."),
    "login.done": Told("account_id", "The account is connected."),
    "login.failed": Told("problem", "The login ended; nothing is connected."),
    "closing": Told("reason", "The last event of a socket: why it is closed."),
}
"""Those that repeat a whole state may be left out where a newer one has come (send_queue.py)."""

CLOSINGS: Final[Mapping[str, str]] = {
    "restarting": "The task is stopping. Come back at once: another task takes over.",
    "moved": "The person's connections live at another task now. Come back at once.",
    "resync": "The browser took frames too slowly and some were dropped. Come back and read afresh.",
    "not-renewed": "No new pass came for 15 minutes. Come back with one.",
    "unproven": "For several periods the table did not say whether the person still belongs. Come back.",
    "no-hello": "No hello came within 5 seconds.",
    "not-text": "A frame was not text.",
    "left": "The browser's own close was answered.",
    "shard-elsewhere": "Another task was asked and no longer holds the person's connections. Come back.",
    "too-many-sockets": "This session or person has as many sockets as it may have. Close a tab, or come back later.",
    "unavailable": "The table did not answer. Come back.",
}
"""Every other reason is the code of a problem: the person, or what they may, has changed."""
