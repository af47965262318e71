"""What people do with reminders, and what happens when one is due."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.notifications import use_cases as notifications
from chalicelib.features.notifications.model import About, AboutKind, Notice, NoticeKind
from chalicelib.features.reminders.model import (
    MAX_OPEN,
    RING,
    ChangeReminder,
    NotConnectedToChat,
    Reminder,
    ReminderLimitReached,
    ReminderNotYours,
    Repeat,
    Rhythm,
    SetReminder,
    ShownReminder,
    When,
    journalled,
    parse_text,
    require_possible,
)
from chalicelib.features.reminders.repository import Reminders
from chalicelib.kernel import ids, time_zones
from chalicelib.kernel.errors import ChatNotFound, MemberNotFound
from chalicelib.kernel.ids import ChatId, ReminderId, UserId
from chalicelib.kernel.permissions import Action
from chalicelib.table import due
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import AlreadyDone


def list_reminders(*, tenant: Tenant) -> list[ShownReminder]:
    """The acting member's reminders, those that were done in the last 30 days too. Mostly three reads."""
    user_id = tenant.require(Action.SEE_CRM).user_id
    return _shown(Reminders(tenant).of_member(user_id), tenant)


def reminders_of_chat(chat_id: str, *, tenant: Tenant) -> list[ShownReminder]:
    """Reminders about a chat that are not done, whoever they are for: the workspace shares them. Four reads.

    One that waits for an answer is shown to people connected to the chat's account alone: that it is gone would tell
    the others that an answer came (product.md section 1.3).

    Raises:
        ChatNotFound: the workspace has no such chat.
    """
    about = About(kind=AboutKind.CHAT, id=chat_id)
    _require_place(about, tenant)
    found = Reminders(tenant).about(about)
    if not accounts.is_connected(tenant, ids.account_of(ChatId(chat_id))):
        found = [each for each in found if not each.only_if_no_reply]
    return _shown(found, tenant)


def set_reminder(
    command: SetReminder, *, tenant: Tenant, installation: Installation, once: str | None = None
) -> ShownReminder:
    """Have a member reminded of something. Times are of their wall clock. Up to six reads, a transaction of 4 rows.

    Raises:
        PermissionMissing, SeatNeeded, TrialOver: the caller may not, or nothing pays for it.
        ReminderTextInvalid, ReminderTimeInvalid: what it says, or when it is due.
        ChatNotFound, MemberNotFound: there is no such chat, or nobody of that id.
        NotConnectedToChat: whether somebody answers there is not for whom it is for, or for the caller, to know.
        ReminderLimitReached: they have as many as one may have.
    """
    maker = tenant.require(Action.EDIT_VALUES).user_id
    now, zone = tenant.now(), _zone_of(command.for_whom, tenant, installation)
    text = parse_text(command.text, command.about)
    due_at = command.when.moment(now, zone)
    _require_place(command.about, tenant)
    if command.only_if_no_reply:
        _require_connected(command.about, [maker, command.for_whom], tenant)
    if sum(each.done_at is None for each in Reminders(tenant).of_member(command.for_whom)) >= MAX_OPEN:
        raise ReminderLimitReached(f"A member has at most {MAX_OPEN} reminders that are not done.")
    reminder = Reminder(
        id=ReminderId(command.for_whom + ids.mint(now.timestamp())),
        about=command.about,
        text=text,
        made_by=maker,
        since=now,
        due_at=due_at,
        rings_at=due_at,
        rhythm=_rhythm(command.repeat, command.when, now, zone),
        only_if_no_reply=command.only_if_no_reply,
    )
    try:
        with tenant.transaction(once=once) as change:
            Reminders(tenant).create(change, reminder)
            _schedule(change, reminder, tenant)
            change.record("reminder.created", target=reminder.id, new=journalled(reminder))
            change.leaves(reminder_id=reminder.id)
    except AlreadyDone as done:
        reminder = Reminders(tenant).require(done.outcome["reminder_id"])
    return _one(reminder, tenant)


