"""What every way in has in common at the edge: what the browser brings, and the cookies it leaves with."""

from typing import Final

from chalicelib.edge import cookies
from chalicelib.edge.call import Call
from chalicelib.features.identity import use_cases
from chalicelib.features.identity.schemas import MeOut, MyWorkspaceOut, SignInOut, UserOut
from chalicelib.features.identity.use_cases import DEVICE_KNOWN, Challenged, SignedIn, Visit
from chalicelib.features.workspaces import use_cases as workspaces

CHALLENGE: Final = "challenge"
DEVICE: Final = "device"


def visit_of(call: Call) -> Visit:
    """What the browser that calls brings."""
    return Visit(caller=call.caller, session_token=call.token or "", device_token=call.cookie(DEVICE))


def let_in(call: Call, entered: SignedIn | Challenged) -> SignInOut:
    """Set the cookies of what a sign-in came to, and say how it goes on."""
    if isinstance(entered, Challenged):
        call.cookies.append(cookies.issue(entered.token, entered.ends_at, call.now(), CHALLENGE))
        return SignInOut(next="second-factor", me=None)
    call.proven_session = entered.session
    call.cookies.append(cookies.issue(entered.token, entered.session.ends_at, call.now()))
    if call.cookie(CHALLENGE):
        call.cookies.append(cookies.clear(CHALLENGE))
    know(call, entered.device_token)
    return SignInOut(next="done", me=me_of(call))


def know(call: Call, device_token: str) -> None:
    """Have the browser keep what it is known by."""
    call.cookies.append(cookies.issue(device_token, call.now() + DEVICE_KNOWN, call.now(), DEVICE))


def me_of(call: Call) -> MeOut:
    """The signed-in person with their workspaces."""
    me = use_cases.get_me(call.session, installation=call.services.installation)
    mine = workspaces.list_workspaces(call.session, caller=call.caller, installation=call.services.installation)
    has_shown = call.session.second_factor_at is not None
    return MeOut(
        user=UserOut.of(me), workspaces=[MyWorkspaceOut.of(each, with_second_factor=has_shown) for each in mine]
    )
