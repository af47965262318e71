"""People and their accounts on the wire."""

from typing import Annotated, Any

import msgspec

from chalicelib.features.identity.model import (
    MAX_PASSWORD_CHARACTERS,
    ChangeEmail,
    ChangePassword,
    FinishReset,
    Me,
    Pass,
    Proof,
    SignUp,
    UpdateProfile,
)
from chalicelib.features.second_factor.model import MAX_CODE_CHARACTERS
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.features.workspaces.model import Workspace, WorkspaceState
from chalicelib.features.workspaces.schemas import EmailText, NameText
from chalicelib.kernel import clock
from chalicelib.kernel.pages import Page
from chalicelib.kernel.roles import Role
from chalicelib.table.journal import Entry

UsernameText = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
TimeZoneText = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
PasswordText = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_PASSWORD_CHARACTERS)]
CodeText = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_CODE_CHARACTERS)]
"""Six digits of an authenticator app, or a backup code; spaces, hyphens and case don't matter."""
LinkTokenText = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class ProofIn(msgspec.Struct, forbid_unknown_fields=True):
    """That the person at the screen is the one who signed in.

    The password where the account has one, and a code where it has a second factor. Who has neither leaves both out,
    and has to have signed in within the last 15 minutes.
    """

    password: PasswordText | None = None
    code: CodeText | None = None

    def to_proof(self) -> Proof:
        """What is shown."""
        return Proof(password=self.password, code=self.code)


class ProvenIn(msgspec.Struct, forbid_unknown_fields=True):
    """Something that asks for nothing but the proof."""

    proof: ProofIn


class SignUpIn(msgspec.Struct, forbid_unknown_fields=True):
    """What a person writes to get an account. `accept_terms` and `is_16_or_older` must be true."""

    email: EmailText
    full_name: NameText
    username: UsernameText
    password: PasswordText
    accept_terms: bool
    is_16_or_older: bool

    def to_command(self) -> SignUp:
        """The wish."""
        return SignUp(
            email=self.email,
            full_name=self.full_name,
            username=self.username,
            password=self.password,
            accepts_terms=self.accept_terms,
            is_16_or_older=self.is_16_or_older,
        )


class EmailTokenIn(msgspec.Struct, forbid_unknown_fields=True):
    """The part of a confirmation link behind `#`."""

    token: LinkTokenText


class EmailIn(msgspec.Struct, forbid_unknown_fields=True):
    """The address of the account somebody wants back in to."""

    email: EmailText


class ResetIn(msgspec.Struct, forbid_unknown_fields=True):
    """The part of a reset link behind `#`, and the password to have from now on."""

    token: LinkTokenText
    password: PasswordText

    def to_command(self) -> FinishReset:
        """The wish."""
        return FinishReset(token=self.token, password=self.password)


class NewPasswordIn(msgspec.Struct, forbid_unknown_fields=True):
    """The password to have from now on; `proof` has the present one, where there is one."""

    proof: ProofIn
    new_password: PasswordText

    def to_command(self) -> ChangePassword:
        """The wish."""
        return ChangePassword(proof=self.proof.to_proof(), new_password=self.new_password)


class NewEmailIn(msgspec.Struct, forbid_unknown_fields=True):
    """The address to have from now on."""

    email: EmailText
    proof: ProofIn

    def to_command(self) -> ChangeEmail:
        """The wish."""
        return ChangeEmail(email=self.email, proof=self.proof.to_proof())


class ProfileIn(msgspec.Struct, forbid_unknown_fields=True):
    """What changes about a person; what is left out or null stays."""

    full_name: NameText | None = None
    username: UsernameText | None = None
    time_zone: TimeZoneText | None = None

    def to_command(self) -> UpdateProfile:
        """The wish."""
        return UpdateProfile(full_name=self.full_name, username=self.username, time_zone=self.time_zone)


DocumentName = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
DocumentVersion = Annotated[str, msgspec.Meta(min_length=1, max_length=20)]


