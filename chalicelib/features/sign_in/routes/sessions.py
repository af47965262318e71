"""Paths of where one is signed in."""

from chalicelib.adapters.limits import SIGNING_IN
from chalicelib.edge.api import Allow
from chalicelib.edge.call import Call
from chalicelib.features.identity.model import ProofWrong, SignInAgain
from chalicelib.features.identity.schemas import ProvenIn
from chalicelib.features.sessions import use_cases as sessions
from chalicelib.features.sessions.model import SessionNotFound
from chalicelib.features.sign_in import use_cases
from chalicelib.features.sign_in.routes.declared import api
from chalicelib.features.sign_in.schemas import SessionOut, SessionsOut


@api.get("/me/sessions", allow=Allow.SIGNED_IN, answer=SessionsOut)
def list_sessions(call: Call) -> SessionsOut:
    """List where one is signed in, newest first."""
    kept = sessions.list_sessions(call.session, installation=call.services.installation)
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
