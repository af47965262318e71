"""Lines of the file of chats: each as the member sees its card, with the workspace's columns behind its own."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from chalicelib.features.chats.model import ChatCard
from chalicelib.features.exports.use_cases.surroundings import Surroundings, headings
from chalicelib.features.fields import use_cases as fields
from chalicelib.kernel.csv_cells import Cell
from chalicelib.kernel.ids import ChatId, ColumnId
from chalicelib.table.tenant import Tenant

_OWN: Final = (
    *("id", "account_id", "account", "title", "telegram_title", "kind"),
    *("assignee_id", "assignee", "priority", "email", "phone", "first_name", "last_name"),
)
_PRIVATE: Final = (
    *("username", "member_count", "unread_count", "last_message_at", "last_direction"),
    *("pinned", "invite_link", "waiting_since", "silent_since", "is_answered"),
)
"""Of the side only members connected to the account see; empty in the lines of other chats."""
_TEXTS_AT_ONCE: Final = 100
"""Long texts that are in memory together: of 20,000 characters each they are a few megabytes."""


class _Held(msgspec.Struct):
    """Of a stored value what is told; others see who set it, and when, in the activity log."""

    value: str | int | float | bool | list[str] | None
    is_cut: bool = False


_HELD: Final = msgspec.json.Decoder(_Held)
_Texts = Mapping[tuple[ChatId, ColumnId], str]


class ChatLines:
    """Makes lines of cards."""

    def __init__(self, surroundings: Surroundings, tenant: Tenant) -> None:
        self._surroundings = surroundings
        self._tenant = tenant

    def heading(self) -> list[str]:
        """The first line."""
        return headings([*_OWN, *_PRIVATE], self._surroundings.chat_columns)

    def of(self, cards: Sequence[ChatCard]) -> Iterator[list[Cell]]:
        """A line a card: no read but for long texts, a batch read a hundred."""
        held = {card.id: self._held(card) for card in cards}
        waiting: list[ChatCard] = []
        cut: list[tuple[ChatId, ColumnId]] = []
        for card in cards:
            waiting.append(card)
            cut += [(card.id, column_id) for column_id, each in held[card.id].items() if each.is_cut]
            if len(cut) >= _TEXTS_AT_ONCE or card is cards[-1]:
                texts = fields.whole_texts(cut, tenant=self._tenant) if cut else {}
                yield from (self._line(each, held[each.id], texts) for each in waiting)
                waiting, cut = [], []

    def _held(self, card: ChatCard) -> dict[ColumnId, _Held]:
        columns = self._surroundings.chat_columns
        return {each: _HELD.decode(stored) for each, stored in card.values.items() if columns.get(each) is not None}

    def _line(self, card: ChatCard, held: Mapping[ColumnId, _Held], texts: _Texts) -> list[Cell]:
        own, around = card.fields, self._surroundings
        private: list[Cell] = [None] * len(_PRIVATE)
        if card.private is not None:
            private = [getattr(card.private, name) for name in _PRIVATE]
        return [
            *(card.id, card.account_id, around.labels.get(card.account_id)),
            *(card.title, card.telegram_title, card.kind),
            *(own.assignee, around.name(own.assignee), own.priority),
            *(own.email, own.phone, own.first_name, own.last_name),
            *private,
            *(self._told(card.id, column_id, held, texts) for column_id in around.chat_columns),
        ]

    def _told(self, chat_id: ChatId, column_id: ColumnId, held: Mapping[ColumnId, _Held], texts: _Texts) -> Cell:
        if column_id not in held:
            return None
        value = texts.get((chat_id, column_id), held[column_id].value)
        return self._surroundings.told(self._surroundings.chat_columns[column_id], value)
