"""What texts that people wrote mean in a column: options by name, yes or no, a number, a day. Pure.

Unlike where a column becomes another type (converting.py), nothing need be turned back into the same text.
"""

import re
from typing import Final

from chalicelib.features.fields.model.columns import Column
from chalicelib.features.fields.model.contents import OF_OPTIONS, ColumnType, Content, misfit
from chalicelib.features.fields.model.converting import content_of
from chalicelib.features.fields.model.options import folded

_PARTED: Final = re.compile(r"[,\n]")


class Wording:
    """Reads many texts for one column."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self._options = {folded(option.name): option.id for option in column.offered()}

    def value(self, text: str) -> Content:
        """What a text that is not empty means.

        Raises:
            ValueInvalid: nothing, or the column is one of people, who are found by other ways.
        """
        kind, written = self.column.type, text.strip()
        if kind not in OF_OPTIONS:
            meant = content_of(written.casefold() if kind is ColumnType.CHECKBOX else written, self.column)
            return self.column.parse(meant)
        chosen = [self._options.get(folded(name)) for name in self._names(written)]
        if not chosen or None in chosen:
            raise misfit("the name of one of the column's options")
        return self.column.parse(chosen[0] if kind is ColumnType.SELECT else chosen)

    def missing(self, text: str) -> list[str]:
        """The names in a text that no option of the column has; none where it has no options."""
        names = self._names(text.strip()) if self.column.type in OF_OPTIONS else ()
        return [name for name in names if folded(name) not in self._options]

    def _names(self, written: str) -> tuple[str, ...]:
        """Names with commas are found whole where the column has them; else commas and line breaks part names."""
        if self.column.type is ColumnType.SELECT:
            return (written,)
        ways = [_trimmed(way) for way in ([written], written.split(", "), _PARTED.split(written))]
        return next((names for names in ways if self._are_known(names)), ways[-1])

    def _are_known(self, names: tuple[str, ...]) -> bool:
        return all(folded(name) in self._options for name in names)


def _trimmed(names: list[str]) -> tuple[str, ...]:
    return tuple(trimmed for name in names if (trimmed := name.strip()))
