"""Routes of notices and of how people want to be told of them."""

from __future__ import annotations

from chalicelib import settings
from chalicelib.adapters.limits import SIGNING_IN
from chalicelib.adapters.telegram_bot import MAX_UPDATE_BYTES, SECRET_HEADER
from chalicelib.edge.api import Allow, Api
from chalicelib.edge.call import Call
from chalicelib.features.delivery import schemas, use_cases
from chalicelib.features.delivery.model import BotHookRefused, BotNotConfigured, PushAddressUnfit, PushNotConfigured
from chalicelib.features.notifications import use_cases as notifications
from chalicelib.features.notifications.model import NoticeNotFound, QuietHoursInvalid
from chalicelib.features.sessions.model import SessionNotFound
from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.permissions import Action
from chalicelib.table.cursors import CursorInvalid

api = Api(__name__)

_BASE = "/workspaces/{workspace_id}/notifications"


@api.get(_BASE, allow=Action.SEE_CRM, raises=(CursorInvalid,))
def list_notices(call: Call, query: schemas.NoticesQuery) -> schemas.NoticesOut:
    """Read what one was told in this workspace, newest first: who and where, never what. 90 days of it.

    What one does not want to be told in the app is left out, so that a page may have fewer than 30, even none, and go
    on all the same.
    """
    page = use_cases.list_notices(query.cursor, tenant=call.tenant, installation=call.services.installation)
    return schemas.NoticesOut.of(page)


@api.put(_BASE + "/{notice_id}/read", allow=Action.SEE_CRM, status=204, raises=(NoticeNotFound,))
def mark_notice_read(call: Call, notice_id: str) -> None:
    """Note that one has read a notice; nothing of it goes out any more."""
    notifications.mark_read(call.session.user_id, notice_id, tenant=call.tenant)


@api.post(_BASE + "/read", allow=Action.SEE_CRM, status=204, raises=(NoticeNotFound,))
def mark_notices_read(call: Call, body: schemas.ReadIn) -> None:
    """Note that one has read every notice up to one; what came after it stays unread."""
    notifications.mark_all_read(call.session.user_id, body.up_to, tenant=call.tenant)


@api.get("/me/notifications", allow=Allow.SIGNED_IN)
def get_notification_preferences(call: Call) -> schemas.PreferencesOut:
    """Read how one is told of what, in all of one's workspaces."""
    installation = call.services.installation
    return schemas.PreferencesOut.of(notifications.preferences_of(call.session.user_id, installation=installation))


@api.put("/me/notifications", allow=Allow.SIGNED_IN, raises=(QuietHoursInvalid,))
def put_notification_preferences(call: Call, body: schemas.PreferencesIn) -> schemas.PreferencesOut:
    """Say how one wants to be told of what. Quiet hours go by one's time zone; a reminder comes when it is due."""
    preferences = body.to_preferences()
    notifications.prefer(call.session.user_id, preferences, installation=call.services.installation)
    return schemas.PreferencesOut.of(preferences)


@api.get("/me/telegram-bot", allow=Allow.SIGNED_IN)
def get_telegram_bot(call: Call) -> schemas.BotOut:
    """Read whether the reminder bot at Telegram is linked."""
    account, installation = settings.current().bot, call.services.installation
    return schemas.BotOut.of(use_cases.bot_standing(call.session.user_id, account=account, installation=installation))


@api.post("/me/telegram-bot/codes", allow=Allow.SIGNED_IN, status=201, limit=SIGNING_IN, raises=(BotNotConfigured,))
def make_telegram_bot_code(call: Call) -> schemas.BotCodeOut:
    """Get a link that opens the bot with a code: the chat that shows it within ten minutes is linked."""
    account, installation = settings.current().bot, call.services.installation
    return schemas.BotCodeOut.of(
        use_cases.make_bot_code(call.session.user_id, account=account, installation=installation)
    )


@api.delete("/me/telegram-bot", allow=Allow.SIGNED_IN, status=204)
def unlink_telegram_bot(call: Call) -> None:
    """Have the bot write to one no more."""
    use_cases.unlink_bot(call.session.user_id, actor=call.actor, installation=call.services.installation)


@api.post(
    "/hooks/telegram-bot",
    allow=Allow.ANYONE,
    status=204,
    raw=MAX_UPDATE_BYTES,
    raises=(BotNotConfigured, BotHookRefused, Invalid),
)
def take_telegram_bot_update(call: Call, raw: bytes) -> None:
    """Take what Telegram tells of the reminder bot, with the secret that it was given for it."""
    use_cases.take_update(
        raw,
        call.headers.get(SECRET_HEADER, ""),
        account=settings.current().bot,
        installation=call.services.installation,
    )


@api.get("/me/push", allow=Allow.SIGNED_IN)
def get_push(call: Call) -> schemas.PushOut:
    """List the browsers one is told in while they are closed, and get the key that one more subscribes under."""
    known_as, installation = settings.current().push, call.services.installation
    return schemas.PushOut.of(use_cases.push_standing(call.session, known_as=known_as, installation=installation))


@api.put("/me/push", allow=Allow.SIGNED_IN, status=204, limit=SIGNING_IN, raises=(PushNotConfigured, PushAddressUnfit))
def turn_push_on(call: Call, body: schemas.PushIn) -> None:
    """Be told in this browser while it is closed, until one signs out in it. Repeating it replaces the address."""
    use_cases.turn_push_on(
        body.endpoint,
        body.keys.p256dh,
        body.keys.auth,
        session=call.session,
        actor=call.actor,
        known_as=settings.current().push,
        installation=call.services.installation,
    )


@api.delete("/me/push/{session_id}", allow=Allow.SIGNED_IN, status=204, raises=(SessionNotFound,))
def turn_push_off(call: Call, session_id: str) -> None:
    """Be told in one of one's browsers no more; one that is not told is left as it is."""
    installation = call.services.installation
    use_cases.turn_push_off(session_id, session=call.session, actor=call.actor, installation=installation)
