"""When an invitation lets somebody in, and who may give which role."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.features.workspaces.model import (
    EmailUnverified,
    Invite,
    InviteExpired,
    InviteForOtherEmail,
    InviteRevoked,
    InviteState,
    InviteUsed,
    Person,
    RoleOutOfReach,
    require_reach,
)
from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.ids import InviteId, UserId
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
