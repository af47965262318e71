"""Logins: a person's links to providers. Whom a provider's word makes of somebody, and how it can all be refused."""

import re
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.kernel import emails, tokens
from chalicelib.kernel.errors import Blame, Conflict, Forbidden, Invalid, NotFound, Unavailable
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.records import record

FLOW_LIFE = timedelta(minutes=10)
"""How long somebody may be away at a provider."""
PENDING_LIFE = timedelta(minutes=15)
"""How long a pending login waits for its sign-up, or for proof of the login it joins."""
MAX_RETURN_CHARACTERS = 500
LINKING_MARK = "link."
"""Begins the state of a flow that links: the page people come back to asks by it which request is to follow."""
_RETURN_PATH = re.compile(r"/(?![/\\])[!-~]*")


class Provider(StrEnum):
    """Whom people can sign in with."""

    GOOGLE = "google"
    MICROSOFT = "microsoft"
    LINKEDIN = "linkedin"
    FACEBOOK = "facebook"

    @property
    def label(self) -> str:
        """What people call it."""
        return {"linkedin": "LinkedIn"}.get(self.value, self.value.capitalize())


class Purpose(StrEnum):
    """What somebody went to a provider for."""

    SIGN_IN = "sign-in"
    LINK = "link"


class ProviderNotOffered(NotFound):
    """This installation has no such way to sign in."""

    code = "provider-not-offered"
    title = "This way to sign in is not offered here."


class ProviderAway(Unavailable):
    """The provider does not answer, or nothing that makes sense. Nobody was signed in and nothing was changed."""

    code = "provider-away"
    title = "The sign-in provider does not answer. Try again in a moment, or sign in another way."


class ProviderRefused(Forbidden):
    """The provider did not confirm who it is, or its confirmation does not hold: forged, too old, for somebody else."""

    code = "provider-refused"
    title = "The sign-in provider did not confirm who you are. Begin again."


class SignInOver(Conflict):
    """The way to the provider and back was begun in another browser, took more than ten minutes, or was used.

    Or, for linking, how the person signs in changed since it began.
    """

    code = "sign-in-over"
    title = "This sign-in is over. Begin again."


class PendingLoginOver(Conflict):
    """The pending login is another browser's, older than 15 minutes, or was used."""

    code = "pending-login-over"
    title = "This took too long. Sign in with the provider again."


class PendingLoginElsewhere(Conflict):
    """A pending login is linked to the account its e-mail address belongs to, and to no other."""

    code = "pending-login-elsewhere"
    title = "This login belongs to another account: sign in to the one with its e-mail address."


class SignInNotFresh(Forbidden):
    """A pending login is linked by a session that was opened for it, after it."""

    code = "sign-in-not-fresh"
    title = "Sign in once more to link this login."


class AccountExists(Conflict):
    """The proven address has an account by now: its existing login is asked for, and the new one linked to it."""

    code = "account-exists"
    title = "This e-mail address has an account. Sign in to it to link your new login."


class EmailNotProven(Conflict):
    """Nobody has shown yet that the address of this pending login is theirs."""

    code = "email-not-proven"
    title = "Confirm your e-mail address first."


class LoginTaken(Conflict):
    """This person at the provider is linked to another account here."""

    code = "login-taken"
    title = "This login is linked to another account."


class ProviderLinked(Conflict):
    """An account has one login a provider."""

    code = "provider-linked"
    title = "You have a login with this provider already. Unlink it first."


class LoginNotFound(NotFound):
    """The account has no login with this provider."""

    code = "login-not-found"
    title = "You have no login with this provider."


class LastWayIn(Conflict):
    """Without this login nothing would be left to sign in with."""

    code = "last-way-in"
    title = "This is your only way to sign in. Set a password or link another login first."


class ReturnPathInvalid(Invalid):
    """Where to go after signing in is a path of our own pages."""

    code = "return-path-invalid"
    title = "People can only be sent to pages of this app."


