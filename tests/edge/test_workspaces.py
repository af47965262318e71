"""Workspaces, members, invitations and gateway passes over HTTP."""

from datetime import timedelta

import pytest

from chalicelib import settings
from chalicelib.adapters import passes
from tests.api_client import Answer, ApiClient
from tests.every_route import every_route
from tests.hand_clock import HandClock
from tests.people import Mailbox, People, Person


def invite(api: ApiClient, owner: Person, **wish: object) -> Answer:
    """Open an invitation into the owner's workspace."""
    return api.post(f"/workspaces/{owner.workspace_id}/invites", {"role": "member"} | wish, owner.browser)


def token_of(opened: Answer) -> dict[str, str]:
    """What the link of an invitation carries."""
    link: str = opened.body["link"]
    assert link.startswith(f"{settings.current().public_origin}/invite#")
    return {"token": link.rpartition("#")[2]}


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


def test_an_invitation_leads_in(api: ApiClient, people: People) -> None:
    olga, anna = people.new("Olga"), people.new()
    opened = invite(api, olga, role="admin")
    assert opened.status == 201
    shown = api.post("/invites/look-up", token_of(opened))
    assert shown.body == {
        "workspace_name": "Olga's workspace",
        "inviter_name": "Olga",
        "role": "admin",
        "expires_at": opened.body["expires_at"],
    }
    joined = api.post("/invites/accept", token_of(opened), anna.browser)
    assert (joined.status, joined.body["role"], joined.body["id"]) == (200, "admin", olga.workspace_id)
    members = api.get(f"/workspaces/{olga.workspace_id}/members", anna.browser).body["members"]
    assert [(member["full_name"], member["role"]) for member in members] == [
        ("Olga", "owner"),
        ("Anna Petrova", "admin"),
    ]
    [listed] = api.get(f"/workspaces/{olga.workspace_id}/invites", olga.browser).body["invites"]
    assert (listed["id"], listed["state"], listed["invited_by"]) == (opened.body["id"], "used", olga.user_id)


def test_an_invitation_is_good_once(api: ApiClient, people: People) -> None:
    olga, anna, boris = people.new("Olga"), people.new(), people.new("Boris")
    opened = invite(api, olga)
    assert api.post("/invites/accept", token_of(opened), anna.browser).status == 200
    late = api.post("/invites/accept", token_of(opened), boris.browser)
    assert (late.status, late.code) == (409, "invite-used")
    assert api.post("/invites/look-up", token_of(opened)).code == "invite-used"
    assert api.get(f"/workspaces/{olga.workspace_id}", boris.browser).status == 404


def test_a_member_need_not_be_invited(api: ApiClient, people: People) -> None:
    olga = people.new("Olga")
    opened = invite(api, olga)
    refused = api.post("/invites/accept", token_of(opened), olga.browser)
    assert (refused.status, refused.code) == (409, "already-member")
    assert refused.body["standing"] == {"workspace_id": olga.workspace_id}
    assert api.post("/invites/look-up", token_of(opened)).status == 200


def test_an_invitation_expires_after_seven_days(api: ApiClient, people: People, clock: HandClock) -> None:
    olga, anna = people.new("Olga"), people.new()
    opened = invite(api, olga)
    clock.advance(timedelta(days=7))
    refused = api.post("/invites/accept", token_of(opened), anna.browser)
    assert (refused.status, refused.code) == (409, "invite-expired")
    [listed] = api.get(f"/workspaces/{olga.workspace_id}/invites", olga.browser).body["invites"]
    assert listed["state"] == "expired"


def test_a_revoked_invitation_leads_nowhere(api: ApiClient, people: People) -> None:
    olga, anna = people.new("Olga"), people.new()
    opened = invite(api, olga)
    path = f"/workspaces/{olga.workspace_id}/invites/{opened.body['id']}"
    assert [api.delete(path, olga.browser).status for _ in range(2)] == [204, 204]
    assert api.post("/invites/look-up", token_of(opened)).code == "invite-revoked"
    assert api.post("/invites/accept", token_of(opened), anna.browser).code == "invite-revoked"


