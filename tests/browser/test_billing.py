"""Seats from the trial to the end of a subscription, as an Owner buys, gives, changes and gives them up on screen."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations_as_it_stands
from tests.browser.buying import buy, seats
from tests.browser.conftest import Enter
from tests.browser.people import Person, bring_in, join
from tests.browser.product import RunningProduct
from tests.browser.screens import MAYA, await_connected, chats_of, connect_by_qr
from tests.browser.trials import end_trial

TRIAL_OVER = "The trial is over. Everything is kept and can be read; with seats your team goes on."


def test_the_trial_begins_with_the_first_account_and_leaves_everything_readable_when_it_ends(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    page = enter(f"/w/{person.workspace_id}/settings/billing", person)
    expect(page.get_by_role("heading", name="No seat yet")).to_be_visible()
    page.goto(f"/w/{person.workspace_id}/inbox")
    await_connected(connect_by_qr(page, product, MAYA))
    page.goto(f"/w/{person.workspace_id}/settings/billing")
    expect(page.get_by_text("3 days left")).to_be_visible()
    end_trial(product, person)
    chat = chats_of(person)[0]
    page.goto(f"/w/{person.workspace_id}/inbox/{chat['id']}")
    expect(page.get_by_text(TRIAL_OVER)).to_be_visible()
    expect(page.get_by_role("textbox", name="Message", exact=True)).to_be_disabled()
    expect(page.locator("#composer-blocked")).to_contain_text("The trial is over.")
    page.goto(f"/w/{person.workspace_id}/chats")
    expect(page.get_by_role("main").get_by_text("The trial is over. See plans and seats")).to_be_visible()
    page.goto(f"/w/{person.workspace_id}/settings/accounts?connect=true")
    blocked = page.get_by_role("dialog", name="Connect a Telegram account")
    expect(blocked.get_by_role("heading", name="The trial is over")).to_be_visible()
    blocked.get_by_role("link", name="See plans and seats").click()
    expect(page.get_by_role("heading", name="Buy seats")).to_be_visible()


def test_seats_are_bought_and_the_plan_fills_itself(enter: Enter, product: RunningProduct, person: Person) -> None:
    page = buy(enter, person, pro=3)
    expect(page.get_by_text("0 of 3 seats in use")).to_be_visible()
    page.get_by_role("button", name="Take a seat myself").click()
    mine = seats(page).get_by_role("row", name=re.compile("Robin Vale"))
    expect(mine).to_contain_text("In use")
    expect(mine).to_contain_text("0 of 5")
    page.get_by_role("button", name="Invite into one").click()
    dialog = page.get_by_role("dialog", name="Invite to the workspace")
    expect(dialog.get_by_role("radio", name="Pro seat (2 free)")).to_be_checked()
    dialog.get_by_role("button", name="Create link").click()
    link = dialog.get_by_label("Invitation link").input_value()
    page.keyboard.press("Escape")
    expect(seats(page).get_by_role("row", name=re.compile("Anyone with the link"))).to_contain_text("Invited")
    other = join(product, "Sam Ferrer")
    assert other.api("POST", "/invites/accept", {"token": link.rpartition("#")[2]})[0] == 200
    expect(seats(page).get_by_role("row", name=re.compile("Sam Ferrer"))).to_contain_text("In use")
    expect(page.get_by_role("table").last).to_contain_text("Paid")


def test_a_change_is_seen_with_what_it_costs_before_it_is_confirmed(enter: Enter, person: Person) -> None:
    page = buy(enter, person, pro=1)
    page.get_by_role("button", name="One more: Pro seats").click()
    page.get_by_role("button", name="See what it costs").click()
    dialog = page.get_by_role("dialog", name="What the change costs")
    expect(dialog.get_by_role("row", name=re.compile("Taken now"))).to_contain_text("€")
    expect(dialog.get_by_text("€78 a month before tax.")).to_be_visible()
    dialog.get_by_role("button", name="Leave it as it is").click()
    expect(page.get_by_text("0 of 1 seat in use")).to_be_visible()
    page.get_by_role("button", name="See what it costs").click()
    dialog.get_by_role("button", name="Confirm the change").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("0 of 2 seats in use")).to_be_visible()


def test_fewer_seats_than_people_sit_on_is_refused_with_what_to_free(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    bring_in(person, join(product, "Sam Ferrer"))
    page = buy(enter, person, pro=2)
    page.get_by_role("button", name="Take a seat myself").click()
    expect(page.get_by_text("1 of 2 seats in use")).to_be_visible()
    free = seats(page).get_by_role("row", name=re.compile("Nobody"))
    free.get_by_role("button", name="Actions for seat").click()
    page.get_by_role("menuitem", name="Give it to a member…").click()
    dialog = page.get_by_role("dialog", name="Who gets this seat?")
    dialog.get_by_role("radio", name="Sam Ferrer").check()
    dialog.get_by_role("button", name="Give the seat").click()
    expect(page.get_by_text("2 of 2 seats in use")).to_be_visible()
    page.get_by_role("button", name="One fewer: Pro seats").click()
    page.get_by_role("button", name="See what it costs").click()
    preview = page.get_by_role("dialog", name="What the change costs")
    expect(preview.get_by_role("alert")).to_contain_text("Free 1 seat first.")
    preview.get_by_role("button", name="Show the seats").click()
    expect(page.locator("#seats")).to_be_focused()
    taken = seats(page).get_by_role("row", name=re.compile("Sam Ferrer"))
    taken.get_by_role("button", name="Actions for seat").click()
    page.get_by_role("menuitem", name="Free the seat").click()
    page.get_by_role("dialog", name="Free the seat of Sam Ferrer?").get_by_role("button", name="Free the seat").click()
    expect(page.get_by_text("1 of 2 seats in use")).to_be_visible()


def test_a_subscription_is_cancelled_with_its_period_and_taken_up_again(enter: Enter, person: Person) -> None:
    page = buy(enter, person, pro=1)
    page.get_by_role("button", name="Cancel subscription").click()
    dialog = page.get_by_role("dialog", name="Cancel the subscription?")
    dialog.get_by_role("button", name="End with the period").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("Until then nothing changes.")).to_be_visible()
    page.get_by_role("button", name="Keep the subscription").click()
    expect(page.get_by_text("Next: €39 before tax")).to_be_visible()


def test_whoever_leaves_the_payment_page_has_bought_nothing(enter: Enter, person: Person) -> None:
    page = enter(f"/w/{person.workspace_id}/settings/billing", person)
    page.get_by_role("button", name="Continue to payment").click()
    page.get_by_role("button", name="Back without buying").click()
    expect(page.get_by_text("Nothing was bought")).to_be_visible()
    expect(page.get_by_role("heading", name="No seats yet")).to_be_visible()


def test_only_owners_see_plan_and_seats_and_others_read_whom_to_ask(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    other = join(product, "Sam Ferrer")
    bring_in(person, other, role="admin")
    page = enter(f"/w/{person.workspace_id}/settings/billing", other)
    expect(page.get_by_text("Only Owners may do this. Ask Robin Vale.")).to_be_visible()
    expect(page.get_by_role("button", name="Continue to payment")).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_on_plan_and_seats(enter: Enter, person: Person, width: int) -> None:
    page = buy(enter, person, pro=2, viewport={"width": width, "height": 900})
    page.get_by_role("button", name="Take a seat myself").click()
    expect(seats(page).get_by_text("In use")).to_be_visible()
    assert violations_as_it_stands(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name="One more: Basic seats").click()
    page.get_by_role("button", name="See what it costs").click()
    expect(page.get_by_role("row", name=re.compile("Taken now"))).to_be_visible()
    assert violations_as_it_stands(page) == []


def test_seats_are_bought_by_keyboard_alone(enter: Enter, person: Person) -> None:
    page = enter(f"/w/{person.workspace_id}/settings/billing", person)
    page.get_by_role("textbox", name="Pro seats").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("textbox", name="Pro seats")).to_have_value("2")
    expect(page.get_by_text("€78 a month")).to_be_visible()
    page.get_by_role("button", name="Continue to payment").press("Enter")
    page.get_by_role("button", name="Subscribe").press("Enter")
    expect(page.get_by_text("Paid. The seats are there.")).to_be_visible()
