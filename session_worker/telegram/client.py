"""The one place that builds Telegram clients: whose credentials, which data centres, which line, how they behave.

Without TELEGRAM_API_ID there is only the stand-in on this machine: its key is trusted, its data centres are known, and
the line refuses any other address. With it, only Telegram: neither that key nor those addresses exist.
"""

import logging
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from typing import Any, Final

from telethon import TelegramClient
from telethon.crypto import aes, rsa
from telethon.tl import functions
from telethon.tl.alltlobjects import LAYER

from chalicelib import __version__
from session_worker.connections.custody import KeptSession
from session_worker.settings import WorkerSettings
from session_worker.telegram import transport
from session_worker.telegram.lean import LeanClient
from session_worker.telegram.parked import OnEnd, ParkedSession
from session_worker.telegram.transport import LeanConnection

STAND_IN_API: Final = (1, "stand-in")
_WE_ARE: Final[dict[str, Any]] = {"device_model": "Wireroom", "system_version": "server", "app_version": __version__}
_ENTITY_CACHE: Final = 1_000


_LINE_S: Final = 10
_PROXY_SHARE: Final = 0.8
"""Of the time a line may take to open, what a proxy may take, so that its silence is not taken for Telegram's."""


class CryptgMissing(RuntimeError):
    """Without cryptg each message costs four times the CPU; the worker does not start."""


class Telegram:
    """Makes clients. One a process, since Telethon's keys and list of data centres are the process's."""

    def __init__(self, settings: WorkerSettings, permit: Callable[[], bool]) -> None:
        if find_spec("cryptg") is None or aes.cryptg is None:
            raise CryptgMissing("cryptg is not installed; `make tools` installs it")
        TelegramClient._config = None
        LeanClient._config = None
        self._settings = settings
        api = settings.api
        self.api_id, self.api_hash = (api.id, api.hash) if api else STAND_IN_API
        self._is_stand_in = settings.api is None
        self._line: type[LeanConnection] = transport.connection_class(
            permit,
            is_loopback_only=self._is_stand_in,
            proxy_timeout_s=min(settings.intervals.connect_timeout_s, _LINE_S) * _PROXY_SHARE,
        )
        self._silence = _silent_logger()
        if settings.public_key is not None:
            rsa.add_key(settings.public_key.read_text(), old=False)

    def client(self, session: KeptSession, may_write: Callable[[], bool] | None = None) -> LeanClient:
        """A client of a kept login; its owner connects and disconnects it. `may_write` is asked at each write."""
        client = self._build(session)
        if may_write is not None:
            client._connection = partial(self._line, may_write=may_write)
        return client

    def parked(self, session: KeptSession, on_end: OnEnd, may_write: Callable[[], bool] | None = None) -> ParkedSession:
        """A line that only listens for a kept login with a known update state; its owner opens and closes it."""
        line = self._line(
            session.server_address or "",
            session.port or 0,
            session.dc_id,
            may_write=may_write,
            proxy=session.proxy,
        )
        return ParkedSession(line, session.auth_key, session.position(), self._introduce, on_end)

    def _introduce(self, request: Any) -> Any:
        """A first request, with what Telethon's `connect` says of us."""
        told = functions.InitConnectionRequest(
            api_id=self.api_id, query=request, system_lang_code="en", lang_pack="", lang_code="en", **_WE_ARE
        )
        return functions.InvokeWithLayerRequest(LAYER, told)

    def login_client(self, session_string: str = "") -> LeanClient:
        """A client for the length of a login; nobody is logged in with it yet unless a login is given."""
        session = KeptSession(session_string)
        if self._is_stand_in and not session_string:
            first = self._settings.data_centres[0]
            session.set_dc(first.id, first.host, first.port)
        return self._build(session)

    def abort(self) -> int:
        """End every line at once, without saying goodbye; returns how many."""
        return transport.abort_all(self._line)

    def _build(self, session: KeptSession) -> LeanClient:
        return LeanClient(
            session,
            self.api_id,
            self.api_hash,
            connection=self._line,
            proxy=session.proxy,  # ours; Telethon only hands it to each line
            base_logger=self._silence,
            **_WE_ARE,
            timeout=_LINE_S,
            connection_retries=1,
            retry_delay=0,
            request_retries=1,  # a repetition waits 2 s, also for answers that no repetition changes
            auto_reconnect=False,
            catch_up=True,
            receive_updates=True,
            sequential_updates=True,
            flood_sleep_threshold=0,
            raise_last_call_error=True,
            entity_cache_limit=_ENTITY_CACHE,
        )


def _silent_logger() -> logging.Logger:
    """Telethon's log lines quote what it received; we log outcomes ourselves."""
    silence = logging.getLogger("telethon.silenced")
    silence.setLevel(logging.CRITICAL + 1)
    silence.propagate = False
    return silence
