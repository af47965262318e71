"""Paths of a person: the account, sessions, joining and founding workspaces, the way to the gateway."""

from chalicelib.adapters.limits import SIGNING_IN
from chalicelib.edge import cookies
from chalicelib.edge.api import Allow, Api
from chalicelib.edge.call import Call
from chalicelib.features.identity import use_cases
from chalicelib.features.identity.model import (
    EmailAlreadyVerified,
    LinkNotValid,
    PasswordUnfit,
    User,
    UsernameInvalid,
    UsernameTaken,
    WrongCredentials,
)
from chalicelib.features.identity.schemas import (
    EmailOut,
    EmailTokenIn,
    MeOut,
    PassOut,
    ProfileIn,
    SignInIn,
    SignUpIn,
    UserOut,
)
from chalicelib.features.legal.model import TermsNotAccepted
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.features.workspaces.model import (
    AlreadyMember,
    EmailUnverified,
    InviteExpired,
    InviteForOtherEmail,
    InviteNotFound,
    InviteRevoked,
    InviteUsed,
)
from chalicelib.features.workspaces.schemas import InviteTokenIn, WorkspaceNameIn, WorkspaceOut
from chalicelib.kernel.emails import EmailInvalid
from chalicelib.kernel.names import NameInvalid
from chalicelib.kernel.permissions import Action
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)


@api.post(
    "/sign-up",
    allow=Allow.ANYONE,
    body=SignUpIn,
    answer=EmailOut,
    status=202,
    limit=SIGNING_IN,
    raises=(EmailInvalid, NameInvalid, UsernameInvalid, UsernameTaken, PasswordUnfit, TermsNotAccepted),
)
def sign_up(call: Call, body: SignUpIn) -> EmailOut:
    """Ask for an account. A letter with a link goes to the address.

    The answer is the same where the address has an account: its holder then gets a letter that says so.
    """
    email = use_cases.sign_up(
        body.to_command(), caller=call.caller, installation=call.services.installation, mail=call.services.mail
    )
    return EmailOut(email=email)


@api.post(
    "/verify-email",
    allow=Allow.ANYONE,
    body=EmailTokenIn,
    answer=EmailOut,
    limit=SIGNING_IN,
    raises=(LinkNotValid,),
)
def verify_email(call: Call, body: EmailTokenIn) -> EmailOut:
    """Confirm an address with the token of a mailed link. A token works once, within 24 hours."""
    return EmailOut(email=use_cases.verify_email(body.token, installation=call.services.installation))


@api.post(
    "/verification-mails",
    allow=Allow.SIGNED_IN,
    answer=EmailOut,
    status=202,
    limit=SIGNING_IN,
    raises=(EmailAlreadyVerified,),
)
def send_verification_mail(call: Call) -> EmailOut:
    """Have the confirmation link mailed once more."""
    email = use_cases.send_verification(call.session, installation=call.services.installation, mail=call.services.mail)
    return EmailOut(email=email)


@api.post("/sign-in", allow=Allow.ANYONE, body=SignInIn, answer=MeOut, limit=SIGNING_IN, raises=(WrongCredentials,))
def sign_in(call: Call, body: SignInIn) -> MeOut:
    """Open a session; the answer sets its cookie."""
    signed_in = use_cases.sign_in(
        body.to_command(),
        caller=call.caller,
        installation=call.services.installation,
        limits=call.services.limits,
    )
    call.proven_session = signed_in.session
    call.cookies.append(cookies.issue(signed_in.token, signed_in.session.ends_at, call.now()))
    return _me(call, signed_in.user)


@api.post("/sign-out", allow=Allow.SIGNED_IN, answer=None, status=204)
def sign_out(call: Call) -> None:
    """End this session; the answer removes its cookie."""
    use_cases.sign_out(call.session, installation=call.services.installation)
    call.cookies.append(cookies.clear())


@api.get("/me", allow=Allow.SIGNED_IN, answer=MeOut)
def get_me(call: Call) -> MeOut:
    """Read who is signed in, and the workspaces they can switch between."""
    return _me(call, use_cases.get_profile(call.session, installation=call.services.installation))


@api.patch(
    "/me",
    allow=Allow.SIGNED_IN,
    body=ProfileIn,
    answer=UserOut,
    limit=SIGNING_IN,
    raises=(NameInvalid, UsernameInvalid, UsernameTaken, ChangedMeanwhile),
)
def update_me(call: Call, body: ProfileIn) -> UserOut:
    """Change full name or username."""
    user = use_cases.update_profile(
        body.to_command(), session=call.session, caller=call.caller, installation=call.services.installation
    )
    return UserOut.of(user)


@api.post(
    "/workspaces",
    allow=Allow.SIGNED_IN,
    body=WorkspaceNameIn,
    answer=WorkspaceOut,
    status=201,
    once=True,
    raises=(NameInvalid, ChangedMeanwhile),
)
def create_workspace(call: Call, body: WorkspaceNameIn) -> WorkspaceOut:
    """Found a workspace and own it. Repeated with the same `Idempotency-Key` it answers with the same workspace."""
    workspace = use_cases.create_workspace(
        body.name,
        session=call.session,
        caller=call.caller,
        installation=call.services.installation,
        once=call.idempotency_key,
    )
    return WorkspaceOut.of(workspace)


@api.post(
    "/invites/accept",
    allow=Allow.SIGNED_IN,
    body=InviteTokenIn,
    answer=WorkspaceOut,
    limit=SIGNING_IN,
    raises=(
        AlreadyMember,
        InviteNotFound,
        InviteExpired,
        InviteRevoked,
        InviteUsed,
        InviteForOtherEmail,
        EmailUnverified,
        ChangedMeanwhile,
    ),
)
def accept_invite(call: Call, body: InviteTokenIn) -> WorkspaceOut:
    """Join the workspace an invitation's link leads to."""
    workspace = use_cases.accept_invite(
        body.token, session=call.session, caller=call.caller, installation=call.services.installation
    )
    return WorkspaceOut.of(workspace)


@api.post("/workspaces/{workspace_id}/gateway-passes", allow=Action.USE_ACCOUNTS, answer=PassOut, status=201)
def create_gateway_pass(call: Call) -> PassOut:
    """Get what lets a socket in at the gateway: good for 60 seconds and once."""
    return PassOut.of(use_cases.issue_pass(call.session, tenant=call.tenant))


def _me(call: Call, user: User) -> MeOut:
    mine = workspaces.list_workspaces(call.session, caller=call.caller, installation=call.services.installation)
    return MeOut.of(user, mine)
