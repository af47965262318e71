"""What most tests stand on: a clock, the table, a workspace, people with browsers, the API in this process."""

import gc
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from botocore.client import BaseClient
from botocore.exceptions import ReadTimeoutError

from chalicelib import services
from chalicelib.adapters.limits import Limits
from chalicelib.adapters.mail import Mail
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.features.workspaces.model import Person as Founder
from chalicelib.kernel import ids
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.permissions import Grants
from chalicelib.kernel.roles import Role
from chalicelib.services import Services
from chalicelib.table import aws
from chalicelib.table.cipher import Cipher
from chalicelib.table.tenant import Installation, Member, Tenant
from dev.loopback import refuse_all_but_loopback
from tests.api_client import ApiClient
from tests.furnished import Furnished, furnish
from tests.hand_clock import HandClock
from tests.local_aws import LocalAws, table_of_its_own
from tests.people import Mailbox, People
from tests.quick_passwords import quick
from tests.scene import COVERED, give_seat

# Before any test module is imported: no test opens a socket to anything but this machine.
refuse_all_but_loopback()

HERE = Path(__file__).parent
IN_THIS_PROCESS = {"adapters", "edge", "table", "tenancy"}
"""The folders of tests that start no process which would look for the table by its deployed name."""
LONGEST_FIRST = (
    "edge/test_openapi_holds.py",
    "bench",
    "infra",
    "dev/test_run.py",
    "worker/gateway/test_media",
    "worker/gateway/test_process.py",
    "worker/faults",
    "edge/test_bad_input.py",
    "tenancy",
    "browser/test_screens.py",
    "browser/test_identity_screens.py",
    "browser/test_templates.py",
)
"""Where one file may take minutes: begun last it would have every other process wait for its own to end."""
_MINTED = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{24,27}")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Ids minted while tests are collected differ from process to process; the names of tests may not."""
    return _MINTED.sub("id", val) if isinstance(val, str) and _MINTED.search(val) else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first; else the order stays that of chance."""
    items.sort(key=lambda item: _place(item.path.relative_to(HERE).as_posix()))


def _place(file: str) -> int:
    return next((place for place, begun in enumerate(LONGEST_FIRST) if file.startswith(begun)), len(LONGEST_FIRST))


def pytest_collection_finish() -> None:
    """All modules are there to stay: the garbage collector need not look through them again and again."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the walking tests tried, said where a reader of the run looks."""
    passed = terminalreporter.getreports("passed")
    for tried in sorted(said for report in passed for name, said in report.user_properties if name == "boundary"):
        terminalreporter.write_line(f"boundary: {tried}")


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """A quarter of the suite's time would be Argon2's."""
    with quick():
        yield


