"""Two people change who may do what at the same moment: one result, and never half of one (product.md section 3)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from chalicelib.adapters.mail import Mail
from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import ConnectAccount
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.features.workspaces.model import (
    ChangeMember,
    CreateInvite,
    InviteNotBacked,
    InviteNotFound,
    InviteRevoked,
    InviteUsed,
    LastOwner,
    LeaveRequestNotFound,
    Person,
    StillLeaving,
)
from chalicelib.features.workspaces.repository import Leavings
from chalicelib.kernel import ids
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.errors import MemberNotFound, NotFound
from chalicelib.kernel.permissions import Toggle
from chalicelib.kernel.roles import Role
from chalicelib.table import keys, proof
from chalicelib.table.cipher import Cipher
from chalicelib.table.proof import WorkspaceRow
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import ChangedMeanwhile
from tests.local_aws import LocalAws
from tests.races import at_once, in_between, killed_after
from tests.scene import CALLER, a_job
from tests.team import Team, departed

pytestmark = pytest.mark.usefixtures("local_aws")
Patch = pytest.MonkeyPatch
Act = Callable[[], object]
ROUNDS = 5


def gives(team: Team, by: str, whom: str, role: Role) -> Act:
    """The act of giving somebody a role, by somebody who was proven just now."""
    handle = team.handle(by)
    return lambda: workspaces.change_member(team.id(whom), ChangeMember(role=role), tenant=handle)


def demotes(team: Team, by: str, whom: str) -> Act:
    """The act of making somebody a Member."""
    return gives(team, by, whom, Role.MEMBER)


def removes(team: Team, by: str, whom: str) -> Act:
    """The act of removing somebody."""
    handle = team.handle(by)
    return lambda: workspaces.remove_member(team.id(whom), tenant=handle)


def transfers(team: Team, by: str, whom: str) -> Act:
    """The act of handing the workspace over."""
    handle = team.handle(by)
    return lambda: workspaces.transfer_ownership(team.id(whom), tenant=handle)


def a_link(team: Team, by: str, role: Role = Role.MEMBER) -> str:
    """The token of an invitation somebody opens."""
    opened = workspaces.create_invite(CreateInvite(role=role), tenant=team.handle(by), mail=Mail())
    return opened.link.rpartition("#")[2]


def accepts(team: Team, token: str, name: str = "") -> Act:
    """The act of following an invitation's link, by somebody new or who was here before."""
    user_id = team.id(name) if name else ids.UserId(ids.mint())
    person = Person(
        user_id=user_id, full_name="Anna", username="anna", email="anna@example.com", is_email_verified=True
    )
    actor = Actor(kind=ActorKind.USER, id=user_id, name="Anna")
    return lambda: workspaces.accept_invite(token, person=person, actor=actor, installation=Installation())


@pytest.mark.parametrize("act", [demotes, removes])
def test_two_owners_who_demote_or_remove_each_other_at_once_leave_one(
    act: Callable[..., Act], monkeypatch: Patch
) -> None:
    for _ in range(ROUNDS):
        team = Team(olga=Role.OWNER, otto=Role.OWNER)
        outcomes = at_once([act(team, "olga", "otto"), act(team, "otto", "olga")], monkeypatch)
        assert len([one for one in outcomes if one in (ChangedMeanwhile, LastOwner)]) == 1, outcomes
        assert [team.role("olga"), team.role("otto")].count(Role.OWNER) == 1
        assert team.count_is_true()
        assert len(team.events()) == 1


def test_three_owners_who_demote_one_another_in_a_circle_leave_one(monkeypatch: Patch) -> None:
    for _ in range(ROUNDS):
        team = Team(anna=Role.OWNER, olga=Role.OWNER, otto=Role.OWNER)
        circle = [("anna", "olga"), ("olga", "otto"), ("otto", "anna")]
        at_once([gives(team, by, whom, Role.ADMIN) for by, whom in circle], monkeypatch)
        assert team.count_is_true()
        assert 3 - team.profile().owner_count == len(team.events())


def test_of_the_last_two_owners_who_go_at_once_one_stays(monkeypatch: Patch) -> None:
    for _ in range(ROUNDS):
        team = Team(olga=Role.OWNER, otto=Role.OWNER, max=Role.MEMBER)
        outcomes = at_once([removes(team, "olga", "olga"), removes(team, "otto", "otto")], monkeypatch)
        assert sorted(map(str, outcomes)) == sorted(map(str, [None, LastOwner]))
        assert team.count_is_true()
        assert [team.points_here("olga"), team.points_here("otto")].count(True) == 1


