"""Rows of chats: metadata, which the worker writes, own fields, which people write, and pages of all there is."""

from chalicelib.features.chats.repository.cards import Cards, fields_in
from chalicelib.features.chats.repository.chats import (
    ChatItems,
    ChatRow,
    Chats,
    excluded_of,
    keeps_senders,
    titles_of,
)

__all__ = ["Cards", "ChatItems", "ChatRow", "Chats", "excluded_of", "fields_in", "keeps_senders", "titles_of"]
