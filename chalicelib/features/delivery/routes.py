"""Routes of notices and of how people want to be told of them."""

from chalicelib.edge.api import Allow, Api
from chalicelib.edge.call import Call
from chalicelib.features.delivery import use_cases
from chalicelib.features.delivery.schemas import (
    NoticesOut,
    NoticesQuery,
    PreferencesIn,
    PreferencesOut,
    ReadIn,
)
from chalicelib.features.notifications import use_cases as notifications
from chalicelib.features.notifications.model import NoticeNotFound, QuietHoursInvalid
from chalicelib.kernel.permissions import Action
from chalicelib.table.cursors import CursorInvalid

api = Api(__name__)

_BASE = "/workspaces/{workspace_id}/notifications"


@api.get(_BASE, allow=Action.SEE_CRM, query=NoticesQuery, answer=NoticesOut, raises=(CursorInvalid,))
def list_notices(call: Call, query: NoticesQuery) -> NoticesOut:
    """Read what one was told in this workspace, newest first: who and where, never what. 90 days of it.

    What one does not want to be told in the app is left out, so that a page may have fewer than 30, even none, and go
    on all the same.
    """
    page = use_cases.list_notices(query.cursor, tenant=call.tenant, installation=call.services.installation)
    return NoticesOut.of(page)


@api.put(_BASE + "/{notice_id}/read", allow=Action.SEE_CRM, answer=None, status=204, raises=(NoticeNotFound,))
def mark_notice_read(call: Call, notice_id: str) -> None:
    """Note that one has read a notice; nothing of it goes out any more."""
    notifications.mark_read(call.session.user_id, notice_id, tenant=call.tenant)


@api.post(_BASE + "/read", allow=Action.SEE_CRM, body=ReadIn, answer=None, status=204, raises=(NoticeNotFound,))
def mark_notices_read(call: Call, body: ReadIn) -> None:
    """Note that one has read every notice up to one; what came after it stays unread."""
    notifications.mark_all_read(call.session.user_id, body.up_to, tenant=call.tenant)


@api.get("/me/notifications", allow=Allow.SIGNED_IN, answer=PreferencesOut)
def get_notification_preferences(call: Call) -> PreferencesOut:
    """Read how one is told of what, in all of one's workspaces."""
    installation = call.services.installation
    return PreferencesOut.of(notifications.preferences_of(call.session.user_id, installation=installation))


@api.put(
    "/me/notifications",
    allow=Allow.SIGNED_IN,
    body=PreferencesIn,
    answer=PreferencesOut,
    raises=(QuietHoursInvalid,),
)
def put_notification_preferences(call: Call, body: PreferencesIn) -> PreferencesOut:
    """Say how one wants to be told of what. Quiet hours go by one's time zone; a reminder comes when it is due."""
    preferences = body.to_preferences()
    notifications.prefer(call.session.user_id, preferences, installation=call.services.installation)
    return PreferencesOut.of(preferences)
