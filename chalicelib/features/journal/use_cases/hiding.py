"""What of the journal a member does not see: chats that stay out of the workspace and are not theirs at Telegram."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from chalicelib.features.chats import use_cases as chats
from chalicelib.kernel import ids
from chalicelib.kernel.ids import ChatId
from chalicelib.table.journal import Entry
from chalicelib.table.tenant import Tenant


def seen(entries: Sequence[Entry], *, tenant: Tenant) -> list[Entry]:
    """The entries without those about chats that are hidden from the member, nor what others say of such a chat.

    No read where no entry is about a chat; else those of `hidden_among`.
    """
    named = sorted({chat_id for entry in entries for chat_id in _chats_in(entry)})
    hidden = chats.hidden_among(named, tenant=tenant)
    if not hidden:
        return list(entries)
    return [_without(hidden, entry) for entry in entries if entry.target not in hidden]


def _chats_in(entry: Entry) -> Iterator[ChatId]:
    """The chats an entry is about: its target, or each that `old` and `new` have something of."""
    keyed = [key for side in (entry.old, entry.new) if isinstance(side, Mapping) for key in side]
    yield from (ChatId(text) for text in (entry.target, *keyed) if ids.is_chat_shape(text))


def _without(hidden: frozenset[ChatId], entry: Entry) -> Entry:
    return replace(entry, old=_stripped(hidden, entry.old), new=_stripped(hidden, entry.new))


def _stripped(hidden: frozenset[ChatId], side: Any) -> Any:
    return {key: value for key, value in side.items() if key not in hidden} if isinstance(side, Mapping) else side
