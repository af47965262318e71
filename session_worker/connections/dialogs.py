"""Reading the list of an account's chats: raw pages, once, resumable; afterwards live updates keep it.

Telethon's own listing registers each channel with its update engine, which then asks for every quiet one each quarter
of an hour for ever. The raw request registers nothing.
"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from telethon.tl import functions, types

from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import ChatMetadata, PeerKind, RecordGroup
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.errors import Fact
from chalicelib.logs import log
from session_worker.connections.connection import LiveConnection
from session_worker.connections.custody import KeptSession, Sweep, peer_of_sweep
from session_worker.connections.farewell import HANG_UP_S
from session_worker.door import Door
from session_worker.messaging.pacing import Backoff
from session_worker.settings import Intervals
from session_worker.telegram import outcomes
from session_worker.telegram.messages import entities_of, is_message, name_of
from session_worker.telegram.peers import PeerBook, mark, mark_of, unmark

PAGE: Final = 100
_DELETED: Final = "Deleted account"
_SAVED: Final = "Saved messages"


class DialogReader:
    """Reads one connection's dialogs into chat rows."""

    def __init__(self, live: LiveConnection, session: KeptSession, door: Door, page_s: float) -> None:
        self._live = live
        self._session = session
        self._door = door
        self._page_s = page_s
        self._read = 0

    async def run(self) -> None:
        """Read what was not read yet, or only the newest page when all was: what came while nobody listened.

        One request a page, `page_s` apart. An interrupted run goes on where it stood.

        Raises:
            Fact: Telegram or the table refused; what was read so far is kept.
        """
        is_refresh = self._session.sweep.is_done
        sweep = Sweep() if is_refresh else self._session.sweep
        while True:
            has_more = await self._page(sweep)
            if is_refresh or not has_more:
                break
            self._report(is_done=False)
            await asyncio.sleep(self._page_s)
        if not is_refresh:
            sweep.is_done = True
            log.info("dialogs.read", account_id=self._live.key.account_id, chats=self._read)
        self._report(is_done=True)

    async def _page(self, sweep: Sweep) -> bool:
        """One page into chat rows, and the place to go on from; whether there is more."""
        is_first = sweep.marked == 0
        request = functions.messages.GetDialogsRequest(
            offset_date=datetime.fromtimestamp(sweep.date, UTC) if sweep.date else None,
            offset_id=sweep.message_id,
            offset_peer=peer_of_sweep(sweep, self._live.peers),
            limit=PAGE,
            hash=0,
            exclude_pinned=not is_first,
        )
        answer = await self._live.call(request)
        if isinstance(answer, types.messages.DialogsNotModified):
            return False
        await self._record(answer)
        if isinstance(answer, types.messages.Dialogs):
            return False
        return len(answer.dialogs) >= PAGE and _advance(sweep, answer)

    async def _record(self, answer: Any) -> None:
        people = entities_of(answer.users, answer.chats)
        newest = {(mark_of(one.peer_id), one.id): one for one in answer.messages if is_message(one)}
        found = [
            chat
            for dialog in answer.dialogs
            if isinstance(dialog, types.Dialog) and (chat := metadata_of(dialog, newest, people, self._live))
        ]
        await self._door.call(chats.record_chats, found, tenant=self._live.tenant)
        for dialog in answer.dialogs:
            if isinstance(dialog, types.Dialog):
                self._live.peers.add_chat(mark_of(dialog.peer))
        self._read += len(found)

    def _report(self, *, is_done: bool) -> None:
        account_id = self._live.key.account_id
        self._live.publish({"type": "sync.progress", "account_id": account_id, "chats": self._read, "done": is_done})


class DialogReading:
    """One connection's reading of dialogs in the background, again and again until it succeeded."""

    def __init__(self, live: LiveConnection, session: KeptSession, door: Door, intervals: Intervals) -> None:
        self._live = live
        self._session = session
        self._door = door
        self._intervals = intervals
        self._task: asyncio.Task[None] | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether chats are being read."""
        return self._task is not None

    def begin(self) -> None:
        """Begin, unless it is under way; what it does is `DialogReader.run`'s."""
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run(), name="dialogs")
            self._task.add_done_callback(self._ended)

    def begin_anew(self) -> None:
        """Read all chats from the first on: too much was missed."""
        self._session.sweep = Sweep()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.begin()

    async def stop(self) -> None:
        """End it where it stands. Within HANG_UP_S."""
        if self._task is not None:
            reading, self._task = self._task, None
            reading.cancel()
            await asyncio.wait({reading}, timeout=HANG_UP_S)

    async def _run(self) -> None:
        backoff = Backoff(self._intervals.first_backoff_s, self._intervals.longest_backoff_s)
        reader = DialogReader(self._live, self._session, self._door, self._intervals.dialog_page_s)
        while True:
            try:
                await reader.run()
                return
            except Fact as refusal:
                log.warning("dialogs.interrupted", code=refusal.code)
                await asyncio.sleep(backoff.next(outcomes.asked_to_wait_s(refusal)))

    def _ended(self, task: asyncio.Task[None]) -> None:
        if self._task is task:
            self._task = None


