"""Staff of the installation: who they are, and that they see one workspace's health by a grant its people can read."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import ConnectAccount, Connection
from chalicelib.features.staff.repository import Vitals
from chalicelib.kernel import clock as wire
from chalicelib.kernel import ids
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.errors import Unavailable
from chalicelib.kernel.permissions import Action, PermissionMissing
from chalicelib.services import Services
from chalicelib.table import due, grants, keys
from chalicelib.table.cipher import Purpose
from chalicelib.table.due import MAX_ATTEMPTS, Due, Poller
from chalicelib.table.proof import WorkspaceRow, prove_membership
from chalicelib.table.tenant import Grant, Installation, Tenant, granted
from tests import authenticator, log, scene
from tests.api_client import Answer, ApiClient, Browser
from tests.hand_clock import HandClock
from tests.handlers import Dropping
from tests.local_aws import LocalAws
from tests.people import People, Person
from tests.staff import named_as_staff

REASON = "Their ticket says that nothing connects"


@pytest.fixture
def olga(people: People) -> Person:
    """The Owner of the workspace that is looked at."""
    return people.new("Olga Ownerova")


@pytest.fixture
def maya(api: ApiClient, people: People, clock: HandClock) -> Iterator[Person]:
    """Somebody of the staff, whose session showed a second factor."""
    somebody = people.new("Maya Lindqvist")
    authenticator.turn_on(api, somebody, clock)
    with named_as_staff(somebody):
        yield somebody


def grant(api: ApiClient, staff: Person, workspace_id: str, reason: str = REASON) -> Answer:
    return api.post("/staff/grants", {"workspace_id": workspace_id, "reason": reason}, staff.browser)


def look(api: ApiClient, staff: Person, workspace_id: str) -> Answer:
    return api.post(f"/staff/workspaces/{workspace_id}/health", None, staff.browser)


def log_of(api: ApiClient, person: Person, kind: str = "staff") -> list[dict[str, Any]]:
    """The entries of the workspace's activity log, newest first, as somebody of it reads them."""
    path = f"/workspaces/{person.workspace_id}/activity"
    answer = api.get(path, person.browser)
    assert answer.status == 200, answer.body
    return [entry for entry in answer.body["entries"] if entry["kind"].startswith(f"{kind}.")]


def test_a_grant_is_for_one_workspace_with_a_reason_and_eight_hours(
    api: ApiClient, maya: Person, olga: Person, clock: HandClock
) -> None:
    answer = grant(api, maya, olga.workspace_id)
    assert (answer.status, answer.body) == (
        201,
        {
            "workspace_id": olga.workspace_id,
            "reason": REASON,
            "ends_at": wire.to_wire(clock() + timedelta(hours=8)),
        },
    )


def test_the_grant_and_each_look_stand_in_that_workspaces_activity_log_by_the_name_of_staff(
    api: ApiClient, maya: Person, olga: Person, clock: HandClock
) -> None:
    grant(api, maya, olga.workspace_id)
    for _ in range(2):
        clock.advance(timedelta(minutes=1))
        assert look(api, maya, olga.workspace_id).status == 200
    entries = log_of(api, olga)
    assert [entry["kind"] for entry in entries] == ["staff.looked", "staff.looked", "staff.granted"]
    for entry in entries:
        assert entry["actor"] == {"kind": "staff", "id": maya.user_id, "name": "Maya Lindqvist"}
        assert entry["target"] == olga.workspace_id
        assert entry["new"]["reason"] == REASON
        assert entry["address"] != maya.browser.address


