"""The second factor of one's own: setting it up, turning it on and off, other backup codes."""

from datetime import datetime
from typing import Final

from chalicelib.adapters import one_time_codes, outbox
from chalicelib.adapters.limits import Limits
from chalicelib.features.identity import letters, model
from chalicelib.features.identity.model import CodeWrong, Factor, Proof, SecondFactorOff, SecondFactorOn, User
from chalicelib.features.identity.repository import SecondFactors, Sessions, Users
from chalicelib.features.identity.use_cases.ending import TAKEN_UP_AFTER, end_outdated, outdate_sessions
from chalicelib.features.identity.use_cases.proving import reauthenticate
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.kernel.actors import Actor
from chalicelib.kernel.ids import SessionId, UserId
from chalicelib.kernel.records import record
from chalicelib.table import due, proof
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import ChangedMeanwhile, Transaction

TELL_WORKSPACES: Final = "identity.tell_workspaces"


@record
class Setup:
    """What an authenticator app needs: the secret to type, and the address a picture of which it scans."""

    secret: str
    uri: str

    def __repr__(self) -> str:
        return "Setup()"


def set_up(shown: Proof, *, session: Session, installation: Installation, limits: Limits) -> Setup:
    """Make a secret, which is on only when a code of it was shown within the hour. It replaces one that waits.

    Raises:
        SecondFactorOn, ProofWrong, SignInAgain, TooMany: nothing was written.
    """
    factors = SecondFactors(installation, session.user_id)
    if factors.is_on():
        raise SecondFactorOn
    user = reauthenticate(shown, session=session, installation=installation, limits=limits)
    secret = one_time_codes.new_secret()
    factors.begin(secret)
    return Setup(secret=secret, uri=one_time_codes.uri(secret, user.email))


def turn_on(code: str, *, session: Session, caller: Caller, installation: Installation) -> list[str]:
    """Turn the second factor on with its first code; returns the backup codes, which are shown this once.

    This session has then shown it; all others end, and a letter tells of it.

    Raises:
        SetupOver, SecondFactorOn: nothing was written.
        CodeWrong: nothing was written; the set-up still waits.
    """
    user = Users(installation).require(session.user_id)
    factors, now = SecondFactors(installation, user.id), installation.now()
    secret = factors.pending()
    step = one_time_codes.step_of(secret, code, now)
    if step is None:
        raise CodeWrong
    backup_codes, hashes = _backup_codes()
    factor = Factor(secret=secret, last_step=step, backup_hashes=hashes, enabled_at=now)
    with installation.journalled(user.id, proof.actor_of(session, caller)) as change:
        factors.add(change, factor)
        Sessions(installation).note_second_factor(change, session, now)
        _change_ways_in(change, user, session, installation=installation)
        outbox.post(change, installation, letters.second_factor_on(user, caller, now))
        change.record("second_factor.enabled", target=user.id)
    _follow_up(user, session, installation=installation)
    return backup_codes


def turn_off(shown: Proof, *, session: Session, caller: Caller, installation: Installation, limits: Limits) -> None:
    """Turn the second factor off. All other sessions end, and a letter tells of it.

    Raises:
        SecondFactorOff, ProofWrong, TooMany: nothing was written.
    """
    factors = SecondFactors(installation, session.user_id)
    if not factors.is_on():
        raise SecondFactorOff
    user = reauthenticate(shown, session=session, installation=installation, limits=limits)
    with installation.journalled(user.id, proof.actor_of(session, caller)) as change:
        factors.remove(change, refusal=SecondFactorOff())
        Sessions(installation).note_second_factor(change, session, None)
        _change_ways_in(change, user, session, installation=installation)
        outbox.post(change, installation, letters.second_factor_off(user, caller, installation.now()))
        change.record("second_factor.disabled", target=user.id)
    _follow_up(user, session, installation=installation)


def has_second_factor(user_id: UserId, *, installation: Installation) -> bool:
    """Whether somebody has one: one read unit."""
    return SecondFactors(installation, user_id).is_on()


def second_factor_used_since(user_id: UserId, at: datetime, *, installation: Installation) -> bool:
    """Whether somebody turned theirs on, or showed a code of it, after a moment: one read unit."""
    used_at = SecondFactors(installation, user_id).used_at()
    return used_at is not None and used_at > at


def remove_second_factor(user_id: UserId, *, actor: Actor, unused_since: datetime, installation: Installation) -> None:
    """Take the second factor from somebody who lost it, when staff have seen to who they are. All sessions end.

    Nothing where there is none (any more); whoever asks writes the letter.

    Raises:
        ChangedMeanwhile: it was used after `unused_since`, or how the person signs in changed at this moment; nothing
            was written.
    """
    user, factors = Users(installation).get(user_id), SecondFactors(installation, user_id)
    if user is None or not factors.is_on():
        return
    with installation.journalled(user.id, actor) as change:
        factors.remove(change, refusal=ChangedMeanwhile(), unused_since=unused_since)
        _change_ways_in(change, user, None, installation=installation)
        change.record("second_factor.reset", target=user.id)
    _follow_up(user, None, installation=installation)


def tell_workspaces(user_id: UserId, *, installation: Installation) -> None:
    """Carry over to the person's memberships whether they have a second factor now."""
    has_one = SecondFactors(installation, user_id).is_on()
    workspaces.note_second_factor(user_id, has_one=has_one, installation=installation)


def renew_backup_codes(
    shown: Proof, *, session: Session, caller: Caller, installation: Installation, limits: Limits
) -> list[str]:
    """Make other backup codes; those before them are no good any more, and a letter tells of it.

    Raises:
        SecondFactorOff, ProofWrong, TooMany: nothing was written.
    """
    factors = SecondFactors(installation, session.user_id)
    if not factors.is_on():
        raise SecondFactorOff
    user = reauthenticate(shown, session=session, installation=installation, limits=limits)
    backup_codes, hashes = _backup_codes()
    with installation.journalled(user.id, proof.actor_of(session, caller)) as change:
        factors.replace_backup_codes(change, hashes)
        outbox.post(change, installation, letters.backup_codes_made(user, caller, installation.now()))
        change.record("backup_codes.made", target=user.id)
    return backup_codes


def _change_ways_in(change: Transaction, user: User, session: Session | None, *, installation: Installation) -> None:
    """Within a change of the second factor: sessions from before end, but one, and workspaces come to know."""
    Users(installation).change_ways_in(change, user)
    outdate_sessions(change, user, but=_id_of(session), installation=installation)
    at = installation.now() + TAKEN_UP_AFTER
    due.schedule(change, installation, TELL_WORKSPACES, at, {"user_id": user.id}, name=f"{TELL_WORKSPACES}#{user.id}")


def _follow_up(user: User, session: Session | None, *, installation: Installation) -> None:
    """What due work does a minute later where it is cut short."""
    end_outdated(user.id, user.version + 1, but=_id_of(session), installation=installation)
    tell_workspaces(user.id, installation=installation)


def _id_of(session: Session | None) -> SessionId | None:
    return None if session is None else session.id


def _backup_codes() -> tuple[list[str], frozenset[str]]:
    made = model.new_backup_codes()
    return made, frozenset(model.hashed_backup_code(code) for code in made)
