"""Passwords at rest: Argon2id. What comes in is a password, what goes out is a hash or yes or no.

argon2 is imported where a password is: few processes ever see one, and each start would wait for it (decision 0009).
"""

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

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


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


def _composed(password: str) -> str:
    """Keyboards spell one letter in several ways. Source: NIST SP 800-63B-4, 3.1.1.2."""
    return unicodedata.normalize("NFKC", password)