def test_health_is_counts_states_and_times(
    api: ApiClient, maya: Person, olga: Person, people: People, clock: HandClock, on_test_clock: Services
) -> None:
    max_ = people.new("Max")
    people.join(max_, olga)
    connected = connect(olga, max_, on_test_clock)
    scene.chats_of(olga.workspace_id, connected.account_id, 3)
    column = {"name": "Stage", "type": "number"}
    assert api.post(f"/workspaces/{olga.workspace_id}/columns", column, olga.browser).status == 201
    last = clock()
    clock.advance(timedelta(minutes=5))
    grant(api, maya, olga.workspace_id)
    seen = look(api, maya, olga.workspace_id).body
    assert wire.from_wire(seen.pop("created_at")) <= last
    assert seen == {
        "workspace_id": olga.workspace_id,
        "members": {"member": 1, "admin": 0, "owner": 1},
        "connections": [
            {"id": connected.id, "state": "connecting", "reason": None, "since": wire.to_wire(connected.since)}
        ],
        "last_activity_at": wire.to_wire(last),
        "stuck_work": [],
        "accounts": 1,
        "columns": 1,
        "chats": 3,
    }


def test_the_last_activity_is_looked_for_in_the_three_newest_months_of_the_log(
    tenant: Tenant, clock: HandClock
) -> None:
    founded, told = clock(), []
    for _ in range(3):
        clock.advance(timedelta(days=31))
        log.note(scene.a_job(tenant.workspace_id, clock), "anything")
        told.append(Vitals(tenant).last_activity_at())
    assert told == [founded, founded, None]


def test_health_has_no_name_no_number_and_no_value(
    api: ApiClient, maya: Person, olga: Person, on_test_clock: Services
) -> None:
    connected = connect(olga, olga, on_test_clock)
    [chat] = scene.chats_of(olga.workspace_id, connected.account_id, 1)
    base = f"/workspaces/{olga.workspace_id}"
    column = api.post(f"{base}/columns", {"name": "Secret stage", "type": "text"}, olga.browser).body["id"]
    api.put(f"{base}/chats/{chat.id}/values/{column}", {"value": "planted value"}, olga.browser)
    grant(api, maya, olga.workspace_id)
    seen = json.dumps(look(api, maya, olga.workspace_id).body)
    for private in ("Olga", "4915112345678", "Sales team", "planted value", "Secret stage", chat.title, chat.id):
        assert private not in seen


def test_work_that_never_succeeded_is_seen(
    api: ApiClient, maya: Person, olga: Person, installation: Installation, clock: HandClock
) -> None:
    tenant = scene.an_owner(olga.workspace_id, clock)
    work = f"greet {olga.workspace_id}"
    with tenant.transaction() as change:
        due.schedule(change, tenant, work, clock(), {})
        change.record("greeting.planned", target="you")
    for _ in range(MAX_ATTEMPTS):
        Poller(Dropping({work: _refuse}), installation).tick()
        clock.advance(timedelta(hours=2))
    grant(api, maya, olga.workspace_id)
    [stuck] = look(api, maya, olga.workspace_id).body["stuck_work"]
    assert stuck == {"work": work, "since": wire.to_wire(clock() - timedelta(hours=2))}


def _refuse(_: Due) -> None:
    raise Unavailable


def test_an_expired_grant_opens_nothing_and_writes_nothing(
    api: ApiClient, maya: Person, olga: Person, clock: HandClock
) -> None:
    grant(api, maya, olga.workspace_id)
    clock.advance(timedelta(hours=7, minutes=59))
    assert look(api, maya, olga.workspace_id).status == 200
    clock.advance(timedelta(minutes=1))
    refused = look(api, maya, olga.workspace_id)
    assert (refused.status, refused.code) == (404, "grant-not-found")
    assert [entry["kind"] for entry in log_of(api, olga)] == ["staff.looked", "staff.granted"]


def test_a_grant_opens_no_other_workspace(api: ApiClient, people: People, maya: Person, olga: Person) -> None:
    boris = people.new("Boris")
    grant(api, maya, olga.workspace_id)
    for workspace_id in (boris.workspace_id, maya.workspace_id, ids.mint(), "nonsense"):
        refused = look(api, maya, workspace_id)
        assert (refused.status, refused.code) == (404, "grant-not-found")
    assert log_of(api, boris) == []


