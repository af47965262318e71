"""Sentences for what Telegram tells as an event of a chat: who joined, what was pinned, who called."""

from collections.abc import Mapping
from typing import Any, Final

from telethon.tl import types

_PLAIN: Final[Mapping[type, str]] = {
    types.MessageActionChatDeletePhoto: "The picture was removed.",
    types.MessageActionChatEditPhoto: "The picture was changed.",
    types.MessageActionChatJoinedByLink: "Joined by an invite link.",
    types.MessageActionChatJoinedByRequest: "Was let in on request.",
    types.MessageActionChatMigrateTo: "The group became a supergroup.",
    types.MessageActionChannelMigrateFrom: "The group became a supergroup.",
    types.MessageActionContactSignUp: "Joined Telegram.",
    types.MessageActionHistoryClear: "The history was cleared.",
    types.MessageActionPinMessage: "Pinned a message.",
    types.MessageActionScreenshotTaken: "Took a screenshot.",
    types.MessageActionSetMessagesTTL: "Changed when messages disappear.",
    types.MessageActionPhoneCall: "Called.",
    types.MessageActionGroupCall: "A video chat.",
    types.MessageActionSetChatTheme: "Changed the theme.",
    types.MessageActionTopicCreate: "A topic was created.",
    types.MessageActionTopicEdit: "A topic was changed.",
    types.MessageActionBotAllowed: "Allowed a bot to write.",
}


def sentence(message: Any, entities: Mapping[int, Any]) -> str:
    """One sentence for a service message; an event we know nothing of is called just that."""
    action = message.action
    match action:
        case types.MessageActionChatCreate() | types.MessageActionChannelCreate():
            return f"“{action.title}” was created."
        case types.MessageActionChatEditTitle():
            return f"The name was changed to “{action.title}”."
        case types.MessageActionChatAddUser():
            return f"{_names(action.users, entities)} joined."
        case types.MessageActionChatDeleteUser():
            return f"{_names([action.user_id], entities)} left."
        case _:
            return _PLAIN.get(type(action), "Something changed in this chat.")


def _names(user_ids: list[int], entities: Mapping[int, Any]) -> str:
    named = [entities[user_id] for user_id in user_ids if user_id in entities]
    return ", ".join(user.first_name or "Somebody" for user in named) or "Somebody"
