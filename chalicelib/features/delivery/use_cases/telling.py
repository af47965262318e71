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
from chalicelib.features.delivery.model import WRITE, ShownNotice, path_to, said
from chalicelib.features.delivery.repository import BotLinks
from chalicelib.features.delivery.use_cases.pushing import hand_to_browsers
from chalicelib.features.delivery.use_cases.recipients import Recipient, is_old_news, recipient
from chalicelib.features.delivery.use_cases.showing import shown
from chalicelib.features.notifications import use_cases as notifications
from chalicelib.features.notifications.model import ListedNotice, Way
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.kernel import time_zones
from chalicelib.kernel.errors import TooMany, Unavailable
from chalicelib.kernel.ids import NoticeId, UserId
from chalicelib.settings import ReminderBot
from chalicelib.table import due, keys
from chalicelib.table.due import Lane
from chalicelib.table.tenant import Installation, Tenant

Carrier = Callable[[ShownNotice, Recipient], bool]
"""Tells somebody one way, where they can be told so; says whether that is done with, or was only handed on.

Raises Unavailable where it has to be tried again.
"""
Carriers = Mapping[Way, Carrier]


def carriers(mail: Mail, installation: Installation) -> Carriers:
    """The ways out of the app there are."""
    return {
        Way.EMAIL: partial(_mail, mail),
        Way.TELEGRAM: partial(_hand_to_bot, installation),
        Way.PUSH: partial(hand_to_browsers, installation),
    }


def _mail(mail: Mail, notice: ShownNotice, to: Recipient) -> bool:
    """By a letter, to an address that was shown to be theirs."""
    user, tenant = to.user, to.tenant
    if user.is_email_verified:
        name = workspaces.name_of(tenant=tenant)
        letter = letters.notice(
            notice, to=user.email, full_name=user.full_name, workspace_id=tenant.workspace_id, workspace_name=name
        )
        mail.send(letter)
    return True


def _hand_to_bot(installation: Installation, notice: ShownNotice, to: Recipient) -> bool:
    """Have the bot write, by due work of a lane of its own: few processes have its token. Handed on twice is once."""
    user, tenant = to.user, to.tenant
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
    if recipient(user_id, tenant, installation) is None or is_old_news(listed, installation.now()):
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
    to = recipient(user_id, tenant, installation)
    if listed is None or to is None:
        return None
    if is_old_news(listed, installation.now()):
        return None
    wishes = notifications.preferences_of(user_id, installation=installation)
    left = sorted(wishes.ways_of(listed.notice.kind) - listed.told - {Way.APP})
    zone = time_zones.zone_of(to.user.time_zone)
    quiet_until = wishes.held_until(listed.notice.kind, installation.now(), zone) if left else None
    if quiet_until is None:
        _tell(listed, {way: ways[way] for way in left}, to)
    return quiet_until


def _tell(listed: ListedNotice, ways: Carriers, to: Recipient) -> None:
    [notice] = shown([listed], tenant=to.tenant)
    away: Unavailable | None = None
    for way, carry in ways.items():
        try:
            is_done = carry(notice, to)
        except Unavailable as lost:
            away = lost
            continue
        if is_done:
            notifications.note_told(to.user.id, listed.id, way, tenant=to.tenant)
    if away is not None:
        raise away
