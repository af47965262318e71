"""The API methods: one module for each namespace, one function for each method."""

from dev.telegram.methods import (
    account,
    auth,
    channels,
    contacts,
    drafts,
    help_,
    messages,
    pins,
    qr,
    reactions,
    reading,
    scheduled,
    sending,
    typing,
    updates,
    upload,
    users,
)
from dev.telegram.methods.call import METHODS, Call

__all__ = [
    "METHODS",
    "Call",
    "account",
    "auth",
    "channels",
    "contacts",
    "drafts",
    "help_",
    "messages",
    "pins",
    "qr",
    "reactions",
    "reading",
    "scheduled",
    "sending",
    "typing",
    "updates",
    "upload",
    "users",
]