@record
class ProviderAccount:
    """Who somebody is at a provider, as it says.

    `subject` never changes; `email` is folded, and None where none was shown or what was shown is none;
    `is_email_verified` says whether the provider vouches that it is theirs.
    """

    provider: Provider
    subject: str
    email: str | None
    is_email_verified: bool
    full_name: str

    @property
    def proven_email(self) -> str | None:
        """The address, where the provider vouches for it."""
        return self.email if self.is_email_verified else None


@record
class Flow:
    """Somebody on their way to a provider and back.

    `user_id` is who links, and `begun_under` the version of how they signed in then; None and 0 for a sign-in.
    """

    token_hash: str
    provider: Provider
    purpose: Purpose
    state_hash: str
    verifier: str
    nonce: str
    return_to: str
    user_id: UserId | None
    begun_under: int
    ends_at: datetime

    def __repr__(self) -> str:
        return f"Flow(provider={self.provider!r}, purpose={self.purpose!r})"


@record
class PendingLogin:
    """Who somebody is at a provider, kept until it is a login: by a sign-up, or by proof of a login that exists.

    `email` is the address that was shown to be theirs, by the provider or by a mailed link; None until one was.
    `asked_email` is the address such a link went to, `email_token_hash` what it must carry.
    """

    token_hash: str
    account: ProviderAccount
    email: str | None
    asked_email: str | None
    email_token_hash: str | None
    return_to: str
    begun_at: datetime
    ends_at: datetime


@record
class Login:
    """A person's link to a provider. `email` is what the provider showed when it was made, to tell it by."""

    provider: Provider
    subject_hash: str
    email: str | None
    linked_at: datetime


def new_state(purpose: Purpose) -> str:
    """What the provider gives back to the browser, so that nobody else's code is taken for the browser's own."""
    return (LINKING_MARK if purpose is Purpose.LINK else "") + tokens.new()


def parse_return_path(text: str) -> str:
    """Where to go after signing in: a path of ours and nowhere else. Raises ReturnPathInvalid."""
    if len(text) > MAX_RETURN_CHARACTERS or _RETURN_PATH.fullmatch(text) is None:
        raise ReturnPathInvalid(blames=(Blame("/next", "is not a path of this app"),))
    return text


def parse_email(text: object) -> str | None:
    """The address a provider showed, folded; None where it is none."""
    try:
        return emails.parse(str(text or ""), pointer="")
    except emails.EmailInvalid:
        return None


def require_other_way(login: Login, logins: list[Login], *, has_password: bool) -> Login | None:
    """The login that must stay so that this one may go; None where a password stays. Raises LastWayIn."""
    if has_password:
        return None
    others = [each for each in logins if each.provider is not login.provider]
    if not others:
        raise LastWayIn
    return others[0]


@record
class Begun:
    """A browser is to go to `url`; `token` goes into its cookie and nowhere else."""

    url: str
    token: str
    ends_at: datetime

    def __repr__(self) -> str:
        return f"Begun(ends_at={self.ends_at!r})"


@record
class Return:
    """What a browser brought back: `code` and `state` from the provider, `token` from its cookie."""

    provider: str
    code: str
    state: str
    token: str

    def __repr__(self) -> str:
        return f"Return(provider={self.provider!r})"


class Next(StrEnum):
    """What a pending login waits for."""

    SIGN_UP = "sign-up"
    LINK = "link"
    EMAIL = "email"


@record
class Waiting:
    """A pending login and what it waits for. `token` goes into the cookie and nowhere else."""

    token: str
    pending: PendingLogin
    next: Next

    def __repr__(self) -> str:
        return f"Waiting(next={self.next!r})"


@record
class SignUpForm:
    """What somebody writes who signs up by a provider."""

    username: str
    full_name: str
    accepts_terms: bool
    is_16_or_older: bool
