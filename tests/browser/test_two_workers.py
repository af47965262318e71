"""Two people on two tasks of the session worker, one of which is killed while they talk."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chalicelib.features.accounts.model import shard_of
from chalicelib.kernel import ids
from chalicelib.kernel.ids import UserId
from chalicelib.settings import DEFAULT_SHARDS
from dev import product as dev_product
from tests.browser.conftest import Enter
from tests.browser.people import Person, join
from tests.browser.product import RunningProduct, running_product
from tests.browser.screens import (
    DANIEL,
    DANIELS_CLOUD_PASSWORD,
    MAYA,
    await_connected,
    await_loaded,
    connect_by_phone,
    connect_by_qr,
    copies_at_telegram,
    eventually,
    open_chat,
    send,
)
from tests.browser.test_conversation import act, bubble, field_of
from tests.browser.test_media import attach, pictures
from tests.local_aws import free_port

NO_NETWORK = "No connection. What you see may be old; it catches up by itself."
WHEN = ("Before", "During", "Answered", "After", "Shown")
BACK_WITHIN_MS = 60_000
WATCH = """
window.shown = [];
new MutationObserver(() => {
  for (const each of document.querySelectorAll('[role=alert], [role=status], [role=alertdialog]')) {
    const text = each.textContent.trim();
    if (text && !window.shown.includes(text)) window.shown.push(text);
  }
}).observe(document, {childList: true, subtree: true, characterData: true});
"""


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProduct]:
    """A product of its own with two tasks, which have shared the shards between them."""
    second = str(free_port())
    with running_product(tmp_path_factory.mktemp("two-workers"), WIREROOM_SECOND_WORKER=second) as started:
        half = DEFAULT_SHARDS // 2
        eventually("each holds half", lambda: all(len(_held(started, name)) == half for name in _TASKS), within_s=60)
        yield started


def test_a_conversation_goes_on_while_one_s_worker_is_killed_with_at_most_a_quiet_banner(
    enter: Enter, product: RunningProduct, tmp_path: Path
) -> None:
    maya, daniel = _two_on_different_tasks(product)
    hers = enter(f"/w/{maya.workspace_id}/inbox", maya)
    await_connected(connect_by_qr(hers, product, MAYA))
    his = enter(f"/w/{daniel.workspace_id}/inbox", daniel)
    dialog = connect_by_phone(his, product, DANIEL)
    dialog.get_by_label("Cloud password").fill(DANIELS_CLOUD_PASSWORD)
    dialog.get_by_role("button", name="Continue").click()
    await_connected(dialog)
    her_messages, his_messages = open_chat(hers, "Launch crew"), open_chat(his, "Launch crew")
    before, during, answered, after, shown = (f"{when} {ids.mint()}" for when in WHEN)
    send(hers, before)
    expect(his_messages.get_by_text(before)).to_be_visible()
    for page in (hers, his):
        page.get_by_role("region", name="Conversations").get_by_label("Search chats").fill("")
        expect(page.get_by_text("The chats are in the workspace.")).to_have_count(0)
        await_loaded(page)
        page.evaluate(WATCH)

    os.kill(_pid(product, _task_of(product, maya)), signal.SIGKILL)
    send(hers, during)
    send(his, answered)

    expect(
        his_messages.get_by_role("article").filter(has_text=answered).get_by_role("img", name="Sent")
    ).to_be_visible()
    expect(her_messages.get_by_role("img", name="Sending")).to_have_count(0, timeout=BACK_WITHIN_MS)
    expect(her_messages.get_by_text(answered)).to_have_count(1, timeout=BACK_WITHIN_MS)
    expect(his_messages.get_by_text(during)).to_have_count(1)
    act(his, his_messages, during, "React with 👍")
    expect(bubble(her_messages, during).get_by_role("button", name="👍, 1")).to_be_visible()
    send(hers, after)
    expect(bubble(her_messages, after).get_by_role("img", name="Read")).to_be_visible()
    field_of(hers).press("ArrowUp")
    field_of(hers).fill(f"{after}, corrected")
    hers.get_by_role("button", name="Save").click()
    expect(bubble(his_messages, f"{after}, corrected").get_by_text("edited")).to_be_visible()
    tray = attach(hers, pictures(tmp_path, 1))
    tray.get_by_label("Caption of picture-0.png").fill(shown)
    tray.get_by_role("button", name="Send", exact=True).click()
    expect(bubble(his_messages, shown).get_by_role("button", name="Open photo")).to_be_visible()
    for messages in (her_messages, his_messages):
        for text in (before, during, answered, after, shown):
            expect(messages.get_by_text(text)).to_have_count(1)
    assert {len(copies_at_telegram(product, text)) for text in (during, answered)} == {
        _boxes_of_the_group(product, before)
    }
    assert set(_shown(hers)) <= {NO_NETWORK}, "at most the quiet banner"
    assert _shown(his) == [], "whoever lives at the other task notices nothing"


_TASKS = (dev_product.WORKER, dev_product.SECOND_WORKER)


def _two_on_different_tasks(product: RunningProduct) -> tuple[Person, Person]:
    first, second = join(product, "Robin Vale"), join(product, "Dana Reed")
    while _task_of(product, first) == _task_of(product, second):
        second = join(product, "Dana Reed")
    return first, second


def _task_of(product: RunningProduct, person: Person) -> str:
    """Which of the two holds the person's shard; a session token begins with its person's id."""
    shard = shard_of(UserId(person.token.partition(".")[0]), DEFAULT_SHARDS)
    [task] = [name for name in _TASKS if shard in _held(product, name)]
    return task


def _held(product: RunningProduct, task: str) -> set[int]:
    """The shards that a task claimed and has not given back, by its log."""
    held: set[int] = set()
    for line in (product.local / "logs" / f"{task}.log").read_text().splitlines():
        if '"shard.' in line:
            told = json.loads(line)
            (held.add if told["message"] == "shard.claimed" else held.discard)(told["shard"])
    return held


def _pid(product: RunningProduct, task: str) -> int:
    """The process of a task: the child of this run that listens at its port's log."""
    children = Path(f"/proc/{product.process.pid}/task/{product.process.pid}/children").read_text().split()
    log = product.local / "logs" / f"{task}.log"
    [pid] = [int(each) for each in children if Path(f"/proc/{each}/fd/1").resolve() == log]
    return pid


def _boxes_of_the_group(product: RunningProduct, text: str) -> int:
    """In how many boxes one message of the group lies."""
    return len(copies_at_telegram(product, text))


def _shown(page: Page) -> list[str]:
    """What the page announced since it was watched, but who is typing."""
    return [str(text) for text in page.evaluate("window.shown") if not str(text).endswith("typing…")]
