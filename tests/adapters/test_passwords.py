"""Passwords: Argon2id with our parameters, and equal cost where there is no account."""

from collections.abc import Iterator

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type

from chalicelib.adapters import passwords
from tests.quick_passwords import as_installed


@pytest.fixture(autouse=True)
def costs_as_installed() -> Iterator[None]:
    with as_installed():
        yield


def test_a_password_is_its_own_and_no_other() -> None:
    kept = passwords.hashed("a fine long passphrase")
    assert passwords.matches(kept, "a fine long passphrase")
    assert not passwords.matches(kept, "a fine long passphrasf")
    assert "passphrase" not in kept
    assert passwords.hashed("a fine long passphrase") != kept


def test_the_parameters_are_ours_for_people_and_for_nobody() -> None:
    for kept in (passwords.hashed("x" * 12), passwords.NOBODYS_HASH):
        used = extract_parameters(kept)
        assert used.type is Type.ID
        assert (used.memory_cost, used.time_cost, used.parallelism) == (
            passwords.MEMORY_KIB,
            passwords.PASSES,
            passwords.LANES,
        )
        assert used.hash_len == 32


def test_nobody_has_a_password_and_costs_as_much_to_refuse(verified_hashes: list[str]) -> None:
    assert not passwords.matches(None, "wrong")
    assert verified_hashes == [passwords.NOBODYS_HASH]


def test_one_letter_spelled_in_two_ways_is_one_letter() -> None:
    assert passwords.matches(passwords.hashed("caf\u00e9 caf\u00e9 caf\u00e9"), "cafe\u0301 cafe\u0301 cafe\u0301")


def test_a_damaged_hash_matches_nothing() -> None:
    assert not passwords.matches("not a hash", "x")


@pytest.mark.parametrize("password", ["password1234", "qwertyuiop[]", "anna petrova", "abcabcabcabc", "x" * 256])
def test_what_is_guessed_soon_scores_low_with_advice(password: str) -> None:
    appraisal = passwords.appraised(password, ["Anna Petrova", "", "anna"])
    assert appraisal.score < 3
    assert all(sentence.endswith(".") for sentence in appraisal.advice)
    assert not any(password in sentence for sentence in appraisal.advice)


@pytest.mark.parametrize("password", ["a fine long passphrase", "ключ от старой лодки", "🦊½ two foxes, not 1"])
def test_what_is_not_scores_3_or_more(password: str) -> None:
    assert passwords.appraised(password, []).score >= 3


def test_a_password_is_appraised_by_its_first_100_characters() -> None:
    """zxcvbn takes 1.7 s for 256 characters of the wrong kind."""
    fine = "tide tables and lighthouses " * 4
    assert passwords.appraised(fine[:100] + "a" * 156, []) == passwords.appraised(fine[:100], [])


def test_a_hash_of_other_parameters_is_outdated() -> None:
    assert not passwords.is_outdated(passwords.hashed("a fine long passphrase"))
    assert not passwords.is_outdated(passwords.NOBODYS_HASH)
    assert passwords.is_outdated(passwords.NOBODYS_HASH.replace("m=19456", "m=9728"))
