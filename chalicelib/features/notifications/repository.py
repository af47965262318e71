"""What a member is told, in their own partition of the workspace."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.features.notifications.model import KEPT_FOR, About, AboutKind, ListedNotice, Notice, NoticeKind
from chalicelib.kernel import ids
from chalicelib.kernel.ids import NoticeId, UserId
from chalicelib.table import notices_keys
from chalicelib.table.items import MomentAttribute, Row
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import Transaction


class NoticeRow(Row, discriminator="notice"):
    """One notice: ids and its kind, never a text."""

    kind = UnicodeAttribute()
    at = MomentAttribute()
    about_kind = UnicodeAttribute()
    about_id = UnicodeAttribute()
    by = UnicodeAttribute(null=True)


class Notices:
    """What one member is told in one workspace."""

    def __init__(self, tenant: Tenant, user_id: UserId) -> None:
        self._tenant = tenant
        self._user_id = user_id
        self._partition = notices_keys.member_partition(user_id)
        self._rows = tenant.rows(self._partition)

    def create(self, change: Transaction, notice: Notice) -> NoticeId:
        """Write a notice as part of a change: one row."""
        self._tenant.register(self._partition)
        at = self._tenant.now()
        notice_id = NoticeId(ids.mint(at.timestamp()))
        row = self._rows.new(
            NoticeRow,
            notices_keys.notice(notice_id),
            kind=notice.kind.value,
            at=at,
            about_kind=notice.about.kind.value,
            about_id=notice.about.id,
            by=notice.by,
            expires_at=int((at + KEPT_FOR).timestamp()),
        )
        change.create(row)
        return notice_id

    def newest(self, *, limit: int) -> list[ListedNotice]:
        """The newest notices, the newest first: one query."""
        rows = self._rows.query(NoticeRow, notices_keys.NOTICES, limit=limit, newest_first=True)
        return [self._listed(row) for row in rows if not row.is_over(self._tenant.now())]

    def _listed(self, row: NoticeRow) -> ListedNotice:
        notice = Notice(
            kind=NoticeKind(row.kind),
            to=self._user_id,
            about=About(kind=AboutKind(row.about_kind), id=row.about_id),
            by=UserId(row.by) if row.by else None,
        )
        return ListedNotice(id=notices_keys.notice_of(row.sk), at=row.at, notice=notice)
