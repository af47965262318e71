"""What is in the files of an export: page by page, by the use cases the member who asked for it would be answered by.

So what they may not see is in no file. No use case reads a message, and none is kept anywhere to be read (product.md
section 1): of a message that a comment quotes there is the number.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from chalicelib.features.chats import use_cases as chats
from chalicelib.features.comments import use_cases as comments
from chalicelib.features.comments.model import Comment, Subject, SubjectKind
from chalicelib.features.contacts import use_cases as contacts
from chalicelib.features.contacts.model import CONTACTS, Party
from chalicelib.features.exports.model import DataExport, ExportedFile
from chalicelib.features.exports.repository import DataExports
from chalicelib.features.exports.use_cases.chat_lines import ChatLines
from chalicelib.features.exports.use_cases.surroundings import JOINED, Surroundings, headings
from chalicelib.features.fields.model import OF_OPTIONS, Column
from chalicelib.features.files import use_cases as files
from chalicelib.features.files.model import File
from chalicelib.features.journal import use_cases as journal
from chalicelib.features.journal.model import CSV_COLUMNS, Filters, csv_cells
from chalicelib.features.tickets import use_cases as tickets
from chalicelib.features.tickets.model.facts import TicketNotFound
from chalicelib.features.tickets.model.listing import Order, Reckoned, TicketFilters
from chalicelib.features.tickets.model.tickets import Stamp
from chalicelib.kernel import ids
from chalicelib.kernel.csv_cells import Cell
from chalicelib.kernel.ids import ChatId, TicketId
from chalicelib.kernel.permissions import Action
from chalicelib.kernel.records import record
from chalicelib.table.tenant import Tenant

_PAGE: Final = 100
"""Of contacts, chats and tickets; of the largest chats there can be it is forty megabytes."""
_COMMENTS: Final = 50
_FIELDS: Final = (
    *("of", "id", "key", "name", "type", "description", "required", "default"),
    *("option_id", "option", "option_colour", "option_archived"),
)
_CONTACTS: Final = ("id", "name", "kind", "username", "last_message_at", "accounts", "chat_ids")
_TICKETS: Final = (
    *("id", "number", "title", "description", "status", "priority", "assignee_id", "assignee", "due_on"),
    *("sla", "sla_due_at", "created_at", "created_by", "changed_at", "solved_at", "solved_by", "closed_at"),
    *("closed_by", "chat_ids", "chats", "files"),
)
_OF_COMMENTS: Final = (
    *("about", "about_id", "about_name", "id", "answers", "author_id", "author", "at", "edited_at", "text"),
    *("files", "quoted_chat_id", "quoted_message_id"),
)


@record
class Page:
    """Lines of a file, and the cursor of those behind them; None at its end."""

    lines: Iterable[list[Cell]]
    cursor: str | None


class Contents:
    """The files of one export, as a member may see them."""

    def __init__(self, export: DataExport, tenant: Tenant) -> None:
        self._export = export
        self._tenant = tenant
        self._surroundings = Surroundings(export.layout, tenant)
        self._chat_lines = ChatLines(self._surroundings, tenant)
        self._subjects: Iterator[Subject] | None = None
        self._pages: Mapping[ExportedFile, Callable[[str | None], Page]] = {
            ExportedFile.FIELDS: self._fields,
            ExportedFile.CONTACTS: self._contacts,
            ExportedFile.CHATS: self._chats,
            ExportedFile.TICKETS: self._tickets,
            ExportedFile.COMMENTS: self._comments,
            ExportedFile.ACTIVITY: self._activity,
        }

    def heading(self, file: ExportedFile) -> list[str]:
        """The first line of a file."""
        match file:
            case ExportedFile.FIELDS:
                return list(_FIELDS)
            case ExportedFile.CONTACTS:
                return list(_CONTACTS)
            case ExportedFile.CHATS:
                return self._chat_lines.heading()
            case ExportedFile.TICKETS:
                return headings(_TICKETS, self._surroundings.ticket_columns)
            case ExportedFile.COMMENTS:
                return list(_OF_COMMENTS)
            case ExportedFile.ACTIVITY:
                return list(CSV_COLUMNS)

    def page(self, file: ExportedFile, cursor: str | None) -> Page:
        """The lines of a file behind a cursor, from its beginning for None. Its lines are read as they are asked for.

        What a page costs is what the list of the same things costs: of comments it is a page of one chat or ticket.
        """
        return self._pages[file](cursor)

    def _fields(self, _cursor: str | None) -> Page:
        around = self._surroundings
        of = [("chat", column) for column in around.columns] + [("ticket", field) for field in around.ticket_fields]
        return Page(lines=(line for whose, column in of for line in self._field_lines(whose, column)), cursor=None)

    def _field_lines(self, whose: str, column: Column) -> Iterator[list[Cell]]:
        """A line a column; of one with options a line an option."""
        default = self._surroundings.told(column, column.default)
        line: list[Cell] = [whose, column.id, column.key, column.name, column.type, column.description]
        line += [column.required, default]
        options = column.options if column.type in OF_OPTIONS else ()
        for option in options:
            yield [*line, option.id, option.name, option.hue, option.archived]
        if not options:
            yield [*line, None, None, None, None]

    def _contacts(self, cursor: str | None) -> Page:
        page = contacts.list_parties(CONTACTS, limit=_PAGE, cursor=cursor, tenant=self._tenant)
        return Page(lines=map(self._contact, page.items), cursor=page.next_cursor)

    def _contact(self, party: Party) -> list[Cell]:
        labels = [self._surroundings.labels.get(each.account_id, each.account_id) for each in party.known_by]
        chat_ids = JOINED.join(each.chat_id for each in party.known_by)
        line: list[Cell] = [party.id, party.name, party.kind, party.username, party.last_message_at]
        return [*line, JOINED.join(labels), chat_ids]

    def _chats(self, cursor: str | None) -> Page:
        if self._export.selected is not None:
            return self._selected_chats(cursor)
        page = chats.list_chats(None, limit=_PAGE, cursor=cursor, tenant=self._tenant)
        return Page(lines=self._chat_lines.of(page.items), cursor=page.next_cursor)

    def _selected_chats(self, cursor: str | None) -> Page:
        """A cursor is the last chat looked at: they are in the order of their ids."""
        ahead = [chat_id for chat_id in self._selection if chat_id > (cursor or "")]
        cards = chats.cards_of(ahead[:_PAGE], tenant=self._tenant)
        return Page(lines=self._chat_lines.of(cards), cursor=ahead[_PAGE - 1] if len(ahead) > _PAGE else None)

    @cached_property
    def _selection(self) -> Sequence[ChatId]:
        return DataExports(self._tenant).chats_of(self._export)

    def _tickets(self, cursor: str | None) -> Page:
        page = tickets.list_tickets(TicketFilters(), Order.NEWEST, limit=_PAGE, cursor=cursor, tenant=self._tenant)
        linked = sorted({chat_id for each in page.items for chat_id in each.ticket.chat_ids})
        titles = chats.titles_of(linked, tenant=self._tenant) if linked else {}
        return Page(lines=(self._ticket(each, titles) for each in page.items), cursor=page.next_cursor)

    def _ticket(self, reckoned: Reckoned, titles: Mapping[ChatId, str]) -> list[Cell]:
        """`titles` are of the chats that are in the workspace: of others nothing is told."""
        ticket, around = reckoned.ticket, self._surroundings
        linked = [chat_id for chat_id in ticket.chat_ids if chat_id in titles]
        line: list[Cell] = [ticket.id, ticket.number, ticket.title, ticket.description, ticket.status, ticket.priority]
        line += [ticket.assignee, around.name(ticket.assignee), ticket.due_on]
        line += [reckoned.sla.state_at(self._tenant.now()), reckoned.sla.due_at]
        line += [*self._stamp(ticket.created), ticket.changed_at]
        line += [*self._stamp(ticket.solved), *self._stamp(ticket.closed)]
        line += [JOINED.join(linked), JOINED.join(titles[each] for each in linked), _names_of(reckoned.files)]
        return line + [around.told(field, ticket.values.get(key)) for key, field in around.ticket_columns.items()]

    def _stamp(self, stamp: Stamp | None) -> tuple[Cell, Cell]:
        return (None, None) if stamp is None else (stamp.at, self._surroundings.name(stamp.by))

    def _comments(self, cursor: str | None) -> Page:
        """A cursor is the subject's kind and id and, within one, that of its comments."""
        kind, _, rest = (cursor or "").partition(" ")
        subject_id, _, within = rest.partition(" ")
        here = Subject(kind=SubjectKind(kind), id=subject_id) if kind else None
        subject = here if within else self._next_subject(here)
        if subject is None:
            return Page(lines=(), cursor=None)
        reached = f"{subject.kind} {subject.id}"
        title = self._title_of(subject)
        if title is None:
            return Page(lines=(), cursor=reached)
        page = comments.list_comments(subject, limit=_COMMENTS, cursor=within or None, tenant=self._tenant)
        said = [each for thread in page.items for each in (thread.comment, *thread.answers) if not each.is_deleted]
        lines = self._comment_lines(subject, title, said)
        return Page(lines=lines, cursor=f"{reached} {page.next_cursor}" if page.next_cursor else reached)

    def _comment_lines(self, subject: Subject, title: str, said: Sequence[Comment]) -> Iterator[list[Cell]]:
        """Of a message of a chat that stays out of the workspace there is not even the number."""
        file_ids = [file_id for each in said for file_id in each.file_ids]
        known = files.files_of(file_ids, tenant=self._tenant) if file_ids else {}
        quoted = sorted({each.quote.chat_id for each in said if each.quote is not None})
        shared = chats.titles_of(quoted, tenant=self._tenant) if quoted else {}
        for each in said:
            attached = _names_of(known[file_id] for file_id in each.file_ids if file_id in known)
            quote = each.quote if each.quote is not None and each.quote.chat_id in shared else None
            yield [
                *(subject.kind, subject.id, title, *self._told(each), attached),
                *((None, None) if quote is None else (quote.chat_id, quote.message_id)),
            ]

    def _told(self, comment: Comment) -> tuple[Cell, ...]:
        names = self._surroundings.names
        author = (comment.author_id, names.get(comment.author_id))
        return (comment.id, comment.root_id, *author, comment.at, comment.edited_at, comment.words.told(names))

    def _next_subject(self, after: Subject | None) -> Subject | None:
        if self._subjects is None:
            self._subjects = comments.every_subject(after, tenant=self._tenant)
        return next(self._subjects, None)

    def _title_of(self, subject: Subject) -> str | None:
        """What is commented on; None where it is gone, or a chat stays out of the workspace."""
        match subject.kind:
            case SubjectKind.CHAT:
                return chats.titles_of([ChatId(subject.id)], tenant=self._tenant).get(ChatId(subject.id))
            case SubjectKind.TICKET:
                try:
                    ticket = tickets.the_ticket(TicketId(subject.id), tenant=self._tenant).ticket
                except TicketNotFound:
                    return None
                return f"#{ticket.number} {ticket.title}"

    def _activity(self, cursor: str | None) -> Page:
        entries, reached = journal.oldest_activity(
            Filters(),
            cursor or "",
            ids.first_minted_at(self._export.asked_at.timestamp()),
            with_addresses=self._tenant.may(Action.SEE_ADDRESSES),
            tenant=self._tenant,
        )
        return Page(lines=map(csv_cells, entries), cursor=reached)


def _names_of(attached: Iterable[File]) -> str:
    return JOINED.join(file.name for file in attached)
