"""Pictures so small that they travel inside of frames, as data: URLs."""

import base64
from collections.abc import Iterable
from typing import Any, Final

from telethon import utils
from telethon.tl import types

_BEGINNINGS: Final = ((b"\xff\xd8\xff", "jpeg"), (b"\x89PNG", "png"), (b"RIFF", "webp"))


def data_url(content: bytes) -> str | None:
    """A picture as an address that holds it; None for what is no picture a browser shows."""
    kind = next((kind for beginning, kind in _BEGINNINGS if content.startswith(beginning)), None)
    return None if kind is None else f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def whole(stripped_bytes: bytes) -> str | None:
    """Telegram's preview of some hundred bytes, with the header that it leaves away."""
    return data_url(bytes(utils.stripped_photo_to_jpg(stripped_bytes)))


def stripped(sizes: Iterable[Any] | None) -> str | None:
    """The preview that comes with a photo or video; None where none does."""
    found = next((size for size in sizes or () if isinstance(size, types.PhotoStrippedSize)), None)
    return None if found is None else whole(found.bytes)
