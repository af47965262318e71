"""Seats over the API: what each plan lets a member do, who gives them, and invitations into them (product.md 3)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.features.seats.model import Interval
from chalicelib.kernel import ids
from chalicelib.kernel.plans import ENTITLEMENTS, Need
from tests import scene
from tests.api_client import Answer, ApiClient
from tests.every_route import body_of, filled, name_of, of_workspaces
from tests.furnished import Furnished
from tests.hand_clock import HandClock
from tests.people import People, Person
from tests.seating import MONTH, pay


@pytest.fixture
def olga(people: People) -> Person:
    """An Owner without a seat."""
    return people.new("Olga", has_seat=False)


def seats_of(api: ApiClient, owner: Person) -> list[dict[str, object]]:
    """The workspace's seats, oldest first."""
    listed = api.get(f"/workspaces/{owner.workspace_id}/seats", owner.browser)
    assert listed.status == 200, listed.body
    found: list[dict[str, object]] = listed.body["seats"]
    return found


def standing(api: ApiClient, owner: Person, seat_id: str) -> tuple[object, ...]:
    """Where a seat stands: state, who holds it, the invitation it waits for."""
    [seat] = [seat for seat in seats_of(api, owner) if seat["id"] == seat_id]
    return seat["state"], seat["user_id"], seat["invite_id"]


def invite(api: ApiClient, owner: Person, seat_id: str | None, **more: str) -> Answer:
    """Invite somebody into a seat."""
    headers = {"Idempotency-Key": more["once"]} if "once" in more else {}
    wish = {"role": "member", "seat_id": seat_id}
    return api.post(f"/workspaces/{owner.workspace_id}/invites", wish, owner.browser, headers=headers)


def accept(api: ApiClient, opened: Answer, person: Person) -> Answer:
    """Follow an invitation's link."""
    return api.post("/invites/accept", {"token": opened.body["link"].rpartition("#")[2]}, person.browser)


def give(api: ApiClient, owner: Person, seat_id: str, user_id: str, *, by: Person | None = None) -> Answer:
    """Have a member hold a seat."""
    path = f"/workspaces/{owner.workspace_id}/seats/{seat_id}/holder"
    return api.put(path, {"user_id": user_id}, (by or owner).browser)


def free(api: ApiClient, owner: Person, seat_id: str) -> Answer:
    """Take a seat from its holder."""
    return api.delete(f"/workspaces/{owner.workspace_id}/seats/{seat_id}/holder", owner.browser)


def workspace(api: ApiClient, person: Person, owner: Person) -> dict[str, object]:
    """The workspace as somebody of it sees it."""
    answer = api.get(f"/workspaces/{owner.workspace_id}", person.browser)
    assert answer.status == 200
    found: dict[str, object] = answer.body
    return found


def an_edit(api: ApiClient, owner: Person) -> tuple[str, dict[str, object]]:
    """Path and body of setting a value of a chat."""
    base = f"/workspaces/{owner.workspace_id}"
    [chat] = scene.chats_of(owner.workspace_id, scene.an_account(owner.workspace_id), 1)
    column = api.post(f"{base}/columns", {"name": "Stage", "type": "number"}, owner.browser)
    assert column.status == 201, "making columns needs no seat"
    return f"{base}/chats/{chat.id}/values/{column.body['id']}", {"value": 7, "version": None}


def test_an_owner_manages_without_a_seat_and_works_on_one_like_anyone(
    api: ApiClient, olga: Person, clock: HandClock
) -> None:
    path, edit = an_edit(api, olga)
    refused = api.put(path, edit, olga.browser)
    assert (refused.status, refused.code) == (403, "seat-needed")
    assert refused.body["standing"] == {"action": "values.edit", "need": "any_seat"}
    [seat] = pay(olga.workspace_id, clock, basic=1)
    taken = api.post(f"/workspaces/{olga.workspace_id}/seats/{seat.id}/take", None, olga.browser)
    assert (taken.status, taken.body["state"], taken.body["user_id"]) == (200, "filled", olga.user_id)
    assert api.put(path, edit, olga.browser).status == 200


