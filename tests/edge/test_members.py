"""Who may do what to whom: roles, flags and aliases, removal, handing over (product.md section 3)."""

from itertools import product
from typing import Any

import pytest

from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.kernel import ids
from chalicelib.kernel.permissions import Flag
from chalicelib.kernel.roles import Role
from chalicelib.table.tenant import Installation
from tests.api_client import Answer
from tests.local_aws import LocalAws
from tests.scene import an_account
from tests.team import Team

pytestmark = pytest.mark.usefixtures("local_aws")


@pytest.fixture
def team() -> Team:
    """An Owner, an Admin and a Member."""
    return Team(olga=Role.OWNER, adam=Role.ADMIN, max=Role.MEMBER)


def change(team: Team, by: str, whom: str, **wish: Any) -> Answer:
    """Ask for a change of somebody."""
    return team.desk(by).send("PATCH", f"/members/{team.id(whom)}", wish)


def remove(team: Team, by: str, whom: str) -> Answer:
    """Ask for somebody's removal."""
    return team.desk(by).send("DELETE", f"/members/{team.id(whom)}")


def test_roles_rank_member_below_admin_below_owner_and_people_act_on_and_grant_only_roles_below_their_own(
    local_aws: LocalAws,
) -> None:
    """Every role acting on every role, giving every role; Owners also make, demote and remove Owners."""
    for actor, target, given in product(Role, repeat=3):
        team = Team(actor=actor, target=target, other=Role.OWNER)
        allowed = actor is Role.OWNER or (actor is Role.ADMIN and {target, given} == {Role.MEMBER})
        answer = change(team, "actor", "target", role=given)
        assert (answer.status == 200) is allowed, (actor, target, given)
        assert team.role("target") is (given if allowed else target)
        assert team.count_is_true()
        if not allowed:
            assert answer.code == ("permission-missing" if actor is Role.MEMBER else "role-out-of-reach")


def test_people_remove_only_roles_below_their_own(local_aws: LocalAws) -> None:
    for actor, target in product(Role, repeat=2):
        team = Team(actor=actor, target=target, other=Role.OWNER)
        allowed = actor is Role.OWNER or (actor is Role.ADMIN and target is Role.MEMBER)
        answer = remove(team, "actor", "target")
        assert (answer.status == 204) is allowed, (actor, target)
        assert (team.role("target") is None) is allowed
        assert team.count_is_true()


def test_a_changed_role_is_another_version_and_stands_in_the_journal(team: Team) -> None:
    answer = change(team, "olga", "max", role="admin")
    assert (answer.status, answer.body["role"]) == (200, "admin")
    row = team.row("max")
    assert row is not None
    assert row.version == 2, "open sockets close and come back"
    entry = team.entry("member.role_changed")
    assert (entry.target, entry.old, entry.new) == (team.id("max"), {"role": "member"}, {"role": "admin"})
    assert (entry.actor.id, entry.actor.name, entry.actor.device) == (team.id("olga"), "Olga", "Test Browser 1.0")
    assert entry.actor.address


def test_the_role_somebody_has_already_changes_nothing(team: Team) -> None:
    assert change(team, "olga", "max", role="member").status == 200
    assert change(team, "olga", "max").status == 200
    assert team.events() == []


def test_an_owner_makes_owners_and_demotes_them_while_one_remains(team: Team) -> None:
    assert change(team, "olga", "adam", role="owner").status == 200
    assert team.profile().owner_count == 2
    assert change(team, "adam", "olga", role="member").status == 200
    assert team.profile().owner_count == 1
    refused = change(team, "adam", "adam", role="admin")
    assert (refused.status, refused.code) == (409, "last-owner")
    assert team.role("adam") is Role.OWNER
    assert team.count_is_true()


def test_the_last_owner_is_neither_demoted_nor_removed_by_themselves(team: Team) -> None:
    for refused in (change(team, "olga", "olga", role="member"), remove(team, "olga", "olga")):
        assert (refused.status, refused.code) == (409, "last-owner")
    assert team.role("olga") is Role.OWNER
    assert team.events() == []


def test_an_admin_does_not_act_on_themselves(team: Team) -> None:
    for refused in (
        change(team, "adam", "adam", role="member"),
        change(team, "adam", "adam", alias="Boss"),
        remove(team, "adam", "adam"),
    ):
        assert (refused.status, refused.code) == (403, "role-out-of-reach")


@pytest.mark.parametrize("wish", [{"role": "boss"}, {"flags": ["fly"]}, {"flags": "x"}, {"alias": 7}, {"more": 1}])
def test_a_change_that_makes_no_sense_is_refused(team: Team, wish: dict[str, Any]) -> None:
    assert change(team, "olga", "max", **wish).status == 422
    assert team.events() == []


@pytest.mark.parametrize("user_id", ["x", "0" * 26, "é" * 26, "..", ids.mint()])
def test_somebody_who_is_no_member_is_not_found(team: Team, user_id: str) -> None:
    stranger = Team(eve=Role.OWNER)
    for wanted in (user_id, stranger.id("eve")):
        for method, body in (("PATCH", {"role": "admin"}), ("DELETE", None)):
            answer = team.desk("olga").send(method, f"/members/{wanted}", body)
            assert (answer.status, answer.code) == (404, "member-not-found")
    assert stranger.role("eve") is Role.OWNER


