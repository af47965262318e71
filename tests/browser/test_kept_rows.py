"""The browser's own copy of the rows: there at once, sealed, caught up, and gone when it has to be (decision 0051)."""

import json
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.screens import chats_of, eventually
from tests.browser.table import WIDE, Table

ELENA = "Elena Petrova"
KEPT = """async () => {
    const answered = (request) => new Promise((settle, fail) => {
        request.onsuccess = () => settle(request.result);
        request.onerror = () => fail(request.error);
    });
    const found = {};
    for (const {name} of await indexedDB.databases()) {
        const database = await answered(indexedDB.open(name));
        const store = database.transaction('sealed').objectStore('sealed');
        const [keys, records] = await Promise.all([answered(store.getAllKeys()), answered(store.getAll())]);
        const text = (record) => new TextDecoder('latin1').decode(record.body);
        found[name] = Object.fromEntries(keys.map((key, place) => [key, text(records[place])]));
        database.close();
    }
    return found;
}"""


def test_rows_are_kept_sealed_and_shown_anew_while_no_chat_can_be_loaded(enter: Enter, settled: Person) -> None:
    page = enter(f"/w/{settled.workspace_id}/chats", settled, viewport=WIDE)
    Table(page, settled)
    eventually("the rows are kept", lambda: _is_kept(page))
    kept = _kept(page)
    assert list(kept) == [f"wireroom-rows-{_user_id(settled)}-{settled.workspace_id}"]
    titles = [chat["title"] for chat in chats_of(settled)]
    assert [title for title in titles if title in json.dumps(kept, ensure_ascii=False)] == []
    page.route("**/chats?*", _away)
    page.reload()
    table = Table(page, settled)
    expect(table.cell("Name", table.row_of(ELENA))).to_have_text(ELENA)
    expect(page.get_by_role("status").filter(has_text=f"{len(titles)} rows")).to_be_visible()


def test_what_happened_while_a_browser_was_away_is_caught_up_without_loading_all(enter: Enter, bare: Person) -> None:
    where = f"/workspaces/{bare.workspace_id}"
    column = bare.api("POST", f"{where}/columns", {"name": "Mood", "type": "text"})[1]
    page = enter(f"/w/{bare.workspace_id}/chats", bare, viewport=WIDE)
    Table(page, bare)
    eventually("the rows are kept", lambda: _is_kept(page))
    page.goto("about:blank")
    [elena] = [chat for chat in chats_of(bare) if chat["title"] == ELENA]
    value = f"{where}/chats/{elena['id']}/values/{column['id']}"
    assert bare.api("PUT", value, {"value": "Sunny", "version": None})[0] == 200
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/w/{bare.workspace_id}/chats")
    table = Table(page, bare)
    expect(table.cell("Mood", table.row_of(ELENA))).to_have_text("Sunny")
    assert [url for url in asked if "/chats?" in url] == []


def test_an_edit_without_network_is_sent_when_it_is_back_and_refused_where_somebody_was_faster(
    enter: Enter, bare: Person
) -> None:
    where = f"/workspaces/{bare.workspace_id}"
    column = bare.api("POST", f"{where}/columns", {"name": "Next", "type": "text"})[1]
    page = enter(f"/w/{bare.workspace_id}/chats", bare, viewport=WIDE)
    table = Table(page, bare)
    row = table.row_of(ELENA)
    table.enter("Next", row, "Call")
    page.context.set_offline(True)
    table.select("Next", row)
    table.type("Write")
    page.keyboard.press("Enter")
    expect(table.cell("Next", row)).to_have_text("Write")
    page.context.set_offline(False)
    [elena] = [chat["id"] for chat in chats_of(bare) if chat["title"] == ELENA]
    eventually("the edit is sent", lambda: _value(bare, elena, column["id"]) == "Write")
    page.context.set_offline(True)
    table.select("Next", row)
    table.type("Mine")
    page.keyboard.press("Enter")
    value = f"{where}/chats/{elena}/values/{column['id']}"
    assert bare.api("PUT", value, {"value": "Theirs", "version": 2})[0] == 200
    page.context.set_offline(False)
    expect(page.get_by_text("Someone set Next to “Theirs” before you.")).to_be_visible()
    expect(table.cell("Next", row)).to_have_text("Theirs")


def test_signing_out_leaves_nothing_in_any_tab(enter: Enter, person: Person) -> None:
    page = enter(f"/w/{person.workspace_id}/chats", person)
    other = page.context.new_page()
    for each in (page, other):
        each.goto(f"/w/{person.workspace_id}/chats")
        expect(each.get_by_text("No chats yet")).to_be_visible()
    eventually("the rows are kept", lambda: _is_kept(page))
    page.get_by_role("button", name="Your menu").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    eventually("nothing is kept", lambda: page.evaluate("indexedDB.databases()") == [])


def _away(route: Route) -> None:
    route.abort("connectionrefused")


def _kept(page: Page) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = page.evaluate(KEPT)
    return found


def _is_kept(page: Page) -> bool:
    return any("state" in records for records in _kept(page).values())


def _user_id(person: Person) -> str:
    return str(person.api("GET", "/me")[1]["user"]["id"])


def _value(person: Person, chat_id: str, column_id: str) -> Any:
    chat = person.api("GET", f"/workspaces/{person.workspace_id}/chats/{chat_id}")[1]
    return chat["values"].get(column_id, {}).get("value")
