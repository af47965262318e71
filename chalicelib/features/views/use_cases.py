"""What members do with views. A shared one is shared data and stands in the journal; one's own is nobody else's."""

from dataclasses import replace

from chalicelib import settings
from chalicelib.features.chats import filtering
from chalicelib.features.fields import use_cases as fields
from chalicelib.features.views import model
from chalicelib.features.views.model import (
    MAX_VIEWS,
    ChangeView,
    Content,
    CreateView,
    View,
    ViewChanged,
    ViewLimitReached,
    ViewOfOthers,
    Views,
)
from chalicelib.features.views.repository import SavedViews
from chalicelib.kernel import ids
from chalicelib.kernel.ids import ViewId
from chalicelib.kernel.permissions import Action
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import AlreadyDone


def list_views(*, tenant: Tenant) -> Views:
    """The shared views and the member's own, in the order of their tabs: two queries and a read."""
    saved = _of_member(tenant, Action.SEE_CRM)
    found = sorted(saved.all(), key=lambda view: (view.position, view.id))
    default = saved.default()
    return Views(views=found, default=default if default in {view.id for view in found} else None)


def create_view(command: CreateView, *, tenant: Tenant, once: str | None = None) -> View:
    """Save a view; it comes last.

    Three queries; one write, or where it is shared a transaction of 2 rows. Repeated with the same `once` it gives the
    view that the first one saved.

    Raises:
        NameInvalid, FilterInvalid, ViewInvalid, ViewLimitReached: nothing was written.
    """
    saved = _of_member(tenant, Action.EDIT_VALUES)
    standing = saved.all()
    view = View(
        id=ViewId(ids.mint(tenant.now().timestamp())) if once is None else _id_of(once, tenant),
        owner=tenant.require(Action.EDIT_VALUES).user_id,
        is_shared=command.is_shared,
        name=model.named(command.name),
        icon=command.icon,
        position=max((each.position for each in standing), default=0) + 1,
        content=_checked(command.content, tenant),
        version=1,
    )
    _require_room(standing, is_shared=view.is_shared)
    if not view.is_shared:
        return saved.create_own(view)
    try:
        with tenant.transaction(once=once) as change:
            saved.share(change, view, before=None)
            change.record("view.shared", target=view.id, new=model.as_journalled(view))
            change.leaves(view_id=view.id)
    except AlreadyDone as done:
        return saved.require(ViewId(done.outcome["view_id"]))
    return view


def change_view(command: ChangeView, *, tenant: Tenant) -> View:
    """Change a view: what it is called or shows, where its tab stands, whether it is shared.

    Up to two reads, and three queries where its content changes or it is shared; one write, of a shared one a
    transaction of 2 or 3 rows.

    Raises:
        ViewNotFound: there is none, or it is somebody else's own.
        ViewOfOthers: it is shared, and neither made by the member nor theirs to manage.
        ViewChanged: somebody changed it after the version the caller saw; nothing was written.
        NameInvalid, FilterInvalid, ViewInvalid, ViewLimitReached: nothing was written.
    """
    saved = _of_member(tenant, Action.EDIT_VALUES)
    before = _changeable(saved, command.view_id, tenant)
    if command.version != before.version:
        raise ViewChanged(standing={"version": before.version})
    after = _changed(before, command, tenant)
    if after == before:
        return before
    after = replace(after, version=before.version + 1)
    if not (before.is_shared or after.is_shared):
        saved.change_own(after, before=before)
        return after
    if after.is_shared != before.is_shared:
        _move(saved, after, before, tenant)
        return after
    with tenant.transaction() as change:
        saved.change_shared(change, after, before=before)
        old, new = model.as_journalled(before), model.as_journalled(after)
        change.record("view.changed", target=after.id, old=old, new=new)
    return after


def delete_view(view_id: ViewId, *, tenant: Tenant) -> None:
    """Take a view away: up to two reads and a write; of a shared one a transaction of 2 rows.

    Raises:
        ViewNotFound, ViewOfOthers: as `change_view`.
        ViewChanged: somebody changed it at this moment; it stands.
    """
    saved = _of_member(tenant, Action.EDIT_VALUES)
    view = _changeable(saved, view_id, tenant)
    if not view.is_shared:
        saved.remove_own(view)
        return
    with tenant.transaction() as change:
        saved.remove_shared(change, view)
        change.record("view.removed", target=view.id, old=model.as_journalled(view))


def set_default_view(view_id: ViewId | None, *, tenant: Tenant) -> None:
    """Have the member's table open with a view; None: with all chats. Up to two reads and a write.

    Raises:
        ViewNotFound: there is none, or it is somebody else's own.
    """
    saved = _of_member(tenant, Action.SEE_CRM)
    saved.set_default(None if view_id is None else saved.require(view_id).id)


def _id_of(once: str, tenant: Tenant) -> ViewId:
    return ids.view_id_of(settings.current().id_secret, f"{tenant.workspace_id} {once}")


def _of_member(tenant: Tenant, action: Action) -> SavedViews:
    return SavedViews(tenant, tenant.require(action).user_id)


def _changeable(saved: SavedViews, view_id: ViewId, tenant: Tenant) -> View:
    view = saved.require(view_id)
    member = tenant.require(Action.EDIT_VALUES)
    if view.is_shared and view.owner != member.user_id and not tenant.may(Action.CHANGE_SETTINGS):
        raise ViewOfOthers
    return view


def _changed(view: View, command: ChangeView, tenant: Tenant) -> View:
    kept_icon = None if command.no_icon else view.icon
    return replace(
        view,
        name=view.name if command.name is None else model.named(command.name),
        icon=kept_icon if command.icon is None else command.icon,
        is_shared=view.is_shared if command.is_shared is None else command.is_shared,
        position=view.position if command.position is None else command.position,
        content=view.content if command.content is None else _checked(command.content, tenant),
    )


def _move(saved: SavedViews, after: View, before: View, tenant: Tenant) -> None:
    """Only who made it takes a shared view back: it becomes theirs alone."""
    if before.is_shared and before.owner != tenant.require(Action.EDIT_VALUES).user_id:
        raise ViewOfOthers
    _require_room(saved.all(), is_shared=after.is_shared)
    with tenant.transaction() as change:
        if after.is_shared:
            saved.share(change, after, before=before)
            change.record("view.shared", target=after.id, new=model.as_journalled(after))
        else:
            saved.unshare(change, after, before=before)
            change.record("view.removed", target=before.id, old=model.as_journalled(before))


def _checked(content: Content, tenant: Tenant) -> Content:
    return model.checked(content, filtering.kinds(fields.list_columns(tenant=tenant)))


def _require_room(standing: list[View], *, is_shared: bool) -> None:
    if sum(view.is_shared == is_shared for view in standing) >= MAX_VIEWS:
        raise ViewLimitReached(f"There are at most {MAX_VIEWS} shared views, and as many of one's own.")
