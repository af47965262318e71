"""Founding groups and channels, once under one client id, though Telegram gives no number to know a repetition by.

A row says that Telegram may have been asked, and later what was made. Where an answer was lost, the account's newest
chats are looked through for a group of its own of that name before another is made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from telethon.tl import TLRequest, functions, types

from chalicelib.features.chats import use_cases as chats
from chalicelib.kernel.clock import Clock, utc_now
from chalicelib.kernel.ids import ChatId, ClientId
from chalicelib.table import keys
from chalicelib.table.items import MomentAttribute, Row
from session_worker.connections.connection import LiveConnection
from session_worker.door import Door
from session_worker.messaging.groups import GroupPace, record_group, user_named
from session_worker.messaging.people import People
from session_worker.telegram.answers import chats_in
from session_worker.telegram.outcomes import AccountClosed, SessionEnded, TelegramAway, TelegramBusy, TelegramRefused
from session_worker.telegram.peers import input_channel, mark_of_group
from session_worker.wire import Wire

KEPT: Final = timedelta(days=7)
ON_ITS_WAY: Final = timedelta(seconds=30)
"""So long a request whose answer was lost may still reach Telegram: longer than any is waited for."""
_CLOCK_SLACK: Final = timedelta(seconds=30)
_LOOKED_THROUGH: Final = 20
_RETRY_S: Final = 5


class Founded(StrEnum):
    """What is founded: a basic group of at most 200, a supergroup, or a channel only its admins write in."""

    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """What is to be founded, and the usernames of who is invited. Its repr shows neither."""

    client_id: ClientId
    kind: Founded
    title: str
    about: str
    names: Sequence[str]

    def __repr__(self) -> str:
        return f"Founding(client_id={self.client_id}, kind={self.kind})"


class FoundingRow(Row, discriminator="founding"):
    """One founding. `chat_id` is empty until it is known what was made."""

    tried_at = MomentAttribute()
    chat_id = UnicodeAttribute(default="")
    missing = NumberAttribute(default=0)


class Ledger:
    """What was founded through one connection in the last week. A table call each."""

    def __init__(self, connection: LiveConnection) -> None:
        key = connection.key
        self._rows = connection.tenant.rows(keys.account_partition(key.account_id))
        self._connection_id = key.connection_id

    def get(self, client_id: ClientId) -> FoundingRow | None:
        """What is known of one."""
        return self._rows.get(FoundingRow, self._key(client_id))

    def others(self, client_id: ClientId) -> set[str]:
        """What is known to have been made under other client ids."""
        rows = self._rows.query(FoundingRow, keys.foundings_of(self._connection_id))
        return {row.chat_id for row in rows if row.sk != self._key(client_id)}

    def begin(self, client_id: ClientId, at: datetime, *, over: FoundingRow | None) -> bool:
        """Say that Telegram may be asked now; False, and nothing written, when somebody else has said so meanwhile."""
        ends_at = int((at + KEPT).timestamp())
        row = self._rows.new(FoundingRow, self._key(client_id), tried_at=at, expires_at=ends_at)
        unchanged = Row.pk.does_not_exist() if over is None else FoundingRow.tried_at == over.tried_at
        return self._rows.put(row, unchanged)

    def settle(self, client_id: ClientId, chat_id: ChatId, missing: int) -> None:
        """Say what was made."""
        row = self._rows.new(FoundingRow, self._key(client_id))
        self._rows.update(row, [FoundingRow.chat_id.set(chat_id), FoundingRow.missing.set(missing)], Row.pk.exists())

    def forget(self, client_id: ClientId) -> None:
        """Telegram made nothing."""
        self._rows.delete(self._rows.new(FoundingRow, self._key(client_id)))

    def _key(self, client_id: ClientId) -> str:
        return keys.founding(self._connection_id, client_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A group that Telegram has made, and how many of who was invited it did not take. Its repr shows no name."""

    entity: Any
    missing: int = 0

    def __repr__(self) -> str:
        return f"_Made(missing={self.missing})"