def test_a_used_invitation_can_not_be_revoked(api: ApiClient, people: People) -> None:
    olga, anna = people.new("Olga"), people.new()
    opened = invite(api, olga)
    api.post("/invites/accept", token_of(opened), anna.browser)
    path = f"/workspaces/{olga.workspace_id}/invites/{opened.body['id']}"
    refused = api.delete(path, olga.browser)
    assert (refused.status, refused.code) == (409, "invite-used")


def test_an_invitation_for_an_address_is_mailed_and_good_for_it_alone(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    olga, anna, boris = people.new("Olga <b>"), people.new(), people.new("Boris")
    opened = invite(api, olga, email=anna.email.upper())
    assert opened.body["email"] == anna.email
    letter = mailbox.of(anna.email)[-1]
    assert opened.body["link"] in letter["BodyText"]
    other = api.post("/invites/accept", token_of(opened), boris.browser)
    assert (other.status, other.code) == (409, "invite-for-other-email")
    assert api.post("/invites/accept", token_of(opened), anna.browser).status == 200


def test_an_unconfirmed_address_proves_nothing(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    olga, anna = people.new("Olga"), people.new(is_verified=False)
    token = mailbox.last_token(anna.email)
    opened = invite(api, olga, email=anna.email)
    refused = api.post("/invites/accept", token_of(opened), anna.browser)
    assert (refused.status, refused.code) == (409, "email-unverified")
    assert api.post("/verify-email", {"token": token}).status == 200
    assert api.post("/invites/accept", token_of(opened), anna.browser).status == 200


def test_people_invite_only_below_their_own_role(api: ApiClient, people: People) -> None:
    olga, anna = people.new("Olga"), people.new()
    people.join(anna, olga, role="admin")
    path = f"/workspaces/{olga.workspace_id}/invites"
    assert api.post(path, {"role": "member"}, anna.browser).status == 201
    refused = api.post(path, {"role": "admin"}, anna.browser)
    assert (refused.status, refused.code) == (403, "role-out-of-reach")
    assert api.post(path, {"role": "owner"}, olga.browser).status == 422
    for_admin = invite(api, olga, role="admin")
    assert api.delete(f"{path}/{for_admin.body['id']}", anna.browser).code == "role-out-of-reach"


def test_a_repeated_invitation_is_the_same_under_a_new_link(api: ApiClient, people: People) -> None:
    olga, anna = people.new("Olga"), people.new()
    path = f"/workspaces/{olga.workspace_id}/invites"
    first, again = (
        api.post(path, {"role": "member"}, olga.browser, headers={"Idempotency-Key": "k"}) for _ in range(2)
    )
    assert first.body["id"] == again.body["id"]
    assert len(api.get(path, olga.browser).body["invites"]) == 1
    assert api.post("/invites/accept", token_of(first), anna.browser).status == 404
    assert api.post("/invites/accept", token_of(again), anna.browser).status == 200


@pytest.mark.parametrize("token", ["x", "é" * 60, "\u0000", "../../etc", "0" * 64])
def test_a_made_up_token_leads_nowhere(api: ApiClient, people: People, token: str) -> None:
    anna = people.new()
    assert api.post("/invites/look-up", {"token": token}).code == "invite-not-found"
    assert api.post("/invites/accept", {"token": token}, anna.browser).code == "invite-not-found"


def test_a_gateway_pass_names_person_workspace_and_session(api: ApiClient, people: People, clock: HandClock) -> None:
    anna = people.new()
    issued = api.post(f"/workspaces/{anna.workspace_id}/gateway-passes", None, anna.browser)
    assert issued.status == 201
    claims = passes.redeem(issued.body["pass"], settings.current().pass_public_key, now=clock)
    assert (claims.user_id, claims.workspace_id, claims.version) == (anna.user_id, anna.workspace_id, 1)
    with pytest.raises(passes.PassRefused):
        passes.redeem(issued.body["pass"], settings.current().pass_public_key, now=clock)


def test_an_idempotency_key_is_declared_where_a_repetition_answers_as_the_first_did() -> None:
    assert {route.path for route in every_route() if route.once} == {
        "/workspaces",
        "/workspaces/{workspace_id}/columns",
        "/workspaces/{workspace_id}/invites",
    }
