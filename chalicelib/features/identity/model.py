"""People and how they prove who they are: rules of usernames and passwords, and the ways both can be refused."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from chalicelib.features.legal.model import TermsNotAccepted
from chalicelib.kernel import emails, names
from chalicelib.kernel.errors import Blame, Conflict, Invalid, NotFound, Unauthenticated
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.records import record

MAX_FULL_NAME_CHARACTERS = 80
MIN_PASSWORD_CHARACTERS = 12
MAX_PASSWORD_CHARACTERS = 256
VERIFICATION_LIFE = timedelta(hours=24)
RESERVATION_LIFE = timedelta(hours=24)
_USERNAME = re.compile(r"[a-z0-9_]{3,32}")


class UsernameInvalid(Invalid):
    """Not 3 to 32 of a-z, 0-9 and _."""

    code = "username-invalid"
    title = "Usernames have 3 to 32 small letters, digits or underscores."


class UsernameTaken(Conflict):
    """Somebody else holds the username."""

    code = "username-taken"
    title = "This username is taken."


class PasswordUnfit(Invalid):
    """Too short, too long, or what anybody would try first."""

    code = "password-unfit"
    title = "Choose another password."


class WrongCredentials(Unauthenticated):
    """No account has this e-mail and password; which of the two is wrong is not said."""

    code = "wrong-credentials"
    title = "E-mail address or password is wrong."


class LinkNotValid(NotFound):
    """An e-mailed link is forged, too old, used, or replaced by a newer one."""

    code = "link-not-valid"
    title = "This link is not valid any more."


class EmailAlreadyVerified(Conflict):
    """There is nothing left to confirm."""

    code = "email-already-verified"
    title = "Your e-mail address is confirmed already."


class EmailTaken(Conflict):
    """Somebody signed up with this address first. Never leaves the slice: strangers may not learn it."""

    code = "email-taken"
    title = "This e-mail address has an account."


@record
class User:
    """A person with an account. `accepted` has the version of each legal document they were shown and agreed to."""

    id: UserId
    email: str
    email_verified_at: datetime | None
    full_name: str
    username: str
    password_hash: str
    terms_accepted_at: datetime
    accepted: Mapping[str, str]
    created_at: datetime

    @property
    def is_email_verified(self) -> bool:
        """Whether they have shown that the address is theirs."""
        return self.email_verified_at is not None


@record
class Applicant:
    """Somebody who wants an account; everything they wrote fits the rules."""

    email: str
    full_name: str
    username: str
    password: str


def applicant(*, email: str, full_name: str, username: str, password: str, accepts_terms: bool) -> Applicant:
    """Check what somebody wrote to sign up.

    Raises:
        EmailInvalid, NameInvalid, UsernameInvalid, PasswordUnfit, TermsNotAccepted: each blames its field.
    """
    if not accepts_terms:
        raise TermsNotAccepted(blames=(Blame("/accept_terms", "must be true"),))
    checked = Applicant(
        email=emails.parse(email, pointer="/email"),
        full_name=parse_full_name(full_name),
        username=parse_username(username),
        password=password,
    )
    require_fit_password(checked)
    return checked


def parse_full_name(text: str) -> str:
    """What a person is called, 1 to 80 characters. Raises NameInvalid."""
    return names.parse(text, pointer="/full_name", most=MAX_FULL_NAME_CHARACTERS)


def parse_username(text: str) -> str:
    """A username. Raises UsernameInvalid."""
    if _USERNAME.fullmatch(text) is None:
        raise UsernameInvalid(blames=(Blame("/username", "has 3 to 32 of a-z, 0-9 and _"),))
    return text


def require_fit_password(person: Applicant) -> None:
    """Raises PasswordUnfit, which says how to do better and never what was tried."""
    bounds = f"has {MIN_PASSWORD_CHARACTERS} to {MAX_PASSWORD_CHARACTERS} characters"
    if not MIN_PASSWORD_CHARACTERS <= len(person.password) <= MAX_PASSWORD_CHARACTERS:
        raise PasswordUnfit(blames=(Blame("/password", bounds),))
    if person.password.casefold() in {person.email, person.username, person.full_name.casefold()}:
        raise PasswordUnfit(blames=(Blame("/password", "is something others know about you"),))


def own_workspace_name(full_name: str) -> str:
    """What the workspace that signing up makes is called, until its Owner renames it."""
    return f"{full_name}'s workspace"
