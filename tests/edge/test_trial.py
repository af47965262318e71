"""The trial: three days of Pro for the workspace, once; and what becomes of what nobody pays for (product.md 3)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import ConnectionState
from chalicelib.features.seats import use_cases as seats
from chalicelib.features.seats.model import AccountLimitReached, NoSeatFree
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.ids import AccountId
from chalicelib.kernel.plans import Plan, SeatNeeded, TrialOver
from chalicelib.table.tenant import Tenant
from tests.api_client import Answer, ApiClient
from tests.hand_clock import HandClock
from tests.people import People, Person, deliver
from tests.scene import Person as Someone
from tests.seating import a_telegram_user, connect, pay, state_of

TRIAL = timedelta(days=3)
HandleOf = Callable[..., Tenant]


@pytest.fixture
def olga(people: People) -> Person:
    """An Owner without a seat, whose workspace has had no trial."""
    return people.new("Olga", has_seat=False)


@pytest.fixture
def handle(clock: HandClock) -> HandleOf:
    """Somebody's handle on the workspace of its owner, as they stand now."""

    def proven(person: Person, owner: Person | None = None) -> Tenant:
        assert person.browser.token is not None
        someone = Someone(user_id=person.user_id, name=person.full_name, token=person.browser.token)
        return someone.handle((owner or person).workspace_id, clock)

    return proven


def workspace(api: ApiClient, person: Person, owner: Person | None = None) -> dict[str, Any]:
    """The workspace as somebody sees it."""
    found: dict[str, Any] = api.get(f"/workspaces/{(owner or person).workspace_id}", person.browser).body
    return found


def refused(act: Callable[[], object]) -> type[Fact]:
    """What an act is refused with."""
    with pytest.raises(Fact) as refusal:
        act()
    return type(refusal.value)


def invite(api: ApiClient, owner: Person) -> Answer:
    """Invite somebody without naming a seat."""
    return api.post(f"/workspaces/{owner.workspace_id}/invites", {"role": "member"}, owner.browser)


def accept(api: ApiClient, opened: Answer, person: Person) -> Answer:
    """Follow an invitation's link."""
    return api.post("/invites/accept", {"token": opened.body["link"].rpartition("#")[2]}, person.browser)


def test_the_trial_begins_with_the_first_account_and_is_pro_for_every_member_for_three_days(
    api: ApiClient, people: People, olga: Person, clock: HandClock, handle: HandleOf
) -> None:
    anna = people.new()
    people.join(anna, olga, has_seat=False)
    assert workspace(api, anna, olga)["trial_ends_at"] is None
    assert workspace(api, anna, olga)["entitlement"]["plan"] is None
    connect(handle(olga))
    for member in (olga, anna):
        seen = workspace(api, member, olga)
        assert seen["entitlement"] == {"plan": "pro", "accounts": 5, "until": seen["trial_ends_at"]}
        assert "tickets.create" in seen["can"]
    clock.advance(TRIAL)
    people.sign_in(anna.email, anna.browser)
    seen = workspace(api, anna, olga)
    assert seen["entitlement"]["plan"] is None
    assert seen["trial_ends_at"] is not None
    assert not {"values.edit", "tickets.create", "accounts.use"} & set(seen["can"])
    assert {"crm.see", "accounts.connect", "leaving.ask"} <= set(seen["can"])


def test_the_connection_that_begins_the_trial_says_so_in_the_log(
    api: ApiClient, olga: Person, clock: HandClock, handle: HandleOf
) -> None:
    connect(handle(olga))
    clock.advance(timedelta(seconds=1))
    connect(handle(olga))
    log = api.get(f"/workspaces/{olga.workspace_id}/activity", olga.browser).body["entries"]
    later, first = [entry["new"] for entry in log if entry["kind"] == "connection.opened"]
    assert first["trial_ends_at"] == workspace(api, olga)["trial_ends_at"]
    assert "trial_ends_at" not in later


def test_a_member_s_account_begins_the_owner_s_trial(
    api: ApiClient, people: People, olga: Person, handle: HandleOf
) -> None:
    anna = people.new()
    people.join(anna, olga, has_seat=False)
    connect(handle(anna, olga))
    assert workspace(api, olga)["entitlement"]["plan"] == "pro"


def test_an_owner_has_one_trial_in_whatever_workspace(
    api: ApiClient, people: People, olga: Person, clock: HandClock, handle: HandleOf
) -> None:
    connect(handle(olga))
    second = api.post("/workspaces", {"name": "Second"}, olga.browser).body["id"]
    elsewhere = Someone(user_id=olga.user_id, name="Olga", token=olga.browser.token or "").handle(second, clock)
    assert refused(lambda: seats.check_may_connect(tenant=elsewhere)) is SeatNeeded
    assert refused(lambda: connect(elsewhere)) is SeatNeeded
    assert accounts.list_accounts(elsewhere) == []
    path = f"/workspaces/{second}/invites"
    assert api.post(path, {"role": "member"}, olga.browser).code == "no-seat-free"


