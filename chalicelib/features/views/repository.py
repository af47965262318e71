"""Rows of views: shared ones beside the workspace's columns, a member's own in their partition."""

from typing import Any

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.update import Action

from chalicelib.features.views.model import Content, Icon, View, ViewChanged, ViewNotFound
from chalicelib.kernel import ids
from chalicelib.kernel.ids import UserId, ViewId
from chalicelib.table import keys, notices_keys, views_keys
from chalicelib.table.items import DocumentAttribute, Row
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Tenant


class ViewRow(Row, discriminator="view"):
    """A view. `content` is {layout, filter, sort, columns, group_by}, only ever read and written whole."""

    owner = UnicodeAttribute()
    name = UnicodeAttribute()
    icon = UnicodeAttribute(null=True)
    position = NumberAttribute()
    content = DocumentAttribute()
    version = NumberAttribute()


class DefaultViewRow(Row, discriminator="default_view"):
    """The view a member's table opens with."""

    view_id = UnicodeAttribute()


class SavedViews:
    """The views one member sees in one workspace."""

    def __init__(self, tenant: Tenant, user_id: UserId) -> None:
        self._tenant = tenant
        self._own_partition = notices_keys.member_partition(user_id)
        self._shared = tenant.rows(keys.WORKSPACE)
        self._own = tenant.rows(self._own_partition)

    def all(self) -> list[View]:
        """Shared views and the member's own, in no order: two queries."""
        shared = self._shared.query(ViewRow, views_keys.VIEWS)
        own = self._own.query(ViewRow, views_keys.VIEWS)
        return [*(_view(row, is_shared=True) for row in shared), *(_view(row, is_shared=False) for row in own)]

    def require(self, view_id: ViewId) -> View:
        """One of them: a read, or two. Raises ViewNotFound."""
        if ids.is_minted_shape(view_id):
            for rows, is_shared in ((self._shared, True), (self._own, False)):
                row = rows.get(ViewRow, views_keys.view(view_id))
                if row is not None:
                    return _view(row, is_shared=is_shared)
        raise ViewNotFound

    def create_own(self, view: View) -> View:
        """Write a new view of the member's own; gives the one that stands where its command was carried out before."""
        self._tenant.register(self._own_partition)
        is_new = self._own.put(_row(self._own, view), ViewRow.pk.does_not_exist())
        return view if is_new else self.require(view.id)

    def change_own(self, view: View, *, before: View) -> None:
        """Write what changed of the member's own view. Raises ViewChanged where it changed since `before` was read."""
        row = self._own.new(ViewRow, views_keys.view(view.id))
        if not self._own.update(row, _actions(view), ViewRow.version == before.version):
            raise ViewChanged

    def remove_own(self, view: View) -> None:
        """Remove the member's own view."""
        self._own.delete(self._own.new(ViewRow, views_keys.view(view.id)))

    def share(self, change: JournalledTransaction, view: View, *, before: View | None) -> None:
        """Write a view among the shared ones, and take it from the member's own where it was."""
        change.create(_row(self._shared, view))
        if before is not None:
            self._take(change, self._own, before)

    def unshare(self, change: JournalledTransaction, view: View, *, before: View) -> None:
        """Write a shared view among the member's own, who made it."""
        self._tenant.register(self._own_partition)
        change.create(_row(self._own, view))
        self._take(change, self._shared, before)

    def change_shared(self, change: JournalledTransaction, view: View, *, before: View) -> None:
        """Write what changed of a shared view, unless it changed since `before` was read."""
        row = self._shared.new(ViewRow, views_keys.view(view.id))
        change.update(row, _actions(view), ViewRow.version == before.version, refusal=ViewChanged())

    def remove_shared(self, change: JournalledTransaction, view: View) -> None:
        """Remove a shared view, unless it changed since it was read."""
        self._take(change, self._shared, view)

    def default(self) -> ViewId | None:
        """The view the member's table opens with, which may be gone: one read unit."""
        row = self._own.get(DefaultViewRow, views_keys.DEFAULT_VIEW)
        return None if row is None else ViewId(row.view_id)

    def set_default(self, view_id: ViewId | None) -> None:
        """Have the member's table open with a view, or with all chats."""
        self._tenant.register(self._own_partition)
        row = self._own.new(DefaultViewRow, views_keys.DEFAULT_VIEW, view_id=view_id)
        if view_id is None:
            self._own.delete(row)
        else:
            self._own.put(row)

    def _take(self, change: JournalledTransaction, rows: Rows, view: View) -> None:
        row = rows.new(ViewRow, views_keys.view(view.id))
        change.delete(row, ViewRow.version == view.version, refusal=ViewChanged())


def _row(rows: Rows, view: View) -> ViewRow:
    return rows.new(
        ViewRow,
        views_keys.view(view.id),
        owner=view.owner,
        name=view.name,
        icon=None if view.icon is None else view.icon.value,
        position=view.position,
        content=msgspec.to_builtins(view.content),
        version=view.version,
    )


def _actions(view: View) -> list[Action]:
    return [
        ViewRow.name.set(view.name),
        ViewRow.icon.remove() if view.icon is None else ViewRow.icon.set(view.icon.value),
        ViewRow.position.set(view.position),
        ViewRow.content.set(msgspec.to_builtins(view.content)),
        ViewRow.version.set(view.version),
    ]


def _view(row: ViewRow, *, is_shared: bool) -> View:
    content: Any = row.content
    return View(
        id=views_keys.view_of(row.sk),
        owner=UserId(row.owner),
        is_shared=is_shared,
        name=row.name,
        icon=Icon(row.icon) if row.icon else None,
        position=float(row.position),
        content=msgspec.convert(content, Content),
        version=int(row.version),
    )
