"""People who answer: they reply to whoever writes to them, and now and then have something to say themselves."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dev.telegram.demo import lines
from dev.telegram.methods import typing
from dev.telegram.service import Service
from dev.telegram.world import writing
from dev.telegram.world.boxes import Message, Peer
from dev.telegram.world.people import Channel, Chat, Group, User
from dev.telegram.world.world import SERVICE_ID

_REPLY_AFTER_S = (1.0, 3.0)
_NEXT_POST_AFTER_S = (60.0, 180.0)
_LOOK_EVERY_S = 5.0


@dataclass(slots=True, kw_only=True)
class Intent:
    """What somebody is about to say. `answers`: it is a reply, so they first read what was written."""

    due_at: datetime
    sender_id: int
    to: Peer
    text: str
    answers: bool = False


@dataclass(slots=True, kw_only=True)
class Diary:
    """Everything the residents have in mind; written to snapshots. The same seed and the same past act the same."""

    seed: int = 20
    acted: int = 0
    intents: list[Intent] = field(default_factory=list)
    next_post_at: datetime | None = None


class Residents:
    """Lives in the service as long as `run` does. `is_lively`: whether they also speak unasked."""

    def __init__(self, service: Service, diary: Diary, *, is_lively: bool = True) -> None:
        self._service = service
        self._diary = diary
        self._is_lively = is_lively
        self._news = asyncio.Event()
        service.listeners.append(self._heard)

    async def run(self) -> None:
        """Act whenever something is due, until cancelled."""
        while True:
            self._news.clear()
            if not self._service.frozen:
                self.act()
            try:
                await asyncio.wait_for(self._news.wait(), self._sleep_s())
            except TimeoutError:
                continue

    def act(self) -> None:
        """Say everything that is due by now."""
        now = self._service.clock()
        if self._is_lively:
            self._keep_timetable(now)
        due = sorted((one for one in self._diary.intents if one.due_at <= now), key=lambda one: one.due_at)
        self._diary.intents = [one for one in self._diary.intents if one.due_at > now]
        for intent in due:
            self._say(intent)

    def _sleep_s(self) -> float:
        times = [intent.due_at for intent in self._diary.intents]
        if self._is_lively and self._diary.next_post_at is not None:
            times.append(self._diary.next_post_at)
        if not times:
            return _LOOK_EVERY_S
        wait_s = (min(times) - self._service.clock()).total_seconds()
        return min(max(wait_s, 0.05), _LOOK_EVERY_S)

    def _heard(self, sender: User, to: Chat, _: Message) -> None:
        """Somebody wrote. Whoever owns an account is answered; residents do not answer one another."""
        replier = self._replier(sender, to)
        if sender.phone is None or sender.id == SERVICE_ID or replier is None:
            return
        dice = self._dice()
        after = timedelta(seconds=dice.uniform(*_REPLY_AFTER_S))
        text = dice.choice(lines.BOT_REPLIES if replier.bot else lines.REPLIES)
        peer = sender.peer if isinstance(to, User) else to.peer
        intent = Intent(due_at=self._service.clock() + after, sender_id=replier.id, to=peer, text=text, answers=True)
        self._diary.intents.append(intent)
        typing.show(self._service, replier, sender if isinstance(to, User) else to)
        self._news.set()

    def _replier(self, sender: User, to: Chat) -> User | None:
        if isinstance(to, User):
            return to if to is not sender and _is_resident(to) else None
        if isinstance(to, Channel) and to.broadcast:
            return None
        candidates = self._residents_of(to)
        return self._dice().choice(candidates) if candidates else None

    def _residents_of(self, chat: Group | Channel) -> list[User]:
        return [user for user in (self._service.world.users[one] for one in chat.members) if _is_resident(user)]

    def _keep_timetable(self, now: datetime) -> None:
        due_at = self._diary.next_post_at
        if due_at is None or due_at <= now:
            dice = self._dice()
            self._diary.next_post_at = now + timedelta(seconds=dice.uniform(*_NEXT_POST_AFTER_S))
            if due_at is not None:
                self._think_of_something(dice, now)

    def _think_of_something(self, dice: random.Random, now: datetime) -> None:
        accounts = [user for user in self._service.world.users.values() if user.phone and user.id != SERVICE_ID]
        if not accounts:
            return
        account = dice.choice(accounts)
        chats = [peer for peer, dialog in account.dialogs.items() if dialog.top_id and peer.id != SERVICE_ID]
        if not chats:
            return
        self._plan_post(dice, now, account, dice.choice(chats))

    def _plan_post(self, dice: random.Random, now: datetime, account: User, peer: Peer) -> None:
        chat = self._service.world.chat(peer)
        text = dice.choice(lines.POSTS)
        if isinstance(chat, User) and _is_resident(chat):
            self._intend(now, chat, account.peer, text)
        elif isinstance(chat, Channel) and chat.broadcast:
            self._intend(now, self._service.world.users[chat.creator_id], peer, dice.choice(lines.NEWS))
        elif isinstance(chat, Group | Channel) and (speakers := self._residents_of(chat)):
            self._intend(now, dice.choice(speakers), peer, text)

    def _intend(self, due_at: datetime, sender: User, to: Peer, text: str) -> None:
        self._diary.intents.append(Intent(due_at=due_at, sender_id=sender.id, to=to, text=text))

    def _say(self, intent: Intent) -> None:
        world = self._service.world
        sender, chat = world.users[intent.sender_id], world.chat(intent.to)
        if chat is None:
            return
        if intent.answers:
            self._service.tell(writing.read(world, sender, chat, 0))
        self._service.post(sender, chat, intent.text)

    def _dice(self) -> random.Random:
        self._diary.acted += 1
        return random.Random(f"{self._diary.seed}/{self._diary.acted}")


def _is_resident(user: User) -> bool:
    """Whether it is one of those who live here, and not an account that a client may log into."""
    return user.phone is None and not user.deleted


def people_of(users: Sequence[User]) -> list[User]:
    """Those of the users one may speak as."""
    return [user for user in users if _is_resident(user)]
