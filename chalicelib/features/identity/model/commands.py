"""What people write about their accounts, and what they are shown of them."""

from datetime import datetime

from chalicelib.features.identity.model.credentials import Proof
from chalicelib.features.identity.model.people import User
from chalicelib.kernel.records import record


@record
class SignUp:
    """What somebody wrote to get an account."""

    email: str
    full_name: str
    username: str
    password: str
    accepts_terms: bool
    is_16_or_older: bool

    def __repr__(self) -> str:
        return "SignUp()"


@record
class SignUpWithLogin:
    """What somebody who comes from a provider wrote to get an account; the address is one the provider vouches for."""

    email: str
    full_name: str
    username: str
    accepts_terms: bool
    is_16_or_older: bool


@record
class SignedUp:
    """Where a letter went. `device_token` goes into a cookie, whether an account was made or not.

    The account comes to know the browser by it when its address is confirmed there, and not before: else guesses from
    here would tell whether one was made.
    """

    email: str
    device_token: str

    def __repr__(self) -> str:
        return "SignedUp()"


@record
class UpdateProfile:
    """What changes; None leaves it."""

    full_name: str | None = None
    username: str | None = None
    time_zone: str | None = None


@record
class Me:
    """A person as they see themselves.

    `backup_codes_left` is None without a second factor; `pending_documents` names what they have yet to agree to.
    """

    user: User
    backup_codes_left: int | None
    pending_documents: list[str]
    is_staff: bool


@record
class ChangeEmail:
    """What somebody wrote to have another address."""

    email: str
    proof: Proof


@record
class ChangePassword:
    """What somebody wrote to have another password, or their first."""

    proof: Proof
    new_password: str

    def __repr__(self) -> str:
        return "ChangePassword()"


@record
class FinishReset:
    """What somebody shows and wrote to get back in."""

    token: str
    password: str

    def __repr__(self) -> str:
        return "FinishReset()"


@record
class Pass:
    """A gateway pass: good for 60 seconds and once."""

    text: str
    ends_at: datetime

    def __repr__(self) -> str:
        return f"Pass(ends_at={self.ends_at!r})"
