"""Telegram's refusals in words."""

from session_worker.telegram import refusals
from session_worker.telegram.outcomes import TelegramRefused


def test_a_refusal_that_is_known_says_what_it_means_and_keeps_telegram_s_word() -> None:
    sentence = refusals.sentence("CHAT_FORWARDS_RESTRICTED")
    assert sentence.startswith("This chat does not allow its messages to be forwarded.")
    assert sentence.endswith("CHAT_FORWARDS_RESTRICTED.")


def test_a_refusal_that_is_not_known_is_told_by_telegram_s_word() -> None:
    refusal = TelegramRefused("SOMETHING_NEW")
    assert (refusal.detail, refusal.standing) == (
        "Telegram's answer: SOMETHING_NEW.",
        {"telegram_error": "SOMETHING_NEW"},
    )
