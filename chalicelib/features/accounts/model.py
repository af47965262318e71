"""Accounts and connections: states, shapes and what can stand in the way."""

import base64
import re
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from chalicelib.features.standing.model import Standing, StandingState
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.errors import Blame, Conflict, Invalid, NotFound
from chalicelib.kernel.ids import AccountId, ConnectionId, UserId, WorkspaceId
from chalicelib.kernel.records import record

MAX_LABEL_CHARACTERS = 64
MAX_HOST_CHARACTERS = 253
"""Of a host's name. Source: RFC 1035, 2.3.4."""
MAX_PROXY_LOGIN_BYTES = 255
"""Of a proxy's user and of its password. Source: RFC 1929, 2."""
SECRET_KEY_BYTES = 16
MAX_DOMAIN_CHARACTERS = 182
"""Of the site an MTProxy's lines pretend to lead to. Source: TDLib, td/mtproto/ProxySecret.h."""
MAX_SECRET_CHARACTERS = 2 * (1 + SECRET_KEY_BYTES + MAX_DOMAIN_CHARACTERS)
"""Of an MTProxy's secret, written in hexadecimal."""
_HEX: Final = re.compile(r"[0-9A-Fa-f]+")
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


LEFT_OUT_AT_FIRST: Final = frozenset({ChatKind.GROUP, ChatKind.CHANNEL})
"""Chats of an account that was just connected which stay out of the workspace until somebody brings them in."""

SUSPENDED_FOR: Final = timedelta(days=30)
"""How long the session of a connection nobody pays for is kept, before it is logged out."""
END_SUSPENDED: Final = "suspended_connection.end"
"""The due work of that: {account_id, user_id, since}."""


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
    """What the worker is to do with a connection: as its member wants, or hold it down while nobody pays for it."""

    CONNECT = "connect"
    SUSPEND = "suspend"
    DISCONNECT = "disconnect"


@record
class Account:
    """A Telegram user known to a workspace. `holders` says of everyone who ever connected it whether they still do.

    Chats of the kinds in `left_out` stay out of the workspace when they are first seen.
    """

    id: AccountId
    telegram_user_id: int
    label: str
    name: str
    username: str | None
    phone: str | None
    holders: Mapping[UserId, bool]
    version: int
    left_out: frozenset[ChatKind] = frozenset()

    def held_by(self) -> frozenset[UserId]:
        """Everybody who has a connection to it that they have not ended."""
        return frozenset(user_id for user_id, is_held in self.holders.items() if is_held)

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
    """A finished Telegram login. `session_string` is a full login and goes nowhere but under its seal.

    `left_out` is of an account that the workspace does not know yet.
    """

    telegram_user_id: int
    name: str
    username: str | None
    phone: str | None
    session_string: str
    owned: bool
    left_out: frozenset[ChatKind] = frozenset()

    def __repr__(self) -> str:
        return f"ConnectAccount(telegram_user_id={self.telegram_user_id})"


@record
class Proxy:
    """A member's own proxy: an MTProxy where it has a secret, else SOCKS5 with user and password or neither.

    Source: RFC 1928, RFC 1929; https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation.
    """

    host: str
    port: int
    username: str | None = None
    password: str | None = None
    secret: str | None = None

    def __repr__(self) -> str:
        return "Proxy()"


@record
class ProxySecret:
    """What an MTProxy's secret says: its key, whether packets get noise, and the site its lines pretend to lead to."""

    key: bytes
    is_padded: bool = False
    domain: str = ""

    def __repr__(self) -> str:
        return "ProxySecret()"

    @classmethod
    def of(cls, text: str) -> "ProxySecret":
        """A secret as people pass it on: hexadecimal or URL-safe base64; `dd` or `ee` comes before, a domain after.

        Raises:
            ValueError: it is none.
        """
        is_hex = len(text) % 2 == 0 and _HEX.fullmatch(text) is not None
        whole = bytes.fromhex(text) if is_hex else _from_base64(text)
        if len(whole) == SECRET_KEY_BYTES:
            return cls(key=whole)
        mark, key, domain = whole[:1], whole[1 : 1 + SECRET_KEY_BYTES], whole[1 + SECRET_KEY_BYTES :].decode("ascii")
        is_site = len(domain) <= MAX_DOMAIN_CHARACTERS and _HOST.fullmatch(domain) is not None
        if len(key) < SECRET_KEY_BYTES or not ((mark == b"\xee" and is_site) or (mark == b"\xdd" and not domain)):
            raise ValueError("no secret of an MTProxy")
        return cls(key=key, is_padded=True, domain=domain)


def _from_base64(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


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
    if proxy.secret is not None:
        _check_secret(proxy.secret, proxy)
    for pointer, text in (("/username", proxy.username), ("/password", proxy.password)):
        if text is not None and not (0 < len(text) <= MAX_PROXY_LOGIN_BYTES and _SHOWN_ASCII.fullmatch(text)):
            raise ProxyInvalid(blames=(Blame(pointer, "has 1 to 255 letters, digits and signs of ASCII"),))


def _check_secret(secret: str, proxy: Proxy) -> None:
    if proxy.username is not None:
        raise ProxyInvalid(blames=(Blame("/username", "is of a SOCKS5 proxy; an MTProxy has a secret alone"),))
    try:
        ProxySecret.of(secret)
    except ValueError:
        raise ProxyInvalid(blames=(Blame("/secret", "is what stands after secret= in an MTProxy's link"),)) from None
