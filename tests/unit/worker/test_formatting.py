"""Formatting on its way to Telegram: what fits its text, and what does not."""

import pytest
from telethon.tl import types

from chalicelib.kernel.errors import Invalid
from session_worker.telegram.formatting import Mark, to_telegram, to_wire


def test_a_plain_text_leaves_links_and_mentions_to_telegram() -> None:
    assert to_telegram("hello", ()) is None


def test_what_is_sent_is_what_is_shown() -> None:
    marks = [Mark("bold", 0, 2), Mark("pre", 3, 4), Mark("text_link", 3, 4, "https://example.com/a")]
    entities = to_telegram("👋 text", marks)
    assert to_wire(entities) == [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "pre", "offset": 3, "length": 4},
        {"type": "text_link", "offset": 3, "length": 4, "url": "https://example.com/a"},
    ]


@pytest.mark.parametrize(
    ("text", "mark", "problem"),
    [
        ("abc", Mark("bold", 0, 4), "over the end"),
        ("", Mark("bold", 0, 1), "over the end"),
        ("a👋", Mark("bold", 2, 1), "middle of a letter"),
        ("👋a", Mark("bold", 0, 1), "middle of a letter"),
        ("abc", Mark("text_link", 0, 3), "A link has an address"),
        ("abc", Mark("code", 0, 3, "https://example.com"), "A link has an address"),
        ("abc", Mark("text_link", 0, 3, "ftp://example.com"), "must begin with https"),
        ("abc", Mark("text_link", 0, 3, " https://example.com"), "must begin with https"),
    ],
)
def test_a_misfit_is_refused_by_its_place(text: str, mark: Mark, problem: str) -> None:
    with pytest.raises(Invalid) as refusal:
        to_telegram(text, [Mark("italic", 0, 1), mark] if text else [mark])
    blame = refusal.value.blames[-1]
    assert (blame.pointer, problem in blame.detail) == (f"/entities/{1 if text else 0}", True)


def test_looks_that_browsers_do_not_know_are_left_out() -> None:
    assert to_wire([types.MessageEntityBankCard(0, 4), types.MessageEntityItalic(0, 2)]) == [
        {"type": "italic", "offset": 0, "length": 2}
    ]
