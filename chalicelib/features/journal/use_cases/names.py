"""What the targets of entries are called: as they are called now, and where they are gone as their entry has it."""

from collections.abc import Iterator, Mapping, Sequence

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.fields import use_cases as columns
from chalicelib.features.journal import repository
from chalicelib.kernel import ids
from chalicelib.kernel.ids import ChatId, UserId
from chalicelib.table.journal import Entry
from chalicelib.table.tenant import Tenant

_OF_MEMBERS = {"member", "ownership", "leaving"}
_OF_ACCOUNTS = {"account", "connection", "chats"}


def names_of(entries: Sequence[Entry], *, tenant: Tenant) -> dict[str, str]:
    """Names by target, for those that have one: members, columns, accounts by their label, chats by their title.

    A batch read a hundred members and one a hundred chats; a query each for columns and accounts where an entry is
    about one.
    """
    nouns = {entry.event.partition(".")[0] for entry in entries}
    names = {entry.target: name for entry in entries for name in _own_names(entry)}
    if "column" in nouns:
        names |= {column.id: column.name for column in columns.list_columns(tenant=tenant)}
    if nouns & _OF_ACCOUNTS:
        names |= {account.id: account.label for account in accounts.known_accounts(tenant)}
    members = {UserId(entry.target) for entry in entries if entry.event.partition(".")[0] in _OF_MEMBERS}
    talked_of = {ChatId(entry.target) for entry in entries if ids.is_chat_shape(entry.target)}
    names |= repository.names_of_members(tenant, sorted(members))
    return names | {str(chat_id): title for chat_id, title in chats.titles_of(sorted(talked_of), tenant=tenant).items()}


def _own_names(entry: Entry) -> Iterator[str]:
    """What the entry itself says its target was called, the later name last."""
    for value in (entry.old, entry.new):
        if isinstance(value, Mapping):
            yield from (value[key] for key in ("full_name", "name") if isinstance(value.get(key), str))
