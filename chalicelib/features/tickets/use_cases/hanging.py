"""What hangs on a ticket and comes and goes in its transactions: chats count it, files are its own and its values'."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, TypeVar

from chalicelib.features.fields import use_cases as fields
from chalicelib.features.fields.model import Content
from chalicelib.features.files import use_cases as files
from chalicelib.features.files.model import Place, PlaceKind
from chalicelib.features.tickets.model.facts import TicketInvalid
from chalicelib.features.tickets.model.tickets import MAX_MOVED, Ticket
from chalicelib.features.tickets.repository import count_on_chats
from chalicelib.kernel.errors import Blame
from chalicelib.kernel.ids import ColumnId, TicketId
from chalicelib.table import due
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant

RELEASE_FILES: Final = "ticket.release_files"
"""The due work of giving up the files of a deleted ticket's values; its facts are `ticket_id` and, by the ids of their
fields, the lists of ids that were `values`."""

_Id = TypeVar("_Id", bound=str)


def rehang(
    change: JournalledTransaction, before: Ticket, after: Ticket, of_files: Collection[ColumnId], *, tenant: Tenant
) -> None:
    """Have chats count a ticket and files hang on it as they are to: a row each, two for a file that goes, no read.

    `of_files` are the fields whose values are files. What the acting member did not put up for a ticket, or for a
    value, makes the transaction raise FileNotFound.

    Raises:
        TicketInvalid: more comes and goes than one transaction takes.
    """
    linked, unlinked = _only_in(after.chat_ids, before.chat_ids), _only_in(before.chat_ids, after.chat_ids)
    coming, going = _only_in(after.file_ids, before.file_ids), _only_in(before.file_ids, after.file_ids)
    values = {field_id: (before.values.get(field_id), after.values.get(field_id)) for field_id in of_files}
    moved = len(linked) + len(unlinked) + len(coming) + 2 * len(going)
    if moved + sum(_rows(*each) for each in values.values()) > MAX_MOVED:
        raise TicketInvalid(blames=(Blame("/values", "too many files come and go at once"),))
    count_on_chats(change, linked, 1, tenant=tenant)
    count_on_chats(change, unlinked, -1, tenant=tenant)
    place = Place(kind=PlaceKind.TICKET, id=after.id)
    files.attach(change, coming, place, tenant=tenant)
    files.detach(change, going, place, tenant=tenant)
    for field_id, (held, wanted) in values.items():
        fields.rehang(change, after.id, field_id, held, wanted, tenant)


def release_later(change: JournalledTransaction, ticket: Ticket, *, tenant: Tenant) -> None:
    """Have the files of a deleted ticket's values be given up as soon as that stands: a row, none without lists.

    They may be a thousand, which no transaction takes. What is a list in a field that is gone may have been files, too.
    """
    lists = {field_id: list(value) for field_id, value in ticket.values.items() if isinstance(value, tuple)}
    if lists:
        facts = {"ticket_id": ticket.id, "values": lists}
        due.schedule(change, tenant, RELEASE_FILES, tenant.now(), facts)


def release_files(ticket_id: TicketId, values: Mapping[ColumnId, Sequence[str]], *, tenant: Tenant) -> None:
    """Give up the files that these values of a deleted ticket held; due work, repeated as often as it likes.

    A batch read a value; for one that held files a transaction of two rows each and an entry.
    """
    for field_id, held in values.items():
        hanging = fields.still_hanging(ticket_id, field_id, tuple(held), tenant=tenant)
        if hanging:
            with tenant.transaction() as change:
                fields.rehang(change, ticket_id, field_id, hanging, None, tenant)
                change.record("ticket.files_released", target=ticket_id, old={field_id: hanging})


def _only_in(first: Sequence[_Id], second: Sequence[_Id]) -> list[_Id]:
    """What stands in the first list and not in the second."""
    return [each for each in first if each not in second]


def _rows(held: Content, wanted: Content) -> int:
    """What it takes that one value of files takes the place of another."""
    before, after = (value if isinstance(value, tuple) else () for value in (held, wanted))
    return len(_only_in(after, before)) + 2 * len(_only_in(before, after))
