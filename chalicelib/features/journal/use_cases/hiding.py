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
    return [_without(hidden, entry) for entry in entries if not _is_about(hidden, entry)]


def _chats_in(entry: Entry) -> Iterator[ChatId]:
    """The chats an entry is about or names: its target, keys and values of `old` and `new`, and what lists hold."""
    sides = [side for side in (entry.old, entry.new) if isinstance(side, Mapping)]
    texts = [entry.target, *(key for side in sides for key in side), *_texts_in(sides)]
    yield from (ChatId(text) for text in texts if ids.is_chat_shape(text))


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts_in(each)


def _is_about(hidden: frozenset[ChatId], entry: Entry) -> bool:
    """Whether a hidden chat is the target, or what `old` or `new` name by itself: what a reminder is about."""
    sides = [side for side in (entry.old, entry.new) if isinstance(side, Mapping)]
    named = {value for side in sides for value in side.values() if isinstance(value, str)}
    return entry.target in hidden or not hidden.isdisjoint(named)


def _without(hidden: frozenset[ChatId], entry: Entry) -> Entry:
    return replace(entry, old=_stripped(hidden, entry.old), new=_stripped(hidden, entry.new))


def _stripped(hidden: frozenset[ChatId], side: Any) -> Any:
    if not isinstance(side, Mapping):
        return side
    return {key: _unlisted(hidden, value) for key, value in side.items() if key not in hidden}


def _unlisted(hidden: frozenset[ChatId], value: Any) -> Any:
    return [each for each in value if hidden.isdisjoint(_texts_in(each))] if isinstance(value, list) else value
