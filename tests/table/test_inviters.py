"""What an invitation says of who stands behind it, when that changes at the moment somebody departs."""

from typing import Any

import pytest

from chalicelib.adapters.mail import Mail
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.features.workspaces.model import CreateInvite
from chalicelib.features.workspaces.repository import Invites
from chalicelib.features.workspaces.repository.invites import InviteRow
from chalicelib.kernel.roles import Role
from chalicelib.table.rows import Rows
from tests.scene import a_job
from tests.team import Team

pytestmark = pytest.mark.usefixtures("local_aws")


def test_an_invitation_sent_again_at_that_moment_names_whoever_sent_it(monkeypatch: pytest.MonkeyPatch) -> None:
    team = Team(olga=Role.OWNER, adam=Role.ADMIN)
    adam, olga = team.handle("adam"), team.handle("olga")
    opened = workspaces.create_invite(CreateInvite(role=Role.MEMBER), tenant=adam, mail=Mail()).invite
    query, to_do = Rows.query, [lambda: workspaces.resend_invite(opened.id, tenant=olga, mail=Mail())]

    def look_and_be_late(rows: Rows, kind: type[Any], *args: Any, **how: Any) -> list[Any]:
        found = query(rows, kind, *args, **how)
        if kind is InviteRow and to_do:
            to_do.pop()()
        return found

    invites = Invites(a_job(team.workspace_id))
    with monkeypatch.context() as slow:
        slow.setattr(Rows, "query", look_and_be_late)
        invites.forget_person(team.id("adam"))
    kept = invites.require(opened.id)
    assert (kept.invited_by, kept.inviter_name) == (team.id("olga"), "Olga")
