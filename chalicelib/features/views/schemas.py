"""Views as they travel."""

from typing import Annotated

import msgspec

from chalicelib.features.chats.schemas import FilterIn
from chalicelib.features.views.model import (
    MAX_ARRANGED,
    MAX_CARD_FIELDS,
    MAX_LANES,
    MAX_NAME_CHARACTERS,
    MAX_SORTS,
    MAX_WIDTH,
    MIN_WIDTH,
    ArrangedColumn,
    Board,
    ChangeView,
    Content,
    CreateView,
    Icon,
    Layout,
    Order,
    Sort,
    Summary,
    View,
    Views,
)
from chalicelib.kernel.ids import ViewId

_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_NAME_CHARACTERS)]
_Lane = Annotated[str, msgspec.Meta(max_length=64)]
_Position = Annotated[float, msgspec.Meta(ge=-1_000_000, le=1_000_000)]


class SortIn(msgspec.Struct, forbid_unknown_fields=True):
    """A field of a sort, up or down."""

    field: str
    order: Order


class ArrangedColumnIn(msgspec.Struct, forbid_unknown_fields=True):
    """A column in its place; its width in pixels, or null for the usual one; what stands under it."""

    field: str
    width: Annotated[int, msgspec.Meta(ge=MIN_WIDTH, le=MAX_WIDTH)] | None = None
    is_hidden: bool = False
    summary: Summary | None = None


class BoardIn(msgspec.Struct, forbid_unknown_fields=True):
    """What a board shows. A lane is called by the id of its choice, the one without a value by an empty text."""

    collapsed: Annotated[list[_Lane], msgspec.Meta(max_length=MAX_LANES)] = []
    hides_empty: bool = False
    sum: str | None = None
    fields: Annotated[list[str], msgspec.Meta(max_length=MAX_CARD_FIELDS)] = []


class ViewContent(msgspec.Struct, forbid_unknown_fields=True):
    """What a view shows: without a filter all chats (docs/filters.md). Columns not named stand after those that are."""

    layout: Layout = Layout.TABLE
    filter: FilterIn | None = None
    sort: Annotated[list[SortIn], msgspec.Meta(max_length=MAX_SORTS)] = []
    columns: Annotated[list[ArrangedColumnIn], msgspec.Meta(max_length=MAX_ARRANGED)] = []
    frozen: Annotated[int, msgspec.Meta(ge=1, le=MAX_ARRANGED)] = 1
    group_by: str | None = None
    board: BoardIn = msgspec.field(default_factory=BoardIn)

    def to_content(self) -> Content:
        """As the use cases take it."""
        return Content(
            layout=self.layout,
            filter={"all": []} if self.filter is None else self.filter.to_plain(),
            sort=tuple(Sort(field=each.field, order=each.order) for each in self.sort),
            columns=tuple(msgspec.convert(msgspec.to_builtins(each), ArrangedColumn) for each in self.columns),
            frozen=self.frozen,
            group_by=self.group_by,
            board=msgspec.convert(msgspec.to_builtins(self.board), Board),
        )

    @classmethod
    def of(cls, content: Content) -> "ViewContent":
        """As it is kept."""
        return msgspec.convert(msgspec.to_builtins(content), cls)


class ViewIn(msgspec.Struct, forbid_unknown_fields=True):
    """A view to save: one's own, or shared with the workspace."""

    name: _Name
    content: ViewContent
    icon: Icon | None = None
    is_shared: bool = False

    def to_command(self) -> CreateView:
        """As the use case takes it."""
        content = self.content.to_content()
        return CreateView(name=self.name, icon=self.icon, is_shared=self.is_shared, content=content)


class ViewChangeIn(msgspec.Struct, forbid_unknown_fields=True):
    """What to change of a view; what is left out stays. `version` is the one the caller saw; an icon null goes."""

    version: int
    name: _Name | msgspec.UnsetType = msgspec.UNSET
    icon: Icon | msgspec.UnsetType | None = msgspec.UNSET
    is_shared: bool | msgspec.UnsetType = msgspec.UNSET
    position: _Position | msgspec.UnsetType = msgspec.UNSET
    content: ViewContent | msgspec.UnsetType = msgspec.UNSET

    def to_command(self, view_id: ViewId) -> ChangeView:
        """As the use case takes it."""
        return ChangeView(
            view_id=view_id,
            version=self.version,
            name=None if self.name is msgspec.UNSET else self.name,
            icon=None if self.icon is msgspec.UNSET else self.icon,
            no_icon=self.icon is None,
            is_shared=None if self.is_shared is msgspec.UNSET else self.is_shared,
            position=None if self.position is msgspec.UNSET else self.position,
            content=None if self.content is msgspec.UNSET else self.content.to_content(),
        )


class DefaultViewIn(msgspec.Struct, forbid_unknown_fields=True):
    """The view the caller's table is to open with; null: all chats."""

    view_id: str | None


class ViewOut(msgspec.Struct, forbid_unknown_fields=True):
    """A view. `owner_id` made it; `position` orders the tabs."""

    id: str
    owner_id: str
    is_shared: bool
    name: str
    icon: Icon | None
    position: float
    content: ViewContent
    version: int

    @classmethod
    def of(cls, view: View) -> "ViewOut":
        """One view."""
        return cls(
            id=view.id,
            owner_id=view.owner,
            is_shared=view.is_shared,
            name=view.name,
            icon=view.icon,
            position=view.position,
            content=ViewContent.of(view.content),
            version=view.version,
        )


class ViewsOut(msgspec.Struct, forbid_unknown_fields=True):
    """Shared views and the caller's own, in the order of their tabs, and which one their table opens with."""

    views: list[ViewOut]
    default_view_id: str | None

    @classmethod
    def of(cls, found: Views) -> "ViewsOut":
        """All of them."""
        return cls(views=[ViewOut.of(view) for view in found.views], default_view_id=found.default)
