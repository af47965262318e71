"""What all data centres of one emulated Telegram share: the world, the logins, and the telling of what happened."""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from telethon.tl import types

from dev.telegram import views
from dev.telegram.faults import Fault, Faults
from dev.telegram.keyring import Key, Keyring
from dev.telegram.rules import DuplicateKeys, Rules
from dev.telegram.tl import Tl
from dev.telegram.world import writing
from dev.telegram.world.boxes import Media, Message, Peer
from dev.telegram.world.people import Chat, User
from dev.telegram.world.world import World

Clock = Callable[[], datetime]
Listener = Callable[[User, Chat, Message], None]


class Line(Protocol):
    """One connection of one client, as far as the service knows it. `bytes_in`: how much the client has written."""

    dc: int
    ip: str
    closed: bool
    wants_updates: bool
    first_spoke: int
    bytes_in: int

    def send(self, body: bytes) -> None:
        """Push TL to the client."""

    def cut(self) -> None:
        """Break the connection as a network failure would."""

    def rest(self, *, resting: bool) -> None:
        """Leave what the client sends unread, or read on."""


@dataclass(slots=True, kw_only=True, repr=False)  # whoever prints it would print every code and key
class Service:
    """One Telegram. Holds no sockets of its own; lines are registered with it.

    `calls`: how often each method was asked for. `missing`: methods asked for that are not emulated; a test fails on
    any. `trace`: set it to a list to get (user id, method, request) of each call. `withheld`: ids of users whose
    pushes get lost. `uploads`: file id to its parts so far. `turn` counts requests, to order lines by.
    """

    world: World
    keyring: Keyring
    clock: Clock
    rng: random.Random
    salt: int
    host: str
    ports: dict[int, int]
    rules: Rules = field(default_factory=Rules)
    faults: Faults = field(default_factory=Faults)
    calls: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    trace: list[tuple[int | None, str, Tl]] | None = None
    withheld: set[int] = field(default_factory=set)
    listeners: list[Listener] = field(default_factory=list)
    uploads: dict[int, dict[int, bytes]] = field(default_factory=dict)
    lines: dict[bytes, list[Line]] = field(default_factory=dict)
    turn: int = 0
    frozen: bool = False

    def post(
        self,
        sender: User,
        to: Chat,
        text: str = "",
        *,
        media: Media | None = None,
        reply_to: int | None = None,
    ) -> Message:
        """Write to somebody as anybody, and push it. Answers the sender's own copy."""
        return self.deliver(sender, to, writing.Draft(text=text, media=media, reply_to=reply_to)).message

    def deliver(
        self, sender: User, to: Chat, draft: writing.Draft, *, written_on: Line | None = None
    ) -> writing.Written:
        """Write a message, push it to everybody but the line it was written on, and let the listeners know."""
        written = writing.send(self.world, sender, to, draft, self.clock())
        self.tell(written.notices, skip=written_on)
        for listener in self.listeners:
            listener(sender, to, written.message)
        return written

    def tell(self, notices: Iterable[writing.Notice], *, skip: Line | None = None) -> None:
        """Push events to the lines of those concerned; of a channel that is withheld nothing."""
        for notice in notices:
            if not self.keyring.logins.get(notice.user.id) or (notice.channel and notice.channel.withheld):
                continue
            update = views.update_tl(notice.event, notice.user, notice.channel)
            messages = views.messages_of(notice.event, notice.user, notice.channel)
            peers = [notice.event.peer] if notice.event.peer else []
            if update is not None:
                self.push(notice.user, [update], messages=messages, peers=peers, skip=skip)

    def push(
        self,
        user: User,
        updates: list[Tl],
        *,
        messages: Iterable[Message] = (),
        peers: Iterable[Peer] = (),
        skip: Line | None = None,
    ) -> None:
        """Push updates to every line of the user that listens, unless their pushes are withheld."""
        if user.id in self.withheld:
            return
        lines = [line for line in self._listening(user) if line is not skip]
        if lines:
            users, chats = views.mentioned(self.world, user, messages, peers)
            if self.rules.min_users and any(isinstance(chat, types.Channel) for chat in chats):
                users = [views.short_form(one) for one in users]
            body = bytes(types.Updates(updates, users, chats, self.clock(), 0))
            for line in lines:
                line.send(body)

    def whisper(self, user: User, update: Tl) -> None:
        """Push a passing update as Telegram does: short, and without anybody it names."""
        body = bytes(types.UpdateShort(update, self.clock()))
        for line in [] if user.id in self.withheld else self._listening(user):
            line.send(body)

    def _listening(self, user: User) -> list[Line]:
        keys = [key for key in self.keyring.of(user.id) if key.layer and key.dc == user.dc]
        return [line for key in keys for line in self.lines.get(key.id, ()) if line.wants_updates and not line.closed]

    def lines_of(self, user: User) -> list[Line]:
        """Every open line of the user's own logins."""
        return [line for key in self.keyring.of(user.id) for line in self.lines.get(key.id, ())]

    def revoke(self, key: Key, why: str = "SESSION_REVOKED") -> None:
        """Take a login away. Lines stay open; the client learns it from the next call, which this prompts."""
        self.keyring.end(key, why)
        for line in self.lines.get(key.id, ()):
            line.send(bytes(types.UpdatesTooLong()))

    def note_call(self, method: str, user_id: int | None, request: Tl) -> None:
        """Keep count of a request."""
        self.calls[method] += 1
        if self.trace is not None:
            self.trace.append((user_id, method, request))

    def spoke(self, line: Line, key: Key) -> None:
        """A line has sent a request: under `rules.duplicate_keys` that may end the login it shares with another."""
        self.turn += 1
        line.first_spoke = line.first_spoke or self.turn
        user = self.world.users.get(key.user_id or 0)
        if user and user.dc == line.dc and self._is_duplicate(line, key):
            self.keyring.end(key, "AUTH_KEY_DUPLICATED")

    def _is_duplicate(self, line: Line, key: Key) -> bool:
        others = [one for one in self.lines.get(key.id, ()) if one is not line and one.first_spoke and not one.closed]
        match self.rules.duplicate_keys:
            case DuplicateKeys.WHEN_INTERLEAVED:
                return any(other.first_spoke > line.first_spoke or other.ip != line.ip for other in others)
            case DuplicateKeys.ALWAYS:
                return bool(others)
            case DuplicateKeys.NEVER:
                return False

    def fault(self, fault: Fault) -> Fault:
        """Put a fault in force; it ends when its `times` are used up or `faults.clear()` is called."""
        return self.faults.add(fault)
