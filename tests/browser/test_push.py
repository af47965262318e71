"""Being told while the app is closed (product.md section 7), with a stand-in for the browser's push service alone.

No browser of the suite reaches a push service: the stand-in is asked in its place, and what it opened is handed to the
browser's own service worker as the browser would.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import CDPSession, Page, expect

from tests.browser.axe import violations_as_it_stands
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.product import RunningProduct

SETTINGS = "/settings/notifications"
SENT_WITHIN_MS = 60_000
"""What the reminder bot and push services are told is looked for every few seconds, behind what comes before it."""
A_MOMENT_MS = 20
SUBSCRIBING = """
    const made = %s;
    let isOn = false;
    const subscription = { toJSON: () => made, unsubscribe: async () => { isOn = false; return true; } };
    PushManager.prototype.subscribe = async () => { isOn = true; return subscription; };
    PushManager.prototype.getSubscription = async () => (isOn ? subscription : null);
    Object.defineProperty(Notification, "permission", { get: () => "granted" });
    Notification.requestPermission = async () => "granted";
"""
WATCHED = """() => {
    window.shown = navigator.serviceWorker.ready.then(async (worker) => {
        for (;;) {
            const shown = await worker.getNotifications();
            if (shown.length > 0) return shown.map(({title, body, tag, data}) => ({title, body, tag, data}));
            await new Promise((later) => setTimeout(later, 5));
        }
    });
}"""
"""Notes what is shown as soon as it is: without a desktop to show it on, the browser takes it for closed soon."""
BLOCKED = 'Object.defineProperty(Notification, "permission", { get: () => "denied" });'
UNSUPPORTED = "delete window.PushManager;"


def subscribing(page: Page, product: RunningProduct, person: Person) -> str:
    """Have the page's push service be the stand-in; gives what the browser is called there."""
    known_as = person.api("GET", "/me/push")[1]["public_key"]
    made = product.telegram("/push/browsers", {"known_as": known_as})
    page.context.grant_permissions(["notifications"], origin=product.origin)
    page.add_init_script(SUBSCRIBING % json.dumps({"endpoint": made["endpoint"], "keys": made["keys"]}))
    return str(made["token"])


def remind(person: Person) -> None:
    """Have something happen that they are told of at once."""
    when = {"at": (datetime.now(UTC) + timedelta(seconds=1)).isoformat()}
    path = f"/workspaces/{person.workspace_id}/reminders"
    assert person.api("POST", path, {"text": "the-planted-offer", "when": when})[0] == 201


def arrived(page: Page, product: RunningProduct, token: str) -> list[dict[str, Any]]:
    """What the browser has opened, once there is anything."""
    for _ in range(SENT_WITHIN_MS // 500):
        found: list[dict[str, Any]] = product.telegram(f"/push/browsers/{token}")["arrived"]
        if found:
            return found
        page.wait_for_timeout(500)
    raise AssertionError("nothing arrived")


def deliver_to_worker(page: Page, product: RunningProduct, told: dict[str, Any]) -> None:
    """What the browser does with a message: it wakes the service worker."""
    line: CDPSession = page.context.new_cdp_session(page)
    with_ids: list[str] = []
    line.on("ServiceWorker.workerRegistrationUpdated", lambda event: with_ids.extend(ids_in(event)))
    line.send("ServiceWorker.enable")
    while not with_ids:
        page.wait_for_timeout(A_MOMENT_MS)
    page.wait_for_function("navigator.serviceWorker.ready.then((found) => found.active.state === 'activated')")
    asked = {"origin": product.origin, "registrationId": with_ids[0], "data": json.dumps(told)}
    line.send("ServiceWorker.deliverPushMessage", asked)


def ids_in(event: dict[str, Any]) -> list[str]:
    """Of the registrations an event tells of."""
    return [str(each["registrationId"]) for each in event["registrations"]]


def test_push_is_turned_on_told_and_turned_off_in_a_browser(
    enter: Enter, settled: Person, product: RunningProduct
) -> None:
    """Per-kind settings for browser push; who and where, never what: here neither, until the app is opened."""
    page = enter("/sign-in")
    token = subscribing(page, product, settled)
    page.context.add_cookies([{"name": "wireroom", "value": settled.token, "url": product.origin}])
    page.goto(SETTINGS)
    expect(page.get_by_role("checkbox", name="A reminder is due: Push")).to_be_checked()
    switch = page.get_by_role("switch", name="Tell me in this browser")
    expect(switch).not_to_be_checked()
    switch.click()
    expect(switch).to_be_checked()
    assert violations_as_it_stands(page) == []
    remind(settled)
    [told] = arrived(page, product, token)
    assert told.keys() == {"notice", "path"}
    assert "the-planted-offer" not in str(told)
    page.evaluate(WATCHED)
    deliver_to_worker(page, product, told)
    [shown] = page.evaluate("window.shown")
    said = {"title": "Wireroom", "body": "There is something new for you."}
    assert shown == said | {"tag": told["notice"], "data": told["path"]}
    switch.click()
    expect(switch).not_to_be_checked()
    assert settled.api("GET", "/me/push")[1]["browsers"] == []


def test_a_browser_that_may_not_or_can_not_says_so(enter: Enter, person: Person) -> None:
    """States that are designed: blocked by the browser, unsupported."""
    page = enter("/sign-in", person)
    page.add_init_script(BLOCKED)
    page.goto(SETTINGS)
    switch = page.get_by_role("switch", name="Tell me in this browser")
    expect(switch).to_be_disabled()
    expect(page.get_by_text("You blocked notifications of this site.")).to_be_visible()
    assert violations_as_it_stands(page) == []
    page.add_init_script(UNSUPPORTED)
    page.reload()
    expect(page.get_by_text("This browser can't.")).to_be_visible()
    expect(switch).to_be_disabled()
