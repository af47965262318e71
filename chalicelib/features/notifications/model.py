"""What a member is told: that something happened, who did it and where. Never what: ids alone, not one text. Pure."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from chalicelib.kernel import time_zones
from chalicelib.kernel.errors import Blame, Invalid, NotFound
from chalicelib.kernel.ids import NoticeId, UserId
from chalicelib.kernel.records import record

KEPT_FOR: Final = timedelta(days=90)
"""How long a notice stays in the list."""
PAGE_NOTICES: Final = 30
MOST_COUNTED: Final = 100
"""Unread notices are counted up to here: whoever has more has many."""
DELIVER: Final = "notice.deliver"
"""The due work of telling a member outside of the app: {user_id, notice_id}."""


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
    CHAT_SILENT = "chat.silent"
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
    """A notice in the list of whom it was told. `told` are the ways outside of the app it has gone."""

    id: NoticeId
    at: datetime
    notice: Notice
    is_read: bool = False
    told: frozenset["Way"] = frozenset()


@record
class NoticePage:
    """A page of the list, newest first; `next_before` is the notice to go on behind, None at the end."""

    notices: list[ListedNotice]
    next_before: NoticeId | None


class NoticeNotFound(NotFound):
    """The member was told no such thing, or it is longer ago than the list remembers."""

    code = "notification-not-found"
    title = "There is no such notification."


class QuietHoursInvalid(Invalid):
    """Quiet hours that begin when they end are none, or all day."""

    code = "quiet-hours-invalid"
    title = "Quiet hours end at another time than they begin."


class Way(StrEnum):
    """How somebody can be told. The app is where the list is; the others go out to the person."""

    APP = "app"
    EMAIL = "email"
    TELEGRAM = "telegram"
    PUSH = "push"


_ALL: Final = frozenset(Way)
DEFAULTS: Final[Mapping[NoticeKind, frozenset[Way]]] = {
    NoticeKind.COMMENT_MENTION: _ALL,
    NoticeKind.COMMENT_ANSWER: _ALL - {Way.EMAIL},
    NoticeKind.CHAT_ASSIGNED: _ALL,
    NoticeKind.TICKET_ASSIGNED: _ALL,
    NoticeKind.TICKET_SLA_WARNING: _ALL,
    NoticeKind.TICKET_SLA_BREACHED: _ALL,
    NoticeKind.REMINDER_DUE: _ALL,
    NoticeKind.CHAT_WAITING: _ALL - {Way.EMAIL},
    NoticeKind.CHAT_SILENT: _ALL - {Way.EMAIL},
    NoticeKind.IMPORT_FINISHED: frozenset({Way.APP}),
    NoticeKind.EXPORT_FINISHED: frozenset({Way.APP}),
}
"""How who never chose is told: mail for what is theirs to do, and none for what they see when they come by."""


@record
class QuietHours:
    """From when to when on the person's wall clock nothing goes out to them; over midnight where it ends earlier."""

    begins: time
    ends: time

    def end_of(self, now: datetime, zone: tzinfo) -> datetime | None:
        """When the quiet hours that run at a moment are over; None while none run."""
        wall = time_zones.wall_of(now, zone)
        over_midnight = self.ends <= self.begins
        since_begin, until_end = wall.time() >= self.begins, wall.time() < self.ends
        if not (since_begin or until_end if over_midnight else since_begin and until_end):
            return None
        day = wall.date() + timedelta(days=1) if over_midnight and since_begin else wall.date()
        return time_zones.moment_of(datetime.combine(day, self.ends), zone)


def quiet_hours(begins: time, ends: time) -> QuietHours:
    """Quiet hours as somebody wants them. Raises QuietHoursInvalid."""
    if begins == ends:
        raise QuietHoursInvalid(blames=(Blame("/quiet_hours/ends", "the same as when they begin"),))
    return QuietHours(begins=begins, ends=ends)


@record
class Preferences:
    """How somebody wants to be told, in all of their workspaces. `chosen` is what they ever said, DEFAULTS the rest."""

    chosen: Mapping[NoticeKind, frozenset[Way]]
    quiet: QuietHours | None

    def ways_of(self, kind: NoticeKind) -> frozenset[Way]:
        """The ways they are told of something of a kind."""
        return self.chosen.get(kind, DEFAULTS[kind])

    def held_until(self, kind: NoticeKind, now: datetime, zone: tzinfo) -> datetime | None:
        """When it may go out what may not go out now; None where it may. A reminder comes when it was asked for."""
        if self.quiet is None or kind is NoticeKind.REMINDER_DUE:
            return None
        return self.quiet.end_of(now, zone)


NOTHING_SAID: Final = Preferences(chosen={}, quiet=None)
