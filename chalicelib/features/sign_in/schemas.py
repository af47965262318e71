"""Sign-ins, sessions and second factors on the wire."""

from typing import Literal

import msgspec

from chalicelib.features.identity.schemas import CodeText, MeOut, PasswordText
from chalicelib.features.second_factor.model import Setup
from chalicelib.features.sessions.model import KeptSession
from chalicelib.features.sign_in.model import SignIn
from chalicelib.features.workspaces.schemas import EmailText
from chalicelib.kernel import clock
from chalicelib.kernel.ids import SessionId


class SignInIn(msgspec.Struct, forbid_unknown_fields=True):
    """What a person writes to get in."""

    email: EmailText
    password: PasswordText

    def to_command(self) -> SignIn:
        """The wish."""
        return SignIn(email=self.email, password=self.password)


class CodeIn(msgspec.Struct, forbid_unknown_fields=True):
    """A code of the second factor, or a backup code."""

    code: CodeText


class SignInOut(msgspec.Struct):
    """How a sign-in goes on: it is done, and `me` is there; or a second factor is asked for."""

    next: Literal["done", "second-factor"]
    me: MeOut | None


class SessionOut(msgspec.Struct):
    """A session. `second_factor` says whether it showed one, `current` whether it is the caller's own."""

    id: str
    address: str
    device: str
    created_at: str
    seen_at: str
    current: bool
    second_factor: bool

    @classmethod
    def of(cls, kept: KeptSession, current: SessionId) -> "SessionOut":
        """As it travels."""
        return cls(
            id=kept.handle,
            address=kept.address,
            device=kept.device,
            created_at=clock.to_wire(kept.created_at),
            seen_at=clock.to_wire(kept.seen_at),
            current=kept.id == current,
            second_factor=kept.second_factor_at is not None,
        )


class SessionsOut(msgspec.Struct):
    """The person's sessions, newest first."""

    sessions: list[SessionOut]


class SetupOut(msgspec.Struct):
    """What an authenticator app needs: the secret to type, and the `otpauth:` address to show as a picture."""

    secret: str
    uri: str

    @classmethod
    def of(cls, setup: Setup) -> "SetupOut":
        """As it travels."""
        return cls(secret=setup.secret, uri=setup.uri)


class BackupCodesOut(msgspec.Struct):
    """Ten backup codes. They are shown this once."""

    backup_codes: list[str]
