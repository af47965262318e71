"""Options that a file names and columns lack: a check finds them, and they are made before any value is written."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

from chalicelib.features.fields import use_cases as fields
from chalicelib.features.fields.model import (
    MAX_NAME_CHARACTERS,
    AddOption,
    ColumnChanged,
    ColumnInvalid,
    ColumnLimitReached,
    ColumnNotFound,
    Content,
    OptionDraft,
    ValueInvalid,
    Wording,
    with_option,
)
from chalicelib.features.imports.model import MAX_NEW_OPTIONS, Import, NewOption, Target
from chalicelib.features.imports.repository import Imports
from chalicelib.kernel.errors import Blame
from chalicelib.kernel.names import NameInvalid
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile


class Finder:
    """Reads cells as if the options they name were there, and remembers which ones that takes. None is made."""

    def __init__(self, found: Sequence[NewOption]) -> None:
        self.found = list(found)
        self._grown: dict[int, Wording] = {}

    def value(self, target: Target, wording: Wording, text: str, *, is_written: bool) -> Content:
        """What a cell comes to be with the options it lacks, which are found with it.

        One that is not written, for want of a chat, brings none; it is None, and judged once its row has one.

        Raises:
            ValueInvalid: it does not fit even with options that are made; the blame says what to do.
        """
        before = self._grown.get(target.column) or self._remembered(target.column, wording)
        missing = before.missing(text)
        if not missing:
            return before.value(text)
        if not is_written:
            return None
        after = self._with(before, missing)
        value = after.value(text)
        self.found += [NewOption(column=target.column, name=name) for name in _added(before, after)]
        self._grown[target.column] = after
        return value

    def _remembered(self, place: int, wording: Wording) -> Wording:
        """A column as it is now, with what earlier turns found for it."""
        column = wording.column
        for option in self.found:
            if option.column == place:
                with suppress(ColumnInvalid, ColumnLimitReached):  # Others may have changed it since.
                    column = with_option(column, OptionDraft(name=option.name))
        self._grown[place] = Wording(column)
        return self._grown[place]

    def _with(self, before: Wording, missing: Sequence[str]) -> Wording:
        column = before.column
        try:
            for name in missing:
                column = with_option(column, OptionDraft(name=name))
        except NameInvalid:
            raise _unfit(
                f"expected an option's name of 1 to {MAX_NAME_CHARACTERS} characters that can be seen"
            ) from None
        except ColumnLimitReached as refusal:
            raise _unfit(f"{refusal.detail} Use one there is, or import this into a text column.") from None
        after = Wording(column)
        if len(self.found) + len(_added(before, after)) > MAX_NEW_OPTIONS:
            raise _unfit(f"An import makes at most {MAX_NEW_OPTIONS} options. Import this column by itself.")
        return after


def make_option(imported: Import, option: NewOption, imports: Imports, tenant: Tenant) -> Import:
    """Make an option as inline creation does, in one transaction with how far that brings its import: 3 rows.

    It is passed over where somebody else made it meanwhile, or its column takes none by now; cells that name it are
    judged anew when they are written.

    Raises:
        ChangedMeanwhile: somebody else carried the import on, or others kept changing the column.
        ColumnBusy: the column becomes another type just now.
    """
    passed = replace(imported.moved(), options_passed=imported.options_passed + 1)
    made = replace(passed, options_made=imported.options_made + 1)
    [column_id] = [target.column_id for target in imported.planned.targets if target.column == option.column]
    command = AddOption(column_id=column_id, option=OptionDraft(name=option.name))
    move = partial(imports.move, before=imported, after=made)
    try:
        if fields.add_option_along(command, move, tenant=tenant):
            return made
    except ColumnChanged as refusal:
        raise ChangedMeanwhile from refusal
    except (ColumnNotFound, ColumnInvalid, ColumnLimitReached):
        pass
    with tenant.own_transaction() as nothing:
        imports.move(nothing, imported, passed)
    return passed


def _added(before: Wording, after: Wording) -> list[str]:
    """The names of the options one has beyond the other; they stand at its end."""
    return [option.name for option in after.column.offered()[len(before.column.offered()) :]]


def _unfit(detail: str) -> ValueInvalid:
    return ValueInvalid(blames=(Blame("", detail),))
