"""Who is logged in with what: authorisation keys, login codes, QR tokens. Plain data, written to snapshots."""

from dataclasses import dataclass, field
from datetime import datetime

from telethon.crypto import AuthKey

from dev.telegram.world.people import User
from dev.telegram.world.srp import Challenge


@dataclass(slots=True, kw_only=True, eq=False)
class Key:
    """One authorisation key of one data centre, and who is logged in with it.

    `pending_id`: who still owes the cloud password. `ended`: the error every call gets since the login was taken away.
    `takeout_id`: the takeout under way; `takeout_from`: when one may begin, once that was asked for or allowed.
    `layer` belongs to the key and not to the line: clients do not repeat it when they reconnect.
    """

    id: bytes
    secret: bytes = field(repr=False)
    dc: int
    made_at: datetime
    active_at: datetime
    user_id: int | None = None
    pending_id: int | None = None
    ended: str | None = None
    layer: int = 0
    api_id: int = 0
    device: str = ""
    app_version: str = ""
    ip: str = ""
    challenge: Challenge | None = None
    qr_token: bytes | None = None
    takeout_id: int | None = None
    takeout_from: datetime | None = None

    @property
    def hash(self) -> int:
        """What the list of sessions calls it: signed 64 bits."""
        return int.from_bytes(self.id, "little", signed=True)


@dataclass(slots=True, kw_only=True)
class LoginCode:
    """A code somebody asked for. The exchange is bound to the hash it was sent with."""

    code: str = field(repr=False)
    hash: str
    sent_at: datetime
    expires_at: datetime


@dataclass(slots=True, kw_only=True)
class QrToken:
    """A QR login under way; `accepted_by` once scanned by somebody of another data centre."""

    key_id: bytes
    expires_at: datetime
    accepted_by: int | None = None


@dataclass(slots=True, kw_only=True)
class Keyring:
    """All keys and every login under way.

    `logins`: user id to the ids of their own keys, oldest first. `exports`: token to (user id, data centre it may be
    imported in).
    """

    keys: dict[bytes, Key] = field(default_factory=dict)
    logins: dict[int, list[bytes]] = field(default_factory=dict)
    codes: dict[str, list[LoginCode]] = field(default_factory=dict)
    qr_tokens: dict[bytes, QrToken] = field(default_factory=dict)
    exports: dict[bytes, tuple[int, int]] = field(default_factory=dict)

    def add(self, secret: bytes, dc: int, at: datetime) -> Key:
        """A new key, nobody logged in. `secret`: 256 bytes."""
        key_id = int(AuthKey(secret).key_id).to_bytes(8, "little")
        key = Key(id=key_id, secret=secret, dc=dc, made_at=at, active_at=at)
        self.keys[key.id] = key
        return key

    def of(self, user_id: int) -> list[Key]:
        """The user's own logins, oldest first: what the list of sessions shows."""
        return [self.keys[key_id] for key_id in self.logins.get(user_id, ())]

    def log_in(self, key: Key, user: User) -> None:
        """The key now speaks for the user, whatever became of an earlier login on it."""
        self.log_out(key)
        key.user_id = user.id
        self.logins.setdefault(user.id, []).append(key.id)

    def log_in_as_guest(self, key: Key, user_id: int) -> None:
        """The key may fetch the user's files in its data centre, and is not in their list of sessions."""
        self.log_out(key)
        key.user_id = user_id

    def log_out(self, key: Key) -> None:
        """The key stays known but speaks for nobody, and may be logged in again."""
        if key.user_id is not None and key.id in self.logins.get(key.user_id, ()):
            self.logins[key.user_id].remove(key.id)
        key.user_id, key.pending_id, key.ended, key.qr_token = None, None, None, None
        key.takeout_id, key.takeout_from = None, None

    def end(self, key: Key, why: str) -> None:
        """Take the login away: from now on calls that need one are answered with `why`."""
        self.log_out(key)
        key.ended = why

    def add_code(self, phone: str, sent: LoginCode) -> None:
        """Make it the one code that phone's next login takes; expired ones are forgotten."""
        standing = [one for one in self.codes.get(phone, ()) if one.expires_at > sent.sent_at]
        self.codes[phone] = [*standing, sent]
