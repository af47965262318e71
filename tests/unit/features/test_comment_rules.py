"""What a comment may say, and how its mentions are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.features.comments.model import (
    MAX_TEXT_CHARACTERS,
    CommentInvalid,
    Mention,
    MentionUnknown,
    Words,
    is_comment_shape,
    new_id,
    parsed,
    root_of,
)
from chalicelib.kernel import ids
from chalicelib.kernel.ids import UserId

ANNA, BORIS = UserId(ids.mint()), UserId(ids.mint())
MEMBERS = {ANNA, BORIS}


def said(text: str, *mentions: tuple[UserId, int, int]) -> Words:
    """Words as somebody sends them."""
    spans = tuple(Mention(user_id=who, offset=offset, length=length) for who, offset, length in mentions)
    return Words(text=text, mentions=spans)


def kept(words: Words) -> Words:
    """The same as they are kept."""
    return parsed(words, MEMBERS, may_be_empty=False)


def test_names_of_members_mentioned_are_not_kept() -> None:
    words = kept(said("@Anna Petrova, ask @Boris!", (ANNA, 0, 13), (BORIS, 19, 6)))
    assert words == said("@, ask @!", (ANNA, 0, 1), (BORIS, 7, 1))
    assert kept(words) == words


def test_places_count_utf_16_units() -> None:
    assert kept(said("🦊🦊 @Anna", (ANNA, 5, 5))) == said("🦊🦊 @", (ANNA, 5, 1))


@pytest.mark.parametrize(
    "mentions",
    [
        [(ANNA, -1, 2)],
        [(ANNA, 0, 0)],
        [(ANNA, 3, -1)],
        [(ANNA, 5, 6)],
        [(ANNA, 10, 1)],
        [(ANNA, 1, 2)],
        [(ANNA, 0, 1)],
        [(ANNA, 4, 2), (BORIS, 5, 2)],
        [(ANNA, 6, 1), (BORIS, 4, 1)],
    ],
)
def test_a_mention_that_is_no_place_in_the_text_is_refused(mentions: list[tuple[UserId, int, int]]) -> None:
    with pytest.raises(CommentInvalid):
        kept(said("🦊 @Annab", *mentions))


@given(st.text(max_size=20), st.lists(st.tuples(st.integers(-3, 25), st.integers(-3, 25)), max_size=4))
def test_whatever_is_mentioned_is_kept_as_an_at_or_refused(text: str, places: list[tuple[int, int]]) -> None:
    try:
        words = parsed(said(text, *((ANNA, *place) for place in places)), MEMBERS, may_be_empty=True)
    except CommentInvalid:
        return
    units = words.text.encode("utf-16-le")
    assert all(units[2 * each.offset : 2 * each.offset + 2] == b"@\x00" for each in words.mentions)


def test_a_stranger_can_not_be_mentioned() -> None:
    with pytest.raises(MentionUnknown) as refusal:
        kept(said("@Anna @Eve", (ANNA, 0, 5), (UserId(ids.mint()), 6, 4)))
    assert [blame.pointer for blame in refusal.value.blames] == ["/mentions/1/user_id"]


@pytest.mark.parametrize("text", ["", " \n\t", "x" * (MAX_TEXT_CHARACTERS + 1), "a\u0000b", "\ud83e"])
def test_words_that_say_nothing_too_much_or_nothing_readable_are_refused(text: str) -> None:
    with pytest.raises(CommentInvalid):
        kept(said(text))


def test_a_comment_has_10_000_characters_in_any_script_and_lines() -> None:
    for text in ("x" * 10_000, "\u0645\u0631\u062d\u0628\u0627\n\tпривет 👩‍👩‍👧"):
        assert kept(said(text)) == said(text)


def test_an_answer_s_id_begins_with_that_of_what_it_answers() -> None:
    root = new_id(1.0, None)
    answer = new_id(2.0, root)
    assert (root_of(root), root_of(answer)) == (None, root)
    assert root < answer < new_id(1.5, None)
    assert [is_comment_shape(text) for text in (root, answer, "x", root + "x", answer + root, "")] == [
        *(True, True),
        *(False, False, False, False),
    ]
