"""Showing notices in the app, and telling of them outside of it."""

from chalicelib.features.delivery.use_cases.linking import bot_standing, make_bot_code, take_update, unlink_bot
from chalicelib.features.delivery.use_cases.pushing import push, push_standing, turn_push_off, turn_push_on
from chalicelib.features.delivery.use_cases.showing import list_notices, shown
from chalicelib.features.delivery.use_cases.telling import carriers, deliver, write

__all__ = [
    "bot_standing",
    "carriers",
    "deliver",
    "list_notices",
    "make_bot_code",
    "push",
    "push_standing",
    "shown",
    "take_update",
    "turn_push_off",
    "turn_push_on",
    "unlink_bot",
    "write",
]
