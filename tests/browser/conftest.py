"""A running product and browsers that are signed in."""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dev.settings import ROOT
from tests.browser.people import COOKIE, Person, bring_in, join
from tests.browser.product import RunningProduct, running_product
from tests.browser.screens import MAYA, await_connected, chats_of, connect_by_qr

PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)

PICTURES = ROOT / "test-results"
"""What was on the screen when a test failed."""
FAILED = pytest.StashKey[bool]()

Enter = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, or whichever `make test` found, with a microphone that beeps."""
    found = os.environ.get("WIREROOM_CHROMIUM") or shutil.which("chromium")
    chosen = {"executable_path": found} if found else {}
    beeps = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    return {**browser_type_launch_args, **chosen, "args": ["--disable-dev-shm-usage", *beeps]}


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProduct]:
    """The whole product, once for all journeys that leave it as they found it."""
    with running_product(tmp_path_factory.mktemp("product")) as started:
        yield started


@pytest.fixture
def person(product: RunningProduct) -> Person:
    """Somebody with a workspace of their own and nothing in it."""
    return join(product, "Robin Vale")


@pytest.fixture(scope="module")
def settled(browser: Browser, product: RunningProduct) -> Person:
    """Somebody with an account connected: one for the tests of a file that only look at chats and change values."""
    someone = join(product, "Robin Vale")
    with closing(new_context(browser, product, someone)) as context:
        page = context.new_page()
        page.goto(f"/w/{someone.workspace_id}/inbox")
        await_connected(connect_by_qr(page, product, MAYA))
    return someone


OWN_FIELDS = {"assignee", "priority", "email", "phone", "first_name", "last_name"}


@pytest.fixture
def bare(settled: Person) -> Iterator[Person]:
    """The settled person, whose views, columns, tags and chats' own fields are taken away again afterwards."""
    yield settled
    views = f"/workspaces/{settled.workspace_id}/views"
    for view in settled.api("GET", views)[1]["views"]:
        assert settled.api("DELETE", f"{views}/{view['id']}")[0] == 204
    where = f"/workspaces/{settled.workspace_id}/columns"
    for column in settled.api("GET", where)[1]["columns"]:
        if column["reserved"]:
            assert settled.api("PATCH", f"{where}/{column['id']}", {"options": []})[0] == 200
        else:
            assert settled.api("DELETE", f"{where}/{column['id']}")[0] == 204
    for chat in chats_of(settled):
        held = {name: None for name, value in chat["card"].items() if name in OWN_FIELDS and value is not None}
        if held:
            wish = {"version": chat["card"]["version"], **held}
            assert settled.api("PATCH", f"/workspaces/{settled.workspace_id}/chats/{chat['id']}/card", wish)[0] == 200


@pytest.fixture(scope="module")
def teammate_of_settled(product: RunningProduct, settled: Person) -> Person:
    """A second member of that workspace, who has connected nothing."""
    other = join(product, "Sam Ferrer")
    bring_in(settled, other)
    return other


def new_context(
    browser: Browser, product: RunningProduct, someone: Person | None = None, **options: Any
) -> BrowserContext:
    """A browser of one's own, signed in as somebody or as nobody."""
    context = browser.new_context(
        base_url=product.origin,
        viewport=options.pop("viewport", {"width": 1440, "height": 900}),
        reduced_motion="reduce",
        timezone_id="UTC",
        permissions=["clipboard-read", "clipboard-write"],
        **options,
    )
    context.set_default_timeout(PATIENCE_MS)
    if someone is not None:
        context.add_cookies([{"name": COOKIE, "value": someone.token, "url": product.origin}])
    return context


@pytest.fixture
def enter(browser: Browser, product: RunningProduct, request: pytest.FixtureRequest) -> Iterator[Enter]:
    """Open a page of the app in a browser of one's own, signed in as somebody or as nobody."""
    contexts: list[BrowserContext] = []

    def open_page(path: str, someone: Person | None = None, **options: Any) -> Page:
        context = new_context(browser, product, someone, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for number, context in enumerate(contexts):
        if request.node.stash.get(FAILED, False):
            for page in context.pages:
                page.screenshot(path=PICTURES / f"{request.node.name}-{number}.png")
        context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note a failure, so that `enter` keeps a picture of what was on the screen."""
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report
