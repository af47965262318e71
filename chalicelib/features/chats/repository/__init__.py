"""Rows of chats: metadata, which the worker writes, own fields, which people write, and pages of all there is."""

from chalicelib.features.chats.repository.cards import Cards, fields_in
from chalicelib.features.chats.repository.chats import (
    ChatItems,
    ChatRow,
    Chats,
    counts_in,
    excluded_of,
    keeps_senders,
    metadata_of,
    titles_of,
)
from chalicelib.features.chats.repository.waiting import Waiting

__all__ = [
    "Cards",
    "ChatItems",
    "ChatRow",
    "Chats",
    "Waiting",
    "counts_in",
    "excluded_of",
    "fields_in",
    "keeps_senders",
    "metadata_of",
    "titles_of",
]
