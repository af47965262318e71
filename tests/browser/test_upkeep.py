"""Background work as an Admin sees it: what waits, and what gave up and is tried again by hand."""

from playwright.sync_api import expect

from tests.browser.axe import violations, violations_as_it_stands
from tests.browser.conftest import Enter
from tests.browser.people import Person, bring_in, join
from tests.browser.product import RunningProduct


def test_work_that_waits_is_shown_to_admins_and_members_are_told_whom_to_ask(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    base = f"/workspaces/{person.workspace_id}"
    status, column = person.api("POST", f"{base}/columns", {"name": "Passing", "type": "text"})
    assert status == 201, column
    page = enter(f"/w/{person.workspace_id}/settings/background-work", person)
    expect(page.get_by_role("heading", name="Nothing to do")).to_be_visible()
    assert violations(page) == []
    assert person.api("DELETE", f"{base}/columns/{column['id']}")[0] == 204
    page.reload()
    row = page.get_by_role("row").filter(has_text="Removing the values of a deleted column")
    expect(row.get_by_text("1 waiting")).to_be_visible()
    expect(row.get_by_role("button", name="Try again")).to_have_count(0)
    assert violations_as_it_stands(page) == []

    other = join(product, "Sam Ferrer")
    bring_in(person, other)
    theirs = enter(f"/w/{person.workspace_id}/settings/background-work", other)
    expect(theirs.get_by_text("Only Admins and Owners may do this.")).to_be_visible()
