"""Paths of where one is signed in."""

from __future__ import annotations

from chalicelib.adapters.limits import SIGNING_IN
from chalicelib.edge.api import Allow
from chalicelib.edge.call import Call
from chalicelib.features.identity import schemas as identity_schemas
from chalicelib.features.identity.model import ProofWrong, SignInAgain
from chalicelib.features.sessions import use_cases as sessions
from chalicelib.features.sessions.model import SessionNotFound
from chalicelib.features.sign_in import schemas, use_cases
from chalicelib.features.sign_in.routes.declared import api


@api.get("/me/sessions", allow=Allow.SIGNED_IN)
def list_sessions(call: Call) -> schemas.SessionsOut:
    """List where one is signed in, newest first."""
    kept = sessions.list_sessions(call.session, installation=call.services.installation)
    return schemas.SessionsOut(sessions=[schemas.SessionOut.of(each, call.session.id) for each in kept])


@api.post("/me/sessions/end", allow=Allow.SIGNED_IN, status=204, limit=SIGNING_IN, raises=(ProofWrong, SignInAgain))
def end_other_sessions(call: Call, body: identity_schemas.ProvenIn) -> None:
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
    status=204,
    limit=SIGNING_IN,
    raises=(SessionNotFound, ProofWrong, SignInAgain),
)
def end_session(call: Call, body: identity_schemas.ProvenIn, session_id: str) -> None:
    """Sign out one of one's sessions. Its open sockets close within seconds."""
    use_cases.end_one(
        session_id,
        body.proof.to_proof(),
        session=call.session,
        caller=call.caller,
        installation=call.services.installation,
        limits=call.services.limits,
    )
