"""Proving who calls, that they belong to the workspace they name and what they may there: one batch read for all.

A session token is `<user id>.<256 random bits>`: the id says where its row lies, the hash of the rest is the row's
key, so that session, membership and the workspace's own row are read in one call (bench `auth_overhead`).
"""

import base64
import binascii
import hashlib
import os
from datetime import datetime, timedelta
from typing import Any, Final

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute

from chalicelib import settings
from chalicelib.kernel import ids
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import Forbidden, NotFound, Unauthenticated, Unavailable
from chalicelib.kernel.ids import SessionId, UserId, WorkspaceId
from chalicelib.kernel.permissions import Flag, Grants, Toggle
from chalicelib.kernel.plans import Coverage, HeldSeat
from chalicelib.kernel.records import record
from chalicelib.kernel.roles import Role
from chalicelib.table import connection, guard, keys, people_keys
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.rows import send
from chalicelib.table.tenant import Installation, Member, Tenant

IDLE = timedelta(days=14)
ABSOLUTE = timedelta(days=90)
NOTED_EVERY = timedelta(minutes=10)
"""How long a session lives unused, how long at most, and how often its use is written down."""
_SECRET_BYTES = 32


class SecondFactorRequired(Forbidden):
    """The workspace wants a second factor of everybody, and this session has shown none."""

    code = "second-factor-required"
    title = "This workspace asks for a second factor. Set one up, or sign in with it."


class SessionRow(Row, discriminator="session"):
    """A sign-in session, stored under its person by the hash of its secret.

    `second_factor_at` is when it showed a second factor; `opened_under` the version of its person's ways of signing in
    that it was opened under: it ends when that changes. `browser` is what the browser is known by, hashed; `push` where
    its push service takes what is for it, {endpoint, key, secret, since}: it goes with the session.
    """

    created_at = MomentAttribute()
    seen_at = MomentAttribute()
    ends_at = MomentAttribute()
    idle_ends_at = MomentAttribute()
    full_name = UnicodeAttribute()
    address = UnicodeAttribute()
    device = UnicodeAttribute()
    second_factor_at = MomentAttribute(null=True)
    opened_under = NumberAttribute(default=0)
    browser = UnicodeAttribute(null=True)
    push = DocumentAttribute(null=True)


class MemberRow(Row, discriminator="member"):
    """A person's membership of a workspace. `version` grows with each change of role or flags.

    `full_name`, `username` and `has_second_factor` are the person's own, copied when they change; teammates see `alias`
    where there is one. `seat` is a copy of the seat they hold, written with the seat: {id, plan, until, accounts}.
    `connects` grows with each account they connect, so that two at once can't both pass the limit of the seat.
    """

    role = UnicodeAttribute()
    version = NumberAttribute()
    full_name = UnicodeAttribute()
    username = UnicodeAttribute()
    joined_at = MomentAttribute()
    flags = DocumentAttribute(default=list)
    alias = UnicodeAttribute(null=True)
    has_second_factor = BooleanAttribute(default=False)
    seat = DocumentAttribute(null=True)
    connects = NumberAttribute(null=True)


class WorkspaceRow(Row, discriminator="workspace"):
    """The workspace itself: what it is called and how its toggles stand (those that were ever switched).

    `owner_count` keeps the last Owner; `deletes_at` is when a workspace whose deletion was asked for is erased.
    `trial_ends_at` is there once a trial has begun; `trial_uses` grows with each member and account it covers.
    """

    name = UnicodeAttribute()
    created_at = MomentAttribute()
    owner_count = NumberAttribute(default=1)
    toggles = DocumentAttribute(default=dict)
    logo = UnicodeAttribute(null=True)
    deletes_at = MomentAttribute(null=True)
    trial_ends_at = MomentAttribute(null=True)
    trial_uses = NumberAttribute(null=True)


@record
class Session:
    """A proven sign-in."""

    id: SessionId
    user_id: UserId
    full_name: str
    created_at: datetime
    seen_at: datetime
    ends_at: datetime
    second_factor_at: datetime | None = None


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
    return _alive(_read(user_id, session_id, None).get("session"), user_id, session_id, now())


def prove_membership(
    token: str, workspace_id: str, caller: Caller, *, now: Clock, while_deleted: bool = False
) -> tuple[Session, Tenant]:
    """The session and the handle on a workspace its person belongs to: three items in one batch read.

    Raises:
        Unauthenticated: no such session, or it has ended.
        NotFound: there is no such workspace, it is being deleted, or the person is not a member: all look the same.
            With `while_deleted` one that is being deleted is there.
        SecondFactorRequired: the workspace wants one, and the session has shown none.
    """
    user_id, session_id = _parse(token)
    if not ids.is_minted_shape(workspace_id):
        prove_session(token, now=now)
        raise NotFound
    return prove_standing(session_id, user_id, WorkspaceId(workspace_id), caller, now=now, while_deleted=while_deleted)


def prove_standing(
    session_id: SessionId,
    user_id: UserId,
    workspace_id: WorkspaceId,
    caller: Caller,
    *,
    now: Clock,
    while_deleted: bool = False,
) -> tuple[Session, Tenant]:
    """The same for a session that was proven before, such as an open socket's. Raises as `prove_membership`."""
    found = _read(user_id, session_id, workspace_id)
    session = _alive(found.get("session"), user_id, session_id, now())
    tenant = _tenant(workspace_id, user_id, found.get("member"), found.get("workspace"), caller, now)
    is_being_deleted = found["workspace"].deletes_at is not None
    if is_being_deleted and not while_deleted:
        raise NotFound
    if session.second_factor_at is None and _grants(tenant).is_on(Toggle.REQUIRE_SECOND_FACTOR):
        raise SecondFactorRequired
    return session, tenant