def test_a_grant_is_good_for_whom_it_was_given_to(
    api: ApiClient, people: People, maya: Person, olga: Person, clock: HandClock
) -> None:
    daniel = people.new("Daniel")
    authenticator.turn_on(api, daniel, clock)
    with named_as_staff(maya, daniel):
        grant(api, maya, olga.workspace_id)
        assert look(api, daniel, olga.workspace_id).code == "grant-not-found"


def test_a_grant_opens_health_and_no_other_path(api: ApiClient, maya: Person, olga: Person) -> None:
    grant(api, maya, olga.workspace_id)
    base = f"/workspaces/{olga.workspace_id}"
    for path in (base, f"{base}/members", f"{base}/chats", f"{base}/columns", f"{base}/accounts", f"{base}/activity"):
        assert api.get(path, maya.browser).status == 404


def test_the_handle_of_a_grant_may_do_nothing_a_member_may(olga: Person, installation: Installation) -> None:
    staff = Actor(kind=ActorKind.STAFF, id=ids.mint(), name="Maya")
    held = Grant(workspace_id=olga.workspace_id, staff_id=staff.id, reason=REASON, ends_at=installation.now())  # type: ignore[arg-type]
    tenant = granted(held, staff, now=installation.now)
    assert not any(tenant.may(action) for action in Action)
    with pytest.raises(PermissionMissing):
        tenant.require(Action.SEE_CRM)
    with pytest.raises(ValueError, match="given to"):
        granted(held, Actor(kind=ActorKind.STAFF, id=ids.mint(), name="Daniel"), now=installation.now)


def test_to_everybody_else_there_is_nothing_here(api: ApiClient, maya: Person, olga: Person) -> None:
    asked = (
        api.post("/staff/grants", {"workspace_id": olga.workspace_id, "reason": REASON}, olga.browser),
        api.post(f"/staff/workspaces/{olga.workspace_id}/health", None, olga.browser),
        api.post("/staff/second-factor-resets", {"email": maya.email, "reason": REASON}, olga.browser),
        api.delete(f"/staff/second-factor-resets/{maya.user_id}", olga.browser),
    )
    assert {(answer.status, answer.code) for answer in asked} == {(404, "not-found")}
    assert log_of(api, olga) == []


def test_nobody_is_no_staff(api: ApiClient, maya: Person, olga: Person) -> None:
    assert api.post(f"/staff/workspaces/{olga.workspace_id}/health", None, Browser()).status == 401


def test_staff_without_a_second_factor_are_asked_for_one(api: ApiClient, people: People, olga: Person) -> None:
    daniel = people.new("Daniel")
    with named_as_staff(daniel):
        for answer in (grant(api, daniel, olga.workspace_id), look(api, daniel, olga.workspace_id)):
            assert (answer.status, answer.code) == (403, "staff-second-factor-required")
    assert log_of(api, olga) == []


def test_an_address_nobody_confirmed_makes_no_staff(api: ApiClient, people: People, olga: Person) -> None:
    impostor = people.new("Maya", is_verified=False)
    with named_as_staff(impostor):
        assert grant(api, impostor, olga.workspace_id).code == "not-found"


def test_who_is_staff_no_more_keeps_no_grant(api: ApiClient, people: People, maya: Person, olga: Person) -> None:
    grant(api, maya, olga.workspace_id)
    with named_as_staff(olga):
        assert look(api, maya, olga.workspace_id).code == "not-found"


