"""Notices and how people want to be told of them, as they travel."""

from datetime import datetime, time
from typing import Annotated

import msgspec

from chalicelib.features.delivery.model import (
    BotCode,
    BotStanding,
    BotState,
    PushBrowser,
    PushStanding,
    ShownNotice,
    ShownPage,
    said,
)
from chalicelib.features.notifications.model import (
    AboutKind,
    NoticeKind,
    Preferences,
    QuietHours,
    Way,
    quiet_hours,
)

_Time = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class NoticesQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Where a page begins: `next_cursor` of the page before it."""

    cursor: str | None = None


class AboutOut(msgspec.Struct, forbid_unknown_fields=True):
    """Where it happened. `name` is what a chat is called now; null for other places, or where it is gone."""

    kind: AboutKind
    id: str
    name: str | None


class ByOut(msgspec.Struct, forbid_unknown_fields=True):
    """Who did it; `name` is null once they have left."""

    id: str
    name: str | None


class NoticeOut(msgspec.Struct, forbid_unknown_fields=True):
    """One notice: who and where, never what. `by` is null where nobody did it, such as a time that came.

    `text` is the same in one English sentence, for those who don't switch on `kind`.
    """

    id: str
    at: datetime
    kind: NoticeKind
    about: AboutOut
    by: ByOut | None
    text: str
    is_read: bool

    @classmethod
    def of(cls, shown: ShownNotice) -> "NoticeOut":
        """One notice."""
        notice = shown.listed.notice
        return cls(
            id=shown.listed.id,
            at=shown.listed.at,
            kind=notice.kind,
            about=AboutOut(kind=notice.about.kind, id=notice.about.id, name=shown.place),
            by=None if shown.by is None else ByOut(id=shown.by.id, name=shown.by.name),
            text=said(shown),
            is_read=shown.listed.is_read,
        )


class NoticesOut(msgspec.Struct, forbid_unknown_fields=True):
    """A page of notices, newest first. `unread` counts all of them, up to 100."""

    notices: list[NoticeOut]
    unread: int
    next_cursor: str | None

    @classmethod
    def of(cls, page: ShownPage) -> "NoticesOut":
        """One page."""
        notices = [NoticeOut.of(shown) for shown in page.notices]
        return cls(notices=notices, unread=page.unread, next_cursor=page.next_cursor)


class ReadIn(msgspec.Struct, forbid_unknown_fields=True):
    """Up to which notice all were read: the newest that was shown."""

    up_to: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class QuietHoursIn(msgspec.Struct, forbid_unknown_fields=True):
    """From when to when nothing goes out, on the person's own wall clock; over midnight where it ends earlier."""

    begins: _Time
    ends: _Time

    def to_hours(self) -> QuietHours:
        """As the use cases take them."""
        return quiet_hours(time.fromisoformat(self.begins), time.fromisoformat(self.ends))


class PreferencesIn(msgspec.Struct, forbid_unknown_fields=True):
    """How somebody wants to be told: for each kind they say something of, every way they want and no other.

    Kinds that are left out are told as they are by default. Quiet hours are null where there are none.
    """

    kinds: dict[NoticeKind, list[Way]]
    quiet_hours: QuietHoursIn | None

    def to_preferences(self) -> Preferences:
        """As the use cases take them."""
        chosen = {kind: frozenset(ways) for kind, ways in self.kinds.items()}
        return Preferences(chosen=chosen, quiet=None if self.quiet_hours is None else self.quiet_hours.to_hours())


class QuietHoursOut(msgspec.Struct, forbid_unknown_fields=True):
    """From when to when nothing goes out."""

    begins: str
    ends: str

    @classmethod
    def of(cls, hours: QuietHours) -> "QuietHoursOut":
        """As they travel."""
        return cls(begins=hours.begins.isoformat("minutes"), ends=hours.ends.isoformat("minutes"))


class PreferencesOut(msgspec.Struct, forbid_unknown_fields=True):
    """How the person is told of every kind there is, in all of their workspaces."""

    kinds: dict[NoticeKind, list[Way]]
    quiet_hours: QuietHoursOut | None

    @classmethod
    def of(cls, preferences: Preferences) -> "PreferencesOut":
        """As they travel."""
        kinds = {kind: sorted(preferences.ways_of(kind)) for kind in NoticeKind}
        return cls(kinds=kinds, quiet_hours=None if preferences.quiet is None else QuietHoursOut.of(preferences.quiet))


class BotOut(msgspec.Struct, forbid_unknown_fields=True):
    """How the person stands with the reminder bot at Telegram; `name` is its username, null where there is none."""

    state: BotState
    name: str | None
    linked_at: datetime | None

    @classmethod
    def of(cls, standing: BotStanding) -> "BotOut":
        """As it travels."""
        return cls(state=standing.state, name=standing.name, linked_at=standing.linked_at)


class BotCodeOut(msgspec.Struct, forbid_unknown_fields=True):
    """A link that opens the bot with a code in it; or the code itself, to be sent as `/start <code>`."""

    code: str
    link: str
    ends_at: datetime

    @classmethod
    def of(cls, code: BotCode) -> "BotCodeOut":
        """As it travels."""
        return cls(code=code.code, link=code.link, ends_at=code.ends_at)


_Base64Url = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{1,128}$")]


class PushKeysIn(msgspec.Struct, forbid_unknown_fields=True):
    """What is sealed for the browser's own eyes: its public key and secret, as `PushSubscription.toJSON()` has them."""

    p256dh: _Base64Url
    auth: _Base64Url


class PushIn(msgspec.Struct, forbid_unknown_fields=True):
    """Where the browser's push service takes what is for it. Source: Push API, PushSubscriptionJSON."""

    endpoint: Annotated[str, msgspec.Meta(pattern=r"^[\x21-\x7e]{1,2048}$")]
    keys: PushKeysIn


class PushBrowserOut(msgspec.Struct, forbid_unknown_fields=True):
    """A browser one is told in while it is closed; `id` is its session's, `device` what it called itself."""

    id: str
    device: str
    since: datetime
    current: bool

    @classmethod
    def of(cls, browser: PushBrowser) -> "PushBrowserOut":
        """As it travels."""
        return cls(id=browser.id, device=browser.device, since=browser.since, current=browser.is_current)


class PushOut(msgspec.Struct, forbid_unknown_fields=True):
    """In which browsers one is told. A browser subscribes under `public_key`; null where the installation has none."""

    public_key: str | None
    browsers: list[PushBrowserOut]

    @classmethod
    def of(cls, standing: PushStanding) -> "PushOut":
        """As it travels."""
        return cls(public_key=standing.public_key, browsers=[PushBrowserOut.of(each) for each in standing.browsers])
