"""The second factor of one's own: setting it up, turning it on and off, other backup codes."""

from datetime import datetime
from typing import Final

from chalicelib.adapters import outbox
from chalicelib.adapters.limits import Limits
from chalicelib.features.identity import letters
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.identity.model import Proof, User
from chalicelib.features.second_factor import use_cases as second_factor
from chalicelib.features.second_factor.model import SecondFactorOff, Setup
from chalicelib.features.sessions import use_cases as sessions
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.kernel.actors import Actor
from chalicelib.kernel.ids import SessionId, UserId
from chalicelib.table import due, proof
from chalicelib.table.following_up import TAKEN_UP_AFTER, follow_up
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import ChangedMeanwhile, Transaction

TELL_WORKSPACES: Final = "sign_in.tell_workspaces"


def set_up(shown: Proof, *, session: Session, caller: Caller, installation: Installation, limits: Limits) -> Setup:
    """Make a secret, which is on only when a code of it was shown within the hour. It replaces one that waits.

    Whoever signs up with an address of somebody else's can't shut them out of the account they will get back by mail.

    Raises:
        SecondFactorOn, EmailUnverified, ProofWrong, SignInAgain, TooMany: nothing was written.
    """
    second_factor.require_off(session.user_id, installation=installation)
    identity.require_confirmed_email(session, installation=installation)
    user = identity.reauthenticate(shown, session=session, installation=installation, limits=limits)
    with installation.journalled(user.id, proof.actor_of(session, caller)) as change:
        setup = second_factor.begin_setup(change, user.id, user.email, installation=installation)
        change.record("second_factor.setup_begun", target=user.id)
    return setup


def turn_on(code: str, *, session: Session, caller: Caller, installation: Installation) -> tuple[str, ...]:
    """Turn the second factor on with its first code; gives the backup codes, which are shown this once.

    This session has then shown it; all others end, and a letter tells of it.

    Raises:
        SetupOver, SecondFactorOn: nothing was written.
        CodeWrong: nothing was written; the set-up still waits.
        ChangedMeanwhile: how the person signs in changed at this moment; nothing was written.
    """
    user = identity.get_profile(session, installation=installation)
    made = second_factor.finish_setup(code, user.id, installation=installation)
    now = installation.now()
    with installation.journalled(user.id, proof.actor_of(session, caller)) as change:
        second_factor.turn_on(change, user.id, made, installation=installation)
        sessions.note_second_factor(change, session, now, installation=installation)
        _change_ways_in(change, user, session, installation=installation)
        outbox.post(change, installation, letters.second_factor_on(user, caller, now))
        change.record("second_factor.enabled", target=user.id)
    _follow_up(user, session, installation=installation)
    return made.backup_codes


def turn_off(shown: Proof, *, session: Session, caller: Caller, installation: Installation, limits: Limits) -> None:
    """Turn the second factor off. All other sessions end, and a letter tells of it.

    Raises:
        SecondFactorOff, ProofWrong, TooMany, ChangedMeanwhile: nothing was written.
    """
    second_factor.require_on(session.user_id, installation=installation)
    user = identity.reauthenticate(shown, session=session, installation=installation, limits=limits)
    with installation.journalled(user.id, proof.actor_of(session, caller)) as change:
        second_factor.turn_off(change, user.id, refusal=SecondFactorOff(), installation=installation)
        sessions.note_second_factor(change, session, None, installation=installation)
        _change_ways_in(change, user, session, installation=installation)
        outbox.post(change, installation, letters.second_factor_off(user, caller, installation.now()))
        change.record("second_factor.disabled", target=user.id)
    _follow_up(user, session, installation=installation)


def remove_second_factor(user_id: UserId, *, actor: Actor, unused_since: datetime, installation: Installation) -> None:
    """Take the second factor from somebody who lost it, when staff have seen to who they are. All sessions end.

    Nothing where there is none (any more); whoever asks writes the letter.

    Raises:
        ChangedMeanwhile: it was used after `unused_since`, or how the person signs in changed at this moment; nothing
            was written.
    """
    user = identity.get_person(user_id, installation=installation)
    if user is None or not second_factor.has_second_factor(user_id, installation=installation):
        return
    refusal = ChangedMeanwhile()
    with installation.journalled(user.id, actor) as change:
        second_factor.turn_off(change, user.id, refusal=refusal, unused_since=unused_since, installation=installation)
        _change_ways_in(change, user, None, installation=installation)
        change.record("second_factor.reset", target=user.id)
    _follow_up(user, None, installation=installation)


def tell_workspaces(user_id: UserId, *, installation: Installation) -> None:
    """Carry over to the person's memberships whether they have a second factor now."""
    has_one = second_factor.has_second_factor(user_id, installation=installation)
    workspaces.note_second_factor(user_id, has_one=has_one, installation=installation)


def renew_backup_codes(
    shown: Proof, *, session: Session, caller: Caller, installation: Installation, limits: Limits
) -> tuple[str, ...]:
    """Make other backup codes; those before them are no good any more, and a letter tells of it.

    Raises:
        SecondFactorOff, ProofWrong, TooMany: nothing was written.
    """
    second_factor.require_on(session.user_id, installation=installation)
    user = identity.reauthenticate(shown, session=session, installation=installation, limits=limits)
    with installation.journalled(user.id, proof.actor_of(session, caller)) as change:
        backup_codes = second_factor.replace_backup_codes(change, user.id, installation=installation)
        outbox.post(change, installation, letters.backup_codes_made(user, caller, installation.now()))
        change.record("backup_codes.made", target=user.id)
    return backup_codes


def _change_ways_in(change: Transaction, user: User, session: Session | None, *, installation: Installation) -> None:
    """Within a change of the second factor: sessions from before end, but one, and workspaces come to know."""
    identity.end_all(change, user, but=_id_of(session), installation=installation)
    at = installation.now() + TAKEN_UP_AFTER
    due.schedule(change, installation, TELL_WORKSPACES, at, {"user_id": user.id}, name=f"{TELL_WORKSPACES}#{user.id}")


def _follow_up(user: User, session: Session | None, *, installation: Installation) -> None:
    """What due work does a minute later where it is cut short."""
    with follow_up():
        sessions.end_outdated(user.id, user.version + 1, but=_id_of(session), installation=installation)
        tell_workspaces(user.id, installation=installation)


def _id_of(session: Session | None) -> SessionId | None:
    return None if session is None else session.id
