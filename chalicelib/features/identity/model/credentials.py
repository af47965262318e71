"""What people prove themselves with: passwords, codes of an authenticator app, backup codes."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from chalicelib.features.identity.model.facts import PasswordUnfit, ProofWrong
from chalicelib.features.identity.model.people import User
from chalicelib.kernel.errors import Blame
from chalicelib.kernel.records import record

MIN_PASSWORD_CHARACTERS: Final = 12
MAX_PASSWORD_CHARACTERS: Final = 256
MIN_PASSWORD_SCORE: Final = 3
"""Of zxcvbn's 0 to 4: more than 10^8 guesses, out of reach of whoever has to ask us each time."""
OUR_WORDS: Final = ("wireroom", "telegram", "crm")
"""Words about this product: whoever guesses tries them, so a password gains nothing by them."""
RESET_LIFE: Final = timedelta(minutes=30)
REOPENING_LIFE: Final = timedelta(days=7)
"""How long a closed account can be opened again."""
CHALLENGE_LIFE: Final = timedelta(minutes=10)
CHALLENGE_TRIES: Final = 10
"""Codes that may be tried in one sign-in; what one account may be tried at is adapters/limits' to say."""
SETUP_LIFE: Final = timedelta(hours=1)
FRESH: Final = timedelta(minutes=15)
"""How young the sign-in must be that stands in for a proof, for who has neither password nor second factor."""
BACKUP_CODES: Final = 10
MAX_CODE_CHARACTERS: Final = 40
_BACKUP_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_BACKUP_LETTERS: Final = 24
_MISREAD: Final = str.maketrans("oil", "011")
"""Crockford's base32 reads these letters as the digits they look like."""
_GROUP: Final = 4
_TOTP_CODE = re.compile(r"[0-9]{6}")
_NOT_LETTERS = re.compile(r"[^a-z0-9]")


@record
class Proof:
    """What somebody shows to be who signed in; None is what they left out."""

    password: str | None = None
    code: str | None = None

    def __repr__(self) -> str:
        return "Proof()"


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


def words_about(email: str, full_name: str, username: str) -> list[str]:
    """What others know about somebody: their password gains nothing by it."""
    local, _, domain = email.partition("@")
    return [email, local, domain, username, full_name, *re.split(r"[\s._\-+@]+", f"{full_name} {local}"), *OUR_WORDS]


def require_password_length(password: str, *, pointer: str) -> None:
    """Raises PasswordUnfit. Any characters will do; none is demanded."""
    if not MIN_PASSWORD_CHARACTERS <= len(password) <= MAX_PASSWORD_CHARACTERS:
        bounds = f"has {MIN_PASSWORD_CHARACTERS} to {MAX_PASSWORD_CHARACTERS} characters"
        raise PasswordUnfit(blames=(Blame(pointer, bounds),))


def require_password_strength(score: int, advice: Sequence[str], *, pointer: str) -> None:
    """Raises PasswordUnfit, which says how to do better and never what was tried."""
    if score < MIN_PASSWORD_SCORE:
        said = " ".join(advice) or "Add another word or two. Uncommon words are better."
        raise PasswordUnfit(blames=(Blame(pointer, f"is guessed too soon. {said}"),))


def require_complete(proof: Proof, user: User, *, has_factor: bool) -> None:
    """Everything somebody signs in with has to be shown. Raises ProofWrong, blaming what is missing."""
    missing = [
        Blame(f"/proof/{name}", "is needed")
        for name, is_needed, shown in (
            ("password", user.has_password, proof.password),
            ("code", has_factor, proof.code),
        )
        if is_needed and shown is None
    ]
    if missing:
        raise ProofWrong(blames=tuple(missing))


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
