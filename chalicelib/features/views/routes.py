"""Routes of views."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.views import schemas, use_cases
from chalicelib.features.views.model import ViewChanged, ViewInvalid, ViewLimitReached, ViewNotFound, ViewOfOthers
from chalicelib.kernel.filters import FilterInvalid
from chalicelib.kernel.ids import ViewId
from chalicelib.kernel.names import NameInvalid
from chalicelib.kernel.permissions import Action

api = Api(__name__)


@api.get("/workspaces/{workspace_id}/views", allow=Action.SEE_CRM)
def list_views(call: Call) -> schemas.ViewsOut:
    """The shared views and the caller's own."""
    return schemas.ViewsOut.of(use_cases.list_views(tenant=call.tenant))


@api.post(
    "/workspaces/{workspace_id}/views",
    allow=Action.EDIT_VALUES,
    status=201,
    once=True,
    raises=(NameInvalid, FilterInvalid, ViewInvalid, ViewLimitReached),
)
def create_view(call: Call, body: schemas.ViewIn) -> schemas.ViewOut:
    """Save a view, of one's own or shared. Its link is the table's address with `?view=` and its id."""
    return schemas.ViewOut.of(use_cases.create_view(body.to_command(), tenant=call.tenant, once=call.idempotency_key))


@api.patch(
    "/workspaces/{workspace_id}/views/{view_id}",
    allow=Action.EDIT_VALUES,
    raises=(ViewNotFound, ViewOfOthers, ViewChanged, NameInvalid, FilterInvalid, ViewInvalid, ViewLimitReached),
)
def change_view(call: Call, body: schemas.ViewChangeIn, view_id: str) -> schemas.ViewOut:
    """Change a view, share it or take it back. A shared one: by who made it, Admins and Owners."""
    return schemas.ViewOut.of(use_cases.change_view(body.to_command(ViewId(view_id)), tenant=call.tenant))


@api.delete(
    "/workspaces/{workspace_id}/views/{view_id}",
    allow=Action.EDIT_VALUES,
    status=204,
    raises=(ViewNotFound, ViewOfOthers, ViewChanged),
)
def delete_view(call: Call, view_id: str) -> None:
    """Take a view away. A shared one: by who made it, Admins and Owners."""
    use_cases.delete_view(ViewId(view_id), tenant=call.tenant)


@api.put("/workspaces/{workspace_id}/default-view", allow=Action.SEE_CRM, status=204, raises=(ViewNotFound,))
def set_default_view(call: Call, body: schemas.DefaultViewIn) -> None:
    """Say which view the caller's own table opens with."""
    wanted = None if body.view_id is None else ViewId(body.view_id)
    use_cases.set_default_view(wanted, tenant=call.tenant)