def note_use(session: Session, *, now: Clock) -> None:
    """Keep a session that is used from idling out: one write unit, at most every ten minutes."""
    at = now()
    if at - session.seen_at < NOTED_EVERY:
        return
    rows = Installation(now).rows(people_keys.user(session.user_id))
    actions = [SessionRow.seen_at.set(at), SessionRow.idle_ends_at.set(at + IDLE)]
    # Where it was signed out meanwhile, nothing may bring it back.
    rows.update(rows.new(SessionRow, people_keys.session(session.id)), actions, Row.pk.exists())


def member_handle(session: Session, workspace_id: WorkspaceId, caller: Caller, *, now: Clock) -> Tenant:
    """The handle on one more workspace of a person whose session is proven: two items in one batch read.

    It is for what concerns the person (their workspaces' names, their own name there), so neither a wanted second
    factor nor a pending deletion stands in its way.

    Raises:
        NotFound: they are not a member.
    """
    found = _read(session.user_id, None, workspace_id)
    return _tenant(workspace_id, session.user_id, found.get("member"), found.get("workspace"), caller, now)


def standing_in(job: Tenant, user_id: UserId) -> Tenant:
    """The handle of a job that reads on behalf of a member who asked for it: it sees what they may see at this moment.

    It acts as the job all the same: the journal names that. Two items in one batch read.

    Raises:
        NotFound: they are not a member any more, or the workspace is being deleted.
    """
    found = _read(user_id, None, job.workspace_id)
    nobody = Caller(address="", device="")
    theirs = _tenant(job.workspace_id, user_id, found.get("member"), found.get("workspace"), nobody, job.now)
    if found["workspace"].deletes_at is not None:
        raise NotFound
    return Tenant(job.workspace_id, job.actor, theirs.member, job.now)


def actor_of(session: Session, caller: Caller) -> Actor:
    """The person of a session, as the journal names them."""
    return Actor(
        kind=ActorKind.USER, id=session.user_id, name=session.full_name, address=caller.address, device=caller.device
    )


def _tenant(
    workspace_id: WorkspaceId,
    user_id: UserId,
    member: MemberRow | None,
    workspace: WorkspaceRow | None,
    caller: Caller,
    now: Clock,
) -> Tenant:
    if member is None or workspace is None:
        raise NotFound
    name = member.alias or member.full_name
    actor = Actor(kind=ActorKind.USER, id=user_id, name=name, address=caller.address, device=caller.device)
    grants = Grants(role=Role(member.role), flags=flags_of(member), toggles=toggles_of(workspace))
    coverage = Coverage(seat=seat_of(member), trial_ends_at=workspace.trial_ends_at)
    proven = Member(user_id=user_id, grants=grants, version=int(member.version), coverage=coverage)
    return Tenant(workspace_id, actor, proven, now)


def flags_of(row: MemberRow) -> frozenset[Flag]:
    """What was granted to a member by name."""
    return frozenset(Flag(each) for each in row.flags)


def seat_of(row: MemberRow) -> HeldSeat | None:
    """The seat a member holds, paid or not."""
    return None if row.seat is None else HeldSeat.of(row.seat)


def toggles_of(row: WorkspaceRow) -> dict[Toggle, bool]:
    """The toggles of a workspace that were ever switched."""
    return {Toggle(name): is_on for name, is_on in row.toggles.items()}


def _grants(tenant: Tenant) -> Grants:
    if tenant.member is None:
        raise NotFound
    return tenant.member.grants


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


_KINDS: Final[dict[str, type[Row]]] = {"session": SessionRow, "member": MemberRow, "workspace": WorkspaceRow}


def _read(user_id: UserId, session_id: SessionId | None, workspace_id: WorkspaceId | None) -> dict[str, Any]:
    """The rows there are of session, membership and workspace, by their kind."""
    wanted: list[tuple[str, str]] = []
    bound = guard.INSTALLATION
    if session_id is not None:
        wanted.append((people_keys.user(user_id), people_keys.session(session_id)))
    if workspace_id is not None:
        bound = keys.tenant_prefix(workspace_id)
        wanted += [(bound, keys.member(user_id)), (bound, keys.PROFILE)]
    table = settings.current().table
    asked = {"Keys": [{"pk": {"S": pk}, "sk": {"S": sk}} for pk, sk in wanted], "ConsistentRead": True}
    with guard.bound_to(bound):
        answer = send(connection.client().batch_get_item, RequestItems={table: asked})
    if answer.get("UnprocessedKeys"):
        raise Unavailable("The table asked us to slow down.")
    items = answer["Responses"].get(table, [])
    return {kind: _KINDS[kind].from_raw_data(item) for item in items for kind in [item["row_kind"]["S"]]}


def _alive(row: SessionRow | None, user_id: UserId, session_id: SessionId, now: datetime) -> Session:
    if row is None or now >= row.ends_at or now >= row.idle_ends_at:
        raise Unauthenticated
    return Session(
        id=session_id,
        user_id=user_id,
        full_name=row.full_name,
        created_at=row.created_at,
        seen_at=row.seen_at,
        ends_at=row.ends_at,
        second_factor_at=row.second_factor_at,
    )