def test_the_last_owner_stays_when_the_other_goes_in_between(monkeypatch: Patch) -> None:
    team = Team(olga=Role.OWNER, otto=Role.OWNER)
    outcome = in_between(removes(team, "olga", "olga"), removes(team, "otto", "otto"), monkeypatch)
    assert outcome is LastOwner
    assert team.role("olga") is Role.OWNER
    assert team.points_here("olga")
    assert team.count_is_true()


def test_a_role_change_against_a_removal_has_one_result(monkeypatch: Patch) -> None:
    for _ in range(ROUNDS):
        team = Team(olga=Role.OWNER, otto=Role.OWNER, max=Role.MEMBER)
        acts = [gives(team, "olga", "max", Role.ADMIN), removes(team, "otto", "max")]
        changed, removed = at_once(acts, monkeypatch)
        if removed is None:
            assert changed is MemberNotFound
            assert (team.role("max"), team.points_here("max")) == (None, False)
            assert team.events() == ["member.removed"]
        else:
            assert removed is ChangedMeanwhile
            assert (team.role("max"), team.points_here("max")) == (Role.ADMIN, True)
            assert team.events() == ["member.role_changed"]


def test_two_changes_of_one_member_at_once_are_one(monkeypatch: Patch) -> None:
    team = Team(olga=Role.OWNER, otto=Role.OWNER, max=Role.MEMBER)
    acts = [gives(team, "olga", "max", Role.ADMIN), gives(team, "otto", "max", Role.OWNER)]
    outcomes = at_once(acts, monkeypatch)
    assert outcomes.count(ChangedMeanwhile) == 1
    assert team.count_is_true()
    row = team.row("max")
    assert row is not None
    assert row.version == 2


@pytest.mark.parametrize("fall", [demotes, removes])
@pytest.mark.parametrize("deed", ["remove", "alias", "invite", "rename", "revoke", "resend", "deny"])
def test_who_lost_the_right_meanwhile_does_nothing_with_it(
    fall: Callable[..., Act], deed: str, monkeypatch: Patch
) -> None:
    team = Team(olga=Role.OWNER, adam=Role.ADMIN, max=Role.MEMBER)
    opened = workspaces.create_invite(CreateInvite(role=Role.MEMBER), tenant=team.handle("olga"), mail=Mail())
    workspaces.ask_to_leave(None, tenant=team.handle("max"))
    adam = team.handle("adam")
    deeds: dict[str, Act] = {
        "remove": lambda: workspaces.remove_member(team.id("max"), tenant=adam),
        "alias": lambda: workspaces.change_member(team.id("max"), ChangeMember(alias="x"), tenant=adam),
        "invite": lambda: workspaces.create_invite(CreateInvite(role=Role.MEMBER), tenant=adam, mail=Mail()),
        "rename": lambda: workspaces.rename_workspace("Adam's", tenant=adam),
        "revoke": lambda: workspaces.revoke_invite(opened.invite.id, tenant=adam),
        "resend": lambda: workspaces.resend_invite(opened.invite.id, tenant=adam, mail=Mail()),
        "deny": lambda: workspaces.deny_leaving(team.id("max"), tenant=adam),
    }
    before = team.events()
    assert in_between(deeds[deed], fall(team, "olga", "adam"), monkeypatch) is ChangedMeanwhile
    assert team.role("max") is Role.MEMBER
    assert len(team.events()) == len(before) + 1


def test_an_owner_demoted_meanwhile_switches_no_toggle(monkeypatch: Patch) -> None:
    team = Team(olga=Role.OWNER, otto=Role.OWNER)
    otto = team.handle("otto")
    session = proof.prove_session(team.people["otto"].token, now=utc_now)

    def switch() -> object:
        return workspaces.change_toggles({Toggle.EXPORT_DATA: True}, tenant=otto, session=session)

    assert in_between(switch, gives(team, "olga", "otto", Role.ADMIN), monkeypatch) is ChangedMeanwhile
    assert team.profile().toggles == {}


def test_somebody_raised_meanwhile_is_out_of_reach(monkeypatch: Patch) -> None:
    team = Team(olga=Role.OWNER, adam=Role.ADMIN, max=Role.MEMBER)
    outcome = in_between(removes(team, "adam", "max"), gives(team, "olga", "max", Role.OWNER), monkeypatch)
    assert outcome is ChangedMeanwhile
    assert team.role("max") is Role.OWNER
    assert team.count_is_true()


def test_ownership_goes_to_nobody_who_is_gone(monkeypatch: Patch) -> None:
    team = Team(olga=Role.OWNER, max=Role.MEMBER, adam=Role.ADMIN)
    outcome = in_between(transfers(team, "olga", "max"), removes(team, "adam", "max"), monkeypatch)
    assert outcome is MemberNotFound
    assert team.role("olga") is Role.OWNER
    assert team.count_is_true()


