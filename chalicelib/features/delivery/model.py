"""What a notice says, in words that name who and where and never what (product.md section 1.2). Pure."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from chalicelib.features.notifications.model import AboutKind, ListedNotice, Notice, NoticeKind
from chalicelib.kernel.errors import Conflict, Forbidden, Invalid
from chalicelib.kernel.ids import UserId, WorkspaceId
from chalicelib.kernel.records import record

WRITE: Final = "notice.write"
"""The due work of telling a member through the reminder bot: {user_id, notice_id}."""
PUSH: Final = "notice.push"
"""The due work of telling a member in one browser: {user_id, notice_id, browser_id}."""
CODE_LIFE: Final = timedelta(minutes=10)
GIVEN_UP_AFTER: Final = timedelta(days=1)
"""How long a notice may wait for a neighbour that is away; then it is old news, and stands in the list anyway."""


class BotNotConfigured(Conflict):
    """The installation has no reminder bot at Telegram."""

    code = "telegram-bot-not-configured"
    title = "This installation has no reminder bot."


class BotHookRefused(Forbidden):
    """An update came from somebody who does not know what Telegram was told to say with each."""

    code = "telegram-bot-hook-refused"
    title = "This did not come from Telegram."


class PushNotConfigured(Conflict):
    """The installation has no keys that push services would know it by."""

    code = "push-not-configured"
    title = "This installation tells browsers nothing while they are closed."


class PushAddressUnfit(Invalid):
    """What the browser gave leads to no push service this installation speaks to, or nothing can be sealed for it."""

    code = "push-address-unfit"
    title = "This browser can't be told anything while it is closed."


class BotState(StrEnum):
    """How somebody stands with the reminder bot."""

    NOT_CONFIGURED = "not_configured"
    NOT_LINKED = "not_linked"
    LINKED = "linked"
    BLOCKED = "blocked"


@record
class BotLink:
    """Somebody's chat with the bot; `is_blocked` since they blocked it, or deleted the chat's account, at Telegram."""

    chat_id: int
    linked_at: datetime
    is_blocked: bool = False


@record
class BotStanding:
    """How somebody stands with the bot, and its username where there is one."""

    state: BotState
    name: str | None
    linked_at: datetime | None


@record
class BotCode:
    """What links a chat with the bot: `link` opens it at Telegram, with the code in it."""

    code: str
    link: str
    ends_at: datetime


@record
class PushBrowser:
    """A browser somebody is told in while it is closed, for as long as its session lasts. `id` is that session's."""

    id: str
    device: str
    since: datetime
    is_current: bool


@record
class PushStanding:
    """In which browsers somebody is told. `public_key` is what those know us by; None where there are no keys."""

    public_key: str | None
    browsers: list[PushBrowser]


@record
class By:
    """Who did it; `name` is None once they belong to the workspace no more."""

    id: UserId
    name: str | None


@record
class ShownNotice:
    """A notice as it is shown. `place` is what the chat is called now; None for other places, or where it is gone."""

    listed: ListedNotice
    by: By | None
    place: str | None


@record
class ShownPage:
    """A page of the list, newest first, and how many notices are unread in all."""

    notices: list[ShownNotice]
    unread: int
    next_cursor: str | None


_SOMEBODY: Final = "Somebody"
_WORDS: Final = {
    NoticeKind.COMMENT_MENTION: "{by} mentioned you in a comment on {place}",
    NoticeKind.COMMENT_ANSWER: "{by} answered your comment on {place}",
    NoticeKind.CHAT_ASSIGNED: "{by} assigned {place} to you",
    NoticeKind.TICKET_ASSIGNED: "{by} assigned {place} to you",
    NoticeKind.TICKET_SLA_WARNING: "{place} is close to its deadline",
    NoticeKind.TICKET_SLA_BREACHED: "{place} is past its deadline",
    NoticeKind.REMINDER_DUE: "{by} wanted you to be reminded of {place}",
    NoticeKind.CHAT_WAITING: "{place} waits for an answer",
    NoticeKind.CHAT_SILENT: "{place} has heard nothing from you for long",
    NoticeKind.IMPORT_FINISHED: "An import into {place} is done",
    NoticeKind.EXPORT_FINISHED: "An export of {place} is ready",
}
_OF_NOBODY: Final = {
    NoticeKind.CHAT_ASSIGNED: "{place} was assigned to you",
    NoticeKind.TICKET_ASSIGNED: "{place} was assigned to you",
    NoticeKind.REMINDER_DUE: "You wanted to be reminded of {place}",
}
_PLACES: Final = {AboutKind.CHAT: "a chat", AboutKind.TICKET: "a ticket", AboutKind.WORKSPACE: "the workspace"}


def said(shown: ShownNotice) -> str:
    """A notice in one sentence without its full stop."""
    notice = shown.listed.notice
    words = _WORDS[notice.kind] if shown.by is not None else _OF_NOBODY.get(notice.kind, _WORDS[notice.kind])
    by = _SOMEBODY if shown.by is None or shown.by.name is None else shown.by.name
    place = _place(notice) if shown.place is None else f"“{shown.place}”"
    sentence = words.format(by=by, place=place)
    return sentence[0].upper() + sentence[1:]


def _place(notice: Notice) -> str:
    """What has no name; of many chats that are assigned at once somebody is told once, about the workspace."""
    is_of_many = notice.kind is NoticeKind.CHAT_ASSIGNED and notice.about.kind is AboutKind.WORKSPACE
    return "several chats" if is_of_many else _PLACES[notice.about.kind]


_PAGES: Final = {
    NoticeKind.IMPORT_FINISHED: "/settings/import",
    NoticeKind.EXPORT_FINISHED: "/settings/export",
}
"""Where in the workspace it is told what became of its work."""


def path_to(notice: Notice, workspace_id: WorkspaceId) -> str:
    """Where in the app a notice leads; every member may open it."""
    about, at_home = notice.about, f"/w/{workspace_id}"
    match about.kind:
        case AboutKind.CHAT:
            return f"{at_home}/chats?peek={about.id}"
        case AboutKind.TICKET:
            return f"{at_home}/tickets/{about.id}"
        case AboutKind.WORKSPACE:
            return at_home + _PAGES.get(notice.kind, "")
