"""What a person does about workspaces, as whom these know them: found, join, hand over, open a socket."""

from typing import Any

from chalicelib import settings
from chalicelib.adapters import passes
from chalicelib.adapters.limits import Limits
from chalicelib.adapters.mail import Mail
from chalicelib.features.identity.model import Pass, Proof
from chalicelib.features.identity.repository import Users
from chalicelib.features.identity.use_cases.accounts import require_confirmed_email
from chalicelib.features.identity.use_cases.proving import reauthenticate
from chalicelib.features.identity.use_cases.signing_up import person_of
from chalicelib.features.second_factor.use_cases import has_second_factor
from chalicelib.features.session_watch import letters as session_letters
from chalicelib.features.workspaces import letters as workspace_letters
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.features.workspaces.model import CreateInvite, OpenedInvite, Person, Workspace
from chalicelib.kernel.errors import MemberNotFound
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.permissions import Action
from chalicelib.settings import SettingMissing
from chalicelib.table import proof
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation, Tenant


def create_workspace(
    name: str, *, session: Session, caller: Caller, installation: Installation, once: str | None
) -> Workspace:
    """Found another workspace, owned by the person of the session. Raises NameInvalid, TooManyWorkspaces."""
    person = _person(session, installation=installation)
    actor = proof.actor_of(session, caller)
    return workspaces.create_workspace(name, founder=person, actor=actor, installation=installation, once=once)


def create_invite(
    command: CreateInvite,
    *,
    session: Session,
    tenant: Tenant,
    installation: Installation,
    mail: Mail,
    once: str | None = None,
) -> OpenedInvite:
    """Open an invitation. Strangers get letters by it, so it takes an address of one's own that one has confirmed.

    Raises:
        EmailUnverified: nothing was written.
        PermissionMissing, RoleOutOfReach, EmailInvalid, ChangedMeanwhile: as workspaces' create_invite.
    """
    require_confirmed_email(session, installation=installation)
    return workspaces.create_invite(command, tenant=tenant, mail=mail, once=once)


def resend_invite(
    invite_id: str, *, session: Session, tenant: Tenant, installation: Installation, mail: Mail
) -> OpenedInvite:
    """Send an invitation once more, as who may open one. Raises EmailUnverified, and as workspaces' resend_invite."""
    require_confirmed_email(session, installation=installation)
    return workspaces.resend_invite(invite_id, tenant=tenant, mail=mail)


def accept_invite(token: str, *, session: Session, caller: Caller, installation: Installation) -> Workspace:
    """Join the workspace an invitation's link leads to. Raises as workspaces.use_cases.accept_invite does."""
    person = _person(session, installation=installation)
    actor = proof.actor_of(session, caller)
    return workspaces.accept_invite(token, person=person, actor=actor, installation=installation)


def transfer_ownership(
    user_id: str,
    shown: Proof,
    *,
    session: Session,
    caller: Caller,
    tenant: Tenant,
    installation: Installation,
    limits: Limits,
) -> Workspace:
    """Make another member Owner in one's own place, and oneself an Admin; gives the workspace as one sees it then.

    Raises:
        PermissionMissing, MemberNotFound: before the proof is looked at.
        ProofWrong, SignInAgain, TooMany: as reauthenticate.
        AlreadyOwner, ChangedMeanwhile: as workspaces' transfer_ownership. Nothing was written, as in all cases.
    """
    tenant.require(Action.TRANSFER_OWNERSHIP)
    if all(member.user_id != user_id for member in workspaces.list_members(tenant=tenant)):
        raise MemberNotFound
    reauthenticate(shown, session=session, installation=installation, limits=limits)
    workspaces.transfer_ownership(user_id, tenant=tenant)
    as_admin = proof.member_handle(session, tenant.workspace_id, caller, now=installation.now)
    return workspaces.get_workspace(tenant=as_admin)


def tell_leaver(
    user_id: UserId, *, workspace_name: str, is_approved: bool, installation: Installation, mail: Mail
) -> None:
    """Write to somebody what became of their request to leave; workspaces know who asked, but not their address.

    Nothing where the account is gone. One read and a letter. Raises Unavailable: it was not sent.
    """
    user = Users(installation).get(user_id)
    if user is not None:
        write = workspace_letters.leaving_approved if is_approved else workspace_letters.leaving_denied
        mail.send(write(to=user.email, full_name=user.full_name, workspace_name=workspace_name))


def tell_of_session(user_id: UserId, *, installation: Installation, mail: Mail, **told: Any) -> None:
    """Write to somebody of a new session at Telegram (`session_watch.letters`); whoever found it knows no address.

    Nothing where the account is gone. One read and a letter. Raises Unavailable: it was not sent.
    """
    user = Users(installation).get(user_id)
    if user is not None:
        mail.send(session_letters.new_session(to=user.email, full_name=user.full_name, **told))


def issue_pass(session: Session, *, tenant: Tenant, installation: Installation) -> Pass:
    """Sign what lets the acting member's browser open a socket at the session worker. Writes nothing: a read unit.

    Raises:
        EmailUnverified: they have not confirmed their address yet; at the worker they could connect accounts and send.
        SettingMissing: this process was not given the signing key.
    """
    member = tenant.require(Action.CONNECT_ACCOUNTS)
    require_confirmed_email(session, installation=installation)
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


def _person(session: Session, *, installation: Installation) -> Person:
    user = Users(installation).require(session.user_id)
    return person_of(user, has_second_factor=has_second_factor(user.id, installation=installation))
