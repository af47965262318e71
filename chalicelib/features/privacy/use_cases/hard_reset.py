"""One button: disconnect every Telegram account of mine and sign out everywhere (product.md section 2)."""

from typing import Final

from chalicelib import settings
from chalicelib.adapters import outbox
from chalicelib.adapters.limits import Limits
from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.identity.model import Proof
from chalicelib.features.privacy import letters
from chalicelib.features.privacy.use_cases import belonging
from chalicelib.features.sessions import use_cases as sessions
from chalicelib.kernel.actors import system
from chalicelib.kernel.ids import UserId
from chalicelib.table import due, proof
from chalicelib.table.following_up import TAKEN_UP_AFTER, follow_up
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation

DISCONNECT: Final = "person.disconnect"
"""Due work: {user_id}: the connections that were not ended when the reset was cut short."""


def reset_hard(shown: Proof, *, session: Session, caller: Caller, installation: Installation, limits: Limits) -> None:
    """Sign a person out everywhere, here too, and end each connection of theirs in each workspace.

    The wish is one transaction; sessions and connections end right after it, and due work ends what was cut short. The
    session worker logs out at Telegram.

    Raises:
        ProofWrong, SignInAgain, TooMany: as reauthenticate; nothing was written.
        ChangedMeanwhile: how they sign in changed at the same moment; nothing was written.
    """
    user = identity.reauthenticate(shown, session=session, installation=installation, limits=limits)
    link = f"{settings.current().public_origin}/sign-in"
    with installation.journalled(user.id, proof.actor_of(session, caller)) as change:
        identity.end_all(change, user, installation=installation)
        later = installation.now() + TAKEN_UP_AFTER
        due.schedule(change, installation, DISCONNECT, later, {"user_id": user.id})
        outbox.post(change, installation, letters.hard_reset(to=user.email, full_name=user.full_name, link=link))
        change.record("account.reset", target=user.id)
    with follow_up():
        sessions.end_outdated(user.id, user.version + 1, but=None, installation=installation)
        disconnect(user.id, installation=installation)


def disconnect(user_id: UserId, *, installation: Installation) -> None:
    """End every connection of a person, in every workspace. Repeating it goes on where it was cut short."""
    for tenant, _ in belonging.handles_of(user_id, installation, system("hard-reset")):
        accounts.end_connections_of(user_id, tenant=tenant)