def test_a_basic_seat_pays_for_the_work_and_a_pro_seat_for_tickets_and_analytics_too(
    api: ApiClient, olga: Person, clock: HandClock
) -> None:
    basic, pro = sorted(pay(olga.workspace_id, clock, basic=1, pro=1), key=lambda seat: seat.plan)
    tickets = {action.value for action, need in ENTITLEMENTS.items() if need is Need.PRO}
    work = {action.value for action, need in ENTITLEMENTS.items() if need is Need.ANY_SEAT}
    can = {}
    for seat in (None, basic, pro):
        if seat is not None:
            assert give(api, olga, seat.id, olga.user_id).status == 200
        can[seat] = set(workspace(api, olga, olga)["can"])  # type: ignore[call-overload]
        if seat is not None:
            assert free(api, olga, seat.id).status == 204
    assert (can[basic] - can[None], can[pro] - can[basic]) == (work, tickets)


def test_what_is_paid_for_oneself_stands_in_the_workspace(api: ApiClient, olga: Person, clock: HandClock) -> None:
    assert workspace(api, olga, olga)["entitlement"] == {"plan": None, "accounts": 0, "until": None}
    [seat] = pay(olga.workspace_id, clock, pro=1, extra=2)
    api.put(f"/workspaces/{olga.workspace_id}/seats/{seat.id}/extra-accounts", {"count": 2}, olga.browser)
    give(api, olga, seat.id, olga.user_id)
    entitled = workspace(api, olga, olga)["entitlement"]
    [shown] = seats_of(api, olga)
    assert entitled == {"plan": "pro", "accounts": 7, "until": shown["paid_until"]}
    [member] = api.get(f"/workspaces/{olga.workspace_id}/members", olga.browser).body["members"]
    assert member["seat"] == {"id": seat.id, "plan": "pro", "until": shown["paid_until"]}


def test_a_seat_is_available_pending_filled_and_available_again(
    api: ApiClient, people: People, olga: Person, clock: HandClock
) -> None:
    [seat] = pay(olga.workspace_id, clock, basic=1)
    assert standing(api, olga, seat.id) == ("available", None, None)
    opened = invite(api, olga, seat.id)
    assert standing(api, olga, seat.id) == ("pending", None, opened.body["id"])
    anna = people.new()
    assert accept(api, opened, anna).body["entitlement"]["plan"] == "basic"
    assert standing(api, olga, seat.id) == ("filled", anna.user_id, None)
    removed = api.delete(f"/workspaces/{olga.workspace_id}/members/{anna.user_id}", olga.browser)
    assert removed.status == 204
    assert standing(api, olga, seat.id) == ("available", None, None)


def test_on_leaving_the_seat_becomes_available(api: ApiClient, people: People, olga: Person, clock: HandClock) -> None:
    [seat] = pay(olga.workspace_id, clock, basic=1)
    anna = people.new()
    accept(api, invite(api, olga, seat.id), anna)
    base = f"/workspaces/{olga.workspace_id}"
    assert api.put(f"{base}/leave-request", {}, anna.browser).status == 200
    assert api.post(f"{base}/leave-requests/{anna.user_id}/approve", None, olga.browser).status == 204
    assert standing(api, olga, seat.id) == ("available", None, None)


def test_a_lapsed_seat_is_expired_keeps_its_holder_and_is_theirs_again_when_it_is_paid(
    api: ApiClient, olga: Person, clock: HandClock
) -> None:
    path, edit = an_edit(api, olga)
    [seat] = pay(olga.workspace_id, clock, basic=1, until=clock() + timedelta(days=1))
    give(api, olga, seat.id, olga.user_id)
    clock.advance(timedelta(days=1))
    assert standing(api, olga, seat.id) == ("expired", olga.user_id, None)
    assert api.put(path, edit, olga.browser).code == "seat-needed"
    pay(olga.workspace_id, clock, basic=1)
    assert standing(api, olga, seat.id) == ("filled", olga.user_id, None)
    assert api.put(path, edit, olga.browser).status == 200


