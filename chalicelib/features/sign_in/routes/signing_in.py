"""Paths of getting in and out."""

from __future__ import annotations

from chalicelib.adapters.limits import SIGNING_IN
from chalicelib.edge import cookies
from chalicelib.edge.api import Allow
from chalicelib.edge.call import Call
from chalicelib.features.identity.routes import browsers
from chalicelib.features.second_factor.model import CodeWrong
from chalicelib.features.sign_in import schemas, use_cases
from chalicelib.features.sign_in.model import AccountClosing, ChallengeOver, WrongCredentials
from chalicelib.features.sign_in.routes import entering
from chalicelib.features.sign_in.routes.declared import api
from chalicelib.table.transaction import ChangedMeanwhile


@api.post("/sign-in", allow=Allow.ANYONE, limit=SIGNING_IN, raises=(WrongCredentials, AccountClosing, ChangedMeanwhile))
def sign_in(call: Call, body: schemas.SignInIn) -> schemas.SignInOut:
    """Open a session, whose cookie the answer sets; or, where there is a second factor, be asked for it first."""
    entered = use_cases.sign_in(
        body.to_command(),
        visit=browsers.visit_of(call),
        installation=call.services.installation,
        limits=call.services.limits,
    )
    return entering.let_in(call, entered)


@api.post(
    "/sign-in/second-factor",
    allow=Allow.ANYONE,
    limit=SIGNING_IN,
    raises=(CodeWrong, ChallengeOver, ChangedMeanwhile),
)
def finish_sign_in(call: Call, body: schemas.CodeIn) -> schemas.SignInOut:
    """Show the second factor, or a backup code, to the sign-in this browser began within the last ten minutes."""
    signed_in = use_cases.finish_sign_in(
        body.code,
        challenge_token=call.cookie(entering.CHALLENGE),
        visit=browsers.visit_of(call),
        installation=call.services.installation,
        limits=call.services.limits,
    )
    return entering.let_in(call, signed_in)


@api.post("/sign-out", allow=Allow.SIGNED_IN, status=204)
def sign_out(call: Call) -> None:
    """End this session; the answer removes its cookie."""
    use_cases.sign_out(call.session, call.caller, installation=call.services.installation)
    call.cookies.append(cookies.clear())
