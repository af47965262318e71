"""Erasing a person: whatever was theirs is gone, and what stays in others' workspaces no longer says who it was."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.adapters.limits import Limits
from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.identity.model import Proof
from chalicelib.features.privacy.model import (
    LOG_OUT_FOR,
    LOOK_AGAIN,
    UNDO_FOR,
    DeletePerson,
    Erasing,
    Step,
)
from chalicelib.features.privacy.repository.erasings import Erasings
from chalicelib.features.privacy.repository.workspaces import Profiles
from chalicelib.features.privacy.use_cases.person_deletion import delete_person
from chalicelib.features.social_sign_in.repository import LoginClaimRow
from chalicelib.features.workspaces.model import INVITE_LIFE
from chalicelib.table import keys, people_keys
from chalicelib.table.cipher import Cipher, Purpose, SealBroken
from chalicelib.table.due import CLAIM_S
from chalicelib.table.following_up import TAKEN_UP_AFTER
from chalicelib.table.items import Row
from chalicelib.table.proof import MemberRow, prove_membership, prove_session
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Installation
from tests.api_client import ApiClient, Browser
from tests.hand_clock import HandClock
from tests.house import connect
from tests.leaving import Leaving, assert_erased, invite, somebody_leaving
from tests.local_aws import LocalAws
from tests.people import PASSWORD, Mailbox, People, deliver, session_token
from tests.races import killed_after
from tests.scene import CALLER, a_job


@pytest.fixture
def leaving(api: ApiClient, people: People, mailbox: Mailbox, installation: Installation, clock: HandClock) -> Leaving:
    return somebody_leaving(api, people, mailbox, installation, clock)


def test_a_person_is_erased_and_nothing_in_the_whole_table_names_them(leaving: Leaving, local_aws: LocalAws) -> None:
    leaving.ask()
    leaving.tick()
    leaving.tick()
    leaving.log_out()
    done = leaving.finish()
    assert_erased(leaving, local_aws)
    assert done.counts["memberships"] == 1
    assert done.counts["logins_left"] == 0


def test_their_name_is_gone_from_the_log_of_every_workspace_they_worked_in(
    leaving: Leaving, api: ApiClient, people: People
) -> None:
    name = leaving.person.full_name
    renamed = api.patch("/me", {"full_name": f"{name} II"}, leaving.person.browser)
    assert renamed.status == 200
    path = f"/workspaces/{leaving.host.workspace_id}/activity"
    assert name in str(api.get(path, leaving.host.browser).body)
    leaving.ask()
    leaving.tick()
    leaving.tick()
    leaving.log_out()
    leaving.finish()
    people.sign_in(leaving.host.email, leaving.host.browser)
    read = api.get(path, leaving.host.browser)
    assert read.status == 200
    assert {"member.joined", "connection.opened", "member.left"} <= {each["kind"] for each in read.body["entries"]}
    for text in (name, leaving.person.username, leaving.person.email, leaving.person.browser.address):
        assert text not in str(read.body), text


def with_keys_destroyed(leaving: Leaving) -> None:
    """Come to the moment between keys and rows."""
    leaving.ask()
    leaving.tick()
    leaving.tick()
    leaving.log_out()
    leaving.clock.advance(LOOK_AGAIN)
    leaving.tick()
    assert leaving.step() is Step.SETTLING


def test_leaving_ends_memberships_connections_and_sessions_at_once(leaving: Leaving, api: ApiClient) -> None:
    leaving.ask()
    assert api.get("/me", leaving.person.browser).status == 401
    leaving.tick()
    leaving.tick()
    members = leaving.team().rows(keys.WORKSPACE).query(MemberRow, keys.MEMBERS)
    assert [row.sk for row in members] == [keys.member(leaving.host.user_id)]
    account = accounts.known_account(leaving.connection.account_id, tenant=leaving.team())
    assert not account.is_held_by(leaving.id)


def test_keys_go_only_when_the_worker_has_logged_out(leaving: Leaving) -> None:
    leaving.ask()
    leaving.tick()
    leaving.tick()
    assert leaving.step() is Step.LOGGING_OUT
    leaving.clock.advance(LOG_OUT_FOR - timedelta(seconds=1))
    leaving.tick()
    assert leaving.step() is Step.LOGGING_OUT


def test_after_a_day_what_was_sealed_is_removed_all_the_same(
    leaving: Leaving, mailbox: Mailbox, local_aws: LocalAws
) -> None:
    leaving.ask()
    leaving.tick()
    leaving.tick()
    leaving.clock.advance(LOG_OUT_FOR)
    leaving.tick()
    assert leaving.step() is Step.SETTLING
    rows = leaving.team().rows(keys.account_partition(leaving.connection.account_id))
    assert rows.stretch("!", "~", limit=100)[0] == []
    assert leaving.finish().counts["logins_left"] == 1
    [last] = [each for each in mailbox.of(leaving.person.email) if each["Subject"].endswith("was erased")][-1:]
    assert "end them there under Settings, Devices" in " ".join(last["BodyText"].split())
    assert_erased(leaving, local_aws)


def test_a_connection_that_erasing_destroys_stands_in_the_log_once(leaving: Leaving) -> None:
    leaving.ask()
    leaving.tick()
    leaving.tick()
    leaving.clock.advance(LOG_OUT_FOR)
    leaving.finish()
    team = leaving.team()
    months = [row["sk"].removeprefix(keys.PARTITIONS) for row in team.rows(keys.WORKSPACE).plain(keys.PARTITIONS)]
    journals = [keys.Partition(month) for month in months if month.startswith(keys.JOURNALS)]
    events = [row["event"] for journal in journals for row in team.rows(journal).plain("0")]
    assert events.count("connection.closed") == 1


def test_who_they_are_at_telegram_is_gone_where_nobody_else_is_connected(leaving: Leaving) -> None:
    anna = accounts.known_account(leaving.connection.account_id, tenant=leaving.team())
    assert anna.phone is not None
    with_keys_destroyed(leaving)
    left = accounts.known_account(leaving.connection.account_id, tenant=leaving.team())
    assert (left.phone, left.username, dict(left.holders)) == (None, None, {})
    assert left.label == anna.label


def leave_the_team_first(leaving: Leaving) -> None:
    """Be removed from the team, and only then delete the account."""
    path = f"/workspaces/{leaving.host.workspace_id}/members/{leaving.id}"
    assert leaving.api.delete(path, leaving.host.browser).status == 204
    deliver()
    leaving.clock.advance(timedelta(days=1))


def test_who_they_are_at_telegram_is_gone_from_workspaces_they_left_before(leaving: Leaving) -> None:
    leave_the_team_first(leaving)
    leaving.log_out()
    left = accounts.known_account(leaving.connection.account_id, tenant=leaving.team())
    assert (left.phone, left.username, dict(left.holders)) == (None, None, {})


def test_a_login_left_in_a_workspace_they_left_before_is_waited_for_and_then_destroyed(leaving: Leaving) -> None:
    """As where the session worker does not run, or Telegram is away."""
    leave_the_team_first(leaving)
    leaving.ask()
    leaving.tick()
    leaving.tick()
    assert leaving.step() is Step.LOGGING_OUT
    leaving.clock.advance(LOG_OUT_FOR)
    assert leaving.finish().counts["logins_left"] == 1
    rows = leaving.team().rows(keys.account_partition(leaving.connection.account_id))
    assert rows.stretch("!", "~", limit=100)[0] == []


def test_a_connection_in_the_workspace_that_goes_along_goes_with_it(leaving: Leaving, local_aws: LocalAws) -> None:
    token, own = leaving.person.browser.token or "", leaving.person.workspace_id
    connect(prove_membership(token, own, CALLER, now=leaving.clock)[1], 8)
    leaving.ask()
    leaving.tick()
    leaving.tick()
    leaving.log_out()
    leaving.clock.advance(LOG_OUT_FOR)
    leaving.finish()
    workspace = Erasings(leaving.installation).get(own)
    assert workspace is not None
    assert workspace.counts["logins_left"] == 1
    assert_erased(leaving, local_aws)


def test_an_account_a_teammate_is_connected_to_keeps_its_number(leaving: Leaving) -> None:
    token = leaving.host.browser.token or ""
    connect(prove_membership(token, leaving.host.workspace_id, CALLER, now=leaving.clock)[1], 7)
    with_keys_destroyed(leaving)
    shared = accounts.known_account(leaving.connection.account_id, tenant=leaving.team())
    assert shared.phone is not None
    assert dict(shared.holders) == {leaving.host.user_id: True}


@pytest.mark.parametrize("became", ["open", "expired", "revoked"])
def test_an_invitation_they_never_followed_forgets_their_address(
    leaving: Leaving, people: People, local_aws: LocalAws, became: str
) -> None:
    """And lets nobody in: without an address it would be for anybody."""
    host = people.new("Boris Ivanov")
    path = f"/workspaces/{host.workspace_id}/invites"
    invite(leaving.api, host, leaving.person.email, "member", by=host)
    [opened] = leaving.api.get(path, host.browser).body["invites"]
    if became == "expired":
        leaving.clock.advance(INVITE_LIFE)
    elif became == "revoked":
        assert leaving.api.delete(f"{path}/{opened['id']}", host.browser).status == 204
    leaving.ask()
    leaving.tick()
    leaving.tick()
    leaving.log_out()
    leaving.finish()
    assert_erased(leaving, local_aws)
    people.sign_in(host.email, host.browser)
    [kept] = leaving.api.get(path, host.browser).body["invites"]
    assert (kept["id"], kept["email"], kept["state"]) == (opened["id"], None, "revoked")


def test_their_own_log_can_t_be_read_once_the_keys_are_gone(leaving: Leaving) -> None:
    log = leaving.installation.rows(people_keys.personal_journal(leaving.id, leaving.clock())).plain("0")
    assert log
    with_keys_destroyed(leaving)
    for entry in log:
        with pytest.raises(SealBroken):
            Cipher().open(leaving.id, Purpose.JOURNAL, entry["sk"], entry["values"])


def test_a_log_of_several_months_is_removed_to_its_first(leaving: Leaving, local_aws: LocalAws) -> None:
    for _ in range(3):
        leaving.clock.advance(timedelta(days=31))
        again = leaving.api.post("/sign-in", {"email": leaving.person.email, "password": PASSWORD}, Browser())
        assert again.status == 200
        leaving.person.browser.token = session_token(again)
    leaving.ask()
    leaving.tick()
    leaving.tick()
    leaving.log_out()
    leaving.finish()
    assert_erased(leaving, local_aws)


@pytest.mark.parametrize("what", ["address", "login"])
def test_a_claim_that_is_somebody_else_s_by_now_stays(leaving: Leaving, installation: Installation, what: str) -> None:
    with_keys_destroyed(leaving)
    key = (
        people_keys.email_claim(leaving.person.email)
        if what == "address"
        else people_keys.login_claim("google", leaving.id)
    )
    claim = installation.rows(key)
    claim.put(claim.new(LoginClaimRow, keys.ONLY, user_id="somebody else"))
    leaving.finish()
    assert claim.count() == 1


def test_a_claim_that_somebody_takes_at_the_moment_of_its_removal_stays(
    leaving: Leaving, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_keys_destroyed(leaving)
    claim = installation.rows(people_keys.email_claim(leaving.person.email))
    delete = Rows.delete

    def delete_late(rows: Rows, row: Row, *condition: Any) -> bool:
        if row.pk == people_keys.email_claim(leaving.person.email):
            claim.put(claim.new(LoginClaimRow, keys.ONLY, user_id="somebody else"))
        return delete(rows, row, *condition)

    with monkeypatch.context() as slow:
        slow.setattr(Rows, "delete", delete_late)
        leaving.finish()
    assert claim.count() == 1


def test_the_last_owner_of_others_hands_the_workspace_on_where_the_other_owners_went_meanwhile(
    leaving: Leaving, api: ApiClient, people: People
) -> None:
    host, anna = leaving.host, people.new()
    people.join(anna, host)
    path = f"/workspaces/{host.workspace_id}/members"
    promoted = api.patch(f"{path}/{leaving.id}", {"role": "owner"}, host.browser)
    assert promoted.status == 200
    leaving.ask(now=False)
    assert api.delete(f"{path}/{host.user_id}", host.browser).status == 204
    leaving.clock.advance(UNDO_FOR)
    people.sign_in(anna.email, anna.browser)
    leaving.tick()
    leaving.tick()
    [only] = api.get(path, anna.browser).body["members"]
    assert (only["user_id"], only["role"]) == (anna.user_id, "owner")


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("is_written", [False, True])
@pytest.mark.parametrize(
    "step",
    [step for step in Step if step not in {Step.DONE, Step.REMOVING_FILES, Step.CLOSING}],
)
def test_killed_at_any_step_it_goes_on_and_ends_with_the_same_proof(
    leaving: Leaving, monkeypatch: pytest.MonkeyPatch, local_aws: LocalAws, step: Step, *, is_written: bool
) -> None:
    leaving.ask()
    with monkeypatch.context() as fatal:
        die_at(step, leaving.id, fatal, is_written=is_written)
        with pytest.raises(Killed):
            go_on_until_logged_out(leaving)
    leaving.clock.advance(timedelta(seconds=CLAIM_S))
    go_on_until_logged_out(leaving)
    assert_erased(leaving, local_aws)


def go_on_until_logged_out(leaving: Leaving) -> None:
    """Let it go on, with a worker that logs out as soon as it is asked to."""
    for _ in range(4):
        leaving.tick()
        rows = leaving.team().rows(keys.account_partition(leaving.connection.account_id))
        if any(row["state"] == "disconnected" for row in rows.plain(keys.connection(leaving.id))):
            leaving.log_out()
    leaving.finish()


def die_at(step: Step, subject: str, patch: pytest.MonkeyPatch, *, is_written: bool) -> None:
    """Kill the process at a step: before what it did is written down, or when that has just been."""
    move = Erasings.move

    def fatal_move(erasings: Erasings, change: Any, before: Erasing, after: Erasing) -> None:
        move(erasings, change, before, after)
        if (before.subject, before.step) == (subject, step):
            if is_written:
                change._commit()
            raise Killed

    patch.setattr(Erasings, "move", fatal_move)


def test_a_deletion_that_was_cut_short_is_carried_out_by_due_work(
    leaving: Leaving, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = prove_session(leaving.person.browser.token or "", now=leaving.clock)

    def ask() -> None:
        delete_person(
            DeletePerson(now=False),
            Proof(password=PASSWORD, code=None),
            session=session,
            caller=CALLER,
            installation=leaving.installation,
            limits=Limits(leaving.installation),
        )

    assert killed_after(1, ask, monkeypatch), "before the workspace that goes along"
    own = Profiles(a_job(leaving.person.workspace_id, leaving.clock))
    assert own.require().deletes_at is None
    leaving.clock.advance(TAKEN_UP_AFTER)
    deliver()
    assert own.require().deletes_at == leaving.clock() + UNDO_FOR - TAKEN_UP_AFTER
