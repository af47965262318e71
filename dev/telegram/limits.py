"""What Telegram lets an account do in how much time: token buckets that answer FLOOD_WAIT and PEER_FLOOD.

Telegram publishes no figures for people's accounts; these are what operators of clients report, and every one may be
replaced. Slow mode is not here: it is a rule of its channel (`methods/sending.py`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Final

from dev.telegram.methods.call import Call
from dev.telegram.methods.peers import found
from dev.telegram.refusals import Refused
from dev.telegram.world.people import Chat, User

_DAY_S: Final = 86_400
_LOGINS: Final = frozenset({"auth.SendCode", "auth.ResendCode"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`burst` at once, and one more every `every_s`. What is beyond waits for its turn, at least `least_wait_s`."""

    burst: int
    every_s: float
    least_wait_s: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How much of what. Sends are counted by account, by chat, and by people who never answered."""

    sends: Figure = Figure(burst=20, every_s=2)
    to_person: Figure = Figure(burst=5, every_s=1)
    to_group: Figure = Figure(burst=20, every_s=3)
    to_strangers: Figure = Figure(burst=5, every_s=_DAY_S / 5)
    dialogs: Figure = Figure(burst=120, every_s=0.5, least_wait_s=25)
    usernames: Figure = Figure(burst=160, every_s=10, least_wait_s=55_000)
    participants: Figure = Figure(burst=30, every_s=1, least_wait_s=30)
    new_channels: Figure = Figure(burst=3, every_s=100, least_wait_s=60)
    login_codes: Figure = Figure(burst=5, every_s=_DAY_S / 5, least_wait_s=86_300)


@dataclass(slots=True, kw_only=True)
class _Bucket:
    tokens: float
    at: datetime


@dataclass(slots=True, kw_only=True)
class Limits:
    """The limits in force. `clock` of the call decides, so that a test moves time and waits for nothing."""

    figures: Figures = field(default_factory=Figures)
    _buckets: dict[tuple[object, ...], _Bucket] = field(default_factory=dict)

    def charge(self, name: str, call: Call) -> None:
        """Count one request before it is carried out. Raises Refused, and counts nothing then.

        A send that is repeated under its `random_id` costs nothing: it was counted when it was made.
        """
        now = call.service.clock()
        due = [(key, figure, cost, error) for key, figure, cost, error in self._costs(name, call) if cost]
        for key, figure, cost, error in due:
            wait_s = self._wait_s(key, figure, cost, now)
            if wait_s > 0:
                raise Refused(error if error == "PEER_FLOOD" else f"{error}_{max(ceil(wait_s), figure.least_wait_s)}")
        for key, _, cost, _ in due:
            self._buckets[key].tokens -= cost

    def _wait_s(self, key: tuple[object, ...], figure: Figure, cost: int, now: datetime) -> float:
        bucket = self._buckets.setdefault(key, _Bucket(tokens=figure.burst, at=now))
        gained = (now - bucket.at).total_seconds() / figure.every_s
        bucket.tokens, bucket.at = min(float(figure.burst), bucket.tokens + gained), now
        needed = min(cost, figure.burst)
        return max(0.0, (needed - bucket.tokens) * figure.every_s)

    def _costs(self, name: str, call: Call) -> Iterator[tuple[tuple[object, ...], Figure, int, str]]:
        """(bucket, figure, cost, error) of everything that this request uses up. Reading in a takeout is free."""
        figures = self.figures
        if name in _LOGINS:
            yield ("codes", call.request.phone_number), figures.login_codes, 1, "FLOOD_WAIT"
        elif name in _SENDS:
            yield from self._of_send(call)
        elif call.takeout_id is None and call.key.user_id and (figure := _counted(name, figures)) is not None:
            yield (name, call.me.id), figure, 1, "FLOOD_WAIT"

    def _of_send(self, call: Call) -> Iterator[tuple[tuple[object, ...], Figure, int, str]]:
        me, figures, cost = call.me, self.figures, len(set(_random_ids(call)) - call.me.sent.keys())
        chat = found(call, getattr(call.request, "peer", None) or call.request.to_peer)
        if chat is None:
            return
        if isinstance(chat, User) and _is_stranger(call, chat):
            yield ("strangers", me.id), figures.to_strangers, cost, "PEER_FLOOD"
        yield ("sends", me.id), figures.sends, cost, "FLOOD_WAIT"
        yield ("chat", me.id, chat.peer), _of_chat(chat, figures), cost, "FLOOD_WAIT"


_SENDS: Final = frozenset(
    f"messages.{name}" for name in ("SendMessage", "SendMedia", "SendMultiMedia", "ForwardMessages")
)


def _counted(name: str, figures: Figures) -> Figure | None:
    match name:
        case "messages.GetDialogs":
            return figures.dialogs
        case "contacts.ResolveUsername":
            return figures.usernames
        case "channels.GetParticipants":
            return figures.participants
        case "channels.CreateChannel" | "channels.LeaveChannel":
            return figures.new_channels
        case _:
            return None


def _of_chat(chat: Chat, figures: Figures) -> Figure:
    return figures.to_person if isinstance(chat, User) else figures.to_group


def _random_ids(call: Call) -> Sequence[int]:
    """An album and a forward count each of their messages."""
    album = getattr(call.request, "multi_media", None)
    if album is not None:
        return [single.random_id for single in album]
    random_id = call.request.random_id
    return random_id if isinstance(random_id, list) else [random_id]


def _is_stranger(call: Call, person: User) -> bool:
    """Somebody who is no contact and has never written to the sender."""
    me = call.me
    if person.id == me.id or person.id in me.contacts:
        return False
    return not any(
        message.peer == person.peer and message.sender_id == person.id for message in me.box.messages.values()
    )
