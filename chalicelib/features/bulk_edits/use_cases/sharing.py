"""Sharing chats out among members: in turn, or to who has the fewest."""

from collections import Counter
from collections.abc import Mapping, Sequence

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.bulk_edits.model import (
    BulkEdit,
    ShareOut,
    Sharing,
    StartBulkEdit,
    shares,
)
from chalicelib.features.bulk_edits.use_cases.editing import start_bulk_edit
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import CardField
from chalicelib.kernel.ids import ChatId, UserId
from chalicelib.kernel.permissions import Action
from chalicelib.kernel.selections import in_order
from chalicelib.table.tenant import Tenant


def share_out(command: ShareOut, *, tenant: Tenant) -> list[BulkEdit]:
    """Assign chats to members who are connected to their accounts: a bulk edit for each who gets any, begun at once.

    Chats that none of them can have are left as they are. Cost: a query for the accounts and, where it counts who has
    how many, all rows of the accounts' chats once; then that of the edits.

    Raises:
        PermissionMissing, SeatNeeded, TrialOver: the caller may not edit, or nothing pays for it.
    """
    tenant.require(Action.EDIT_VALUES)
    among = list(dict.fromkeys(command.among))
    known = accounts.known_accounts(tenant)
    able = {account.id: [each for each in among if account.is_held_by(each)] for account in known}
    chat_ids = in_order(command.chat_ids)
    loads: Mapping[UserId, int] = dict.fromkeys(among, 0)
    if command.how is Sharing.LEAST_LOADED:
        loads = _loads(among, chat_ids, tenant)
    return [
        start_bulk_edit(StartBulkEdit(chat_ids=share, field=CardField.ASSIGNEE.value, value=user_id), tenant=tenant)
        for user_id, share in shares(chat_ids, able, loads).items()
    ]


def _loads(among: Sequence[UserId], shared: Sequence[ChatId], tenant: Tenant) -> dict[UserId, int]:
    """How many chats each of them has besides those that are shared out."""
    others = set(shared)
    assigned = Counter(assignee for chat_id, assignee in chats.assignments(tenant=tenant) if chat_id not in others)
    return {user_id: assigned[user_id] for user_id in among}
