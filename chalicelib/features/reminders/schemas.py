"""Reminders as they travel."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec

from chalicelib.features.notifications.model import About, AboutKind
from chalicelib.features.reminders.model import (
    MAX_TEXT_CHARACTERS,
    ChangeReminder,
    Preset,
    Repeat,
    SetReminder,
    ShownReminder,
    When,
    parse_wall,
)
from chalicelib.kernel.ids import UserId, WorkspaceId

_Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
_Moment = Annotated[datetime, msgspec.Meta(tz=True)]
_Wall = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$")]
_Text = Annotated[str, msgspec.Meta(max_length=2 * MAX_TEXT_CHARACTERS)]


class WhenIn(msgspec.Struct, forbid_unknown_fields=True):
    """When a reminder is due: exactly one of a moment, a wall clock's time, and a time with a name.

    The wall clock is that of whom the reminder is for. A time it skips when clocks are changed is half an hour, or an
    hour, later; of one that comes twice the first is meant. `in_1_h` is in an hour, `tomorrow` and `next_week` (its
    Monday) are at nine in the morning.
    """

    at: _Moment | None = None
    wall: _Wall | None = None
    preset: Preset | None = None

    def to_when(self) -> When:
        """As the use cases take it."""
        return When(at=self.at, wall=None if self.wall is None else parse_wall(self.wall), preset=self.preset)


class SubjectKind(StrEnum):
    """What a reminder can be about."""

    CHAT = "chat"
    TICKET = "ticket"


class SubjectIn(msgspec.Struct, forbid_unknown_fields=True):
    """A chat or a ticket."""

    kind: SubjectKind
    id: _Id

    def to_about(self) -> About:
        """As the use cases take it."""
        return About(kind=AboutKind(self.kind.value), id=self.id)


class ReminderIn(msgspec.Struct, forbid_unknown_fields=True):
    """A reminder to set: for oneself where `for` is left out, about nothing else than its text where `about` is.

    With `only_if_no_reply` nobody is told where an answer came into the chat first.
    """

    when: WhenIn
    text: _Text = ""
    about: SubjectIn | None = None
    for_whom: _Id | None = msgspec.field(name="for", default=None)
    repeat: Repeat | None = None
    only_if_no_reply: bool = False

    def to_command(self, caller: UserId, workspace_id: WorkspaceId) -> SetReminder:
        """As the use cases take it."""
        nothing = About(kind=AboutKind.WORKSPACE, id=workspace_id)
        return SetReminder(
            about=nothing if self.about is None else self.about.to_about(),
            text=self.text,
            for_whom=UserId(self.for_whom or caller),
            when=self.when.to_when(),
            repeat=self.repeat,
            only_if_no_reply=self.only_if_no_reply,
        )


class ReminderChangeIn(msgspec.Struct, forbid_unknown_fields=True):
    """What a reminder is to be: text and time stay where they are left out; `repeat` is null where it comes once."""

    repeat: Repeat | None
    text: _Text | None = None
    when: WhenIn | None = None

    def to_command(self) -> ChangeReminder:
        """As the use cases take it."""
        when = None if self.when is None else self.when.to_when()
        return ChangeReminder(text=self.text, when=when, repeat=self.repeat)


class SnoozeIn(msgspec.Struct, forbid_unknown_fields=True):
    """Until when a reminder is put off."""

    when: WhenIn


class RestoreIn(msgspec.Struct, forbid_unknown_fields=True):
    """When a reminder was due before it was done or put off."""

    due_at: _Moment


class SubjectOut(msgspec.Struct, forbid_unknown_fields=True):
    """A chat or a ticket. `name` is what a chat is called now; null for a ticket, or where the chat is gone."""

    kind: SubjectKind
    id: str
    name: str | None


class PersonOut(msgspec.Struct, forbid_unknown_fields=True):
    """A member; `name` is null once they have left."""

    id: str
    name: str | None


class ReminderOut(msgspec.Struct, forbid_unknown_fields=True):
    """A reminder. `about` is null where it is about nothing else than its text.

    It is due since or at `due_at`; `rings_at` is when whom it is for is told next, null where they were and it does not
    repeat. `is_answered` says of one that is done that an answer came first.
    """

    id: str
    about: SubjectOut | None
    text: str
    for_whom: PersonOut = msgspec.field(name="for")
    made_by: PersonOut
    due_at: datetime
    rings_at: datetime | None
    repeat: Repeat | None
    only_if_no_reply: bool
    done_at: datetime | None
    is_answered: bool

    @classmethod
    def of(cls, shown: ShownReminder) -> "ReminderOut":
        """One reminder."""
        reminder = shown.reminder
        return cls(
            id=reminder.id,
            about=_subject(shown),
            text=reminder.text,
            for_whom=PersonOut(id=reminder.for_whom, name=shown.for_name),
            made_by=PersonOut(id=reminder.made_by, name=shown.by_name),
            due_at=reminder.due_at,
            rings_at=reminder.rings_at,
            repeat=None if reminder.rhythm is None else reminder.rhythm.repeat,
            only_if_no_reply=reminder.only_if_no_reply,
            done_at=reminder.done_at,
            is_answered=reminder.is_answered,
        )


def _subject(shown: ShownReminder) -> SubjectOut | None:
    about = shown.reminder.about
    if about.kind is AboutKind.WORKSPACE:
        return None
    return SubjectOut(kind=SubjectKind(about.kind.value), id=about.id, name=shown.place)


class RemindersOut(msgspec.Struct, forbid_unknown_fields=True):
    """Reminders, in no order that means anything."""

    reminders: list[ReminderOut]
