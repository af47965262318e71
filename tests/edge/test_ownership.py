"""Handing a workspace over: to another member, after proving once more who one is (product.md section 3)."""

import pytest

from chalicelib.kernel import ids
from tests.api_client import Answer, ApiClient
from tests.authenticator import proof_of, turn_on
from tests.hand_clock import HandClock
from tests.people import People, Person, deliver


def hand_over(api: ApiClient, by: Person, to: str, of: Person, **proof: object) -> Answer:
    """Ask for the owner's workspace to be handed over."""
    body = {"user_id": to, **(proof_of(by) | proof)}
    return api.post(f"/workspaces/{of.workspace_id}/ownership", body, by.browser)


def roles(api: ApiClient, owner: Person) -> dict[str, str]:
    """Who has which role in the owner's workspace."""
    members = api.get(f"/workspaces/{owner.workspace_id}/members", owner.browser).body["members"]
    return {member["full_name"]: member["role"] for member in members}


def test_ownership_can_be_transferred_and_the_giver_becomes_an_admin(api: ApiClient, people: People) -> None:
    olga, anna = people.new("Olga"), people.new("Anna")
    people.join(anna, olga)
    given = hand_over(api, olga, anna.user_id, olga)
    assert (given.status, given.body["role"]) == (200, "admin")
    assert "ownership.transfer" not in given.body["can"]
    assert roles(api, olga) == {"Olga": "admin", "Anna": "owner"}
    assert hand_over(api, olga, anna.user_id, olga).code == "permission-missing"
    assert hand_over(api, anna, olga.user_id, olga).status == 200


@pytest.mark.parametrize("proof", [{}, {"password": "not the right one"}, {"code": "123456"}])
def test_without_proof_nothing_is_handed_over(api: ApiClient, people: People, proof: dict[str, str]) -> None:
    olga, anna = people.new("Olga"), people.new("Anna")
    people.join(anna, olga)
    refused = hand_over(api, olga, anna.user_id, olga, proof=proof)
    assert (refused.status, refused.code) == (422, "proof-wrong")
    assert roles(api, olga) == {"Olga": "owner", "Anna": "member"}


def test_who_has_a_second_factor_shows_it_too(api: ApiClient, people: People, clock: HandClock) -> None:
    olga, anna = people.new("Olga"), people.new("Anna")
    people.join(anna, olga)
    phone = turn_on(api, olga, clock)
    assert hand_over(api, olga, anna.user_id, olga).code == "proof-wrong"
    assert hand_over(api, olga, anna.user_id, olga, **proof_of(olga, phone)).status == 200


def test_a_workspace_is_handed_over_to_a_member_who_does_not_own_it(api: ApiClient, people: People) -> None:
    olga, eve = people.new("Olga"), people.new("Eve")
    for nobody in ("x", ids.mint(), eve.user_id):
        refused = hand_over(api, olga, nobody, olga)
        assert (refused.status, refused.code) == (404, "member-not-found")
    refused = hand_over(api, olga, olga.user_id, olga)
    assert (refused.status, refused.code) == (409, "already-owner")
    assert roles(api, olga) == {"Olga": "owner"}


@pytest.mark.parametrize("role", ["member", "admin"])
def test_only_owners_hand_over(api: ApiClient, people: People, role: str) -> None:
    olga, anna = people.new("Olga"), people.new("Anna")
    people.join(anna, olga, role=role)
    refused = hand_over(api, anna, anna.user_id, olga)
    assert (refused.status, refused.code) == (403, "permission-missing")


def test_the_members_list_follows_who_has_a_second_factor(api: ApiClient, people: People, clock: HandClock) -> None:
    olga, anna = people.new("Olga"), people.new("Anna")
    people.join(anna, olga)

    def shown(owner: Person) -> dict[str, bool]:
        members = api.get(f"/workspaces/{owner.workspace_id}/members", owner.browser).body["members"]
        return {member["full_name"]: member["has_second_factor"] for member in members}

    phone = turn_on(api, anna, clock)
    deliver()
    assert shown(olga) == {"Olga": False, "Anna": True}
    otto = people.new("Otto")
    people.join(anna, otto)
    assert shown(otto) == {"Otto": False, "Anna": True}, "who joins brings it along"
    assert api.post("/me/second-factor/off", proof_of(anna, phone), anna.browser).status == 204
    deliver()
    assert shown(olga) == {"Olga": False, "Anna": False}


def test_a_workspace_that_requires_it_opens_to_who_turned_it_on(
    api: ApiClient, people: People, clock: HandClock
) -> None:
    olga, anna = people.new("Olga"), people.new("Anna")
    people.join(anna, olga)
    path = f"/workspaces/{olga.workspace_id}"
    turn_on(api, olga, clock)
    assert api.patch(f"{path}/toggles", {"require_second_factor": True}, olga.browser).status == 200
    assert api.get(path, anna.browser).code == "second-factor-required"
    [listed] = [each for each in api.get("/me", anna.browser).body["workspaces"] if each["id"] == olga.workspace_id]
    assert listed["state"] == "second-factor-required"
    turn_on(api, anna, clock)
    assert api.get(path, anna.browser).status == 200
