"""Putting files and profile pictures into the world."""

import hashlib
import random
import struct
from collections.abc import Iterable
from datetime import datetime

from telethon.tl import types

from dev.telegram.stripped import Colour, stripped_jpeg
from dev.telegram.world.boxes import Media
from dev.telegram.world.people import Chat, Face
from dev.telegram.world.world import File, World

_PNG = b"\x89PNG\r\n\x1a\n"
_PICTURES = (_PNG, b"\xff\xd8\xff", b"GIF8", b"RIFF")
_UNKNOWN_SIDE = 100
_MOST_SIDES = 10_000
_MOST_RATIO = 20
_SEEN = ("image/", "video/")


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
    return keep_pieces(world, [data], kind=kind, mime=mime, dc=dc, at=at, rng=rng, attributes=attributes)


def keep_pieces(
    world: World,
    pieces: list[bytes],
    *,
    kind: str,
    mime: str,
    dc: int,
    at: datetime,
    rng: random.Random,
    attributes: list[bytes] | None = None,
) -> Media:
    """As `keep`, a file of pieces of one length, of which only the last may be shorter."""
    file_id = rng.getrandbits(56)
    width, height = _sides(pieces[0])
    media = Media(
        kind=kind,
        file_id=file_id,
        mime=mime,
        size=sum(map(len, pieces)),
        dc=dc,
        made_at=at,
        width=width,
        height=height,
        attributes=attributes or [],
        stripped=_preview(pieces[0]) if kind == "photo" or mime.startswith(_SEEN) else b"",
    )
    world.files[file_id] = File(pieces=pieces, dc=dc, media=media)
    return media


def show_face(world: World, chat: Chat, picture: bytes, *, dc: int, at: datetime, rng: random.Random) -> None:
    """Give a person, group or channel a profile picture."""
    media = keep(world, picture, kind="photo", mime="image/png", dc=dc, at=at, rng=rng)
    chat.face = Face(media.file_id, dc, media.stripped)


def named(filename: str) -> list[bytes]:
    """The attributes of a document that only has a name."""
    return [bytes(types.DocumentAttributeFilename(filename))]


def is_picture(beginning: bytes) -> bool:
    """Whether a file begins as pictures do."""
    return beginning.startswith(_PICTURES)


def is_photo_shape(beginning: bytes) -> bool:
    """Whether a picture's sides are those of a photo. Source: https://core.telegram.org/bots/api#sendphoto."""
    short, long = sorted(_sides(beginning))
    return short + long <= _MOST_SIDES and long <= _MOST_RATIO * short


def _preview(beginning: bytes) -> bytes:
    """A preview in colours of the file's own: nothing here can look into pictures, but equal ones look alike."""
    digest = hashlib.blake2b(beginning, digest_size=6).digest()
    return stripped_jpeg(_colour(digest[:3]), _colour(digest[3:]))


def _colour(parts: Iterable[int]) -> Colour:
    red, green, blue = parts
    return red, green, blue


def _sides(beginning: bytes) -> tuple[int, int]:
    """Width and height of a PNG; something square for what is none."""
    if beginning.startswith(_PNG):
        width, height = struct.unpack(">II", beginning[16:24])
        return width, height
    return _UNKNOWN_SIDE, _UNKNOWN_SIDE
