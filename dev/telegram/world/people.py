"""Users, basic groups and channels."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from dev.telegram.world.boxes import Box, Dialog, Message, Peer, PeerKind, Sent
from dev.telegram.world.srp import Verifier


def access_hash(kind: PeerKind, number: int) -> int:
    """The hash a client must show to reach that peer: signed 64 bits, the same for every viewer."""
    digest = hashlib.blake2b(f"{kind}{number}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


class Face(NamedTuple):
    """A profile picture: its file, where that lives, and its preview."""

    file_id: int
    dc: int
    stripped: bytes


ADMINS_RIGHTS = (
    "change_info",
    "post_messages",
    "edit_messages",
    "delete_messages",
    "ban_users",
    "invite_users",
    "pin_messages",
)
"""What an admin may unless it is said otherwise."""
SHORTEST_BAN, LONGEST_BAN = timedelta(seconds=30), timedelta(days=366)
"""Bans that end sooner or later than that are for good."""
MEMBERS_RIGHTS = ("change_info", "invite_users", "pin_messages")
"""What plain members of a group may unless it is denied."""


class Role(StrEnum):
    """What a member of a channel may do."""

    CREATOR = "creator"
    ADMIN = "admin"
    MEMBER = "member"


@dataclass(slots=True, kw_only=True, eq=False)
class User:
    """A person or a bot; with a phone number, somebody who can log in. `phone`: digits only.

    `told_password`: the cloud password where everybody may know it, as with the demo's.
    """

    id: int
    first_name: str
    last_name: str | None = None
    phone: str | None = None
    username: str | None = None
    about: str = ""
    bot: bool = False
    dc: int = 2
    deleted: bool = False
    face: Face | None = None
    box: Box = field(default_factory=Box)
    dialogs: dict[Peer, Dialog] = field(default_factory=dict)
    contacts: set[int] = field(default_factory=set)
    sent: dict[int, Sent] = field(default_factory=dict)
    verifier: Verifier | None = None
    told_password: str | None = None
    closed_to_strangers: bool = False
    """Only their contacts may add them to groups."""
    scheduled: dict[int, Message] = field(default_factory=dict)
    """What waits to be sent, under a numbering of its own; `sent_at` is when."""
    next_scheduled_id: int = 1

    @property
    def peer(self) -> Peer:
        """This person as others see them."""
        return Peer(PeerKind.USER, self.id)

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


@dataclass(slots=True, kw_only=True, eq=False)
class Group:
    """A basic group: every member has copies of its messages in their own box."""

    id: int
    title: str
    creator_id: int
    created_at: datetime
    members: list[int] = field(default_factory=list)
    about: str = ""
    invite_link: str | None = None
    admins: list[int] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)
    """What plain members may not."""
    protected: bool = False
    """Nothing may be forwarded from here."""
    face: Face | None = None

    @property
    def peer(self) -> Peer:
        """This group in its members' lists."""
        return Peer(PeerKind.GROUP, self.id)

    def may(self, user_id: int, right: str) -> bool:
        """Whether that member may: the creator all, admins all but making others admins, members what is not denied."""
        if user_id == self.creator_id:
            return True
        if user_id in self.admins:
            return right != "add_admins"
        return user_id in self.members and right in MEMBERS_RIGHTS and right not in self.denied


@dataclass(slots=True, kw_only=True, eq=False)
class Channel:
    """A supergroup, or with `broadcast` a channel only its admins post in. Has one box for all.

    `extra_members` are counted but do not exist, so that a group of 5,000 costs nothing.
    """

    id: int
    title: str
    creator_id: int
    created_at: datetime
    broadcast: bool = False
    username: str | None = None
    about: str = ""
    members: dict[int, Role] = field(default_factory=dict)
    extra_members: int = 0
    box: Box = field(default_factory=Box)
    invite_link: str | None = None
    slow_mode_s: int = 0
    rights: dict[int, list[str]] = field(default_factory=dict)
    """What an admin may, by id; ADMINS_RIGHTS where nothing stands."""
    ranks: dict[int, str] = field(default_factory=dict)
    banned: list[int] = field(default_factory=list)
    banned_until: dict[int, datetime] = field(default_factory=dict)
    """Whose ban ends by itself, and when."""
    denied: list[str] = field(default_factory=list)
    """What plain members may not."""
    posted_at: dict[int, datetime] = field(default_factory=dict)
    protected: bool = False
    """Nothing may be forwarded from here."""
    allowed_reactions: list[str] | None = None
    """None: every emoji."""
    face: Face | None = None
    withheld: bool = False
    """Its members are pushed nothing of it and have to ask, as with large channels and those they rarely open."""

    @property
    def peer(self) -> Peer:
        """This channel in its members' lists."""
        return Peer(PeerKind.CHANNEL, self.id)

    @property
    def member_count(self) -> int:
        """As Telegram would state it."""
        return len(self.members) + self.extra_members

    def is_admin(self, user_id: int) -> bool:
        """Whether that member runs the channel."""
        return self.members.get(user_id) in (Role.CREATOR, Role.ADMIN)

    def ban(self, user_id: int, until: datetime, *, at: datetime) -> None:
        """Keep somebody out. For good where the end is nearer or further than Telegram lets bans be."""
        self.lift(user_id)
        self.banned.append(user_id)
        if SHORTEST_BAN <= until - at <= LONGEST_BAN:
            self.banned_until[user_id] = until

    def lift(self, user_id: int) -> None:
        """Let somebody come back."""
        self.banned = [one for one in self.banned if one != user_id]
        self.banned_until.pop(user_id, None)

    def banned_at(self, at: datetime) -> list[int]:
        """Who is kept out at a moment."""
        return [one for one in self.banned if one not in self.banned_until or at < self.banned_until[one]]

    def rights_of(self, user_id: int) -> list[str]:
        """What an admin may beyond what every member may; nothing for others."""
        match self.members.get(user_id):
            case Role.CREATOR:
                return [*ADMINS_RIGHTS, "add_admins"]
            case Role.ADMIN:
                return self.rights.get(user_id, list(ADMINS_RIGHTS))
            case _:
                return []

    def may(self, user_id: int, right: str) -> bool:
        """Whether that member may, by what they are or by what every member may."""
        if right in self.rights_of(user_id):
            return True
        is_everybodys = right in MEMBERS_RIGHTS and right not in self.denied and not self.broadcast
        return is_everybodys and user_id in self.members


Chat = User | Group | Channel
"""Whatever one can write to."""
