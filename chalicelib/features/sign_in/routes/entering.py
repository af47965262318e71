"""How every way in ends at the edge: the cookies a sign-in leaves, and the answer that says how it goes on."""

from __future__ import annotations

from typing import Final

from chalicelib.edge import cookies
from chalicelib.edge.call import Call
from chalicelib.features.identity.routes import browsers
from chalicelib.features.sign_in import schemas, use_cases
from chalicelib.features.sign_in.model import Challenged

CHALLENGE: Final = "challenge"


def let_in(call: Call, entered: use_cases.SignedIn | Challenged) -> schemas.SignInOut:
    """Set the cookies of what a sign-in came to, and say how it goes on."""
    if isinstance(entered, Challenged):
        call.cookies.append(cookies.issue(entered.token, entered.ends_at, call.now(), CHALLENGE))
        return schemas.SignInOut(next="second-factor", me=None)
    call.proven_session = entered.session
    call.cookies.append(cookies.issue(entered.token, entered.session.ends_at, call.now()))
    if call.cookie(CHALLENGE):
        call.cookies.append(cookies.clear(CHALLENGE))
    browsers.know(call, entered.device_token)
    return schemas.SignInOut(next="done", me=browsers.me_of(call))
