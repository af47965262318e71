"""Accounts and connections: states, shapes and what can stand in the way."""

import re
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from chalicelib.features.standing.model import Standing, StandingState
from chalicelib.kernel.errors import Blame, Conflict, Invalid, NotFound
from chalicelib.kernel.ids import AccountId, ConnectionId, UserId, WorkspaceId
from chalicelib.kernel.records import record

MAX_LABEL_CHARACTERS = 64
MAX_HOST_CHARACTERS = 253
"""Of a host's name. Source: RFC 1035, 2.3.4."""
MAX_PROXY_LOGIN_BYTES = 255
"""Of a proxy's user and of its password. Source: RFC 1929, 2."""
_HOST: Final = re.compile(r"(?:(?!-)[A-Za-z0-9-]{1,63}(?<!-)\.)*(?!-)[A-Za-z0-9-]{1,63}(?<!-)")
_SHOWN_ASCII: Final = re.compile(r"[ -~]*")


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


class ProxyInvalid(Invalid):
    """A proxy's host or login can't be what its owner says."""

    code = "proxy-invalid"
    title = "This proxy can't be used."


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
    """One member's own session on an account. `revision` grows each time they connect; `epoch` is its worker's.

    `is_proxied`: Telegram is reached through a proxy of the member's own and in no other way.
    """

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
    is_proxied: bool = False


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
class Proxy:
    """A member's own SOCKS5 proxy. User and password: both or neither. Source: RFC 1928, RFC 1929."""

    host: str
    port: int
    username: str | None
    password: str | None

    def __repr__(self) -> str:
        return "Proxy()"


@record
class ShardMember:
    """Where a connection of a shard is found, and what its member wants.

    `way` is another each time the way to Telegram is: a proxy was given, changed or removed.
    """

    connection_id: ConnectionId
    workspace_id: WorkspaceId
    account_id: AccountId
    user_id: UserId
    wish: Wish
    revision: int
    way: str | None = None


@record
class Custody:
    """What a connection is opened with: login, update state, the access hashes it knows (empty when new), proxy."""

    session_string: str
    state: bytes
    hashes: bytes
    proxy: Proxy | None

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


def check_proxy(proxy: Proxy) -> None:
    """Whether a proxy could exist; whether it answers is seen when it is used. IPv4 addresses are names here.

    Raises:
        ProxyInvalid: blaming the field.
    """
    if len(proxy.host) > MAX_HOST_CHARACTERS or _HOST.fullmatch(proxy.host) is None:
        raise ProxyInvalid(blames=(Blame("/host", "is a name like proxy.example.com, or an IPv4 address"),))
    if (proxy.username is None) != (proxy.password is None):
        missing = "/username" if proxy.username is None else "/password"
        raise ProxyInvalid(blames=(Blame(missing, "goes with the other: a proxy asks for both or neither"),))
    for pointer, text in (("/username", proxy.username), ("/password", proxy.password)):
        if text is not None and not (0 < len(text) <= MAX_PROXY_LOGIN_BYTES and _SHOWN_ASCII.fullmatch(text)):
            raise ProxyInvalid(blames=(Blame(pointer, "has 1 to 255 letters, digits and signs of ASCII"),))
