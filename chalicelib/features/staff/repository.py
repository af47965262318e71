"""Rows staff write: grants, resets of second factors, announcements; and what a workspace's health is read from."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.features.staff.model import (
    LOOKED_THROUGH,
    Announcement,
    ChangedDocument,
    Reset,
    ResetNotFound,
    ResetUnderWay,
)
from chalicelib.kernel.actors import ActorKind
from chalicelib.kernel.errors import Fact, NotFound
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.roles import Role
from chalicelib.table import keys, people_keys
from chalicelib.table.grants import GrantNotFound, GrantRow
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.journal import JournalRow
from chalicelib.table.keys import Partition
from chalicelib.table.proof import MemberRow, WorkspaceRow
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Grant, Installation, PartitionRow, Tenant
from chalicelib.table.transaction import ChangedMeanwhile, Transaction

_NEWEST: Final = 100
"""Entries of a month that are looked at for one that is no staff's."""
_BY_OTHERS: Final = {ActorKind.STAFF, ActorKind.SYSTEM}


class ResetRow(Row, discriminator="second_factor_reset"):
    """A second factor on its way to be removed; `token_hashes` are those of the letters' links."""

    asked_by = UnicodeAttribute()
    reason = UnicodeAttribute()
    started_at = MomentAttribute()
    told = NumberAttribute(default=0)
    told_at = MomentAttribute(null=True)
    token_hashes = DocumentAttribute(default=list)
    is_removing = BooleanAttribute(default=False)


class AnnouncementRow(Row, discriminator="announcement"):
    """Letters about changed legal documents, and how far they have come."""

    versions = DocumentAttribute()
    changed = DocumentAttribute()
    started_at = MomentAttribute()
    shard = NumberAttribute()
    after = UnicodeAttribute(null=True)
    letters = NumberAttribute()
    ended_at = MomentAttribute(null=True)


class Grants:
    """The grants of one tenant's workspace."""

    def __init__(self, tenant: Tenant) -> None:
        self._rows = tenant.rows(keys.WORKSPACE)

    def require_workspace(self) -> None:
        """Raises NotFound: there is no such workspace, or it is being deleted. One read unit."""
        row = self._rows.get(WorkspaceRow, keys.PROFILE)
        if row is None or row.deletes_at is not None:
            raise NotFound

    def put(self, change: Transaction, grant: Grant) -> None:
        """Open a grant in the place of an earlier one of the same person. Raises NotFound: no such workspace."""
        self._check_workspace(change, NotFound())
        change.put(
            self._rows.new(
                GrantRow,
                keys.grant(grant.staff_id),
                reason=grant.reason,
                ends_at=grant.ends_at,
                expires_at=int(grant.ends_at.timestamp()),
            )
        )

    def count_look(self, change: Transaction, grant: Grant) -> None:
        """Note a use of a grant that is still the one that was proven. Raises GrantNotFound."""
        self._check_workspace(change, GrantNotFound())
        row = self._rows.new(GrantRow, keys.grant(grant.staff_id))
        change.update(row, [GrantRow.looks.add(1)], GrantRow.ends_at == grant.ends_at, refusal=GrantNotFound())

    def _check_workspace(self, change: Transaction, refusal: Fact) -> None:
        profile = self._rows.new(WorkspaceRow, keys.PROFILE)
        stands = Row.pk.exists() & WorkspaceRow.deletes_at.does_not_exist()
        change.check(profile, stands, refusal=refusal)