def test_what_is_not_paid_for_is_read_only_and_nothing_else_is_refused(
    api: ApiClient, furnished: Furnished, clock: HandClock
) -> None:
    """Reading, export, disconnecting, managing and billing always work: none of their routes asks for a seat."""
    assert free(api, furnished.owner, furnished.ids["seat_id"]).status == 204
    unpaid = [route for route in of_workspaces() if route.allow in ENTITLEMENTS]
    reads = [route for route in of_workspaces() if route.method == "GET"]
    assert unpaid
    assert not [name_of(route) for route in reads if route in unpaid]
    owner = furnished.owner.browser
    for route in unpaid:
        answer = api.request(route.method, filled(route, furnished.ids), owner, body=body_of(route))
        assert answer.code == "seat-needed", name_of(route)
    for route in reads:
        if route.query is None:
            assert api.get(filled(route, furnished.ids), owner).status == 200, name_of(route)
    path = f"/workspaces/{furnished.owner.workspace_id}/accounts/{furnished.ids['account_id']}/connection"
    assert api.delete(path, furnished.owner.browser).code == "connection-not-found"


def test_only_owners_give_and_take_seats_and_those_who_invite_see_them(
    api: ApiClient, people: People, olga: Person, clock: HandClock
) -> None:
    [seat] = pay(olga.workspace_id, clock, basic=1)
    adam, mona = people.new("Adam"), people.new("Mona")
    people.join(adam, olga, "admin", has_seat=False)
    people.join(mona, olga, "member", has_seat=False)
    base = f"/workspaces/{olga.workspace_id}/seats"
    assert give(api, olga, seat.id, mona.user_id, by=adam).code == "permission-missing"
    assert api.get(base, adam.browser).status == 200
    assert api.get(base, mona.browser).code == "permission-missing"
    assert give(api, olga, seat.id, mona.user_id).status == 200


def test_a_seat_is_given_once_and_to_a_member_without_one(
    api: ApiClient, people: People, olga: Person, clock: HandClock
) -> None:
    one, other = pay(olga.workspace_id, clock, basic=2)
    anna = people.new()
    people.join(anna, olga, has_seat=False)
    assert give(api, olga, one.id, anna.user_id).status == 200
    assert give(api, olga, one.id, olga.user_id).code == "seat-taken"
    assert give(api, olga, other.id, anna.user_id).code == "already-seated"
    assert give(api, olga, other.id, people.new("Mallory").user_id).code == "member-not-found"
    assert give(api, olga, ids.mint(), olga.user_id).code == "seat-not-found"
    assert free(api, olga, other.id).code == "seat-empty"


def test_who_gets_another_seat_leaves_the_one_that_lapsed(api: ApiClient, olga: Person, clock: HandClock) -> None:
    [month] = pay(olga.workspace_id, clock, basic=1, until=clock() + timedelta(days=1))
    give(api, olga, month.id, olga.user_id)
    there = pay(olga.workspace_id, clock, pro=1, interval=Interval.YEAR)
    [year] = [seat for seat in there if seat.interval is Interval.YEAR]
    clock.advance(timedelta(days=1))
    assert give(api, olga, year.id, olga.user_id).status == 200
    assert [seat["id"] for seat in seats_of(api, olga)] == [year.id]


def test_there_is_no_seat_free_where_it_is_filled_promised_lapsed_or_gone(
    api: ApiClient, people: People, olga: Person, clock: HandClock
) -> None:
    filled_one, promised = pay(olga.workspace_id, clock, basic=2)
    give(api, olga, filled_one.id, olga.user_id)
    assert invite(api, olga, promised.id).status == 201
    for seat in (filled_one, promised):
        assert invite(api, olga, seat.id).code == "no-seat-free"
    assert invite(api, olga, ids.mint()).code == "seat-not-found"
    clock.advance(MONTH)
    people.sign_in(olga.email, olga.browser)
    assert invite(api, olga, promised.id).code == "no-seat-free"


