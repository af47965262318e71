"""What tests of routes stand on besides: the providers people sign in with."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from chalicelib.features.sessions.repository import Sessions
from chalicelib.kernel.errors import Unavailable
from tests import providers
from tests.api_client import ApiClient
from tests.local_aws import LocalAws
from tests.people import Mailbox
from tests.providers import Providers, Traveller


@pytest.fixture(scope="session")
def _running_providers(local_aws: LocalAws) -> Iterator[Providers]:
    with providers.running() as running:
        yield running


@pytest.fixture
def identity_provider(_running_providers: Providers) -> Iterator[Providers]:
    """The providers, doing everything right until told otherwise."""
    yield _running_providers
    _running_providers.do_right()


@pytest.fixture
def traveller(api: ApiClient, identity_provider: Providers, mailbox: Mailbox) -> Traveller:
    """Goes to the providers and comes back."""
    return Traveller(api, identity_provider, mailbox)


@pytest.fixture
def ending_refused(monkeypatch: pytest.MonkeyPatch) -> Callable[[], AbstractContextManager[None]]:
    """A stretch in which the table refuses to end the sessions that a committed change puts an end to."""

    @contextmanager
    def refused() -> Iterator[None]:
        def refuse(*_: object, **__: object) -> int:
            raise Unavailable

        with monkeypatch.context() as patched:
            patched.setattr(Sessions, "close_opened_before", refuse)
            yield

    return refused


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rate limits off: walks along all routes ask more often than people do."""
    monkeypatch.setattr("chalicelib.adapters.limits.Limits.take", lambda *_: None)
