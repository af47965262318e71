"""A connection with an MTProxy of its member's own: obfuscated, with noise, or as a visit to some web site."""

from collections.abc import AsyncIterator

import pytest

from chalicelib.features.accounts import use_cases as accounts
from session_worker.hub import Hub
from tests.worker.connections.rig import Rig, eventually
from tests.worker.connections.test_parking import SOON, is_parked
from tests.worker.connections.test_proxies import a_worker, an_account, came_from, reasons
from tests.worker.mtproxy import KEY, PADDED, PLAIN, SITE, MtProxy

__all__ = ["came_from"]

SECRETS = pytest.mark.parametrize("secret", [PLAIN, PADDED, SITE], ids=["plain", "padded", "as a site"])


@pytest.fixture
async def proxy(rig: Rig) -> AsyncIterator[MtProxy]:
    async with MtProxy(rig.telegram.ports) as serving:
        yield serving


@SECRETS
async def test_it_connects_talks_and_rests_through_an_mtproxy_alone(
    secret: str, rig: Rig, proxy: MtProxy, came_from: list[int]
) -> None:
    ada, account_id = an_account(rig, proxy.address(secret))
    worker, heard = a_worker(rig, **SOON)

    live = await rig.connected(worker, account_id)
    rig.telegram.post(rig.telegram.world.add_user("Ben"), ada, "good morning " * 300)
    await heard.reach(1)
    sender = await live.client._borrow_exported_sender(4)  # as for a file of another data centre
    await live.client._return_exported_sender(sender)

    assert proxy.served == len(came_from) >= 2
    assert all(proxy.is_from_here(port) for port in came_from)
    assert set(proxy.tags) == {b"\xee" * 4 if secret == PLAIN else b"\xdd" * 4}
    assert {first == b"\x16\x03\x01" for first in proxy.first_bytes} == {secret == SITE}


async def test_a_parked_one_is_listened_to_through_its_mtproxy(rig: Rig, proxy: MtProxy, came_from: list[int]) -> None:
    ada, account_id = an_account(rig, proxy.address(SITE))
    worker = rig.worker(Hub(), **SOON)
    await rig.connected(worker, account_id)

    await eventually(lambda: is_parked(worker) and len(rig.telegram.lines_of(ada)) == 1)

    assert proxy.is_from_here(came_from[-1])
    assert proxy.served == len(came_from) >= 2


@pytest.mark.parametrize(
    ("secret", "reason"),
    [("00" * 16, "telegram-away"), (SITE.replace(KEY.hex(), "00" * 16), "proxy-refused-login")],
    ids=["plain", "as a site"],
)
async def test_a_wrong_secret_is_told_and_a_right_one_mends_it(
    secret: str, reason: str, rig: Rig, proxy: MtProxy, came_from: list[int]
) -> None:
    _, account_id = an_account(rig, proxy.address(secret))
    worker, heard = a_worker(rig, connect_timeout_s=0.5)
    await eventually(lambda: reasons(heard) != [])
    assert proxy.strangers >= 1
    assert came_from == []
    assert set(reasons(heard)) == {reason}

    accounts.give_proxy(account_id, proxy.address(PADDED), tenant=rig.tenant, cipher=rig.cipher)
    await rig.connected(worker, account_id)
    assert reasons(heard)[-1] is None
