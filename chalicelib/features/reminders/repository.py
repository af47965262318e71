"""Reminders, each in the partition of whom it is for; those about a place are found by an index, too."""

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.features.notifications.model import About, AboutKind
from chalicelib.features.reminders.model import (
    DONE_KEPT_FOR,
    Reminder,
    ReminderChanged,
    ReminderNotFound,
    Repeat,
    Rhythm,
    user_of,
)
from chalicelib.kernel import clock, ids
from chalicelib.kernel.errors import MemberNotFound
from chalicelib.kernel.ids import ReminderId, UserId
from chalicelib.kernel.time_zones import from_wall, to_wall
from chalicelib.table import keys, notices_keys
from chalicelib.table.items import MomentAttribute, Row
from chalicelib.table.proof import MemberRow
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import Transaction

MOST_READ = 600
"""Reminders of a member that are read at once: all that are not done, and some that are."""
MOST_OF_PLACE = 100


class ReminderRow(Row, discriminator="reminder"):
    """A reminder. In `gsi1` under its place while it is not done. `anchor` is what a wall clock shows: no moment."""

    about_kind = UnicodeAttribute()
    about_id = UnicodeAttribute()
    text = UnicodeAttribute()
    made_by = UnicodeAttribute()
    since = MomentAttribute()
    due_at = MomentAttribute()
    rings_at = MomentAttribute(null=True)
    repeat = UnicodeAttribute(null=True)
    anchor = UnicodeAttribute(null=True)
    zone = UnicodeAttribute(null=True)
    only_if_no_reply = BooleanAttribute()
    done_at = MomentAttribute(null=True)
    is_answered = BooleanAttribute()
    version = NumberAttribute()


class Reminders:
    """The reminders of one tenant's members. Every write is conditioned on the version that was read."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant

    def require(self, reminder_id: str) -> Reminder:
        """One reminder: one read. Raises ReminderNotFound."""
        found = self.get(ReminderId(reminder_id)) if ids.is_reminder_shape(reminder_id) else None
        if found is None:
            raise ReminderNotFound
        return found

    def get(self, reminder_id: ReminderId) -> Reminder | None:
        """One reminder, unless it is gone: one read unit."""
        row = self._rows(user_of(reminder_id)).get(ReminderRow, notices_keys.reminder(reminder_id))
        return None if row is None or row.is_over(self._tenant.now()) else _reminder(row)

    def of_member(self, user_id: UserId) -> list[Reminder]:
        """All of a member, those that were done in the last 30 days too: a query, a read unit for about 12."""
        rows = self._rows(user_id).query(ReminderRow, notices_keys.REMINDERS, limit=MOST_READ)
        return [_reminder(row) for row in rows if not row.is_over(self._tenant.now())]

    def about(self, about: About) -> list[Reminder]:
        """Those about a place that are not done, soonest first, whoever they are for: one query of an index."""
        partition = notices_keys.reminders_about(about.kind, about.id)
        rows = self._tenant.in_second_order(ReminderRow, partition, limit=MOST_OF_PLACE)
        return [_reminder(row) for row in rows]

    def create(self, change: Transaction, reminder: Reminder) -> None:
        """Write a new one, for somebody who is a member. Raises MemberNotFound with the change."""
        self._tenant.register(notices_keys.member_partition(reminder.for_whom))
        change.create(self._row(reminder))
        member = self._tenant.rows(keys.WORKSPACE).new(MemberRow, keys.member(reminder.for_whom))
        change.check(member, Row.pk.exists(), refusal=MemberNotFound())

    def put(self, change: Transaction, after: Reminder, *, before: Reminder) -> None:
        """Write it anew, unless it changed since it was read."""
        change.put(self._row(after), _unchanged(before), refusal=ReminderChanged())

    def remove(self, change: Transaction, before: Reminder) -> None:
        """Forget it, unless it changed since it was read."""
        change.delete(self._row(before), _unchanged(before), refusal=ReminderChanged())

    def _rows(self, user_id: UserId) -> Rows:
        return self._tenant.rows(notices_keys.member_partition(user_id))

    def _row(self, reminder: Reminder) -> ReminderRow:
        rhythm = reminder.rhythm
        row = self._rows(reminder.for_whom).new(
            ReminderRow,
            notices_keys.reminder(reminder.id),
            about_kind=reminder.about.kind.value,
            about_id=reminder.about.id,
            text=reminder.text,
            made_by=reminder.made_by,
            since=reminder.since,
            due_at=reminder.due_at,
            rings_at=reminder.rings_at,
            repeat=None if rhythm is None else rhythm.repeat.value,
            anchor=None if rhythm is None else to_wall(rhythm.anchor),
            zone=None if rhythm is None else rhythm.zone,
            only_if_no_reply=reminder.only_if_no_reply,
            done_at=reminder.done_at,
            is_answered=reminder.is_answered,
            version=reminder.version,
        )
        if reminder.done_at is not None:
            row.expires_at = int((reminder.done_at + DONE_KEPT_FOR).timestamp())
        elif reminder.about.kind is not AboutKind.WORKSPACE:
            place = notices_keys.listed_about(self._tenant.workspace_id, reminder.about.kind, reminder.about.id)
            row.gsi1pk, row.gsi1sk = place, f"{clock.to_wire(reminder.due_at)}#{reminder.id}"
        return row


def _unchanged(before: Reminder) -> Condition:
    same: Condition = ReminderRow.version == before.version
    return same


def _reminder(row: ReminderRow) -> Reminder:
    rhythm = None
    if row.repeat is not None:
        rhythm = Rhythm(repeat=Repeat(row.repeat), anchor=from_wall(row.anchor), zone=row.zone)
    return Reminder(
        id=notices_keys.reminder_of(row.sk),
        about=About(kind=AboutKind(row.about_kind), id=row.about_id),
        text=row.text,
        made_by=UserId(row.made_by),
        since=row.since,
        due_at=row.due_at,
        rings_at=row.rings_at,
        rhythm=rhythm,
        only_if_no_reply=bool(row.only_if_no_reply),
        done_at=row.done_at,
        is_answered=bool(row.is_answered),
        version=int(row.version),
    )
