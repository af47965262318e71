"""Deleting one's own account, the way back, and the button that ends everything of one's own (product.md section 2)."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from chalicelib import due_work
from chalicelib.adapters.limits import Limits
from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import Connection
from chalicelib.features.identity.model import Proof
from chalicelib.features.privacy.model import UNDO_FOR
from chalicelib.features.privacy.repository.erasings import Erasings
from chalicelib.features.privacy.use_cases import hard_reset
from chalicelib.kernel import ids
from chalicelib.table.following_up import TAKEN_UP_AFTER
from chalicelib.table.proof import prove_membership, prove_session
from chalicelib.table.tenant import Installation, Tenant
from tests.api_client import Answer, ApiClient, Browser
from tests.deleting import PROOF, delete, delete_me, erase, keep_me, open_workspace, subjects
from tests.hand_clock import HandClock
from tests.house import connect, whole_table
from tests.local_aws import LocalAws
from tests.people import PASSWORD, Mailbox, People, Person, deliver
from tests.races import killed_after
from tests.scene import CALLER


def sign_in(api: ApiClient, person: Person) -> Answer:
    """Try to get in."""
    return api.post("/sign-in", {"email": person.email, "password": PASSWORD}, Browser())


def test_somebody_who_deletes_their_account_is_signed_out_everywhere_and_kept_out(
    api: ApiClient, people: People
) -> None:
    anna = people.new()
    elsewhere = Browser()
    people.sign_in(anna.email, elsewhere)
    asked = delete_me(api, anna)
    assert (asked.status, asked.body["can_undo"]) == (202, True)
    assert any("Max-Age=0" in cookie for cookie in asked.cookies)
    assert [api.get("/me", browser).status for browser in (anna.browser, elsewhere)] == [401, 401]
    refused = sign_in(api, anna)
    assert (refused.status, refused.code) == (403, "account-closing")


@pytest.mark.parametrize("proof", [{}, {"password": "some other passphrase"}])
def test_deleting_an_account_takes_the_password(api: ApiClient, people: People, proof: dict[str, str]) -> None:
    anna = people.new()
    assert delete_me(api, anna, proof=proof).code == "proof-wrong"
    assert api.get("/me", anna.browser).status == 200


def test_the_only_owner_of_a_workspace_with_others_is_held_back_and_told_which(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    olga, anna = people.new("Olga"), people.new()
    people.join(anna, olga)
    refused = delete_me(api, olga)
    assert (refused.status, refused.code) == (409, "only-owner-of-others")
    assert refused.body["standing"] == {"workspaces": [{"id": olga.workspace_id, "name": "Olga's workspace"}]}
    assert api.get("/me", olga.browser).status == 200
    handed_over = api.post(
        f"/workspaces/{olga.workspace_id}/ownership", {"user_id": anna.user_id, "proof": PROOF}, olga.browser
    )
    assert handed_over.status == 200
    assert delete_me(api, olga).status == 202


def test_a_workspace_that_is_being_deleted_holds_its_owner_back_no_more(api: ApiClient, people: People) -> None:
    olga, anna = people.new("Olga"), people.new()
    people.join(anna, olga)
    delete(api, olga)
    assert delete_me(api, olga).status == 202


def test_the_mailed_link_takes_it_back_once_with_the_workspace_that_went_along(
    api: ApiClient, people: People, mailbox: Mailbox, installation: Installation, clock: HandClock
) -> None:
    anna = people.new()
    delete_me(api, anna)
    deliver()
    assert subjects(mailbox, anna)[-1] == "Your Wireroom account is being deleted"
    token = mailbox.last_token(anna.email)
    assert keep_me(api, token).status == 204
    assert keep_me(api, token).code == "link-not-valid"
    people.sign_in(anna.email, anna.browser)
    assert open_workspace(api, anna) == 200
    clock.advance(UNDO_FOR)
    due_work.eraser().tick()
    assert Erasings(installation).get(anna.user_id) is None
    assert Erasings(installation).get(anna.workspace_id) is None


def test_neither_the_link_s_token_nor_the_password_stands_in_a_log_or_in_the_table(
    api: ApiClient, people: People, mailbox: Mailbox, local_aws: LocalAws, caplog: pytest.LogCaptureFixture
) -> None:
    anna = people.new()
    delete_me(api, anna)
    deliver()
    token = mailbox.last_token(anna.email)
    kept = [str(item) for item in whole_table(local_aws)]
    assert keep_me(api, token).status == 204
    said = [str(vars(line)) for line in caplog.records]
    assert said
    secret = token.rpartition(".")[2]
    assert [line for line in said if secret in line or PASSWORD in line] == []
    assert [item for item in kept if secret in item] == []


@pytest.mark.parametrize("token", ["x", "x" * 60, f"{ids.mint()}.{'x' * 43}"])
def test_a_link_that_was_never_mailed_takes_nothing_back(api: ApiClient, token: str) -> None:
    refused = keep_me(api, token)
    assert (refused.status, refused.code) == (404, "link-not-valid")


def test_the_link_is_too_late_once_erasing_has_begun(
    api: ApiClient, people: People, mailbox: Mailbox, clock: HandClock
) -> None:
    anna = people.new()
    delete_me(api, anna)
    clock.advance(timedelta(minutes=1))
    deliver()
    token = mailbox.last_token(anna.email)
    clock.advance(UNDO_FOR - timedelta(minutes=1))
    refused = keep_me(api, token)
    assert (refused.status, refused.code) == (409, "erasing-begun")


def test_an_erased_person_is_told_at_their_old_address_and_their_name_and_address_are_free(
    api: ApiClient, people: People, mailbox: Mailbox, installation: Installation, clock: HandClock
) -> None:
    anna = people.new()
    assert delete_me(api, anna, now=True).body["can_undo"] is False
    erase(clock, installation, anna.user_id)
    deliver()
    deliver()
    assert "Your Wireroom account was erased" in subjects(mailbox, anna)
    assert sign_in(api, anna).code == "wrong-credentials"
    wish = {"email": anna.email, "full_name": "Anna", "username": anna.username, "password": PASSWORD}
    again = api.post("/sign-up", wish | {"accept_terms": True, "is_16_or_older": True}, Browser())
    assert again.status == 202
    assert api.get("/me", Browser()).status == 401


def test_a_hard_reset_signs_out_everywhere_and_says_so(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    anna = people.new()
    elsewhere = Browser()
    people.sign_in(anna.email, elsewhere)
    refused = api.post("/me/hard-reset", {"proof": {"password": "some other passphrase"}}, anna.browser)
    assert refused.code == "proof-wrong"
    assert api.post("/me/hard-reset", {"proof": PROOF}, anna.browser).status == 204
    assert [api.get("/me", browser).status for browser in (anna.browser, elsewhere)] == [401, 401]
    deliver()
    assert "Everything was disconnected" in subjects(mailbox, anna)
    people.sign_in(anna.email, anna.browser)
    log = api.get("/me/log", anna.browser).body["entries"]
    assert "account.reset" in [entry["kind"] for entry in log]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """Somebody, their two connections and then a teammate's."""

    anna: Person
    made: list[tuple[Tenant, Connection]]

    def held(self) -> list[bool]:
        """Whether each is still its member's."""
        return [
            accounts.known_account(one.account_id, tenant=tenant).is_held_by(one.user_id) for tenant, one in self.made
        ]


