"""Legal (product.md section 2): documents anybody can read, their acceptance, and writing to the operator."""

import pytest
from playwright.sync_api import expect

from chalicelib.kernel import ids
from chalicelib.kernel.ids import UserId
from chalicelib.table import people_keys
from dev import stack
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.product import RunningProduct


@pytest.mark.parametrize("name", ["Terms of use", "Privacy notice", "Sub-processors", "Data location"])
def test_every_document_is_read_without_an_account(enter: Enter, name: str) -> None:
    page = enter("/sign-in")
    page.get_by_role("navigation", name="Legal").get_by_role("link", name="Terms").click()
    page.get_by_role("navigation", name="Documents").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    expect(page.get_by_text("In force since")).to_be_visible()


def test_a_document_nobody_wrote_leads_to_those_in_force(enter: Enter) -> None:
    page = enter("/legal/no-such-document")
    expect(page.get_by_role("heading", name="There is no document of this name")).to_be_visible()
    page.get_by_role("link", name="Read the terms").click()
    expect(page.get_by_role("heading", name="Terms of use", level=1)).to_be_visible()


def test_documents_that_changed_ask_to_be_accepted_until_they_are(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    """Changes are announced in the app; who puts it off is asked again."""
    _accepted_an_old_version(product, person)
    page = enter(f"/w/{person.workspace_id}/inbox", person)
    dialog = page.get_by_role("dialog", name="What changed in our documents")
    expect(dialog.get_by_role("region", name="Text of Terms of use")).to_contain_text("Who may use this")
    dialog.get_by_role("button", name="Later").click()
    expect(page.get_by_role("button", name="Read and accept")).to_be_visible()
    page.reload()
    expect(dialog).to_be_visible()
    dialog.get_by_role("tab", name="Privacy notice").click()
    expect(dialog.get_by_role("region", name="Text of Privacy notice")).to_contain_text("Who is responsible")
    dialog.get_by_role("button", name="Accept").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Read and accept")).to_have_count(0)
    assert person.api("GET", "/me")[1]["user"]["legal_pending"] == []


def _accepted_an_old_version(product: RunningProduct, person: Person) -> None:
    """As if the documents had changed since: no test waits for a deployment."""
    table = stack.client("dynamodb", f"http://127.0.0.1:{product.ports.aws}")
    user_id = UserId(person.api("GET", "/me")[1]["user"]["id"])
    [name] = [each for each in table.list_tables()["TableNames"] if not each.endswith("-keys")]
    table.update_item(
        TableName=name,
        Key={"pk": {"S": str(people_keys.user(user_id))}, "sk": {"S": people_keys.USER_PROFILE}},
        UpdateExpression="SET accepted = :old",
        ExpressionAttributeValues={":old": {"S": '{"terms":"2020-01-01","privacy":"2020-01-01"}'}},
        ConditionExpression="attribute_exists(pk)",
    )


def test_a_message_reaches_the_operator(enter: Enter, product: RunningProduct, person: Person) -> None:
    mark = ids.mint()
    page = enter("/contact", person)
    expect(page.get_by_label("Your name")).to_have_value(person.full_name)
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_text("Write a message of at most")).to_be_visible()
    expect(page.get_by_label("Message")).to_be_focused()
    page.get_by_label("Message").fill(f"Where is the invoice? {mark}")
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_role("heading", name="Message sent")).to_be_visible()
    expect(enter("/dev/mail").get_by_role("article").filter(has_text=mark)).to_contain_text(person.email)
