"""The stand-in of a push service, running beside the tests; the settings name it, and a pair of keys, while it does."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from chalicelib import settings
from dev.push_service import PushService, Subscription, encoded
from dev.settings import LOOPBACK
from infra.push_keys import public_of
from tests.served import served

PRIVATE = b"planted-push-private-key-32bytes"
PUBLIC = public_of(PRIVATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """The service, and where it listens."""

    service: PushService
    origin: str

    def subscribe(self, known_as: str = PUBLIC) -> tuple[dict[str, Any], Subscription]:
        """A browser subscribes: what it tells the API, and what arrives in it."""
        token, keys = self.service.subscribe(known_as)
        return {"endpoint": f"{self.origin}/to/{token}", "keys": keys}, self.service.browsers[token]


@contextmanager
def running() -> Iterator[Running]:
    """A push service on a free port, in a thread of its own."""
    service = PushService()
    with served(service.application()) as port:
        origin = f"http://{LOOPBACK}:{port}"
        with configured(WIREROOM_PUSH_SERVICE=origin):
            yield Running(service=service, origin=origin)


@contextmanager
def configured(**more: str) -> Iterator[None]:
    """Have the settings hold a pair of keys, and what more is named."""
    named = {"WIREROOM_PUSH_PUBLIC_KEY": PUBLIC, "WIREROOM_PUSH_PRIVATE_KEY": encoded(PRIVATE), **more}
    with pytest.MonkeyPatch.context() as patch:
        for variable, value in named.items():
            patch.setenv(variable, value)
        settings.current.cache_clear()
        yield
    settings.current.cache_clear()
