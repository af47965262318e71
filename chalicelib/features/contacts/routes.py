"""Routes of contacts and groups."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.contacts import schemas, use_cases
from chalicelib.features.contacts.model import CONTACTS, GROUPS
from chalicelib.kernel.permissions import Action
from chalicelib.table.cursors import CursorInvalid

api = Api(__name__)


@api.get("/workspaces/{workspace_id}/contacts", allow=Action.SEE_CRM, raises=(CursorInvalid,))
def list_contacts(call: Call, query: schemas.PartiesQuery) -> schemas.ContactsOut:
    """The people and bots the workspace's accounts have chats with, each once, and which accounts know them."""
    page = use_cases.list_parties(CONTACTS, limit=query.limit, cursor=query.cursor, tenant=call.tenant)
    return schemas.ContactsOut.of(page)


@api.get("/workspaces/{workspace_id}/groups", allow=Action.SEE_CRM, raises=(CursorInvalid,))
def list_groups(call: Call, query: schemas.PartiesQuery) -> schemas.GroupsOut:
    """The groups and channels the workspace's accounts are in, each once, and which accounts are in them."""
    page = use_cases.list_parties(GROUPS, limit=query.limit, cursor=query.cursor, tenant=call.tenant)
    return schemas.GroupsOut.of(page)
