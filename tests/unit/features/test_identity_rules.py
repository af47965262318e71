"""Rules of usernames, passwords and proofs, and of what somebody writes to sign up."""

import pytest

from chalicelib.features.identity.model import (
    PasswordUnfit,
    Proof,
    ProofWrong,
    User,
    UsernameInvalid,
    applicant,
    own_workspace_name,
    parse_full_name,
    parse_username,
    require_complete,
    require_password_length,
    require_password_strength,
    skeleton,
    words_about,
)
from chalicelib.features.workspaces.model import MAX_NAME_CHARACTERS
from chalicelib.kernel import ids
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.names import NameInvalid


def somebody(*, password_hash: str | None) -> User:
    """A person, with a password or without."""
    return User(
        id=UserId(ids.mint()),
        email="anna@example.com",
        email_verified_at=utc_now(),
        full_name="Anna",
        username="anna",
        password_hash=password_hash,
        version=1,
        accepted={},
        accepted_at=utc_now(),
        created_at=utc_now(),
    )


@pytest.mark.parametrize("username", ["abc", "a_1", "___", "a" * 32, "007"])
def test_usernames_have_3_to_32_plain_letters(username: str) -> None:
    assert parse_username(username) == username


@pytest.mark.parametrize("username", ["", "ab", "a" * 33, "Anna", "an na", "ann@", "аnna", "anna\n", "anna\x00", "ﬀoo"])
def test_other_usernames_are_refused(username: str) -> None:
    with pytest.raises(UsernameInvalid) as refusal:
        parse_username(username)
    assert [blame.pointer for blame in refusal.value.blames] == ["/username"]


@pytest.mark.parametrize(
    "alike",
    [
        ("bob", "b0b"),
        ("paul", "pau1", "paui"),
        ("tim_moore", "tirn_rnoore", "t1m_m00re"),
        ("william", "vvilliam", "wi11lam"),
        ("ann_lee", "ann__lee", "ann___lee"),
        ("vvv_vw", "vw_wv", "wv_vvv"),
    ],
)
def test_usernames_that_look_alike_have_one_skeleton(alike: tuple[str, ...]) -> None:
    assert len({skeleton(username) for username in alike}) == 1


@pytest.mark.parametrize(
    "different",
    [
        ("clara", "dara"),
        ("anna", "ana"),
        ("anna", "anna_"),
        ("max1", "max2"),
        ("sam", "5am"),
        ("ann_lee", "annlee"),
        ("nora", "mora"),
    ],
)
def test_usernames_that_read_differently_have_their_own(different: tuple[str, ...]) -> None:
    assert len({skeleton(username) for username in different}) == len(different)


@pytest.mark.parametrize("password", ["x" * 12, "x" * 256, "🦊" * 12, "            ", "\x00" * 12])
def test_any_characters_will_do_12_to_256_of_them(password: str) -> None:
    require_password_length(password, pointer="/password")


@pytest.mark.parametrize("password", ["", "x" * 11, "x" * 257])
def test_short_and_long_passwords_are_refused_unquoted(password: str) -> None:
    with pytest.raises(PasswordUnfit) as refusal:
        require_password_length(password, pointer="/new_password")
    assert [blame.pointer for blame in refusal.value.blames] == ["/new_password"]
    assert not password or password not in f"{refusal.value} {refusal.value.blames}"


@pytest.mark.parametrize(("score", "is_fit"), [(0, False), (1, False), (2, False), (3, True), (4, True)])
def test_a_password_scores_3_or_more(score: int, is_fit: bool) -> None:
    if is_fit:
        require_password_strength(score, (), pointer="/password")
        return
    with pytest.raises(PasswordUnfit) as refusal:
        require_password_strength(score, ("This is a common name.", "Avoid it."), pointer="/password")
    assert refusal.value.blames[0].detail == "is guessed too soon. This is a common name. Avoid it."


def test_words_about_somebody_are_their_names_and_ours() -> None:
    words = words_about("anna.petrova@mail.example", "Anna Petrova-Long", "a_p")
    assert {"anna.petrova", "mail.example", "Anna", "Petrova", "Long", "petrova", "a_p", "wireroom"} <= set(words)


def test_what_was_written_is_kept_in_one_spelling() -> None:
    made = applicant(email=" Anna@Example.COM ", full_name=" Anna  P\u0065\u0301 ", username="anna")
    assert (made.email, made.full_name) == ("anna@example.com", "Anna  Pé")


def test_the_longest_name_still_names_a_workspace() -> None:
    assert len(own_workspace_name("x" * 80)) <= MAX_NAME_CHARACTERS


@pytest.mark.parametrize("name", ["", "\t", "x" * 81])
def test_a_full_name_has_1_to_80_characters(name: str) -> None:
    with pytest.raises(NameInvalid):
        parse_full_name(name)


@pytest.mark.parametrize(
    ("password_hash", "has_factor", "missing"),
    [
        ("hash", False, ["/proof/password"]),
        ("hash", True, ["/proof/password", "/proof/code"]),
        (None, True, ["/proof/code"]),
    ],
)
def test_everything_somebody_signs_in_with_has_to_be_shown(
    password_hash: str | None, has_factor: bool, missing: list[str]
) -> None:
    with pytest.raises(ProofWrong) as refusal:
        require_complete(Proof(), somebody(password_hash=password_hash), has_factor=has_factor)
    assert [blame.pointer for blame in refusal.value.blames] == missing
    require_complete(Proof(password="x", code="x"), somebody(password_hash=password_hash), has_factor=has_factor)
