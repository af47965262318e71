"""Passwords: Argon2id at rest, zxcvbn for how soon one is guessed. Out go hashes, yes or no, and advice.

argon2 and zxcvbn are imported where a password is: few processes ever see one, and each start would wait for them
(decision 0009).
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from chalicelib.kernel.records import record

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MEMORY_KIB: Final = 19_456
PASSES: Final = 2
LANES: Final = 1
"""About 20 ms and 19 MB a password. Source: OWASP Password Storage Cheat Sheet, Argon2id."""

NOBODYS_HASH: Final = (
    "$argon2id$v=19$m=19456,t=2,p=1$GXPIBegtOMFYOyjFKTeY1w$BiIQVx4sO4AtLUOQvaZlaFZOM4dzxaPee2E3pGz8ntQ"
)
"""The hash of random bytes nobody kept, of the same cost: compared where there is no account."""

APPRAISED_CHARACTERS: Final = 100
"""How much of a password zxcvbn sees: its time grows with the square of the length and more (100 take 80 ms at worst,
256 take 1.7 s), and what is not guessed by then is not guessed for what follows."""


@record
class Appraisal:
    """How soon a password is guessed, 0 (at once) to 4 (never), and in English sentences how to do better."""

    score: int
    advice: tuple[str, ...]


def appraised(password: str, words: Sequence[str]) -> Appraisal:
    """How soon a password is guessed by whoever knows `words` about its owner, and 30,000 leaked passwords.

    Source: Wheeler, zxcvbn: Low-Budget Password Strength Estimation, USENIX Security 2016.
    """
    from zxcvbn import zxcvbn

    known = [word for word in words if word]
    found = zxcvbn(_composed(password)[:APPRAISED_CHARACTERS], user_inputs=known, max_length=APPRAISED_CHARACTERS)
    warning, suggestions = found["feedback"]["warning"], found["feedback"]["suggestions"]
    return Appraisal(score=found["score"], advice=tuple(filter(None, [warning, *suggestions])))


def hashed(password: str) -> str:
    """A salted hash, with its parameters."""
    return _hasher().hash(_composed(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether a password is the one kept; takes as long where none is kept (None) and then says no."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(kept or NOBODYS_HASH, _composed(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than today's; the next right password makes a new one."""
    return _hasher().check_needs_rehash(kept)


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


def _composed(password: str) -> str:
    """Keyboards spell one letter in several ways. Source: NIST SP 800-63B-4, 3.1.1.2."""
    return unicodedata.normalize("NFKC", password)
