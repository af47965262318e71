"""Deleting a workspace or one's own account: who may, the way back, and what is out of reach at once."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib import due_work
from chalicelib.features.privacy.model import SETTLED_AFTER, UNDO_FOR, Step
from chalicelib.features.privacy.repository.erasings import Erasings
from chalicelib.kernel import clock as wire
from chalicelib.kernel import ids
from chalicelib.table.tenant import Installation
from tests.api_client import Answer, ApiClient, Browser
from tests.authenticator import proof_of, turn_on
from tests.every_route import body_of, filled, name_of, of_workspaces
from tests.furnished import Furnished
from tests.hand_clock import HandClock
from tests.people import PASSWORD, Mailbox, People, Person, deliver

PROOF = {"password": PASSWORD}


def delete(api: ApiClient, owner: Person, *, by: Person | None = None, now: bool = False, **other: Any) -> Answer:
    """Ask for the deletion of somebody's own workspace."""
    wish = {"name": f"{owner.full_name}'s workspace", "proof": PROOF, "now": now} | other
    return api.post(f"/workspaces/{owner.workspace_id}/deletion", wish, (by or owner).browser)


def undo(api: ApiClient, owner: Person, *, by: Person | None = None) -> Answer:
    """Take it back."""
    return api.delete(f"/workspaces/{owner.workspace_id}/deletion", (by or owner).browser)


def open_workspace(api: ApiClient, owner: Person, *, by: Person | None = None) -> int:
    """What opening it answers."""
    return api.get(f"/workspaces/{owner.workspace_id}", (by or owner).browser).status


def listed(api: ApiClient, person: Person, workspace_id: str) -> dict[str, Any] | None:
    """How somebody's list of workspaces shows one."""
    mine = api.get("/me", person.browser).body["workspaces"]
    return next((each for each in mine if each["id"] == workspace_id), None)


def erase(clock: HandClock, installation: Installation, subject: str) -> None:
    """Let erasings go on until this one is done."""
    for _ in range(12):
        due_work.eraser().tick()
        deliver()
        found = Erasings(installation).get(subject)
        if found is not None and found.step is Step.DONE:
            return
        clock.advance(SETTLED_AFTER)
    raise AssertionError(f"stands still at {Erasings(installation).get(subject)}")


def subjects(mailbox: Mailbox, person: Person) -> list[str]:
    """The subjects of somebody's letters, oldest first."""
    return [letter["Subject"] for letter in mailbox.of(person.email)]


def test_a_deleted_workspace_is_out_of_everybody_s_reach_at_once_and_erased_after_seven_days(
    api: ApiClient, people: People, installation: Installation, clock: HandClock
) -> None:
    olga, anna = people.new("Olga"), people.new()
    people.join(anna, olga)
    asked = delete(api, olga)
    assert (asked.status, asked.body["can_undo"]) == (202, True)
    assert wire.from_wire(asked.body["deletes_at"]) == clock() + UNDO_FOR
    assert [open_workspace(api, olga, by=who) for who in (olga, anna)] == [404, 404]
    clock.advance(UNDO_FOR - timedelta(seconds=1))
    due_work.eraser().tick()
    assert Erasings(installation).get(olga.workspace_id) is None
    clock.advance(timedelta(seconds=1))
    erase(clock, installation, olga.workspace_id)


def test_every_route_of_a_deleted_workspace_answers_404_but_the_way_back(api: ApiClient, furnished: Furnished) -> None:
    olga = furnished.owner
    assert delete(api, olga).status == 202
    for route in of_workspaces():
        answer = api.request(
            route.method, filled(route, furnished.ids), Browser(token=olga.browser.token), body=body_of(route)
        )
        assert (answer.status == 404) is not route.while_deleted, name_of(route)
    open_routes = [name_of(route) for route in of_workspaces() if route.while_deleted]
    assert open_routes == ["POST /workspaces/{workspace_id}/deletion", "DELETE /workspaces/{workspace_id}/deletion"]


