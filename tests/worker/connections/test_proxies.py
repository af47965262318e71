"""A connection with a proxy of its member's own reaches Telegram through it and in no other way."""

import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import ConnectionState, Proxy
from chalicelib.kernel.ids import AccountId
from chalicelib.table import keys
from chalicelib.table.items import Row
from dev.telegram.connection import Connection as TelegramLine
from dev.telegram.world.people import User
from session_worker.connections.supervisor import Connections
from session_worker.hub import Hub
from tests.worker.connections.rig import Heard, Rig, eventually
from tests.worker.connections.test_parking import SOON, is_parked
from tests.worker.socks import PASSWORD, USERNAME, SocksProxy, a_closed_port


@pytest.fixture
async def socks() -> AsyncIterator[SocksProxy]:
    async with SocksProxy() as proxy:
        yield proxy


@pytest.fixture
def came_from(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The port of each line that Telegram took, on the side it came from."""
    ports: list[int] = []
    taken = TelegramLine.connection_made

    def note(line: TelegramLine, transport: Any) -> None:
        ports.append(transport.get_extra_info("peername")[1])
        taken(line, transport)

    monkeypatch.setattr(TelegramLine, "connection_made", note)
    return ports


def an_account(rig: Rig, proxy: Proxy) -> tuple[User, AccountId]:
    """An account whose connection has the proxy before any line of it was opened."""
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    account_id = rig.connect(ada).account_id
    accounts.give_proxy(account_id, proxy, tenant=rig.tenant, cipher=rig.cipher)
    return ada, account_id


def a_worker(rig: Rig, **intervals: float) -> tuple[Connections, Heard]:
    hub = Hub()
    heard = rig.hear(hub)
    return rig.worker(hub, **intervals), heard


def reasons(heard: Heard) -> list[Any]:
    return [event.get("reason") for event in heard.of("connection.changed")]


async def test_it_connects_and_talks_through_the_proxy_alone(rig: Rig, socks: SocksProxy, came_from: list[int]) -> None:
    ada, account_id = an_account(rig, socks.address())
    worker, heard = a_worker(rig)

    await rig.connected(worker, account_id)
    rig.telegram.post(rig.telegram.world.add_user("Ben"), ada, "good morning")
    await heard.reach(1)

    assert socks.served == len(came_from) > 0
    assert all(socks.is_from_here(port) for port in came_from)


async def test_files_of_another_data_centre_come_through_the_proxy_too(
    rig: Rig, socks: SocksProxy, came_from: list[int]
) -> None:
    _, account_id = an_account(rig, socks.address())
    worker, _ = a_worker(rig)
    live = await rig.connected(worker, account_id)
    before = socks.served

    sender = await live.client._borrow_exported_sender(4)
    await live.client._return_exported_sender(sender)

    assert before < socks.served == len(came_from)


async def test_a_parked_one_is_listened_to_through_the_proxy(rig: Rig, socks: SocksProxy, came_from: list[int]) -> None:
    ada, account_id = an_account(rig, socks.address())
    worker = rig.worker(Hub(), **SOON)
    await rig.connected(worker, account_id)
    await eventually(lambda: is_parked(worker) and len(rig.telegram.lines_of(ada)) == 1)

    assert socks.served == len(came_from) >= 2
    assert socks.is_from_here(came_from[-1])


async def test_it_is_logged_out_through_the_proxy_which_is_then_forgotten(
    rig: Rig, socks: SocksProxy, came_from: list[int]
) -> None:
    ada, account_id = an_account(rig, socks.address())
    worker, _ = a_worker(rig)
    await rig.connected(worker, account_id)
    before = socks.served

    accounts.request_disconnect(account_id, tenant=rig.tenant)
    worker.wake()
    await eventually(lambda: rig.stored(account_id).reason == accounts.BY_MEMBER)

    assert not rig.telegram.keyring.of(ada.id)
    assert before < socks.served == len(came_from)
    assert not rig.stored(account_id).is_proxied
    assert not sealed_proxies(rig, account_id)


async def test_while_its_proxy_is_away_it_is_not_logged_out_in_another_way(
    rig: Rig, socks: SocksProxy, came_from: list[int]
) -> None:
    ada, account_id = an_account(rig, socks.address())
    worker, _ = a_worker(rig)
    await rig.connected(worker, account_id)
    socks.is_silent = True

    accounts.request_disconnect(account_id, tenant=rig.tenant)
    worker.wake()
    await eventually(lambda: len(socks.open_ones) == 1)  # the farewell, which waits for an answer
    assert rig.telegram.keyring.of(ada.id)
    socks.is_silent = False

    await eventually(lambda: not rig.telegram.keyring.of(ada.id))
    assert socks.served == len(came_from)


@pytest.mark.parametrize("trouble", ["closed", "silent", "password"])
async def test_what_is_wrong_with_a_proxy_is_told_and_tried_again(
    trouble: str, rig: Rig, socks: SocksProxy, came_from: list[int]
) -> None:
    is_login = trouble == "password"
    wrong = {
        "closed": Proxy(host="127.0.0.1", port=a_closed_port(), username=None, password=None),
        "silent": socks.address(),
        "password": socks.address(password="another"),
    }
    socks.is_silent = trouble == "silent"
    _, account_id = an_account(rig, wrong[trouble])
    worker, heard = a_worker(rig, connect_timeout_s=0.5)

    await eventually(lambda: reasons(heard))
    assert (heard.states, reasons(heard)) == (
        ["reconnecting"],
        ["proxy-refused-login" if is_login else "proxy-unreachable"],
    )
    assert came_from == []

    socks.is_silent = False
    accounts.give_proxy(account_id, socks.address(), tenant=rig.tenant, cipher=rig.cipher)
    await rig.connected(worker, account_id)
    assert reasons(heard)[-1] is None


async def test_a_proxy_that_goes_away_is_waited_for_and_never_passed_by(
    rig: Rig, socks: SocksProxy, came_from: list[int]
) -> None:
    _, account_id = an_account(rig, socks.address())
    worker, heard = a_worker(rig)
    await rig.connected(worker, account_id)

    socks.go_away()
    await eventually(lambda: reasons(heard)[-1] == "proxy-unreachable")
    assert rig.stored(account_id).state is ConnectionState.RECONNECTING
    assert set(heard.states) == {"connected", "reconnecting"}
    await socks.listen()

    await rig.connected(worker, account_id)
    assert socks.served == len(came_from)


async def test_one_that_is_given_later_takes_the_place_of_the_direct_line_and_back(
    rig: Rig, socks: SocksProxy, came_from: list[int]
) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    account_id = rig.connect(ada).account_id
    worker, _ = a_worker(rig)
    await rig.connected(worker, account_id)
    [login] = rig.telegram.keyring.of(ada.id)

    accounts.give_proxy(account_id, socks.address(), tenant=rig.tenant, cipher=rig.cipher)
    worker.wake()
    await eventually(lambda: len(rig.telegram.lines_of(ada)) == 1 and socks.is_from_here(came_from[-1]))
    accounts.remove_proxy(account_id, tenant=rig.tenant)
    worker.wake()
    await eventually(lambda: len(rig.telegram.lines_of(ada)) == 1 and not socks.open_ones)

    assert socks.served == 1
    assert rig.telegram.keyring.of(ada.id) == [login]


async def test_connecting_anew_keeps_the_proxy(rig: Rig, socks: SocksProxy, came_from: list[int]) -> None:
    ada, account_id = an_account(rig, socks.address())
    worker, _ = a_worker(rig)
    await rig.connected(worker, account_id)
    [old] = rig.telegram.keyring.of(ada.id)

    rig.connect(ada)
    worker.wake()
    await eventually(lambda: old not in rig.telegram.keyring.of(ada.id))
    await rig.connected(worker, account_id)

    assert rig.stored(account_id).is_proxied
    assert socks.served == len(came_from)


async def test_login_and_address_of_a_proxy_are_found_in_no_log_and_no_row(
    rig: Rig, socks: SocksProxy, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        _, account_id = an_account(rig, socks.address())
        worker, heard = a_worker(rig)
        await rig.connected(worker, account_id)
        accounts.give_proxy(account_id, socks.address(PASSWORD + "-wrong"), tenant=rig.tenant, cipher=rig.cipher)
        worker.wake()
        await eventually(lambda: "proxy-refused-login" in reasons(heard))

    kept = [*rows_of(rig, account_id), caplog.text, json.dumps(heard.events, default=str)]
    assert sealed_proxies(rig, account_id)
    for planted in (USERNAME, PASSWORD, f"127.0.0.1:{socks.port}"):
        assert not [text for text in kept if planted in text]


async def test_a_login_whose_proxy_is_missing_is_not_opened(rig: Rig, socks: SocksProxy, came_from: list[int]) -> None:
    _, account_id = an_account(rig, socks.address())
    rows = rig.tenant.rows(keys.account_partition(account_id))
    [row] = sealed_proxies(rig, account_id)
    rows.delete(rows.new(Row, row["sk"]))
    worker, _ = a_worker(rig)

    await worker.sweep()

    assert rig.live(worker, account_id) is None
    assert came_from == []


def sealed_proxies(rig: Rig, account_id: AccountId) -> list[Any]:
    return list(rig.tenant.rows(keys.account_partition(account_id)).plain("PROXY#"))


def rows_of(rig: Rig, account_id: AccountId) -> list[str]:
    rows = rig.tenant.rows(keys.account_partition(account_id))
    return [str(row) for row in rows.stretch("!", "~", limit=1000)[0]]
