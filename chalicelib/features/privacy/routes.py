"""Paths of deletion: a workspace's, one's own, the way back, and the button that ends everything of one's own."""

from __future__ import annotations

from chalicelib.adapters.limits import SIGNING_IN
from chalicelib.edge import cookies
from chalicelib.edge.api import Allow, Api
from chalicelib.edge.call import Call
from chalicelib.features.identity import schemas as identity_schemas
from chalicelib.features.identity.model import LinkNotValid, ProofWrong, SignInAgain
from chalicelib.features.privacy import schemas
from chalicelib.features.privacy.model import (
    DeletePerson,
    DeleteWorkspace,
    DeletionNotFound,
    ErasingBegun,
    NameNotTyped,
    OnlyOwnerOfOthers,
)
from chalicelib.features.privacy.use_cases import hard_reset, person_deletion, workspace_deletion
from chalicelib.kernel.permissions import Action
from chalicelib.table.transaction import ChangedMeanwhile

api = Api(__name__)


@api.post(
    "/workspaces/{workspace_id}/deletion",
    allow=Action.DELETE_WORKSPACE,
    status=202,
    limit=SIGNING_IN,
    raises=(NameNotTyped, ProofWrong, SignInAgain, ChangedMeanwhile),
    while_deleted=True,
)
def delete_workspace(call: Call, body: schemas.WorkspaceDeletionIn) -> schemas.DeletionOut:
    """Delete a workspace: it is out of everybody's reach at once, and erased after seven days or now.

    Asked again with `now` while the seven days run, it is erased now.
    """
    deletion = workspace_deletion.delete_workspace(
        DeleteWorkspace(name=body.name, now=body.now),
        body.proof.to_proof(),
        session=call.session,
        tenant=call.tenant,
        installation=call.services.installation,
        limits=call.services.limits,
    )
    return schemas.DeletionOut.of(deletion)


@api.delete(
    "/workspaces/{workspace_id}/deletion",
    allow=Action.DELETE_WORKSPACE,
    status=204,
    raises=(DeletionNotFound, ErasingBegun, ChangedMeanwhile),
    while_deleted=True,
)
def undo_workspace_deletion(call: Call) -> None:
    """Take a workspace's deletion back, within its seven days."""
    workspace_deletion.undo_deletion(tenant=call.tenant, installation=call.services.installation)


@api.post(
    "/me/deletion",
    allow=Allow.SIGNED_IN,
    status=202,
    limit=SIGNING_IN,
    raises=(OnlyOwnerOfOthers, ProofWrong, SignInAgain, ChangedMeanwhile),
)
def delete_me(call: Call, body: schemas.PersonDeletionIn) -> schemas.DeletionOut:
    """Delete one's own account: every session ends at once, and the account is erased after seven days or now.

    Until then a mailed link takes it back (`/deletions/undo`), and signing in is refused. Workspaces where nobody else
    is are deleted along with it.
    """
    deletion = person_deletion.delete_person(
        DeletePerson(now=body.now),
        body.proof.to_proof(),
        session=call.session,
        caller=call.caller,
        installation=call.services.installation,
        limits=call.services.limits,
    )
    call.cookies.append(cookies.clear())
    return schemas.DeletionOut.of(deletion)


@api.post(
    "/deletions/undo",
    allow=Allow.ANYONE,
    status=204,
    limit=SIGNING_IN,
    raises=(LinkNotValid, ErasingBegun, ChangedMeanwhile),
)
def undo_person_deletion(call: Call, body: schemas.UndoIn) -> None:
    """Take the deletion of one's account back with the token of the mailed link; signing in works again then."""
    person_deletion.undo_deletion(body.token, caller=call.caller, installation=call.services.installation)


@api.post(
    "/me/hard-reset",
    allow=Allow.SIGNED_IN,
    status=204,
    limit=SIGNING_IN,
    raises=(ProofWrong, SignInAgain, ChangedMeanwhile),
)
def reset_hard(call: Call, body: identity_schemas.ProvenIn) -> None:
    """Disconnect every Telegram account of one's own, in every workspace, and sign out everywhere; here, too."""
    hard_reset.reset_hard(
        body.proof.to_proof(),
        session=call.session,
        caller=call.caller,
        installation=call.services.installation,
        limits=call.services.limits,
    )
    call.cookies.append(cookies.clear())
