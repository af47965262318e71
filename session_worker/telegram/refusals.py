"""What Telegram's refusals mean, in a sentence for people; of the others only Telegram's own word is known."""

from collections.abc import Mapping
from typing import Final

_SENTENCES: Final[Mapping[str, str]] = {
    "CHAT_ADMIN_REQUIRED": "Only admins of this chat may do this.",
    "CHAT_FORWARDS_RESTRICTED": "This chat does not allow its messages to be forwarded.",
    "CHAT_GUEST_SEND_FORBIDDEN": "Join the chat to write in it.",
    "CHAT_RESTRICTED": "Messages can't be sent to this chat.",
    "CHAT_SEND_PLAIN_FORBIDDEN": "This chat allows no text messages.",
    "CHAT_WRITE_FORBIDDEN": "This account may not write here.",
    "INPUT_USER_DEACTIVATED": "This person deleted their account.",
    "MESSAGE_AUTHOR_REQUIRED": "Only who wrote a message may change it.",
    "MESSAGE_DELETE_FORBIDDEN": "This message can't be deleted.",
    "MESSAGE_EDIT_TIME_EXPIRED": "This message is too old to be changed.",
    "MESSAGE_EMPTY": "The message is empty.",
    "MESSAGE_ID_INVALID": "The message is not there any more.",
    "MESSAGE_TOO_LONG": "The message is too long.",
    "PREMIUM_ACCOUNT_REQUIRED": "This needs Telegram Premium.",
    "REACTIONS_TOO_MANY": "The message has as many different reactions as it may.",
    "REACTION_INVALID": "This chat does not allow that reaction.",
    "SCHEDULE_DATE_INVALID": "The time is not one that messages can be scheduled for.",
    "SCHEDULE_DATE_TOO_LATE": "Messages can be scheduled for a year ahead at most.",
    "SCHEDULE_TOO_MUCH": "This chat has as many scheduled messages as Telegram allows.",
    "SLOWMODE_MULTI_MSGS_DISABLED": "This group has slow mode: messages are forwarded to it one at a time.",
    "USER_BANNED_IN_CHANNEL": "This account may not write in public groups for now.",
    "USER_IS_BLOCKED": "This person blocked the account.",
    "YOU_BLOCKED_USER": "This account blocked the person.",
}


def sentence(error_name: str) -> str:
    """What is said to people, Telegram's own word at its end."""
    answer = f"Telegram's answer: {error_name}."
    known = _SENTENCES.get(error_name)
    return answer if known is None else f"{known} {answer}"
