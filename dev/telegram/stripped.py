"""Telegram's "stripped" previews: JPEGs of a few hundred bytes whose headers, always the same, are left away.

Only as much of JPEG as a picture of flat squares needs: a number a block of 8 by 8, by the tables of the known header.
Source: ITU-T T.81, annexes F and K; https://core.telegram.org/api/files, stripped thumbnails.
"""

import struct
from collections.abc import Iterator
from typing import Final

from telethon.utils import stripped_photo_to_jpg

Colour = tuple[int, int, int]
"""Red, green, blue; 0 to 255."""

SIDE: Final = 40
_MARK: Final = b"\x01"
_SQUARE: Final = 16
"""Four blocks of brightness share one of each colour."""
_TABLES: Final = 0xC4
_STEPS_OF: Final = 0xDB
_SCAN: Final = 0xDA


def stripped_jpeg(start: Colour, end: Colour) -> bytes:
    """A preview that fades from one colour at its top to another at its bottom. About 0.2 ms."""
    rows = -(-SIDE // _SQUARE)
    bits = _Bits()
    before = [0, 0, 0]
    for row in range(rows):
        share = row / (rows - 1)
        levels = _levels([round(a + (b - a) * share) for a, b in zip(start, end, strict=True)])
        for _ in range(rows):
            for component in (0, 0, 0, 0, 1, 2):
                bits.flat_block(levels[component] - before[component], is_colour=component > 0)
                before[component] = levels[component]
    return _MARK + bytes((SIDE, SIDE)) + bits.finished()


def _levels(colour: list[int]) -> list[int]:
    """Brightness and the two colours as the header's quantisation has them: eight times the value, in its steps."""
    red, green, blue = colour
    bright = 0.299 * red + 0.587 * green + 0.114 * blue - 128
    return [
        round(8 * bright / _STEPS[0]),
        round(8 * (blue - bright - 128) * 0.564 / _STEPS[1]),
        round(8 * (red - bright - 128) * 0.713 / _STEPS[1]),
    ]


class _Bits:
    """Bits on their way into bytes."""

    def __init__(self) -> None:
        self._text = ""

    def flat_block(self, difference: int, *, is_colour: bool) -> None:
        """A block that is one level throughout, told by how it differs from the block before."""
        size = abs(difference).bit_length()
        self._text += _CODES[0, int(is_colour)][size]
        if size:
            self._text += format(difference if difference > 0 else difference + (1 << size) - 1, f"0{size}b")
        self._text += _CODES[1, int(is_colour)][0]

    def finished(self) -> bytes:
        """All of them; the last byte is filled with ones, and what looks like a marker is told from one by a zero."""
        text = self._text + "1" * (-len(self._text) % 8)
        data = bytes(int(text[at : at + 8], 2) for at in range(0, len(text), 8))
        return data.replace(b"\xff", b"\xff\x00")


def _segments(header: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and content of each segment of a JPEG's header."""
    at = 2
    while header[at + 1] != _SCAN:
        (length,) = struct.unpack(">H", header[at + 2 : at + 4])
        yield header[at + 1], header[at + 4 : at + 2 + length]
        at += 2 + length


def _codes(table: bytes) -> dict[int, str]:
    """The code of each value of a Huffman table: counts by length, then the values in order."""
    codes, code, values = {}, 0, iter(table[16:])
    for length in range(1, 17):
        for _ in range(table[length - 1]):
            codes[next(values)] = format(code, f"0{length}b")
            code += 1
        code <<= 1
    return codes


_HEADER: Final = list(_segments(stripped_photo_to_jpg(_MARK + b"\x01\x01")))
_STEPS: Final = [content[1] for marker, content in _HEADER if marker == _STEPS_OF]
_CODES: Final = {
    (content[0] >> 4, content[0] & 15): _codes(content[1:]) for marker, content in _HEADER if marker == _TABLES
}
"""By class (0: whole blocks, 1: inside of them) and by what it is for (0: brightness, 1: colour)."""