def test_a_telegram_account_has_one_trial_in_whatever_hands(people: People, olga: Person, handle: HandleOf) -> None:
    telegram_user = a_telegram_user()
    connect(handle(olga), telegram_user)
    mallory = people.new("Mallory", has_seat=False)
    assert refused(lambda: connect(handle(mallory), telegram_user)) is SeatNeeded
    assert accounts.list_accounts(handle(mallory)) == []
    connect(handle(mallory))
    assert handle(mallory).member.entitlement(handle(mallory).now()).plan is Plan.PRO  # type: ignore[union-attr]


def test_who_is_who_at_telegram_stands_in_no_claim(olga: Person, handle: HandleOf, local_aws: Any) -> None:
    telegram_user = a_telegram_user()
    connect(handle(olga), telegram_user)
    client = local_aws.client("dynamodb")
    found = client.scan(
        TableName=local_aws.outputs["TableName"],
        FilterExpression="begins_with(pk, :claims)",
        ExpressionAttributeValues={":claims": {"S": "TRIALACCOUNT#"}},
    )["Items"]
    assert found
    assert str(telegram_user) not in str(found)


def test_with_a_seat_no_trial_is_used_up(olga: Person, clock: HandClock, api: ApiClient, handle: HandleOf) -> None:
    [seat] = pay(olga.workspace_id, clock, basic=1)
    seats.take_seat(seat.id, tenant=handle(olga))
    connect(handle(olga))
    assert workspace(api, olga)["trial_ends_at"] is None
    second = api.post("/workspaces", {"name": "Second"}, olga.browser).body["id"]
    elsewhere = Someone(user_id=olga.user_id, name="Olga", token=olga.browser.token or "").handle(second, clock)
    connect(elsewhere)
    assert api.get(f"/workspaces/{second}", olga.browser).body["entitlement"]["plan"] == "pro"


def test_the_trial_is_for_three_members(api: ApiClient, people: People, olga: Person, clock: HandClock) -> None:
    opened = [invite(api, olga) for _ in range(3)]
    team = [people.new(f"Friend {place}") for place in range(3)]
    assert [accept(api, link, friend).status for link, friend in zip(opened, team, strict=True)] == [200, 200, 409]
    assert accept(api, opened[2], team[2]).code == "trial-full"
    assert invite(api, olga).code == "trial-full"
    [seat] = pay(olga.workspace_id, clock, basic=1)
    path = f"/workspaces/{olga.workspace_id}/seats/{seat.id}/holder"
    assert api.put(path, {"user_id": team[0].user_id}, olga.browser).status == 200
    assert accept(api, opened[2], team[2]).status == 200, "who has a seat takes no place of the trial"


def test_after_the_trial_nobody_comes_in_without_a_seat(
    api: ApiClient, people: People, olga: Person, clock: HandClock, handle: HandleOf
) -> None:
    connect(handle(olga))
    opened, anna = invite(api, olga), people.new()
    clock.advance(TRIAL)
    assert invite(api, olga).code == NoSeatFree.code
    assert accept(api, opened, anna).code == "no-seat-free"


def test_the_trial_is_for_five_accounts_of_the_workspace(people: People, olga: Person, handle: HandleOf) -> None:
    anna = people.new()
    people.join(anna, olga, has_seat=False)
    shared = a_telegram_user()
    for telegram_user in (shared, None, None):
        connect(handle(olga), telegram_user)
    connect(handle(anna, olga), shared)
    for _ in range(2):
        connect(handle(anna, olga))
    for member in (olga, anna):
        with pytest.raises(AccountLimitReached) as refusal:
            connect(handle(member, olga))
        assert refusal.value.standing == {"accounts": 5}
    connect(handle(olga), shared)


def test_a_seat_is_for_five_accounts_and_each_extra_one_for_one_more(
    olga: Person, clock: HandClock, handle: HandleOf
) -> None:
    [seat] = pay(olga.workspace_id, clock, basic=1, extra=1)
    seats.take_seat(seat.id, tenant=handle(olga))
    known = [connect(handle(olga)) for _ in range(5)]
    assert refused(lambda: connect(handle(olga))) is AccountLimitReached
    seats.set_extra_accounts(seat.id, 1, tenant=handle(olga))
    connect(handle(olga))
    assert refused(lambda: connect(handle(olga))) is AccountLimitReached
    accounts.request_disconnect(known[0].account_id, tenant=handle(olga))
    connect(handle(olga))


