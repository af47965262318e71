"""Proving, before something that can't be taken back, that the person at the screen is the one who signed in."""

from typing import Final

from chalicelib.adapters import passwords
from chalicelib.adapters.limits import Delay, Limits
from chalicelib.features.identity import model
from chalicelib.features.identity.model import FRESH, CodeWrong, Proof, ProofWrong, SignInAgain, User
from chalicelib.features.identity.repository import SecondFactors, Users
from chalicelib.features.identity.use_cases import codes
from chalicelib.table import keys
from chalicelib.table.proof import Session
from chalicelib.table.tenant import Installation

PROVING: Final = Delay(name="proving")
"""Wrong proofs of one account; whoever took over a session can't try passwords with it."""


def reauthenticate(proof: Proof, *, session: Session, installation: Installation, limits: Limits) -> User:
    """Demand everything the person signs in with, and give them back; call it after every other check.

    A code is used up by it, whatever becomes of what it was for. Who has neither password nor second factor has to have
    signed in within the last 15 minutes: with their provider, which asked them there.

    Raises:
        ProofWrong: something is missing or wrong.
        SignInAgain: there is nothing to ask for, and the sign-in is too old.
        TooMany: too many wrong ones.
    """
    user = Users(installation).require(session.user_id)
    has_factor = SecondFactors(installation, user.id).is_on()
    if not user.has_password and not has_factor:
        if installation.now() - session.created_at >= FRESH:
            raise SignInAgain
        return user
    model.require_complete(proof, user, has_factor=has_factor)
    limits.begin(PROVING, user.id)
    if user.has_password and not passwords.matches(user.password_hash, proof.password or ""):
        raise ProofWrong
    if has_factor:
        _take(proof.code or "", user, installation=installation)
    limits.succeed(PROVING, user.id)
    return user


def _take(code: str, user: User, *, installation: Installation) -> None:
    try:
        taking = codes.accepted(code, user, installation=installation)
        with installation.transaction(keys.user(user.id)) as change:
            taking(change)
    except CodeWrong:
        raise ProofWrong from None
