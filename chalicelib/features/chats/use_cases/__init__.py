"""What the worker tells us of chats, what members see of them, and what they write of them."""

from chalicelib.features.chats.use_cases.answering import mark_answered
from chalicelib.features.chats.use_cases.cards import change_card, own_fields_of, put_own_fields
from chalicelib.features.chats.use_cases.excluding import exclude_chats, list_excluded
from chalicelib.features.chats.use_cases.querying import query_chats
from chalicelib.features.chats.use_cases.reading import (
    answered_since,
    card_for_connected,
    cards_for_connected,
    cards_of,
    chat_card,
    count_chats,
    every_chat,
    hidden_among,
    list_chats,
    metadata_of,
    shared_card,
    titles_of,
    usernames_seen_by,
)
from chalicelib.features.chats.use_cases.recording import (
    record_chats,
    record_founded,
    record_group,
    record_joined,
    record_message,
    record_read,
)
from chalicelib.features.chats.use_cases.waiting import assignments, note_told, waiting_chats

__all__ = [
    "answered_since",
    "assignments",
    "card_for_connected",
    "cards_for_connected",
    "cards_of",
    "change_card",
    "chat_card",
    "count_chats",
    "every_chat",
    "exclude_chats",
    "hidden_among",
    "list_chats",
    "list_excluded",
    "mark_answered",
    "metadata_of",
    "note_told",
    "own_fields_of",
    "put_own_fields",
    "query_chats",
    "record_chats",
    "record_founded",
    "record_group",
    "record_joined",
    "record_message",
    "record_read",
    "shared_card",
    "titles_of",
    "usernames_seen_by",
    "waiting_chats",
]
