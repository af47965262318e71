"""Ending sessions: one's own, another, all others; and all of them when how a person signs in changes."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from chalicelib.adapters.limits import Limits
from chalicelib.features.identity.model import Proof, SessionNotFound, User
from chalicelib.features.identity.repository import KeptSession, Sessions, Users, handle_of
from chalicelib.features.identity.use_cases.proving import reauthenticate
from chalicelib.kernel.ids import SessionId, UserId
from chalicelib.table import due, proof
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import Transaction

END_SESSIONS: Final = "identity.end_sessions"
TAKEN_UP_AFTER: Final = timedelta(minutes=1)
"""When due work takes up what was cut short right after the change it belongs to."""
_AT_ONCE: Final = 80


def sign_out(session: Session, caller: Caller, *, installation: Installation) -> None:
    """End this session."""
    end_session(session, caller, reason="signed out", installation=installation)


def end_session(session: Session, caller: Caller, *, reason: str, installation: Installation) -> None:
    """End a session that was proven, and say so in its person's own log."""
    with installation.journalled(session.user_id, proof.actor_of(session, caller)) as change:
        Sessions(installation).close(change, session.user_id, session.id)
        change.record("session.ended", target=handle_of(session.id), new={"reason": reason})


def list_sessions(session: Session, *, installation: Installation) -> list[KeptSession]:
    """The person's sessions, newest first: one query."""
    return Sessions(installation).of(session.user_id)


def end_one(
    handle: str, shown: Proof, *, session: Session, caller: Caller, installation: Installation, limits: Limits
) -> None:
    """End one of the person's sessions, this one too.

    Raises:
        SessionNotFound: there is none of this handle, or it has ended; the proof was not looked at.
        ProofWrong, SignInAgain, TooMany: as reauthenticate; nothing was ended.
    """
    kept = [each for each in Sessions(installation).of(session.user_id) if each.handle == handle]
    if not kept:
        raise SessionNotFound
    reauthenticate(shown, session=session, installation=installation, limits=limits)
    _end(kept, session, caller, target=handle, installation=installation)


def end_others(shown: Proof, *, session: Session, caller: Caller, installation: Installation, limits: Limits) -> None:
    """End all of the person's sessions but this one. Raises as reauthenticate; nothing was ended then."""
    reauthenticate(shown, session=session, installation=installation, limits=limits)
    others = [each for each in Sessions(installation).of(session.user_id) if each.id != session.id]
    for start in range(0, len(others), _AT_ONCE):
        _end(others[start : start + _AT_ONCE], session, caller, target="others", installation=installation)


def outdate_sessions(change: Transaction, user: User, *, but: SessionId | None, installation: Installation) -> None:
    """Within a change of how a person signs in: see to it that every session from before ends, but one.

    `end_outdated` follows at once; where it was cut short, due work ends the rest a minute later.
    """
    facts = {"user_id": user.id, "version": user.version + 1, "but": but}
    due.schedule(change, installation, END_SESSIONS, installation.now() + TAKEN_UP_AFTER, facts)


def end_all(change: Transaction, user: User, *, but: SessionId | None = None, installation: Installation) -> None:
    """Within a change: every session from before ends, the one that asks for it too unless it is `but`.

    `end_outdated` follows at once, as behind `outdate_sessions`.
    """
    Users(installation).change_ways_in(change, user)
    outdate_sessions(change, user, but=but, installation=installation)


def end_outdated(user_id: UserId, version: int, *, but: SessionId | None, installation: Installation) -> int:
    """End the sessions opened before a version of how their person signs in; how many that were."""
    return Sessions(installation).close_opened_before(user_id, version, but=but)


def _end(
    ended: Sequence[KeptSession], session: Session, caller: Caller, *, target: str, installation: Installation
) -> None:
    with installation.journalled(session.user_id, proof.actor_of(session, caller)) as change:
        for each in ended:
            Sessions(installation).close(change, session.user_id, each.id)
        told = {"reason": "ended in the list of sessions", "count": len(ended)}
        change.record("session.ended", target=target, new=told)
