"""CSV for spreadsheets: RFC 4180, numbers as numbers, and no cell that a spreadsheet would run."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.csv_cells import CSV_BEGINNING, Cell, as_meant, csv_lines, defused

GOLDEN = Path(__file__).parents[2] / "golden"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def test_hostile_cells_are_written_letter_by_letter_as_they_should_be() -> None:
    rows = json.loads((GOLDEN / "hostile_cells.json").read_text())
    assert CSV_BEGINNING.encode() + csv_lines(rows) == (GOLDEN / "hostile_cells.csv").read_bytes()


def test_numbers_stay_numbers_even_where_a_text_like_them_would_be_defused() -> None:
    line: list[Cell] = [-5, -0.25, 12, 9_007_199_254_740_991, "-5", True, False, None]
    assert csv_lines([line]) == b'-5,-0.25,12,9007199254740991,"\'-5","true","false",""\r\n'


def test_a_moment_is_written_as_rfc_3339() -> None:
    assert csv_lines([[datetime(2026, 11, 26, 8, tzinfo=UTC)]]) == b'"2026-11-26T08:00:00.000Z"\r\n'


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=1), max_size=5))
def test_whatever_is_written_is_read_again_and_nothing_of_it_begins_a_formula(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(csv_lines(rows).decode(), newline="")))
    assert read == [[defused(cell) for cell in row] for row in rows]
    assert not any(cell.startswith(DANGEROUS) for row in read for cell in row)


@given(st.text().filter(lambda cell: not cell.startswith("'")))
def test_what_was_defused_comes_back_as_it_was(cell: str) -> None:
    assert as_meant(defused(cell)) == cell


def test_an_apostrophe_that_keeps_nothing_from_running_stays() -> None:
    assert as_meant("'s-Hertogenbosch") == "'s-Hertogenbosch"