def test_after_the_trial_connections_are_suspended_and_kept_for_thirty_days_then_logged_out(
    olga: Person, clock: HandClock, handle: HandleOf
) -> None:
    account_id = connect(handle(olga)).account_id

    def state() -> tuple[ConnectionState, str | None]:
        deliver()
        return state_of(olga.workspace_id, olga.user_id, account_id)

    clock.advance(TRIAL - timedelta(seconds=1))
    assert state()[0] is ConnectionState.CONNECTING
    clock.advance(timedelta(seconds=1))
    assert state() == (ConnectionState.SUSPENDED, "unpaid")
    clock.advance(timedelta(days=30) - timedelta(seconds=1))
    assert state() == (ConnectionState.SUSPENDED, "unpaid")
    clock.advance(timedelta(seconds=1))
    assert state() == (ConnectionState.DISCONNECTED, "unpaid")


def test_what_was_suspended_comes_back_when_it_is_paid_and_stays(
    people: People, olga: Person, clock: HandClock, handle: HandleOf
) -> None:
    account_id = connect(handle(olga)).account_id
    clock.advance(TRIAL)
    deliver()
    clock.advance(timedelta(days=29))
    people.sign_in(olga.email, olga.browser)
    [seat] = pay(olga.workspace_id, clock, basic=1, until=clock() + timedelta(days=60))
    seats.take_seat(seat.id, tenant=handle(olga))
    deliver()
    assert state_of(olga.workspace_id, olga.user_id, account_id) == (ConnectionState.CONNECTING, None)
    clock.advance(timedelta(days=31))
    deliver()
    assert state_of(olga.workspace_id, olga.user_id, account_id) == (ConnectionState.CONNECTING, None)


def test_a_suspended_connection_can_be_ended_and_not_connected_anew(
    olga: Person, clock: HandClock, handle: HandleOf
) -> None:
    telegram_user = a_telegram_user()
    account_id = connect(handle(olga), telegram_user).account_id
    clock.advance(TRIAL)
    deliver()
    assert refused(lambda: connect(handle(olga), telegram_user)) is TrialOver
    assert refused(lambda: seats.check_may_connect(tenant=handle(olga))) is TrialOver
    accounts.request_disconnect(account_id, tenant=handle(olga))
    assert state_of(olga.workspace_id, olga.user_id, account_id)[0] is ConnectionState.DISCONNECTED


def test_a_seat_that_is_taken_away_suspends_what_it_paid_for_alone(
    people: People, olga: Person, clock: HandClock, handle: HandleOf
) -> None:
    anna = people.new()
    people.join(anna, olga, has_seat=False)
    one, other = pay(olga.workspace_id, clock, basic=2)
    seats.assign_seat(one.id, olga.user_id, tenant=handle(olga))
    seats.assign_seat(other.id, anna.user_id, tenant=handle(olga))
    hers, mine = connect(handle(anna, olga)).account_id, connect(handle(olga)).account_id
    seats.free_seat(other.id, tenant=handle(olga))
    deliver()
    assert state_of(olga.workspace_id, anna.user_id, hers) == (ConnectionState.SUSPENDED, "unpaid")
    assert state_of(olga.workspace_id, olga.user_id, mine)[0] is ConnectionState.CONNECTING


def test_of_more_accounts_than_a_seat_covers_those_connected_last_are_suspended(
    olga: Person, clock: HandClock, handle: HandleOf
) -> None:
    [seat] = pay(olga.workspace_id, clock, basic=1, extra=1)
    seats.take_seat(seat.id, tenant=handle(olga))
    seats.set_extra_accounts(seat.id, 1, tenant=handle(olga))
    made: list[AccountId] = []
    for _ in range(6):
        clock.advance(timedelta(seconds=1))
        made.append(connect(handle(olga)).account_id)
    seats.set_extra_accounts(seat.id, 0, tenant=handle(olga))
    deliver()
    states = [state_of(olga.workspace_id, olga.user_id, account_id)[0] for account_id in made]
    assert states == [*[ConnectionState.CONNECTING] * 5, ConnectionState.SUSPENDED]


def test_suspending_and_coming_back_stand_in_the_log(
    api: ApiClient, olga: Person, clock: HandClock, handle: HandleOf
) -> None:
    account_id = connect(handle(olga)).account_id
    clock.advance(TRIAL)
    deliver()
    clock.advance(timedelta(seconds=1))
    [seat] = pay(olga.workspace_id, clock, basic=1)
    seats.take_seat(seat.id, tenant=handle(olga))
    deliver()
    log = api.get(f"/workspaces/{olga.workspace_id}/activity", olga.browser).body["entries"]
    told = [(entry["kind"], entry["target"]) for entry in log if entry["kind"].startswith("connection.")]
    kinds = ("connection.resumed", "connection.suspended", "connection.opened")
    assert told == [(kind, account_id) for kind in kinds]
