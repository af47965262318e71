"""Sign-ins that wait for a second factor, and how signing in is refused."""

from datetime import datetime, timedelta
from typing import Final

from chalicelib.kernel.errors import Forbidden, Unauthenticated
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.records import record

CHALLENGE_LIFE: Final = timedelta(minutes=10)
CHALLENGE_TRIES: Final = 10
"""Codes that may be tried in one sign-in; what one account may be tried at is a delay's to say."""


class WrongCredentials(Unauthenticated):
    """No account has this e-mail and password; which of the two is wrong is not said."""

    code = "wrong-credentials"
    title = "E-mail address or password is wrong."


class ChallengeOver(Unauthenticated):
    """The sign-in that waited for a second factor is older than ten minutes, was tried too often, or is done."""

    code = "challenge-over"
    title = "This sign-in took too long. Begin again."


class AccountClosing(Forbidden):
    """The account is being deleted; the link in the letter that said so takes that back while it still can be."""

    code = "account-closing"
    title = "This account is being deleted."


@record
class Challenge:
    """A sign-in that waits for a code. `opened_under` is the version of its person's ways of signing in."""

    token_hash: str
    user_id: UserId
    opened_under: int


@record
class Challenged:
    """A sign-in that waits for its second factor. `token` goes into a cookie and nowhere else."""

    token: str
    ends_at: datetime

    def __repr__(self) -> str:
        return f"Challenged(ends_at={self.ends_at!r})"


@record
class SignIn:
    """What somebody wrote to get in."""

    email: str
    password: str

    def __repr__(self) -> str:
        return "SignIn()"
