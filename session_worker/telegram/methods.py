"""What a request is called, as Telegram's documentation has it."""

from typing import Final

from telethon.tl import TLRequest

GET_FILE: Final = "upload.GetFile"
"""What Telethon asks for the parts of a file."""


def method_of(request: TLRequest) -> str:
    """`messages.SendMessage` of a SendMessageRequest, whatever it is wrapped in (invokeWithoutUpdates…)."""
    while hasattr(request, "query") and isinstance(request.query, TLRequest):
        request = request.query
    kind = type(request)
    return f"{kind.__module__.rpartition('.')[2]}.{kind.__name__.removesuffix('Request')}"
