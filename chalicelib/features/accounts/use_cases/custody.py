"""What the session worker does with connections: take them, keep what is sealed, say how they are."""

from dataclasses import replace

from chalicelib.features.accounts import repository
from chalicelib.features.accounts.model import (
    Connection,
    ConnectionState,
    ConnectionTaken,
    Custody,
    ShardMember,
)
from chalicelib.features.accounts.repository import Connections
from chalicelib.features.accounts.use_cases.proxies import open_proxy
from chalicelib.table import keys
from chalicelib.table.cipher import Cipher, Purpose
from chalicelib.table.tenant import Installation, Tenant

_LOST_STATES = (ConnectionState.NEEDS_LOGIN, ConnectionState.CLOSED)


def shard_members(shard: int, installation: Installation) -> list[ShardMember]:
    """Every connection that lives in a shard and what its member wants: one query."""
    return repository.members_of_shard(installation, shard)


def take_connection(member: ShardMember, epoch: int, *, tenant: Tenant) -> Connection:
    """Make a connection this task's own by stamping its epoch on all that only its holder writes: at most 4 writes.

    Raises:
        ConnectionTaken: a later epoch holds it, it was connected anew, or it is gone.
    """
    connections = Connections(tenant, member.account_id)
    connection = connections.get(member.user_id)
    if connection is None or (connection.id, connection.revision) != (member.connection_id, member.revision):
        raise ConnectionTaken
    if not connections.stamp(connection, epoch):
        raise ConnectionTaken
    return replace(connection, epoch=epoch)


def set_state(
    connection: Connection,
    state: ConnectionState,
    reason: str | None,
    *,
    tenant: Tenant,
    epoch: int,
    forget_session: bool = False,
) -> Connection:
    """Write how a connection is doing. Needs-login and closed stand in the journal; others are not shared history.

    `forget_session` destroys the seal of a login that Telegram has ended.

    Raises:
        ConnectionTaken: another task holds it, or its member ended or replaced it; nothing was written.
    """
    since = connection.since if state == connection.state else tenant.now()
    after = replace(connection, state=state, reason=reason, since=since, epoch=epoch)
    connections = Connections(tenant, connection.account_id)
    if state in _LOST_STATES:
        with tenant.transaction() as change:
            connections.lose(change, connection, after, forget=forget_session)
            lost = {"state": state, "reason": reason, "user_id": connection.user_id}
            change.record("connection.lost", target=connection.account_id, old=connection.state, new=lost)
    elif not connections.set_state(connection, after):
        raise ConnectionTaken
    return after


def load_custody(connection: Connection, *, tenant: Tenant, cipher: Cipher) -> Custody:
    """All a connection is opened with: a batch read and a read.

    Raises:
        SessionNotKept: its session was ended and forgotten.
        ConnectionTaken: it was connected anew, so that what is kept is another login than was asked for; or it was
            given a proxy after this was read: nothing is opened that would go to Telegram without it.
        SealBroken: its key is destroyed.
    """
    connections = Connections(tenant, connection.account_id)
    sealed = connections.sealed(connection.id)
    standing = connections.get(connection.user_id)
    if standing is None or standing.revision != connection.revision:
        raise ConnectionTaken
    sealed_proxy = sealed.get(keys.sealed_proxy(connection.id))
    if standing.is_proxied and sealed_proxy is None:
        raise ConnectionTaken

    def opened(sk: str) -> bytes:
        content = sealed.get(sk, b"")
        return cipher.open(tenant.workspace_id, Purpose.SESSION, connection.id, content) if content else b""

    session, state, hashes = repository.sealed_rows(connection.id)
    return Custody(
        session_string=opened(session).decode(),
        state=opened(state),
        hashes=opened(hashes),
        proxy=None if sealed_proxy is None else open_proxy(connection, sealed_proxy, tenant=tenant, cipher=cipher),
    )


def keep_update_state(connection: Connection, content: bytes, *, tenant: Tenant, cipher: Cipher, epoch: int) -> None:
    """Seal and keep how far a connection's updates were handled. Raises ConnectionTaken."""
    _reseal(keys.update_state(connection.id), connection, content, tenant, cipher, epoch)


def keep_hashes(connection: Connection, content: bytes, *, tenant: Tenant, cipher: Cipher, epoch: int) -> None:
    """Seal and keep the access hashes a connection knows: a write unit a KB. Raises ConnectionTaken."""
    _reseal(keys.entity_hashes(connection.id), connection, content, tenant, cipher, epoch)


def keep_session(connection: Connection, session_string: str, *, tenant: Tenant, cipher: Cipher, epoch: int) -> None:
    """Seal a login that moved to another data centre. Raises ConnectionTaken."""
    _reseal(keys.sealed_session(connection.id), connection, session_string.encode(), tenant, cipher, epoch)


def _reseal(sk: str, connection: Connection, content: bytes, tenant: Tenant, cipher: Cipher, epoch: int) -> None:
    sealed = cipher.seal(tenant.workspace_id, Purpose.SESSION, connection.id, content)
    connections = Connections(tenant, connection.account_id)
    if not connections.reseal(sk, sealed, epoch=epoch, revision=connection.revision):
        raise ConnectionTaken