@pytest.mark.parametrize("workspace_id", ["0" * 26, "nonsense", "../x", "\x00"])
def test_there_is_no_grant_for_a_workspace_that_is_not_there(
    api: ApiClient, maya: Person, local_aws: LocalAws, workspace_id: str
) -> None:
    assert (grant(api, maya, workspace_id).status, grant(api, maya, workspace_id).code) == (404, "not-found")
    written = local_aws.client("dynamodb").query(
        TableName=local_aws.environment["WIREROOM_TABLE"],
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": f"WS#{workspace_id}"}},
    )
    assert written["Items"] == []
    pk, sk = keys.data_key(workspace_id, Purpose.JOURNAL)
    key = local_aws.client("dynamodb").get_item(
        TableName=local_aws.environment["WIREROOM_KEYS_TABLE"], Key={"pk": {"S": pk}, "sk": {"S": sk}}
    )
    assert "Item" not in key, "nor is a key made for it"


def test_a_workspace_that_is_being_deleted_is_not_there_for_staff_either(
    api: ApiClient, maya: Person, olga: Person, clock: HandClock
) -> None:
    grant(api, maya, olga.workspace_id)
    rows = scene.a_job(olga.workspace_id).rows(keys.WORKSPACE)
    rows.update(rows.new(WorkspaceRow, keys.PROFILE), [WorkspaceRow.deletes_at.set(clock() + timedelta(days=7))])
    assert look(api, maya, olga.workspace_id).code == "grant-not-found"
    assert grant(api, maya, olga.workspace_id).code == "not-found"


@pytest.mark.parametrize("odd", ["nonsense", "0" * 26, "..%2Fx", "%00", "x" * 2_000])
def test_odd_ids_are_missing_for_staff_too(api: ApiClient, maya: Person, odd: str) -> None:
    health, reset = f"/staff/workspaces/{odd}/health", f"/staff/second-factor-resets/{odd}"
    looked = api.post(health, None, maya.browser)
    assert (looked.status, looked.code) == (404, "grant-not-found")
    assert (api.delete(reset, maya.browser).status, api.delete(reset, maya.browser).code) == (404, "reset-not-found")


@pytest.mark.parametrize("reason", ["", " ", "x" * 501, "because\x00"])
def test_a_grant_needs_a_reason(api: ApiClient, maya: Person, olga: Person, reason: str) -> None:
    refused = grant(api, maya, olga.workspace_id, reason)
    assert (refused.status, refused.pointers) == (422, ["/reason"])
    assert log_of(api, olga) == []


def test_another_grant_takes_the_place_of_the_first(
    api: ApiClient, maya: Person, olga: Person, clock: HandClock
) -> None:
    grant(api, maya, olga.workspace_id)
    clock.advance(timedelta(hours=7))
    grant(api, maya, olga.workspace_id, "Still looking into it")
    clock.advance(timedelta(hours=7))
    assert look(api, maya, olga.workspace_id).status == 200
    assert log_of(api, olga)[0]["new"]["reason"] == "Still looking into it"


def test_a_grant_that_ends_between_proof_and_look_shows_nothing(
    api: ApiClient, maya: Person, olga: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant(api, maya, olga.workspace_id)
    prove = grants.prove

    def replaced(*arguments: Any, **more: Any) -> Any:
        proven = prove(*arguments, **more)
        rows = scene.a_job(olga.workspace_id).rows(keys.WORKSPACE)
        rows.delete(rows.new(grants.GrantRow, keys.grant(maya.user_id)))
        return proven

    monkeypatch.setattr(grants, "prove", replaced)
    assert look(api, maya, olga.workspace_id).code == "grant-not-found"
    assert [entry["kind"] for entry in log_of(api, olga)] == ["staff.granted"]


def connect(owner: Person, holder: Person, here: Services) -> Connection:
    """A Telegram account of somebody in the owner's workspace."""
    login = ConnectAccount(
        telegram_user_id=7, name="Sales team", username="sales", phone="4915112345678", session_string="s", owned=True
    )
    _, tenant = prove_membership(holder.browser.token or "", owner.workspace_id, scene.CALLER, now=here.clock)
    return accounts.connect_account(login, tenant=tenant, cipher=here.cipher)
