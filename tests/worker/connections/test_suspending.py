"""Nobody pays for a connection: it is brought to rest with its session kept, and comes back when somebody does."""

from datetime import timedelta

import pytest

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import SUSPENDED_FOR, Connection, ConnectionState
from chalicelib.features.seats import use_cases as seats
from chalicelib.features.seats.repository import Seats
from chalicelib.kernel.clock import utc_now
from session_worker.connections.supervisor import Connections
from session_worker.hub import Hub
from tests.scene import a_job
from tests.worker.connections.rig import Heard, Rig, eventually


def take_seat_away(rig: Rig) -> str:
    """Have the member's seat pay for nothing of theirs any more; which one it was."""
    [seat] = Seats(rig.tenant).all()
    seats.free_seat(seat.id, tenant=rig.tenant)
    accounts.settle_coverage(tenant=a_job(rig.tenant.workspace_id))
    return seat.id


def give_seat_back(rig: Rig, seat_id: str) -> None:
    """Have it pay again."""
    seats.take_seat(seat_id, tenant=rig.tenant)
    accounts.settle_coverage(tenant=a_job(rig.tenant.workspace_id))


async def connected(rig: Rig) -> tuple[Connections, Heard, Connection]:
    """A worker with one connection, and the member's browser."""
    hub = Hub()
    heard = rig.hear(hub)
    connection = rig.connect(rig.telegram.world.add_user("Ada", phone="1001"))
    worker = rig.worker(hub)
    await rig.connected(worker, connection.account_id)
    return worker, heard, connection


def lines(rig: Rig, worker: Connections, connection: Connection) -> ConnectionState | None:
    """How the worker holds the connection; None where it does not."""
    live = rig.live(worker, connection.account_id)
    return None if live is None else live.state


async def test_a_suspended_connection_is_disconnected_and_its_session_kept(rig: Rig) -> None:
    worker, heard, connection = await connected(rig)
    take_seat_away(rig)
    worker.wake()
    await eventually(lambda: lines(rig, worker, connection) is None)
    await eventually(lambda: heard.states[-1:] == ["suspended"])
    [told] = [event for event in heard.of("connection.changed") if event["state"] == "suspended"]
    assert told["reason"] == "unpaid"
    stored = rig.stored(connection.account_id)
    assert (stored.state, stored.reason) == (ConnectionState.SUSPENDED, "unpaid")
    assert accounts.load_custody(stored, tenant=rig.tenant, cipher=rig.cipher).session_string
    assert rig.telegram.keyring.of(the_user(rig)), "the login is Telegram's still"


async def test_it_comes_back_on_the_same_session_when_it_is_paid_again(rig: Rig) -> None:
    worker, heard, connection = await connected(rig)
    seat_id = take_seat_away(rig)
    worker.wake()
    await eventually(lambda: heard.states[-1:] == ["suspended"])
    logins = len(rig.telegram.keyring.of(the_user(rig)))
    give_seat_back(rig, seat_id)
    worker.wake()
    await rig.connected(worker, connection.account_id)
    await eventually(lambda: rig.stored(connection.account_id).state is ConnectionState.CONNECTED)
    assert len(rig.telegram.keyring.of(the_user(rig))) == logins


async def test_what_was_missed_while_it_was_suspended_is_caught_up_with(rig: Rig) -> None:
    worker, heard, connection = await connected(rig)
    ada, ben = rig.telegram.world.users[the_user(rig)], rig.telegram.world.add_user("Ben")
    seat_id = take_seat_away(rig)
    worker.wake()
    await eventually(lambda: heard.states[-1:] == ["suspended"])
    rig.telegram.post(ben, ada, "are you there?")
    give_seat_back(rig, seat_id)
    worker.wake()
    await heard.reach(1)
    assert heard.texts == ["are you there?"]
    assert connection.id == rig.stored(connection.account_id).id


async def test_another_task_that_takes_the_shard_leaves_it_at_rest(rig: Rig) -> None:
    worker, _, connection = await connected(rig)
    take_seat_away(rig)
    worker.wake()
    await eventually(lambda: lines(rig, worker, connection) is None)
    await worker.stop()
    rig.workers.remove(worker)
    other = rig.worker(Hub())
    await eventually(lambda: other.leases.owned)
    await other.sweep()
    assert rig.live(other, connection.account_id) is None
    assert rig.stored(connection.account_id).state is ConnectionState.SUSPENDED


@pytest.mark.parametrize("by_member", [True, False])
async def test_it_is_logged_out_by_its_member_at_once_and_after_thirty_days_by_itself(
    rig: Rig, *, by_member: bool
) -> None:
    worker, _, connection = await connected(rig)
    take_seat_away(rig)
    worker.wake()
    await eventually(lambda: lines(rig, worker, connection) is None)
    if by_member:
        accounts.request_disconnect(connection.account_id, tenant=rig.tenant)
    else:
        stored = rig.stored(connection.account_id)
        later = a_job(rig.tenant.workspace_id, lambda: utc_now() + SUSPENDED_FOR + timedelta(seconds=1))
        accounts.end_suspended(stored.account_id, stored.user_id, stored.since, tenant=later)
    worker.wake()
    await eventually(lambda: not rig.telegram.keyring.of(the_user(rig)))
    await eventually(
        lambda: rig.stored(connection.account_id).reason == (accounts.BY_MEMBER if by_member else "unpaid")
    )
    assert rig.stored(connection.account_id).state is ConnectionState.DISCONNECTED


def the_user(rig: Rig) -> int:
    """The one Telegram user who is connected."""
    [account] = accounts.known_accounts(rig.tenant)
    return account.telegram_user_id
