"""Looking at an account's sessions every six hours, and judging those that are new: keep or end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from chalicelib import settings
from chalicelib.adapters import outbox
from chalicelib.features.session_watch.model import TELL_NEW_SESSION, SeenSession, Watch
from chalicelib.features.session_watch.repository import Watches, next_version
from chalicelib.kernel import clock
from chalicelib.kernel.ids import AccountId, ConnectionId, UserId
from chalicelib.kernel.records import record
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ChangedMeanwhile


@record
class Watcher:
    """Whose connection looks."""

    account_id: AccountId
    connection_id: ConnectionId
    user_id: UserId


def compare(watcher: Watcher, seen: Sequence[SeenSession], account_name: str, *, tenant: Tenant) -> Watch:
    """Compare what Telegram lists with what was seen before; our own session is not among it.

    A session that is new is counted as unknown, stands in the activity log without its device, and its owner gets a
    letter. The write is conditioned on what was read: of two that look at once, one tells. One read and one write unit;
    with something new 6 write units more, and 2 a letter.

    Raises:
        ChangedMeanwhile: somebody judged or looked at this moment; nothing was written, the next look compares again.
    """
    watches = Watches(tenant)
    before = watches.get(watcher.account_id, watcher.connection_id)
    after = next_version(replace(before.after_look(session.hash for session in seen), looked_at=tenant.now()))
    new = [session for session in seen if session.hash in after.unknown - before.unknown]
    if new:
        _tell(watcher, after, before, new, account_name, tenant)
    elif not watches.put(watcher.account_id, watcher.connection_id, after, before=before):
        raise ChangedMeanwhile
    return after


def _tell(
    watcher: Watcher, after: Watch, before: Watch, new: Iterable[SeenSession], account_name: str, tenant: Tenant
) -> None:
    link = f"{settings.current().public_origin}/w/{tenant.workspace_id}/settings/accounts"
    with tenant.transaction() as change:
        Watches(tenant).put_journalled(change, watcher.account_id, watcher.connection_id, after, before=before)
        for session in new:
            facts = {
                "user_id": watcher.user_id,
                "account_name": account_name,
                "device": session.device,
                "place": session.place,
                "since": clock.to_wire(session.since),
                "link": link,
            }
            outbox.order(change, tenant, TELL_NEW_SESSION, facts)
        change.record("account.session_found", target=watcher.account_id, new={"user_id": watcher.user_id})


def watch_of(watcher: Watcher, *, tenant: Tenant) -> Watch:
    """What was seen and what waits to be judged: one read unit."""
    return Watches(tenant).get(watcher.account_id, watcher.connection_id)


def unknown_sessions(
    connections: Sequence[tuple[AccountId, ConnectionId]], *, tenant: Tenant
) -> Mapping[ConnectionId, int]:
    """How many sessions wait to be judged, by connection; connections with none are left out."""
    return Watches(tenant).unknown_of(connections)


def keep(watcher: Watcher, session: str, *, tenant: Tenant) -> Watch:
    """Say that a new session is the owner's: it is known from now on. Repeating it changes nothing. 4 write units.

    A session that does not wait to be judged is not approved in advance: nothing is written.

    Raises:
        ChangedMeanwhile: somebody wrote first; nothing was written.
    """
    before = Watches(tenant).get(watcher.account_id, watcher.connection_id)
    return _judge(watcher, before.judged(session), before, "account.session_kept", tenant)


def forget_ended(watcher: Watcher, session: str, *, tenant: Tenant) -> Watch:
    """Say that a session was ended at Telegram from here. 4 write units. Raises as `keep`."""
    before = Watches(tenant).get(watcher.account_id, watcher.connection_id)
    return _judge(watcher, before.without(session), before, "account.session_ended", tenant)


def _judge(watcher: Watcher, after: Watch, before: Watch, event: str, tenant: Tenant) -> Watch:
    if after == before:
        return before
    after = next_version(after)
    with tenant.transaction() as change:
        Watches(tenant).put_journalled(change, watcher.account_id, watcher.connection_id, after, before=before)
        change.record(event, target=watcher.account_id, new={"user_id": watcher.user_id})
    return after