def _advance(sweep: Sweep, answer: Any) -> bool:
    """Stand at the last dialog that has a message; False when none on the page does, so that no loop is endless."""
    newest = {(mark_of(one.peer_id), one.id): one for one in answer.messages if is_message(one)}
    for dialog in reversed(answer.dialogs):
        if not isinstance(dialog, types.Dialog) or dialog.pinned:
            continue
        place = (mark_of(dialog.peer), dialog.top_message)
        if place in newest and (sweep.marked, sweep.message_id) != place:
            sweep.marked, sweep.message_id = place
            sweep.date = int(newest[place].date.timestamp())
            return True
    return False


def metadata_of(
    dialog: Any, newest: Mapping[tuple[int, int], Any], people: Mapping[int, Any], live: LiveConnection
) -> ChatMetadata | None:
    """A dialog as a chat; None for what is no chat any more (a group that became a supergroup)."""
    marked = mark_of(dialog.peer)
    message = newest.get((marked, dialog.top_message))
    return chat_metadata(
        marked, people.get(marked), message, live, unread_count=dialog.unread_count, pinned=bool(dialog.pinned)
    )


def chat_metadata(
    marked: int, entity: Any, message: Any, live: LiveConnection, *, unread_count: int, pinned: bool
) -> ChatMetadata | None:
    """A chat from what Telegram says of it and of its newest message."""
    if entity is None or getattr(entity, "migrated_to", None) is not None:
        return None
    kind, peer_id = unmark(marked)
    return ChatMetadata(
        id=live.peers.chat_id(marked),
        account_id=live.key.account_id,
        peer_kind=PeerKind(kind),
        peer_id=peer_id,
        title=title_of(entity),
        kind=kind_of(entity),
        username=username_of(entity),
        member_count=getattr(entity, "participants_count", None),
        unread_count=unread_count,
        last_message_id=0 if message is None else message.id,
        last_message_at=None if message is None else message.date,
        last_is_outgoing=message is not None and bool(message.out),
        last_sent_by=None,
        pinned=pinned,
    )


def group_of(update: Any) -> int:
    """The marked id of the group or channel that such an update is about."""
    match update:
        case types.UpdateChannel():
            return mark("channel", update.channel_id)
        case types.UpdateChatParticipants():
            return mark("chat", update.participants.chat_id)
        case _:
            return mark("chat", update.chat_id)


def group_seen(entity: Any, *, at: datetime) -> RecordGroup | None:
    """What Telegram's short form tells of a group or channel; None where the account is not in it."""
    if not isinstance(entity, types.Chat | types.Channel) or getattr(entity, "min", False) or entity.left:
        return None
    return RecordGroup(title=title_of(entity), member_count=entity.participants_count, at=at)


def title_of(entity: Any) -> str:
    """What the chat is called."""
    if getattr(entity, "is_self", False):
        return _SAVED
    return name_of(entity) or username_of(entity) or _DELETED


def kind_of(entity: Any) -> ChatKind:
    """What people call the chat."""
    match entity:
        case types.User():
            return ChatKind.BOT if entity.bot else ChatKind.PRIVATE
        case types.Channel() | types.ChannelForbidden():
            is_group = entity.megagroup or getattr(entity, "gigagroup", False)
            return ChatKind.GROUP if is_group else ChatKind.CHANNEL
        case _:
            return ChatKind.GROUP


def username_of(entity: Any) -> str | None:
    """The first public name, where there is one."""
    if getattr(entity, "username", None):
        return str(entity.username)
    active = [one.username for one in getattr(entity, "usernames", None) or () if one.active]
    return active[0] if active else None


def knows(peers: PeerBook, marked: int) -> bool:
    """Whether a chat was read or seen before."""
    return peers.knows_chat(peers.chat_id(marked))
