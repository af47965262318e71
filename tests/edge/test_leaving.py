"""Leaving: asked for with or without a reason, decided by whoever reaches the asker's role (product.md section 3)."""

from itertools import product

import pytest

from chalicelib.features.workspaces.model import MAX_REASON_CHARACTERS
from chalicelib.kernel.permissions import Flag
from chalicelib.kernel.roles import Role
from tests.api_client import Answer, ApiClient
from tests.local_aws import LocalAws
from tests.people import Mailbox, People, deliver
from tests.team import Team, departed

pytestmark = pytest.mark.usefixtures("local_aws")


@pytest.fixture
def team() -> Team:
    """An Owner, an Admin and a Member."""
    return Team(olga=Role.OWNER, adam=Role.ADMIN, max=Role.MEMBER)


def ask(team: Team, who: str, reason: str | None = None) -> Answer:
    """Ask to leave."""
    return team.desk(who).send("PUT", "/leave-request", {} if reason is None else {"reason": reason})


def decide(team: Team, by: str, whom: str, verdict: str) -> Answer:
    """Approve or deny somebody's request."""
    return team.desk(by).send("POST", f"/leave-requests/{team.id(whom)}/{verdict}")


def requests(team: Team) -> list[dict[str, object]]:
    """The requests that wait for a decision."""
    found: list[dict[str, object]] = team.desk("olga").get("/leave-requests").body["requests"]
    return found


def state(team: Team, of: str, seen_by: str) -> object:
    """How a member is listed."""
    members = team.desk(seen_by).get("/members").body["members"]
    return {member["user_id"]: member["state"] for member in members}[team.id(of)]


def test_a_member_asks_to_leave_with_a_reason(team: Team) -> None:
    asked = ask(team, "max", "  A new job,\r\nand far away. ")
    assert (asked.status, asked.body["reason"]) == (200, "A new job,\nand far away.")
    assert requests(team) == [asked.body]
    assert state(team, "max", seen_by="max") == "leaving"
    assert team.desk("max").get("").status == 200, "a member until somebody decides"


def test_the_reason_is_optional_and_for_those_who_decide(team: Team) -> None:
    assert ask(team, "max").body["reason"] is None
    assert team.desk("max").get("/leave-requests").code == "permission-missing"
    ask(team, "max", "secret plans")
    assert "secret plans" not in str(team.journal()), "all members read the journal"


@pytest.mark.parametrize("reason", ["x" * (MAX_REASON_CHARACTERS + 1), "a\u0007b", "x" * 2_001])
def test_a_reason_nobody_can_take_is_refused(team: Team, reason: str) -> None:
    refused = ask(team, "max", reason)
    assert (refused.status, refused.pointers) == (422, ["/reason"])
    assert requests(team) == []


def test_a_reason_has_up_to_500_characters(team: Team) -> None:
    assert ask(team, "max", "é" * 500).status == 200


def test_a_member_has_one_request_at_a_time(team: Team) -> None:
    ask(team, "max", "first")
    again = ask(team, "max", "second")
    assert requests(team) == [again.body]
    ask(team, "max", "second")
    assert team.events().count("leaving.asked") == 2


def test_the_asker_may_withdraw(team: Team) -> None:
    ask(team, "max")
    assert team.desk("max").send("DELETE", "/leave-request").status == 204
    assert requests(team) == []
    assert state(team, "max", seen_by="olga") == "active"
    assert team.entry("leaving.withdrawn").target == team.id("max")
    gone = team.desk("max").send("DELETE", "/leave-request")
    assert (gone.status, gone.code) == (404, "leave-request-not-found")
    assert decide(team, "olga", "max", "approve").code == "leave-request-not-found"


def test_an_admin_approves_and_the_member_is_gone(team: Team) -> None:
    ask(team, "max", "bye")
    assert decide(team, "adam", "max", "approve").status == 204
    assert team.role("max") is None
    assert not team.points_here("max")
    assert requests(team) == []
    assert team.desk("max").get("").status == 404
    entry = team.entry("member.left")
    assert (entry.target, entry.actor.id) == (team.id("max"), team.id("adam"))


def test_an_admin_denies_and_the_member_stays(team: Team) -> None:
    ask(team, "max", "bye")
    assert decide(team, "adam", "max", "deny").status == 204
    assert team.role("max") is Role.MEMBER
    assert requests(team) == []
    assert team.entry("leaving.denied").target == team.id("max")
    assert decide(team, "adam", "max", "deny").code == "leave-request-not-found"
    assert ask(team, "max", "please").status == 200


def test_who_decides_must_reach_the_asker_s_role(local_aws: LocalAws) -> None:
    for verdict, decider, asker in product(("approve", "deny"), Role, Role):
        team = Team(decider=decider, asker=asker, olga=Role.OWNER)
        ask(team, "asker")
        allowed = decider is Role.OWNER or (decider is Role.ADMIN and asker is Role.MEMBER)
        answer = decide(team, "decider", "asker", verdict)
        assert (answer.status == 204) is allowed, (verdict, decider, asker)
        assert team.count_is_true()
        if not allowed:
            assert answer.code == ("permission-missing" if decider is Role.MEMBER else "role-out-of-reach")


