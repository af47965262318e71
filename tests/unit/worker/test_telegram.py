"""Who may be spoken to, and how."""

from dataclasses import replace
from pathlib import Path

import pytest

from chalicelib import __version__
from chalicelib.settings import SettingMissing
from dev.telegram.wire.rsa_key import PUBLIC_PEM
from session_worker import settings
from session_worker.connections.custody import KeptSession
from session_worker.settings import DataCentre, SettingInvalid, TelegramApi
from session_worker.telegram.client import Telegram
from session_worker.telegram.transport import LeanConnection, LeaseRunOut, NotLoopback, connection_class

STAND_IN = {"WIREROOM_TELEGRAM_DCS": "2=127.0.0.1:8484,4=127.0.0.1:8485", "WIREROOM_TELEGRAM_PUBLIC_KEY": "key.pem"}


def a_line(address: str, *, is_permitted: bool = True) -> LeanConnection:
    kind = connection_class(lambda: is_permitted, is_loopback_only=True)
    return kind(address, 443, 2, loggers={})


@pytest.mark.parametrize("address", ["149.154.167.51", "192.168.1.5", "2001:67c:4e8:f002::a"])
async def test_without_credentials_no_other_machine_is_spoken_to(address: str) -> None:
    with pytest.raises(NotLoopback):
        await a_line(address).connect(timeout=1)


async def test_nothing_is_written_once_the_lease_has_run_out(telegram_port: int) -> None:
    kind = connection_class(lambda: False, is_loopback_only=True)
    line = kind("127.0.0.1", telegram_port, 2, loggers={})
    with pytest.raises(LeaseRunOut):
        await line.connect(timeout=1)


def test_a_login_without_credentials_begins_at_the_stand_in() -> None:
    here = replace(settings.read(STAND_IN), public_key=PUBLIC_PEM)
    client = Telegram(here, lambda: True).login_client()
    assert (client.session.server_address, client.session.port) == ("127.0.0.1", 8484)


def test_with_credentials_the_stand_in_does_not_exist() -> None:
    here = settings.read({**STAND_IN, "TELEGRAM_API_ID": "12", "TELEGRAM_API_HASH": "abc"})
    assert (here.api, here.data_centres, here.public_key) == (TelegramApi(id=12, hash="abc"), (), None)
    telegram = Telegram(here, lambda: True)
    assert (telegram.api_id, telegram.api_hash) == (12, "abc")
    assert telegram.login_client().session.server_address is None


def test_we_say_who_we_are() -> None:
    here = replace(settings.read(STAND_IN), public_key=PUBLIC_PEM)
    client = Telegram(here, lambda: True).client(KeptSession())
    assert (client._init_request.device_model, client._init_request.app_version) == ("Wireroom", __version__)
    assert client.flood_sleep_threshold == 0
    assert client._auto_reconnect is False


@pytest.mark.parametrize(
    ("different", "name"),
    [
        ({"TELEGRAM_API_ID": "12"}, "TELEGRAM_API_HASH"),
        ({"WIREROOM_TELEGRAM_DCS": ""}, "WIREROOM_TELEGRAM_DCS"),
    ],
)
def test_a_missing_setting_is_named(different: dict[str, str], name: str) -> None:
    with pytest.raises(SettingMissing, match=name):
        settings.read({**STAND_IN, **different})


@pytest.mark.parametrize(
    ("different", "name"),
    [
        ({"WIREROOM_TELEGRAM_DCS": "two"}, "WIREROOM_TELEGRAM_DCS"),
        ({"WIREROOM_BEAT_S": "often"}, "WIREROOM_BEAT_S"),
        ({"WIREROOM_ABORT_AFTER_S": "50"}, "WIREROOM_ABORT_AFTER_S"),
        ({"WIREROOM_GATEWAY_PORT": "x"}, "WIREROOM_GATEWAY_PORT"),
        ({"TELEGRAM_API_ID": "x", "TELEGRAM_API_HASH": "abc"}, "TELEGRAM_API_ID"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(different: dict[str, str], name: str) -> None:
    with pytest.raises(SettingInvalid, match=name):
        settings.read({**STAND_IN, **different})


def test_settings_are_read() -> None:
    here = settings.read({**STAND_IN, "WIREROOM_SHARDS": "4", "WIREROOM_BEAT_S": "0.5"})
    assert (here.shards, here.intervals.beat_s) == (4, 0.5)
    assert here.data_centres[1] == DataCentre(id=4, host="127.0.0.1", port=8485)
    assert here.public_key == Path("key.pem")
