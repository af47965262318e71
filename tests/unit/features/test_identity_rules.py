"""Rules of usernames, passwords and what somebody writes to sign up."""

import pytest

from chalicelib.features.identity.model import (
    Applicant,
    PasswordUnfit,
    UsernameInvalid,
    applicant,
    own_workspace_name,
    parse_full_name,
    parse_username,
    require_fit_password,
)
from chalicelib.features.legal.model import TermsNotAccepted
from chalicelib.features.workspaces.model import MAX_NAME_CHARACTERS
from chalicelib.kernel.names import NameInvalid


def with_password(password: str) -> Applicant:
    """Somebody who chose this password."""
    return Applicant(
        email="anna@example.com", full_name="Anna Petrova Long", username="anna_petrova", password=password
    )


@pytest.mark.parametrize("username", ["abc", "a_1", "___", "a" * 32, "007"])
def test_usernames_have_3_to_32_plain_letters(username: str) -> None:
    assert parse_username(username) == username


@pytest.mark.parametrize("username", ["", "ab", "a" * 33, "Anna", "an na", "ann@", "аnna", "anna\n", "anna\x00", "ﬀoo"])
def test_other_usernames_are_refused(username: str) -> None:
    with pytest.raises(UsernameInvalid) as refusal:
        parse_username(username)
    assert [blame.pointer for blame in refusal.value.blames] == ["/username"]


@pytest.mark.parametrize("password", ["x" * 12, "x" * 256, "🦊" * 12, "            ", "\x00" * 12])
def test_any_12_to_256_characters_will_do(password: str) -> None:
    require_fit_password(with_password(password))


@pytest.mark.parametrize("password", ["", "x" * 11, "x" * 257, "anna@example.com", "ANNA_PETROVA", "anna petrova long"])
def test_short_long_and_obvious_passwords_are_refused_unquoted(password: str) -> None:
    with pytest.raises(PasswordUnfit) as refusal:
        require_fit_password(with_password(password))
    assert [blame.pointer for blame in refusal.value.blames] == ["/password"]
    assert not password or password not in f"{refusal.value} {refusal.value.blames}"


def test_the_terms_come_first() -> None:
    with pytest.raises(TermsNotAccepted):
        applicant(email="", full_name="", username="", password="", accepts_terms=False)


def test_what_was_written_is_kept_in_one_spelling() -> None:
    made = applicant(
        email=" Anna@Example.COM ",
        full_name=" Anna  P\u0065\u0301 ",
        username="anna",
        password="p" * 12,
        accepts_terms=True,
    )
    assert (made.email, made.full_name) == ("anna@example.com", "Anna  Pé")


def test_the_longest_name_still_names_a_workspace() -> None:
    assert len(own_workspace_name("x" * 80)) <= MAX_NAME_CHARACTERS


@pytest.mark.parametrize("name", ["", "\t", "x" * 81])
def test_a_full_name_has_1_to_80_characters(name: str) -> None:
    with pytest.raises(NameInvalid):
        parse_full_name(name)
