"""Accounts and connections: states, shapes and what can stand in the way."""

import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from chalicelib.features.standing.model import Standing, StandingState
from chalicelib.kernel.errors import Conflict, Invalid, NotFound
from chalicelib.kernel.ids import AccountId, ConnectionId, UserId, WorkspaceId
from chalicelib.kernel.records import record

MAX_LABEL_CHARACTERS = 64


class AccountNotFound(NotFound):
    """The workspace knows no such account."""

    code = "account-not-found"
    title = "There is no such Telegram account here."


class ConnectionNotFound(NotFound):
    """The member has no connection to this account."""

    code = "connection-not-found"
    title = "You have no connection to this Telegram account."


class SessionNotKept(NotFound):
    """The connection has no sealed session any more."""

    code = "session-not-kept"
    title = "This connection has no session; connect the account again."


class OwnershipNotConfirmed(Invalid):
    """The person has not said that the account is theirs to use."""

    code = "ownership-not-confirmed"
    title = "Confirm that this Telegram account is yours to use."


class ConnectionTaken(Conflict):
    """Another worker task has taken the connection over, or it was connected anew; nothing was written."""

    code = "connection-taken"
    title = "This connection is looked after elsewhere by now."


class ConnectionState(StrEnum):
    """The states of product.md section 4."""

    CONNECTING = "connecting"
    CONNECTED = "connected"
    RECONNECTING = "reconnecting"
    NEEDS_LOGIN = "needs_login"
    SUSPENDED = "suspended"
    DISCONNECTED = "disconnected"
    CLOSED = "closed"


class Wish(StrEnum):
    """What a member wants the worker to do with a connection."""

    CONNECT = "connect"
    DISCONNECT = "disconnect"


@record
class Account:
    """A Telegram user known to a workspace. `holders` says of everyone who ever connected it whether they still do."""

    id: AccountId
    telegram_user_id: int
    label: str
    name: str
    username: str | None
    phone: str | None
    holders: Mapping[UserId, bool]
    version: int

    def is_held_by(self, user_id: UserId) -> bool:
        """Whether a member has a connection to it that they have not ended."""
        return self.holders.get(user_id, False)


@record
class Connection:
    """One member's own session on an account. `revision` grows each time they connect; `epoch` is its worker's."""

    id: ConnectionId
    workspace_id: WorkspaceId
    account_id: AccountId
    user_id: UserId
    shard: int
    state: ConnectionState
    reason: str | None
    since: datetime
    epoch: int
    revision: int


@record
class AccountCard:
    """An account with who is connected to it, by name; the viewer's own place in it decides what they may see.

    `state` is how it stands at `at`: the worst of its standing and of what became of the viewer's session.
    `unknown_sessions`: how many new ones at Telegram the viewer has not judged; 0 for who is not connected.
    """

    account: Account
    standing: Standing
    state: StandingState
    at: datetime
    unknown_sessions: int
    connections: tuple[tuple[Connection, str], ...]
    is_mine: bool


@record
class ConnectAccount:
    """A finished Telegram login. `session_string` is a full login and goes nowhere but under its seal."""

    telegram_user_id: int
    name: str
    username: str | None
    phone: str | None
    session_string: str
    owned: bool

    def __repr__(self) -> str:
        return f"ConnectAccount(telegram_user_id={self.telegram_user_id})"


@record
class ShardMember:
    """Where a connection of a shard is found, and what its member wants."""

    connection_id: ConnectionId
    workspace_id: WorkspaceId
    account_id: AccountId
    user_id: UserId
    wish: Wish
    revision: int


@record
class Custody:
    """What a connection is opened with: the login, its update state, the access hashes it knows (empty when new)."""

    session_string: str
    state: bytes
    hashes: bytes

    def __repr__(self) -> str:
        return "Custody()"


def state_of(
    standing: Standing, connections: Iterable[Connection], viewer: UserId | None, at: datetime
) -> StandingState:
    """How an account stands for somebody: closed for everybody, ended for whoever's own session is."""
    states = {one.user_id: one.state for one in connections}
    if ConnectionState.CLOSED in states.values():
        return StandingState.CLOSED
    if viewer is not None and states.get(viewer) is ConnectionState.NEEDS_LOGIN:
        return StandingState.SESSION_ENDED
    return standing.state(at)


def shard_of(user_id: UserId, shards: int) -> int:
    """The shard all connections of a member live in, so that a browser talks to one task."""
    return zlib.crc32(user_id.encode()) % shards
