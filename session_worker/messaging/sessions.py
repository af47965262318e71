"""Who else is signed in to an account: the list at Telegram, looked at every six hours, and ending one of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from telethon.tl import functions

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.session_watch import use_cases as session_watch
from chalicelib.features.session_watch.model import SeenSession, SessionNotListed, SessionTooFresh, Watch, is_due
from chalicelib.features.session_watch.use_cases import Watcher
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Fact, Invalid
from chalicelib.logs import log
from chalicelib.table.tenant import Tenant
from session_worker.connections.connection import LiveConnection
from session_worker.door import Door
from session_worker.telegram.outcomes import TelegramRefused
from session_worker.wire import Wire

_TOO_FRESH: Final = "FRESH_RESET_AUTHORISATION_FORBIDDEN"
_NOT_LISTED: Final = "HASH_INVALID"
_HASHES: Final = 1 << 63


class SessionWatch:
    """Looks at the sessions of the connections of this process. `look` is asked often and looks when it is time."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def look(self, connection: LiveConnection, looked_at: datetime | None) -> datetime | None:
        """Look when the last look is six hours old; gives when that was. `looked_at` saves asking the table.

        A new session is told as `sessions.changed`, by letter and on the account's card.

        Raises:
            Fact: Telegram or the table did not answer; the next asking tries again.
        """
        if not is_due(looked_at, connection.tenant.now()):
            return looked_at
        watch = await self._door.call(session_watch.watch_of, _watcher(connection), tenant=connection.tenant)
        if not is_due(watch.looked_at, connection.tenant.now()):
            return watch.looked_at
        listed = await _listed(connection, is_routine=True)
        seen = [_seen(one) for one in listed if not one.current]
        after = await self._door.call(_compare, _watcher(connection), seen, connection.tenant)
        if after.unknown != watch.unknown:
            log.info("sessions.unknown", account_id=connection.key.account_id, count=len(after.unknown))
            _publish(connection, after)
        return after.looked_at

    async def looked_at(self, watcher: Watcher, tenant: Tenant) -> datetime | None:
        """When a connection last looked, as its row says: one read unit. Raises Unavailable."""
        watch = await self._door.call(session_watch.watch_of, watcher, tenant=tenant)
        return watch.looked_at

    async def list(self, connection: LiveConnection) -> Wire:
        """{sessions: [Session]}, our own first; each as `_to_wire` has it. One call and a read; nothing is kept."""
        watch = await self._door.call(session_watch.watch_of, _watcher(connection), tenant=connection.tenant)
        listed = sorted(await _listed(connection), key=lambda one: (not one.current, -one.date_active.timestamp()))
        return {"sessions": [_to_wire(one, watch) for one in listed]}

    async def keep(self, connection: LiveConnection, session: str, *, tenant: Tenant) -> Wire:
        """Say that a new session is the owner's. `tenant` is theirs: the activity log names them.

        Raises:
            ChangedMeanwhile.
        """
        after = await self._door.call(session_watch.keep, _watcher(connection), session, tenant=tenant)
        _publish(connection, after)
        return {}

    async def end(self, connection: LiveConnection, session: str, *, tenant: Tenant) -> Wire:
        """Have Telegram end a session. `tenant` is its owner's: the activity log names them.

        Raises:
            Invalid: no session of Telegram's has such a number.
            SessionNotListed: there is no such session (any more).
            SessionTooFresh: ours is younger than a day; nothing was done.
            TelegramBusy, TelegramRefused, TelegramAway, SessionEnded, AccountClosed.
        """
        if not -_HASHES <= int(session) < _HASHES:
            raise Invalid("Telegram numbers no session so.")
        try:
            await connection.call(functions.account.ResetAuthorizationRequest(int(session)))
        except TelegramRefused as refusal:
            if refusal.error_name == _NOT_LISTED:
                await self._forget(connection, session, tenant)
            raise _fact_of(refusal) from refusal
        await self._forget(connection, session, tenant)
        return {}

    async def _forget(self, connection: LiveConnection, session: str, tenant: Tenant) -> None:
        watcher = _watcher(connection)
        _publish(connection, await self._door.call(session_watch.forget_ended, watcher, session, tenant=tenant))


def _compare(watcher: Watcher, seen: Sequence[SeenSession], tenant: Tenant) -> Watch:
    account = accounts.known_account(watcher.account_id, tenant=tenant)
    return session_watch.compare(watcher, seen, account.label, tenant=tenant)


def _fact_of(refusal: TelegramRefused) -> Fact:
    known: dict[str, Fact] = {_TOO_FRESH: SessionTooFresh(), _NOT_LISTED: SessionNotListed()}
    return known.get(refusal.error_name, refusal)


def _watcher(connection: LiveConnection) -> Watcher:
    key = connection.key
    return Watcher(account_id=key.account_id, connection_id=key.connection_id, user_id=key.user_id)


async def _listed(connection: LiveConnection, *, is_routine: bool = False) -> list[Any]:
    answer = await connection.call(functions.account.GetAuthorizationsRequest(), is_routine=is_routine)
    return list(answer.authorizations)


def _seen(one: Any) -> SeenSession:
    return SeenSession(hash=str(one.hash), device=_device(one), place=_place(one), since=one.date_created)


def _to_wire(one: Any, watch: Watch) -> Wire:
    """{id, device, app, place, ip, since, active_at, is_ours, is_new}. `id` is text: it is 64 bits."""
    return {
        "id": str(one.hash),
        "device": _device(one),
        "app": " ".join(part for part in (one.app_name, one.app_version) if part),
        "place": _place(one),
        "ip": one.ip,
        "since": clock.to_wire(one.date_created),
        "active_at": clock.to_wire(one.date_active),
        "is_ours": bool(one.current),
        "is_new": str(one.hash) in watch.unknown,
    }


def _device(one: Any) -> str:
    return ", ".join(part for part in (one.device_model, one.platform, one.system_version) if part) or "unknown device"


def _place(one: Any) -> str:
    return ", ".join(part for part in (one.region, one.country) if part) or "unknown place"


def _publish(connection: LiveConnection, watch: Watch) -> None:
    event = {"type": "sessions.changed", "account_id": connection.key.account_id, "unknown": len(watch.unknown)}
    connection.publish(event)
