"""Saying when members are told of late chats, and telling them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import Account
from chalicelib.features.alerts.model import (
    LEAST_PAUSE,
    MOST_ROWS,
    MOST_TOLD,
    NOTICE_ROWS,
    SWEEP,
    AlertRules,
    ChangeRules,
    Late,
    Lateness,
)
from chalicelib.features.alerts.repository import Rules
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.notifications import use_cases as notifications
from chalicelib.features.notifications.model import About, AboutKind, Notice, NoticeKind
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.permissions import Action
from chalicelib.logs import log
from chalicelib.table import due
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile

_KINDS: Final[Mapping[Lateness, NoticeKind]] = {
    Lateness.WAITING: NoticeKind.CHAT_WAITING,
    Lateness.SILENT: NoticeKind.CHAT_SILENT,
}


def get_rules(*, tenant: Tenant) -> AlertRules:
    """When members of the workspace are told: one read unit."""
    return Rules(tenant).get()


def change_rules(command: ChangeRules, *, tenant: Tenant) -> AlertRules:
    """Say when members are told from now on. What is too long already is told to nobody.

    One read; a transaction of 3 rows: the rules, the look at all chats, the entry.

    Raises:
        PermissionMissing: the caller may not change settings.
        ChangedMeanwhile: somebody else said something after the version the caller saw.
    """
    tenant.require(Action.CHANGE_SETTINGS)
    rules = Rules(tenant)
    before = rules.get()
    if before.version != command.version:
        raise ChangedMeanwhile
    after = AlertRules(
        waiting_hours=command.waiting_hours,
        silent_days=command.silent_days,
        since=tenant.now(),
        version=before.version + 1,
    )
    with tenant.transaction() as change:
        rules.put(change, before, after)
        due.schedule(change, tenant, SWEEP, tenant.now(), {}, name=f"{SWEEP}#{tenant.workspace_id}")
        change.record("alert_rules.changed", target=tenant.workspace_id, old=_hours(before), new=_hours(after))
    return after


def tell_late(*, tenant: Tenant) -> datetime | None:
    """Tell members of every chat that has become late since the last look; gives when to look again, None for never.

    No chat is late before the earliest moment among those that wait now, or one whole period from now: that is when the
    next look is, LEAST_PAUSE from now at the least. Every chat is told of once for each time it waits. Cost: the
    accounts' chats are read once, a read unit per 4 KB; a write a chat, two a notice, an entry for each chunk.
    """
    rules = Rules(tenant).get()
    if rules.is_off:
        return None
    now = tenant.now()
    next_at = rules.soonest(now)
    for account in accounts.known_accounts(tenant):
        late, soonest = _look(account, rules, now, tenant)
        next_at = min([next_at, *soonest])
        for chunk in _chunks(late, account):
            _tell(chunk, account, tenant)
    return max(next_at, now + LEAST_PAUSE)


def _look(account: Account, rules: AlertRules, now: datetime, tenant: Tenant) -> tuple[list[Late], list[datetime]]:
    """The account's chats that are late by now, and the first moment at which another will be."""
    late: list[Late] = []
    coming: list[datetime] = []
    for chat in chats.waiting_chats(account.id, tenant=tenant):
        for why, at in rules.late_at(chat):
            if at > now:
                coming = [min([at, *coming])]
            elif rules.since is not None and at >= rules.since:
                late.append(Late(chat=chat, why=why))
    return late, coming


def _chunks(late: Iterable[Late], account: Account) -> Iterator[list[Late]]:
    """As many at once as one transaction takes: a row a chat, two a notice."""
    chunk: list[Late] = []
    rows = 0
    for each in late:
        needed = 1 + NOTICE_ROWS * len(_told_of(each, account))
        if rows + needed > MOST_ROWS:
            yield chunk
            chunk, rows = [], 0
        chunk.append(each)
        rows += needed
    if chunk:
        yield chunk


def _tell(chunk: list[Late], account: Account, tenant: Tenant) -> None:
    """Tell of a chunk; where a message came at this moment nobody is told of it before the next look."""
    try:
        with tenant.transaction() as change:
            for late in chunk:
                chats.note_told(change, late.chat, waiting=late.why is Lateness.WAITING, tenant=tenant)
                for user_id in _told_of(late, account):
                    about = About(kind=AboutKind.CHAT, id=late.chat.id)
                    notice = Notice(kind=_KINDS[late.why], to=user_id, about=about)
                    notifications.announce(change, notice, tenant=tenant)
            told = {late.chat.id: late.why.value for late in chunk}
            change.record("chats.alerted", target=account.id, new=told)
    except ChangedMeanwhile as refusal:
        log.info("alerts.put_off", code=refusal.code, chats=len(chunk))


def _told_of(late: Late, account: Account) -> list[UserId]:
    """Whose chat it is, or else everybody connected to its account: nobody else can answer."""
    held_by = account.held_by()
    if late.chat.assignee in held_by:
        return [late.chat.assignee]
    return sorted(held_by)[:MOST_TOLD]


def _hours(rules: AlertRules) -> dict[str, int | None]:
    return {"waiting_hours": rules.waiting_hours, "silent_days": rules.silent_days}
