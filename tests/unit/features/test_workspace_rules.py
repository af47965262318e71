"""When an invitation lets somebody in, who may give which role, what a member and a reason may be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.features.workspaces.model import (
    ChangeMember,
    EmailUnverified,
    Invite,
    InviteExpired,
    InviteForOtherEmail,
    InviteNotBacked,
    InviteRevoked,
    InviteState,
    InviteUsed,
    Person,
    ReasonInvalid,
    RoleOutOfReach,
    TeamMember,
    Workspace,
    WorkspaceState,
    parse_reason,
    require_reach,
)
from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.ids import InviteId, UserId, WorkspaceId
from chalicelib.kernel.permissions import Action, Flag, Grants, Toggle
from chalicelib.kernel.roles import Role

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
INVITE = Invite(
    id=InviteId("I"),
    role=Role.MEMBER,
    email=None,
    invited_by=UserId("O"),
    inviter_name="Olga",
    ends_at=NOW + timedelta(days=7),
    settled=InviteState.OPEN,
    token_hash="h",
)
MAX = TeamMember(user_id=UserId("M"), full_name="Max Born", username="max", role=Role.MEMBER, joined_at=NOW, version=3)
ANNA = Person(user_id=UserId("A"), full_name="Anna", username="anna", email="anna@example.com", is_email_verified=True)


def test_an_open_invitation_lets_in_until_its_last_moment() -> None:
    INVITE.require_open(INVITE.ends_at - timedelta(microseconds=1))
    INVITE.require_meant_for(ANNA)


@pytest.mark.parametrize(
    ("settled", "after", "fact"),
    [
        (InviteState.OPEN, timedelta(days=7), InviteExpired),
        (InviteState.REVOKED, timedelta(0), InviteRevoked),
        (InviteState.USED, timedelta(0), InviteUsed),
        (InviteState.REVOKED, timedelta(days=8), InviteRevoked),
        (InviteState.USED, timedelta(days=8), InviteUsed),
    ],
)
def test_each_refusal_says_why(settled: InviteState, after: timedelta, fact: type[Conflict]) -> None:
    with pytest.raises(fact):
        replace(INVITE, settled=settled).require_open(NOW + after)


def test_an_invitation_for_an_address_is_for_its_proven_owner() -> None:
    invite = replace(INVITE, email="anna@example.com")
    invite.require_meant_for(ANNA)
    with pytest.raises(InviteForOtherEmail):
        invite.require_meant_for(replace(ANNA, email="boris@example.com"))
    with pytest.raises(EmailUnverified):
        invite.require_meant_for(replace(ANNA, is_email_verified=False))


@pytest.mark.parametrize(
    ("own", "reaches"),
    [
        (Role.MEMBER, set()),
        (Role.ADMIN, {Role.MEMBER}),
        (Role.OWNER, {Role.MEMBER, Role.ADMIN, Role.OWNER}),
    ],
)
def test_people_give_only_roles_below_their_own_and_owners_also_make_owners(own: Role, reaches: set[Role]) -> None:
    for role in Role:
        if role in reaches:
            require_reach(own, role)
        else:
            with pytest.raises(RoleOutOfReach):
                require_reach(own, role)


@pytest.mark.parametrize(
    ("inviter", "given", "is_backed"),
    [
        (None, Role.MEMBER, False),
        (Role.MEMBER, Role.MEMBER, False),
        (Role.ADMIN, Role.MEMBER, True),
        (Role.ADMIN, Role.ADMIN, False),
        (Role.OWNER, Role.MEMBER, True),
        (Role.OWNER, Role.ADMIN, True),
    ],
)
def test_an_invitation_gives_what_its_inviter_could_give_now(
    inviter: Role | None, given: Role, is_backed: bool
) -> None:
    invite = replace(INVITE, role=given)
    behind_it = None if inviter is None else replace(MAX, role=inviter, flags=frozenset(Flag))
    if is_backed:
        assert invite.require_backed(behind_it) == behind_it
    else:
        with pytest.raises(InviteNotBacked):
            invite.require_backed(behind_it)


@pytest.mark.parametrize(
    ("wish", "version"),
    [
        (ChangeMember(), 3),
        (ChangeMember(alias="Support"), 3),
        (ChangeMember(role=Role.MEMBER, flags=frozenset()), 3),
        (ChangeMember(role=Role.ADMIN), 4),
        (ChangeMember(flags=frozenset({Flag.MANAGE_COLUMNS})), 4),
    ],
)
def test_the_version_grows_with_what_sockets_depend_on(wish: ChangeMember, version: int) -> None:
    assert wish.applied_to(MAX).version == version


def test_an_empty_alias_takes_it_away_and_teammates_see_the_full_name() -> None:
    named = ChangeMember(alias=" Support ").applied_to(MAX)
    assert (named.alias, named.name) == ("Support", "Support")
    plain = ChangeMember(alias=" ").applied_to(named)
    assert (plain.alias, plain.name) == (None, "Max Born")


@pytest.mark.parametrize(
    ("text", "kept"),
    [(None, None), ("", None), (" \n ", None), (" a\r\nb ", "a\nb"), ("x" * 500, "x" * 500), ("🦊", "🦊")],
)
def test_a_reason_is_kept_trimmed_lines_and_all(text: str | None, kept: str | None) -> None:
    assert parse_reason(text) == kept


@pytest.mark.parametrize("text", ["x" * 501, "a\u0000b", "\ud800"])
def test_a_reason_that_is_too_long_or_unreadable_is_refused(text: str) -> None:
    with pytest.raises(ReasonInvalid):
        parse_reason(text)


def test_a_workspace_is_open_asks_for_a_second_factor_or_is_being_deleted() -> None:
    grants = Grants(role=Role.MEMBER, toggles={Toggle.REQUIRE_SECOND_FACTOR: True})
    acme = Workspace(id=WorkspaceId("W"), name="Acme", grants=grants, created_at=NOW)
    assert acme.state(with_second_factor=True) is WorkspaceState.OPEN
    assert acme.state(with_second_factor=False) is WorkspaceState.SECOND_FACTOR_REQUIRED
    deleted = replace(acme, deletes_at=NOW)
    assert deleted.state(with_second_factor=True) is WorkspaceState.DELETING
    assert Action.MANAGE_MEMBERS not in acme.can
    assert acme.toggles[Toggle.TICKETS] is True
