"""The scene most tests play in: a workspace, its people signed in, an account and its chats; and a desk for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from chalicelib import settings
from chalicelib.features.accounts.model import ConnectionState
from chalicelib.features.accounts.repository import AccountRow, ConnectionRow
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import ChatMetadata, PeerKind
from chalicelib.features.notifications.model import About, AboutKind, Notice, NoticeKind
from chalicelib.features.notifications.repository import Notices
from chalicelib.features.notifications.use_cases import announce
from chalicelib.features.seats.model import Interval, PaidBy
from chalicelib.features.seats.repository import SeatRow
from chalicelib.features.workspaces.repository.members import MembershipRow
from chalicelib.kernel import ids
from chalicelib.kernel.actors import Actor, ActorKind, system
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.clock import Clock, utc_now
from chalicelib.kernel.ids import AccountId, ChatId, NoticeId, SeatId, UserId, WorkspaceId
from chalicelib.kernel.permissions import Grants, Toggle
from chalicelib.kernel.plans import ACCOUNTS_A_SEAT, Coverage, HeldSeat, Plan
from chalicelib.kernel.roles import Role
from chalicelib.table import connection, guard, keys, people_keys
from chalicelib.table.items import Row
from chalicelib.table.proof import Caller, MemberRow, SessionRow, WorkspaceRow, new_token, prove_membership
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Installation, Member, Tenant, for_job
from tests.api_client import Answer, ApiClient, Browser

CALLER = Caller(address="127.0.0.1", device="tests")
FAR = datetime(2099, 1, 1, tzinfo=UTC)
COVERED = Coverage(seat=HeldSeat(id=SeatId(ids.mint()), plan=Plan.PRO, until=FAR, accounts=1_000))
"""What pays for somebody who needs no rows: a Pro seat."""
_TOGETHER = 100
"""DynamoDB's own bound on a transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody signed in."""

    user_id: UserId
    name: str
    token: str

    def handle(self, workspace_id: WorkspaceId, now: Clock = utc_now) -> Tenant:
        """Their handle on a workspace they belong to."""
        return prove_membership(self.token, workspace_id, CALLER, now=now)[1]


def a_person(name: str = "Ada Byron") -> Person:
    """Somebody with a session of their own."""
    [person] = some_people(name)
    return person


def some_people(*names: str) -> list[Person]:
    """People, each with a session of their own."""
    people = []
    sessions: list[Row] = []
    now = datetime.now(UTC)
    for name in names:
        user_id = UserId(ids.mint())
        token, session_id = new_token(user_id)
        people.append(Person(user_id=user_id, name=name, token=token))
        row = Installation().rows(people_keys.user(user_id)).new(SessionRow, people_keys.session(session_id))
        row.created_at = row.seen_at = now
        row.ends_at = row.idle_ends_at = now + timedelta(days=1)
        row.full_name, row.address, row.device = name, "127.0.0.1", "tests"
        sessions.append(row)
    put_together(guard.INSTALLATION, sessions)
    return people


def a_workspace(
    *members: tuple[Person, Role], seats: Plan | None = Plan.PRO, is_pointed_at: bool = False
) -> WorkspaceId:
    """A workspace of these people, each on a seat of this plan that is paid for long, or without one.

    Their own pointers name it where it `is_pointed_at`.
    """
    workspace_id = WorkspaceId(ids.mint())
    rows = a_job(workspace_id).rows(keys.WORKSPACE)
    now = datetime.now(UTC)
    owners = sum(role is Role.OWNER for _, role in members)
    made: list[Row] = [rows.new(WorkspaceRow, keys.PROFILE, name="Acme", created_at=now, owner_count=owners)]
    for place, (person, role) in enumerate(members, start=-len(members)):
        if is_pointed_at:
            pointers = Installation().rows(people_keys.user(person.user_id))
            made.append(pointers.new(MembershipRow, people_keys.membership(workspace_id)))
        row = rows.new(MemberRow, keys.member(person.user_id), role=role.value, version=1)
        row.joined_at = now + timedelta(milliseconds=place)  # one after the other: who came first may inherit
        row.full_name, row.username = person.name, person.user_id.lower()
        made.append(row)
        if seats is not None:
            held = _held(seats, FAR)
            row.seat = held.to_document()
            made.append(_seat(rows, held, person.user_id))
    put_together(keys.tenant_prefix(workspace_id), made)
    return workspace_id


def put_together(bound: str, made: Sequence[Row]) -> None:
    """Write rows of a workspace and of its people in one call: most of what many a test takes is its scene."""
    puts = [{"Put": row.get_save_kwargs_from_instance()} for row in made]
    with guard.bound_to(bound):
        for start in range(0, len(puts), _TOGETHER):
            connection.writer().transact_write_items(TransactItems=puts[start : start + _TOGETHER])


def give_seat(workspace_id: WorkspaceId, user_id: UserId, plan: Plan = Plan.PRO, until: datetime = FAR) -> SeatId:
    """A member's seat, as if it had been bought and given to them, with room for many accounts."""
    held = _held(plan, until)
    rows = a_job(workspace_id).rows(keys.WORKSPACE)
    rows.put(_seat(rows, held, user_id))
    seated = [MemberRow.seat.set(held.to_document())]
    assert rows.update(rows.new(MemberRow, keys.member(user_id)), seated, MemberRow.role.exists())
    return held.id


