"""Paths of invitations that take a whole person: opening, sending and accepting one."""

from __future__ import annotations

from typing import Final

from chalicelib.adapters.limits import SIGNING_IN, Limit
from chalicelib.edge.api import Allow
from chalicelib.edge.call import Call
from chalicelib.features.identity import use_cases
from chalicelib.features.identity.routes.declared import api
from chalicelib.features.seats.model import NoSeatFree, SeatNotFound, TrialFull
from chalicelib.features.workspaces import schemas as workspaces_schemas
from chalicelib.features.workspaces.model import (
    AlreadyMember,
    EmailUnverified,
    InviteExpired,
    InviteForOtherEmail,
    InviteNotBacked,
    InviteNotFound,
    InviteRevoked,
    InviteUsed,
    RoleOutOfReach,
    StillLeaving,
)
from chalicelib.kernel.emails import EmailInvalid
from chalicelib.kernel.permissions import Action
from chalicelib.table.transaction import ChangedMeanwhile

INVITING: Final = Limit(name="inviting", most=20)
"""Invitations an address may open or send again in a minute: each may send a letter."""


@api.post(
    "/workspaces/{workspace_id}/invites",
    allow=Action.INVITE,
    status=201,
    limit=INVITING,
    once=True,
    raises=(
        EmailUnverified,
        RoleOutOfReach,
        EmailInvalid,
        SeatNotFound,
        NoSeatFree,
        TrialFull,
        ChangedMeanwhile,
    ),
)
def create_invite(call: Call, body: workspaces_schemas.InviteIn) -> workspaces_schemas.OpenedInviteOut:
    """Open an invitation: a link for one person, good for seven days.

    Repeated with the same `Idempotency-Key` it answers with the same invitation under a new link.
    """
    opened = use_cases.create_invite(
        body.to_command(),
        session=call.session,
        tenant=call.tenant,
        installation=call.services.installation,
        mail=call.services.mail,
        once=call.idempotency_key,
    )
    return workspaces_schemas.OpenedInviteOut.of(opened)


@api.post(
    "/workspaces/{workspace_id}/invites/{invite_id}/resend",
    allow=Action.INVITE,
    limit=INVITING,
    raises=(
        EmailUnverified,
        InviteNotFound,
        InviteRevoked,
        InviteUsed,
        RoleOutOfReach,
        SeatNotFound,
        NoSeatFree,
        TrialFull,
        ChangedMeanwhile,
    ),
)
def resend_invite(call: Call, invite_id: str) -> workspaces_schemas.OpenedInviteOut:
    """Give an invitation a new link for another seven days; the letter goes out again, the old link is dead."""
    opened = use_cases.resend_invite(
        invite_id,
        session=call.session,
        tenant=call.tenant,
        installation=call.services.installation,
        mail=call.services.mail,
    )
    return workspaces_schemas.OpenedInviteOut.of(opened)


@api.post(
    "/invites/accept",
    allow=Allow.SIGNED_IN,
    limit=SIGNING_IN,
    raises=(
        AlreadyMember,
        InviteNotFound,
        InviteExpired,
        InviteRevoked,
        InviteUsed,
        InviteNotBacked,
        InviteForOtherEmail,
        EmailUnverified,
        NoSeatFree,
        TrialFull,
        StillLeaving,
        ChangedMeanwhile,
    ),
)
def accept_invite(call: Call, body: workspaces_schemas.InviteTokenIn) -> workspaces_schemas.WorkspaceOut:
    """Join the workspace an invitation's link leads to."""
    workspace = use_cases.accept_invite(
        body.token, session=call.session, caller=call.caller, installation=call.services.installation
    )
    return workspaces_schemas.WorkspaceOut.of(workspace)
