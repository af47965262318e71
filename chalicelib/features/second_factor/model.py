"""Codes of a second factor: an authenticator app's, and backup codes for when it is lost."""

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from typing import Final

from chalicelib.kernel.errors import Conflict, Invalid
from chalicelib.kernel.records import record

SETUP_LIFE: Final = timedelta(hours=1)
"""How long a set-up waits for its first code."""
BACKUP_CODES: Final = 10
MAX_CODE_CHARACTERS: Final = 40
_BACKUP_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_BACKUP_LETTERS: Final = 24
_MISREAD: Final = str.maketrans("oil", "011")
"""Crockford's base32 reads these letters as the digits they look like."""
_GROUP: Final = 4
_TOTP_CODE = re.compile(r"[0-9]{6}")
_NOT_LETTERS = re.compile(r"[^a-z0-9]")


class CodeWrong(Invalid):
    """Neither the code an authenticator app shows now nor a backup code that is left; or it was used before."""

    code = "code-wrong"
    title = "This code is not right, or was used before."


class SecondFactorOn(Conflict):
    """There is a second factor; to use another authenticator, turn it off first."""

    code = "second-factor-on"
    title = "Your second factor is on already."


class SecondFactorOff(Conflict):
    """There is no second factor to change."""

    code = "second-factor-off"
    title = "You have no second factor."


class SetupOver(Conflict):
    """No second factor is being set up, or not any more: a set-up waits an hour for its first code."""

    code = "setup-over"
    title = "This set-up is over. Begin again."


@record
class Factor:
    """A person's second factor. `last_step` is the newest time step a code was taken of: none is taken twice."""

    secret: str
    last_step: int
    backup_hashes: frozenset[str]
    enabled_at: datetime

    def __repr__(self) -> str:
        return f"Factor(backup_codes_left={self.backup_codes_left})"

    @property
    def backup_codes_left(self) -> int:
        """How many backup codes were not used yet."""
        return len(self.backup_hashes)


def is_totp_shape(code: str) -> bool:
    """Whether a code, its spaces aside, could be an authenticator app's."""
    return _TOTP_CODE.fullmatch(code.replace(" ", "")) is not None


def new_backup_codes() -> list[str]:
    """Ten codes of 24 letters each, 120 random bits, in groups that can be read out."""
    made = ("".join(secrets.choice(_BACKUP_ALPHABET) for _ in range(_BACKUP_LETTERS)) for _ in range(BACKUP_CODES))
    return [_grouped(code) for code in made]


def hashed_backup_code(code: str) -> str:
    """What is kept of a backup code, however it was typed.

    One unsalted round of SHA-256 is enough: 2^120 codes can't be tried through, as guesses at a password can.
    Source: OWASP ASVS 5.0, 6.5.2 (from 112 bits on).
    """
    letters = _NOT_LETTERS.sub("", code.casefold().translate(_MISREAD))
    return hashlib.sha256(letters.encode()).hexdigest()


def _grouped(code: str) -> str:
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


@record
class Setup:
    """What an authenticator app needs: the secret to type, and the address a picture of which it scans."""

    secret: str
    uri: str

    def __repr__(self) -> str:
        return "Setup()"
