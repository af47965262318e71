"""A deletion, the way back and erasing meet at the same moment: one of them wins, and never half of one."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.features.identity.model import LinkNotValid
from chalicelib.features.privacy.model import UNDO_FOR, Deletion, DeletionNotFound, ErasingBegun
from chalicelib.features.privacy.repository.erasings import Erasings
from chalicelib.features.privacy.repository.workspaces import Profiles
from chalicelib.features.privacy.use_cases.person_deletion import undo_deletion as keep_person
from chalicelib.features.privacy.use_cases.person_erasing import erase_person
from chalicelib.features.privacy.use_cases.steps import ERASE_WORKSPACE, work_name
from chalicelib.features.privacy.use_cases.workspace_deletion import put_deletion, undo_deletion
from chalicelib.features.privacy.use_cases.workspace_erasing import erase_workspace
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.features.workspaces.model import ChangeMember
from chalicelib.kernel.roles import Role
from chalicelib.table import keys
from chalicelib.table.due import DueRow
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import ChangedMeanwhile
from tests.api_client import ApiClient
from tests.deleting import delete_me
from tests.hand_clock import HandClock
from tests.people import Mailbox, People, deliver
from tests.races import at_once, in_between, outcome_of
from tests.scene import CALLER
from tests.team import Team

Act = Callable[[], object]
LOST = {ChangedMeanwhile, ErasingBegun, DeletionNotFound}


@pytest.fixture
def deleted(tenant: Tenant, installation: Installation) -> Tenant:
    """A workspace whose seven days run."""
    ask(tenant, installation, UNDO_FOR)()
    return tenant


def ask(tenant: Tenant, installation: Installation, after: timedelta) -> Act:
    """The act of deleting a workspace."""

    def act() -> None:
        deletion = Deletion(deletes_at=tenant.now() + after, can_undo=bool(after))
        put_deletion(Profiles(tenant).require(), deletion, tenant=tenant, installation=installation)

    return act


def undo(tenant: Tenant, installation: Installation) -> Act:
    """The act of taking it back."""
    return lambda: undo_deletion(tenant=tenant, installation=installation)


def begin(tenant: Tenant, installation: Installation) -> Act:
    """The act of beginning to erase."""
    return lambda: erase_workspace(tenant.workspace_id, name=None, people=(), installation=installation)


def is_scheduled(tenant: Tenant, installation: Installation) -> bool:
    """Whether the workspace is to be erased by itself."""
    name = work_name(ERASE_WORKSPACE, tenant.workspace_id)
    return installation.rows(keys.due_row(name)).get(DueRow, keys.ONLY) is not None


def assert_whole(tenant: Tenant, installation: Installation) -> bool:
    """Deleted with all that belongs to it, or standing with nothing of it; whether it is deleted."""
    is_deleted = Profiles(tenant).require().deletes_at is not None
    assert is_scheduled(tenant, installation) is is_deleted
    assert is_deleted or Erasings(installation).get(tenant.workspace_id) is None
    return is_deleted


def test_two_owners_who_delete_at_once_delete_once(
    tenant: Tenant, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = at_once([ask(tenant, installation, UNDO_FOR)] * 2, monkeypatch)
    assert sorted(map(str, outcomes)) == sorted(map(str, [None, ChangedMeanwhile]))
    assert assert_whole(tenant, installation)


def test_of_two_owners_who_take_it_back_at_once_one_does(
    deleted: Tenant, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = at_once([undo(deleted, installation)] * 2, monkeypatch)
    assert outcomes.count(None) == 1
    assert not assert_whole(deleted, installation)


def test_taking_it_back_and_deleting_now_leave_one_of_the_two(
    deleted: Tenant, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = at_once([undo(deleted, installation), ask(deleted, installation, timedelta(0))], monkeypatch)
    assert outcomes.count(None) == 1
    assert assert_whole(deleted, installation) is (outcomes[1] is None)


def test_what_was_taken_back_between_a_look_and_the_first_step_is_not_erased(
    deleted: Tenant, installation: Installation, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_back = undo(deleted, installation)

    def in_time() -> None:
        clock.advance(-UNDO_FOR)
        take_back()

    clock.advance(UNDO_FOR)
    assert in_between(begin(deleted, installation), in_time, monkeypatch) is ChangedMeanwhile
    assert not assert_whole(deleted, installation)


def test_what_began_to_be_erased_between_a_look_and_taking_it_back_stays_deleted(
    deleted: Tenant, installation: Installation, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_step = begin(deleted, installation)

    def in_time() -> None:
        clock.advance(UNDO_FOR)
        first_step()

    assert in_between(undo(deleted, installation), in_time, monkeypatch) in LOST
    assert assert_whole(deleted, installation)
    assert Erasings(installation).get(deleted.workspace_id) is not None


def test_a_workspace_that_got_another_name_meanwhile_is_not_deleted_under_the_old_one(
    tenant: Tenant, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = lambda: workspaces.rename_workspace("Beta", tenant=tenant)  # noqa: E731
    assert in_between(ask(tenant, installation, UNDO_FOR), rename, monkeypatch) is ChangedMeanwhile
    assert not assert_whole(tenant, installation)


def falls(team: Team, how: str) -> Act:
    """The act of making Otto an Admin, or of removing him."""
    olga = team.handle("olga")
    if how == "demoted":
        return lambda: workspaces.change_member(team.id("otto"), ChangeMember(role=Role.ADMIN), tenant=olga)
    return lambda: workspaces.remove_member(team.id("otto"), tenant=olga)


@pytest.mark.parametrize("how", ["demoted", "removed"])
def test_an_owner_who_fell_meanwhile_does_not_delete(
    how: str, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = Team(olga=Role.OWNER, otto=Role.OWNER)
    otto = team.handle("otto")
    outcome = in_between(ask(otto, installation, timedelta(0)), falls(team, how), monkeypatch)
    assert outcome is ChangedMeanwhile
    assert not assert_whole(otto, installation)


@pytest.mark.parametrize("how", ["demoted", "removed"])
def test_an_owner_who_fell_meanwhile_does_not_take_a_deletion_back(
    how: str, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = Team(olga=Role.OWNER, otto=Role.OWNER)
    otto, fall = team.handle("otto"), falls(team, how)
    ask(team.handle("olga"), installation, UNDO_FOR)()
    assert in_between(undo(otto, installation), fall, monkeypatch) is ChangedMeanwhile
    assert assert_whole(otto, installation)


def test_the_link_of_a_person_works_once_when_used_twice_at_once(
    api: ApiClient, people: People, mailbox: Mailbox, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = people.new()
    assert delete_me(api, anna).status == 202
    deliver()
    token = mailbox.last_token(anna.email)
    keep = lambda: keep_person(token, caller=CALLER, installation=installation)  # noqa: E731
    outcomes = at_once([keep] * 2, monkeypatch)
    assert outcomes.count(None) == 1
    assert outcomes.count(LinkNotValid) + outcomes.count(ChangedMeanwhile) == 1
    people.sign_in(anna.email, anna.browser)


def test_a_person_who_came_back_between_a_look_and_the_first_step_is_not_erased(
    api: ApiClient,
    people: People,
    mailbox: Mailbox,
    installation: Installation,
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    anna = people.new()
    assert delete_me(api, anna).status == 202
    deliver()
    token = mailbox.last_token(anna.email)
    clock.advance(UNDO_FOR)

    def in_time() -> None:
        clock.advance(-timedelta(minutes=1))
        keep_person(token, caller=CALLER, installation=installation)

    begin_erasing = lambda: erase_person({"user_id": anna.user_id}, installation=installation)  # noqa: E731
    assert in_between(begin_erasing, in_time, monkeypatch) is ChangedMeanwhile
    assert Erasings(installation).get(anna.user_id) is None
    assert outcome_of(begin_erasing) is None
    people.sign_in(anna.email, anna.browser)
