"""What the targets of entries are called: as they are called now, and where they are gone as their entry has it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.fields import use_cases as columns
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.kernel import ids
from chalicelib.kernel.ids import ChatId
from chalicelib.table.journal import Entry
from chalicelib.table.tenant import Tenant


def names_of(entries: Sequence[Entry], *, tenant: Tenant) -> dict[str, str]:
    """Names by target, for those that have one: members, columns, accounts by their label, chats by their title.

    A query each for members, columns and accounts where an entry is about one; a batch read a hundred chats.
    """
    nouns = {entry.event.partition(".")[0] for entry in entries}
    names = {entry.target: name for entry in entries for name in _own_names(entry)}
    if nouns & _OF_MEMBERS:
        names |= {member.user_id: member.name for member in workspaces.list_members(tenant=tenant)}
    if "column" in nouns:
        names |= {column.id: column.name for column in columns.list_columns(tenant=tenant)}
    if nouns & _OF_ACCOUNTS:
        names |= {account.id: account.label for account in accounts.known_accounts(tenant)}
    talked_of = sorted({ChatId(entry.target) for entry in entries if ids.is_chat_shape(entry.target)})
    return names | dict(chats.titles_of(talked_of, tenant=tenant))


_OF_MEMBERS = {"member", "ownership", "leaving"}
_OF_ACCOUNTS = {"account", "connection"}


def _own_names(entry: Entry) -> Iterable[str]:
    """What the entry itself says its target was called, the later name last."""
    for value in (entry.old, entry.new):
        if isinstance(value, Mapping):
            named: Any = value.get("name")
            if isinstance(named, str):
                yield named
