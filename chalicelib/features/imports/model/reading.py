"""A CSV as people's programs write them: its encoding, its delimiter, its records one by one. Pure; no file is whole.

A record knows where the next one begins, in bytes and lines, so that work goes on there. What is broken is said with
its line and never guessed at: half a file read wrongly is worse than none. Source: RFC 4180.
"""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import IO, Final

from chalicelib.features.imports.model.facts import FileUnreadable
from chalicelib.kernel.records import record

MAX_CELLS: Final = 200
"""Columns of a file."""
MAX_RECORD_CHARACTERS: Final = 200_000
"""Of one record, its quoted lines together: a handful of the longest texts there can be."""
BEGINNING_BYTES: Final = 64 * 1024
"""Of a file: so much tells its encoding and delimiter."""
MAX_HEADING_CHARACTERS: Final = 100
"""Of a column's name; longer ones are cut."""
DELIMITERS: Final = (",", ";", "\t", "|")
_SEEN_RECORDS: Final = 20
_WORKBOOK: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LENIENT: Final = {"utf-8": "surrogateescape", "utf-16-le": "surrogatepass", "utf-16-be": "surrogatepass"}
"""Bytes that are none of the encoding come as what can't be written back: so they are found in the line they are in."""
_NAMES: Final = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}

Opened = Callable[[int], IO[bytes]]
"""Opens a file's bytes from there on."""


@record
class Form:
    """How a file is written."""

    encoding: str
    delimiter: str

    @property
    def encoding_name(self) -> str:
        """As people call it."""
        return _NAMES[self.encoding]


@record
class Place:
    """Where a record begins: how many bytes are before it, and its line, the first being 1."""

    offset: int
    line: int


@record
class Record:
    """What a line has, or several where quotes hold them together. Empty cells at its end are not there."""

    line: int
    cells: tuple[str, ...]


@record
class Beginning:
    """A file's first record, which names its columns, and where those that follow begin."""

    form: Form
    header: tuple[str, ...]
    first: Place


class Records(Iterator[Record]):
    """The records of a file from a place on, those without any text left out.

    Raises, from `next`:
        FileUnreadable: a quote is not closed, bytes are not of the encoding, or a record is too long.
    """

    def __init__(self, source: IO[bytes], form: Form, place: Place) -> None:
        """`source` begins at the place."""
        self._encoding = form.encoding
        self._text = io.TextIOWrapper(source, encoding=form.encoding, errors=_LENIENT[form.encoding], newline="")
        self._offset, self._line = place.offset, place.line
        self._taken = 0
        self._records = csv.reader(self._lines(), delimiter=form.delimiter, strict=True)

    @property
    def place(self) -> Place:
        """Where the next record begins, or the file ends."""
        return Place(offset=self._offset, line=self._line)

    def __next__(self) -> Record:
        while True:
            begins, self._taken = self._line, 0
            try:
                cells = next(self._records)
            except csv.Error as broken:
                raise FileUnreadable("A quote is not closed, or text follows it.", begins) from broken
            except UnicodeError as broken:
                raise FileUnreadable("There are characters that are not of the file's encoding.", begins) from broken
            if trimmed := _trimmed(cells):
                return Record(line=begins, cells=trimmed)

    def _lines(self) -> Iterator[str]:
        while line := self._text.readline(MAX_RECORD_CHARACTERS + 1):
            self._taken += len(line)
            if self._taken > MAX_RECORD_CHARACTERS:
                raise FileUnreadable(f"A line has more than {MAX_RECORD_CHARACTERS:,} characters.", self._line)
            self._offset += len(line.encode(self._encoding))
            self._line += 1
            yield line


def begun(opened: Opened) -> Beginning:
    """How a file is written, and what it calls its columns.

    Raises:
        FileUnreadable: it is no CSV, or has too many columns.
    """
    beginning = opened(0).read(BEGINNING_BYTES)
    if beginning.startswith(_WORKBOOK):
        raise FileUnreadable("This is a workbook. Save it as a CSV first.")
    encoding, skipped = _encoding_of(beginning)
    start = Place(offset=skipped, line=1)
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(beginning[skipped:])
    form = Form(encoding=encoding, delimiter=_delimiter_of(text))
    records = Records(opened(skipped), form, start)
    header = next(records, None)
    if header is None:
        raise FileUnreadable("The file is empty.")
    if len(header.cells) > MAX_CELLS:
        raise FileUnreadable(f"A file has at most {MAX_CELLS} columns.", header.line)
    names = tuple(cell.strip()[:MAX_HEADING_CHARACTERS] for cell in header.cells)
    return Beginning(form=form, header=names, first=records.place)


def _encoding_of(beginning: bytes) -> tuple[str, int]:
    """The encoding, and the length of the mark that says so. Without one, the zero bytes beside Latin letters do."""
    for mark, encoding in _MARKS:
        if beginning.startswith(mark):
            return encoding, len(mark)
    high, low = beginning[0::2].count(0), beginning[1::2].count(0)
    if high == low:
        return "utf-8", 0
    return ("utf-16-be" if high > low else "utf-16-le"), 0


def _delimiter_of(text: str) -> str:
    """The delimiter that cuts the first records into the most columns, and all of them into as many."""
    return max(DELIMITERS, key=lambda delimiter: _agreement(text, delimiter))


def _agreement(text: str, delimiter: str) -> tuple[bool, int, int]:
    widths = list(_widths(text, delimiter))
    alike = sum(width == widths[0] for width in widths)
    return bool(widths) and widths[0] > 1, alike, widths[0] if widths else 0


def _widths(text: str, delimiter: str) -> Iterator[int]:
    """How many cells each of the first records has; what is cut off or broken ends them."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for count, cells in enumerate(rows):
            if count == _SEEN_RECORDS:
                return
            if cells:
                yield len(cells)
    except csv.Error:
        return


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    last = max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    return tuple(cells[:last])
