"""Closing an account whose deletion was asked for, and opening it again while that can be; privacy decides on both."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.features.identity.model import LinkNotValid, User, skeleton
from chalicelib.features.identity.repository import LinkPurpose, MailedLinks, Users
from chalicelib.features.identity.repository.mailed import MailedLink
from chalicelib.features.sessions import use_cases as sessions
from chalicelib.table import people_keys
from chalicelib.table.keys import InstallationKey
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import ChangedMeanwhile, Transaction


def close(change: Transaction, user: User, deletes_at: datetime, *, installation: Installation) -> None:
    """Within the change that asks for it: from now on nobody signs in to the account, and every session of it ends.

    `sessions.end_outdated` follows at once; where it was cut short, due work ends the rest a minute later.
    """
    Users(installation).close(change, user, deletes_at)
    sessions.outdate_sessions(change, user.id, user.version + 1, but=None, installation=installation)


def reopen(change: Transaction, user: User, shown: MailedLink, *, installation: Installation) -> None:
    """Within the change that takes it back: the link is used up, and people sign in to the account as before."""
    Users(installation).reopen(change, user)
    MailedLinks(installation, LinkPurpose.REOPEN).use_up(change, shown)


def require_closing(change: Transaction, user: User, *, installation: Installation) -> None:
    """Within a change: refuse it with ChangedMeanwhile unless the account is to be erased when it was read to be."""
    Users(installation).check_closing(change, user, refusal=ChangedMeanwhile())


def make_reopening_link(user: User, *, installation: Installation) -> str:
    """The token of the newest link that opens an account again; those before it are no good any more."""
    return MailedLinks(installation, LinkPurpose.REOPEN).make(user, user.email)


def read_reopening_link(token: str, *, installation: Installation) -> tuple[User, MailedLink]:
    """Whose account a mailed link opens again: two reads. Raises LinkNotValid."""
    shown = MailedLinks(installation, LinkPurpose.REOPEN).require(token)
    user = Users(installation).get(shown.user_id)
    if user is None or user.deletes_at is None:
        raise LinkNotValid
    return user, shown


def claims_of(email: str, username: str) -> Iterable[InstallationKey]:
    """Where the claims on an address and a username lie; each holds `user_id`."""
    return people_keys.email_claim(email), people_keys.username_claim(skeleton(username))
