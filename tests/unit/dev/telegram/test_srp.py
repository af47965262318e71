"""Cloud passwords: our half of SRP against Telethon's."""

import random

import pytest
from telethon import password as telethon_password
from telethon.tl import types

from dev.telegram.wire.prime import GENERATOR, PRIME, PRIME_BYTES
from dev.telegram.world.srp import Challenge, Verifier, challenge_for, proves, verifier_of

RNG = random.Random(3)
VERIFIER = verifier_of("pässwörd 🔑", RNG)


def proof_of(password: str, verifier: Verifier, challenge: Challenge) -> types.InputCheckPasswordSRP:
    algorithm = types.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(
        verifier.salt1, verifier.salt2, GENERATOR, PRIME_BYTES
    )
    asked = types.account.Password(
        types.PasswordKdfAlgoUnknown(),
        types.SecurePasswordKdfAlgoUnknown(),
        b"",
        has_password=True,
        current_algo=algorithm,
        srp_B=challenge.public,
        srp_id=challenge.id,
    )
    return telethon_password.compute_check(asked, password)


@pytest.mark.parametrize(("password", "right"), [("pässwörd 🔑", True), ("password", False), ("", False)])
def test_only_the_password_proves_itself(password: str, right: bool) -> None:
    challenge = challenge_for(VERIFIER, RNG)
    proof = proof_of(password, VERIFIER, challenge)
    assert proves(VERIFIER, challenge, public=proof.A, proof=proof.M1) is right


def test_a_proof_is_good_for_its_own_challenge_only() -> None:
    proof = proof_of("pässwörd 🔑", VERIFIER, challenge_for(VERIFIER, RNG))
    other = challenge_for(VERIFIER, RNG)
    assert not proves(VERIFIER, other, public=proof.A, proof=proof.M1)


@pytest.mark.parametrize("public", [0, PRIME, 2 * PRIME])
def test_a_client_number_that_fixes_the_session_key_is_refused(public: int) -> None:
    challenge = challenge_for(VERIFIER, RNG)
    assert not proves(VERIFIER, challenge, public=public.to_bytes(257, "big"), proof=bytes(32))
