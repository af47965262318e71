"""The API methods: one module for each namespace, one function for each method."""

from dev.telegram.methods import (
    account,
    auth,
    channels,
    contacts,
    help_,
    messages,
    qr,
    reading,
    sending,
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
    "help_",
    "messages",
    "qr",
    "reading",
    "sending",
    "updates",
    "upload",
    "users",
]
