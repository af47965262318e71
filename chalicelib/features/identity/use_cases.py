"""What people do before they act within a workspace: sign up, prove their address, sign in and out, name themselves."""

from dataclasses import replace
from datetime import datetime

from chalicelib import settings
from chalicelib.adapters import passes, passwords
from chalicelib.adapters.limits import Limit, Limits
from chalicelib.adapters.mail import Mail
from chalicelib.features.identity import letters, model
from chalicelib.features.identity.model import (
    Applicant,
    EmailAlreadyVerified,
    EmailTaken,
    User,
    WrongCredentials,
)
from chalicelib.features.identity.repository import MailedTokens, Sessions, Users
from chalicelib.features.legal import use_cases as legal
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.features.workspaces.model import Person, Workspace
from chalicelib.kernel import emails, ids
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.errors import TooMany
from chalicelib.kernel.ids import UserId, WorkspaceId
from chalicelib.kernel.permissions import Action
from chalicelib.kernel.records import record
from chalicelib.settings import SettingMissing
from chalicelib.table import keys, proof
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation, Tenant, founding

ONE_ACCOUNT = Limit(name="one-account", most=10)
"""Sign-ins a minute at one account from places it does not know; a known address and device is never held up."""


@record
class SignUp:
    """What somebody wrote to get an account."""

    email: str
    full_name: str
    username: str
    password: str
    accepts_terms: bool


@record
class SignIn:
    """What somebody wrote to get in."""

    email: str
    password: str


@record
class UpdateProfile:
    """What changes; None leaves it."""

    full_name: str | None = None
    username: str | None = None


@record
class SignedIn:
    """A fresh session. `token` goes into the cookie and nowhere else."""

    token: str
    session: Session
    user: User


@record
class Pass:
    """A gateway pass: good for 60 seconds and once."""

    text: str
    ends_at: datetime


def sign_up(command: SignUp, *, caller: Caller, installation: Installation, mail: Mail) -> str:
    """Make an account, its own workspace included, and mail a link that proves the address; returns the address.

    Where the address has an account, nothing is made and its holder gets a letter that says so; the caller can't tell
    the two apart: same answer, a hash, a write and a letter each. Cost: 9 rows in one transaction, 22 write units.

    Raises:
        EmailInvalid, NameInvalid, UsernameInvalid, PasswordUnfit, TermsNotAccepted: nothing was written.
        UsernameTaken: by the holder of another address; nothing was written.
    """
    applicant = model.applicant(
        email=command.email,
        full_name=command.full_name,
        username=command.username,
        password=command.password,
        accepts_terms=command.accepts_terms,
    )
    password_hash = passwords.hashed(applicant.password)
    users = Users(installation)
    holder = users.by_email(applicant.email)
    users.require_free(applicant.username, None if holder is None else holder.id)
    if holder is None:
        try:
            user, token = _make_account(applicant, password_hash, caller=caller, installation=installation)
        except EmailTaken:
            # Somebody signed up with the address at the same moment.
            holder = users.by_email(applicant.email)
        else:
            _mail_link(user, token, mail)
    if holder is not None:
        _tell_holder(holder, applicant, installation=installation, mail=mail)
    return applicant.email


def verify_email(token: str, *, installation: Installation) -> str:
    """Note that a person has shown their address to be theirs; returns the address.

    Raises:
        LinkNotValid: the token is unknown, older than 24 hours, used, or for an address they no longer use.
    """
    shown = MailedTokens(installation).require(token)
    with installation.transaction(keys.user(shown.user_id)) as change:
        Users(installation).verify_email(change, shown.user_id, shown.email, installation.now())
        MailedTokens(installation).use_up(change, shown)
    return shown.email


def send_verification(session: Session, *, installation: Installation, mail: Mail) -> str:
    """Mail a link that proves the address once more; earlier ones stay good for their 24 hours.

    Raises:
        EmailAlreadyVerified: nothing was sent.
    """
    user = Users(installation).require(session.user_id)
    if user.is_email_verified:
        raise EmailAlreadyVerified
    _mail_link(user, _new_token(user, installation), mail)
    return user.email


def sign_in(command: SignIn, *, caller: Caller, installation: Installation, limits: Limits) -> SignedIn:
    """Open a session. Takes as long for an address without an account as for a wrong password.

    Raises:
        WrongCredentials: one of the two is wrong; which is not said.
        TooMany: too many tries at this account from places it does not know.
    """
    email = emails.folded(command.email)
    user = Users(installation).by_email(email)
    _slow_down(email, user, caller=caller, installation=installation, limits=limits)
    if not passwords.matches(None if user is None else user.password_hash, command.password) or user is None:
        raise WrongCredentials
    token, session = Sessions(installation).open(user, caller)
    return SignedIn(token=token, session=session, user=user)


def sign_out(session: Session, *, installation: Installation) -> None:
    """End this session."""
    Sessions(installation).close(session)


def get_profile(session: Session, *, installation: Installation) -> User:
    """The person of a session."""
    return Users(installation).require(session.user_id)


def list_people(shard: int, *, after: str, limit: int, installation: Installation) -> list[User]:
    """Everybody who has an account, a page of a shard at a time, by id; a person's row may be a moment old."""
    return Users(installation).listed(shard, after=after, limit=limit)


