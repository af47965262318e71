"""Nobody reaches a workspace that is not theirs: every declared route, tried as everybody who may not.

The routes come from the code's own registry, so a new one is covered without anyone remembering (product.md 1.4).
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pynamodb.expressions.update import Action as Update

from chalicelib.edge.api import Route
from chalicelib.kernel import ids
from chalicelib.kernel.permissions import Action, Grants, Toggle
from chalicelib.kernel.roles import Role
from chalicelib.table import keys
from chalicelib.table.proof import WorkspaceRow
from tests import scene
from tests.api_client import Answer, ApiClient, Browser
from tests.every_route import body_of, filled, guarded, name_of, of_workspaces, parameters_of
from tests.furnished import Furnished
from tests.hand_clock import HandClock
from tests.people import People


def ask(api: ApiClient, route: Route, browser: Browser, values: dict[str, str]) -> Answer:
    """Call a route with a fitting body, as somebody, from an address no limit knows."""
    return api.request(route.method, filled(route, values), Browser(token=browser.token), body=body_of(route))


def told(answer: Answer) -> tuple[int, dict[str, object]]:
    """All a caller learns."""
    return answer.status, {name: value for name, value in answer.body.items() if name != "request_id"}


def nowhere(values: dict[str, str]) -> dict[str, str]:
    """Well-formed ids of nothing."""
    return {name: ids.mint() if len(value) == 26 else ids.mint() + value[26:] for name, value in values.items()}


def test_every_parameter_of_a_path_is_tried(furnished: Furnished) -> None:
    named = {name for route in of_workspaces() for name in parameters_of(route)}
    assert named <= furnished.ids.keys(), "make one of these in tests/furnished.py"


def test_nobody_is_asked_to_sign_in(api: ApiClient, furnished: Furnished, report: Callable[[str, int], None]) -> None:
    for route in guarded():
        assert ask(api, route, Browser(), furnished.ids).status == 401, name_of(route)
    report("nobody", len(guarded()))


def test_an_expired_session_is_nobody(
    api: ApiClient, furnished: Furnished, clock: HandClock, report: Callable[[str, int], None]
) -> None:
    clock.advance(timedelta(days=14))
    for route in guarded():
        assert ask(api, route, furnished.owner.browser, furnished.ids).status == 401, name_of(route)
    report("an expired session", len(guarded()))


def test_a_signed_out_session_is_nobody(
    api: ApiClient, furnished: Furnished, report: Callable[[str, int], None]
) -> None:
    assert api.post("/sign-out", None, furnished.owner.browser).status == 204
    for route in guarded():
        assert ask(api, route, furnished.owner.browser, furnished.ids).status == 401, name_of(route)
    report("a signed-out session", len(guarded()))


def test_a_foreign_workspace_looks_like_a_missing_one(
    api: ApiClient, people: People, furnished: Furnished, report: Callable[[str, int], None]
) -> None:
    mallory = people.new("Mallory")
    for route in of_workspaces():
        foreign = ask(api, route, mallory.browser, furnished.ids)
        missing = ask(api, route, mallory.browser, nowhere(furnished.ids))
        assert foreign.status == 404, name_of(route)
        assert told(foreign) == told(missing), name_of(route)
    report("another workspace's owner", len(of_workspaces()))


def test_a_foreign_id_in_ones_own_workspace_looks_like_a_missing_one(
    api: ApiClient, people: People, furnished: Furnished, report: Callable[[str, int], None]
) -> None:
    mallory = people.new("Mallory")
    at_home = {"workspace_id": mallory.workspace_id}
    routes = [route for route in of_workspaces() if parameters_of(route)]
    for route in routes:
        foreign = ask(api, route, mallory.browser, furnished.ids | at_home)
        missing = ask(api, route, mallory.browser, nowhere(furnished.ids) | at_home)
        assert foreign.status == 404, name_of(route)
        assert told(foreign) == told(missing), name_of(route)
    report("an owner with another workspace's ids", len(routes))


def test_a_removed_member_sees_nothing_but_a_missing_workspace(
    api: ApiClient, people: People, furnished: Furnished, report: Callable[[str, int], None]
) -> None:
    anna = people.new()
    people.join(anna, furnished.owner, role=Role.ADMIN)
    gone = api.delete(f"/workspaces/{furnished.owner.workspace_id}/members/{anna.user_id}", furnished.owner.browser)
    assert gone.status == 204, gone.body
    for route in of_workspaces():
        answer = ask(api, route, anna.browser, furnished.ids)
        assert answer.status == 404, name_of(route)
        assert told(answer) == told(ask(api, route, anna.browser, nowhere(furnished.ids))), name_of(route)
    report("a removed member", len(of_workspaces()))


def test_a_revoked_session_is_nobody(
    api: ApiClient, people: People, furnished: Furnished, report: Callable[[str, int], None]
) -> None:
    elsewhere = Browser()
    people.sign_in(furnished.owner.email, elsewhere)
    ended = api.post("/me/sessions/end", {"proof": {"password": furnished.owner.password}}, elsewhere)
    assert ended.status == 204, ended.body
    for route in guarded():
        assert ask(api, route, furnished.owner.browser, furnished.ids).status == 401, name_of(route)
    report("a revoked session", len(guarded()))


def test_where_a_second_factor_is_required_a_session_without_one_gets_no_further(
    api: ApiClient, people: People, furnished: Furnished, report: Callable[[str, int], None]
) -> None:
    anna = people.new()
    people.join(anna, furnished.owner, role=Role.ADMIN)
    require_second_factor(furnished)
    for route in of_workspaces():
        answer = ask(api, route, anna.browser, furnished.ids)
        assert (answer.status, answer.code) == (403, "second-factor-required"), name_of(route)
    report("a session without the second factor that is required", len(of_workspaces()))


def test_a_workspace_that_is_being_deleted_is_missing_for_everybody(
    api: ApiClient, furnished: Furnished, clock: HandClock, report: Callable[[str, int], None]
) -> None:
    be_deleted(furnished, clock)
    routes = [route for route in of_workspaces() if not route.while_deleted]
    for route in routes:
        answer = ask(api, route, furnished.owner.browser, furnished.ids)
        assert answer.status == 404, name_of(route)
        missing = ask(api, route, furnished.owner.browser, nowhere(furnished.ids))
        assert told(answer) == told(missing), name_of(route)
    assert {name_of(route) for route in of_workspaces()} - {name_of(route) for route in routes} == {
        "POST /workspaces/{workspace_id}/deletion",
        "DELETE /workspaces/{workspace_id}/deletion",
    }
    report("the owner of a workspace that is being deleted", len(routes))


def require_second_factor(furnished: Furnished) -> None:
    """Switch the toggle in the row itself: who may switch it, and when, is another test's."""
    toggles = {Toggle.REQUIRE_SECOND_FACTOR.value: True}
    change_workspace(furnished, [WorkspaceRow.toggles.set(toggles)])


