"""What a member is told, in their own partition of the workspace; and how a person wants to be told."""

from collections.abc import Collection, Mapping, Sequence
from datetime import time
from typing import Any, Final

from pynamodb.attributes import UnicodeAttribute, UnicodeSetAttribute

from chalicelib.features.notifications.model import (
    KEPT_FOR,
    NOTHING_SAID,
    About,
    AboutKind,
    ListedNotice,
    Notice,
    NoticeKind,
    Preferences,
    QuietHours,
    Way,
)
from chalicelib.kernel import ids
from chalicelib.kernel.ids import NoticeId, UserId
from chalicelib.table import keys, notices_keys, people_keys
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.proof import MemberRow
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import Transaction


class NoticeRow(Row, discriminator="notice"):
    """One notice: ids and its kind, never a text. `told` are the ways it has gone out."""

    kind = UnicodeAttribute()
    at = MomentAttribute()
    about_kind = UnicodeAttribute()
    about_id = UnicodeAttribute()
    by = UnicodeAttribute(null=True)
    read_at = MomentAttribute(null=True)
    told = UnicodeSetAttribute(null=True)


class ReadUpToRow(Row, discriminator="notices_read"):
    """Up to which notice a member has read all: one row instead of one for each of them."""

    notice_id = UnicodeAttribute()


class PreferencesRow(Row, discriminator="notice_preferences"):
    """How a person wants to be told. `chosen` is {kind: [way]}, `quiet` {begins, ends} as `22:30`."""

    chosen = DocumentAttribute()
    quiet = DocumentAttribute(null=True)


_BEFORE_ALL: Final = NoticeId("")


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

    def get(self, notice_id: NoticeId) -> ListedNotice | None:
        """One notice, unless it is gone: two read units."""
        row = self._rows.get(NoticeRow, notices_keys.notice(notice_id))
        return None if row is None or row.is_over(self._tenant.now()) else self._listed(row, self.read_up_to())

    def newest(self, *, before: NoticeId | None = None, limit: int) -> list[ListedNotice]:
        """Up to `limit` notices that came before one, the newest first: a query and a read."""
        last = notices_keys.NOTICES_END if before is None else notices_keys.notice(before)
        return self._between(notices_keys.NOTICES, last, limit=limit)

    def unread(self, *, limit: int) -> list[ListedNotice]:
        """The newest `limit` of those behind what was read at once that were not read one by one either."""
        found = self._between(notices_keys.notice(self.read_up_to()), notices_keys.NOTICES_END, limit=limit)
        return [notice for notice in found if not notice.is_read]

    def mark_read(self, notice_id: NoticeId) -> bool:
        """Note that one was read; False where there is none. One write unit."""
        row = self._row(notice_id)
        return self._rows.update(row, [NoticeRow.read_at.set(self._tenant.now())], Row.pk.exists())

    def mark_told(self, notice_id: NoticeId, way: Way) -> None:
        """Note that it has gone out one way, unless it is gone: ways are added, as two may go at once."""
        self._rows.update(self._row(notice_id), [NoticeRow.told.add({way.value})], Row.pk.exists())

    def read_up_to(self) -> NoticeId:
        """Up to which notice all are read; before all of them where none is: one read unit."""
        row = self._rows.get(ReadUpToRow, notices_keys.READ_UP_TO)
        return _BEFORE_ALL if row is None else NoticeId(row.notice_id)

    def mark_read_up_to(self, notice_id: NoticeId) -> None:
        """Note that all up to one are read; what reached further stays. One write unit."""
        row = self._rows.new(ReadUpToRow, notices_keys.READ_UP_TO, notice_id=notice_id)
        further = ReadUpToRow.notice_id.does_not_exist() | (ReadUpToRow.notice_id < notice_id)
        self._tenant.register(self._partition)
        self._rows.put(row, further)

    def _between(self, first: str, last: str, *, limit: int) -> list[ListedNotice]:
        rows = self._rows.between(NoticeRow, first, last, limit=limit, newest_first=True)
        read_up_to = self.read_up_to() if rows else _BEFORE_ALL
        return [self._listed(row, read_up_to) for row in rows if not row.is_over(self._tenant.now())]

    def _row(self, notice_id: NoticeId) -> NoticeRow:
        return self._rows.new(NoticeRow, notices_keys.notice(notice_id))

    def _listed(self, row: NoticeRow, read_up_to: NoticeId) -> ListedNotice:
        notice_id = notices_keys.notice_of(row.sk)
        notice = Notice(
            kind=NoticeKind(row.kind),
            to=self._user_id,
            about=About(kind=AboutKind(row.about_kind), id=row.about_id),
            by=UserId(row.by) if row.by else None,
        )
        return ListedNotice(
            id=notice_id,
            at=row.at,
            notice=notice,
            is_read=row.read_at is not None or notice_id <= read_up_to,
            told=_ways(row.told or ()),
        )


def names_of_members(tenant: Tenant, user_ids: Sequence[UserId]) -> dict[UserId, str]:
    """What those of these people are called here who belong to the workspace: a batch read a hundred."""
    rows = tenant.get_across(MemberRow, [(keys.WORKSPACE, keys.member(user_id)) for user_id in user_ids])
    return {UserId(row.sk.removeprefix(keys.MEMBERS)): row.alias or row.full_name for row in rows}


class Wishes:
    """How people want to be told."""

    def __init__(self, installation: Installation, user_id: UserId) -> None:
        self._rows = installation.rows(people_keys.user(user_id))

    def get(self) -> Preferences:
        """What a person said of it: one read unit."""
        row = self._rows.get(PreferencesRow, notices_keys.PREFERENCES)
        return NOTHING_SAID if row is None else _preferences(row)

    def put(self, preferences: Preferences) -> None:
        """Keep what a person says of it: one write unit."""
        chosen = {kind.value: sorted(ways) for kind, ways in preferences.chosen.items()}
        quiet = preferences.quiet
        hours = None if quiet is None else {"begins": _written(quiet.begins), "ends": _written(quiet.ends)}
        self._rows.put(self._rows.new(PreferencesRow, notices_keys.PREFERENCES, chosen=chosen, quiet=hours))


def _preferences(row: PreferencesRow) -> Preferences:
    """Kinds and ways that are no longer there are left out."""
    known = {kind.value for kind in NoticeKind}
    chosen = {NoticeKind(kind): _ways(names) for kind, names in row.chosen.items() if kind in known}
    return Preferences(chosen=chosen, quiet=None if row.quiet is None else _hours(row.quiet))


def _ways(names: Collection[str]) -> frozenset[Way]:
    return frozenset(way for way in Way if way.value in names)


def _hours(kept: Mapping[str, Any]) -> QuietHours:
    return QuietHours(begins=time.fromisoformat(kept["begins"]), ends=time.fromisoformat(kept["ends"]))


def _written(at: time) -> str:
    return at.isoformat("minutes")