@pytest.fixture(scope="module", autouse=True)
def own_table(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests that speak to the table from this process alone have it to themselves, a module of them at a time."""
    if request.path.relative_to(HERE).parts[0] not in IN_THIS_PROCESS:
        yield
        return
    with table_of_its_own(request.getfixturevalue("local_aws")):
        yield


@pytest.fixture
def clock() -> HandClock:
    """The time, until a test moves it."""
    return HandClock()


@pytest.fixture
def installation(local_aws: LocalAws, clock: HandClock) -> Installation:
    """Rows outside every workspace."""
    return Installation(clock)


@pytest.fixture
def tenant(installation: Installation) -> Tenant:
    """A fresh workspace, in the hands of its Owner."""
    return a_workspace(installation)


@pytest.fixture
def other_tenant(installation: Installation) -> Tenant:
    """Somebody else's fresh workspace."""
    return a_workspace(installation, full_name="Boris Ivanov")


def a_workspace(installation: Installation, full_name: str = "Olga Ownerova") -> Tenant:
    """Found a workspace and take its Owner's handle."""
    owner = Founder(
        user_id=UserId(ids.mint()),
        full_name=full_name,
        username=f"u_{ids.mint()[10:].lower()}",
        email="owner@example.com",
        is_email_verified=True,
    )
    actor = Actor(kind=ActorKind.USER, id=owner.user_id, name=full_name, address="192.0.2.1", device="Test Browser")
    made = workspaces.create_workspace("Acme", founder=owner, actor=actor, installation=installation)
    give_seat(made.id, owner.user_id)
    return Tenant(
        made.id,
        actor,
        Member(user_id=owner.user_id, grants=Grants(role=Role.OWNER, toggles={}), version=1, coverage=COVERED),
        installation.now,
    )


@pytest.fixture
def on_test_clock(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Services:
    """What the Lambdas reach out through, on the test's clock."""
    return _put_in_place(installation, monkeypatch)


def _put_in_place(installation: Installation, patch: pytest.MonkeyPatch) -> Services:
    made = Services(
        clock=installation.now,
        installation=installation,
        limits=Limits(installation),
        mail=Mail(),
        cipher=Cipher(),
    )
    patch.setattr(services, "current", lambda: made)
    return made


@pytest.fixture
def api(on_test_clock: Services) -> ApiClient:
    """The API, on the test's clock."""
    from app import app

    return ApiClient(app)


@pytest.fixture
def furnished(api: ApiClient, people: People) -> Furnished:
    """A workspace with one of everything a path can name."""
    return furnish(api, people)


@pytest.fixture(scope="module")
def furnished_once(local_aws: LocalAws) -> Iterator[Furnished]:
    """The same for all tests of a module that take nothing out of it; that none did is seen when they are done."""
    from app import app
    from tests.every_route import looked_at

    api = ApiClient(app)
    with _beyond_limits():
        made = furnish(api, People(api, Mailbox(local_aws.endpoint)))
        before = looked_at(api, made.owner.browser, made.ids)
    yield made
    with _beyond_limits():
        assert looked_at(api, made.owner.browser, made.ids) == before


@contextmanager
def _beyond_limits() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        _put_in_place(Installation(HandClock()), patch)
        patch.setattr(Limits, "take", lambda *_: None)
        yield


@pytest.fixture
def mailbox(local_aws: LocalAws) -> Mailbox:
    """Letters that were sent."""
    return Mailbox(local_aws.endpoint)


@pytest.fixture
def people(api: ApiClient, mailbox: Mailbox) -> People:
    """Makes people who are signed in."""
    return People(api, mailbox)


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """Every line logged so far, with all of its fields; that there is one is asserted, or nothing could be missed."""
    caplog.set_level(logging.INFO)

    def lines() -> str:
        assert caplog.records
        return "\n".join(str(vars(line)) for line in caplog.records)

    return lines


@pytest.fixture
def verified_hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password hash that something was compared with, in order: what a refusal costs, without a clock."""
    compared: list[str] = []
    verify = PasswordHasher.verify

    def noting(hasher: PasswordHasher, kept: str, password: str) -> bool:
        compared.append(kept)
        return verify(hasher, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", noting)
    return compared


@pytest.fixture
def calls_made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every call to AWS, in order: what a request spends its time on, without a clock."""
    made: list[str] = []
    call = BaseClient._make_api_call

    def noting(client: Any, operation: str, parameters: Any) -> Any:
        made.append(operation)
        return call(client, operation, parameters)

    monkeypatch.setattr(BaseClient, "_make_api_call", noting)
    return made


@pytest.fixture
def mail_away(local_aws: LocalAws) -> Callable[[], AbstractContextManager[None]]:
    """Makes SES not answer for the length of a block."""

    def lost(**_: object) -> None:
        raise ReadTimeoutError(endpoint_url="http://mail")

    @contextmanager
    def away() -> Iterator[None]:
        events = aws.client("sesv2").meta.events
        events.register("before-call.sesv2.SendEmail", lost)
        try:
            yield
        finally:
            events.unregister("before-call.sesv2.SendEmail", lost)

    return away
