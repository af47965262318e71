"""How files to import are read: whatever programs write, whatever breaks, and how much is in memory at once."""

import io
import tracemalloc
from collections.abc import Callable
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.features.bulk_edits.model import OF_COLUMN
from chalicelib.features.fields.model import Column, ColumnType
from chalicelib.features.imports.model import (
    MAX_CELLS,
    MAX_RECORD_CHARACTERS,
    MAX_ROWS,
    FileUnreadable,
    Form,
    MatchBy,
    Place,
    Records,
    begun,
    guessed,
    username_of,
)
from chalicelib.kernel.ids import ColumnId

ROWS = [("name", "note"), ("Zoë", "a, b; c"), ('says "hi"', "two\nlines"), ("Иван", "日本")]
FIRST = Place(offset=0, line=1)


def opened(content: bytes) -> Callable[[int], IO[bytes]]:
    """A file, as the use cases open it."""
    return lambda offset: io.BytesIO(content[offset:])


def read(content: bytes) -> list[tuple[str, ...]]:
    """All records of a file, the first one its columns' names."""
    beginning = begun(opened(content))
    rest = Records(opened(content)(beginning.first.offset), beginning.form, beginning.first)
    return [beginning.header, *(each.cells for each in rest)]


def written(delimiter: str) -> str:
    """The rows with every cell in quotes."""
    return "".join(quoted(row, delimiter) for row in ROWS)


def quoted(row: tuple[str, str], delimiter: str) -> str:
    """A line with both cells in quotes."""
    first, second = (f'"{cell}"' for cell in (cell.replace('"', '""') for cell in row))
    return f"{first}{delimiter}{second}\r\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_csv_is_read_in_utf_8_or_utf_16_with_or_without_a_mark_by_whichever_delimiter(
    encoding: str, delimiter: str
) -> None:
    assert read(written(delimiter).encode(encoding)) == ROWS


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"a,b\n1,2", [("a", "b"), ("1", "2")]),
        (b"a,b\r1,2\r3,4\r", [("a", "b"), ("1", "2"), ("3", "4")]),
        (b"a,b\n\n\n , \n1,2\n\n", [("a", "b"), ("1", "2")]),
        (b"a,b\n1,2,,,\n", [("a", "b"), ("1", "2")]),
        (b"a,b\n1\n", [("a", "b"), ("1",)]),
        (b'a;b\n"1;0";2,5\n3;4,5\n', [("a", "b"), ("1;0", "2,5"), ("3", "4,5")]),
        (b"only\none\ntwo\n", [("only",), ("one",), ("two",)]),
        ("a,b\n1\u2028x,2\x0b\n".encode(), [("a", "b"), ("1\u2028x", "2\x0b")]),
        (b'a,b\n5" pipe,2\n', [("a", "b"), ('5" pipe', "2")]),
        (b"=cmd,@b\n=1+1,-2\n", [("=cmd", "@b"), ("=1+1", "-2")]),
    ],
)
def test_what_programs_write_is_read_as_it_is_meant(content: bytes, rows: list[tuple[str, ...]]) -> None:
    assert read(content) == rows


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'a,b\n1,2\n"3,4\n5,6\n', 3),
        (b'a,b\n"1"x,2\n', 2),
        (b"a,b\n1,2\n\xff\xfe\xfd,3\n", 3),
        ("a,b\n1,é\n".encode("cp1252"), 2),
        (b"a,b\n1," + b"x" * (MAX_RECORD_CHARACTERS + 1), 2),
        (b'a,b\n1,"' + b"x\n" * MAX_RECORD_CHARACTERS + b'"\n', 2),
        (b",".join([b"a"] * (MAX_CELLS + 1)), 1),
        (b"", None),
        (b"\n\n \n", None),
        (b"\xef\xbb\xbf", None),
        (b"PK\x03\x04" + b"\x00" * 60, None),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 60, 1),
    ],
)
def test_what_is_no_csv_is_refused_with_its_line_and_never_guessed_at(content: bytes, line: int | None) -> None:
    with pytest.raises(FileUnreadable) as refusal:
        read(content)
    assert refusal.value.line == line


_CELLS = st.text(st.characters(codec="utf-8"), max_size=9)


@given(st.lists(st.tuples(_CELLS, _CELLS), max_size=9), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]))
def test_work_goes_on_at_the_place_any_record_left(rows: list[tuple[str, str]], encoding: str) -> None:
    content = "".join(quoted(row, ",") for row in rows).encode(encoding)
    form, place = Form(encoding=encoding, delimiter=","), Place(offset=0, line=1)
    whole = list(Records(io.BytesIO(content), form, place))
    one_by_one = []
    while each := next(records := Records(io.BytesIO(content[place.offset :]), form, place), None):
        one_by_one.append(each)
        place = records.place
    assert one_by_one == whole
    assert [each.cells for each in whole] == [trimmed for row in rows if (trimmed := without_end(row))]


def without_end(row: tuple[str, str]) -> tuple[str, ...]:
    """A row without the empty cells at its end."""
    first, second = row
    return row if second.strip() else (first,) if first.strip() else ()


class Lines(io.RawIOBase):
    """A file of a hundred thousand rows that is nowhere whole."""

    def __init__(self) -> None:
        self._lines = iter(f'{number},"A note of chat {number}"\r\n'.encode() for number in range(MAX_ROWS))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        line = next(self._lines, b"")
        buffer[: len(line)] = line
        return len(line)


def test_a_hundred_thousand_rows_are_never_in_memory_together() -> None:
    tracemalloc.start()
    try:
        count = sum(1 for _ in Records(io.BufferedReader(Lines()), Form(encoding="utf-8", delimiter=","), FIRST))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == MAX_ROWS
    assert most < 1_000_000


@pytest.mark.parametrize("text", ["@Ada_L", "ada_l", "https://t.me/Ada_L", "t.me/ada_l/", " telegram.me/ADA_L "])
def test_a_username_is_one_however_it_is_written(text: str) -> None:
    assert username_of(text) == "ada_l"


def test_the_names_of_columns_suggest_a_plan() -> None:
    stage = Column(
        id=ColumnId("0" * 26), key="stage", name="Deal stage", type=ColumnType.TEXT, options=(), position=1, version=1
    )
    guess = guessed(["Name", "Telegram", "E-mail", "email", "deal STAGE", "stage", ""], [stage])
    assert (guess.match_by, guess.match_column) == (MatchBy.USERNAME, 1)
    assert [(each.column, each.field) for each in guess.targets] == [(3, "email"), (4, f"{OF_COLUMN}{stage.id}")]
    assert guessed(["x", "Chat ID"], []).match_by is MatchBy.CHAT_ID
    assert guessed(["x"], []).match_column is None
