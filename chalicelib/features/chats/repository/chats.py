"""The rows of an account's chats: metadata, which the worker writes, and pages of every kind of row."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path

from chalicelib.features.chats.model import ChatMetadata, Counts, PeerKind, RecordGroup, RecordMessage
from chalicelib.features.chats.repository.cards import CardRow, name_in
from chalicelib.kernel import clock, ids
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.ids import AccountId, ChatId, UserId
from chalicelib.kernel.permissions import TOGGLES, Toggle
from chalicelib.kernel.records import record
from chalicelib.table import cards_keys, codec, keys, proof
from chalicelib.table.items import MomentAttribute, Row
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.proof import WorkspaceRow
from chalicelib.table.tenant import Tenant


class ChatRow(Row, discriminator="chat"):
    """What the worker writes of a chat. People's values are another row, so neither can overwrite the other's.

    `excluded` alone is people's: it lies here so that one condition keeps the worker from writing (decision 49). That a
    chat is answered they write by taking `waiting_since` away, on condition that no newer message came. `waiting_told`
    and `silent_told` are since when those waited of whom members were told.
    """

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
    last_outgoing_at = MomentAttribute(null=True)
    waiting_since = MomentAttribute(null=True)
    waiting_told = MomentAttribute(null=True)
    silent_told = MomentAttribute(null=True)
    excluded = BooleanAttribute(null=True)


@record
class ChatItems:
    """One chat; `card`, `values` and `counts` are its rows of own fields, of values and of what hangs on it as they
    came, empty until written."""

    chat: ChatMetadata
    card: Mapping[str, Any]
    values: Mapping[str, Any]
    counts: Mapping[str, Any]


class Chats:
    """The chats of one account."""

    def __init__(self, tenant: Tenant, account_id: AccountId) -> None:
        self._partition = keys.account_partition(account_id)
        self._tenant = tenant
        self._rows = tenant.rows(self._partition)

    def get(self, chat_id: ChatId) -> ChatItems | None:
        """One chat with its own fields, values and counts: one batch read."""
        return next(iter(self.some([chat_id])), None)

    def some(self, chat_ids: Sequence[ChatId]) -> list[ChatItems]:
        """Those of these chats that we have, with own fields, values and counts: a batch read twenty-five."""
        places = [_places(chat_id) for chat_id in chat_ids]
        found = self._rows.get_many([key for place in places for key in place])
        standing = (chat_id for chat_id in chat_ids if keys.chat_metadata(chat_id) in found)
        return [_whole(to_chat(codec.decode(found[keys.chat_metadata(chat_id)])), found) for chat_id in standing]

    def standing(self, chat_ids: Iterable[ChatId]) -> dict[ChatId, ChatMetadata]:
        """The metadata of these chats as far as we have it: a batch read a hundred."""
        found = self._rows.get_many([keys.chat_metadata(chat_id) for chat_id in chat_ids])
        return {chat.id: chat for chat in map(to_chat, map(codec.decode, found.values()))}

    def after(self, chat_id: ChatId | None, *, limit: int, are_excluded: bool = False) -> tuple[list[ChatItems], bool]:
        """Up to `limit` chats that follow one, each whole, and whether more follow. Mostly one query.

        Those of the workspace, or else those that stay out of it; the others are read on the way.

        A chat is known to be whole when the next one's metadata was seen, so one row more is asked for: than two a chat
        at first, which is what most have, and than four where that was too little.
        Those of the workspace not consistently, since whoever pages through chats has to follow what changes meanwhile
        anyway (`feeds`), and half as dear: 1 read unit per 8 KB. No feed tells of those that stay out.
        """
        first = keys.CHATS if chat_id is None else keys.after_chat(chat_id)
        items: list[dict[str, Any]] = []
        chats: list[ChatItems] = []
        more = True
        while more and len(chats) <= limit:
            start = first if not items else items[-1]["sk"]["S"] + "\x00"
            rows = (_ROWS_A_CHAT if items else _ROWS_MOSTLY) * (limit - len(chats)) + 1
            found, more = self._rows.stretch(start, keys.CHATS_END, limit=rows, consistent=are_excluded)
            items += found
            chats = [each for each in _joined(items) if each.chat.is_excluded is are_excluded]
        return chats[:limit], len(chats) > limit

    def count(self, most: int) -> int:
        """How many chats there are, counted up to `most`: a query a megabyte of rows, none of them decoded."""
        counted, first, more = 0, keys.CHATS, True
        while more and counted < most:
            items, more = self._rows.stretch(first, keys.CHATS_END, limit=_ROWS_A_CHAT * most)
            counted += sum(item["row_kind"]["S"] == _CHAT and "excluded" not in item for item in items)
            first = items[-1]["sk"]["S"] + "\x00" if items else first
        return min(counted, most)

    def put(self, chat: ChatMetadata) -> bool:
        """Write what the worker knows, unless a later message is known by now, or the chat stays out; False then.

        One that is to stay out is written only while nobody knows it: somebody may have asked for it meanwhile.
        """
        self._tenant.register(self._partition)
        if chat.is_excluded:
            return self._update(chat.id, _attributes(chat) | {"excluded": True}, Row.pk.does_not_exist())
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
            **_turn(message),
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

    def set_answered(
        self, change: JournalledTransaction, chat: ChatMetadata, *, is_answered: bool, refusal: Fact
    ) -> None:
        """Say of the last message that was read, which is theirs, that it needs no answer or does."""
        row = self._rows.new(ChatRow, keys.chat_metadata(chat.id))
        is_last = (ChatRow.last_message_id == chat.last_message_id) & ChatRow.excluded.does_not_exist()
        action = _set("waiting_since", None if is_answered else chat.last_message_at)
        change.update(row, [action], is_last, refusal=refusal)

    def set_excluded(self, change: JournalledTransaction, chat_id: ChatId, *, is_excluded: bool) -> None:
        """Have a chat that we know stay out of the workspace or be in it, unless it is so since it was read."""
        row = self._rows.new(ChatRow, keys.chat_metadata(chat_id))
        if is_excluded:
            change.update(row, [ChatRow.excluded.set(True)], Row.pk.exists() & ChatRow.excluded.does_not_exist())
        else:
            change.update(row, [ChatRow.excluded.remove()], ChatRow.excluded.exists())

    def _update(self, chat_id: ChatId, written: Mapping[str, Any], condition: Condition) -> bool:
        """The worker's writes: none of a chat that stays out."""
        actions = [_set(name, value) for name, value in written.items()]
        row = self._rows.new(ChatRow, keys.chat_metadata(chat_id))
        return self._rows.update(row, [*actions, _KIND.set(_CHAT)], condition & ChatRow.excluded.does_not_exist())


