"""Requests taken out of their wrappers, results written as bytes."""

import struct
from typing import Any

from telethon.tl import functions

from dev.telegram.tl import Tl

_TRUE = bytes.fromhex("b5757299")
_FALSE = bytes.fromhex("379779bc")
_VECTOR = 0x1CB5C415
_RPC_RESULT = struct.Struct("<Iq")
_RPC_RESULT_ID = 0xF35C6D01

INVISIBLE_WRAPPERS = (
    functions.InvokeAfterMsgRequest,
    functions.InvokeAfterMsgsRequest,
    functions.InvokeWithMessagesRangeRequest,
)


def result_of(message_id: int, body: bytes) -> bytes:
    """An answer, addressed to the request it answers."""
    return _RPC_RESULT.pack(_RPC_RESULT_ID, message_id) + body


def serialised(value: Any) -> bytes:
    """A result as TL: booleans as their constructors, vectors with their header, objects as themselves."""
    if isinstance(value, bool):
        return _TRUE if value else _FALSE
    if isinstance(value, list):
        items = (struct.pack("<q", item) if isinstance(item, int) else bytes(item) for item in value)
        return struct.pack("<Ii", _VECTOR, len(value)) + b"".join(items)
    return bytes(value)


def method_name(request: Tl) -> str:
    """`messages.SendMessage` for a `SendMessageRequest`; requests outside a namespace have no dot."""
    namespace = type(request).__module__.rsplit(".", 1)[-1]
    name = type(request).__name__.removesuffix("Request")
    return name if namespace == "functions" else f"{namespace}.{name}"