def test_two_transfers_at_once_are_one(monkeypatch: Patch) -> None:
    team = Team(olga=Role.OWNER, max=Role.MEMBER, adam=Role.ADMIN)
    outcomes = at_once([transfers(team, "olga", "max"), transfers(team, "olga", "adam")], monkeypatch)
    assert outcomes.count(None) == 1
    assert team.role("olga") is Role.ADMIN
    assert team.count_is_true()
    assert team.events() == ["ownership.transferred"]


def test_ownership_is_transferred_and_the_giver_is_an_admin() -> None:
    team = Team(olga=Role.OWNER, max=Role.MEMBER)
    transfers(team, "olga", "max")()
    assert (team.role("olga"), team.role("max")) == (Role.ADMIN, Role.OWNER)
    assert team.count_is_true()
    versions = [row.version for row in (team.row("olga"), team.row("max")) if row is not None]
    assert versions == [2, 2], "open sockets of both close and come back"
    entry = team.entry("ownership.transferred")
    assert (entry.old["owner"], entry.new["owner"]) == (team.id("olga"), team.id("max"))


def test_one_invitation_lets_one_of_two_in(monkeypatch: Patch) -> None:
    team = Team(olga=Role.OWNER)
    token = a_link(team, "olga")
    outcomes = at_once([accepts(team, token), accepts(team, token)], monkeypatch)
    assert outcomes.count(InviteUsed) == 1
    assert len(workspaces.list_members(tenant=team.handle("olga"))) == 2


def test_an_invitation_revoked_meanwhile_lets_nobody_in(monkeypatch: Patch) -> None:
    team = Team(olga=Role.OWNER)
    token = a_link(team, "olga")
    [invite] = workspaces.list_invites(tenant=team.handle("olga"))
    olga = team.handle("olga")
    outcome = in_between(accepts(team, token), lambda: workspaces.revoke_invite(invite.id, tenant=olga), monkeypatch)
    assert outcome is InviteRevoked
    assert len(workspaces.list_members(tenant=olga)) == 1


@pytest.mark.parametrize("fall", [demotes, removes])
def test_an_invitation_whose_inviter_fell_meanwhile_lets_nobody_in(
    fall: Callable[..., Act], monkeypatch: Patch
) -> None:
    team = Team(olga=Role.OWNER, adam=Role.ADMIN)
    token = a_link(team, "adam")
    assert in_between(accepts(team, token), fall(team, "olga", "adam"), monkeypatch) is InviteNotBacked
    assert "member.joined" not in team.events()


def test_an_invitation_leads_nowhere_once_the_workspace_is_to_be_deleted(monkeypatch: Patch) -> None:
    team = Team(olga=Role.OWNER)
    token = a_link(team, "olga")

    def ask_for_deletion() -> object:
        rows = a_job(team.workspace_id).rows(keys.WORKSPACE)
        return rows.update(team.profile(), [WorkspaceRow.deletes_at.set(utc_now() + timedelta(days=7))])

    assert in_between(accepts(team, token), ask_for_deletion, monkeypatch) is InviteNotFound
    with pytest.raises(InviteNotFound):
        accepts(team, token)()
    assert team.events() == ["invite.created"]


def test_somebody_removed_meanwhile_leaves_no_request_behind(monkeypatch: Patch) -> None:
    team = Team(olga=Role.OWNER, max=Role.MEMBER)
    max_ = team.handle("max")
    outcome = in_between(lambda: workspaces.ask_to_leave("bye", tenant=max_), removes(team, "olga", "max"), monkeypatch)
    assert outcome is ChangedMeanwhile
    assert workspaces.list_leave_requests(tenant=team.handle("olga")) == []
    assert Leavings(a_job(team.workspace_id)).is_departing(team.id("max"))


def test_who_withdrew_meanwhile_stays(monkeypatch: Patch) -> None:
    team = Team(olga=Role.OWNER, max=Role.MEMBER)
    max_, olga = team.handle("max"), team.handle("olga")
    workspaces.ask_to_leave(None, tenant=max_)
    outcome = in_between(
        lambda: workspaces.approve_leaving(team.id("max"), tenant=olga),
        lambda: workspaces.withdraw_leaving(tenant=max_),
        monkeypatch,
    )
    assert outcome is LeaveRequestNotFound
    assert team.role("max") is Role.MEMBER
    assert team.points_here("max")


