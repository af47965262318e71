"""People and sessions on the wire."""

from typing import Annotated

import msgspec

from chalicelib.features.identity.model import MAX_PASSWORD_CHARACTERS, User
from chalicelib.features.identity.use_cases import Pass, SignIn, SignUp, UpdateProfile
from chalicelib.features.workspaces.model import Workspace
from chalicelib.features.workspaces.schemas import EmailText, NameText, TokenText
from chalicelib.kernel import clock
from chalicelib.kernel.roles import Role

UsernameText = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
PasswordText = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_PASSWORD_CHARACTERS)]


class SignUpIn(msgspec.Struct, forbid_unknown_fields=True):
    """What a person writes to get an account. `accept_terms` must be true."""

    email: EmailText
    full_name: NameText
    username: UsernameText
    password: PasswordText
    accept_terms: bool

    def to_command(self) -> SignUp:
        """The wish."""
        return SignUp(
            email=self.email,
            full_name=self.full_name,
            username=self.username,
            password=self.password,
            accepts_terms=self.accept_terms,
        )


class SignInIn(msgspec.Struct, forbid_unknown_fields=True):
    """What a person writes to get in."""

    email: EmailText
    password: PasswordText

    def to_command(self) -> SignIn:
        """The wish."""
        return SignIn(email=self.email, password=self.password)


class EmailTokenIn(msgspec.Struct, forbid_unknown_fields=True):
    """The part of a confirmation link behind `#`."""

    token: TokenText


class ProfileIn(msgspec.Struct, forbid_unknown_fields=True):
    """What changes about a person; what is left out or null stays."""

    full_name: NameText | None = None
    username: UsernameText | None = None

    def to_command(self) -> UpdateProfile:
        """The wish."""
        return UpdateProfile(full_name=self.full_name, username=self.username)


class EmailOut(msgspec.Struct):
    """The address a letter went to, or that was confirmed."""

    email: str


class UserOut(msgspec.Struct):
    """The signed-in person."""

    id: str
    email: str
    email_verified: bool
    full_name: str
    username: str

    @classmethod
    def of(cls, user: User) -> "UserOut":
        """As it travels."""
        return cls(
            id=user.id,
            email=user.email,
            email_verified=user.is_email_verified,
            full_name=user.full_name,
            username=user.username,
        )


class MyWorkspaceOut(msgspec.Struct):
    """A workspace the person can switch to; `role` is theirs."""

    id: str
    name: str
    role: Role


class MeOut(msgspec.Struct):
    """The signed-in person and the workspaces they belong to, in the order these were made."""

    user: UserOut
    workspaces: list[MyWorkspaceOut]

    @classmethod
    def of(cls, user: User, workspaces: list[Workspace]) -> "MeOut":
        """As it travels."""
        return cls(
            user=UserOut.of(user),
            workspaces=[MyWorkspaceOut(id=each.id, name=each.name, role=each.role) for each in workspaces],
        )


class PassOut(msgspec.Struct):
    """What a socket's first frame carries: good for 60 seconds and once."""

    text: str = msgspec.field(name="pass")
    expires_at: str

    @classmethod
    def of(cls, issued: Pass) -> "PassOut":
        """As it travels."""
        return cls(text=issued.text, expires_at=clock.to_wire(issued.ends_at))