def change_reminder(
    reminder_id: str, command: ChangeReminder, *, tenant: Tenant, installation: Installation
) -> ShownReminder:
    """Give a reminder another text, time or repetition. Four reads, a transaction of 3 rows.

    Raises:
        ReminderNotFound, ReminderNotYours: there is none, or it is for others and made by others.
        ReminderTextInvalid, ReminderTimeInvalid: what it is to say, or when it is to be due.
        ReminderChanged: it changed at the same moment; nothing was written.
    """
    before = _require_own(reminder_id, tenant)
    zone, now = _zone_of(before.for_whom, tenant, installation), tenant.now()
    when = command.when or When(at=before.due_at)
    after = before if command.when is None else before.moved(when.moment(now, zone), now)
    rhythm = before.rhythm
    if command.when is not None or command.repeat is not (None if rhythm is None else rhythm.repeat):
        rhythm = _rhythm(command.repeat, when, now, zone)
    text = before.text if command.text is None else parse_text(command.text, before.about)
    after = replace(after, text=text, rhythm=rhythm, version=before.version + 1)
    return _write("reminder.changed", after, before, tenant)


def snooze(reminder_id: str, when: When, *, tenant: Tenant, installation: Installation) -> ShownReminder:
    """Have a reminder come later; a repetition goes on by its own. Reads, rows and refusals as `change_reminder`."""
    before = _require_own(reminder_id, tenant)
    at = when.moment(tenant.now(), _zone_of(before.for_whom, tenant, installation))
    return _write("reminder.snoozed", before.moved(at, tenant.now()), before, tenant)


def finish(reminder_id: str, *, tenant: Tenant) -> ShownReminder:
    """Note that a reminder was dealt with; one that repeats waits for its next time. Once done it stays done.

    A read, a transaction of 3 rows. Raises as `change_reminder`.
    """
    before = _require_own(reminder_id, tenant)
    if before.done_at is not None:
        return _one(before, tenant)
    return _write("reminder.done", before.done(tenant.now()), before, tenant)


def restore(reminder_id: str, due_at: datetime, *, tenant: Tenant) -> ShownReminder:
    """Put a reminder back to where it stood before it was done or moved. A read, a transaction of 3 rows.

    Raises as `change_reminder`; a time that no reminder ever had is refused as ReminderTimeInvalid.
    """
    before = _require_own(reminder_id, tenant)
    require_possible(due_at, tenant.now())
    return _write("reminder.restored", before.restored(due_at, tenant.now()), before, tenant)


def remove(reminder_id: str, *, tenant: Tenant) -> None:
    """Forget a reminder. A read, a transaction of 3 rows. Raises as `change_reminder`."""
    before = _require_own(reminder_id, tenant)
    with tenant.transaction() as change:
        Reminders(tenant).remove(change, before)
        due.cancel(change, tenant, _work_name(before.id))
        change.record("reminder.removed", target=before.id, old=journalled(before))


def ring(reminder_id: ReminderId, *, tenant: Tenant) -> datetime | None:
    """Tell of a reminder that is due; gives when it rings next. Handed out twice it tells once. Up to 4 reads, 5 rows.

    Where it waits for an answer and one came, it is done without a word; but whom it is for must still be connected to
    the chat's account, else they are told: what happens in that chat is no longer theirs to know.

    Raises:
        ReminderChanged: somebody changed it at the same moment; a repetition looks again.
    """
    before = Reminders(tenant).get(reminder_id)
    if before is None or before.rings_at is None:
        return None
    if before.rings_at > tenant.now():
        return before.rings_at
    is_answered = before.only_if_no_reply and _is_answered(before, tenant)
    after = before.done(tenant.now(), is_answered=True) if is_answered else before.rung(tenant.now())
    with tenant.transaction() as change:
        Reminders(tenant).put(change, after, before=before)
        if not is_answered:
            notice = Notice(kind=NoticeKind.REMINDER_DUE, to=before.for_whom, about=before.about, by=before.told_by)
            notifications.announce(change, notice, tenant=tenant)
        # The same entry either way: whether an answer came is not everybody's to know who reads the log.
        change.record("reminder.rang", target=before.id, old=journalled(before), new=journalled(after))
    return after.rings_at


