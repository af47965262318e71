"""The files of a value hang at it: attached and taken off in the transaction that writes the value."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from chalicelib.features.fields.model import Content
from chalicelib.features.files import use_cases as files
from chalicelib.features.files.model import File, FileState, Place, PlaceKind
from chalicelib.kernel.ids import ChatId, ColumnId, FileId, TicketId
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant

Holder = ChatId | TicketId
"""Whose value it is: a chat's in a column, a ticket's in a field of tickets."""


def rehang(
    change: JournalledTransaction, holder: Holder, column_id: ColumnId, before: Content, after: Content, tenant: Tenant
) -> None:
    """Attach the files that come and take off those that go: a row each of these, two each of those, no read.

    A file that the acting member did not put up for a value makes the transaction raise FileNotFound.
    """
    place = _place(holder, column_id)
    held, wanted = _ids(before), _ids(after)
    files.attach(change, _without(wanted, held), place, tenant=tenant)
    files.detach(change, _without(held, wanted), place, tenant=tenant)


def exchange(
    change: JournalledTransaction,
    holder: Holder,
    column_id: ColumnId,
    before: Content,
    after: Content,
    *,
    kept_for: timedelta,
    tenant: Tenant,
) -> None:
    """Take off the files that go, so that they can hang there again for so long, and hang those again that come.

    Two rows each of those, a row each of these, no read. The caller knows that these hung there (`are_kept`).
    """
    place = _place(holder, column_id)
    held, wanted = _ids(before), _ids(after)
    files.detach(change, _without(held, wanted), place, tenant=tenant, kept_for=kept_for)
    files.attach_again(change, _without(wanted, held), place, tenant=tenant)


def are_kept(content: Content, *, tenant: Tenant) -> bool:
    """Whether this is a value of files that were taken off, and all of them are still there: a batch read."""
    held = _ids(content)
    found = files.files_of(held, tenant=tenant)
    return bool(held) and all(each in found and found[each].state is FileState.GIVEN_UP for each in held)


def still_hanging(holder: Holder, column_id: ColumnId, content: Content, *, tenant: Tenant) -> Content:
    """Of what a value held the files that hang at it: a batch read. What else it held is left out."""
    place = _place(holder, column_id)
    return tuple(file.id for file in files_in(content, tenant=tenant) if file.place == place)


def files_in(content: Content, *, tenant: Tenant) -> list[File]:
    """The files a value holds, in its order: a batch read."""
    found = files.files_of(_ids(content), tenant=tenant)
    return [found[file_id] for file_id in _ids(content) if file_id in found]


def _place(holder: Holder, column_id: ColumnId) -> Place:
    return Place(kind=PlaceKind.VALUE, id=f"{holder}#{column_id}")


def _ids(content: Content) -> list[FileId]:
    return [FileId(each) for each in content] if isinstance(content, tuple) else []


def _without(these: Iterable[FileId], those: Iterable[FileId]) -> Iterator[FileId]:
    left_out = frozenset(those)
    return (each for each in these if each not in left_out)
