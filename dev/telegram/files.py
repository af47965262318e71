"""Putting files into the world."""

import random
import struct
from datetime import datetime

from telethon.tl import types

from dev.telegram.world.boxes import Media
from dev.telegram.world.world import File, World

_PNG = b"\x89PNG\r\n\x1a\n"
_UNKNOWN_SIDE = 100


def keep(
    world: World,
    data: bytes,
    *,
    kind: str,
    mime: str,
    dc: int,
    at: datetime,
    rng: random.Random,
    attributes: list[bytes] | None = None,
) -> Media:
    """Store a file and answer the media that shows it. `kind`: photo or document; `attributes`: TL as bytes."""
    file_id = rng.getrandbits(56)
    width, height = _sides(data)
    media = Media(
        kind=kind,
        file_id=file_id,
        mime=mime,
        size=len(data),
        dc=dc,
        made_at=at,
        width=width,
        height=height,
        attributes=attributes or [],
    )
    world.files[file_id] = File(data=data, dc=dc, media=media)
    return media


def named(filename: str) -> list[bytes]:
    """The attributes of a document that only has a name."""
    return [bytes(types.DocumentAttributeFilename(filename))]


def _sides(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG; something square for what is none."""
    if data.startswith(_PNG):
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    return _UNKNOWN_SIDE, _UNKNOWN_SIDE
