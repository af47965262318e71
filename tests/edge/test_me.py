"""What a person is called, in the account and in their workspaces."""

from datetime import timedelta

import pytest

from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.kernel.errors import Unavailable
from tests.api_client import ApiClient, Browser
from tests.hand_clock import HandClock
from tests.people import People, deliver
from tests.races import Killed


def test_a_new_name_reaches_every_workspace_and_the_log(api: ApiClient, people: People) -> None:
    anna, olga = people.new(), people.new("Olga")
    people.join(anna, olga)
    changed = api.patch("/me", {"full_name": "  Anna Sidorova ", "username": f"x{anna.username}"[:32]}, anna.browser)
    assert changed.status == 200
    assert changed.body["full_name"] == "Anna Sidorova"
    members = api.get(f"/workspaces/{olga.workspace_id}/members", olga.browser).body["members"]
    [there] = [member for member in members if member["user_id"] == anna.user_id]
    assert (there["full_name"], there["username"]) == ("Anna Sidorova", changed.body["username"])


@pytest.mark.parametrize("end", [Killed, Unavailable])
def test_a_new_name_that_was_not_carried_to_a_workspace_gets_there_a_minute_later(
    api: ApiClient, people: People, clock: HandClock, monkeypatch: pytest.MonkeyPatch, end: type[BaseException]
) -> None:
    anna = people.new()

    def fail(*_: object, **__: object) -> None:
        raise end

    with monkeypatch.context() as patched:
        patched.setattr(workspaces, "rename_member", fail)
        if end is Killed:
            with pytest.raises(Killed):
                api.patch("/me", {"full_name": "Anna Sidorova"}, anna.browser)
        else:
            assert api.patch("/me", {"full_name": "Anna Sidorova"}, anna.browser).status == 200
    path = f"/workspaces/{anna.workspace_id}/members"
    assert [each["full_name"] for each in api.get(path, anna.browser).body["members"]] == [anna.full_name]
    clock.advance(timedelta(minutes=1))
    deliver()
    assert [each["full_name"] for each in api.get(path, anna.browser).body["members"]] == ["Anna Sidorova"]


def test_the_old_username_becomes_free(api: ApiClient, people: People) -> None:
    anna, boris = people.new(), people.new("Boris")
    assert api.patch("/me", {"username": f"x{anna.username}"[:32]}, anna.browser).status == 200
    taken_over = api.patch("/me", {"username": anna.username}, boris.browser)
    assert (taken_over.status, taken_over.body["username"]) == (200, anna.username)


def test_a_taken_username_changes_nothing(api: ApiClient, people: People) -> None:
    anna, boris = people.new(), people.new("Boris")
    refused = api.patch("/me", {"username": anna.username, "full_name": "Bob"}, boris.browser)
    assert (refused.status, refused.code) == (409, "username-taken")
    user = api.get("/me", boris.browser).body["user"]
    assert (user["full_name"], user["username"]) == ("Boris", boris.username)


def test_a_username_that_only_looks_different_is_taken(api: ApiClient, people: People) -> None:
    """product.md section 2: usernames are unique, so that nobody passes for another."""
    anna, boris = people.new(), people.new("Boris")
    mark = anna.username[4:]
    assert api.patch("/me", {"username": f"tim_{mark}"}, anna.browser).status == 200
    for alike in (f"t1m_{mark}", f"tlrn_{mark}", f"tim__{mark}"):
        refused = api.patch("/me", {"username": alike}, boris.browser)
        assert (refused.status, refused.code) == (409, "username-taken")
    assert api.patch("/me", {"username": f"tom_{mark}"}, boris.browser).status == 200


def test_one_s_own_username_can_be_spelled_another_way(api: ApiClient, people: People) -> None:
    anna, boris = people.new(), people.new("Boris")
    mark = anna.username[4:]
    for spelled in (f"tim_{mark}", f"t1m_{mark}", f"tim_{mark}"):
        assert api.patch("/me", {"username": spelled}, anna.browser).body["username"] == spelled
    assert api.patch("/me", {"username": f"tlm_{mark}"}, boris.browser).code == "username-taken"
    assert api.patch("/me", {"username": f"x{anna.username}"[:32]}, anna.browser).status == 200
    assert api.patch("/me", {"username": f"tlm_{mark}"}, boris.browser).status == 200


def test_nothing_to_change_is_no_mistake(api: ApiClient, people: People) -> None:
    anna = people.new()
    same = api.patch("/me", {"full_name": None, "username": anna.username}, anna.browser)
    assert (same.status, same.body["username"]) == (200, anna.username)


@pytest.mark.parametrize("change", [{"full_name": ""}, {"username": "NO"}, {"email": "x@example.com"}, [], "x", 7])
def test_a_misfit_is_refused(api: ApiClient, people: People, change: object) -> None:
    anna = people.new()
    assert api.patch("/me", change, anna.browser).status == 422


def test_nobody_has_no_profile(api: ApiClient) -> None:
    assert api.get("/me", Browser()).status == 401


def test_a_time_zone_is_nobody_s_guess_and_kept_by_its_name(api: ApiClient, people: People) -> None:
    """Reminders and quiet hours go by the person's own wall clock (product.md section 7)."""
    anna = people.new()
    assert api.get("/me", anna.browser).body["user"]["time_zone"] is None
    changed = api.patch("/me", {"time_zone": "Europe/Berlin"}, anna.browser)
    assert (changed.status, changed.body["time_zone"], changed.body["full_name"]) == (
        200,
        "Europe/Berlin",
        anna.full_name,
    )
    assert api.patch("/me", {"full_name": "Anna Sidorova"}, anna.browser).body["time_zone"] == "Europe/Berlin"
    assert [each["kind"] for each in api.get("/me/log", anna.browser).body["entries"]].count("profile.renamed") == 1
    refused = api.patch("/me", {"time_zone": "Mars/Olympus"}, anna.browser)
    assert (refused.status, refused.code, refused.pointers) == (422, "time-zone-unknown", ["/time_zone"])
    assert api.get("/me", anna.browser).body["user"]["time_zone"] == "Europe/Berlin"
