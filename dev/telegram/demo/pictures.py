"""Pictures and documents made by code, so that none has to lie in the tree."""

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TRUE_COLOUR = bytes((8, 2, 0, 0, 0))


def gradient_png(width: int, height: int, start: tuple[int, int, int], end: tuple[int, int, int]) -> bytes:
    """A picture that fades from one colour (red, green, blue; 0 to 255) at its top to another at its bottom."""
    rows = []
    for y in range(height):
        share = y / max(height - 1, 1)
        pixel = bytes(round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
        rows.append(b"\0" + pixel * width)
    header = struct.pack(">II", width, height) + _TRUE_COLOUR
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"".join(rows))) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def price_list_csv(rows: int) -> bytes:
    """A spreadsheet somebody might send."""
    lines = [f"{number},Plan {number},{number * 29}.00" for number in range(1, rows + 1)]
    return "\n".join(("id,name,price_eur", *lines, "")).encode()
