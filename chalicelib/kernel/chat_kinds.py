"""What kinds of chats there are. Here, since accounts say which kinds they bring in, and chats are of one."""

from enum import StrEnum


class ChatKind(StrEnum):
    """What people call a chat."""

    PRIVATE = "private"
    GROUP = "group"
    CHANNEL = "channel"
    BOT = "bot"
