"""What every frame of a browser shares: sizes, ids, the first frame, and the name an answer goes by."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.adapters import shapes

MAX_FRAME_BYTES = 64 * 1024
_LARGEST_ID = 2**31 - 1

RequestName = Annotated[str, Meta(min_length=1, max_length=64)]
Id = Annotated[str, Meta(max_length=64)]
"""An id of ours; one that could not be ours is answered as missing, like every foreign one."""
MessageId = Annotated[int, Meta(ge=1, le=_LARGEST_ID)]
MAX_TEXT_CHARACTERS = 4_096
"""Telegram's own limit. Source: https://core.telegram.org/api/config, message_length_max."""
Text = Annotated[str, Meta(min_length=1, max_length=MAX_TEXT_CHARACTERS)]
Moment = Annotated[datetime, Meta(tz=True)]
"""RFC 3339 with an offset."""
ClientName = Annotated[str, Meta(pattern=r"^[0-9A-HJKMNP-TV-Z]{26}$")]
"""The browser's own id of what it wants done once: a ULID."""


class Hello(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="hello"):
    """The first frame."""

    gateway_pass: Annotated[str, Meta(max_length=4_096)] = msgspec.field(name="pass")


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="type"):
    """`id` is the browser's own name for the request; the answer carries it as `re`."""

    id: RequestName


class _Named(msgspec.Struct):
    """As much of a frame as an answer to it needs."""

    id: RequestName = ""


def read_hello(raw: str) -> Hello:
    """The first frame.

    Raises:
        Invalid: it is something else.
    """
    hello: Hello = shapes.decoded(raw, Hello)
    return hello


def name_of(raw: str) -> str:
    """What an unreadable request calls itself, as far as that can be read; else empty."""
    try:
        return msgspec.json.decode(raw, type=_Named).id
    except (msgspec.DecodeError, UnicodeError):
        return ""