def test_an_invitation_whose_seat_was_taken_away_meanwhile_lets_nobody_in(
    api: ApiClient, people: People, olga: Person, clock: HandClock
) -> None:
    [seat] = pay(olga.workspace_id, clock, basic=1)
    opened = invite(api, olga, seat.id)
    pay(olga.workspace_id, clock, basic=0)
    anna = people.new()
    assert accept(api, opened, anna).code == "no-seat-free"
    assert api.get(f"/workspaces/{olga.workspace_id}", anna.browser).status == 404


def test_a_revoked_or_expired_invitation_frees_its_seat(api: ApiClient, olga: Person, clock: HandClock) -> None:
    [seat] = pay(olga.workspace_id, clock, basic=1)
    base = f"/workspaces/{olga.workspace_id}/invites"
    opened = invite(api, olga, seat.id)
    assert api.delete(f"{base}/{opened.body['id']}", olga.browser).status == 204
    assert standing(api, olga, seat.id)[0] == "available"
    expired = invite(api, olga, seat.id)
    clock.advance(timedelta(days=7))
    assert standing(api, olga, seat.id)[0] == "available"
    assert api.post(f"{base}/{expired.body['id']}/resend", None, olga.browser).status == 200
    assert standing(api, olga, seat.id) == ("pending", None, expired.body["id"])


def test_an_expired_invitation_is_not_sent_again_once_its_seat_is_somebody_else_s(
    api: ApiClient, olga: Person, clock: HandClock
) -> None:
    [seat] = pay(olga.workspace_id, clock, basic=1)
    expired = invite(api, olga, seat.id)
    clock.advance(timedelta(days=7))
    give(api, olga, seat.id, olga.user_id)
    path = f"/workspaces/{olga.workspace_id}/invites/{expired.body['id']}"
    assert api.post(f"{path}/resend", None, olga.browser).code == "no-seat-free"
    assert api.delete(path, olga.browser).status == 204
    assert standing(api, olga, seat.id)[0] == "filled"


def test_an_invitation_into_a_seat_that_is_repeated_is_the_same_one(
    api: ApiClient, olga: Person, clock: HandClock
) -> None:
    [seat] = pay(olga.workspace_id, clock, basic=1)
    first, again = (invite(api, olga, seat.id, once="a key") for _ in range(2))
    assert (again.status, again.body["id"]) == (201, first.body["id"])
    assert standing(api, olga, seat.id) == ("pending", None, first.body["id"])


def test_extra_accounts_are_shared_out_as_far_as_they_are_paid(api: ApiClient, olga: Person, clock: HandClock) -> None:
    one, other = pay(olga.workspace_id, clock, basic=2, extra=3)

    def cover(seat_id: str, count: int) -> Answer:
        path = f"/workspaces/{olga.workspace_id}/seats/{seat_id}/extra-accounts"
        return api.put(path, {"count": count}, olga.browser)

    assert cover(one.id, 2).body["accounts"] == 7
    refused = cover(other.id, 2)
    assert (refused.code, refused.body["standing"]) == ("extra-accounts-unpaid", {"left": 1})
    assert cover(other.id, 1).status == 200
    assert cover(one.id, 0).body["accounts"] == 5
    assert cover(other.id, 3).body["accounts"] == 8


def test_the_log_tells_the_story_of_seats(api: ApiClient, people: People, olga: Person, clock: HandClock) -> None:
    [seat] = pay(olga.workspace_id, clock, basic=1, extra=1)
    path = f"/workspaces/{olga.workspace_id}/seats/{seat.id}/extra-accounts"
    acts: tuple[Callable[[], Answer], ...] = (
        lambda: give(api, olga, seat.id, olga.user_id),
        lambda: api.put(path, {"count": 1}, olga.browser),
        lambda: free(api, olga, seat.id),
        lambda: invite(api, olga, seat.id),
    )
    for act in acts:
        clock.advance(timedelta(seconds=1))
        assert act().status < 300
    log = api.get(f"/workspaces/{olga.workspace_id}/activity", olga.browser).body["entries"]
    told = [entry["kind"] for entry in log if entry["kind"].startswith(("seat", "invite"))]
    assert told == ["invite.created", "seat.freed", "seat.extra_accounts_changed", "seat.assigned", "seats.paid"]
    assert log[0]["new"]["seat_id"] == seat.id