def test_the_list_of_workspaces_shows_that_it_is_being_deleted(api: ApiClient, people: People) -> None:
    olga = people.new("Olga")
    asked = delete(api, olga)
    shown = listed(api, olga, olga.workspace_id)
    assert shown is not None
    assert (shown["state"], shown["deletes_at"]) == ("deleting", asked.body["deletes_at"])


def test_only_owners_delete_a_workspace(api: ApiClient, people: People) -> None:
    olga, anna = people.new("Olga"), people.new()
    people.join(anna, olga, role="admin")
    refused = delete(api, olga, by=anna)
    assert (refused.status, refused.code) == (403, "permission-missing")
    assert open_workspace(api, olga) == 200


@pytest.mark.parametrize("typed", ["Olga's Workspace", "Olga's workspace ", "Olga", "x"])
def test_its_name_has_to_be_typed_exactly(api: ApiClient, people: People, typed: str) -> None:
    olga = people.new("Olga")
    refused = delete(api, olga, name=typed)
    assert (refused.status, refused.code, refused.pointers) == (422, "name-not-typed", ["/name"])
    assert open_workspace(api, olga) == 200


@pytest.mark.parametrize("proof", [{}, {"password": "some other passphrase"}])
def test_deleting_a_workspace_takes_the_password(api: ApiClient, people: People, proof: dict[str, str]) -> None:
    olga = people.new("Olga")
    refused = delete(api, olga, proof=proof)
    assert (refused.status, refused.code) == (422, "proof-wrong")
    assert open_workspace(api, olga) == 200


def test_with_a_second_factor_every_deletion_and_the_hard_reset_take_its_code(
    api: ApiClient, people: People, clock: HandClock
) -> None:
    olga = people.new("Olga")
    phone = turn_on(api, olga, clock)
    refusals = [
        delete(api, olga),
        delete_me(api, olga),
        api.post("/me/hard-reset", {"proof": PROOF}, olga.browser),
    ]
    assert [(each.code, each.pointers) for each in refusals] == [("proof-wrong", ["/proof/code"])] * 3
    assert delete(api, olga, proof=proof_of(olga, phone)["proof"]).status == 202


def test_an_owner_takes_the_deletion_back_and_everything_is_as_it_was(
    api: ApiClient, people: People, installation: Installation, clock: HandClock
) -> None:
    olga, boris = people.new("Olga"), people.new("Boris")
    people.join(boris, olga, role="admin")
    delete(api, olga)
    assert undo(api, olga, by=boris).status == 403
    assert undo(api, olga).status == 204
    assert [open_workspace(api, olga, by=who) for who in (olga, boris)] == [200, 200]
    clock.advance(UNDO_FOR)
    due_work.eraser().tick()
    assert Erasings(installation).get(olga.workspace_id) is None
    again = undo(api, olga)
    assert (again.status, again.code) == (404, "deletion-not-found")


def test_both_stand_in_the_activity_log(api: ApiClient, people: People, clock: HandClock) -> None:
    olga = people.new("Olga")
    clock.advance(timedelta(seconds=1))
    asked = delete(api, olga)
    clock.advance(timedelta(seconds=1))
    undo(api, olga)
    entries = api.get(f"/workspaces/{olga.workspace_id}/activity", olga.browser).body["entries"]
    undone, requested = entries[:2]
    assert (requested["kind"], requested["new"]) == (
        "workspace.deletion_requested",
        {"deletes_at": asked.body["deletes_at"]},
    )
    assert (undone["kind"], undone["actor"]["id"]) == ("workspace.deletion_undone", olga.user_id)


