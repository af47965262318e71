"""The rows of an account's chats: metadata, which the worker writes, and pages of both kinds of row."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path

from chalicelib.features.chats.model import ChatKind, ChatMetadata, PeerKind, RecordGroup, RecordMessage
from chalicelib.kernel import clock, ids
from chalicelib.kernel.ids import AccountId, ChatId, UserId
from chalicelib.kernel.permissions import TOGGLES, Toggle
from chalicelib.kernel.records import record
from chalicelib.table import codec, keys, proof
from chalicelib.table.items import MomentAttribute, Row
from chalicelib.table.proof import WorkspaceRow
from chalicelib.table.tenant import Tenant


class ChatRow(Row, discriminator="chat"):
    """What the worker writes of a chat. People's values are another row, so neither can overwrite the other's."""

    peer_kind = UnicodeAttribute()
    peer_id = NumberAttribute()
    title = UnicodeAttribute()
    kind = UnicodeAttribute()
    username = UnicodeAttribute(null=True)
    member_count = NumberAttribute(null=True)
    unread_count = NumberAttribute()
    last_message_id = NumberAttribute()
    last_message_at = MomentAttribute(null=True)
    last_is_outgoing = BooleanAttribute()
    last_sent_by = UnicodeAttribute(null=True)
    pinned = BooleanAttribute()
    invite_link = UnicodeAttribute(null=True)
    group_read_at = MomentAttribute(null=True)


@record
class ChatItems:
    """One chat; `values` is its row of values as it came, empty until somebody sets one."""

    chat: ChatMetadata
    values: Mapping[str, Any]


class Chats:
    """The chats of one account."""

    def __init__(self, tenant: Tenant, account_id: AccountId) -> None:
        self._partition = keys.account_partition(account_id)
        self._tenant = tenant
        self._rows = tenant.rows(self._partition)

    def get(self, chat_id: ChatId) -> ChatItems | None:
        """One chat with its values: one batch read."""
        return next(iter(self.some([chat_id])), None)

    def some(self, chat_ids: Sequence[ChatId]) -> list[ChatItems]:
        """Those of these chats that we have, with their values: a batch read fifty."""
        places = {chat_id: (keys.chat_metadata(chat_id), keys.chat_values(chat_id)) for chat_id in chat_ids}
        found = self._rows.get_many([key for place in places.values() for key in place])
        return [
            ChatItems(chat=to_chat(codec.decode(found[metadata])), values=found.get(values, {}))
            for metadata, values in places.values()
            if metadata in found
        ]

    def standing(self, chat_ids: Iterable[ChatId]) -> dict[ChatId, ChatMetadata]:
        """The metadata of these chats as far as we have it: a batch read a hundred."""
        found = self._rows.get_many([keys.chat_metadata(chat_id) for chat_id in chat_ids])
        return {chat.id: chat for chat in map(to_chat, map(codec.decode, found.values()))}

    def after(self, chat_id: ChatId | None, *, limit: int) -> tuple[list[ChatItems], bool]:
        """Up to `limit` chats that follow one, each whole, and whether more follow. Mostly one query.

        A chat is known to be whole when the next one's first row was seen, so one row more than two a chat is asked.
        Not consistent, since whoever pages through chats has to follow what changes meanwhile anyway (`feeds`), and
        half as dear: 1 read unit per 8 KB.
        """
        first = keys.CHATS if chat_id is None else keys.after_chat(chat_id)
        items: list[dict[str, Any]] = []
        chats: list[ChatItems] = []
        more = True
        while more and len(chats) <= limit:
            start = first if not items else items[-1]["sk"]["S"] + "\x00"
            found, more = self._rows.stretch(start, keys.CHATS_END, limit=2 * limit + 1, consistent=False)
            items += found
            chats = _joined(items)
        return chats[:limit], len(chats) > limit

    def count(self, most: int) -> int:
        """How many chats there are, counted up to `most`: a query a megabyte of rows, none of them decoded."""
        counted, first, more = 0, keys.CHATS, True
        while more and counted < most:
            items, more = self._rows.stretch(first, keys.CHATS_END, limit=2 * most)
            counted += sum(item["row_kind"]["S"] == _CHAT for item in items)
            first = items[-1]["sk"]["S"] + "\x00" if items else first
        return min(counted, most)

    def put(self, chat: ChatMetadata) -> bool:
        """Write what the worker knows, unless a later message is known by now; False then."""
        self._tenant.register(self._partition)
        is_older = ChatRow.last_message_id.does_not_exist() | (ChatRow.last_message_id <= chat.last_message_id)
        return self._update(chat.id, _attributes(chat), is_older)

    def put_message(self, chat_id: ChatId, message: RecordMessage) -> bool:
        """Move a chat that we know on to a later message; False when it is as late or later already.

        A message that is known already is written once more when only now it is known who sent it: Telegram may have
        told a teammate's connection of it before the sender's own came to write.
        """
        written = {
            "last_message_id": message.message_id,
            "last_message_at": message.at,
            "last_is_outgoing": message.is_outgoing,
            "last_sent_by": message.sent_by,
            "unread_count": message.unread_count,
        }
        is_news = ChatRow.last_message_id < message.message_id
        if message.sent_by is not None:
            is_same = ChatRow.last_message_id == message.message_id
            is_news = is_news | (is_same & ChatRow.last_sent_by.does_not_exist())
        return self._update(chat_id, written, is_news)

    def put_unread(self, chat_id: ChatId, unread_count: int) -> bool:
        """Write how many messages are unread; False when that stands, or the chat is not known."""
        differs = Row.pk.exists() & (ChatRow.unread_count != unread_count)
        return self._update(chat_id, {"unread_count": unread_count}, differs)

    def put_group(self, chat_id: ChatId, group: RecordGroup) -> bool:
        """Write what was seen of a group or channel that we know; False when a later look is written."""
        written: dict[str, Any] = {"title": group.title, "group_read_at": group.at}
        if group.member_count is not None:
            written["member_count"] = group.member_count
        if group.is_link_told:
            written["invite_link"] = group.invite_link
        is_later = ChatRow.group_read_at.does_not_exist() | (ChatRow.group_read_at < group.at)
        return self._update(chat_id, written, Row.pk.exists() & is_later)

    def _update(self, chat_id: ChatId, written: Mapping[str, Any], condition: Condition) -> bool:
        actions = [_set(name, value) for name, value in written.items()]
        row = self._rows.new(ChatRow, keys.chat_metadata(chat_id))
        return self._rows.update(row, [*actions, _KIND.set(_CHAT)], condition)


def keeps_senders(tenant: Tenant) -> bool:
    """Whether the workspace wants it kept who sent each message: one read unit."""
    row = tenant.rows(keys.WORKSPACE).get(WorkspaceRow, keys.PROFILE)
    toggles = {} if row is None else proof.toggles_of(row)
    return toggles.get(Toggle.ATTRIBUTION, TOGGLES[Toggle.ATTRIBUTION].is_on)


def titles_of(tenant: Tenant, chat_ids: Sequence[ChatId]) -> dict[ChatId, str]:
    """The titles of those of these chats that we know: a batch read a hundred."""
    wanted = [(keys.chat_partition(chat_id), keys.chat_metadata(chat_id)) for chat_id in chat_ids]
    return {keys.chat_of(row.sk): row.title for row in tenant.get_across(ChatRow, wanted)}


_CHAT = "chat"
_KIND = Path("row_kind")
"""An update that makes the row does not write its kind by itself."""


def to_chat(item: Mapping[str, Any]) -> ChatMetadata:
    """A plain metadata item as the entity."""
    chat_id = keys.chat_of(item["sk"])
    last_message_at, last_sent_by = item.get("last_message_at"), item.get("last_sent_by")
    return ChatMetadata(
        id=chat_id,
        account_id=ids.account_of(chat_id),
        peer_kind=PeerKind(item["peer_kind"]),
        peer_id=item["peer_id"],
        title=item["title"],
        kind=ChatKind(item["kind"]),
        username=item.get("username"),
        member_count=item.get("member_count"),
        unread_count=item["unread_count"],
        last_message_id=item["last_message_id"],
        last_message_at=None if last_message_at is None else clock.from_wire(last_message_at),
        last_is_outgoing=item["last_is_outgoing"],
        last_sent_by=None if last_sent_by is None else UserId(last_sent_by),
        pinned=item["pinned"],
        invite_link=item.get("invite_link"),
    )


def _attributes(chat: ChatMetadata) -> dict[str, Any]:
    """All but the invite link, which only a look at the group tells."""
    return {
        "peer_kind": chat.peer_kind.value,
        "peer_id": chat.peer_id,
        "title": chat.title,
        "kind": chat.kind.value,
        "username": chat.username,
        "member_count": chat.member_count,
        "unread_count": chat.unread_count,
        "last_message_id": chat.last_message_id,
        "last_message_at": chat.last_message_at,
        "last_is_outgoing": chat.last_is_outgoing,
        "last_sent_by": chat.last_sent_by,
        "pinned": chat.pinned,
    }


def _set(name: str, value: Any) -> Any:
    attribute = getattr(ChatRow, name)
    return attribute.remove() if value is None else attribute.set(value)


def _is_metadata(item: Mapping[str, Any]) -> bool:
    return "peer_id" in item


def _joined(items: list[dict[str, Any]]) -> list[ChatItems]:
    """Chats from rows of both kinds, in the rows' order; values without metadata belong to no chat of ours."""
    values = {keys.chat_of(item["sk"]["S"]): item for item in items if not _is_metadata(item)}
    chats = map(to_chat, map(codec.decode, filter(_is_metadata, items)))
    return [ChatItems(chat=chat, values=values.get(chat.id, {})) for chat in chats]
