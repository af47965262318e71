"""Passwords: Argon2id with our parameters, and equal cost where there is no account."""

from argon2 import extract_parameters
from argon2.low_level import Type

from chalicelib.adapters import passwords


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
