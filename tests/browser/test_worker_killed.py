"""The session worker is killed while a message is on its way: one message at Telegram, a truthful bubble here."""

import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chalicelib.kernel import ids
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.product import RunningProduct
from tests.browser.screens import MAYA, await_connected, connect_by_qr, copies_at_telegram, eventually, open_chat, send

BACK_WITHIN_MS = 60_000


@pytest.mark.parametrize("after_effect", [True, False], ids=["Telegram had taken it", "Telegram had not taken it"])
def test_a_send_across_a_kill_ends_in_exactly_one_message(
    enter: Enter, product: RunningProduct, person: Person, after_effect: bool
) -> None:
    page = enter(f"/w/{person.workspace_id}/inbox", person)
    await_connected(connect_by_qr(page, product, MAYA))
    messages = open_chat(page, "Дмитрий Кузнецов")
    text = f"Across a kill {ids.mint()}"
    calls = _sends(product)
    lost = {"method": "messages.SendMessage", "drop": True, "after_effect": after_effect, "times": 1}
    product.telegram("/faults", lost)
    send(page, text)
    expect(messages.get_by_role("img", name="Sending")).to_be_visible()
    eventually("the send reached Telegram", lambda: _sends(product) > calls)
    os.kill(worker_pid(product), signal.SIGKILL)
    expect(messages.get_by_role("img", name="Sending")).to_have_count(0, timeout=BACK_WITHIN_MS)
    expect(messages.get_by_text(text)).to_have_count(1)
    expect(messages.get_by_role("img", name="Sent").last).to_be_visible()
    assert len(copies_at_telegram(product, text)) == 2, "one in the sender's box, one in the recipient's"


def worker_pid(product: RunningProduct) -> int:
    """The process of the session worker: the child of this run whose command names it."""
    children = Path(f"/proc/{product.process.pid}/task/{product.process.pid}/children").read_text().split()
    [pid] = [int(each) for each in children if b"session_worker" in Path(f"/proc/{each}/cmdline").read_bytes()]
    return pid


def _sends(product: RunningProduct) -> int:
    return int(product.telegram("/calls")["calls"].get("messages.SendMessage", 0))
