"""Paths of staff, missing to everybody else, and the one by which a person keeps their second factor."""

from __future__ import annotations

from chalicelib.adapters.limits import SIGNING_IN
from chalicelib.edge.api import Allow, Api
from chalicelib.edge.call import Call
from chalicelib.features.identity.model import LinkNotValid
from chalicelib.features.staff import schemas
from chalicelib.features.staff.model import (
    NoSecondFactorToReset,
    PersonNotFound,
    ResetNotFound,
    ResetUnderWay,
    StaffSecondFactorRequired,
)
from chalicelib.features.staff.use_cases import grants, resets
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.names import NameInvalid
from chalicelib.table.grants import GrantNotFound
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)
STAFF_ONLY = (NotFound, StaffSecondFactorRequired)


@api.post(
    "/staff/grants",
    allow=Allow.SIGNED_IN,
    status=201,
    limit=SIGNING_IN,
    raises=(*STAFF_ONLY, NameInvalid, ChangedMeanwhile),
)
def open_staff_grant(call: Call, body: schemas.GrantIn) -> schemas.GrantOut:
    """Let oneself look at one workspace's health for eight hours. It stands in the workspace's activity log, with why.

    For staff of the installation, in a session that showed a second factor; missing to others.
    """
    grant = grants.open_grant(body.to_command(), session=call.session, installation=call.services.installation)
    return schemas.GrantOut.of(grant)


@api.post(
    "/staff/workspaces/{workspace_id}/health",
    allow=Allow.SIGNED_IN,
    raises=(*STAFF_ONLY, GrantNotFound, ChangedMeanwhile),
)
def look_at_health(call: Call, workspace_id: str) -> schemas.WorkspaceHealthOut:
    """Read how a workspace is doing: counts, states and times, under a grant. Each look stands in its activity log."""
    health = grants.look_at_health(workspace_id, session=call.session, installation=call.services.installation)
    return schemas.WorkspaceHealthOut.of(health)


@api.post(
    "/staff/second-factor-resets",
    allow=Allow.SIGNED_IN,
    status=202,
    limit=SIGNING_IN,
    raises=(*STAFF_ONLY, NameInvalid, PersonNotFound, NoSecondFactorToReset, ResetUnderWay, ChangedMeanwhile),
)
def start_second_factor_reset(call: Call, body: schemas.SecondFactorResetIn) -> schemas.SecondFactorResetOut:
    """Begin to remove a second factor that somebody lost. It takes 72 hours and three letters to them.

    Signing in with it, or the link in a letter, calls it off.
    """
    started = resets.start_reset(body.to_command(), session=call.session, installation=call.services.installation)
    return schemas.SecondFactorResetOut.of(started)


@api.delete(
    "/staff/second-factor-resets/{user_id}",
    allow=Allow.SIGNED_IN,
    status=204,
    raises=(*STAFF_ONLY, ResetNotFound, ChangedMeanwhile),
)
def undo_second_factor_reset(call: Call, user_id: str) -> None:
    """Call a reset off as staff."""
    resets.undo_reset(user_id, session=call.session, installation=call.services.installation)


@api.post(
    "/second-factor-resets/cancel",
    allow=Allow.ANYONE,
    status=204,
    limit=SIGNING_IN,
    raises=(LinkNotValid, ChangedMeanwhile),
)
def keep_second_factor(call: Call, body: schemas.LinkTokenIn) -> None:
    """Keep one's second factor, with the token of a letter's link."""
    resets.keep_second_factor(body.token, caller=call.caller, installation=call.services.installation)
