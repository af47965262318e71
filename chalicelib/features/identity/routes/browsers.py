"""What every route that lets somebody in has in common: what the browser brings, and what it is known by."""

from __future__ import annotations

from typing import Final

from chalicelib.edge import cookies
from chalicelib.edge.call import Call
from chalicelib.features.identity import schemas, use_cases
from chalicelib.features.sessions import use_cases as sessions
from chalicelib.features.sessions.model import DEVICE_KNOWN
from chalicelib.features.workspaces import use_cases as workspaces

DEVICE: Final = "device"


def visit_of(call: Call) -> sessions.Visit:
    """What the browser that calls brings."""
    return sessions.Visit(caller=call.caller, session_token=call.token or "", device_token=call.cookie(DEVICE))


def know(call: Call, device_token: str) -> None:
    """Have the browser keep what it is known by."""
    call.cookies.append(cookies.issue(device_token, call.now() + DEVICE_KNOWN, call.now(), DEVICE))


def me_of(call: Call) -> schemas.MeOut:
    """The signed-in person with their workspaces."""
    me = use_cases.get_me(call.session, installation=call.services.installation)
    mine = workspaces.list_workspaces(call.session, caller=call.caller, installation=call.services.installation)
    has_shown = call.session.second_factor_at is not None
    return schemas.MeOut(
        user=schemas.UserOut.of(me),
        workspaces=[schemas.MyWorkspaceOut.of(each, with_second_factor=has_shown) for each in mine],
    )
