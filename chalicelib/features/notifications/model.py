"""What a member is told: that something happened, who did it and where. Never what: ids alone, not one text. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from chalicelib.kernel.ids import NoticeId, UserId
from chalicelib.kernel.records import record

KEPT_FOR: Final = timedelta(days=90)
"""How long a notice stays in the list."""


class NoticeKind(StrEnum):
    """Everything a member can be told."""

    COMMENT_MENTION = "comment.mention"
    COMMENT_ANSWER = "comment.answer"
    CHAT_ASSIGNED = "chat.assigned"
    TICKET_ASSIGNED = "ticket.assigned"
    TICKET_SLA_WARNING = "ticket.sla_warning"
    TICKET_SLA_BREACHED = "ticket.sla_breached"
    REMINDER_DUE = "reminder.due"
    CHAT_WAITING = "chat.waiting"
    IMPORT_FINISHED = "import.finished"
    EXPORT_FINISHED = "export.finished"


class AboutKind(StrEnum):
    """What a notice can be about."""

    CHAT = "chat"
    TICKET = "ticket"
    WORKSPACE = "workspace"


@record
class About:
    """The place a notice leads to. What it is called is read when the notice is shown, and kept nowhere beside it."""

    kind: AboutKind
    id: str


@record
class Notice:
    """One thing to tell one member. `by` is who did it; None where nobody did, such as a time that came."""

    kind: NoticeKind
    to: UserId
    about: About
    by: UserId | None = None

    @property
    def is_of_oneself(self) -> bool:
        """Whether it would tell somebody of what they did themselves."""
        return self.by == self.to


@record
class ListedNotice:
    """A notice in the list of whom it was told."""

    id: NoticeId
    at: datetime
    notice: Notice
