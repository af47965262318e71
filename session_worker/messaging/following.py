"""Channels and supergroups that somebody looks at: Telegram does not push all that happens there, so we ask for it.

It answers when to ask again. What nobody looks at is not asked for. Source: https://core.telegram.org/api/updates,
Subscribing to updates of channels/supergroups.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from telethon.tl import functions, types

from chalicelib.kernel import ids
from chalicelib.kernel.errors import Fact, TooMany, Unavailable
from chalicelib.kernel.ids import AccountId, ChatId, UserId, WorkspaceId
from chalicelib.logs import log
from session_worker import metrics
from session_worker.connections.connection import LiveConnection
from session_worker.messaging import history
from session_worker.telegram.peers import InputPeer, input_channel

SOONEST_S: Final = 1
"""Also before the first question, so that who only passes by a channel costs none."""
USUAL_S: Final = 30
"""Where Telegram does not say when to ask again."""
_AT_ONCE: Final = 100
"""Events an answer has at most; those of a person's client are to ask for 10 to 100."""

FindConnection = Callable[[WorkspaceId, UserId, AccountId], LiveConnection | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A chat as one member sees it, in however many browsers."""

    workspace_id: WorkspaceId
    user_id: UserId
    chat_id: ChatId


class Following:
    """Asks for every channel that is looked at, through the connection of who looks. On the loop alone."""

    def __init__(self, find: FindConnection) -> None:
        self._find = find
        self._looking: Counter[View] = Counter()
        self._asking: dict[View, asyncio.Task[None]] = {}
        self._ending: set[asyncio.Task[None]] = set()

    def look(self, workspace_id: WorkspaceId, user_id: UserId) -> "Look":
        """For one browser of a member, which shows nothing yet. Its owner turns it away when the browser is gone."""
        return Look(self, workspace_id, user_id)

    def sample(self) -> None:
        """Set the gauge of this room."""
        metrics.CHANNELS_FOLLOWED.set(sum(not task.done() for task in self._asking.values()))

    async def stop(self) -> None:
        """Ask for nothing more, whoever looks."""
        tasks = (*self._asking.values(), *self._ending)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _began(self, view: View) -> None:
        self._looking[view] += 1
        known = self._asking.get(view)
        if known is None or known.done():
            self._asking[view] = asyncio.get_running_loop().create_task(self._follow(view), name="channel in view")

    def _ended(self, view: View) -> None:
        self._looking[view] -= 1
        if self._looking[view] > 0:
            return
        del self._looking[view]
        task = self._asking.pop(view)
        task.cancel()
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def _follow(self, view: View) -> None:
        """Ask again and again, until nobody looks or there is nothing to ask for."""
        wait_s: float | None = SOONEST_S
        while wait_s is not None:
            await asyncio.sleep(wait_s)
            wait_s = await self._turn(view)

    async def _turn(self, view: View) -> float | None:
        """Ask once, if that can be done now: gives when to ask again, or None where that is of no use."""
        live = self._find(view.workspace_id, view.user_id, ids.account_of(view.chat_id))
        if live is None or not live.is_connected:
            return SOONEST_S
        try:
            peer = live.require_peer(view.chat_id)
            return await _ask(live, peer) if isinstance(peer, types.InputPeerChannel) else None
        except (TooMany, Unavailable) as later:
            return max(SOONEST_S, later.retry_after_s)
        except Fact as refusal:
            log.info("channel.not_followed", account_id=live.key.account_id, code=refusal.code)
            return None
        except Exception as crash:  # noqa: BLE001 - the border of a unit of work: the next turn asks anew
            log.error("channel.crashed", crash=crash)
            return USUAL_S


class Look:
    """What one browser shows: one chat, or none."""

    def __init__(self, following: Following, workspace_id: WorkspaceId, user_id: UserId) -> None:
        self._following = following
        self._workspace_id = workspace_id
        self._user_id = user_id
        self._view: View | None = None

    def turn_to(self, chat_id: ChatId) -> None:
        """Show this chat in place of the one before. For one that is no channel nothing is asked."""
        before = self._view
        self._view = View(workspace_id=self._workspace_id, user_id=self._user_id, chat_id=chat_id)
        self._following._began(self._view)
        if before is not None:
            self._following._ended(before)

    def turn_away(self, chat_id: ChatId | None = None) -> None:
        """Show nothing; with a chat named, only where that is what is shown."""
        view = self._view
        if view is not None and chat_id in (None, view.chat_id):
            self._view = None
            self._following._ended(view)


async def _ask(live: LiveConnection, peer: InputPeer) -> float:
    """Ask a channel what happened since we were told of it, and have it told; gives when to ask again.

    Raises:
        TelegramBusy, TelegramRefused, TelegramAway, SessionEnded, AccountClosed.
    """
    pts = live.client.channel_pts(peer.channel_id)
    if pts is None:
        await history.history(live, peer, before_id=None, limit=1)
        return SOONEST_S
    request = functions.updates.GetChannelDifferenceRequest(
        channel=input_channel(peer), filter=types.ChannelMessagesFilterEmpty(), pts=pts, limit=_AT_ONCE
    )
    answer: Any = await live.call(request)
    is_taken = live.client.take_channel_difference(request, answer)
    return max(SOONEST_S, answer.timeout or USUAL_S) if is_taken and answer.final else SOONEST_S