def test_the_last_owner_can_not_ask_to_leave(team: Team) -> None:
    refused = ask(team, "olga")
    assert (refused.status, refused.code) == (409, "last-owner")


def test_an_owner_who_became_the_last_since_they_asked_stays(local_aws: LocalAws) -> None:
    team = Team(olga=Role.OWNER, otto=Role.OWNER, adam=Role.ADMIN)
    ask(team, "olga")
    assert team.desk("olga").send("PATCH", f"/members/{team.id('otto')}", {"role": "member"}).status == 200
    refused = decide(team, "olga", "olga", "approve")
    assert (refused.status, refused.code) == (409, "last-owner")
    assert team.role("olga") is Role.OWNER
    assert len(requests(team)) == 1


def test_removal_settles_the_request_too(team: Team) -> None:
    ask(team, "max")
    assert team.desk("adam").send("DELETE", f"/members/{team.id('max')}").status == 204
    assert requests(team) == []
    assert decide(team, "adam", "max", "deny").code == "leave-request-not-found"
    departed(team, "max")
    assert requests(team) == []


@pytest.mark.parametrize("verdict", ["approve", "deny"])
@pytest.mark.parametrize("user_id", ["x", "0" * 26, "é"])
def test_a_request_that_is_not_there_is_not_decided(team: Team, verdict: str, user_id: str) -> None:
    answer = team.desk("olga").send("POST", f"/leave-requests/{user_id}/{verdict}")
    assert (answer.status, answer.code) == (404, "leave-request-not-found")


def test_nobody_decides_on_another_workspace_s_request(team: Team) -> None:
    other = Team(eve=Role.OWNER, anna=Role.MEMBER)
    ask(other, "anna")
    answer = team.desk("olga").send("POST", f"/leave-requests/{other.id('anna')}/approve")
    assert (answer.status, answer.code) == (404, "leave-request-not-found")
    assert other.role("anna") is Role.MEMBER


@pytest.mark.parametrize(
    ("verdict", "subject", "is_member"),
    [
        ("approve", "You have left Olga's workspace", False),
        ("deny", "Your request to leave Olga's workspace was denied", True),
    ],
)
def test_the_asker_is_told_by_letter(
    api: ApiClient, people: People, mailbox: Mailbox, verdict: str, subject: str, is_member: bool
) -> None:
    olga, anna = people.new("Olga"), people.new()
    people.join(anna, olga)
    base = f"/workspaces/{olga.workspace_id}"
    assert api.put(f"{base}/leave-request", {"reason": "my reason"}, anna.browser).status == 200
    assert api.post(f"{base}/leave-requests/{anna.user_id}/{verdict}", None, olga.browser).status == 204
    deliver()
    letter = mailbox.of(anna.email)[-1]
    assert letter["Subject"] == subject
    assert "my reason" not in letter["BodyText"]
    assert (api.get(base, anna.browser).status == 200) is is_member


def test_who_left_is_let_in_anew_once_all_of_theirs_has_ended(api: ApiClient, people: People) -> None:
    olga, anna = people.new("Olga"), people.new()
    people.join(anna, olga)
    member = f"/workspaces/{olga.workspace_id}/members/{anna.user_id}"
    assert api.delete(member, olga.browser).status == 204
    opened = api.post(f"/workspaces/{olga.workspace_id}/invites", {"role": "member"}, olga.browser)
    link = {"token": opened.body["link"].rpartition("#")[2]}
    refused = api.post("/invites/accept", link, anna.browser)
    assert (refused.status, refused.code) == (409, "still-leaving")
    deliver()
    assert api.post("/invites/accept", link, anna.browser).status == 200


def test_what_a_member_kept_for_themselves_goes_with_them_for_good(api: ApiClient, people: People) -> None:
    """A private view, and that the table opens with it, as everything else in the partition that is theirs here."""
    olga, anna = people.new("Olga"), people.new()
    people.join(anna, olga)
    base = f"/workspaces/{olga.workspace_id}"
    view = {"name": "Mine", "content": {}}
    own = api.post(f"{base}/views", view, anna.browser).body["id"]
    shared = api.post(f"{base}/views", view | {"is_shared": True}, anna.browser).body["id"]
    assert api.put(f"{base}/default-view", {"view_id": own}, anna.browser).status == 204
    assert api.delete(f"{base}/members/{anna.user_id}", olga.browser).status == 204
    deliver()
    opened = api.post(f"{base}/invites", {"role": "member"}, olga.browser)
    assert api.post("/invites/accept", {"token": opened.body["link"].rpartition("#")[2]}, anna.browser).status == 200
    found = api.get(f"{base}/views", anna.browser).body
    assert ([each["id"] for each in found["views"]], found["default_view_id"]) == ([shared], None)


def test_flags_give_nobody_a_say(team: Team) -> None:
    team.grant("max", *Flag)
    ask(team, "adam")
    assert decide(team, "max", "adam", "approve").code == "permission-missing"
