"""Changes as members read them, and the hints that carry them to watching tasks. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from chalicelib.kernel.ids import ChatId, WorkspaceId
from chalicelib.kernel.records import record

CHAT_CHANGED: Final = "chat.changed"
"""The kind of a feed mark; its target is the chat, and it is told only to those connected to the chat's account."""
WATCH_LIFE: Final = timedelta(minutes=15)
"""A watch that is not renewed for that long is nobody's."""


@record
class ChangedBy:
    """Who did it; `id` is None for Wireroom itself."""

    kind: str
    id: str | None
    name: str


@record
class Change:
    """One entry of the journal, without address and device, or one mark of an account's feed."""

    id: str
    at: datetime
    kind: str
    actor: ChangedBy
    target: str
    old: Any
    new: Any


@record
class ChangePage:
    """Changes after a cursor, oldest first. `has_more` asks for another read at once."""

    changes: list[Change]
    next_cursor: str
    has_more: bool


@record
class Hint:
    """What a watching task is told: journal entries as they travel to browsers, and chats whose metadata changed."""

    workspace_id: WorkspaceId
    changes: tuple[Mapping[str, Any], ...]
    chat_ids: tuple[ChatId, ...]

    def halves(self) -> tuple["Hint", "Hint"]:
        """The same in two hints, for a queue that takes only so much at once."""
        changes, chats = len(self.changes) // 2, len(self.chat_ids) // 2
        return (
            Hint(workspace_id=self.workspace_id, changes=self.changes[:changes], chat_ids=self.chat_ids[:chats]),
            Hint(workspace_id=self.workspace_id, changes=self.changes[changes:], chat_ids=self.chat_ids[chats:]),
        )


@record
class Watch:
    """A worker task with open browsers of the workspace."""

    task_id: str
    queue_url: str