def be_deleted(furnished: Furnished, clock: HandClock) -> None:
    """Have the workspace wait for its erasing."""
    change_workspace(furnished, [WorkspaceRow.deletes_at.set(clock() + timedelta(days=7))])


def change_workspace(furnished: Furnished, actions: list[Update]) -> None:
    """Write to the workspace's own row."""
    rows = scene.a_job(furnished.owner.workspace_id).rows(keys.WORKSPACE)
    assert rows.update(rows.new(WorkspaceRow, keys.PROFILE), actions, WorkspaceRow.name.exists())


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMIN])
def test_a_role_below_the_needed_one_is_told_so(
    api: ApiClient, people: People, furnished: Furnished, report: Callable[[str, int], None], role: Role
) -> None:
    anna = people.new()
    people.join(anna, furnished.owner, role=role)
    grants = Grants(role=role, toggles={})
    routes = [route for route in of_workspaces() if isinstance(route.allow, Action) and not grants.allow(route.allow)]
    for route in routes:
        answer = ask(api, route, anna.browser, furnished.ids)
        assert (answer.status, answer.code) == (403, "permission-missing"), name_of(route)
    report(f"somebody with the role {role}", len(routes))


def test_the_owner_gets_through(api: ApiClient, furnished: Furnished) -> None:
    for route in of_workspaces():
        if route.method == "GET" and route.query is None:
            assert ask(api, route, furnished.owner.browser, furnished.ids).status == 200, name_of(route)
