"""What people do with tickets: make, change and delete them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from chalicelib.features.chats import use_cases as chats
from chalicelib.features.comments import use_cases as comments
from chalicelib.features.comments.model import Subject, SubjectKind
from chalicelib.features.notifications import use_cases as notifications
from chalicelib.features.notifications.model import About, AboutKind, Notice, NoticeKind
from chalicelib.features.seats import use_cases as seats
from chalicelib.features.tickets.model.facts import AssigneeNotPro, TicketInvalid
from chalicelib.features.tickets.model.tickets import (
    ChangeTicket,
    CreateTicket,
    Stamp,
    Ticket,
    as_journalled,
    changed,
    differences,
    drafted,
)
from chalicelib.features.tickets.repository import Tickets
from chalicelib.features.tickets.use_cases import hanging, warnings
from chalicelib.features.tickets.use_cases.filling import filled
from chalicelib.features.tickets.use_cases.retrying import tried
from chalicelib.kernel import clock, ids
from chalicelib.kernel.errors import Blame, MemberNotFound
from chalicelib.kernel.ids import ChatId, TicketId, UserId
from chalicelib.kernel.permissions import Action
from chalicelib.kernel.plans import Coverage
from chalicelib.table import due
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import AlreadyDone

PURGE_COMMENTS: Final = "ticket.purge_comments"
"""The due work of removing what was said on a deleted ticket; its one fact is `ticket_id`."""
PURGE_AFTER: Final = timedelta(minutes=1)
"""By then no comment that was begun while the ticket stood can still arrive."""
_TRIES: Final = 12
"""Of those who make or change a ticket at once, one gets through each time."""


def create_ticket(command: CreateTicket, *, tenant: Tenant, once: str | None = None) -> Ticket:
    """Make a ticket and give it the workspace's next number; its clock starts.

    Up to five reads, one more for each person in a field; one transaction of 3 rows, one more for the warning (2), the
    assignee's notice and seat (2), each linked chat and each file, those of its values included.

    Raises:
        PermissionMissing, SeatNeeded, TrialOver, ProSeatNeeded: the caller may not, or it is not paid for.
        NameInvalid, TicketInvalid: what the ticket is to hold does not fit, or names a chat that is not there.
        MemberNotFound, AssigneeNotPro: the assignee is no member, or has no Pro seat.
        FileNotFound: a file the caller did not put up for a ticket, or for a value, or that hangs elsewhere.
        ChangedMeanwhile: too many tickets were made at the same moment. Nothing was written, as in all cases.
    """
    tenant.require(Action.CREATE_TICKETS)
    ticket_id = TicketId(ids.mint(tenant.now().timestamp()))
    try:
        return tried(lambda: _create(command, ticket_id, tenant, once), times=_TRIES)
    except AlreadyDone as done:
        return Tickets(tenant).require(TicketId(done.outcome["ticket_id"]))


def purge_comments(ticket_id: TicketId, *, tenant: Tenant) -> None:
    """Remove what was said on a ticket that is gone; due work. A read; else as `comments.purge_comments`."""
    if Tickets(tenant).get(ticket_id) is None:
        comments.purge_comments(Subject(kind=SubjectKind.TICKET, id=ticket_id), tenant=tenant)


def _create(command: CreateTicket, ticket_id: TicketId, tenant: Tenant, once: str | None) -> Ticket:
    tickets = Tickets(tenant)
    values = filled(command.values, {}, tenant=tenant)
    number = tickets.last_number() + 1
    ticket = drafted(replace(command, values=values.by_field), ticket_id, number, _stamp(tenant))
    _require_chats(ticket.chat_ids, ticket.chat_ids, tenant)
    coverage = _coverage_of(ticket.assignee, tenant)
    with tenant.transaction(once=once) as change:
        tickets.create(change, ticket)
        hanging.rehang(change, ticket.bare(), ticket, values.of_files, tenant=tenant)
        _tell_assignee(change, ticket, coverage, tenant)
        warnings.follow(change, None, ticket, tenant=tenant)
        change.record("ticket.created", target=ticket.id, new=as_journalled(ticket))
        change.leaves(ticket_id=ticket.id)
    return ticket


def change_ticket(command: ChangeTicket, *, tenant: Tenant) -> Ticket:
    """Change parts of a ticket; writing what stands does nothing. Its clock and its warning follow.

    Up to five reads, one more for each person in a field; one transaction of 2 rows, one more for each chat linked or
    unlinked and each file (2 where it goes), the warning (2), and the assignee's notice and seat (2).

    Raises:
        PermissionMissing, SeatNeeded, TrialOver, ProSeatNeeded: the caller may not, or it is not paid for.
        TicketNotFound: there is none of this id.
        TicketChanged: somebody changed one of the parts first; `standing` has what they made of it.
        NameInvalid, TicketInvalid, MemberNotFound, AssigneeNotPro, FileNotFound: as `create_ticket`.
        ChangedMeanwhile: too many changed it at the same moment. Nothing was written, as in all cases.
    """
    tenant.require(Action.EDIT_TICKETS)
    # A second look finds what somebody else wrote: another part, or what stands in this one.
    return tried(lambda: _change(command, tenant), times=_TRIES)


def _change(command: ChangeTicket, tenant: Tenant) -> Ticket:
    tickets = Tickets(tenant)
    before = tickets.require(command.ticket_id)
    values = filled(command.values, before.values, tenant=tenant)
    after = changed(before, replace(command, values=values.by_field), _stamp(tenant))
    if after is before:
        return before
    linked = [chat_id for chat_id in after.chat_ids if chat_id not in before.chat_ids]
    _require_chats(linked, after.chat_ids, tenant)
    is_handed_over = after.assignee != before.assignee
    coverage = _coverage_of(after.assignee if is_handed_over else None, tenant)
    with tenant.transaction() as change:
        tickets.change(change, before, after)
        hanging.rehang(change, before, after, values.of_files, tenant=tenant)
        if is_handed_over:
            _tell_assignee(change, after, coverage, tenant)
        warnings.follow(change, before, after, tenant=tenant)
        old, new = differences(before, after)
        change.record("ticket.changed", target=after.id, old=old, new=new)
    return after


def delete_ticket(ticket_id: TicketId, *, tenant: Tenant) -> None:
    """Remove a ticket for good; its number is given to no other.

    What was said on it goes in the background, and so do the files of its values. A read; one transaction of 4 rows,
    one a chat, two a file of its own, and one for those of its values.

    Raises:
        PermissionMissing, SeatNeeded, TrialOver, ProSeatNeeded: the caller may not, or it is not paid for.
        TicketNotFound: there is none of this id, or it was deleted before.
        ChangedMeanwhile: somebody changed it at the same moment; it stands.
    """
    tenant.require(Action.DELETE_TICKETS)
    tickets = Tickets(tenant)
    ticket = tickets.require(ticket_id)
    with tenant.transaction() as change:
        tickets.delete(change, ticket)
        hanging.rehang(change, ticket, ticket.bare(), (), tenant=tenant)
        hanging.release_later(change, ticket, tenant=tenant)
        warnings.forget(change, ticket, tenant=tenant)
        due.schedule(change, tenant, PURGE_COMMENTS, tenant.now() + PURGE_AFTER, {"ticket_id": ticket.id})
        change.record("ticket.deleted", target=ticket.id, old=as_journalled(ticket))


def _stamp(tenant: Tenant) -> Stamp:
    """Who acts, and now, in whole milliseconds as the table keeps them."""
    at = clock.from_wire(clock.to_wire(tenant.now()))
    return Stamp(at=at, by=None if tenant.member is None else tenant.member.user_id)


def _require_chats(linked: Sequence[ChatId], wanted: Sequence[ChatId], tenant: Tenant) -> None:
    """Raises TicketInvalid where one that is linked is no chat of the workspace; blames its place among the wanted."""
    known = chats.titles_of(linked, tenant=tenant) if linked else {}
    for chat_id in linked:
        if chat_id not in known:
            raise TicketInvalid(blames=(Blame(f"/chat_ids/{wanted.index(chat_id)}", "no chat of this workspace"),))


def _coverage_of(assignee: UserId | None, tenant: Tenant) -> Coverage | None:
    """What pays for somebody a ticket is handed to. Raises MemberNotFound, AssigneeNotPro."""
    if assignee is None:
        return None
    coverage = seats.coverage_of_members(tenant=tenant).get(assignee)
    if coverage is None:
        raise MemberNotFound
    if not coverage.allow(Action.EDIT_TICKETS, tenant.now()):
        raise AssigneeNotPro
    return coverage


def _tell_assignee(change: JournalledTransaction, ticket: Ticket, coverage: Coverage | None, tenant: Tenant) -> None:
    """Tell whom a ticket is handed to, who must still be the member that was read."""
    if ticket.assignee is None or coverage is None:
        return
    seats.check_same_seat(change, ticket.assignee, coverage, tenant=tenant)
    by = None if tenant.member is None else tenant.member.user_id
    about = About(kind=AboutKind.TICKET, id=ticket.id)
    notice = Notice(kind=NoticeKind.TICKET_ASSIGNED, to=ticket.assignee, about=about, by=by)
    notifications.announce(change, notice, tenant=tenant)
