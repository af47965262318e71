"""Who waits in which of an account's chats, and of whom somebody was told."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from chalicelib.features.chats.model import WaitingChat
from chalicelib.features.chats.repository.cards import fields_in
from chalicelib.features.chats.repository.chats import ChatRow, moment, to_chat
from chalicelib.kernel.ids import AccountId, ChatId, UserId
from chalicelib.table import cards_keys, codec, keys
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant

_STRETCH: Final = 600


class Waiting:
    """The chats of one account in which somebody can wait."""

    def __init__(self, tenant: Tenant, account_id: AccountId) -> None:
        self._rows = tenant.rows(keys.account_partition(account_id))

    def all(self) -> Iterator[WaitingChat]:
        """Every one of the workspace's: a query for each 600 rows, 1 read unit per 4 KB of them."""
        for item, card in self._every():
            yield from _waiting(item, card)

    def assignments(self) -> Iterator[tuple[ChatId, UserId]]:
        """Every assigned chat of the workspace's and whose it is; costs what `all` does."""
        for item, card in self._every():
            if "assignee" in card and "excluded" not in item:
                yield keys.chat_of(item["sk"]["S"]), UserId(card["assignee"]["S"])

    def _every(self) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
        """Metadata and own fields of each chat, as they come: those lie before it."""
        first, more = keys.CHATS, True
        cards: dict[ChatId, Mapping[str, Any]] = {}
        while more:
            items, more = self._rows.stretch(first, keys.CHATS_END, limit=_STRETCH)
            for item in items:
                chat_id = keys.chat_of(item["sk"]["S"])
                if item["sk"]["S"] == cards_keys.chat_card(chat_id):
                    cards[chat_id] = item
                elif item["row_kind"]["S"] == "chat":
                    yield item, cards.pop(chat_id, {})
            first = items[-1]["sk"]["S"] + "\x00" if items else first

    def note_told(self, change: JournalledTransaction, chat: WaitingChat, *, waiting: bool) -> None:
        """Note of whom somebody was told, unless they wait since another moment by now."""
        row = self._rows.new(ChatRow, keys.chat_metadata(chat.id))
        if waiting and chat.waiting_since is not None:
            stands = ChatRow.waiting_since == chat.waiting_since
            change.update(row, [ChatRow.waiting_told.set(chat.waiting_since)], stands)
        elif chat.silent_since is not None:
            # Silence that began with no message of ours is told of by what it began with: theirs.
            ours = ChatRow.last_outgoing_at == chat.silent_since
            nothing_of_ours = ChatRow.last_outgoing_at.does_not_exist()
            change.update(row, [ChatRow.silent_told.set(chat.silent_since)], ours | nothing_of_ours)


def _waiting(item: Mapping[str, Any], card: Mapping[str, Any]) -> Iterator[WaitingChat]:
    row = codec.decode(item)
    chat = to_chat(row)
    if chat.is_excluded or not chat.expects_reply():
        return
    yield WaitingChat(
        id=chat.id,
        assignee=fields_in(card).assignee,
        waiting_since=chat.waiting_since,
        silent_since=chat.silent_since(),
        waiting_told=moment(row.get("waiting_told")),
        silent_told=moment(row.get("silent_told")),
    )
