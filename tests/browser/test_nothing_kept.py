"""After a whole journey, what may not be kept is nowhere: no log, row, queue, file or trace (product boundary)."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from chalicelib.kernel import ids
from dev import stack
from dev.telegram import snapshot
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.product import RunningProduct
from tests.browser.screens import (
    DANIEL,
    DANIELS_CLOUD_PASSWORD,
    ask_for_code,
    await_connected,
    copies_at_telegram,
    eventually,
    login_code,
    open_chat,
    send,
    type_code,
)

_KEPT_BY_BROWSER = """async () => {
    const kept = [{...localStorage}, {...sessionStorage}, history.state, document.cookie];
    const answered = (request) => new Promise((settle, fail) => {
        request.onsuccess = () => settle(request.result);
        request.onerror = () => fail(request.error);
    });
    for (const {name} of await indexedDB.databases()) {
        const database = await answered(indexedDB.open(name));
        for (const store of database.objectStoreNames)
            kept.push(await answered(database.transaction(store).objectStore(store).getAll()));
    }
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys())
            kept.push(request.url, await (await cache.match(request)).text());
    }
    const asText = (_, held) => held instanceof ArrayBuffer ? new TextDecoder("latin1").decode(held) : held;
    return JSON.stringify(kept, asText);
}"""


def test_no_body_caption_draft_search_code_password_or_session_is_found_anywhere(
    enter: Enter, product: RunningProduct, person: Person, tmp_path: Path
) -> None:
    sent, received, caption, sought, typed = (f"planted {ids.mint()}" for _ in range(5))
    page = enter(f"/w/{person.workspace_id}/inbox", person)
    addresses: list[str] = []
    page.on("framenavigated", lambda frame: addresses.append(frame.url))
    dialog = ask_for_code(page, product, DANIEL)
    code = login_code(product, DANIEL)
    type_code(dialog, code)
    dialog.get_by_label("Cloud password").fill(DANIELS_CLOUD_PASSWORD)
    dialog.get_by_role("button", name="Continue").click()
    await_connected(dialog)
    messages = open_chat(page, "Omar Farouk")
    send(page, sent)
    [omar] = [each for each in product.telegram("/people") if each["name"] == "Omar Farouk"]
    to = product.telegram_account(DANIEL)["user_id"]
    product.telegram(f"/people/{omar['user_id']}/say", {"to": to, "text": received})
    messages.get_by_text(received).wait_for()
    _send_file(page, tmp_path / "agreed.txt", caption)
    eventually("the caption is sent", lambda: copies_at_telegram(product, caption) != [])
    _search(page, sought)
    before = _drafts_kept(product)
    page.get_by_role("textbox", name="Message", exact=True).fill(typed)
    eventually("the draft is Telegram's", lambda: _drafts_kept(product) > before)
    eventually("metadata written", lambda: "CHAT#" in _everything(product))
    kept = _everything(product)
    planted = [sent, received, caption, sought, typed, DANIELS_CLOUD_PASSWORD, *_auth_keys(product, to, tmp_path)]
    assert [marker for marker in planted if marker in kept] == []
    assert f'"{code}"' not in kept
    eventually("cards of chats are kept, sealed", lambda: '"iv"' in _browser_storage(page))
    stored = _browser_storage(page)
    assert [word for word in ("planted", "Omar Farouk") if word in stored] == []
    assert [address for address in addresses if "planted" in address] == []


def _send_file(page: Page, file: Path, caption: str) -> None:
    file.write_text("what was agreed")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Attach files", exact=True).click()
    chooser.value.set_files(file)
    tray = page.get_by_role("dialog")
    tray.get_by_label(f"Caption of {file.name}").fill(caption)
    tray.get_by_role("button", name="Send", exact=True).click()


def _search(page: Page, words: str) -> None:
    page.keyboard.press("Control+f")
    pane = page.get_by_role("search", name="Search in this chat")
    pane.get_by_role("searchbox").fill(words)
    pane.get_by_text("Nothing found").wait_for()
    pane.get_by_role("button", name="Close search").click()


def _drafts_kept(product: RunningProduct) -> int:
    return int(product.telegram("/calls")["calls"].get("messages.SaveDraft", 0))


def _everything(product: RunningProduct) -> str:
    """Every table item, queued message, stored object and log line of the product, as one text."""
    endpoint = f"http://127.0.0.1:{product.ports.aws}"
    parts = [product.logs(), *_items(endpoint), *_queued(endpoint), *_objects(endpoint)]
    return "\n".join(parts)


def _items(endpoint: str) -> Iterator[str]:
    database = stack.client("dynamodb", endpoint)
    for table in database.list_tables()["TableNames"]:
        for page in database.get_paginator("scan").paginate(TableName=table):
            yield json.dumps(page["Items"], default=_readable, ensure_ascii=False)


def _queued(endpoint: str) -> Iterator[str]:
    queues = stack.client("sqs", endpoint)
    for url in queues.list_queues().get("QueueUrls", []):
        answer = queues.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0)
        yield json.dumps(answer.get("Messages", []), default=str, ensure_ascii=False)


def _objects(endpoint: str) -> Iterator[str]:
    storage = stack.client("s3", endpoint)
    for bucket in storage.list_buckets()["Buckets"]:
        for each in storage.list_objects_v2(Bucket=bucket["Name"]).get("Contents", []):
            content: bytes = storage.get_object(Bucket=bucket["Name"], Key=each["Key"])["Body"].read()
            yield content.decode("latin-1")


def _auth_keys(product: RunningProduct, user_id: int, folder: Path) -> list[str]:
    """What the account's sessions are made of: hexadecimal, and base64 at each alignment inside a longer string."""
    file = folder / "telegram"
    product.telegram("/snapshot", {"file": str(file)})
    secrets = [key.secret for key in snapshot.read(file).keyring.keys.values() if key.user_id == user_id]
    assert secrets, "the account is logged in"
    encodings = (base64.b64encode, base64.urlsafe_b64encode)
    parts = [secret[skip : skip + 60] for secret in secrets for skip in range(3)]
    texts = [encode(part).decode() for part in parts for encode in encodings]
    return [*texts, *(secret[:40].hex() for secret in secrets)]


def _browser_storage(page: Page) -> str:
    """Everything the browser keeps of the app: storage, databases, caches, and what goes with the history's entry."""
    return str(page.evaluate(_KEPT_BY_BROWSER))


def _readable(value: Any) -> str:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)
