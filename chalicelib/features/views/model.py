"""What a view holds, whose it is, and who may change it. Pure."""

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from chalicelib.kernel import filters, names
from chalicelib.kernel.errors import Blame, Conflict, Forbidden, Invalid, NotFound
from chalicelib.kernel.filters import FieldKind
from chalicelib.kernel.ids import UserId, ViewId
from chalicelib.kernel.records import record

MAX_VIEWS: Final = 100
"""Shared ones of a workspace, and a member's own: what one list reads. Two made at the same moment may exceed it."""
MAX_NAME_CHARACTERS: Final = 80
MAX_SORTS: Final = 3
MAX_ARRANGED: Final = 150
"""Columns in their order, hidden ones too."""
MAX_LANES: Final = 201
MAX_CARD_FIELDS: Final = 20
MIN_WIDTH, MAX_WIDTH = 40, 1_000
"""Pixels."""
MAX_FILTER_CHARACTERS: Final = 50_000
"""Of its JSON: a view is one row, and a list reads a hundred of them."""
_GROUPED: Final = frozenset({FieldKind.CHOICE, FieldKind.PERSON, FieldKind.CHECK})


class Layout(StrEnum):
    """How a view shows its chats."""

    TABLE = "table"
    BOARD = "board"


class Icon(StrEnum):
    """The pictures a view can have; the screen draws them."""

    BELL = "bell"
    BOLT = "bolt"
    CALENDAR = "calendar"
    CHECK = "check"
    CLOCK = "clock"
    FLAG = "flag"
    FLAME = "flame"
    HEART = "heart"
    INBOX = "inbox"
    STAR = "star"
    TAG = "tag"
    USERS = "users"


class Order(StrEnum):
    """Which way a field is sorted; what is missing comes last either way."""

    UP = "up"
    DOWN = "down"


class ViewNotFound(NotFound):
    """There is no such view, or it is somebody else's own."""

    code = "view-not-found"
    title = "There is no such view."


class ViewInvalid(Invalid):
    """A view names a field that is not there, or one twice."""

    code = "view-invalid"
    title = "This view can't be saved like that."


class ViewChanged(Conflict):
    """Somebody changed the view first; `standing` has the version that stands."""

    code = "view-changed"
    title = "Somebody changed this view meanwhile. Look again and repeat."


class ViewLimitReached(Conflict):
    """There are as many views as there may be."""

    code = "view-limit-reached"
    title = "There is no room for more views."


class ViewOfOthers(Forbidden):
    """A shared view is changed by who made it, Admins and Owners; anybody may make a copy of their own."""

    code = "view-of-others"
    title = "This view was made by somebody else. You can make a copy."


@record
class Sort:
    """One field of a sort; of several the first counts most."""

    field: str
    order: Order


class Summary(StrEnum):
    """What can stand under a column for all the chats that are shown."""

    FILLED = "filled"
    EMPTY = "empty"
    PERCENT = "percent"
    SUM = "sum"
    AVERAGE = "average"
    LEAST = "least"
    MOST = "most"


@record
class ArrangedColumn:
    """A column in its place. Without a width it has its usual one."""

    field: str
    width: int | None
    is_hidden: bool
    summary: Summary | None


@record
class Board:
    """What a board shows: which lanes are folded, whether empty ones are left out, a sum over each, a card's fields."""

    collapsed: tuple[str, ...]
    hides_empty: bool
    sum: str | None
    fields: tuple[str, ...]


@record
class Content:
    """What a view shows of the chats. `filter` is JSON as kernel/filters reads it.

    Columns that are not named stand after those that are; the first `frozen` do not scroll. `group_by` is the field
    whose choices are the lanes of a board.
    """

    layout: Layout
    filter: Mapping[str, Any]
    sort: tuple[Sort, ...]
    columns: tuple[ArrangedColumn, ...]
    frozen: int
    group_by: str | None
    board: Board


@record
class View:
    """A saved view. `owner` made it; it is theirs alone unless it is shared. `position` orders the tabs."""

    id: ViewId
    owner: UserId
    is_shared: bool
    name: str
    icon: Icon | None
    position: float
    content: Content
    version: int


@record
class CreateView:
    """A view to make; it comes last."""

    name: str
    icon: Icon | None
    is_shared: bool
    content: Content


@record
class ChangeView:
    """What to change of a view; None leaves it. An icon is taken away with `no_icon`."""

    view_id: ViewId
    version: int
    name: str | None = None
    icon: Icon | None = None
    no_icon: bool = False
    is_shared: bool | None = None
    position: float | None = None
    content: Content | None = None


@record
class Views:
    """What a member sees: shared views and their own in the order of their tabs, and the one the table opens with."""

    views: list[View]
    default: ViewId | None


def named(text: str) -> str:
    """A view's name as it is kept. Raises NameInvalid, blaming `/name`."""
    return names.parse(text, pointer="/name", most=MAX_NAME_CHARACTERS)


def checked(content: Content, kinds: Mapping[str, FieldKind]) -> Content:
    """The content, all of whose fields are there.

    Raises:
        FilterInvalid: the filter is none of these fields'.
        ViewInvalid: a field is unknown, stands twice, or can't be grouped by; or the filter is too long.
    """
    filters.parsed(content.filter, kinds, at="/content/filter")
    if len(json.dumps(content.filter, ensure_ascii=False)) > MAX_FILTER_CHARACTERS:
        raise _wrong("/content/filter", f"has at most {MAX_FILTER_CHARACTERS} characters")
    _refuse_strangers([sort.field for sort in content.sort], kinds, "/content/sort")
    _refuse_strangers([column.field for column in content.columns], kinds, "/content/columns")
    if content.group_by is not None and kinds.get(content.group_by) not in _GROUPED:
        raise _wrong("/content/group_by", "not a field with choices")
    if content.board.sum is not None and kinds.get(content.board.sum) is not FieldKind.NUMBER:
        raise _wrong("/content/board/sum", "not a field of numbers")
    for place, field in enumerate(content.board.fields):
        if field not in kinds:
            raise _wrong(f"/content/board/fields/{place}", "no such field")
    return content


def _refuse_strangers(fields: Sequence[str], kinds: Mapping[str, FieldKind], at: str) -> None:
    for place, field in enumerate(fields):
        if field not in kinds:
            raise _wrong(f"{at}/{place}/field", "no such field")
        if field in fields[:place]:
            raise _wrong(f"{at}/{place}/field", "stands twice")


def _wrong(at: str, detail: str) -> ViewInvalid:
    return ViewInvalid(blames=(Blame(at, detail),))


def as_journalled(view: View) -> dict[str, Any]:
    """A shared view as the journal keeps it."""
    content = view.content
    return {
        "name": view.name,
        "layout": content.layout.value,
        "filter": dict(content.filter),
        "sort": [f"{sort.field} {sort.order.value}" for sort in content.sort],
        "columns": [column.field for column in content.columns if not column.is_hidden],
        "group_by": content.group_by,
        "position": view.position,
    }
