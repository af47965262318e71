"""A job that reads on behalf of a member: as they may at this moment, and as nobody who has left."""

from datetime import timedelta

import pytest

from chalicelib.kernel.actors import ActorKind
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.permissions import Action, Toggle
from chalicelib.kernel.roles import Role
from chalicelib.table import keys
from chalicelib.table.proof import MemberRow, WorkspaceRow, standing_in
from tests.scene import a_job, a_person, a_workspace, switch

pytestmark = pytest.mark.usefixtures("local_aws")


def test_it_may_what_the_member_may_now_and_acts_as_the_job() -> None:
    max_ = a_person("Max")
    job = a_job(a_workspace((max_, Role.MEMBER)))
    assert standing_in(job, max_.user_id).may(Action.EXPORT_DATA) is False
    switch(Toggle.EXPORT_DATA, job, is_on=True)
    sight = standing_in(job, max_.user_id)
    assert sight.may(Action.EXPORT_DATA) is True
    assert (sight.actor.kind, sight.require(Action.SEE_CRM).user_id) == (ActorKind.SYSTEM, max_.user_id)
    assert job.member is None


def test_it_is_nobody_s_who_is_no_member() -> None:
    max_, stranger = a_person("Max"), a_person("Eve")
    job = a_job(a_workspace((max_, Role.MEMBER)))
    a_workspace((stranger, Role.OWNER))
    with pytest.raises(NotFound):
        standing_in(job, stranger.user_id)
    rows = job.rows(keys.WORKSPACE)
    rows.delete(rows.new(MemberRow, keys.member(max_.user_id)))
    with pytest.raises(NotFound):
        standing_in(job, max_.user_id)


def test_there_is_none_in_a_workspace_that_is_being_deleted() -> None:
    olga = a_person("Olga")
    job = a_job(a_workspace((olga, Role.OWNER)))
    rows = job.rows(keys.WORKSPACE)
    deleting = [WorkspaceRow.deletes_at.set(utc_now() + timedelta(days=7))]
    assert rows.update(rows.new(WorkspaceRow, keys.PROFILE), deleting)
    with pytest.raises(NotFound):
        standing_in(job, olga.user_id)
