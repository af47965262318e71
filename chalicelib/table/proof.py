"""Proving who calls and that they belong to the workspace they name: one batch read for both.

A session token is `<user id>.<256 random bits>`: the id says where its row lies, the hash of the rest is the row's
key, so that session and membership are read in one call (bench `auth_overhead`).
"""

import base64
import binascii
import hashlib
import os
from datetime import datetime, timedelta
from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib import settings
from chalicelib.kernel import ids
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import NotFound, Unauthenticated
from chalicelib.kernel.ids import SessionId, UserId, WorkspaceId
from chalicelib.kernel.records import record
from chalicelib.kernel.roles import Role
from chalicelib.table import connection, guard, keys
from chalicelib.table.items import MomentAttribute, Row
from chalicelib.table.rows import Rows, send
from chalicelib.table.tenant import Installation, Member, Tenant

IDLE = timedelta(days=14)
ABSOLUTE = timedelta(days=90)
NOTED_EVERY = timedelta(minutes=10)
"""How long a session lives unused, how long at most, and how often its use is written down."""
_SECRET_BYTES = 32


class SessionRow(Row, discriminator="session"):
    """A sign-in session, stored under its person by the hash of its secret."""

    created_at = MomentAttribute()
    seen_at = MomentAttribute()
    ends_at = MomentAttribute()
    idle_ends_at = MomentAttribute()
    full_name = UnicodeAttribute()
    address = UnicodeAttribute()
    device = UnicodeAttribute()


class MemberRow(Row, discriminator="member"):
    """A person's membership of a workspace. `version` grows with each change of role or flags."""

    role = UnicodeAttribute()
    version = NumberAttribute()
    full_name = UnicodeAttribute()
    username = UnicodeAttribute()
    joined_at = MomentAttribute()


@record
class Session:
    """A proven sign-in."""

    id: SessionId
    user_id: UserId
    full_name: str
    seen_at: datetime
    ends_at: datetime


@record
class Caller:
    """From where a request comes."""

    address: str
    device: str


def new_token(user_id: UserId) -> tuple[str, SessionId]:
    """A fresh session token and the id its row is stored under; the token is shown once and kept nowhere."""
    secret = base64.urlsafe_b64encode(os.urandom(_SECRET_BYTES)).decode().rstrip("=")
    return f"{user_id}.{secret}", hashed_secret(secret)


def prove_session(token: str, *, now: Clock) -> Session:
    """The session a token opens: one read unit.

    Raises:
        Unauthenticated: no such session, or it has ended.
    """
    user_id, session_id = _parse(token)
    session, _ = _read(user_id, session_id, None)
    return _alive(session, user_id, session_id, now())


def prove_membership(token: str, workspace_id: str, caller: Caller, *, now: Clock) -> tuple[Session, Tenant]:
    """The session and the handle on a workspace its person belongs to: two items in one batch read.

    Raises:
        Unauthenticated: no such session, or it has ended.
        NotFound: there is no such workspace, or the person is not a member: both look the same.
    """
    user_id, session_id = _parse(token)
    if not ids.is_minted_shape(workspace_id):
        prove_session(token, now=now)
        raise NotFound
    return prove_standing(session_id, user_id, WorkspaceId(workspace_id), caller, now=now)


def prove_standing(
    session_id: SessionId, user_id: UserId, workspace_id: WorkspaceId, caller: Caller, *, now: Clock
) -> tuple[Session, Tenant]:
    """The same for a session that was proven before, such as an open socket's: two items in one batch read.

    Raises:
        Unauthenticated: the session has ended.
        NotFound: there is no such workspace, or the person is not a member.
    """
    session_row, member_row = _read(user_id, session_id, workspace_id)
    session = _alive(session_row, user_id, session_id, now())
    if member_row is None:
        raise NotFound
    return session, _tenant(workspace_id, user_id, member_row, caller, now)


def note_use(session: Session, *, now: Clock) -> None:
    """Keep a session that is used from idling out: one write unit, at most every ten minutes."""
    at = now()
    if at - session.seen_at < NOTED_EVERY:
        return
    rows = Installation(now).rows(keys.user(session.user_id))
    actions = [SessionRow.seen_at.set(at), SessionRow.idle_ends_at.set(at + IDLE)]
    # Where it was signed out meanwhile, nothing may bring it back.
    rows.update(rows.new(SessionRow, keys.session(session.id)), actions, Row.pk.exists())


def member_handle(session: Session, workspace_id: WorkspaceId, caller: Caller, *, now: Clock) -> Tenant:
    """The handle on one more workspace of a person whose session is proven: one read unit.

    Raises:
        NotFound: they are not a member.
    """
    key = keys.tenant_prefix(workspace_id)
    row = Rows(key, key).get(MemberRow, keys.member(session.user_id))
    if row is None:
        raise NotFound
    return _tenant(workspace_id, session.user_id, row, caller, now)


def actor_of(session: Session, caller: Caller) -> Actor:
    """The person of a session, as the journal names them."""
    return Actor(
        kind=ActorKind.USER, id=session.user_id, name=session.full_name, address=caller.address, device=caller.device
    )


def _tenant(workspace: WorkspaceId, user_id: UserId, row: MemberRow, caller: Caller, now: Clock) -> Tenant:
    actor = Actor(kind=ActorKind.USER, id=user_id, name=row.full_name, address=caller.address, device=caller.device)
    member = Member(user_id=user_id, role=Role(row.role), version=int(row.version))
    return Tenant(workspace, actor, member, now)


def _parse(token: str) -> tuple[UserId, SessionId]:
    user_id, _, secret = token.partition(".")
    try:
        raw = base64.b64decode(secret + "=" * (-len(secret) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != _SECRET_BYTES or not ids.is_minted_shape(user_id):
        raise Unauthenticated
    return UserId(user_id), hashed_secret(secret)


def hashed_secret(secret: str) -> SessionId:
    """The id of the session that the second part of a token opens."""
    return SessionId(hashlib.sha256(secret.encode()).hexdigest())


def _read(
    user_id: UserId, session_id: SessionId, workspace_id: WorkspaceId | None
) -> tuple[SessionRow | None, MemberRow | None]:
    wanted = [(keys.user(user_id), keys.session(session_id))]
    bound = guard.INSTALLATION
    if workspace_id is not None:
        bound = keys.tenant_prefix(workspace_id)
        wanted.append((keys.InstallationKey(bound), keys.member(user_id)))
    table = settings.current().table
    asked = {"Keys": [{"pk": {"S": pk}, "sk": {"S": sk}} for pk, sk in wanted], "ConsistentRead": True}
    with guard.bound_to(bound):
        answer = send(connection.client().batch_get_item, RequestItems={table: asked})
    found: dict[str, Any] = {item["row_kind"]["S"]: item for item in answer["Responses"].get(table, [])}
    session, member = found.get("session"), found.get("member")
    return (
        None if session is None else SessionRow.from_raw_data(session),
        None if member is None else MemberRow.from_raw_data(member),
    )


def _alive(row: SessionRow | None, user_id: UserId, session_id: SessionId, now: datetime) -> Session:
    if row is None or now >= row.ends_at or now >= row.idle_ends_at:
        raise Unauthenticated
    return Session(id=session_id, user_id=user_id, full_name=row.full_name, seen_at=row.seen_at, ends_at=row.ends_at)
