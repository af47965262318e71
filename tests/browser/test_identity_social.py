"""Signing in with a provider (product.md section 2), at the stand-ins that run beside the local product."""

import re

from playwright.sync_api import Page, expect

from chalicelib.kernel import ids
from tests.browser.conftest import Enter
from tests.browser.people import PASSWORD, Person, mailed_link
from tests.browser.product import RunningProduct
from tests.browser.screens import eventually
from tests.browser.signing_in import SECURITY, expect_signed_in, section, sign_in


def test_a_newcomer_signs_up_with_a_provider_and_signs_in_with_it_from_then_on(
    enter: Enter, product: RunningProduct
) -> None:
    product.leave_room_for(6)
    email = _new_address()
    page = enter("/sign-up")
    _go_to(page, "Google", email)
    expect(page.get_by_role("heading", name="Create an account")).to_be_visible()
    expect(page).to_have_url(f"{product.origin}/sign-in/return/google")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_text("Wireroom is for people of 16 and older.")).to_be_visible()
    expect(page.get_by_text("Wireroom needs your consent to the terms.")).to_be_visible()
    _complete(page)
    expect_signed_in(page)
    again = enter("/sign-in")
    _go_to(again, "Google", email)
    expect_signed_in(again)


def test_a_way_in_is_never_unlinked_when_it_is_the_last(enter: Enter, product: RunningProduct) -> None:
    product.leave_room_for(8)
    page = enter("/sign-up")
    _go_to(page, "Google", _new_address())
    _complete(page)
    expect_signed_in(page)
    page.goto(SECURITY)
    providers = section(page, "Sign-in providers")
    providers.get_by_role("button", name="Unlink Google").click()
    page.get_by_role("dialog").get_by_role("button", name="Unlink").click()
    expect(page.get_by_role("alert").get_by_text("This is your only way to sign in.")).to_be_visible()
    page.keyboard.press("Escape")
    providers.get_by_role("button", name="Link Microsoft").click()
    page.get_by_role("dialog").get_by_role("button", name="Continue to Microsoft").click()
    _choose(page, "Microsoft", _new_address())
    expect(page.get_by_text("You can now sign in with Microsoft.")).to_be_visible()
    providers.get_by_role("button", name="Unlink Google").click()
    page.get_by_role("dialog").get_by_role("button", name="Unlink").click()
    expect(providers.get_by_role("button", name="Link Google")).to_be_visible()


def test_a_known_address_is_linked_only_after_signing_in_as_before(
    enter: Enter, product: RunningProduct, person: Person
) -> None:
    """Linked only on a verified e-mail and after proof of the existing login."""
    product.leave_room_for(6)
    page = enter("/sign-in")
    _go_to(page, "LinkedIn", person.email)
    expect(page.get_by_role("heading", name="You have an account already")).to_be_visible()
    page.get_by_role("link", name="Sign in to link it").click()
    expect(page.get_by_label("E-mail")).to_have_value(person.email)
    sign_in(page, person.email, PASSWORD)
    page.get_by_role("button", name="Link LinkedIn").click()
    expect_signed_in(page)
    again = enter("/sign-in")
    _go_to(again, "LinkedIn", person.email)
    expect_signed_in(again)


def test_a_provider_that_vouches_for_no_address_has_one_confirmed_by_mail(
    enter: Enter, product: RunningProduct
) -> None:
    product.leave_room_for(6)
    email = _new_address()
    page = enter("/sign-in")
    _go_to(page, "Facebook", email)
    expect(page.get_by_role("heading", name="Your e-mail address")).to_be_visible()
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_text(email)).to_be_visible()
    page.goto(eventually("the link is mailed", lambda: mailed_link(product, email, "/sign-up/social/confirm")))
    _complete(page)
    expect_signed_in(page)


def test_turning_back_and_a_forged_return_change_nothing_and_say_so(enter: Enter, product: RunningProduct) -> None:
    product.leave_room_for(2)
    page = enter("/sign-in")
    page.get_by_role("button", name="Continue with Google").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", name="You turned back")).to_be_visible()
    expect(page).to_have_url(re.compile("/sign-in/return/google$"))
    page.goto("/sign-in/return/google?error=server_error&state=s")
    expect(page.get_by_role("heading", name="Google did not sign you in")).to_be_visible()
    page.goto("/sign-in/return/google?code=forged&state=forged")
    expect(page.get_by_role("alert").get_by_text("This sign-in is over. Begin again.")).to_be_visible()
    page.get_by_role("link", name="Begin again").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def _new_address() -> str:
    return f"{ids.mint()[-10:].lower()}@people.localhost"


def _go_to(page: Page, provider: str, email: str) -> None:
    page.get_by_role("button", name=f"Continue with {provider}").click()
    _choose(page, provider, email)


def _choose(page: Page, provider: str, email: str) -> None:
    """Say at the provider who one is."""
    expect(page.get_by_role("heading", name=f"Sign in with {provider}")).to_be_visible()
    page.get_by_label("or as somebody else, with the address").fill(email)
    page.get_by_role("button", name="Continue").click()


def _complete(page: Page) -> None:
    """Fill in what a provider does not know."""
    page.get_by_label("Username").fill(f"p_{ids.mint()[-10:].lower()}")
    page.get_by_role("checkbox", name="I am 16 or older").check()
    page.get_by_role("checkbox", name="I accept the terms").check()
    page.get_by_role("button", name="Create account").click()
