"""Telling a member that something happened, and what they read of it. How it is shown and sent is delivery's."""

from collections.abc import Sequence

from chalicelib.features.notifications import repository
from chalicelib.features.notifications.model import (
    DELIVER,
    MOST_COUNTED,
    PAGE_NOTICES,
    ListedNotice,
    Notice,
    NoticeNotFound,
    NoticePage,
    Preferences,
    Way,
)
from chalicelib.features.notifications.repository import Notices, Wishes
from chalicelib.kernel import ids
from chalicelib.kernel.ids import NoticeId, UserId
from chalicelib.table import due
from chalicelib.table.due import Lane
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import Transaction


def announce(change: Transaction, notice: Notice, *, tenant: Tenant) -> None:
    """Tell one member of a change, as part of it: the notice is there exactly when the change is.

    Nobody is told of what they did themselves. Whom it is `to` is a member: the caller has made sure of that. Two rows
    more in the transaction (4 write units): the notice, and the due work of telling them outside of the app, too. The
    first notice of a member and process lists their partition (1 more).
    """
    if notice.is_of_oneself:
        return
    facts = {"user_id": notice.to, "notice_id": Notices(tenant, notice.to).create(change, notice)}
    due.schedule(change, tenant, DELIVER, tenant.now(), facts, lane=Lane.LETTERS)


def read_page(user_id: UserId, before: NoticeId | None, *, tenant: Tenant, installation: Installation) -> NoticePage:
    """A page of what a member is told in the app, newest first. Three reads.

    What they do not want to be told in the app is left out, so that a page may have fewer than fit and go on.
    """
    wishes = Wishes(installation, user_id).get()
    found = Notices(tenant, user_id).newest(before=before, limit=PAGE_NOTICES + 1)
    page = found[:PAGE_NOTICES]
    return NoticePage(
        notices=[each for each in page if Way.APP in wishes.ways_of(each.notice.kind)],
        next_before=page[-1].id if len(found) > PAGE_NOTICES else None,
    )


def count_unread(user_id: UserId, *, tenant: Tenant, installation: Installation) -> int:
    """How many notices in the app a member has not read, counted up to MOST_COUNTED. Four reads."""
    wishes = Wishes(installation, user_id).get()
    unread = Notices(tenant, user_id).unread(limit=MOST_COUNTED)
    return sum(Way.APP in wishes.ways_of(each.notice.kind) for each in unread)


def mark_read(user_id: UserId, notice_id: str, *, tenant: Tenant) -> None:
    """Note that a member has read a notice. Repeating it changes nothing. One write unit.

    Raises:
        NoticeNotFound: they were told no such thing.
    """
    if not ids.is_minted_shape(notice_id) or not Notices(tenant, user_id).mark_read(NoticeId(notice_id)):
        raise NoticeNotFound


def mark_all_read(user_id: UserId, up_to: str, *, tenant: Tenant) -> None:
    """Note that a member has read every notice up to one, so that one that came meanwhile stays unread. 2 units.

    Raises:
        NoticeNotFound: they were told no such thing.
    """
    notices = Notices(tenant, user_id)
    if not ids.is_minted_shape(up_to) or notices.get(NoticeId(up_to)) is None:
        raise NoticeNotFound
    notices.mark_read_up_to(NoticeId(up_to))


def preferences_of(user_id: UserId, *, installation: Installation) -> Preferences:
    """How a person wants to be told: one read unit."""
    return Wishes(installation, user_id).get()


def prefer(user_id: UserId, preferences: Preferences, *, installation: Installation) -> None:
    """Keep how a person wants to be told, in all of their workspaces: one write unit."""
    Wishes(installation, user_id).put(preferences)


def notice_to_tell(user_id: UserId, notice_id: NoticeId, *, tenant: Tenant) -> ListedNotice | None:
    """A notice that may still have to go out; None where it is gone, or was read already. Two reads."""
    notice = Notices(tenant, user_id).get(notice_id)
    return None if notice is None or notice.is_read else notice


def note_told(user_id: UserId, notice_id: NoticeId, way: Way, *, tenant: Tenant) -> None:
    """Keep that a notice has gone out one way: one write unit."""
    Notices(tenant, user_id).mark_told(notice_id, way)


def names_of(user_ids: Sequence[UserId], *, tenant: Tenant) -> dict[UserId, str]:
    """What those of these people are called here who belong to the workspace: a batch read a hundred."""
    return repository.names_of_members(tenant, user_ids)