class AcceptedIn(msgspec.Struct, forbid_unknown_fields=True):
    """Legal documents that were read and are agreed to: names, and the versions that were shown."""

    documents: Annotated[dict[DocumentName, DocumentVersion], msgspec.Meta(min_length=1, max_length=20)]


class LogQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Where a page begins: `next_cursor` of the page before it."""

    cursor: Annotated[str, msgspec.Meta(min_length=1, max_length=200)] | None = None


class EmailOut(msgspec.Struct):
    """The address a letter went to, or that was confirmed."""

    email: str


class UserOut(msgspec.Struct):
    """The signed-in person.

    `backup_codes_left` is null without a second factor; `legal_pending` names documents that have yet to be agreed to;
    `deletes_at` is when an account whose deletion was asked for is erased; `time_zone` is null until somebody said.
    """

    id: str
    email: str
    email_verified: bool
    full_name: str
    username: str
    has_password: bool
    second_factor: bool
    backup_codes_left: int | None
    legal_pending: list[str]
    deletes_at: str | None
    is_staff: bool
    time_zone: str | None

    @classmethod
    def of(cls, me: Me) -> "UserOut":
        """As it travels."""
        user = me.user
        return cls(
            id=user.id,
            email=user.email,
            email_verified=user.is_email_verified,
            full_name=user.full_name,
            username=user.username,
            has_password=user.has_password,
            second_factor=me.backup_codes_left is not None,
            backup_codes_left=me.backup_codes_left,
            legal_pending=me.pending_documents,
            deletes_at=None if user.deletes_at is None else clock.to_wire(user.deletes_at),
            is_staff=me.is_staff,
            time_zone=user.time_zone,
        )


class MyWorkspaceOut(msgspec.Struct):
    """A workspace the person can switch to, and whether they can open it in this session; `role` is theirs."""

    id: str
    name: str
    role: Role
    state: WorkspaceState
    deletes_at: str | None
    logo_url: str | None

    @classmethod
    def of(cls, workspace: Workspace, *, with_second_factor: bool) -> "MyWorkspaceOut":
        """As it travels."""
        return cls(
            id=workspace.id,
            name=workspace.name,
            role=workspace.role,
            state=workspace.state(with_second_factor=with_second_factor),
            deletes_at=None if workspace.deletes_at is None else clock.to_wire(workspace.deletes_at),
            logo_url=workspaces.link_of(workspace),
        )


class MeOut(msgspec.Struct):
    """The signed-in person and the workspaces they belong to, in the order these were made."""

    user: UserOut
    workspaces: list[MyWorkspaceOut]


class LogEntryOut(msgspec.Struct):
    """What happened to the person's way in, when and from where; `kind` is a noun and a past participle."""

    id: str
    at: str
    kind: str
    by: str
    target: str
    old: Any
    new: Any
    address: str
    device: str

    @classmethod
    def of(cls, entry: Entry) -> "LogEntryOut":
        """As it travels."""
        return cls(
            id=entry.id,
            at=clock.to_wire(entry.at),
            kind=entry.event,
            by=entry.actor.kind,
            target=entry.target,
            old=entry.old,
            new=entry.new,
            address=entry.actor.address,
            device=entry.actor.device,
        )


class LogOut(msgspec.Struct):
    """A page of the person's own log, newest first."""

    entries: list[LogEntryOut]
    next_cursor: str | None

    @classmethod
    def of(cls, page: Page[Entry]) -> "LogOut":
        """As it travels."""
        return cls(entries=[LogEntryOut.of(entry) for entry in page.items], next_cursor=page.next_cursor)


class PassOut(msgspec.Struct):
    """What a socket's first frame carries: good for 60 seconds and once."""

    text: str = msgspec.field(name="pass")
    expires_at: str

    @classmethod
    def of(cls, issued: Pass) -> "PassOut":
        """As it travels."""
        return cls(text=issued.text, expires_at=clock.to_wire(issued.ends_at))


class NewOwnerIn(msgspec.Struct, forbid_unknown_fields=True):
    """The member a workspace is handed over to."""

    user_id: str
    proof: ProofIn
