"""What the session worker alone reads from the environment: Telegram, the gateway's address, every interval."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from chalicelib.settings import DEFAULT_SHARDS, SettingMissing


class SettingInvalid(RuntimeError):
    """A variable has a value that can't be used; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCentre:
    """Where a data centre of the local stand-in listens."""

    id: int
    host: str
    port: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramApi:
    """The installation's own credentials at Telegram (https://my.telegram.org)."""

    id: int
    hash: str

    def __repr__(self) -> str:
        return f"TelegramApi(id={self.id})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals:
    """Seconds between what is done again and again, each `WIREROOM_<NAME>`, and how fast things may be done."""

    beat_s: float = 10
    fence_after_s: float = 40
    abort_after_s: float = 20
    sweep_s: float = 10
    save_after_s: float = 10
    fold_after_s: float = 600
    ping_s: float = 60
    check_s: float = 300
    park_after_s: float = 300
    connect_timeout_s: float = 20
    first_backoff_s: float = 1
    longest_backoff_s: float = 60
    key_retry_s: float = 60
    connects_per_s: float = 20
    dialog_page_s: float = 1.5
    table_timeout_s: float = 20
    standing_s: float = 4
    due_s: float = 10
    place_s: float = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSettings:
    """The worker's configuration. Without `api` there is only the local stand-in, on loopback."""

    gateway_host: str
    gateway_port: int
    side_door_port: int = 0
    shards: int
    threads: int
    api: TelegramApi | None
    data_centres: tuple[DataCentre, ...]
    public_key: Path | None
    intervals: Intervals


def read(environment: Mapping[str, str]) -> WorkerSettings:
    """Settings from an environment.

    Raises:
        SettingMissing: naming the variable.
        SettingInvalid: naming the variable, or the package without which members' proxies would be passed by.
    """
    if find_spec("python_socks") is None:
        raise SettingInvalid("python-socks is not installed, and connections with a proxy must not go without it")
    api = _api(environment)
    public_key = environment.get("WIREROOM_TELEGRAM_PUBLIC_KEY")
    if api is None and not (public_key and environment.get("WIREROOM_TELEGRAM_DCS")):
        raise SettingMissing(
            "Without TELEGRAM_API_ID the worker needs WIREROOM_TELEGRAM_DCS and WIREROOM_TELEGRAM_PUBLIC_KEY"
        )
    return WorkerSettings(
        gateway_host=environment.get("WIREROOM_GATEWAY_HOST", "127.0.0.1"),
        gateway_port=_whole(environment, "WIREROOM_GATEWAY_PORT", 8482),
        side_door_port=_whole(environment, "WIREROOM_SIDE_DOOR_PORT", 0),
        shards=_whole(environment, "WIREROOM_SHARDS", DEFAULT_SHARDS),
        threads=_whole(environment, "WIREROOM_THREADS", 6),
        api=api,
        data_centres=() if api else _data_centres(environment["WIREROOM_TELEGRAM_DCS"]),
        public_key=None if api or not public_key else Path(public_key),
        intervals=_intervals(environment),
    )


@cache
def current() -> WorkerSettings:
    """The worker's settings, read once."""
    return read(os.environ)


def _api(environment: Mapping[str, str]) -> TelegramApi | None:
    """Both or neither: half a pair must not quietly become the stand-in."""
    api_id, api_hash = environment.get("TELEGRAM_API_ID"), environment.get("TELEGRAM_API_HASH")
    if not api_id and not api_hash:
        return None
    if not api_id or not api_hash:
        raise SettingMissing("TELEGRAM_API_ID and TELEGRAM_API_HASH are set together or not at all")
    return TelegramApi(id=_whole(environment, "TELEGRAM_API_ID", 0), hash=api_hash)


def _data_centres(text: str) -> tuple[DataCentre, ...]:
    """`2=127.0.0.1:8484,4=127.0.0.1:8485`; logins begin at the first."""
    try:
        return tuple(_data_centre(part) for part in text.split(","))
    except ValueError:
        raise SettingInvalid("WIREROOM_TELEGRAM_DCS is not like 2=127.0.0.1:8484,4=127.0.0.1:8485") from None


def _data_centre(text: str) -> DataCentre:
    number, _, address = text.strip().partition("=")
    host, _, port = address.rpartition(":")
    return DataCentre(id=int(number), host=host.strip("[]"), port=int(port))


def _intervals(environment: Mapping[str, str]) -> Intervals:
    chosen = {
        name: _positive(f"WIREROOM_{name.upper()}", environment[f"WIREROOM_{name.upper()}"])
        for name in Intervals.__slots__
        if f"WIREROOM_{name.upper()}" in environment
    }
    intervals = Intervals(**chosen)
    if not intervals.beat_s < intervals.abort_after_s < intervals.fence_after_s:
        raise SettingInvalid("WIREROOM_BEAT_S < WIREROOM_ABORT_AFTER_S < WIREROOM_FENCE_AFTER_S must hold")
    return intervals


def _positive(name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < 86_400:
        raise SettingInvalid(f"{name} is a number of seconds above 0")
    return number


def _whole(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, str(default))
    if not text.isdecimal():
        raise SettingInvalid(f"{name} is a whole number")
    return int(text)
