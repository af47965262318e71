"""Telling a member outside of the app, each way once: what has gone out is noted before the next way is tried.

A process that dies between a neighbour's yes and our note makes that one way repeat when its claim has run out: a
doubled reminder is better than none. A neighbour that is away holds up no other way.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from chalicelib import settings
from chalicelib.adapters.mail import Mail
from chalicelib.adapters.telegram_bot import Bot, BotBlocked
from chalicelib.features.delivery import letters
from chalicelib.features.delivery.model import GIVEN_UP_AFTER, WRITE, ShownNotice, path_to, said
from chalicelib.features.delivery.repository import BotLinks
from chalicelib.features.delivery.use_cases.showing import shown
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.identity.model import User
from chalicelib.features.notifications import use_cases as notifications
from chalicelib.features.notifications.model import ListedNotice, Way
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.kernel import time_zones
from chalicelib.kernel.errors import TooMany, Unavailable
from chalicelib.kernel.ids import NoticeId, UserId
from chalicelib.kernel.records import record
from chalicelib.logs import log
from chalicelib.settings import ReminderBot
from chalicelib.table import due, keys
from chalicelib.table.due import Lane
from chalicelib.table.tenant import Installation, Tenant


@record
class Recipient:
    """Whom a notice goes to, and the handle on the workspace it is of."""

    user: User
    tenant: Tenant


Carrier = Callable[[ShownNotice, Recipient], bool]
"""Tells somebody one way, where they can be told so; says whether that is done with, or was only handed on.

Raises Unavailable where it has to be tried again.
"""
Carriers = Mapping[Way, Carrier]


def carriers(mail: Mail, installation: Installation) -> Carriers:
    """The ways out of the app there are."""
    return {Way.EMAIL: partial(_mail, mail), Way.TELEGRAM: partial(_hand_to_bot, installation)}


def _mail(mail: Mail, notice: ShownNotice, recipient: Recipient) -> bool:
    """By a letter, to an address that was shown to be theirs."""
    user, tenant = recipient.user, recipient.tenant
    if user.is_email_verified:
        name = workspaces.name_of(tenant=tenant)
        letter = letters.notice(
            notice, to=user.email, full_name=user.full_name, workspace_id=tenant.workspace_id, workspace_name=name
        )
        mail.send(letter)
    return True


def _hand_to_bot(installation: Installation, notice: ShownNotice, recipient: Recipient) -> bool:
    """Have the bot write, by due work of a lane of its own: few processes have its token. Handed on twice is once."""
    user, tenant = recipient.user, recipient.tenant
    link = BotLinks(installation).get(user.id)
    if link is None or link.is_blocked:
        return True
    facts = {"user_id": user.id, "notice_id": notice.listed.id}
    name = f"{WRITE}#{notice.listed.id}"
    with installation.transaction(keys.due_row(name)) as change:
        due.schedule(change, tenant, WRITE, tenant.now(), facts, name=name, lane=Lane.BOT)
    return False


def write(
    user_id: UserId, notice_id: NoticeId, *, account: ReminderBot | None, tenant: Tenant, installation: Installation
) -> datetime | None:
    """Have the bot tell a member of a notice, unless it has, or they have read it. Up to 8 reads, a call, a write.

    Gives when to try again where Telegram wants a pause, None when it is done.

    Raises:
        Unavailable: Telegram did not answer, or refused.
    """
    listed = notifications.notice_to_tell(user_id, notice_id, tenant=tenant)
    link = BotLinks(installation).get(user_id)
    if listed is None or link is None or account is None or link.is_blocked or Way.TELEGRAM in listed.told:
        return None
    if _recipient(user_id, tenant, installation) is None or _is_old_news(listed, installation.now()):
        return None
    [notice] = shown([listed], tenant=tenant)
    address = f"{settings.current().public_origin}{path_to(listed.notice, tenant.workspace_id)}"
    try:
        Bot(account).send(link.chat_id, f"{said(notice)}\n{address}")
    except BotBlocked:
        BotLinks(installation).block(user_id, link.chat_id)
    except TooMany as pause:
        return installation.now() + timedelta(seconds=pause.retry_after_s)
    else:
        notifications.note_told(user_id, notice_id, Way.TELEGRAM, tenant=tenant)
    return None


def deliver(
    user_id: UserId, notice_id: NoticeId, *, ways: Carriers, tenant: Tenant, installation: Installation
) -> datetime | None:
    """Tell a member of a notice, each way they want that has not been used yet; gives when to go on, None when done.

    Nothing goes out to who has read it meanwhile, has left the workspace, or has waited for a day; in their quiet hours
    it waits. About 8 reads, a call and a write a way.

    Raises:
        Unavailable: a neighbour was away; the other ways are done and noted.
    """
    listed = notifications.notice_to_tell(user_id, notice_id, tenant=tenant)
    recipient = _recipient(user_id, tenant, installation)
    if listed is None or recipient is None:
        return None
    if _is_old_news(listed, installation.now()):
        return None
    wishes = notifications.preferences_of(user_id, installation=installation)
    left = sorted(wishes.ways_of(listed.notice.kind) - listed.told - {Way.APP})
    zone = time_zones.zone_of(recipient.user.time_zone)
    quiet_until = wishes.held_until(listed.notice.kind, installation.now(), zone) if left else None
    if quiet_until is None:
        _tell(listed, {way: ways[way] for way in left}, recipient)
    return quiet_until


def _tell(listed: ListedNotice, ways: Carriers, recipient: Recipient) -> None:
    [notice] = shown([listed], tenant=recipient.tenant)
    away: Unavailable | None = None
    for way, carry in ways.items():
        try:
            is_done = carry(notice, recipient)
        except Unavailable as lost:
            away = lost
            continue
        if is_done:
            notifications.note_told(recipient.user.id, listed.id, way, tenant=recipient.tenant)
    if away is not None:
        raise away


def _is_old_news(listed: ListedNotice, now: datetime) -> bool:
    """Whether it has waited too long for a neighbour that is away."""
    if now - listed.at < GIVEN_UP_AFTER:
        return False
    log.warning("notice.given_up", kind=listed.notice.kind)
    return True


def _recipient(user_id: UserId, tenant: Tenant, installation: Installation) -> Recipient | None:
    """Whom it goes to; None where they have left the workspace, or have no account any more."""
    if user_id not in notifications.names_of([user_id], tenant=tenant):
        return None
    user = identity.get_person(user_id, installation=installation)
    return None if user is None or user.deletes_at is not None else Recipient(user=user, tenant=tenant)
