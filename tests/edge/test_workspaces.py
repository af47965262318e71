"""Workspaces and gateway passes over HTTP."""

import pytest

from chalicelib import settings
from chalicelib.adapters import passes
from tests.api_client import ApiClient
from tests.every_route import every_route
from tests.hand_clock import HandClock
from tests.people import Mailbox, People


def test_a_second_workspace_is_one_more_to_switch_to(api: ApiClient, people: People) -> None:
    anna = people.new()
    made = api.post("/workspaces", {"name": "  Büro Nord  "}, anna.browser)
    assert made.status == 201
    assert (made.body["name"], made.body["role"]) == ("Büro Nord", "owner")
    assert api.get(f"/workspaces/{made.body['id']}", anna.browser).body == made.body
    listed = api.get("/me", anna.browser).body["workspaces"]
    assert [each["id"] for each in listed] == [anna.workspace_id, made.body["id"]]


def test_a_repeated_creation_makes_one_workspace(api: ApiClient, people: People) -> None:
    anna, boris = people.new(), people.new("Boris")
    key: dict[str, str | None] = {"Idempotency-Key": "one 🦊 press"}
    first = api.post("/workspaces", {"name": "Nord"}, anna.browser, headers=key)
    again = api.post("/workspaces", {"name": "Nord"}, anna.browser, headers=key)
    other = api.post("/workspaces", {"name": "Nord"}, boris.browser, headers=key)
    assert again.body == first.body
    assert other.body["id"] != first.body["id"]
    assert len(api.get("/me", anna.browser).body["workspaces"]) == 2


def test_nobody_founds_more_than_50_workspaces_and_a_repetition_is_none(api: ApiClient, people: People) -> None:
    anna = people.new()
    key: dict[str, str | None] = {"Idempotency-Key": "the fiftieth"}
    for n in range(48):
        assert api.post("/workspaces", {"name": f"Nord {n}"}, anna.browser).status == 201
    first = api.post("/workspaces", {"name": "Nord"}, anna.browser, headers=key)
    assert api.post("/workspaces", {"name": "Nord"}, anna.browser, headers=key).body == first.body
    refused = api.post("/workspaces", {"name": "Nord"}, anna.browser)
    assert (refused.status, refused.code) == (409, "too-many-workspaces")
    assert len(api.get("/me", anna.browser).body["workspaces"]) == 50


def test_an_idempotency_key_has_a_length(api: ApiClient, people: People) -> None:
    anna = people.new()
    answer = api.post("/workspaces", {"name": "Nord"}, anna.browser, headers={"Idempotency-Key": "x" * 256})
    assert answer.status == 422


def test_a_renamed_workspace_is_renamed_for_everybody(api: ApiClient, people: People) -> None:
    olga, anna = people.new("Olga"), people.new()
    people.join(anna, olga)
    assert api.patch(f"/workspaces/{olga.workspace_id}", {"name": "Süd"}, olga.browser).body["name"] == "Süd"
    names = {each["name"] for each in api.get("/me", anna.browser).body["workspaces"]}
    assert "Süd" in names


@pytest.mark.parametrize("name", ["", " ", "x" * 101, "a\u0007b", "\u202eabc", "\u200b"])
def test_a_name_nobody_can_read_is_refused(api: ApiClient, people: People, name: str) -> None:
    anna = people.new()
    refused = api.patch(f"/workspaces/{anna.workspace_id}", {"name": name}, anna.browser)
    assert (refused.status, refused.pointers) == (422, ["/name"])


def test_a_member_may_not_rename_or_invite(api: ApiClient, people: People) -> None:
    olga, anna = people.new("Olga"), people.new()
    people.join(anna, olga)
    path = f"/workspaces/{olga.workspace_id}"
    for answer in (
        api.patch(path, {"name": "Mine"}, anna.browser),
        api.post(f"{path}/invites", {"role": "member"}, anna.browser),
        api.get(f"{path}/invites", anna.browser),
    ):
        assert (answer.status, answer.code) == (403, "permission-missing")


def test_a_gateway_pass_names_person_workspace_and_session(api: ApiClient, people: People, clock: HandClock) -> None:
    anna = people.new()
    issued = api.post(f"/workspaces/{anna.workspace_id}/gateway-passes", None, anna.browser)
    assert issued.status == 201
    claims = passes.redeem(issued.body["pass"], settings.current().pass_public_key, now=clock)
    assert (claims.user_id, claims.workspace_id, claims.version) == (anna.user_id, anna.workspace_id, 1)
    with pytest.raises(passes.PassRefused):
        passes.redeem(issued.body["pass"], settings.current().pass_public_key, now=clock)


def test_nobody_reaches_the_gateway_before_their_address_is_confirmed(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    """product.md section 2: accounts are connected, and messages sent, by who has shown whose address it is."""
    anna = people.new(is_verified=False)
    path = f"/workspaces/{anna.workspace_id}/gateway-passes"
    refused = api.post(path, None, anna.browser)
    assert (refused.status, refused.code) == (409, "email-unverified")
    assert api.post("/verify-email", {"token": mailbox.last_token(anna.email)}).status == 200
    assert api.post(path, None, anna.browser).status == 201


def test_an_idempotency_key_is_declared_where_a_repetition_answers_as_the_first_did() -> None:
    assert {route.path for route in every_route() if route.once} == {
        "/workspaces",
        "/workspaces/{workspace_id}/billing/cancellation",
        "/workspaces/{workspace_id}/billing/change",
        "/workspaces/{workspace_id}/billing/checkout",
        "/workspaces/{workspace_id}/billing/renewal",
        "/workspaces/{workspace_id}/bulk-edits",
        "/workspaces/{workspace_id}/chats/{chat_id}/comments",
        "/workspaces/{workspace_id}/columns",
        "/workspaces/{workspace_id}/invites",
        "/workspaces/{workspace_id}/reminders",
        "/workspaces/{workspace_id}/templates",
        "/workspaces/{workspace_id}/ticket-fields",
        "/workspaces/{workspace_id}/tickets",
        "/workspaces/{workspace_id}/tickets/{ticket_id}/comments",
        "/workspaces/{workspace_id}/views",
    }
