"""Ending sessions of one's own from the list of them, which takes proving once more who one is."""

from chalicelib.adapters.limits import Limits
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.identity.model import Proof
from chalicelib.features.sessions import use_cases as sessions
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation


def end_one(
    handle: str, shown: Proof, *, session: Session, caller: Caller, installation: Installation, limits: Limits
) -> None:
    """End one of the person's sessions, this one too.

    Raises:
        SessionNotFound: there is none of this handle, or it has ended; the proof was not looked at.
        ProofWrong, SignInAgain, TooMany: as reauthenticate; nothing was ended.
    """
    kept = sessions.require_session(handle, session, installation=installation)
    identity.reauthenticate(shown, session=session, installation=installation, limits=limits)
    sessions.end_kept([kept], session, caller, target=handle, installation=installation)


def end_others(shown: Proof, *, session: Session, caller: Caller, installation: Installation, limits: Limits) -> None:
    """End all of the person's sessions but this one. Raises as reauthenticate; nothing was ended then."""
    identity.reauthenticate(shown, session=session, installation=installation, limits=limits)
    kept = sessions.list_sessions(session, installation=installation)
    others = [each for each in kept if each.id != session.id]
    sessions.end_kept(others, session, caller, target="others", installation=installation)
