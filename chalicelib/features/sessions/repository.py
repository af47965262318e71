"""Rows of sessions, and of browsers somebody signed in with."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pynamodb.attributes import NumberAttribute
from pynamodb.expressions.update import Action

from chalicelib.features.sessions.model import DEVICE_KNOWN, KeptSession, PushAddress, handle_of
from chalicelib.kernel import clock
from chalicelib.kernel.ids import SessionId, UserId
from chalicelib.table import people_keys, proof
from chalicelib.table.items import MomentAttribute, Row
from chalicelib.table.proof import Caller, Session, SessionRow
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import Transaction


class DeviceRow(Row, discriminator="device"):
    """A browser that somebody signed in with, and the version of how they did so then."""

    seen_at = MomentAttribute()
    known_under = NumberAttribute(default=0)


class Sessions:
    """Sign-in sessions. Proving one is table/proof's."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def of(self, user_id: UserId) -> list[KeptSession]:
        """The person's sessions that are alive, newest first: one query."""
        now = self._installation.now()
        found = [_to_kept(row) for row in self._query(user_id) if now < row.ends_at and now < row.idle_ends_at]
        return sorted(found, key=lambda kept: kept.created_at, reverse=True)

    def open(
        self,
        change: Transaction,
        user_id: UserId,
        full_name: str,
        caller: Caller,
        *,
        browser: str,
        opened_under: int,
        second_factor_at: datetime | None,
    ) -> tuple[str, Session]:
        """A new session and its token, which is kept nowhere."""
        now = self._installation.now()
        token, session_id = proof.new_token(user_id)
        ends_at = now + proof.ABSOLUTE
        change.put(
            self._rows(user_id).new(
                SessionRow,
                people_keys.session(session_id),
                created_at=now,
                seen_at=now,
                ends_at=ends_at,
                idle_ends_at=now + proof.IDLE,
                full_name=full_name,
                address=caller.address,
                device=caller.device,
                second_factor_at=second_factor_at,
                opened_under=opened_under,
                browser=browser,
                expires_at=int(ends_at.timestamp()),
            )
        )
        session = Session(
            id=session_id,
            user_id=user_id,
            full_name=full_name,
            created_at=now,
            seen_at=now,
            ends_at=ends_at,
            second_factor_at=second_factor_at,
        )
        return token, session

    def browser_of(self, user_id: UserId, session_id: SessionId) -> str | None:
        """What the browser of a session is known by, hashed: one read unit."""
        row = self._rows(user_id).get(SessionRow, people_keys.session(session_id))
        return None if row is None else row.browser

    def close(self, change: Transaction, user_id: UserId, session_id: SessionId) -> None:
        """End one session; ending what has ended succeeds."""
        change.delete(self._row(user_id, session_id))

    def close_opened_before(self, user_id: UserId, version: int, *, but: SessionId | None) -> int:
        """End every session that was opened under an older version of how its person signs in; how many that were.

        One query and a write unit each. Cut short, a repetition goes on where it stopped.
        """
        rows, ended = self._rows(user_id), 0
        for row in self._query(user_id):
            session_id = _id_of(row)
            if row.opened_under < version and session_id != but:
                ended += rows.delete(self._row(user_id, session_id))
        return ended

    def note_second_factor(self, change: Transaction, session: Session, at: datetime | None) -> None:
        """Note when a session showed a second factor, or that there is none any more."""
        action: Action = SessionRow.second_factor_at.remove() if at is None else SessionRow.second_factor_at.set(at)
        change.update(self._row(session.user_id, session.id), [action], Row.pk.exists())

    def set_push(self, change: Transaction, user_id: UserId, session_id: SessionId, push: PushAddress) -> None:
        """Push to a session's browser from now on, in the place of any other address of it."""
        change.update(self._row(user_id, session_id), [SessionRow.push.set(_kept(push))], Row.pk.exists())

    def drop_push(self, change: Transaction, user_id: UserId, session_id: SessionId, push: PushAddress) -> None:
        """Push to an address no more, unless the browser has another one by now."""
        condition = SessionRow.push == _kept(push)
        change.update(self._row(user_id, session_id), [SessionRow.push.remove()], condition)

    def rename(self, user_id: UserId, full_name: str) -> None:
        """Carry over to the person's sessions what they are called now."""
        rows = self._rows(user_id)
        for row in self._query(user_id):
            if row.full_name != full_name:
                opened = self._row(user_id, _id_of(row))
                rows.update(opened, [SessionRow.full_name.set(full_name)], Row.pk.exists())

    def _query(self, user_id: UserId) -> Sequence[SessionRow]:
        return self._rows(user_id).query(SessionRow, people_keys.SESSIONS)

    def _row(self, user_id: UserId, session_id: SessionId) -> SessionRow:
        return self._rows(user_id).new(SessionRow, people_keys.session(session_id))

    def _rows(self, user_id: UserId) -> Rows:
        return self._installation.rows(people_keys.user(user_id))


class Devices:
    """Browsers somebody signed in with before, by the hash of what the cookie of each says.

    The person's id is part of what is hashed: two people who share a browser have nothing in common in the table.
    """

    def __init__(self, installation: Installation, user_id: UserId) -> None:
        self._installation = installation
        self._user_id = user_id

    def hashed(self, token: str) -> str:
        """What a browser with this cookie is found by."""
        return hashlib.sha256(f"{self._user_id}.{token}".encode()).hexdigest()

    def knows(self, token: str, version: int) -> bool:
        """Whether the person signed in with this browser within 400 days, under a version of how they do so.

        One read unit, none without a token.
        """
        if not token:
            return False
        row = self._rows().get(DeviceRow, people_keys.device(self.hashed(token)))
        return row is not None and row.known_under == version and not row.is_over(self._installation.now())

    def remember(self, change: Transaction, browser: str, version: int) -> None:
        """Know this browser until how the person signs in changes."""
        now = self._installation.now()
        ends_s = int((now + DEVICE_KNOWN).timestamp())
        row = self._rows().new(
            DeviceRow, people_keys.device(browser), seen_at=now, known_under=version, expires_at=ends_s
        )
        change.put(row)

    def forget(self, change: Transaction, browser: str) -> None:
        """Know this browser no more; forgetting what was unknown succeeds."""
        change.delete(self._rows().new(DeviceRow, people_keys.device(browser)))

    def _rows(self) -> Rows:
        return self._installation.rows(people_keys.user(self._user_id))


def _id_of(row: SessionRow) -> SessionId:
    return SessionId(row.sk.removeprefix(people_keys.SESSIONS))


def _to_kept(row: SessionRow) -> KeptSession:
    session_id = _id_of(row)
    return KeptSession(
        id=session_id,
        handle=handle_of(session_id),
        address=row.address,
        device=row.device,
        created_at=row.created_at,
        seen_at=row.seen_at,
        second_factor_at=row.second_factor_at,
        browser=row.browser,
        push=None if row.push is None else PushAddress(**{**row.push, "since": clock.from_wire(row.push["since"])}),
    )


def _kept(push: PushAddress) -> dict[str, Any]:
    return {
        "endpoint": push.endpoint,
        "key": push.key,
        "secret": push.secret,
        "since": clock.to_wire(push.since),
    }