def _is_answered(reminder: Reminder, tenant: Tenant) -> bool:
    chat_id = ChatId(reminder.about.id)
    if not accounts.is_member_connected(tenant, ids.account_of(chat_id), reminder.for_whom):
        return False
    return chats.answered_since(chat_id, reminder.since, tenant=tenant)


def _write(event: str, after: Reminder, before: Reminder, tenant: Tenant) -> ShownReminder:
    with tenant.transaction() as change:
        Reminders(tenant).put(change, after, before=before)
        _schedule(change, after, tenant)
        change.record(event, target=before.id, old=journalled(before), new=journalled(after))
    return _one(after, tenant)


def _schedule(change: JournalledTransaction, reminder: Reminder, tenant: Tenant) -> None:
    """Have it ring when it is to; what was scheduled for it before is replaced."""
    name = _work_name(reminder.id)
    if reminder.rings_at is None:
        due.cancel(change, tenant, name)
    else:
        due.schedule(change, tenant, RING, reminder.rings_at, {"reminder_id": reminder.id}, name=name)


def _work_name(reminder_id: ReminderId) -> str:
    return f"{RING}#{reminder_id}"


def _require_own(reminder_id: str, tenant: Tenant) -> Reminder:
    """A reminder the acting member may change: made by them, or for them."""
    acting = tenant.require(Action.EDIT_VALUES).user_id
    reminder = Reminders(tenant).require(reminder_id)
    if acting not in {reminder.for_whom, reminder.made_by}:
        raise ReminderNotYours
    return reminder


def _require_place(about: About, tenant: Tenant) -> None:
    """Raises ChatNotFound. Of a ticket only the id is looked at."""
    if about.kind is AboutKind.CHAT and not (
        ids.is_chat_shape(about.id) and chats.titles_of([ChatId(about.id)], tenant=tenant)
    ):
        raise ChatNotFound


def _require_connected(about: About, people: Sequence[UserId], tenant: Tenant) -> None:
    if about.kind is not AboutKind.CHAT:
        raise NotConnectedToChat
    account_id = ids.account_of(ChatId(about.id))
    if not all(accounts.is_member_connected(tenant, account_id, user_id) for user_id in people):
        raise NotConnectedToChat


def _zone_of(user_id: UserId, tenant: Tenant, installation: Installation) -> ZoneInfo:
    """Where a member's wall clock hangs. Raises MemberNotFound: nobody of that id is here."""
    if not ids.is_minted_shape(user_id) or user_id not in notifications.names_of([user_id], tenant=tenant):
        raise MemberNotFound
    person = identity.get_person(user_id, installation=installation)
    return time_zones.zone_of(None if person is None else person.time_zone)


def _rhythm(repeat: Repeat | None, when: When, now: datetime, zone: ZoneInfo) -> Rhythm | None:
    return None if repeat is None else Rhythm(repeat=repeat, anchor=when.on_wall(now, zone), zone=zone.key)


def _one(reminder: Reminder, tenant: Tenant) -> ShownReminder:
    return _shown([reminder], tenant)[0]


def _shown(reminders: Sequence[Reminder], tenant: Tenant) -> list[ShownReminder]:
    """With what people and chats are called now: a batch read each."""
    people = sorted({user_id for each in reminders for user_id in (each.for_whom, each.made_by)})
    names = notifications.names_of(people, tenant=tenant) if people else {}
    about = sorted({ChatId(each.about.id) for each in reminders if each.about.kind is AboutKind.CHAT})
    titles = chats.titles_of(about, tenant=tenant) if about else {}
    return [
        ShownReminder(
            reminder=each,
            place=titles.get(ChatId(each.about.id)),
            for_name=names.get(each.for_whom),
            by_name=names.get(each.made_by),
        )
        for each in reminders
    ]