def keeps_senders(tenant: Tenant) -> bool:
    """Whether the workspace wants it kept who sent each message: one read unit."""
    row = tenant.rows(keys.WORKSPACE).get(WorkspaceRow, keys.PROFILE)
    toggles = {} if row is None else proof.toggles_of(row)
    return toggles.get(Toggle.ATTRIBUTION, TOGGLES[Toggle.ATTRIBUTION].is_on)


def excluded_of(tenant: Tenant, chat_ids: Sequence[ChatId]) -> frozenset[ChatId]:
    """Those of these chats that stay out of the workspace: a batch read a hundred."""
    wanted = [(keys.chat_partition(chat_id), keys.chat_metadata(chat_id)) for chat_id in chat_ids]
    return frozenset(keys.chat_of(row.sk) for row in tenant.get_across(ChatRow, wanted) if row.excluded)


def metadata_of(tenant: Tenant, chat_ids: Sequence[ChatId]) -> dict[ChatId, ChatMetadata]:
    """The metadata of those of these chats that the workspace has, whichever accounts they are of."""
    wanted = [(keys.chat_partition(chat_id), keys.chat_metadata(chat_id)) for chat_id in chat_ids]
    chats = map(to_chat, map(codec.decode, tenant.items_across(wanted)))
    return {chat.id: chat for chat in chats if not chat.is_excluded}


