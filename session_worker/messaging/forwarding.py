"""What may be forwarded: nothing that Telegram's own account wrote, since a login code is a credential."""

from collections.abc import Sequence
from typing import Final

from chalicelib.kernel.errors import Forbidden
from session_worker.connections.connection import LiveConnection
from session_worker.messaging.history import fetch_messages
from session_worker.telegram import messages
from session_worker.telegram.peers import InputPeer

MAX_FORWARDED: Final = 30
"""Each is a send of its own in the chat's pace."""


class MessageWithheld(Forbidden):
    """It is from Telegram's own account; nothing was forwarded."""

    code = "message-withheld"
    title = "Messages from Telegram's own account can't be forwarded here."


async def require_forwardable(connection: LiveConnection, source: InputPeer, message_ids: Sequence[int]) -> None:
    """Refuse what is withheld. One call. Whether the chat lets its messages go is Telegram's to say.

    Raises:
        MessageWithheld.
    """
    if messages.is_telegram_itself(source):
        raise MessageWithheld
    found = await fetch_messages(connection, source, message_ids)
    if any(messages.is_withheld(one.message) for one in found):
        raise MessageWithheld
