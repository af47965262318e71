"""Contacts and groups as they travel."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.features.contacts.model import Acquaintance, Party
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.pages import Page

MAX_PAGE = 100


class PartiesQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Which page. A page may hold fewer than `limit`, even none, and go on: what two accounts know stands once."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=MAX_PAGE)] = 50
    cursor: str | None = None


class AcquaintanceOut(msgspec.Struct, forbid_unknown_fields=True):
    """An account that has a chat with them, and which."""

    account_id: str
    chat_id: str

    @classmethod
    def of(cls, known: Acquaintance) -> "AcquaintanceOut":
        """One of them."""
        return cls(account_id=known.account_id, chat_id=known.chat_id)


class ContactOut(msgspec.Struct, forbid_unknown_fields=True):
    """Somebody the workspace's accounts have a chat with, or a bot: once, whichever accounts that are.

    `username` and `last_message_at` are null for members who are not `connected` to an account that knows them.
    """

    id: str
    name: str
    kind: ChatKind
    known_by: list[AcquaintanceOut]
    connected: bool
    username: str | None
    last_message_at: datetime | None

    @classmethod
    def of(cls, party: Party) -> "ContactOut":
        """One contact."""
        return cls(
            id=party.id,
            name=party.name,
            kind=party.kind,
            known_by=[AcquaintanceOut.of(each) for each in party.known_by],
            connected=party.is_connected,
            username=party.username,
            last_message_at=party.last_message_at,
        )


class GroupOut(msgspec.Struct, forbid_unknown_fields=True):
    """A group or channel that accounts of the workspace are in: once, whichever accounts that are.

    What is null to members who are not `connected` to an account in it: username, members, link, last message.
    """

    id: str
    name: str
    kind: ChatKind
    known_by: list[AcquaintanceOut]
    connected: bool
    username: str | None
    member_count: int | None
    invite_link: str | None
    last_message_at: datetime | None

    @classmethod
    def of(cls, party: Party) -> "GroupOut":
        """One group."""
        return cls(
            id=party.id,
            name=party.name,
            kind=party.kind,
            known_by=[AcquaintanceOut.of(each) for each in party.known_by],
            connected=party.is_connected,
            username=party.username,
            member_count=party.member_count,
            invite_link=party.invite_link,
            last_message_at=party.last_message_at,
        )


class ContactsOut(msgspec.Struct, forbid_unknown_fields=True):
    """A page of contacts."""

    contacts: list[ContactOut]
    next_cursor: str | None

    @classmethod
    def of(cls, page: Page[Party]) -> "ContactsOut":
        """One page."""
        return cls(contacts=[ContactOut.of(each) for each in page.items], next_cursor=page.next_cursor)


class GroupsOut(msgspec.Struct, forbid_unknown_fields=True):
    """A page of groups and channels."""

    groups: list[GroupOut]
    next_cursor: str | None

    @classmethod
    def of(cls, page: Page[Party]) -> "GroupsOut":
        """One page."""
        return cls(groups=[GroupOut.of(each) for each in page.items], next_cursor=page.next_cursor)
