"""What becomes of sessions: opened and ended within what brings that about, listed, ended by their person.

Whoever calls these has seen to it that the person may: proving who signs in, or asks, is the other slices'.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from chalicelib.features.sessions.model import MAX_SESSIONS, KeptSession, PushAddress, SessionNotFound, handle_of
from chalicelib.features.sessions.repository import Devices, Sessions
from chalicelib.kernel import tokens
from chalicelib.kernel.actors import Actor
from chalicelib.kernel.ids import SessionId, UserId
from chalicelib.kernel.records import record
from chalicelib.table import due, proof
from chalicelib.table.following_up import TAKEN_UP_AFTER
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import Transaction

END_SESSIONS: Final = "sessions.end"
"""The due work of ending what a change of how somebody signs in left: {user_id, version, but}."""
_AT_ONCE: Final = 40
_DEVICE_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")


@record
class Visit:
    """From where a browser comes, the session it holds, and what it is known by; empty where it has none."""

    caller: Caller
    session_token: str = ""
    device_token: str = ""

    def __repr__(self) -> str:
        return f"Visit(caller={self.caller!r})"

    def lasting_device_token(self) -> str:
        """What the browser is known by from now on: a fresh token where it brought none of ours."""
        return self.device_token if _DEVICE_TOKEN.fullmatch(self.device_token) else tokens.new()


def knows_browser(user_id: UserId, version: int, visit: Visit, *, installation: Installation) -> bool:
    """Whether the person signed in with this browser before, by its cookie alone: one read unit, none without one.

    `version` is that of how they sign in: once it changed, only the browser that changed it is known.
    """
    return Devices(installation, user_id).knows(visit.device_token, version)


def familiar_as(user_id: UserId, version: int, visit: Visit, *, installation: Installation) -> str | None:
    """What counts the tries of a browser that need not wait for strangers, None where it is one: a read and a query.

    Its cookie; or, where that is gone or made up, where a session of theirs comes from: the same address and device.
    Both are easily come by in one office, so that is no reason to keep a sign-in from its person: see `knows_browser`.
    """
    has_cookie = knows_browser(user_id, version, visit, installation=installation)
    here = (visit.caller.address, visit.caller.device)
    is_here = any((each.address, each.device) == here for each in Sessions(installation).of(user_id))
    if has_cookie:
        return visit.device_token
    return " ".join(here) if is_here else None


def remember_browser(
    change: Transaction, user_id: UserId, version: int, device_token: str, *, installation: Installation
) -> None:
    """Within a change: know a browser from now on, until how the person signs in is of another version."""
    devices = Devices(installation, user_id)
    devices.remember(change, devices.hashed(device_token), version)


def open_session(
    change: Transaction,
    user_id: UserId,
    full_name: str,
    caller: Caller,
    *,
    device_token: str,
    opened_under: int,
    second_factor_at: datetime | None,
    installation: Installation,
) -> tuple[str, Session]:
    """Within a change: a new session and its token, which is kept nowhere.

    Its browser is known from now on. `opened_under` is the version of how the person signs in that was proven; when
    that grows, the session ends.
    """
    remember_browser(change, user_id, opened_under, device_token, installation=installation)
    return Sessions(installation).open(
        change,
        user_id,
        full_name,
        caller,
        browser=Devices(installation, user_id).hashed(device_token),
        opened_under=opened_under,
        second_factor_at=second_factor_at,
    )


def make_room(user_id: UserId, actor: Actor, *, installation: Installation) -> None:
    """End the sessions unused longest, so that one more may be opened; the person's own log says so. One query."""
    sessions = Sessions(installation)
    kept = sorted(sessions.of(user_id), key=lambda each: each.seen_at, reverse=True)
    for each in kept[MAX_SESSIONS - 1 :]:
        with installation.journalled(user_id, actor) as change:
            sessions.close(change, user_id, each.id)
            change.record("session.ended", target=each.handle, new={"reason": "one too many"})


