"""Telling a member in their browsers while those are closed, each browser once and by itself.

A push service, which is another for every kind of browser, carries what it can't open. That holds ids alone; what the
browser shows is a sentence that is the same for all notices, and its service worker opens the place.
"""

import json
from datetime import datetime, timedelta

from chalicelib import settings
from chalicelib.adapters import push_cipher
from chalicelib.adapters.push import PushGone, PushServices, is_of_push_service
from chalicelib.features.delivery.model import (
    GIVEN_UP_AFTER,
    PUSH,
    PushAddressUnfit,
    PushBrowser,
    PushNotConfigured,
    PushStanding,
    ShownNotice,
    path_to,
)
from chalicelib.features.delivery.use_cases.recipients import Recipient, is_old_news, recipient
from chalicelib.features.notifications import use_cases as notifications
from chalicelib.features.notifications.model import ListedNotice
from chalicelib.features.sessions import use_cases as sessions
from chalicelib.features.sessions.model import KeptSession, PushAddress
from chalicelib.kernel.actors import Actor, system
from chalicelib.kernel.errors import Blame, TooMany
from chalicelib.kernel.ids import NoticeId, UserId, WorkspaceId
from chalicelib.settings import PushKeys
from chalicelib.table import due, keys
from chalicelib.table.due import Lane
from chalicelib.table.proof import Session
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import ChangedMeanwhile


def push_standing(session: Session, *, known_as: PushKeys | None, installation: Installation) -> PushStanding:
    """In which browsers somebody is told while those are closed: one query."""
    browsers = [
        PushBrowser(id=each.handle, device=each.device, since=address.since, is_current=each.id == session.id)
        for each, address in sessions.receiving(session.user_id, installation=installation)
    ]
    return PushStanding(public_key=None if known_as is None else known_as.public, browsers=browsers)


def turn_push_on(
    endpoint: str,
    key: str,
    secret: str,
    *,
    session: Session,
    actor: Actor,
    known_as: PushKeys | None,
    installation: Installation,
) -> None:
    """Tell somebody in the browser that asks, until its session ends or the browser ends it. Repeating it is fine.

    A transaction of 2 rows.

    Raises:
        PushNotConfigured: the installation has no keys for it.
        PushAddressUnfit: it is at no push service we speak to, or nothing can be sealed for it.
    """
    if known_as is None:
        raise PushNotConfigured
    if not is_of_push_service(endpoint, known_as.service):
        raise PushAddressUnfit(blames=(Blame("/endpoint", "not at a push service this installation speaks to"),))
    if not push_cipher.opens(key, secret):
        raise PushAddressUnfit(blames=(Blame("/keys", "nothing can be sealed for them"),))
    address = PushAddress(endpoint=endpoint, key=key, secret=secret, since=installation.now())
    with installation.journalled(session.user_id, actor) as change:
        sessions.receive(change, session, address, installation=installation)
        change.record("push.turned_on", target=session.user_id)


def turn_push_off(browser_id: str, *, session: Session, actor: Actor, installation: Installation) -> None:
    """Tell somebody in one of their browsers no more. Repeating it changes nothing. A query, a transaction of 2.

    Raises:
        SessionNotFound: none of their browsers is signed in by that name.
    """
    kept = sessions.require_session(browser_id, session, installation=installation)
    if kept.push is not None:
        _end(session.user_id, kept, kept.push, actor, installation)


def hand_to_browsers(installation: Installation, notice: ShownNotice, to: Recipient) -> bool:
    """Have each browser be told, by due work of its own: one that is away holds up no other, nor do their services.

    Handed on twice is once, until it is done; a browser that is told twice shows it once (`Topic`, and the tag there).
    """
    receiving = sessions.receiving(to.user.id, installation=installation)
    if receiving:
        listed, now = notice.listed, to.tenant.now()
        names = {f"{PUSH}#{listed.id}#{kept.handle}": kept.handle for kept, _ in receiving}
        with installation.transaction(keys.due_row(min(names))) as change:
            for name, handle in names.items():
                facts = {"user_id": to.user.id, "notice_id": listed.id, "browser_id": handle}
                due.schedule(change, to.tenant, PUSH, now, facts, name=name, lane=Lane.PUSH)
    return True


def push(
    user_id: UserId,
    notice_id: NoticeId,
    browser_id: str,
    *,
    known_as: PushKeys | None,
    tenant: Tenant,
    installation: Installation,
) -> datetime | None:
    """Tell a member of a notice in one of their browsers, unless they have read it, or it takes none. 5 reads, a call.

    Gives when to try again where the push service wants a pause, None when it is done.

    Raises:
        Unavailable: the push service did not answer, or refused.
    """
    listed = notifications.notice_to_tell(user_id, notice_id, tenant=tenant)
    if listed is None or known_as is None or is_old_news(listed, installation.now()):
        return None
    receiving = sessions.receiving(user_id, installation=installation)
    found = next((each for each in receiving if each[0].handle == browser_id), None)
    if found is None or recipient(user_id, tenant, installation) is None:
        return None
    kept, address = found
    try:
        _send(address, listed, known_as, tenant.workspace_id, installation.now())
    except PushGone:
        _end(user_id, kept, address, system("push"), installation)
    except TooMany as pause:
        return installation.now() + timedelta(seconds=pause.retry_after_s)
    return None


def _send(to: PushAddress, listed: ListedNotice, known_as: PushKeys, workspace_id: WorkspaceId, now: datetime) -> None:
    told = {"notice": listed.id, "path": path_to(listed.notice, workspace_id)}
    sealed = push_cipher.sealed(json.dumps(told).encode(), to.key, to.secret)
    services = PushServices(known_as, settings.current().public_origin)
    kept_for = listed.at + GIVEN_UP_AFTER - now
    services.send(to.endpoint, sealed, topic=listed.id, kept_for=kept_for, now=now)


def _end(user_id: UserId, kept: KeptSession, address: PushAddress, actor: Actor, installation: Installation) -> None:
    """Where the browser has another address by now, or the session has ended, there is nothing to end."""
    try:
        with installation.journalled(user_id, actor) as change:
            sessions.receive_no_more(change, user_id, kept, address, installation=installation)
            change.record("push.turned_off", target=user_id)
    except ChangedMeanwhile:
        return