class Founder:
    """Founds for all connections of this task."""

    def __init__(self, door: Door, people: People, pace: GroupPace, now: Clock = utc_now) -> None:
        self._door = door
        self._people = people
        self._pace = pace
        self._now = now

    async def found(self, connection: LiveConnection, plan: Founding) -> Wire:
        """Found a group or channel and add who was invited: {chat_id, missing: how many were not added}.

        A call for each name that is not known, and one or two more; three or four of the table. The chat's row is
        written. A repetition is told of what was made.

        Raises:
            TelegramNameInvalid, TelegramNameUnknown, TooMany: nothing was founded.
            TelegramBusy, TelegramRefused, SessionEnded, AccountClosed: nothing was founded.
            TelegramAway: it may have been; repeat with the same client id.
        """
        ledger = Ledger(connection)
        known = await self._door.call(ledger.get, plan.client_id)
        if known is not None and known.chat_id:
            return {"chat_id": known.chat_id, "missing": int(known.missing)}
        people = [await self._people.find(connection, name) for name in plan.names]
        invited = [user_named(connection, somebody.marked) for somebody in people]
        made = None if known is None else await self._made_before(connection, plan, known)
        made = made or await self._made_now(connection, plan, invited, over=known)
        chat_id = await record_group(connection, made.entity, self._door, chats.record_founded)
        is_whole = plan.kind is Founded.GROUP or not invited
        missing = made.missing if is_whole else await _invite(connection, chat_id, invited)
        await self._door.call(ledger.settle, plan.client_id, chat_id, missing)
        return {"chat_id": chat_id, "missing": missing}

    async def _made_now(
        self, connection: LiveConnection, plan: Founding, invited: Sequence[Any], *, over: FoundingRow | None
    ) -> _Made:
        ledger = Ledger(connection)
        self._pace.take(connection, is_founding=True)
        connection.require_line()
        if not await self._door.call(ledger.begin, plan.client_id, self._now(), over=over):
            raise TelegramAway(retry_after_s=_RETRY_S)
        try:
            answer = await connection.call(_request(plan, invited))
        except (TelegramBusy, TelegramRefused, SessionEnded, AccountClosed):
            await self._door.call(ledger.forget, plan.client_id)
            raise
        is_basic = plan.kind is Founded.GROUP
        told = chats_in(answer.updates if is_basic else answer)
        if not told:
            raise TelegramAway(retry_after_s=_RETRY_S)
        return _Made(entity=told[0], missing=len(answer.missing_invitees) if is_basic else 0)

    async def _made_before(self, connection: LiveConnection, plan: Founding, known: FoundingRow) -> _Made | None:
        """What an earlier try made whose answer was lost; None where it made nothing. One call.

        Raises:
            TelegramAway: the earlier try may still be on its way.
        """
        asked_at = self._now()
        claimed = await self._door.call(Ledger(connection).others, plan.client_id)
        answer = await connection.call(_newest_chats())
        since = known.tried_at - _CLOCK_SLACK
        mine = [one for one in answer.chats if _is_own(one) and one.title == plan.title.strip() and one.date >= since]
        found = [one for one in mine if connection.peers.chat_id(mark_of_group(one)) not in claimed]
        if found:
            return _Made(entity=min(found, key=lambda one: one.date))
        if asked_at - known.tried_at < ON_ITS_WAY:
            raise TelegramAway(retry_after_s=_RETRY_S)
        return None


async def _invite(connection: LiveConnection, chat_id: ChatId, invited: Sequence[Any]) -> int:
    """Add people to a channel that was just founded; gives how many were not added, all where Telegram refused it."""
    channel = input_channel(connection.require_peer(chat_id))
    try:
        added = await connection.call(functions.channels.InviteToChannelRequest(channel, invited))
    except (TelegramRefused, TelegramBusy, TelegramAway):
        return len(invited)
    return len(added.missing_invitees)


def _request(plan: Founding, invited: Sequence[Any]) -> TLRequest:
    if plan.kind is Founded.GROUP:
        return functions.messages.CreateChatRequest(list(invited), plan.title)
    is_group = plan.kind is Founded.SUPERGROUP
    return functions.channels.CreateChannelRequest(plan.title, plan.about, megagroup=is_group, broadcast=not is_group)


def _newest_chats() -> TLRequest:
    return functions.messages.GetDialogsRequest(
        offset_date=None, offset_id=0, offset_peer=types.InputPeerEmpty(), limit=_LOOKED_THROUGH, hash=0
    )


def _is_own(entity: Any) -> bool:
    return isinstance(entity, types.Chat | types.Channel) and bool(entity.creator)
