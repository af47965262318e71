"""Which proxies may be spoken to: on the internet, or, without credentials at Telegram, on this machine."""

from ipaddress import IPv4Address

import pytest

from chalicelib.features.accounts.model import Proxy
from session_worker import settings
from session_worker.settings import SettingInvalid
from session_worker.telegram import proxied
from session_worker.telegram.outcomes import ProxyNotAllowed, ProxyUnreachable, TelegramAway, fact_of
from session_worker.telegram.proxied import DataCentreAt, may_speak_to
from tests.unit.worker.test_telegram import STAND_IN


async def speak_to(host: str, *, is_loopback_only: bool) -> None:
    """Ask a proxy that is not there for a way to Telegram."""
    proxy = Proxy(host=host, port=9, username=None, password=None)
    there = DataCentreAt(2, "149.154.167.51", 443)
    way = await proxied.through(proxy, there, timeout_s=5, is_loopback_only=is_loopback_only)
    way.socket.close()


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "0.0.0.1"),
        *("10.0.0.7", "172.16.4.1", "192.168.1.1", "100.64.0.1"),
        *("169.254.169.254", "169.254.170.2", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    ],
)
def test_what_leads_into_our_own_network_is_no_proxy(address: str) -> None:
    assert not may_speak_to(IPv4Address(address), is_loopback_only=False)


def test_an_address_of_the_internet_is_one_where_there_are_credentials() -> None:
    assert may_speak_to(IPv4Address("93.184.216.34"), is_loopback_only=False)
    assert not may_speak_to(IPv4Address("93.184.216.34"), is_loopback_only=True)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
async def test_a_name_is_checked_by_what_it_leads_to(host: str) -> None:
    with pytest.raises(ProxyNotAllowed):
        await speak_to(host, is_loopback_only=False)
    with pytest.raises(ProxyUnreachable):
        await speak_to(host, is_loopback_only=True)


@pytest.mark.parametrize("host", ["proxy.example", "93.184.216.34", "10.0.0.7"])
async def test_without_credentials_no_other_machine_is_spoken_to_or_asked_for_a_name(host: str) -> None:
    with pytest.raises(ProxyNotAllowed):
        await speak_to(host, is_loopback_only=True)


def test_a_proxy_that_is_away_is_an_outage_with_a_reason_of_its_own() -> None:
    away = ProxyUnreachable()
    assert isinstance(away, TelegramAway)
    assert fact_of(away).code == "proxy-unreachable"


def test_the_worker_does_not_start_without_what_speaks_to_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "find_spec", lambda _: None)
    with pytest.raises(SettingInvalid, match="python-socks is not installed"):
        settings.read(STAND_IN)
