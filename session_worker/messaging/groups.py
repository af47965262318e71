"""What an account may change of groups and channels: name, rights, members, link; joining and leaving them.

Telegram decides who may. Its refusals come as TelegramRefused with its own word, such as CHAT_ADMIN_REQUIRED, and
nothing was changed then. What stands already counts as done.
"""

import contextlib
import math
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Final

from telethon.tl import functions, types

from chalicelib.features.chats import use_cases as chats
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.errors import NotFound, TooMany
from chalicelib.kernel.ids import ChatId, ConnectionId
from session_worker.connections.connection import LiveConnection
from session_worker.connections.dialogs import chat_metadata
from session_worker.connections.entities import entity_of
from session_worker.door import Door
from session_worker.messaging.group_info import entity_in, full_of
from session_worker.messaging.pacing import TokenBucket
from session_worker.messaging.people import REMEMBERED_CONNECTIONS, People
from session_worker.telegram.answers import chats_in
from session_worker.telegram.outcomes import TelegramAway, TelegramBusy, TelegramRefused
from session_worker.telegram.peers import InputPeer, input_channel, mark_of_group

CHANGES_AT_ONCE: Final = 10
CHANGES_PER_S: Final = 1 / 3
FOUNDED_AT_ONCE: Final = 3
FOUNDED_PER_S: Final = 1 / 100
"""Founding, joining and leaving: three in five minutes. Source: figures that clients collected; Telegram names none."""
BACK_AFTER: Final = timedelta(minutes=5)
"""Telegram takes an end within 30 s for none at all, and its clock may differ from ours.

Source: https://core.telegram.org/bots/api#banchatmember, until_date."""
_STANDS: Final = frozenset({"CHAT_NOT_MODIFIED", "CHAT_ABOUT_NOT_MODIFIED", "USER_ALREADY_PARTICIPANT"})
_PRIVACY: Final = "USER_PRIVACY_RESTRICTED"