def find_person(email: str, *, installation: Installation) -> User | None:
    """Who has an account under an address, however it is spelled: two read units."""
    return Users(installation).by_email(emails.folded(email))


def get_person(user_id: UserId, *, installation: Installation) -> User | None:
    """One person, unless their account is gone: one read unit."""
    return Users(installation).get(user_id)


def update_profile(command: UpdateProfile, *, session: Session, caller: Caller, installation: Installation) -> User:
    """Change what a person is called, here and in each of their workspaces.

    The account changes in one transaction; the workspaces' copies follow, each with its journal entry. A repetition
    finishes what was cut short.

    Raises:
        NameInvalid, UsernameInvalid, UsernameTaken, ChangedMeanwhile: nothing was written.
    """
    users = Users(installation)
    before = users.require(session.user_id)
    after = replace(
        before,
        full_name=before.full_name if command.full_name is None else model.parse_full_name(command.full_name),
        username=before.username if command.username is None else model.parse_username(command.username),
    )
    if after != before:
        with installation.transaction(keys.user(before.id)) as change:
            users.rename(change, before, after)
    Sessions(installation).rename(after.id, after.full_name)
    for tenant in workspaces.handles_of(session, caller=caller, installation=installation):
        workspaces.rename_member(after.id, after.full_name, after.username, tenant=tenant)
    return after


def create_workspace(
    name: str, *, session: Session, caller: Caller, installation: Installation, once: str | None
) -> Workspace:
    """Found another workspace, owned by the person of the session. Raises NameInvalid."""
    person = _person(Users(installation).require(session.user_id))
    actor = proof.actor_of(session, caller)
    return workspaces.create_workspace(name, founder=person, actor=actor, installation=installation, once=once)


def accept_invite(token: str, *, session: Session, caller: Caller, installation: Installation) -> Workspace:
    """Join the workspace an invitation's link leads to. Raises as workspaces.use_cases.accept_invite does."""
    person = _person(Users(installation).require(session.user_id))
    actor = proof.actor_of(session, caller)
    return workspaces.accept_invite(token, person=person, actor=actor, installation=installation)


def issue_pass(session: Session, *, tenant: Tenant) -> Pass:
    """Sign what lets the acting member's browser open a socket at the session worker. Writes nothing.

    Raises:
        SettingMissing: this process was not given the signing key.
    """
    member = tenant.require(Action.USE_ACCOUNTS)
    private_key = settings.current().pass_private_key
    if private_key is None:
        raise SettingMissing("WIREROOM_PASS_PRIVATE_KEY is not set; README.md lists every setting")
    text, ends_at = passes.issue(
        private_key,
        session_id=session.id,
        user_id=member.user_id,
        full_name=tenant.actor.name,
        workspace_id=tenant.workspace_id,
        version=member.version,
        at=tenant.now(),
    )
    return Pass(text=text, ends_at=ends_at)


def _make_account(
    applicant: Applicant, password_hash: str, *, caller: Caller, installation: Installation
) -> tuple[User, str]:
    now = installation.now()
    user = User(
        id=UserId(ids.mint()),
        email=applicant.email,
        email_verified_at=None,
        full_name=applicant.full_name,
        username=applicant.username,
        password_hash=password_hash,
        terms_accepted_at=now,
        accepted=legal.current().versions(),
        created_at=now,
    )
    actor = Actor(kind=ActorKind.USER, id=user.id, name=user.full_name, address=caller.address, device=caller.device)
    tenant = founding(WorkspaceId(ids.mint()), actor, now=installation.now)
    with tenant.transaction() as change:
        Users(installation).add(change, user)
        token = MailedTokens(installation).add(change, user)
        workspaces.lay_out(change, tenant, model.own_workspace_name(user.full_name), _person(user))
    return user, token


def _tell_holder(holder: User, applicant: Applicant, *, installation: Installation, mail: Mail) -> None:
    """Write to somebody who has an account; who never confirmed the address gets another link to do so."""
    Users(installation).reserve_username(applicant.username, holder.id)
    if holder.is_email_verified:
        link = f"{settings.current().public_origin}/sign-in"
        mail.send(letters.account_exists(to=holder.email, full_name=holder.full_name, link=link))
    else:
        _mail_link(holder, _new_token(holder, installation), mail)


def _slow_down(email: str, user: User | None, *, caller: Caller, installation: Installation, limits: Limits) -> None:
    try:
        limits.take(ONE_ACCOUNT, email)
    except TooMany:
        if not Sessions(installation).knows(None if user is None else user.id, caller):
            raise


def _new_token(user: User, installation: Installation) -> str:
    with installation.transaction(keys.user(user.id)) as change:
        return MailedTokens(installation).add(change, user)


def _mail_link(user: User, token: str, mail: Mail) -> None:
    link = f"{settings.current().public_origin}/confirm#{token}"
    mail.send(letters.confirm_address(to=user.email, full_name=user.full_name, link=link))


def _person(user: User) -> Person:
    return Person(
        user_id=user.id,
        full_name=user.full_name,
        username=user.username,
        email=user.email,
        is_email_verified=user.is_email_verified,
    )
