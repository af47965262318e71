"""What Telegram's errors mean to us."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from telethon import errors
from telethon.errors import common, rpc_message_to_error

from session_worker.telegram import outcomes
from session_worker.telegram.outcomes import (
    AccountClosed,
    AlreadySent,
    SessionEnded,
    TelegramAway,
    TelegramBusy,
    TelegramRefused,
    fact_of,
)


def telegram_says(message: str, code: int = 400) -> Any:
    return rpc_message_to_error(SimpleNamespace(error_code=code, error_message=message), None)


@pytest.mark.parametrize(
    ("message", "code", "reason"),
    [
        ("AUTH_KEY_UNREGISTERED", 401, "signed-out"),
        ("SESSION_REVOKED", 401, "revoked"),
        ("SESSION_EXPIRED", 401, "expired"),
        ("AUTH_KEY_DUPLICATED", 406, outcomes.DUPLICATED),
        ("SOMETHING_NEW", 401, "signed-out"),
    ],
)
def test_a_session_that_is_gone(message: str, code: int, reason: str) -> None:
    fact = fact_of(telegram_says(message, code))
    assert isinstance(fact, SessionEnded)
    assert fact.reason == reason


def test_a_key_the_server_forgot_is_told_apart_so_that_it_is_tried_once_more() -> None:
    fact = fact_of(common.AuthKeyNotFound())
    assert isinstance(fact, SessionEnded)
    assert fact.reason == outcomes.KEY_UNKNOWN


@pytest.mark.parametrize(
    ("message", "code", "reason", "is_dead"),
    [
        ("USER_DEACTIVATED", 401, "deactivated", True),
        ("USER_DEACTIVATED_BAN", 401, "banned", True),
        ("FROZEN_METHOD_INVALID", 420, outcomes.FROZEN, False),
    ],
)
def test_an_account_that_telegram_closed(message: str, code: int, reason: str, is_dead: bool) -> None:
    fact = fact_of(telegram_says(message, code))
    assert isinstance(fact, AccountClosed)
    assert (fact.reason, fact.is_session_dead) == (reason, is_dead)


def test_a_flood_wait_carries_its_seconds() -> None:
    fact = fact_of(telegram_says("FLOOD_WAIT_120", 420))
    assert isinstance(fact, TelegramBusy)
    assert (fact.retry_after_s, fact.is_chat_only) == (120, False)


def test_slow_mode_is_one_chats_own() -> None:
    fact = fact_of(telegram_says("SLOWMODE_WAIT_30", 420))
    assert isinstance(fact, TelegramBusy)
    assert (fact.retry_after_s, fact.is_chat_only) == (30, True)


@pytest.mark.parametrize("message", ["CHAT_WRITE_FORBIDDEN", "PEER_FLOOD", "MESSAGE_TOO_LONG", "NOT_KNOWN_TO_TELETHON"])
def test_a_refusal_keeps_telegrams_own_word(message: str) -> None:
    fact = fact_of(telegram_says(message))
    assert isinstance(fact, TelegramRefused)
    assert fact.error_name == message
    assert fact.standing == {"telegram_error": message}


def test_a_repeated_send_was_done_before() -> None:
    assert isinstance(fact_of(telegram_says("RANDOM_ID_DUPLICATE", 500)), AlreadySent)


@pytest.mark.parametrize(
    "error",
    [
        ConnectionError(),
        OSError(),
        TimeoutError(),
        asyncio.IncompleteReadError(b"", 4),
        asyncio.CancelledError(),
        errors.InvalidBufferError(b"\x00\x00\x00\x00"),
        telegram_says("INTERDC_X_CALL_ERROR", 500),
        ValueError("anything Telethon makes up"),
    ],
)
def test_everything_else_leaves_open_whether_it_was_done(error: BaseException) -> None:
    assert isinstance(fact_of(error), TelegramAway)