def test_delete_now_leaves_no_way_back(
    api: ApiClient, people: People, installation: Installation, clock: HandClock
) -> None:
    olga = people.new("Olga")
    asked = delete(api, olga, now=True)
    assert (asked.status, asked.body["can_undo"]) == (202, False)
    refused = undo(api, olga)
    assert (refused.status, refused.code) == (409, "erasing-begun")
    due_work.eraser().tick()
    refused = undo(api, olga)
    assert refused.status in {404, 409}
    erase(clock, installation, olga.workspace_id)
    assert listed(api, olga, olga.workspace_id) is None
    assert undo(api, olga).status == 404


def test_delete_now_ends_the_seven_days(
    api: ApiClient, people: People, installation: Installation, clock: HandClock
) -> None:
    olga = people.new("Olga")
    first = delete(api, olga)
    clock.advance(timedelta(days=1))
    again = delete(api, olga)
    assert again.body == first.body
    sooner = delete(api, olga, now=True)
    assert sooner.body == {"deletes_at": wire.to_wire(clock()), "can_undo": False}
    assert delete(api, olga, now=True).body == sooner.body
    erase(clock, installation, olga.workspace_id)


def test_all_owners_get_letters_and_all_members_one_at_the_end(
    api: ApiClient, people: People, mailbox: Mailbox, installation: Installation, clock: HandClock
) -> None:
    olga, boris, anna = people.new("Olga"), people.new("Boris"), people.new()
    people.join(boris, olga, role="admin")
    people.join(anna, olga)
    role = {"role": "owner"}
    assert api.patch(f"/workspaces/{olga.workspace_id}/members/{boris.user_id}", role, olga.browser).status == 200
    before = len(subjects(mailbox, anna))
    delete(api, olga)
    deliver()
    deliver()
    for owner in (olga, boris):
        assert subjects(mailbox, owner)[-1] == "Olga's workspace is being deleted"
    undo(api, olga, by=boris)
    deliver()
    deliver()
    assert subjects(mailbox, olga)[-1] == "Olga's workspace stays"
    assert len(subjects(mailbox, anna)) == before
    delete(api, olga, now=True)
    erase(clock, installation, olga.workspace_id)
    deliver()
    deliver()
    for person in (olga, boris, anna):
        assert subjects(mailbox, person)[-1] == "Olga's workspace was erased"


def test_an_invitation_into_a_deleted_workspace_leads_nowhere(api: ApiClient, people: People) -> None:
    olga, anna = people.new("Olga"), people.new()
    opened = api.post(f"/workspaces/{olga.workspace_id}/invites", {"role": "member"}, olga.browser)
    token = opened.body["link"].rpartition("#")[2]
    delete(api, olga)
    assert api.post("/invites/look-up", {"token": token}, anna.browser).code == "invite-not-found"
    assert api.post("/invites/accept", {"token": token}, anna.browser).code == "invite-not-found"


def delete_me(api: ApiClient, person: Person, *, now: bool = False, proof: Any = PROOF) -> Answer:
    """Ask for the deletion of one's own account."""
    return api.post("/me/deletion", {"proof": proof, "now": now}, person.browser)


def keep_me(api: ApiClient, token: str) -> Answer:
    """Follow the undo link."""
    return api.post("/deletions/undo", {"token": token})


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


@pytest.mark.parametrize("token", ["x", "x" * 60, f"{ids.mint()}.{'x' * 43}"])
def test_a_link_that_was_never_mailed_takes_nothing_back(api: ApiClient, token: str) -> None:
    refused = keep_me(api, token)
    assert (refused.status, refused.code) == (404, "link-not-valid")


def test_the_link_is_too_late_once_erasing_has_begun(
    api: ApiClient, people: People, mailbox: Mailbox, clock: HandClock
) -> None:
    anna = people.new()
    delete_me(api, anna)
    deliver()
    token = mailbox.last_token(anna.email)
    clock.advance(UNDO_FOR - timedelta(seconds=1))
    clock.advance(timedelta(seconds=1))
    assert keep_me(api, token).status in {404, 409}


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
