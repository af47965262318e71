"""What people prove themselves with: which passwords are fit, and what has to be shown."""

import re
from collections.abc import Sequence
from datetime import timedelta
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
FRESH: Final = timedelta(minutes=15)
"""How young the sign-in must be that stands in for a proof, for who has neither password nor second factor."""


@record
class Proof:
    """What somebody shows to be who signed in; None is what they left out."""

    password: str | None = None
    code: str | None = None

    def __repr__(self) -> str:
        return "Proof()"


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
