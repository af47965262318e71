"""What people write of a chat itself: who looks after it, how much it matters, how to reach whom, under what name."""

from collections.abc import Sequence
from dataclasses import replace

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.chats.model import (
    AssigneeNotConnected,
    CardChanged,
    CardField,
    CardFields,
    ChangeCard,
    ChatCard,
    parsed_field,
)
from chalicelib.features.chats.repository import Cards, Chats, fields_in
from chalicelib.features.chats.use_cases.reading import chat_card
from chalicelib.features.notifications import use_cases as notifications
from chalicelib.features.notifications.model import About, AboutKind, Notice, NoticeKind
from chalicelib.kernel import ids
from chalicelib.kernel.errors import ChatNotFound
from chalicelib.kernel.ids import ChatId, UserId
from chalicelib.kernel.permissions import Action
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile


def change_card(command: ChangeCard, *, tenant: Tenant) -> ChatCard:
    """Write some of a chat's own fields, unless one of them changed since the caller saw the card.

    Writing what stands does nothing. A batch read; one transaction of 2 rows, the fields and the journal entry, and of
    three more where it assigns the chat: conditions on the assignee's membership and on their connection, and a notice
    to them. Then the reads of `chat_card`.

    Raises:
        PermissionMissing, SeatNeeded, TrialOver: the caller may not edit, or nothing pays for it.
        ChatNotFound: the workspace has no such chat, or it stays out of it.
        EmailInvalid, NameInvalid, CardInvalid: nothing was written.
        AssigneeNotConnected: nothing was written.
        CardChanged: somebody wrote one of these fields first; `standing` has all of them as they are.
    """
    tenant.require(Action.EDIT_VALUES)
    _require(command.chat_id, tenant)
    parsed = {field: parsed_field(field, raw, pointer=f"/{field}") for field, raw in command.fields.items()}
    wanted = replace(command, fields=parsed)
    try:
        _write(wanted, tenant)
    except ChangedMeanwhile:
        # A second look finds what the other one wrote: other fields, the same value, or one that stands.
        _write(wanted, tenant)
    return chat_card(command.chat_id, tenant=tenant)


def _write(command: ChangeCard, tenant: Tenant) -> None:
    before = _require(command.chat_id, tenant)
    changes = before.differing(command.fields)
    if not changes:
        return
    if before.is_unseen(changes, command.version):
        raise CardChanged(standing=standing_of(before))
    after = before.with_changes(changes)
    with tenant.transaction() as change:
        Cards(tenant, command.chat_id).put(change, before, after)
        if (assignee := changes.get(CardField.ASSIGNEE)) is not None:
            _assign(change, command.chat_id, UserId(assignee), tenant)
        change.record(
            "card.changed",
            target=command.chat_id,
            old=before.picked(changes),
            new={**after.picked(changes), "version": after.version},
        )


def _assign(change: JournalledTransaction, chat_id: ChatId, assignee: UserId, tenant: Tenant) -> None:
    """Have a change stand only while its assignee is a member connected to the chat's account, and tell them of it."""
    if not ids.is_minted_shape(assignee):
        raise AssigneeNotConnected
    accounts.demand_connected(change, ids.account_of(chat_id), assignee, AssigneeNotConnected(), tenant=tenant)
    by = None if tenant.member is None else tenant.member.user_id
    about = About(kind=AboutKind.CHAT, id=chat_id)
    notice = Notice(kind=NoticeKind.CHAT_ASSIGNED, to=assignee, about=about, by=by)
    notifications.announce(change, notice, tenant=tenant)


def own_fields_of(chat_ids: Sequence[ChatId], *, tenant: Tenant) -> dict[ChatId, CardFields]:
    """What people wrote of those of these chats, all of one account, that the workspace has: a batch read twenty-five.

    For whoever writes into many at once (`put_own_fields`).
    """
    if not chat_ids:
        return {}
    found = Chats(tenant, ids.account_of(chat_ids[0])).some(chat_ids)
    return {each.chat.id: fields_in(each.card) for each in found if not each.chat.is_excluded}


def put_own_fields(
    change: JournalledTransaction, chat_id: ChatId, before: CardFields, after: CardFields, *, tenant: Tenant
) -> None:
    """Write what differs of a chat's own fields as part of a change, unless somebody wrote since they were read."""
    Cards(tenant, chat_id).put(change, before, after)


def standing_of(fields: CardFields) -> dict[str, object]:
    """A chat's own fields as a refusal carries them: each by its name, `version`, and `changed` by field."""
    values = {field.value: fields.get(field) for field in CardField}
    return {**values, "version": fields.version, "changed": dict(fields.changed)}


def _require(chat_id: ChatId, tenant: Tenant) -> CardFields:
    found = Chats(tenant, ids.account_of(chat_id)).get(chat_id) if ids.is_chat_shape(chat_id) else None
    if found is None or found.chat.is_excluded:
        raise ChatNotFound
    return fields_in(found.card)
