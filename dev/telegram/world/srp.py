"""Cloud passwords: the server's half of SRP-2048. Source: https://core.telegram.org/api/srp.

Written from the documentation and not from Telethon's code, so that an error there would not cancel out here.
"""

import hashlib
import random
from dataclasses import dataclass

from dev.telegram.wire.prime import GENERATOR, PRIME, PRIME_BYTES

_ROUNDS = 100_000
_WIDTH = 256
_GENERATOR_BYTES = GENERATOR.to_bytes(_WIDTH, "big")


@dataclass(slots=True, kw_only=True)
class Verifier:
    """What the server keeps of a cloud password: it can check it, not tell it."""

    salt1: bytes
    salt2: bytes
    value: bytes
    hint: str | None = None


@dataclass(slots=True, kw_only=True)
class Challenge:
    """One check in progress. `public` goes to the client, `secret` stays; both 2048-bit numbers, big-endian."""

    id: int
    secret: bytes
    public: bytes


def verifier_of(password: str, rng: random.Random, hint: str | None = None) -> Verifier:
    """What to keep of a new password. About 50 ms: 100,000 rounds of PBKDF2."""
    salt1, salt2 = rng.randbytes(40), rng.randbytes(16)
    inner = _salted(_salted(password.encode(), salt1), salt2)
    stretched = hashlib.pbkdf2_hmac("sha512", inner, salt1, _ROUNDS)
    exponent = int.from_bytes(_salted(stretched, salt2), "big")
    return Verifier(salt1=salt1, salt2=salt2, value=_wide(pow(GENERATOR, exponent, PRIME)), hint=hint)


def challenge_for(verifier: Verifier, rng: random.Random) -> Challenge:
    """A fresh check of a password; its id is signed 64 bits and never 0."""
    secret = rng.getrandbits(2048)
    multiplier = _number(_hash(PRIME_BYTES, _GENERATOR_BYTES))
    public = (multiplier * _number(verifier.value) + pow(GENERATOR, secret, PRIME)) % PRIME
    return Challenge(id=rng.getrandbits(62) + 1, secret=_wide(secret), public=_wide(public))


def proves(verifier: Verifier, challenge: Challenge, *, public: bytes, proof: bytes) -> bool:
    """Whether the client, whose public number is A and proof M1, knows the password."""
    client = public.rjust(_WIDTH, b"\0")
    if not 0 < _number(client) < PRIME:
        return False
    scramble = _number(_hash(client, challenge.public))
    base = _number(client) * pow(_number(verifier.value), scramble, PRIME) % PRIME
    session_key = _hash(_wide(pow(base, _number(challenge.secret), PRIME)))
    group = bytes(a ^ b for a, b in zip(_hash(PRIME_BYTES), _hash(_GENERATOR_BYTES), strict=True))
    expected = _hash(group, _hash(verifier.salt1), _hash(verifier.salt2), client, challenge.public, session_key)
    return expected == proof


def _salted(data: bytes, salt: bytes) -> bytes:
    return _hash(salt, data, salt)


def _hash(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _wide(number: int) -> bytes:
    return number.to_bytes(_WIDTH, "big")
