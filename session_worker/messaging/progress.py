"""How far files have come, as their member's browsers are told."""

from typing import Any, Final

from chalicelib.kernel.ids import ChatId, ClientId
from session_worker.connections.connection import LiveConnection

TELL_EVERY_S: Final = 0.25
"""No more often than that, but for the end."""


def tell(
    connection: LiveConnection,
    chat_id: ChatId,
    *,
    done: int,
    total: int,
    client_id: ClientId | None = None,
    message_id: int | None = None,
    problem: dict[str, Any] | None = None,
) -> None:
    """`media.progress`: bytes at Telegram of what is sent (`client_id`), or in the bucket of what is opened."""
    connection.publish_of(
        chat_id,
        "media.progress",
        client_id=client_id,
        message_id=message_id,
        done=done,
        total=total,
        problem=problem,
    )
