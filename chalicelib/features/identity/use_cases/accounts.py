"""Accounts as other slices need them: looked up, listed, and guarded within changes of how their people sign in."""

from chalicelib import settings
from chalicelib.features.identity.model import User
from chalicelib.features.identity.repository import Users
from chalicelib.features.sessions import use_cases as sessions
from chalicelib.features.workspaces.model import EmailUnverified
from chalicelib.kernel import emails
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.ids import SessionId, UserId
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import Transaction


def get_person(user_id: UserId, *, installation: Installation) -> User | None:
    """One person, unless their account is gone: one read unit."""
    return Users(installation).get(user_id)


def find_person(email: str, *, installation: Installation) -> User | None:
    """Who has an account under an address, however it is spelled: two reads, whether somebody has or not."""
    return Users(installation).by_email(emails.folded(email))


def list_people(shard: int, *, after: str, limit: int, installation: Installation) -> list[User]:
    """Up to `limit` people of one of USER_SHARDS shards behind `after`, by id: one query of an index."""
    return Users(installation).listed(shard, after=after, limit=limit)


def get_profile(session: Session, *, installation: Installation) -> User:
    """The person of a session: one read unit."""
    return Users(installation).require(session.user_id)


def require_confirmed_email(session: Session, *, installation: Installation) -> None:
    """Raises EmailUnverified where nobody has shown that the address is theirs whose session it is: one read unit."""
    if not get_profile(session, installation=installation).is_email_verified:
        raise EmailUnverified


def is_staff(user: User) -> bool:
    """Whether the installation's operator named this person's address, which they have shown to be theirs."""
    return user.is_email_verified and user.email in settings.current().staff


def actor_of(user: User, caller: Caller) -> Actor:
    """A person who is not signed in, as their own log names them."""
    return Actor(kind=ActorKind.USER, id=user.id, name=user.full_name, address=caller.address, device=caller.device)


def renew_hash(user: User, password_hash: str, *, installation: Installation) -> None:
    """Keep the same password under another hash, unless it was changed meanwhile: one write unit."""
    Users(installation).renew_hash(user, password_hash)


def check_there(change: Transaction, user_id: UserId, *, refusal: Fact, installation: Installation) -> None:
    """Within a change: demand that a person has an account."""
    Users(installation).check_there(change, user_id, refusal=refusal)


def check_ways_in(change: Transaction, user: User, *, refusal: Fact, installation: Installation) -> None:
    """Within a change: demand that a person still signs in as was read, and that the account is not being deleted."""
    Users(installation).check_ways_in(change, user, refusal=refusal)


def end_all(change: Transaction, user: User, *, but: SessionId | None = None, installation: Installation) -> None:
    """Within a change: every session from before ends, the one that asks for it too unless it is `but`.

    `sessions.end_outdated` follows at once, with the version after the present one; where it was cut short, due work
    ends the rest a minute later.
    """
    Users(installation).change_ways_in(change, user)
    sessions.outdate_sessions(change, user.id, user.version + 1, but=but, installation=installation)
