"""Invitations: who may open one, whom it lets in, and every reason it refuses (product.md section 3)."""

from datetime import timedelta

import pytest

from chalicelib import settings
from chalicelib.kernel import ids
from tests.api_client import Answer, ApiClient
from tests.hand_clock import HandClock
from tests.people import Mailbox, People, Person, deliver


def invite(api: ApiClient, owner: Person, *, by: Person | None = None, **wish: object) -> Answer:
    """Open an invitation into the owner's workspace, as the owner or as somebody else of it."""
    browser = (by or owner).browser
    return api.post(f"/workspaces/{owner.workspace_id}/invites", {"role": "member"} | wish, browser)


def resend(api: ApiClient, owner: Person, invite_id: str, *, by: Person | None = None) -> Answer:
    """Send an invitation into the owner's workspace once more."""
    path = f"/workspaces/{owner.workspace_id}/invites/{invite_id}/resend"
    return api.post(path, None, (by or owner).browser)


def token_of(opened: Answer) -> dict[str, str]:
    """What the link of an invitation carries."""
    link: str = opened.body["link"]
    assert link.startswith(f"{settings.current().public_origin}/invite#")
    return {"token": link.rpartition("#")[2]}


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


def test_nobody_invites_before_their_own_address_is_confirmed(api: ApiClient, people: People, mailbox: Mailbox) -> None:
    """product.md section 2: e-mail verified before the first workspace action that sends messages."""
    mallory = people.new("Mallory", is_verified=False)
    stranger = f"stranger.{mallory.email}"
    for refused in (invite(api, mallory), invite(api, mallory, email=stranger)):
        assert (refused.status, refused.code) == (409, "email-unverified")
    assert mailbox.of(stranger) == []
    assert api.get(f"/workspaces/{mallory.workspace_id}/invites", mallory.browser).body["invites"] == []
    assert api.post("/verify-email", {"token": mailbox.last_token(mallory.email)}).status == 200
    assert invite(api, mallory, email=stranger).status == 201


def test_who_joined_by_a_link_sends_nobody_s_invitation_again_before_their_address_is_confirmed(
    api: ApiClient, people: People, mailbox: Mailbox
) -> None:
    olga, mallory = people.new("Olga"), people.new("Mallory", is_verified=False)
    stranger = f"stranger.{mallory.email}"
    waiting = invite(api, olga, email=stranger)
    people.join(mallory, olga, "admin")
    before = len(mailbox.of(stranger))
    refused = resend(api, olga, waiting.body["id"], by=mallory)
    assert (refused.status, refused.code) == (409, "email-unverified")
    assert len(mailbox.of(stranger)) == before


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
    assert api.post(path, {"role": "member"}, olga.browser, headers={"Idempotency-Key": "k"}).code == "invite-used"


@pytest.mark.parametrize("token", ["x", "é" * 60, "\u0000", "../../etc", "0" * 64])
def test_a_made_up_token_leads_nowhere(api: ApiClient, people: People, token: str) -> None:
    anna = people.new()
    assert api.post("/invites/look-up", {"token": token}).code == "invite-not-found"
    assert api.post("/invites/accept", {"token": token}, anna.browser).code == "invite-not-found"


def test_an_invitation_sent_again_has_a_new_link_and_another_letter(
    api: ApiClient, people: People, mailbox: Mailbox, clock: HandClock
) -> None:
    olga, anna = people.new("Olga"), people.new()
    first = invite(api, olga, email=anna.email)
    clock.advance(timedelta(days=8))
    olga.browser.token = None
    people.sign_in(olga.email, olga.browser)
    again = resend(api, olga, first.body["id"])
    assert (again.status, again.body["id"], again.body["email"]) == (200, first.body["id"], anna.email)
    assert again.body["link"] in mailbox.of(anna.email)[-1]["BodyText"]
    assert api.post("/invites/look-up", token_of(first)).code == "invite-not-found"
    assert api.post("/invites/look-up", token_of(again)).body["expires_at"] == again.body["expires_at"]
    people.sign_in(anna.email, anna.browser)
    assert api.post("/invites/accept", token_of(again), anna.browser).status == 200
    used = resend(api, olga, first.body["id"])
    assert (used.status, used.code) == (409, "invite-used")


