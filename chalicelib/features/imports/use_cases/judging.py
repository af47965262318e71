"""What a file's rows mean here: which chat each is for, and what of its cells fits into which field."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import Account
from chalicelib.features.bulk_edits.model import own_field_or_column
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import CardField, parsed_field
from chalicelib.features.fields import use_cases as fields
from chalicelib.features.fields.model import (
    OF_OPTIONS,
    ColumnNotFound,
    ColumnType,
    Content,
    ValueInvalid,
    Wording,
)
from chalicelib.features.imports.model import (
    NO_CHAT,
    Counts,
    EmptyCells,
    Fault,
    FaultKind,
    Import,
    MatchBy,
    PlanInvalid,
    ReadyRow,
    Record,
    Target,
    username_of,
)
from chalicelib.features.imports.use_cases.making import Finder
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.kernel import ids
from chalicelib.kernel.csv_cells import as_meant
from chalicelib.kernel.errors import Blame, Invalid
from chalicelib.kernel.ids import AccountId, ChatId, ColumnId, UserId
from chalicelib.kernel.records import record
from chalicelib.table.tenant import Tenant


@record
class Matched:
    """The chat each of some records is for, empty for none, and what was wrong with the others."""

    chat_ids: tuple[ChatId, ...]
    faults: tuple[Fault, ...]
    counts: Counts


class Matcher:
    """Finds the chats of records; no chat is for two of them. It remembers those it found, and that it was told of."""

    def __init__(self, imported: Import, seen: set[ChatId], tenant: Tenant) -> None:
        self._plan = imported.planned
        self._asked_by = imported.asked_by
        self._seen = seen
        self._tenant = tenant

    def match(self, records: Sequence[Record]) -> Matched:
        """The chats of these: a batch read a hundred where ids name them; else none but for the first ones."""
        named = [_cell(each, self._plan.match_column) for each in records]
        found = self._by_id(named) if self._plan.match_by is MatchBy.CHAT_ID else self._by_username(named)
        chat_ids, faults = list[ChatId](), list[Fault]()
        for each, candidates in zip(records, found, strict=True):
            kind = self._refused(candidates)
            chat_ids.append(candidates[0] if kind is None else NO_CHAT)
            if kind is None:
                self._seen.add(candidates[0])
            else:
                faults.append(Fault(line=each.line, column=self._plan.match_column, kind=kind, detail=""))
        return Matched(chat_ids=tuple(chat_ids), faults=tuple(faults), counts=_counted(len(records), faults))

    def _refused(self, candidates: Sequence[ChatId]) -> FaultKind | None:
        if not candidates:
            return FaultKind.NO_CHAT
        if len(candidates) > 1:
            return FaultKind.MANY_CHATS
        return FaultKind.AGAIN if candidates[0] in self._seen else None

    def _by_id(self, named: Sequence[str]) -> list[Sequence[ChatId]]:
        wanted = {ChatId(name) for name in named if ids.is_chat_shape(name)}
        there = chats.metadata_of(sorted(wanted), tenant=self._tenant)
        return [[ChatId(name)] if name in there else [] for name in named]

    def _by_username(self, named: Sequence[str]) -> list[Sequence[ChatId]]:
        return [self._usernames.get(username_of(name), ()) if name else () for name in named]

    @cached_property
    def _usernames(self) -> Mapping[str, Sequence[ChatId]]:
        """By username, the chats whose private side the importer sees: all rows of those chats are read, once a turn.

        Usernames of other chats are nobody's to try (product.md section 1.3).
        """
        found: dict[str, list[ChatId]] = {}
        for username, chat_id in chats.usernames_seen_by(self._asked_by, tenant=self._tenant):
            found.setdefault(username, []).append(chat_id)
        return found


class Judge:
    """Says what the cells of records are in the fields they are meant for, as columns and members are now.

    With a `finder`, as the columns would be with the options that are to be made.
    """

    def __init__(self, imported: Import, tenant: Tenant, finder: Finder | None = None) -> None:
        """Three queries: columns, members and accounts."""
        self._finder = finder
        self._plan = imported.planned
        self._width = len(imported.header)
        self._wordings = {column.id: Wording(column) for column in fields.list_columns(tenant=tenant)}
        self._people = workspaces.members_by_words(tenant=tenant)
        self._accounts: Mapping[AccountId, Account] = {each.id: each for each in accounts.known_accounts(tenant)}

    def require_fields(self) -> None:
        """Demand that all fields are there, and take options where some are to be made.

        Raises:
            BulkFieldInvalid, ColumnNotFound: one is not.
            ColumnBusy: something is done to all values of a column just now.
            PlanInvalid: options are to be made in what has none.
        """
        for target in self._plan.targets:
            meant = own_field_or_column(target.field)
            column = None if isinstance(meant, CardField) else self._wording(meant).column
            if column is not None:
                column.require_idle()
            if target.makes_options and (column is None or column.type not in OF_OPTIONS):
                raise PlanInvalid(blames=(Blame("/targets", "only a select column has options"),))

    def row(self, each: Record, chat_id: ChatId) -> tuple[ReadyRow, list[Fault]]:
        """What goes into a chat, None where an empty cell clears what is there; and what does not."""
        values, faults = dict[str, Content](), list[Fault]()
        for target in self._plan.targets:
            text = _cell(each, target.column)
            if not text and self._plan.empty_cells is EmptyCells.LEAVE:
                continue
            try:
                values[target.field] = self._value(target, text, chat_id) if text else self._nothing(target)
            except ColumnNotFound:
                continue  # It was deleted since the plan was made.
            except Invalid as refusal:
                faults.append(_misfit(each, target.column, refusal))
        if len(each.cells) > self._width:
            faults.append(Fault(line=each.line, column=None, kind=FaultKind.TOO_MANY_CELLS, detail=""))
        return ReadyRow(chat_id=chat_id, values=values), faults

    def _value(self, target: Target, text: str, chat_id: ChatId) -> Content:
        meant = own_field_or_column(target.field)
        if isinstance(meant, CardField):
            return self._own_value(meant, text, chat_id)
        wording = self._wording(meant)
        if wording.column.type is ColumnType.PERSON:
            return self._person(text)
        if target.makes_options and self._finder is not None:
            return self._finder.value(target, wording, text, is_written=chat_id != NO_CHAT)
        return wording.value(text)

    def _nothing(self, target: Target) -> Content:
        """What an empty cell comes to where it clears. Raises ValueInvalid: the field is never empty, or not so."""
        meant = own_field_or_column(target.field)
        column = None if isinstance(meant, CardField) else self._wording(meant).column
        if column is not None and column.required:
            raise ValueInvalid(blames=(Blame("", "expected a value: the column is required"),))
        if column is not None and column.type is ColumnType.FILES:
            raise ValueInvalid(blames=(Blame("", "files are taken off chat by chat"),))
        return None

    def _own_value(self, field: CardField, text: str, chat_id: ChatId) -> Content:
        if field is CardField.PRIORITY:
            return parsed_field(field, text.casefold(), pointer="")
        if field is not CardField.ASSIGNEE:
            return parsed_field(field, text, pointer="")
        assignee, account = self._person(text), self._accounts.get(ids.account_of(chat_id))
        if chat_id != NO_CHAT and (account is None or not account.is_held_by(assignee)):
            raise ValueInvalid(blames=(Blame("", "expected somebody connected to the chat's account"),))
        return assignee

    def _person(self, text: str) -> UserId:
        found = self._people.get(text.casefold().removeprefix("@"))
        if found is None:
            raise ValueInvalid(blames=(Blame("", "expected the username of a member, or the name of only one"),))
        return found

    def _wording(self, column_id: ColumnId) -> Wording:
        if column_id not in self._wordings:
            raise ColumnNotFound
        return self._wordings[column_id]


def _cell(each: Record, place: int) -> str:
    return as_meant(each.cells[place].strip()) if place < len(each.cells) else ""


def _misfit(each: Record, column: int, refusal: Invalid) -> Fault:
    detail = "; ".join(blame.detail for blame in refusal.blames) or refusal.title
    return Fault(line=each.line, column=column, kind=FaultKind.VALUE, detail=detail)


def _counted(rows: int, faults: Sequence[Fault]) -> Counts:
    of = {kind: sum(fault.kind is kind for fault in faults) for kind in FaultKind}
    return Counts(
        rows=rows,
        matched=rows - len(faults),
        unmatched=of[FaultKind.NO_CHAT],
        ambiguous=of[FaultKind.MANY_CHATS],
        repeated=of[FaultKind.AGAIN],
    )