def titles_of(tenant: Tenant, chat_ids: Sequence[ChatId]) -> dict[ChatId, str]:
    """What those of these chats that the workspace has are called here: a batch read fifty."""
    wanted = [(keys.chat_partition(chat_id), sk) for chat_id in chat_ids for sk in _places(chat_id)[:2]]
    found = tenant.get_across(Row, wanted)
    names = {keys.chat_of(row.sk): name_in(row) for row in found if isinstance(row, CardRow)}
    titles = {keys.chat_of(row.sk): row.title for row in found if isinstance(row, ChatRow) and not row.excluded}
    return {chat_id: names.get(chat_id) or title for chat_id, title in titles.items()}


_CHAT = "chat"
_ROWS_A_CHAT = 4
"""At most: own fields, counts, metadata, values."""
_ROWS_MOSTLY = 2
"""Metadata, and one of the others."""
_KIND = Path("row_kind")
"""An update that makes the row does not write its kind by itself."""


def to_chat(item: Mapping[str, Any]) -> ChatMetadata:
    """A plain metadata item as the entity."""
    chat_id = keys.chat_of(item["sk"])
    last_sent_by = item.get("last_sent_by")
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
        last_message_at=moment(item.get("last_message_at")),
        last_is_outgoing=item["last_is_outgoing"],
        last_sent_by=None if last_sent_by is None else UserId(last_sent_by),
        pinned=item["pinned"],
        invite_link=item.get("invite_link"),
        last_outgoing_at=moment(item.get("last_outgoing_at")),
        waiting_since=moment(item.get("waiting_since")),
        is_excluded=item.get("excluded", False),
    )


def moment(text: str | None) -> datetime | None:
    """A moment of a plain item."""
    return None if text is None else clock.from_wire(text)


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
        "last_outgoing_at": chat.last_outgoing_at,
        "waiting_since": chat.waiting_since,
    }


def _turn(message: RecordMessage) -> dict[str, Any]:
    """What a message makes of who waits for whom: ours ends their waiting, theirs begins it where it has not begun."""
    if message.is_outgoing:
        return {"last_outgoing_at": message.at, "waiting_since": None}
    since = message.unanswered_since or message.at
    if message.outgoing_at is not None:
        return {"last_outgoing_at": message.outgoing_at, "waiting_since": since}
    return {"waiting_since": _Unless(value=since)}


@record
class _Unless:
    """A value for an attribute that has none yet."""

    value: Any


def _set(name: str, value: Any) -> Any:
    attribute = getattr(ChatRow, name)
    if isinstance(value, _Unless):
        return attribute.set(attribute | value.value)
    return attribute.remove() if value is None else attribute.set(value)


def _places(chat_id: ChatId) -> tuple[str, str, str, str]:
    """Sort keys of a chat's metadata, own fields, values and counts."""
    own = (cards_keys.chat_card(chat_id), keys.chat_values(chat_id), cards_keys.chat_counts(chat_id))
    return keys.chat_metadata(chat_id), *own


def _whole(chat: ChatMetadata, found: Mapping[str, Mapping[str, Any]]) -> ChatItems:
    """A chat with its other rows, from rows by their sort keys."""
    _, card, values, counts = (found.get(place, {}) for place in _places(chat.id))
    return ChatItems(chat=chat, card=card, values=values, counts=counts)


def counts_in(item: Mapping[str, Any]) -> Counts:
    """What a row of counts, as it came, says; an empty item is a chat on which nothing ever hung. No read."""
    if not item:
        return _NONE
    row = codec.decode(item)
    return Counts(comments=row.get("comments", 0), tickets=row.get("tickets", 0))


_NONE = Counts()


def _joined(items: list[dict[str, Any]]) -> list[ChatItems]:
    """Chats from rows of every kind, in the rows' order; what people wrote of a chat we have not is no chat of ours."""
    by_place = {item["sk"]["S"]: item for item in items}
    chats = [to_chat(codec.decode(item)) for item in items if item["row_kind"]["S"] == _CHAT]
    return [_whole(chat, by_place) for chat in chats]
