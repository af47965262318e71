"""What is in custody of a connection, made into what it is held with."""

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import Connection, Custody, SessionNotKept
from chalicelib.logs import log
from chalicelib.settings import current as settings
from chalicelib.table.cipher import SealBroken
from chalicelib.table.tenant import Tenant
from session_worker.connections.custody import KeptSession
from session_worker.connections.workshop import Workshop
from session_worker.telegram.peers import PeerBook


async def open_login(connection: Connection, shop: Workshop, tenant: Tenant) -> KeptSession:
    """The login and where it stands, without the peers it knows: enough to listen, or to log out.

    Raises:
        SessionNotKept, SealBroken: there is none that can be read.
        Unavailable: the table did not answer.
    """
    return _login_of(await _custody(connection, shop, tenant), None)


async def find_login(connection: Connection, shop: Workshop, tenant: Tenant) -> KeptSession | None:
    """As `open_login`; None where there is none that can be read."""
    try:
        return await open_login(connection, shop, tenant)
    except (SessionNotKept, SealBroken) as missing:
        log.info("connection.has_no_login", code=missing.code)
        return None


async def open_session(connection: Connection, shop: Workshop, tenant: Tenant) -> tuple[KeptSession, PeerBook]:
    """The login with the peers it knows: what a client works with. Raises as `open_login`."""
    custody = await _custody(connection, shop, tenant)
    peers = PeerBook(connection.account_id, settings().id_secret)
    await shop.door.call(peers.load, custody.hashes)  # a large book takes a while to read
    return _login_of(custody, peers), peers


async def _custody(connection: Connection, shop: Workshop, tenant: Tenant) -> Custody:
    return await shop.door.call(accounts.load_custody, connection, tenant=tenant, cipher=shop.cipher)


def _login_of(custody: Custody, peers: PeerBook | None) -> KeptSession:
    session = KeptSession(custody.session_string, peers, proxy=custody.proxy)
    session.load(custody.state)
    return session
