"""Pages of a list: some items and an opaque way to the next ones."""

from typing import Generic, TypeVar

from chalicelib.kernel.records import record

Item = TypeVar("Item")


@record
class Page(Generic[Item]):
    """`next_cursor` is None on the last page."""

    items: list[Item]
    next_cursor: str | None