@pytest.fixture
def connected(people: People, clock: HandClock) -> Connected:
    """Anna, connected in her own workspace and in Olga's, where Olga is, too."""
    olga, anna = people.new("Olga"), people.new()
    people.join(anna, olga)
    places = [(anna, olga.workspace_id), (anna, anna.workspace_id), (olga, olga.workspace_id)]
    made = []
    for number, (who, where) in enumerate(places):
        tenant = prove_membership(who.browser.token or "", where, CALLER, now=clock)[1]
        made.append((tenant, connect(tenant, number)))
    return Connected(anna=anna, made=made)


def test_a_hard_reset_ends_every_connection_of_one_s_own_in_every_workspace_and_nobody_else_s(
    api: ApiClient, connected: Connected
) -> None:
    assert connected.held() == [True, True, True]
    assert api.post("/me/hard-reset", {"proof": PROOF}, connected.anna.browser).status == 204
    assert connected.held() == [False, False, True]


def test_a_hard_reset_that_was_cut_short_is_carried_out_by_due_work(
    connected: Connected, installation: Installation, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = prove_session(connected.anna.browser.token or "", now=clock)
    proof = Proof(password=PASSWORD, code=None)

    def reset() -> None:
        limits = Limits(installation)
        hard_reset.reset_hard(proof, session=session, caller=CALLER, installation=installation, limits=limits)

    assert killed_after(2, reset, monkeypatch), "behind the wish and the first connection's end"
    assert sorted(connected.held()) == [False, True, True]
    clock.advance(TAKEN_UP_AFTER)
    deliver()
    assert connected.held() == [False, False, True]