class GroupPace:
    """How fast one task's connections change groups."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[tuple[ConnectionId, bool], TokenBucket] = OrderedDict()

    def take(self, connection: LiveConnection, *, is_founding: bool = False) -> None:
        """Take one's turn for a change, or for founding, joining or leaving.

        Raises:
            TooMany: not now; carries the seconds until it is.
        """
        key = connection.key.connection_id, is_founding
        bucket = self._buckets.get(key)
        if bucket is None:
            most, per_s = (FOUNDED_AT_ONCE, FOUNDED_PER_S) if is_founding else (CHANGES_AT_ONCE, CHANGES_PER_S)
            bucket = self._buckets[key] = TokenBucket(burst=most, per_s=per_s)
            if len(self._buckets) > REMEMBERED_CONNECTIONS:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(key)
        if (wait_s := bucket.take()) > 0:
            detail = "Telegram limits how fast an account changes groups. Wait a moment."
            raise TooMany(detail, retry_after_s=math.ceil(wait_s))


class Group:
    """One group or channel in an account's hands. Every change tells the member's browsers to look anew."""

    def __init__(self, connection: LiveConnection, chat_id: ChatId, peer: InputPeer, door: Door) -> None:
        """Raises NotFound for a chat with a person."""
        if isinstance(peer, types.InputPeerUser):
            raise NotFound
        self._connection = connection
        self._chat_id = chat_id
        self._peer = peer
        self._door = door

    async def edit(self, title: str | None, about: str | None) -> None:
        """Call it otherwise, describe it otherwise; None leaves what stands. At most two calls."""
        if title is not None:
            channel = self._channel()
            named = functions.channels.EditTitleRequest(channel, title) if channel else None
            await self._change(named or functions.messages.EditChatTitleRequest(self._peer.chat_id, title))
        if about is not None:
            await self._change(functions.messages.EditChatAboutRequest(self._peer, about))

    async def permit(self, right: str, *, is_permitted: bool) -> None:
        """Let plain members do something, or deny it; what stands of the other rights is read first. Two calls."""
        full = await full_of(self._connection, self._chat_id, self._peer, door=self._door)
        standing = entity_in(full, self._peer).default_banned_rights
        denied = {name for name, is_denied in (standing.to_dict() if standing else {}).items() if is_denied is True}
        denied = denied - {right} if is_permitted else denied | {right}
        rights = types.ChatBannedRights(until_date=None, **dict.fromkeys(denied, True))
        await self._change(functions.messages.EditChatDefaultBannedRightsRequest(self._peer, rights))

    async def add(self, name: str, people: People) -> None:
        """Make somebody a member, by their public username. At most two calls.

        Raises:
            TelegramNameInvalid, TelegramNameUnknown, TooMany.
            TelegramRefused: USER_PRIVACY_RESTRICTED where they let only their contacts do that.
        """
        somebody = await people.find(self._connection, name)
        user, channel = self._user(somebody.marked), self._channel()
        if channel:
            answer = await self._change(functions.channels.InviteToChannelRequest(channel, [user]))
        else:
            answer = await self._change(functions.messages.AddChatUserRequest(self._peer.chat_id, user, fwd_limit=100))
        if getattr(answer, "missing_invitees", None):
            raise TelegramRefused(_PRIVACY)

    async def remove(self, user_id: int, *, is_banned: bool) -> None:
        """Take a member out; banned ones can't come back by the link. Basic groups ban nobody. At most two calls.

        Who is only taken out is banned and let back at once, since Telegram has no other way. Should the second half
        fail, Telegram itself lets them back after BACK_AFTER.
        """
        user, channel = self._user(user_id), self._channel()
        if channel is None:
            await self._change(functions.messages.DeleteChatUserRequest(self._peer.chat_id, user))
            return
        out = types.ChatBannedRights(until_date=None if is_banned else utc_now() + BACK_AFTER, view_messages=True)
        peer = types.InputPeerUser(user.user_id, user.access_hash)
        await self._change(functions.channels.EditBannedRequest(channel, peer, out))
        if not is_banned:
            back = types.ChatBannedRights(until_date=None)
            with contextlib.suppress(TelegramBusy, TelegramRefused, TelegramAway):
                await self._change(functions.channels.EditBannedRequest(channel, peer, back))

    async def promote(self, user_id: int, rights: Sequence[str], rank: str) -> None:
        """Make a member an admin with these rights; with none they are a plain member again. One call."""
        user, channel = self._user(user_id), self._channel()
        if channel:
            given = types.ChatAdminRights(**dict.fromkeys(rights, True))
            await self._change(functions.channels.EditAdminRequest(channel, user, given, rank=rank))
        else:
            await self._change(functions.messages.EditChatAdminRequest(self._peer.chat_id, user, bool(rights)))

    async def renew_link(self) -> str:
        """Make an invite link in place of the one that stands, which is void from then on. One call."""
        request = functions.messages.ExportChatInviteRequest(self._peer, legacy_revoke_permanent=True)
        answer = await self._change(request)
        return str(answer.link)

    async def slow_down(self, seconds: int) -> None:
        """How long members wait between two messages. One call.

        Raises:
            TelegramRefused: CHAT_ID_INVALID in a basic group or channel.
        """
        channel = self._channel()
        if channel is None:
            raise TelegramRefused("CHAT_ID_INVALID")
        await self._change(functions.channels.ToggleSlowModeRequest(channel, seconds))

    async def leave(self) -> None:
        """Be a member no longer. One call."""
        channel = self._channel()
        left = functions.channels.LeaveChannelRequest(channel) if channel else None
        own = types.InputUserSelf()
        await self._change(left or functions.messages.DeleteChatUserRequest(self._peer.chat_id, own))

    async def join(self) -> None:
        """Become a member of a public group or channel, and give it a row. One call, two where they are one already.

        Raises:
            NotFound: a basic group can't be joined.
        """
        channel = self._channel()
        if channel is None:
            raise NotFound
        told = chats_in(await self._change(functions.channels.JoinChannelRequest(channel)))
        entity = told[0] if told else await entity_of(self._connection, self._peer)
        await record_group(self._connection, entity, self._door)
        self._connection.take_newcomer(self._chat_id)

    async def _change(self, request: Any) -> Any:
        """Telegram's answer; None where what was wished stands already."""
        try:
            answer = await self._connection.call(request)
        except TelegramRefused as refusal:
            if refusal.error_name not in _STANDS:
                raise
            answer = None
        self._connection.group_changed(self._chat_id)
        return answer

    def _channel(self) -> Any:
        """How requests name a supergroup or channel; None for a basic group."""
        if not isinstance(self._peer, types.InputPeerChannel):
            return None
        return input_channel(self._peer)

    def _user(self, user_id: int) -> Any:
        return user_named(self._connection, user_id)


async def record_group(
    connection: LiveConnection, entity: Any, door: Door, record: Callable[..., None] = chats.record_joined
) -> ChatId:
    """Give a group or channel its row, and make it findable; it costs what `record` does."""
    marked = mark_of_group(entity)
    metadata = chat_metadata(marked, entity, None, connection, unread_count=0, pinned=False)
    if metadata is not None:
        await door.call(record, metadata, tenant=connection.tenant)
    return connection.peers.add_chat(marked)


def user_named(connection: LiveConnection, user_id: int) -> Any:
    """How requests name a person whom this account has seen. Raises NotFound."""
    access_hash = connection.peers.access_hash(user_id) if user_id > 0 else None
    if access_hash is None:
        raise NotFound
    return types.InputUser(user_id, access_hash)