def note_second_factor(
    change: Transaction, session: Session, at: datetime | None, *, installation: Installation
) -> None:
    """Within a change: note when a session showed a second factor, or that there is none any more."""
    Sessions(installation).note_second_factor(change, session, at)


def rename_sessions(user_id: UserId, full_name: str, *, installation: Installation) -> None:
    """Carry over to a person's sessions what they are called now. One query and a write each; repeatable."""
    Sessions(installation).rename(user_id, full_name)


def list_sessions(session: Session, *, installation: Installation) -> list[KeptSession]:
    """The person's sessions, newest first: one query."""
    return Sessions(installation).of(session.user_id)


def receiving(user_id: UserId, *, installation: Installation) -> list[tuple[KeptSession, PushAddress]]:
    """The person's sessions whose browsers take push messages, and where: one query."""
    return [(each, each.push) for each in Sessions(installation).of(user_id) if each.push is not None]


def receive(change: Transaction, session: Session, push: PushAddress, *, installation: Installation) -> None:
    """Within a change: push to the browser of a session from now on, until the session ends."""
    Sessions(installation).set_push(change, session.user_id, session.id, push)


def receive_no_more(
    change: Transaction, user_id: UserId, kept: KeptSession, push: PushAddress, *, installation: Installation
) -> None:
    """Within a change: push to an address of a session's browser no more. Raises ChangedMeanwhile."""
    Sessions(installation).drop_push(change, user_id, kept.id, push)


def require_session(handle: str, session: Session, *, installation: Installation) -> KeptSession:
    """One of the person's sessions: one query. Raises SessionNotFound."""
    for kept in Sessions(installation).of(session.user_id):
        if kept.handle == handle:
            return kept
    raise SessionNotFound


def end_session(session: Session, caller: Caller, *, reason: str, installation: Installation) -> None:
    """End a session that was proven, and say so in its person's own log."""
    with installation.journalled(session.user_id, proof.actor_of(session, caller)) as change:
        Sessions(installation).close(change, session.user_id, session.id)
        change.record("session.ended", target=handle_of(session.id), new={"reason": reason})


def end_kept(
    ended: Sequence[KeptSession], session: Session, caller: Caller, *, target: str, installation: Installation
) -> None:
    """End sessions of the person who asks, with an entry for each forty. Their browsers are not known any more.

    But for the one that asks: it showed that the person is at it.
    """
    sessions, devices = Sessions(installation), Devices(installation, session.user_id)
    here = sessions.browser_of(session.user_id, session.id)
    for start in range(0, len(ended), _AT_ONCE):
        part = ended[start : start + _AT_ONCE]
        with installation.journalled(session.user_id, proof.actor_of(session, caller)) as change:
            for each in part:
                sessions.close(change, session.user_id, each.id)
            for browser in {each.browser for each in part if each.browser is not None} - {here}:
                devices.forget(change, browser)
            told = {"reason": "ended in the list of sessions", "count": len(part)}
            change.record("session.ended", target=target, new=told)


def outdate_sessions(
    change: Transaction, user_id: UserId, version: int, *, but: SessionId | None, installation: Installation
) -> None:
    """Within a change of how a person signs in, to `version`: see to it that every session from before ends, but one.

    Of all browsers only that one's is known from now on. `end_outdated` follows at once; where it was cut short, due
    work ends the rest a minute later.
    """
    browser = None if but is None else Sessions(installation).browser_of(user_id, but)
    if browser is not None:
        Devices(installation, user_id).remember(change, browser, version)
    facts = {"user_id": user_id, "version": version, "but": but}
    due.schedule(change, installation, END_SESSIONS, installation.now() + TAKEN_UP_AFTER, facts)


def end_outdated(user_id: UserId, version: int, *, but: SessionId | None, installation: Installation) -> int:
    """End the sessions opened before a version of how their person signs in; how many that were.

    One query and a write unit each. Cut short, a repetition goes on where it stopped.
    """
    return Sessions(installation).close_opened_before(user_id, version, but=but)
