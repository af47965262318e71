"""Paths of one's own account: who one is, one's sessions and one's own log."""

from chalicelib.adapters.limits import SIGNING_IN
from chalicelib.edge.api import Allow
from chalicelib.edge.call import Call
from chalicelib.features.identity import use_cases
from chalicelib.features.identity.model import (
    EmailAlreadyVerified,
    ProofWrong,
    SessionNotFound,
    SignInAgain,
    UsernameInvalid,
    UsernameTaken,
)
from chalicelib.features.identity.routes import entering
from chalicelib.features.identity.routes.declared import api
from chalicelib.features.identity.schemas import (
    AcceptedIn,
    EmailOut,
    LogOut,
    LogQuery,
    MeOut,
    ProfileIn,
    ProvenIn,
    SessionOut,
    SessionsOut,
    UserOut,
)
from chalicelib.features.legal.model import DocumentsChanged
from chalicelib.kernel.names import NameInvalid
from chalicelib.table.cursors import CursorInvalid
from chalicelib.table.transaction import ChangedMeanwhile


@api.get("/me", allow=Allow.SIGNED_IN, answer=MeOut)
def get_me(call: Call) -> MeOut:
    """Read who is signed in, and the workspaces they can switch between."""
    return entering.me_of(call)


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
    me = use_cases.update_profile(
        body.to_command(), session=call.session, caller=call.caller, installation=call.services.installation
    )
    return UserOut.of(me)


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
    email = use_cases.send_verification(
        call.session,
        installation=call.services.installation,
        limits=call.services.limits,
        mail=call.services.mail,
    )
    return EmailOut(email=email)


@api.post(
    "/me/legal",
    allow=Allow.SIGNED_IN,
    body=AcceptedIn,
    answer=None,
    status=204,
    raises=(DocumentsChanged, ChangedMeanwhile),
)
def accept_documents(call: Call, body: AcceptedIn) -> None:
    """Agree to the versions of legal documents that were shown."""
    use_cases.accept_documents(
        body.documents, session=call.session, caller=call.caller, installation=call.services.installation
    )


@api.get("/me/log", allow=Allow.SIGNED_IN, query=LogQuery, answer=LogOut, raises=(CursorInvalid,))
def read_own_log(call: Call, query: LogQuery) -> LogOut:
    """Read one's own log, newest first, 50 entries a page: sign-ins, refused ones too, and changes of how one does."""
    page = use_cases.read_log(call.session, cursor=query.cursor, installation=call.services.installation)
    return LogOut.of(page)


@api.get("/me/sessions", allow=Allow.SIGNED_IN, answer=SessionsOut)
def list_sessions(call: Call) -> SessionsOut:
    """List where one is signed in, newest first."""
    kept = use_cases.list_sessions(call.session, installation=call.services.installation)
    return SessionsOut(sessions=[SessionOut.of(each, call.session.id) for each in kept])


@api.post(
    "/me/sessions/end",
    allow=Allow.SIGNED_IN,
    body=ProvenIn,
    answer=None,
    status=204,
    limit=SIGNING_IN,
    raises=(ProofWrong, SignInAgain),
)
def end_other_sessions(call: Call, body: ProvenIn) -> None:
    """Sign out everywhere but here. Open sockets close within seconds."""
    use_cases.end_others(
        body.proof.to_proof(),
        session=call.session,
        caller=call.caller,
        installation=call.services.installation,
        limits=call.services.limits,
    )


@api.post(
    "/me/sessions/{session_id}/end",
    allow=Allow.SIGNED_IN,
    body=ProvenIn,
    answer=None,
    status=204,
    limit=SIGNING_IN,
    raises=(SessionNotFound, ProofWrong, SignInAgain),
)
def end_session(call: Call, body: ProvenIn, session_id: str) -> None:
    """Sign out one of one's sessions. Its open sockets close within seconds."""
    use_cases.end_one(
        session_id,
        body.proof.to_proof(),
        session=call.session,
        caller=call.caller,
        installation=call.services.installation,
        limits=call.services.limits,
    )
