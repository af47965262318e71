"""Giving many chats one value, chunk by chunk, and taking that back as one."""

from chalicelib.features.bulk_edits.use_cases.editing import (
    RUN,
    get_bulk_edit,
    go_on,
    start_bulk_edit,
    undo_bulk_edit,
)
from chalicelib.features.bulk_edits.use_cases.sharing import share_out
from chalicelib.features.bulk_edits.use_cases.writing import Cell, Writer, writer_of

__all__ = [
    "RUN",
    "Cell",
    "Writer",
    "get_bulk_edit",
    "go_on",
    "share_out",
    "start_bulk_edit",
    "undo_bulk_edit",
    "writer_of",
]