def _held(plan: Plan, until: datetime) -> HeldSeat:
    return HeldSeat(id=SeatId(ids.mint()), plan=plan, until=until, accounts=1_000)


def _seat(rows: Rows, held: HeldSeat, user_id: UserId) -> SeatRow:
    row = rows.new(
        SeatRow, keys.seat(held.id), plan=held.plan, interval=Interval.YEAR, paid_by=PaidBy.WALLET, version=1
    )
    row.paid_by, row.paid_until, row.user_id = PaidBy.WALLET, held.until, user_id
    row.extra_accounts = held.accounts - ACCOUNTS_A_SEAT
    return row


def a_job(workspace_id: WorkspaceId, now: Clock = utc_now) -> Tenant:
    """The handle of a connection's work in the workspace."""
    return for_job(workspace_id, system("worker"), now=now)


def switch(toggle: Toggle, tenant: Tenant, *, is_on: bool) -> None:
    """Have this toggle of the workspace stand so, and no other switched."""
    rows = tenant.rows(keys.WORKSPACE)
    actions = [WorkspaceRow.toggles.set({toggle.value: is_on})]
    assert rows.update(rows.new(WorkspaceRow, keys.PROFILE), actions)


def an_owner(workspace_id: WorkspaceId, now: Clock = utc_now) -> Tenant:
    """The handle of an Owner of the workspace who needs no rows."""
    owner = UserId(ids.mint())
    actor = Actor(kind=ActorKind.USER, id=owner, name="Olga Ownerova")
    return Tenant(
        workspace_id,
        actor,
        Member(user_id=owner, grants=Grants(role=Role.OWNER, toggles={}), version=1, coverage=COVERED),
        now,
    )


def an_account(workspace_id: WorkspaceId, *holders: Person, telegram_user_id: int = 7) -> AccountId:
    """A Telegram account, connected by these people."""
    tenant = a_job(workspace_id)
    account_id = ids.account_id(settings.current().id_secret, workspace_id, telegram_user_id)
    rows = tenant.rows(keys.WORKSPACE)
    rows.put(
        rows.new(
            AccountRow,
            keys.account(account_id),
            telegram_user_id=telegram_user_id,
            label="Sales",
            name="Sales",
            holders={person.user_id: True for person in holders},
            version=1,
        )
    )
    return account_id


def a_notice(
    workspace_id: WorkspaceId,
    to: UserId,
    chat_id: ChatId,
    *,
    kind: NoticeKind = NoticeKind.COMMENT_MENTION,
    by: UserId | None = None,
    now: Clock = utc_now,
) -> NoticeId:
    """Tell a member of something about a chat, as a change to it would."""
    tenant = a_job(workspace_id, now)
    notice = Notice(kind=kind, to=to, about=About(kind=AboutKind.CHAT, id=chat_id), by=by)
    with tenant.transaction() as change:
        announce(change, notice, tenant=tenant)
        change.record("value.set", target=chat_id)
    return Notices(tenant, to).newest(before=None, limit=1)[0].id


def connected(workspace_id: WorkspaceId, account_id: AccountId, *holders: Person) -> None:
    """Have these people's own connections to an account be open, as its row says they are."""
    tenant = a_job(workspace_id)
    rows = tenant.rows(keys.account_partition(account_id))
    for person in holders:
        row = rows.new(
            ConnectionRow,
            keys.connection(person.user_id),
            connection_id=ids.mint(),
            shard=0,
            state=ConnectionState.CONNECTED,
            since=tenant.now(),
            epoch=1,
            revision=1,
        )
        rows.put(row)


def a_chat(account_id: AccountId, number: int = 1, **different: Any) -> ChatMetadata:
    """A private chat of the account with somebody."""
    known: dict[str, Any] = {
        "id": ids.chat_id(settings.current().id_secret, account_id, PeerKind.USER, number),
        "account_id": account_id,
        "peer_kind": PeerKind.USER,
        "peer_id": number,
        "title": f"Contact {number}",
        "kind": ChatKind.PRIVATE,
        "username": f"contact{number}",
        "member_count": None,
        "unread_count": 2,
        "last_message_id": 10,
        "last_message_at": datetime(2026, 11, 20, 12, tzinfo=UTC),
        "last_is_outgoing": False,
        "last_sent_by": None,
        "pinned": False,
        "waiting_since": datetime(2026, 11, 20, 12, tzinfo=UTC),
    }
    return ChatMetadata(**{**known, **different})


def chats_of(workspace_id: WorkspaceId, account_id: AccountId, count: int) -> list[ChatMetadata]:
    """That many chats, as a sweep of dialogs records them."""
    made = [a_chat(account_id, number) for number in range(1, count + 1)]
    chats.record_chats(made, tenant=a_job(workspace_id))
    return sorted(made, key=lambda chat: chat.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A browser at work in one workspace, signed in as somebody or nobody."""

    person: Person | None
    workspace_id: WorkspaceId

    def get(self, path: str) -> Answer:
        """Read below the workspace."""
        return self.send("GET", path)

    def send(self, method: str, path: str, body: object = None, **more: Any) -> Answer:
        """Send JSON below the workspace; `more` as `ApiClient.request` takes it."""
        browser = Browser(token=None if self.person is None else self.person.token)
        return _api().request(method, f"/workspaces/{self.workspace_id}{path}", browser, body=body, **more)


@cache
def _api() -> ApiClient:
    from app import app

    return ApiClient(app)
