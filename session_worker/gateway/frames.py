"""What a browser may say on the socket: one struct a request, told apart by `type`; unknown fields are refused."""

from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.adapters import shapes

MAX_FRAME_BYTES = 64 * 1024
MAX_TEXT_CHARACTERS = 4_096
"""Telegram's own limit. Source: https://core.telegram.org/api/config, message_length_max."""
MAX_PAGE = 100
_LARGEST_ID = 2**31 - 1

RequestName = Annotated[str, Meta(min_length=1, max_length=64)]
Id = Annotated[str, Meta(max_length=64)]
"""An id of ours; one that could not be ours is answered as missing, like every foreign one."""
MessageId = Annotated[int, Meta(ge=1, le=_LARGEST_ID)]
Text = Annotated[str, Meta(min_length=1, max_length=MAX_TEXT_CHARACTERS)]


class Hello(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="hello"):
    """The first frame."""

    gateway_pass: Annotated[str, Meta(max_length=4_096)] = msgspec.field(name="pass")


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="type"):
    """`id` is the browser's own name for the request; the answer carries it as `re`."""

    id: RequestName


class Renew(Request, frozen=True, tag="renew"):
    """A new pass, so that the socket may stay."""

    gateway_pass: Annotated[str, Meta(max_length=4_096)] = msgspec.field(name="pass")


class LoginByQr(Request, frozen=True, tag="login.qr"):
    """Begin a login by QR code. `owned`: the person confirms that the account is theirs to use."""

    owned: bool


class LoginByPhone(Request, frozen=True, tag="login.phone"):
    """Begin a login by phone number; the same number again asks for the code to be sent another way."""

    owned: bool
    phone: Annotated[str, Meta(min_length=5, max_length=32, pattern=r"^\+?[0-9 ().-]+$")]


class LoginCode(Request, frozen=True, tag="login.code"):
    """The code Telegram sent."""

    code: Annotated[str, Meta(min_length=1, max_length=16)]


class LoginPassword(Request, frozen=True, tag="login.password"):
    """The account's cloud password."""

    password: Annotated[str, Meta(min_length=1, max_length=256)]


class LoginCancel(Request, frozen=True, tag="login.cancel"):
    """Give the login up."""


class ChatPreviews(Request, frozen=True, tag="chat.previews"):
    """The newest message of each chat; of all the person's accounts when none is named."""

    account_id: Id | None = None


class ChatHistory(Request, frozen=True, tag="chat.history"):
    """Messages older than `before_id`, or the newest."""

    chat_id: Id
    before_id: MessageId | None
    limit: Annotated[int, Meta(ge=1, le=MAX_PAGE)]


class MessageSend(Request, frozen=True, tag="message.send"):
    """Send one text, once, however often this is repeated with the same `client_id`."""

    chat_id: Id
    client_id: Annotated[str, Meta(pattern=r"^[0-9A-HJKMNP-TV-Z]{26}$")]
    text: Text
    reply_to_id: MessageId | None = None


class MessageEdit(Request, frozen=True, tag="message.edit"):
    """Put another text in place of an own message's."""

    chat_id: Id
    message_id: MessageId
    text: Text


class MessageDelete(Request, frozen=True, tag="message.delete"):
    """Delete messages for everybody in the chat."""

    chat_id: Id
    message_ids: Annotated[list[MessageId], Meta(min_length=1, max_length=100)]


class ChatRead(Request, frozen=True, tag="chat.read"):
    """Mark everything up to a message as read."""

    chat_id: Id
    up_to_id: MessageId


class MediaOpen(Request, frozen=True, tag="media.open"):
    """A short-lived link to a message's file."""

    chat_id: Id
    message_id: MessageId


AnyRequest = (
    Renew
    | LoginByQr
    | LoginByPhone
    | LoginCode
    | LoginPassword
    | LoginCancel
    | ChatPreviews
    | ChatHistory
    | MessageSend
    | MessageEdit
    | MessageDelete
    | ChatRead
    | MediaOpen
)


class _Named(msgspec.Struct):
    """As much of a frame as an answer to it needs."""

    id: RequestName = ""


def read_request(raw: str) -> AnyRequest:
    """A request frame.

    Raises:
        Invalid: naming the field.
        Unreadable: not JSON.
    """
    request: AnyRequest = shapes.decoded(raw, AnyRequest)
    return request


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
