"""Paths where a person meets workspaces: founding and handing one over, the way to the gateway."""

from __future__ import annotations

from chalicelib.adapters.limits import SIGNING_IN
from chalicelib.edge.api import Allow
from chalicelib.edge.call import Call
from chalicelib.features.identity import schemas, use_cases
from chalicelib.features.identity.model import ProofWrong, SignInAgain
from chalicelib.features.identity.routes.declared import api
from chalicelib.features.workspaces import schemas as workspaces_schemas
from chalicelib.features.workspaces.model import AlreadyOwner, EmailUnverified, TooManyWorkspaces
from chalicelib.kernel.errors import MemberNotFound
from chalicelib.kernel.names import NameInvalid
from chalicelib.kernel.permissions import Action
from chalicelib.table.transaction import ChangedMeanwhile


@api.post(
    "/workspaces",
    allow=Allow.SIGNED_IN,
    status=201,
    once=True,
    raises=(NameInvalid, TooManyWorkspaces, ChangedMeanwhile),
)
def create_workspace(call: Call, body: workspaces_schemas.WorkspaceNameIn) -> workspaces_schemas.WorkspaceOut:
    """Found a workspace and own it. Repeated with the same `Idempotency-Key` it answers with the same workspace."""
    workspace = use_cases.create_workspace(
        body.name,
        session=call.session,
        caller=call.caller,
        installation=call.services.installation,
        once=call.idempotency_key,
    )
    return workspaces_schemas.WorkspaceOut.of(workspace)


@api.post(
    "/workspaces/{workspace_id}/ownership",
    allow=Action.TRANSFER_OWNERSHIP,
    limit=SIGNING_IN,
    raises=(MemberNotFound, AlreadyOwner, ProofWrong, SignInAgain, ChangedMeanwhile),
)
def transfer_ownership(call: Call, body: schemas.NewOwnerIn) -> workspaces_schemas.WorkspaceOut:
    """Make another member Owner in one's own place, and oneself an Admin."""
    workspace = use_cases.transfer_ownership(
        body.user_id,
        body.proof.to_proof(),
        session=call.session,
        caller=call.caller,
        tenant=call.tenant,
        installation=call.services.installation,
        limits=call.services.limits,
    )
    return workspaces_schemas.WorkspaceOut.of(workspace)


@api.post(
    "/workspaces/{workspace_id}/gateway-passes",
    allow=Action.CONNECT_ACCOUNTS,
    status=201,
    raises=(EmailUnverified,),
)
def create_gateway_pass(call: Call) -> schemas.PassOut:
    """Get what lets a socket in at the gateway, where accounts are connected: good for 60 seconds and once."""
    issued = use_cases.issue_pass(call.session, tenant=call.tenant, installation=call.services.installation)
    return schemas.PassOut.of(issued)
