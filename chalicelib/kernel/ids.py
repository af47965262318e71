"""Identifiers: minted ones sort by time, derived ones are the same for everybody who computes them.

All are upper-case Crockford base32 (Source: https://www.crockford.com/base32.html) of a fixed length, so that no id is
a prefix of another and `#` can delimit them in keys.
"""

import hmac
import os
import re
import time
from typing import NewType

UserId = NewType("UserId", str)
WorkspaceId = NewType("WorkspaceId", str)
AccountId = NewType("AccountId", str)
ConnectionId = NewType("ConnectionId", str)
ChatId = NewType("ChatId", str)
ColumnId = NewType("ColumnId", str)
TicketId = NewType("TicketId", str)
SessionId = NewType("SessionId", str)
InviteId = NewType("InviteId", str)
SeatId = NewType("SeatId", str)
EntryId = NewType("EntryId", str)
PartyId = NewType("PartyId", str)
BulkEditId = NewType("BulkEditId", str)
ImportId = NewType("ImportId", str)
ExportId = NewType("ExportId", str)
FileId = NewType("FileId", str)
CommentId = NewType("CommentId", str)
ClientId = NewType("ClientId", str)
ViewId = NewType("ViewId", str)
NoticeId = NewType("NoticeId", str)
ReminderId = NewType("ReminderId", str)
TemplateId = NewType("TemplateId", str)
FolderId = NewType("FolderId", str)

MINTED_LENGTH = 26
PEER_LENGTH = 16
CHAT_LENGTH = MINTED_LENGTH + PEER_LENGTH
REMINDER_LENGTH = 2 * MINTED_LENGTH

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SHAPE = re.compile(rf"[{_ALPHABET}]+")


def mint(at_s: float | None = None) -> str:
    """A new ULID: 48 bits of milliseconds, 80 random bits. Source: https://github.com/ulid/spec."""
    milliseconds = int((time.time() if at_s is None else at_s) * 1000)
    return _encode(milliseconds << 80 | int.from_bytes(os.urandom(10), "big"), MINTED_LENGTH)


def mint_unguessable() -> str:
    """A new id of a ULID's length and letters with 130 random bits and no time: for what its id alone finds."""
    return _encode(int.from_bytes(os.urandom(17)) & (1 << 130) - 1, MINTED_LENGTH)


def first_minted_at(at_s: float) -> str:
    """The smallest ULID of that moment: the lower bound of everything minted at or after it."""
    return _encode(int(at_s * 1000) << 80, MINTED_LENGTH)


def minted_at(minted: str) -> float:
    """Seconds since the epoch at which a ULID was minted."""
    milliseconds = 0
    for letter in minted[:10]:
        milliseconds = milliseconds << 5 | _ALPHABET.index(letter)
    return milliseconds / 1000


def workspace_id_of(secret: bytes, command: str) -> WorkspaceId:
    """The workspace a command founds, derived from its idempotency key: a repetition arrives at the same one."""
    return WorkspaceId(_derived(secret, f"workspace#{command}", MINTED_LENGTH))


def view_id_of(secret: bytes, command: str) -> ViewId:
    """The view a command saves, derived from its idempotency key: a repetition arrives at the same one."""
    return ViewId(_derived(secret, f"view#{command}", MINTED_LENGTH))


def session_handle(secret: bytes, session_id: SessionId) -> str:
    """What a sign-in session is called where people see it: derived, since its id finds its row and its passes."""
    return _derived(secret, f"session#{session_id}", MINTED_LENGTH)


def address_handle(secret: bytes, email: str) -> str:
    """What an address is called where it has to be found and nobody may read it, nor try addresses."""
    return _derived(secret, f"address#{email}", MINTED_LENGTH)


def telegram_user_handle(secret: bytes, telegram_user_id: int) -> str:
    """What a Telegram user is called where it has to be known again, across workspaces, and nobody may read who."""
    return _derived(secret, f"telegram-user#{telegram_user_id}", MINTED_LENGTH)


def account_id(secret: bytes, workspace_id: WorkspaceId, telegram_user_id: int) -> AccountId:
    """The account a Telegram user is in one workspace. Two members who connect it at once arrive at the same id.

    `secret` is the installation's (`settings.current().id_secret`): without it an id can't be turned back into the
    Telegram user by trying them all.
    """
    return AccountId(_derived(secret, f"account#{workspace_id}#{telegram_user_id}", MINTED_LENGTH))


def chat_id(secret: bytes, account: AccountId, peer_kind: str, peer_id: int) -> ChatId:
    """A chat of an account: begins with the account's id, so that one id finds both.

    `peer_kind` is user, chat or channel; `secret` as for `account_id`.
    """
    return ChatId(account + _derived(secret, f"chat#{account}#{peer_kind}#{peer_id}", PEER_LENGTH))


def party_id(secret: bytes, workspace: WorkspaceId, peer_kind: str, peer_id: int) -> PartyId:
    """What somebody at Telegram, or a group, is called in one workspace, whichever of its accounts know them."""
    return PartyId(_derived(secret, f"party#{workspace}#{peer_kind}#{peer_id}", MINTED_LENGTH))


def account_of(chat: ChatId) -> AccountId:
    """The account a chat belongs to."""
    return AccountId(chat[:MINTED_LENGTH])


def is_minted_shape(text: str) -> bool:
    """Whether text could be a 26-letter id of ours; anything else is answered as missing without a read."""
    return len(text) == MINTED_LENGTH and _SHAPE.fullmatch(text) is not None


def is_chat_shape(text: str) -> bool:
    """Whether text could be a chat's id."""
    return len(text) == CHAT_LENGTH and _SHAPE.fullmatch(text) is not None


def is_reminder_shape(text: str) -> bool:
    """Whether text could be a reminder's id: that of whom it is for, and one of its own."""
    return len(text) == REMINDER_LENGTH and _SHAPE.fullmatch(text) is not None


def _derived(secret: bytes, name: str, length: int) -> str:
    digest = hmac.digest(secret, name.encode(), "sha256")
    return _encode(int.from_bytes(digest, "big") >> (256 - 5 * length), length)


def _encode(number: int, length: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in range(length - 1, -1, -1))
