"""Telegram's errors as facts of ours. What each means: signed out, closed, later, refused, or unknown.

Fact
├── SessionEnded    (Conflict)     the login is gone: the member must log in again
├── AccountClosed   (Conflict)     Telegram closed the account: banned, deleted or frozen
├── AlreadySent     (Conflict)     Telegram knows this send: it was done before
├── TelegramBusy    (TooMany)      wait `retry_after_s`; nothing was done
├── TelegramRefused (Forbidden)    not for this chat, message or account; nothing was done
└── TelegramAway    (Unavailable)  no answer: whether it was done is unknown
    ├── ProxyUnreachable           the member's own proxy does not answer, or does not reach Telegram
    ├── ProxyRefusedLogin          it does not take the user and password
    └── ProxyNotAllowed            its name leads where this installation does not speak to
"""

import asyncio
from typing import Final

from telethon import errors
from telethon.errors import common, rpcerrorlist

from chalicelib.kernel.errors import Conflict, Fact, Forbidden, TooMany, Unavailable
from session_worker.telegram import refusals

DUPLICATED: Final = "duplicated"
"""Two lines spoke for one login: our own fault, never retried, and an alarm."""
KEY_UNKNOWN: Final = "key-unknown"
FROZEN: Final = "frozen"


class SessionEnded(Conflict):
    """Telegram ended the session. `reason` is stored with the connection's state."""

    code = "telegram-session-ended"
    title = "Telegram ended this session. Connect the account again."

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class AccountClosed(Conflict):
    """Telegram closed the account. `is_session_dead`: nothing can be done with the login any more."""

    code = "telegram-account-closed"
    title = "Telegram has closed or frozen this account."

    def __init__(self, reason: str, *, is_session_dead: bool) -> None:
        super().__init__()
        self.reason = reason
        self.is_session_dead = is_session_dead


class AlreadySent(Conflict):
    """The send was repeated and Telegram had done it before; it does not say as which message."""

    code = "telegram-already-sent"
    title = "This message was sent before."


class TelegramBusy(TooMany):
    """Telegram asks to wait. `is_chat_only`: slow mode of one chat; else the method of the whole account."""

    code = "telegram-busy"
    title = "Telegram asks to wait before this is done again."

    def __init__(self, retry_after_s: int, *, is_chat_only: bool = False) -> None:
        super().__init__(retry_after_s=retry_after_s)
        self.is_chat_only = is_chat_only


class TelegramRefused(Forbidden):
    """Telegram said no. `error_name` is its own word for why, such as CHAT_WRITE_FORBIDDEN."""

    code = "telegram-refused"
    title = "Telegram did not allow this."

    def __init__(self, error_name: str) -> None:
        super().__init__(refusals.sentence(error_name), standing={"telegram_error": error_name})
        self.error_name = error_name


class TelegramAway(Unavailable):
    """Telegram did not answer, or the line to it is down; what was asked may have been done all the same."""

    code = "telegram-away"
    title = "Telegram can't be reached at the moment."


class ProxyUnreachable(TelegramAway):
    """The connection's own proxy refuses, is silent, speaks no SOCKS5, or says that it does not reach Telegram."""

    code = "proxy-unreachable"
    title = "This connection's proxy can't be reached, or does not reach Telegram."


class ProxyRefusedLogin(TelegramAway):
    """The connection's own proxy asks for a login, or for another one."""

    code = "proxy-refused-login"
    title = "This connection's proxy does not take the user and password."


class ProxyNotAllowed(TelegramAway):
    """The proxy's name leads to loopback, a private network or the like; nothing was sent there.

    Without credentials at Telegram it is the other way round: nothing but loopback is spoken to.
    """

    code = "proxy-not-allowed"
    title = "This connection's proxy has an address that is not spoken to from here."


_SIGNED_OUT: Final[dict[type[BaseException], str]] = {
    errors.AuthKeyUnregisteredError: "signed-out",
    errors.SessionRevokedError: "revoked",
    errors.SessionExpiredError: "expired",
    errors.AuthKeyInvalidError: KEY_UNKNOWN,
    errors.AuthKeyPermEmptyError: KEY_UNKNOWN,
    common.AuthKeyNotFound: KEY_UNKNOWN,
    errors.AuthKeyDuplicatedError: DUPLICATED,
}
_CLOSED: Final[dict[type[BaseException], str]] = {
    errors.UserDeactivatedError: "deactivated",
    errors.UserDeactivatedBanError: "banned",
    errors.PhoneNumberBannedError: "banned",
}
_WAITS: Final = (
    errors.FloodWaitError,
    errors.FloodPremiumWaitError,
    errors.FloodTestPhoneWaitError,
    errors.SlowModeWaitError,
)
_OUTAGES: Final = (
    OSError,
    EOFError,
    asyncio.CancelledError,
    TimeoutError,
    BufferError,
    errors.ServerError,
    errors.TimedOutError,
    errors.RpcCallFailError,
    common.SecurityError,
)
_NAMES: Final = {kind: name for name, kind in rpcerrorlist.rpc_errors_dict.items()}


def fact_of(error: BaseException) -> Fact:
    """What an error that Telethon raised means.

    A request cancelled under us (the line went down) is an outage; callers let their own cancellation pass.
    """
    if isinstance(error, Fact):
        return error
    for kinds, make in ((_SIGNED_OUT, _signed_out), (_CLOSED, _closed)):
        if type(error) in kinds:
            return make(kinds[type(error)])
    if isinstance(error, errors.RandomIdDuplicateError):
        return AlreadySent()
    if isinstance(error, _WAITS):
        return TelegramBusy(max(1, int(error.seconds)), is_chat_only=isinstance(error, errors.SlowModeWaitError))
    if isinstance(error, errors.RPCError) and not isinstance(error, _OUTAGES):
        return _refused(error)
    return TelegramAway()


def _signed_out(reason: str) -> Fact:
    return SessionEnded(reason)


def _closed(reason: str) -> Fact:
    return AccountClosed(reason, is_session_dead=True)


def _refused(error: errors.RPCError) -> Fact:
    name = error_name(error)
    if name.startswith("FROZEN_"):
        return AccountClosed(FROZEN, is_session_dead=False)
    if isinstance(error, errors.UnauthorizedError) and name != "SESSION_PASSWORD_NEEDED":
        return SessionEnded("signed-out")
    return TelegramRefused(name)


def error_name(error: errors.RPCError) -> str:
    """Telegram's name of an error: Telethon keeps it as the name of a class where it knows the error."""
    return _NAMES.get(type(error)) or str(error.message)


def is_end_of_line() -> bool:
    """Whether a CancelledError just caught is Telethon's word for a line that ended: nobody cancelled this task."""
    task = asyncio.current_task()
    return task is None or not task.cancelling()


def asked_to_wait_s(end: Fact) -> float:
    """How long Telegram wants to be left alone after what ended a line; 0 where it said nothing of it."""
    return end.retry_after_s if isinstance(end, TooMany) else 0