def test_a_revoked_invitation_is_not_sent_again(api: ApiClient, people: People) -> None:
    olga = people.new("Olga")
    opened = invite(api, olga)
    api.delete(f"/workspaces/{olga.workspace_id}/invites/{opened.body['id']}", olga.browser)
    refused = resend(api, olga, opened.body["id"])
    assert (refused.status, refused.code) == (409, "invite-revoked")


@pytest.mark.parametrize("invite_id", ["x", "0" * 26, ids.mint()])
def test_an_invitation_that_is_not_there_is_not_sent_again(api: ApiClient, people: People, invite_id: str) -> None:
    refused = resend(api, people.new("Olga"), invite_id)
    assert (refused.status, refused.code) == (404, "invite-not-found")


def test_people_send_again_only_invitations_below_their_own_role(api: ApiClient, people: People) -> None:
    olga, adam = people.new("Olga"), people.new("Adam")
    people.join(adam, olga, role="admin")
    for_admin, for_member = invite(api, olga, role="admin"), invite(api, olga)
    assert resend(api, olga, for_member.body["id"], by=adam).status == 200
    assert resend(api, olga, for_admin.body["id"], by=adam).code == "role-out-of-reach"


def test_an_invitation_of_somebody_who_may_no_longer_invite_lets_nobody_in(api: ApiClient, people: People) -> None:
    olga, adam, anna = people.new("Olga"), people.new("Adam"), people.new()
    people.join(adam, olga, role="admin")
    opened = invite(api, olga, by=adam)
    member = f"/workspaces/{olga.workspace_id}/members/{adam.user_id}"
    assert api.patch(member, {"role": "member"}, olga.browser).status == 200
    for refused in (
        api.post("/invites/look-up", token_of(opened)),
        api.post("/invites/accept", token_of(opened), anna.browser),
    ):
        assert (refused.status, refused.code) == (409, "invite-not-backed")
    assert api.patch(member, {"role": "admin"}, olga.browser).status == 200
    assert api.post("/invites/accept", token_of(opened), anna.browser).status == 200


def test_an_admin_s_invitation_for_an_admin_is_not_backed_once_its_owner_is_an_admin(
    api: ApiClient, people: People
) -> None:
    olga, otto, anna = people.new("Olga"), people.new("Otto"), people.new()
    people.join(otto, olga)
    opened = invite(api, olga, role="admin")
    otto_path = f"/workspaces/{olga.workspace_id}/members/{otto.user_id}"
    assert api.patch(otto_path, {"role": "owner"}, olga.browser).status == 200
    olga_path = f"/workspaces/{olga.workspace_id}/members/{olga.user_id}"
    assert api.patch(olga_path, {"role": "admin"}, otto.browser).status == 200
    assert api.post("/invites/accept", token_of(opened), anna.browser).code == "invite-not-backed"


def test_whoever_sends_an_invitation_again_stands_behind_it(api: ApiClient, people: People) -> None:
    olga, adam, anna = people.new("Olga"), people.new("Adam"), people.new()
    people.join(adam, olga, role="admin")
    opened = invite(api, olga, by=adam)
    assert api.delete(f"/workspaces/{olga.workspace_id}/members/{adam.user_id}", olga.browser).status == 204
    again = resend(api, olga, opened.body["id"])
    assert api.post("/invites/look-up", token_of(again)).body["inviter_name"] == "Olga"
    assert api.post("/invites/accept", token_of(again), anna.browser).status == 200


def test_invitations_of_somebody_who_left_are_revoked(api: ApiClient, people: People) -> None:
    olga, adam, anna = people.new("Olga"), people.new("Adam"), people.new()
    people.join(adam, olga, role="admin")
    theirs, others = invite(api, olga, by=adam), invite(api, olga)
    assert api.delete(f"/workspaces/{olga.workspace_id}/members/{adam.user_id}", olga.browser).status == 204
    assert api.post("/invites/accept", token_of(theirs), anna.browser).code == "invite-not-backed"
    deliver()
    assert api.post("/invites/accept", token_of(theirs), anna.browser).code == "invite-revoked"
    assert api.post("/invites/accept", token_of(others), anna.browser).status == 200


def test_a_person_may_belong_to_many_workspaces(api: ApiClient, people: People) -> None:
    anna = people.new()
    for owner in (people.new("Olga"), people.new("Otto")):
        people.join(anna, owner)
    assert [each["role"] for each in api.get("/me", anna.browser).body["workspaces"]].count("member") == 2
