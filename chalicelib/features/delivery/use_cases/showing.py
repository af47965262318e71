"""The list of notices as a member sees it: with what people and places are called now."""

from collections.abc import Sequence

from chalicelib.features.chats import use_cases as chats
from chalicelib.features.delivery.model import By, ShownNotice, ShownPage
from chalicelib.features.notifications import use_cases as notifications
from chalicelib.features.notifications.model import AboutKind, ListedNotice
from chalicelib.kernel import ids
from chalicelib.kernel.ids import ChatId, NoticeId, UserId
from chalicelib.kernel.permissions import Action
from chalicelib.table import cursors, keys
from chalicelib.table.tenant import Installation, Tenant


def list_notices(cursor: str | None, *, tenant: Tenant, installation: Installation) -> ShownPage:
    """A page of what the acting member was told, newest first, and how many of all they have not read. 9 reads.

    Raises:
        CursorInvalid: not a cursor of this member's list.
    """
    user_id = tenant.require(Action.SEE_CRM).user_id
    scope = f"{keys.tenant_prefix(tenant.workspace_id)}\x00notices\x00{user_id}"
    before = None if cursor is None else NoticeId(cursors.open_signed(scope, cursor))
    page = notifications.read_page(user_id, before, tenant=tenant, installation=installation)
    return ShownPage(
        notices=shown(page.notices, tenant=tenant),
        unread=notifications.count_unread(user_id, tenant=tenant, installation=installation),
        next_cursor=None if page.next_before is None else cursors.sign(scope, page.next_before),
    )


def shown(notices: Sequence[ListedNotice], *, tenant: Tenant) -> list[ShownNotice]:
    """Notices with names: a batch read a hundred people and one a hundred chats, none where there is nobody to name."""
    people = sorted({each.notice.by for each in notices if each.notice.by is not None})
    names = notifications.names_of(people, tenant=tenant) if people else {}
    about = sorted({ChatId(each.notice.about.id) for each in notices if _is_of_chat(each)})
    titles = chats.titles_of(about, tenant=tenant) if about else {}
    return [
        ShownNotice(
            listed=each,
            by=_by(each.notice.by, names),
            place=titles.get(ChatId(each.notice.about.id)),
        )
        for each in notices
    ]


def _is_of_chat(listed: ListedNotice) -> bool:
    about = listed.notice.about
    return about.kind is AboutKind.CHAT and ids.is_chat_shape(about.id)


def _by(user_id: UserId | None, names: dict[UserId, str]) -> By | None:
    return None if user_id is None else By(id=user_id, name=names.get(user_id))
