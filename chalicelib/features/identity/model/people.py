"""People: what they are called, and which usernames look alike."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from chalicelib.features.identity.model.facts import UsernameInvalid
from chalicelib.kernel import emails, names
from chalicelib.kernel.errors import Blame
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.records import record

MAX_FULL_NAME_CHARACTERS: Final = 80
VERIFICATION_LIFE: Final = timedelta(hours=24)
"""How long a link that proves an address is good, whether the address is the account's or to become it."""
RESERVATION_LIFE: Final = timedelta(hours=24)
NOBODY: Final = UserId("0" * 26)
"""Looked up in place of the holder of an unknown address, so that both take as long."""
_USERNAME = re.compile(r"[a-z0-9_]{3,32}")
_LOOK_ALIKES: Final = (("0", "o"), ("1", "l"), ("i", "l"), ("m", "rn"), ("w", "vv"))
_UNDERSCORES = re.compile(r"_{2,}")


@record
class User:
    """A person with an account. `password_hash` is None for who only signs in with a provider.

    `version` grows with each change of how they sign in; `accepted` has the version of each legal document they agreed
    to; `deletes_at` is when an account whose deletion was asked for is erased; `time_zone` is None until somebody said.
    """

    id: UserId
    email: str
    email_verified_at: datetime | None
    full_name: str
    username: str
    password_hash: str | None
    version: int
    accepted: Mapping[str, str]
    accepted_at: datetime
    created_at: datetime
    deletes_at: datetime | None = None
    time_zone: str | None = None

    def __repr__(self) -> str:
        return f"User(id={self.id!r}, version={self.version})"

    @property
    def is_email_verified(self) -> bool:
        """Whether they have shown that the address is theirs."""
        return self.email_verified_at is not None

    @property
    def has_password(self) -> bool:
        """Whether they can sign in with a password."""
        return self.password_hash is not None


@record
class Applicant:
    """Somebody who wants an account; everything they wrote fits the rules."""

    email: str
    full_name: str
    username: str


def applicant(*, email: str, full_name: str, username: str) -> Applicant:
    """Check what somebody wrote about themselves to sign up.

    Raises:
        EmailInvalid, NameInvalid, UsernameInvalid: each blames its field.
    """
    return Applicant(
        email=emails.parse(email, pointer="/email"),
        full_name=parse_full_name(full_name),
        username=parse_username(username),
    )


def parse_full_name(text: str) -> str:
    """What a person is called, 1 to 80 characters. Raises NameInvalid."""
    return names.parse(text, pointer="/full_name", most=MAX_FULL_NAME_CHARACTERS)


def parse_username(text: str) -> str:
    """A username. Raises UsernameInvalid."""
    if _USERNAME.fullmatch(text) is None:
        raise UsernameInvalid(blames=(Blame("/username", "has 3 to 32 of a-z, 0-9 and _"),))
    return text


def skeleton(username: str) -> str:
    """What all usernames that look alike have in common; one person holds it, so nobody can pass for another.

    Of Unicode's confusables what small letters, digits and the underscore leave: 0 and o, 1, l and i, rn and m; besides
    vv and w, and underscores in a row, whose number nobody counts. Not cl and d: too many honest names differ by it.
    Source: Unicode Technical Standard 39, 4.
    """
    folded = username
    for looks_like, kept in _LOOK_ALIKES:
        folded = folded.replace(looks_like, kept)
    return _UNDERSCORES.sub("_", folded)


def own_workspace_name(full_name: str) -> str:
    """What the workspace that signing up makes is called, until its Owner renames it."""
    return f"{full_name}'s workspace"
