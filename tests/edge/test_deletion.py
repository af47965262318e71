"""Deleting a workspace: who may, the way back, and what is out of reach at once (product.md section 3)."""

from datetime import timedelta

import pytest

from chalicelib import due_work
from chalicelib.features.privacy.model import UNDO_FOR
from chalicelib.features.privacy.repository.erasings import Erasings
from chalicelib.kernel import clock as wire
from chalicelib.table.tenant import Installation
from tests.api_client import ApiClient, Browser
from tests.authenticator import proof_of, turn_on
from tests.deleting import PROOF, delete, delete_me, erase, listed, open_workspace, subjects, undo
from tests.every_route import body_of, filled, name_of, of_workspaces
from tests.furnished import Furnished
from tests.hand_clock import HandClock
from tests.people import Mailbox, People, deliver


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
    assert undo(api, olga).code == "erasing-begun"
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
