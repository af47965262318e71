"""What a connection is asked now and then: whether its session still lives, and who else is signed in."""

from datetime import datetime

from telethon.tl import functions

from chalicelib.features.accounts.model import ShardMember
from chalicelib.features.session_watch.model import is_due
from chalicelib.features.session_watch.use_cases import Watcher
from chalicelib.kernel.errors import Fact, Unavailable
from chalicelib.logs import log
from chalicelib.table.tenant import Tenant
from session_worker.connections.announcing import Announcer
from session_worker.connections.connection import LiveConnection
from session_worker.messaging.sessions import SessionWatch


class CheckUp:
    """One connection's; it remembers when the list of sessions was last looked at."""

    __slots__ = ("_announcer", "_seen_at", "_tenant", "_watch")

    def __init__(self, watch: SessionWatch, announcer: Announcer, tenant: Tenant) -> None:
        self._watch = watch
        self._announcer = announcer
        self._tenant = tenant
        self._seen_at: datetime | None = None

    async def is_look_due(self, member: ShardMember) -> bool:
        """Whether a parked connection must rise to see who else is signed in."""
        watcher = Watcher(account_id=member.account_id, connection_id=member.connection_id, user_id=member.user_id)
        try:
            self._seen_at = self._seen_at or await self._watch.looked_at(watcher, self._tenant)
        except Unavailable:
            return False
        return is_due(self._seen_at, self._tenant.now())

    async def run(self, live: LiveConnection) -> None:
        """Ask for anything: a session that is gone ends the line through `on_verdict`. See who else is signed in."""
        if not live.is_connected:
            return
        try:
            await self._announcer.catch_up(live)
            state = await live.call(functions.updates.GetStateRequest(), is_routine=True)
            await live.client.catch_up_to(state.pts)
            self._seen_at = await self._watch.look(live, self._seen_at)
        except Fact as refusal:
            log.info("connection.checked", code=refusal.code)
