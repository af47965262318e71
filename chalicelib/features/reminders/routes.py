"""Routes of reminders."""

from __future__ import annotations

from chalicelib.edge.api import Api
from chalicelib.edge.call import Call
from chalicelib.features.reminders import schemas, use_cases
from chalicelib.features.reminders.model import (
    NotConnectedToChat,
    ReminderChanged,
    ReminderLimitReached,
    ReminderNotFound,
    ReminderNotYours,
    ReminderTextInvalid,
    ReminderTimeInvalid,
)
from chalicelib.kernel.errors import ChatNotFound, MemberNotFound
from chalicelib.kernel.permissions import Action

api = Api(__name__)

_BASE = "/workspaces/{workspace_id}/reminders"
_ONE = _BASE + "/{reminder_id}"
_CHANGING = (ReminderNotFound, ReminderNotYours, ReminderChanged)


@api.get(_BASE, allow=Action.SEE_CRM)
def list_reminders(call: Call) -> schemas.RemindersOut:
    """Read one's own reminders: those that are not done, and those that were in the last 30 days."""
    return schemas.RemindersOut(
        reminders=[schemas.ReminderOut.of(each) for each in use_cases.list_reminders(tenant=call.tenant)]
    )


@api.get("/workspaces/{workspace_id}/chats/{chat_id}/reminders", allow=Action.SEE_CRM, raises=(ChatNotFound,))
def list_reminders_of_chat(call: Call, chat_id: str) -> schemas.RemindersOut:
    """Read the reminders about a chat that are not done, soonest first, whoever they are for."""
    found = use_cases.reminders_of_chat(chat_id, tenant=call.tenant)
    return schemas.RemindersOut(reminders=[schemas.ReminderOut.of(each) for each in found])


@api.post(
    _BASE,
    allow=Action.EDIT_VALUES,
    status=201,
    once=True,
    raises=(
        ReminderTextInvalid,
        ReminderTimeInvalid,
        ChatNotFound,
        MemberNotFound,
        NotConnectedToChat,
        ReminderLimitReached,
    ),
)
def set_reminder(call: Call, body: schemas.ReminderIn) -> schemas.ReminderOut:
    """Have oneself or a teammate reminded: of a chat, of a ticket, or of what the text says."""
    command = body.to_command(call.session.user_id, call.tenant.workspace_id)
    made = use_cases.set_reminder(
        command, tenant=call.tenant, installation=call.services.installation, once=call.idempotency_key
    )
    return schemas.ReminderOut.of(made)


@api.patch(
    _ONE,
    allow=Action.EDIT_VALUES,
    raises=(*_CHANGING, ReminderTextInvalid, ReminderTimeInvalid, MemberNotFound),
)
def change_reminder(call: Call, body: schemas.ReminderChangeIn, reminder_id: str) -> schemas.ReminderOut:
    """Give a reminder another text, time or repetition. One that was done is open again with another time."""
    installation = call.services.installation
    changed = use_cases.change_reminder(reminder_id, body.to_command(), tenant=call.tenant, installation=installation)
    return schemas.ReminderOut.of(changed)


@api.post(_ONE + "/snooze", allow=Action.EDIT_VALUES, raises=(*_CHANGING, ReminderTimeInvalid, MemberNotFound))
def snooze_reminder(call: Call, body: schemas.SnoozeIn, reminder_id: str) -> schemas.ReminderOut:
    """Put a reminder off. A repetition goes on by its own."""
    installation = call.services.installation
    return schemas.ReminderOut.of(
        use_cases.snooze(reminder_id, body.when.to_when(), tenant=call.tenant, installation=installation)
    )


@api.post(_ONE + "/done", allow=Action.EDIT_VALUES, raises=_CHANGING)
def finish_reminder(call: Call, reminder_id: str) -> schemas.ReminderOut:
    """Note that a reminder was dealt with. One that repeats waits for its next time instead."""
    return schemas.ReminderOut.of(use_cases.finish(reminder_id, tenant=call.tenant))


@api.post(_ONE + "/restore", allow=Action.EDIT_VALUES, raises=(*_CHANGING, ReminderTimeInvalid))
def restore_reminder(call: Call, body: schemas.RestoreIn, reminder_id: str) -> schemas.ReminderOut:
    """Take back that a reminder was done or put off. What was told of already is not told again."""
    return schemas.ReminderOut.of(use_cases.restore(reminder_id, body.due_at, tenant=call.tenant))


@api.delete(_ONE, allow=Action.EDIT_VALUES, status=204, raises=_CHANGING)
def remove_reminder(call: Call, reminder_id: str) -> None:
    """Take a reminder away."""
    use_cases.remove(reminder_id, tenant=call.tenant)
