"""What the worker tells us of chats, what members see of them, and what they write of them."""

from chalicelib.features.chats.use_cases.answering import mark_answered
from chalicelib.features.chats.use_cases.cards import change_card
from chalicelib.features.chats.use_cases.excluding import exclude_chats, list_excluded
from chalicelib.features.chats.use_cases.querying import query_chats
from chalicelib.features.chats.use_cases.reading import (
    answered_since,
    card_for_connected,
    cards_for_connected,
    chat_card,
    count_chats,
    hidden_among,
    list_chats,
    titles_of,
)
from chalicelib.features.chats.use_cases.recording import record_chats, record_group, record_message, record_read

__all__ = [
    "answered_since",
    "card_for_connected",
    "cards_for_connected",
    "change_card",
    "chat_card",
    "count_chats",
    "exclude_chats",
    "hidden_among",
    "list_chats",
    "list_excluded",
    "mark_answered",
    "query_chats",
    "record_chats",
    "record_group",
    "record_message",
    "record_read",
    "titles_of",
]