def test_two_who_decide_at_once_decide_once(monkeypatch: Patch) -> None:
    team = Team(olga=Role.OWNER, otto=Role.OWNER, max=Role.MEMBER)
    workspaces.ask_to_leave(None, tenant=team.handle("max"))
    olga, otto = team.handle("olga"), team.handle("otto")
    approved, denied = at_once(
        [
            lambda: workspaces.approve_leaving(team.id("max"), tenant=olga),
            lambda: workspaces.deny_leaving(team.id("max"), tenant=otto),
        ],
        monkeypatch,
    )
    assert (approved is None) is not (denied is None)
    assert (team.role("max") is None) is (approved is None)


def test_a_login_that_ends_after_its_member_was_removed_leaves_no_connection(monkeypatch: Patch) -> None:
    team = Team(olga=Role.OWNER, max=Role.MEMBER)
    max_ = team.handle("max")
    login = ConnectAccount(
        telegram_user_id=4711, name="Max", username=None, phone=None, session_string="1secret", owned=True
    )
    outcome = in_between(
        lambda: accounts.connect_account(login, tenant=max_, cipher=Cipher()), removes(team, "olga", "max"), monkeypatch
    )
    assert outcome is NotFound
    assert accounts.known_accounts(a_job(team.workspace_id)) == []


def connected(team: Team, name: str, *telegram_user_ids: int) -> None:
    """Have somebody connect Telegram accounts."""
    for number in telegram_user_ids:
        login = ConnectAccount(
            telegram_user_id=number, name=f"A{number}", username=None, phone=None, session_string="1x", owned=True
        )
        accounts.connect_account(login, tenant=team.handle(name), cipher=Cipher())


def held_by(team: Team, name: str) -> list[bool]:
    """Of each account somebody ever connected, whether they still hold it."""
    known = accounts.known_accounts(a_job(team.workspace_id))
    return [account.holders[team.id(name)] for account in known if team.id(name) in account.holders]


def test_a_departure_that_was_killed_anywhere_goes_on_to_its_end(monkeypatch: Patch) -> None:
    for writes in range(10):
        team = Team(olga=Role.OWNER, adam=Role.ADMIN, max=Role.MEMBER)
        connected(team, "adam", 1, 2)
        connected(team, "max", 1)
        a_link(team, "adam")
        a_link(team, "olga")
        removes(team, "olga", "adam")()
        was_killed = killed_after(writes, partial(departed, team, "adam"), monkeypatch)
        for _ in range(2):
            departed(team, "adam")
        assert held_by(team, "adam") == [], "accounts forget who connected them"
        assert held_by(team, "max") == [True], "a teammate on the same account stays connected"
        assert team.events().count("connection.end_requested") == 2
        assert team.events().count("invite.revoked") == 1
        assert not Leavings(a_job(team.workspace_id)).is_departing(team.id("adam"))
        if not was_killed:
            assert writes == 5, "two connections, their accounts, and an invitation"
            return
    pytest.fail("the departure never came to its end")


def test_who_left_joins_anew_once_all_of_theirs_has_ended(local_aws: LocalAws, monkeypatch: Patch) -> None:
    team = Team(olga=Role.OWNER, max=Role.MEMBER)
    connected(team, "max", 1)
    removes(team, "olga", "max")()
    token = a_link(team, "olga")
    with pytest.raises(StillLeaving):
        accepts(team, token, "max")()
    departed(team, "max")
    accepts(team, token, "max")()
    connected(team, "max", 1)
    departed(team, "max")
    assert held_by(team, "max") == [True], "an old departure ends nothing of the new membership"
    assert proof.prove_membership(team.people["max"].token, team.workspace_id, CALLER, now=utc_now)


def test_an_account_that_ends_takes_its_memberships_with_it_but_not_the_last_member(local_aws: LocalAws) -> None:
    team = Team(olga=Role.OWNER, max=Role.MEMBER)
    job = a_job(team.workspace_id)
    for _ in range(2):
        workspaces.end_membership(team.id("max"), tenant=job)
    assert team.role("max") is None
    assert team.entry("member.left").actor.kind is ActorKind.SYSTEM
    with pytest.raises(LastOwner):
        workspaces.end_membership(team.id("olga"), tenant=job)
    assert team.role("olga") is Role.OWNER


def test_the_account_of_a_last_owner_hands_the_workspace_on_even_when_killed_in_between(monkeypatch: Patch) -> None:
    for writes in range(3):
        team = Team(olga=Role.OWNER, max=Role.MEMBER, anna=Role.ADMIN, adam=Role.ADMIN)
        end = partial(workspaces.end_membership, team.id("olga"), tenant=a_job(team.workspace_id))
        was_killed = killed_after(writes, end, monkeypatch)
        assert was_killed is (writes < 2), "handed on, then ended"
        end()
        assert (team.role("olga"), team.role("anna"), team.role("adam")) == (None, Role.OWNER, Role.ADMIN)
        assert team.count_is_true()
        assert team.events() == ["ownership.inherited", "member.left"]
