"""The world: everybody and everything in it, by id, by phone and by username."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from dev.telegram.world.boxes import Box, Dialog, Media, Message, Peer, PeerKind
from dev.telegram.world.people import Channel, Chat, Group, Role, User
from dev.telegram.world.srp import verifier_of

SERVICE_ID = 777000
_FIRST_ID = 1001


class UsernameTaken(ValueError):
    """Two would have the same username."""


@dataclass(slots=True, kw_only=True)
class File:
    """An uploaded file, living in one data centre, and how it is shown when it is sent again.

    `pieces` are of one length, but for the last. Equal neighbours are one object: a large file of a repeated pattern,
    which is what tests send, takes the memory of one piece.
    """

    pieces: list[bytes]
    dc: int
    media: Media

    def read(self, offset: int, limit: int) -> bytes:
        """At most `limit` bytes from there on; none behind the end."""
        length = len(self.pieces[0]) or 1
        first, last = offset // length, (offset + limit - 1) // length
        return b"".join(self.pieces[first : last + 1])[offset - first * length :][:limit]


@dataclass(slots=True, kw_only=True)
class World:
    """Everything Telegram knows but logins. The indexes by phone and name are made anew from the rest."""

    users: dict[int, User] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    files: dict[int, File] = field(default_factory=dict)
    next_id: int = _FIRST_ID
    next_letter: int = 1
    copies: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    """Letter to (user id, message id) of each copy in users' boxes: how an edit finds the others' copies."""

    def __post_init__(self) -> None:
        if SERVICE_ID not in self.users:
            self.users[SERVICE_ID] = User(id=SERVICE_ID, first_name="Telegram", phone="42777")

    @property
    def service(self) -> User:
        """The account that tells people their login codes."""
        return self.users[SERVICE_ID]

    def by_phone(self, phone: str) -> User | None:
        """Who logs in with that number; any spelling of it."""
        digits = digits_of(phone)
        return next((user for user in self.users.values() if user.phone == digits), None)

    def by_username(self, username: str) -> User | Channel | None:
        """Who has that username, case folded."""
        wanted = username.lower()
        named: Iterator[User | Channel] = iter((*self.users.values(), *self.channels.values()))
        return next((one for one in named if one.username and one.username.lower() == wanted), None)

    def chat(self, peer: Peer) -> Chat | None:
        """Whoever stands behind a peer."""
        if peer.kind is PeerKind.USER:
            return self.users.get(peer.id)
        return self.groups.get(peer.id) if peer.kind is PeerKind.GROUP else self.channels.get(peer.id)

    def box_of(self, user: User, peer: Peer) -> Box:
        """The box in which that user finds that chat's messages."""
        return self.channels[peer.id].box if peer.kind is PeerKind.CHANNEL else user.box

    def add_user(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        phone: str | None = None,
        username: str | None = None,
        about: str = "",
        bot: bool = False,
        dc: int = 2,
        password: str | None = None,
        hint: str | None = None,
        rng: random.Random | None = None,
    ) -> User:
        """A new person or bot. A password takes about 50 ms. Raises UsernameTaken."""
        self._require_free(username)
        user = User(
            id=self._new_id(),
            first_name=first_name,
            last_name=last_name,
            phone=digits_of(phone) if phone else None,
            username=username,
            about=about,
            bot=bot,
            dc=dc,
        )
        if password is not None:
            user.verifier = verifier_of(password, rng or random.SystemRandom(), hint)
        self.users[user.id] = user
        return user

    def add_group(self, title: str, creator: User, members: Iterable[User], *, at: datetime) -> Group:
        """A new basic group; nobody has it in their list before its first message."""
        group = Group(id=self._new_id(), title=title, creator_id=creator.id, created_at=at)
        group.members = list(dict.fromkeys((creator.id, *(member.id for member in members))))
        self.groups[group.id] = group
        return group

    def add_channel(
        self,
        title: str,
        creator: User,
        members: Iterable[User] = (),
        *,
        at: datetime,
        broadcast: bool = False,
        username: str | None = None,
        about: str = "",
        extra_members: int = 0,
    ) -> Channel:
        """A new supergroup or broadcast channel. Raises UsernameTaken."""
        self._require_free(username)
        channel = Channel(
            id=self._new_id(),
            title=title,
            creator_id=creator.id,
            created_at=at,
            broadcast=broadcast,
            username=username,
            about=about,
            extra_members=extra_members,
        )
        self.channels[channel.id] = channel
        self.join(channel, creator, Role.CREATOR)
        for member in members:
            self.join(channel, member)
        return channel

    def join(self, channel: Channel, user: User, role: Role = Role.MEMBER) -> None:
        """Make somebody a member: the channel's newest message then stands in their list."""
        channel.members[user.id] = role
        newest = channel.box.newest(channel.peer)
        dialog = user.dialogs.setdefault(channel.peer, Dialog(top_at=channel.created_at))
        if newest is not None:
            dialog.top_id, dialog.top_at = newest.id, newest.sent_at

    def new_letter(self) -> int:
        """The number all copies of one new message share."""
        self.next_letter += 1
        return self.next_letter - 1

    def copies_of_text(self, text: str) -> list[tuple[User | Channel, Message]]:
        """Every copy with exactly that text, in all boxes: a walk over everything, for counting in tests."""
        owners: tuple[User | Channel, ...] = (*self.users.values(), *self.channels.values())
        return [(owner, message) for owner in owners for message in owner.box.messages.values() if message.text == text]

    def _new_id(self) -> int:
        self.next_id += 1
        return self.next_id - 1

    def _require_free(self, username: str | None) -> None:
        if username is not None and self.by_username(username) is not None:
            raise UsernameTaken(username)


def digits_of(phone: str) -> str:
    """A phone number without what people write between its digits."""
    return "".join(letter for letter in phone if letter.isdigit())
