"""How tables leave as text and come back: CSV that every spreadsheet opens, and none takes for its own formulas."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from chalicelib.kernel import clock

Cell = str | int | float | bool | datetime | None
"""Numbers stay numbers, a moment is written as RFC 3339 has it, yes and no as `true` and `false`, None is empty."""

CSV_TYPE: Final = "text/csv; charset=utf-8"
CSV_BEGINNING: Final = "\ufeff"
"""Excel reads a file as UTF-8 only where it begins with this mark; other programs skip it."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_lines(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Rows as UTF-8. Source: RFC 4180; every text is quoted, since a quote or line end may stand in any."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_NONNUMERIC).writerows([_written(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def defused(cell: str) -> str:
    """A cell no spreadsheet takes for a formula, whoever wrote what is in it.

    Source: OWASP, CSV Injection: such cells get an apostrophe in front, and every text is quoted.
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def as_meant(cell: str) -> str:
    """What somebody meant by a cell: the apostrophe that only keeps spreadsheets from running it is no part of it."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _written(cell: Cell) -> str | int | float:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case datetime():
            return clock.to_wire(cell)
        case str():
            return defused(cell)
        case _:
            return cell