def test_a_member_creates_columns_if_granted_manage_columns(team: Team) -> None:
    wish = {"name": "Stage", "type": "text"}
    assert team.desk("max").send("POST", "/columns", wish).code == "permission-missing"
    granted = change(team, "adam", "max", flags=["manage_columns", "view_group_members"])
    assert granted.body["flags"] == ["manage_columns", "view_group_members"]
    assert team.desk("max").send("POST", "/columns", wish).status == 201
    entry = team.entry("member.flags_changed")
    assert entry.old == {"flags": []}
    assert entry.new == {"flags": ["manage_columns", "view_group_members"]}
    assert change(team, "adam", "max", flags=[]).body["flags"] == []
    assert team.desk("max").send("POST", "/columns", wish).code == "permission-missing"


def test_admins_set_flags_and_alias_of_those_below_and_owners_of_all(team: Team) -> None:
    for wish in ({"flags": [Flag.MANAGE_COLUMNS]}, {"alias": "Support"}):
        assert change(team, "max", "max", **wish).code == "permission-missing"
        assert change(team, "adam", "max", **wish).status == 200
        assert change(team, "adam", "olga", **wish).code == "role-out-of-reach"
        assert change(team, "olga", "adam", **wish).status == 200
        assert change(team, "olga", "olga", **wish).status == 200


def test_a_display_alias_is_what_teammates_see_everywhere(team: Team) -> None:
    an_account(team.workspace_id, team.people["max"])
    assert change(team, "olga", "max", alias="  Max from Support ").body["alias"] == "Max from Support"
    assert team.entry("member.aliased").new == {"alias": "Max from Support"}
    listed = {member["user_id"]: member for member in team.desk("adam").get("/members").body["members"]}
    shown = listed[team.id("max")]
    assert (shown["alias"], shown["full_name"]) == ("Max from Support", "Max")
    team.grant("max", Flag.MANAGE_COLUMNS)
    team.desk("max").send("POST", "/columns", {"name": "Stage", "type": "text"})
    assert team.entry("column.created").actor.name == "Max from Support"
    assert change(team, "olga", "max", alias="").body["alias"] is None
    assert team.handle("max").actor.name == "Max"


@pytest.mark.parametrize("alias", ["x" * 101, "a\u0007b", "\u202eabc"])
def test_an_alias_nobody_can_read_is_refused(team: Team, alias: str) -> None:
    refused = change(team, "olga", "max", alias=alias)
    assert (refused.status, refused.pointers) == (422, ["/alias"])


def test_several_changes_at_once_are_one_change(team: Team) -> None:
    changed = change(team, "olga", "max", role="admin", alias="Chief", flags=["manage_columns"])
    assert (changed.body["role"], changed.body["alias"]) == ("admin", "Chief")
    entry = team.entry("member.changed")
    assert entry.new == {"role": "admin", "flags": ["manage_columns"], "alias": "Chief"}
    refused = change(team, "adam", "max", alias="Max", role="member")
    assert refused.code == "role-out-of-reach"


def test_managers_and_the_member_alone_see_who_has_no_second_factor(team: Team) -> None:
    workspaces.note_second_factor(team.id("max"), has_one=True, installation=Installation())

    def seen(by: str) -> dict[str, bool | None]:
        members = team.desk(by).get("/members").body["members"]
        return {each["full_name"]: each["has_second_factor"] for each in members}

    assert seen("adam") == {"Olga": False, "Adam": False, "Max": True}
    assert seen("max") == {"Olga": None, "Adam": None, "Max": True}
    workspaces.note_second_factor(team.id("max"), has_one=False, installation=Installation())
    assert seen("olga") == {"Olga": False, "Adam": False, "Max": False}
    assert team.events() == []


def test_a_second_factor_of_somebody_who_left_is_not_noted(team: Team) -> None:
    remove(team, "olga", "max")
    workspaces.note_second_factor(team.id("max"), has_one=True, installation=Installation())
    assert team.row("max") is None


def test_a_removed_member_is_out_at_once(team: Team) -> None:
    change(team, "olga", "max", alias="Maxi", flags=["manage_columns"])
    assert remove(team, "adam", "max").status == 204
    assert team.desk("max").get("").status == 404
    assert not team.points_here("max")
    entry = team.entry("member.removed")
    assert (entry.target, entry.actor.id) == (team.id("max"), team.id("adam"))
    assert entry.old == {"name": "Maxi", "role": "member", "flags": ["manage_columns"], "alias": "Maxi"}
    assert remove(team, "adam", "max").code == "member-not-found"


def test_an_owner_who_is_not_the_last_goes_without_asking(team: Team) -> None:
    change(team, "olga", "adam", role="owner")
    assert remove(team, "olga", "olga").status == 204
    assert team.entry("member.left").target == team.id("olga")
    assert team.count_is_true()