class Vitals:
    """What is counted of one tenant's workspace without reading anything that people wrote."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._rows = tenant.rows(keys.WORKSPACE)

    def created_at(self) -> datetime:
        """When the workspace was made: one read unit. Raises GrantNotFound: it is gone by now."""
        row = self._rows.get(WorkspaceRow, keys.PROFILE)
        if row is None:
            raise GrantNotFound
        return row.created_at

    def members(self) -> dict[Role, int]:
        """How many members have each role: one query."""
        found = Counter(row.role for row in self._rows.query(MemberRow, keys.MEMBERS))
        return {role: found[role] for role in Role}

    def last_activity_at(self) -> datetime | None:
        """When a member, or a key or automation of theirs, last changed something, in the newest months of the log.

        None where nobody did in LOOKED_THROUGH of them. Mostly two queries, one more a month.
        """
        prefix = keys.partition(Partition(keys.JOURNALS))
        for row in self._rows.query(PartitionRow, prefix, limit=LOOKED_THROUGH, newest_first=True):
            month = self._tenant.rows(Partition(row.sk.removeprefix(keys.PARTITIONS)))
            for entry in month.between(JournalRow, "0", "Z", limit=_NEWEST, newest_first=True):
                if entry.actor_kind not in _BY_OTHERS:
                    return entry.at
        return None


class Resets:
    """Second factors on their way to be removed, one a person."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def get(self, user_id: UserId) -> Reset | None:
        """The reset under way for a person: one read unit."""
        row = self._rows(user_id).get(ResetRow, people_keys.SECOND_FACTOR_RESET)
        return None if row is None else _to_reset(row, user_id)

    def add(self, change: Transaction, reset: Reset) -> None:
        """Begin one, where none is under way."""
        row = self._rows(reset.user_id).new(
            ResetRow,
            people_keys.SECOND_FACTOR_RESET,
            asked_by=reset.asked_by,
            reason=reset.reason,
            started_at=reset.started_at,
        )
        change.create(row, refusal=ResetUnderWay())

    def allow(self, reset: Reset, token_hash: str) -> None:
        """Let the link of one more letter call it off: one write. Nothing happens where it ended meanwhile."""
        hashes = [*reset.token_hashes, token_hash]
        self._rows(reset.user_id).update(
            self._row(reset), [ResetRow.token_hashes.set(hashes)], ResetRow.started_at == reset.started_at
        )

    def tell(self, change: Transaction, before: Reset, after: Reset) -> None:
        """Count a letter that was sent, and note when. Raises ChangedMeanwhile."""
        unchanged = (ResetRow.started_at == before.started_at) & (ResetRow.told == before.told)
        actions = [ResetRow.told.set(after.told)]
        if after.told_at is not None:
            actions.append(ResetRow.told_at.set(after.told_at))
        change.update(self._row(before), actions, unchanged, refusal=ChangedMeanwhile())

    def begin_removal(self, reset: Reset) -> None:
        """Note that the second factor goes now. Raises ResetNotFound: it was called off."""
        same = ResetRow.started_at == reset.started_at
        if not self._rows(reset.user_id).update(self._row(reset), [ResetRow.is_removing.set(True)], same):
            raise ResetNotFound

    def remove(self, change: Transaction, reset: Reset) -> None:
        """End it, done or called off. Raises ResetNotFound: it ended meanwhile."""
        change.delete(self._row(reset), ResetRow.started_at == reset.started_at, refusal=ResetNotFound())

    def _row(self, reset: Reset) -> ResetRow:
        return self._rows(reset.user_id).new(ResetRow, people_keys.SECOND_FACTOR_RESET)

    def _rows(self, user_id: UserId) -> Rows:
        return self._installation.rows(people_keys.user(user_id))


class Announcements:
    """Announcements of changed legal documents."""

    def __init__(self, installation: Installation) -> None:
        self._rows = installation.rows(keys.LEGAL)

    def get(self, announcement_id: str) -> Announcement | None:
        """One announcement: one read unit."""
        row = self._rows.get(AnnouncementRow, keys.announcement(announcement_id))
        return None if row is None else _to_announcement(row)

    def announced(self) -> Mapping[str, str]:
        """The versions everybody was last written to about, by document; empty before the first time: one query."""
        ended = [each for each in self._all() if each.ended_at is not None]
        return max(ended, key=lambda each: each.started_at).versions if ended else {}

    def under_way(self) -> list[Announcement]:
        """Those that did not reach everybody, those that a later one took over among them: one query."""
        return [each for each in self._all() if each.ended_at is None]

    def _all(self) -> list[Announcement]:
        return [_to_announcement(row) for row in self._rows.query(AnnouncementRow, keys.ANNOUNCEMENTS)]

    def add(self, change: Transaction, announcement: Announcement) -> None:
        """Begin one. Raises ChangedMeanwhile: it was begun at the same moment."""
        row = self._rows.new(
            AnnouncementRow,
            keys.announcement(announcement.id),
            versions=dict(announcement.versions),
            changed=[_of(document) for document in announcement.changed],
            started_at=announcement.started_at,
            shard=announcement.shard,
            letters=announcement.letters,
        )
        change.create(row, refusal=ChangedMeanwhile())

    def move(self, change: Transaction, before: Announcement, after: Announcement) -> None:
        """Note how far it has come, unless somebody else moved it. Raises ChangedMeanwhile."""
        row = self._rows.new(AnnouncementRow, keys.announcement(before.id))
        actions = [
            AnnouncementRow.shard.set(after.shard),
            AnnouncementRow.after.set(after.after) if after.after else AnnouncementRow.after.remove(),
            AnnouncementRow.letters.set(after.letters),
        ]
        if after.ended_at is not None:
            actions.append(AnnouncementRow.ended_at.set(after.ended_at))
        reached = AnnouncementRow.after == before.after if before.after else AnnouncementRow.after.does_not_exist()
        stands = (AnnouncementRow.shard == before.shard) & reached
        change.update(row, actions, stands & AnnouncementRow.ended_at.does_not_exist(), refusal=ChangedMeanwhile())


def _to_reset(row: ResetRow, user_id: UserId) -> Reset:
    return Reset(
        user_id=user_id,
        asked_by=UserId(row.asked_by),
        reason=row.reason,
        started_at=row.started_at,
        told=int(row.told),
        told_at=row.told_at,
        token_hashes=tuple(row.token_hashes),
        is_removing=row.is_removing,
    )


def _to_announcement(row: AnnouncementRow) -> Announcement:
    return Announcement(
        id=row.sk.removeprefix(keys.ANNOUNCEMENTS),
        versions=row.versions,
        changed=tuple(ChangedDocument(**document) for document in row.changed),
        started_at=row.started_at,
        shard=int(row.shard),
        after=row.after or "",
        letters=int(row.letters),
        ended_at=row.ended_at,
    )


def _of(document: ChangedDocument) -> dict[str, Any]:
    return {
        "name": document.name,
        "title": document.title,
        "version": document.version,
        "must_accept": document.must_accept,
    }
