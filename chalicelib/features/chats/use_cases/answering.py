"""Saying that a closing thank-you needs no answer."""

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.chats.model import ChatCard, MarkAnswered, MessageArrived
from chalicelib.features.chats.repository import Chats
from chalicelib.features.chats.use_cases.reading import chat_card
from chalicelib.kernel import ids
from chalicelib.kernel.errors import ChatNotFound
from chalicelib.kernel.permissions import Action
from chalicelib.table.tenant import Tenant


def mark_answered(command: MarkAnswered, *, tenant: Tenant) -> ChatCard:
    """Have nobody wait in a chat, or somebody again: the next message of theirs begins a waiting of its own.

    For those who are connected to its account: nobody else knows of its messages. Where it is so already nothing is
    written. Two reads; a transaction of 2 rows; then the reads of `chat_card`.

    Raises:
        PermissionMissing, SeatNeeded, TrialOver: the caller may not edit, or nothing pays for it.
        ChatNotFound: the workspace has no such chat, or the member is not connected to its account.
        MessageArrived: the last message is another, or it is ours; nothing was written.
    """
    tenant.require(Action.EDIT_VALUES)
    account_id = ids.account_of(command.chat_id)
    chats = Chats(tenant, account_id)
    found = chats.get(command.chat_id) if ids.is_chat_shape(command.chat_id) else None
    if found is None or found.chat.is_excluded or not accounts.is_connected(tenant, account_id):
        raise ChatNotFound
    chat = found.chat
    if chat.last_message_id != command.message_id or chat.last_is_outgoing or not chat.expects_reply():
        raise MessageArrived
    if chat.is_answered() is not command.is_answered:
        with tenant.transaction() as change:
            chats.set_answered(change, chat, is_answered=command.is_answered, refusal=MessageArrived())
            change.record("chat.answered" if command.is_answered else "chat.unanswered", target=chat.id)
    return chat_card(command.chat_id, tenant=tenant)
