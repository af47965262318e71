"""Proving, before something that can't be taken back, that the person at the screen is the one who signed in."""

from collections.abc import Callable
from typing import Final

from chalicelib.adapters import outbox, passwords
from chalicelib.adapters.limits import Delay, Limit, Limits
from chalicelib.features.identity import letters, model
from chalicelib.features.identity.model import FRESH, Proof, ProofWrong, SignInAgain, User
from chalicelib.features.identity.repository import Users
from chalicelib.features.second_factor import use_cases as second_factor
from chalicelib.features.second_factor.model import CodeWrong
from chalicelib.features.sessions.model import handle_of
from chalicelib.kernel import tokens
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.errors import TooMany
from chalicelib.table import people_keys
from chalicelib.table.proof import Session
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import Transaction

PROVING: Final = Delay(name="proving")
"""Wrong proofs in one session: whoever took it over can't try passwords with it, nor keep its person from theirs."""

NOTED: Final = Limit(name="proofs-noted", most=5, per_s=3_600)
"""Wrong proofs an hour that a person's own log keeps."""


def reauthenticate(proof: Proof, *, session: Session, installation: Installation, limits: Limits) -> User:
    """Demand everything the person signs in with, and give them back; call it after every other check.

    A code is used up by it, whatever becomes of what it was for. Who has neither password nor second factor has to have
    signed in within the last 15 minutes: with their provider, which asked them there.

    Raises:
        ProofWrong: something is missing or wrong.
        SignInAgain: there is nothing to ask for, and the sign-in is too old.
        TooMany: too many wrong ones in this session.
    """
    user = Users(installation).require(session.user_id)
    has_factor = second_factor.has_second_factor(user.id, installation=installation)
    if not user.has_password and not has_factor:
        if installation.now() - session.created_at >= FRESH:
            raise SignInAgain
        return user
    model.require_complete(proof, user, has_factor=has_factor)
    limits.begin(PROVING, tokens.hashed(session.id))
    try:
        _check(proof, user, has_factor=has_factor, installation=installation)
    except ProofWrong:
        _note(session, installation=installation, limits=limits)
        raise
    limits.succeed(PROVING, tokens.hashed(session.id))
    return user


def accept_code(code: str, user: User, *, installation: Installation) -> Callable[[Transaction], None]:
    """Look at a code of somebody's second factor; gives what adds to a change that it is used up.

    A backup code is then told of by letter. Raises CodeWrong.
    """
    accepted = second_factor.accept(code, user.id, installation=installation)
    left = accepted.backup_codes_left

    def take(change: Transaction) -> None:
        accepted.take(change)
        if left is not None:
            outbox.post(change, installation, letters.backup_code_used(user, left=left))

    return take


def _check(proof: Proof, user: User, *, has_factor: bool, installation: Installation) -> None:
    if user.has_password and not passwords.matches(user.password_hash, proof.password or ""):
        raise ProofWrong
    if has_factor:
        _take(proof.code or "", user, installation=installation)


def _note(session: Session, *, installation: Installation, limits: Limits) -> None:
    """Write a wrong proof into the person's own log, where its session's entry says where that was opened."""
    try:
        limits.take(NOTED, tokens.hashed(session.user_id))
    except TooMany:
        return
    actor = Actor(kind=ActorKind.USER, id=session.user_id, name=session.full_name)
    with installation.journalled(session.user_id, actor) as change:
        Users(installation).check_there(change, session.user_id, refusal=ProofWrong())
        change.record("proof.refused", target=handle_of(session.id))


def _take(code: str, user: User, *, installation: Installation) -> None:
    try:
        take = accept_code(code, user, installation=installation)
        with installation.transaction(people_keys.user(user.id)) as change:
            take(change)
    except CodeWrong:
        raise ProofWrong from None
