"""Erasing a person: whatever was theirs is gone, and what stays in others' workspaces no longer says who it was."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.adapters.limits import Limits
from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import Connection
from chalicelib.features.identity.model import Proof
from chalicelib.features.privacy import jobs
from chalicelib.features.privacy.model import (
    LOG_OUT_FOR,
    LOOK_AGAIN,
    SETTLED_AFTER,
    UNDO_FOR,
    DeletePerson,
    Erasing,
    Step,
)
from chalicelib.features.privacy.repository.erasings import Erasings
from chalicelib.features.privacy.repository.workspaces import Profiles
from chalicelib.features.privacy.use_cases.person_deletion import delete_person
from chalicelib.features.privacy.use_cases.steps import ERASE_PERSON, ERASE_WORKSPACE
from chalicelib.features.social_sign_in.repository import LoginClaimRow, LoginRow
from chalicelib.kernel import ids
from chalicelib.kernel.ids import UserId
from chalicelib.table import keys
from chalicelib.table.cipher import Cipher, Purpose, SealBroken
from chalicelib.table.due import CLAIM_S, Due, Lane, Poller
from chalicelib.table.following_up import TAKEN_UP_AFTER
from chalicelib.table.proof import MemberRow, prove_membership, prove_session
from chalicelib.table.tenant import Installation, Tenant
from tests.api_client import ApiClient, Browser
from tests.hand_clock import HandClock
from tests.handlers import Dropping
from tests.house import connect, keys_that_name, whole_table
from tests.local_aws import LocalAws
from tests.people import PASSWORD, Mailbox, People, Person, deliver, session_token
from tests.races import killed_after
from tests.scene import CALLER, a_job


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """Somebody who belongs to a team, has a workspace to themselves, a login with a provider, and a connection."""

    person: Person
    host: Person
    connection: Connection
    api: ApiClient
    installation: Installation
    clock: HandClock

    @property
    def id(self) -> UserId:
        """Who."""
        return self.person.user_id

    def team(self) -> Tenant:
        """The team's workspace, in the worker's hands."""
        return a_job(self.host.workspace_id, self.clock)

    def ask(self, *, now: bool = True) -> None:
        """Delete their account."""
        wish = {"proof": {"password": PASSWORD}, "now": now}
        assert self.api.post("/me/deletion", wish, self.person.browser).status == 202

    def log_out(self) -> None:
        """What the session worker does when it has logged out at Telegram."""
        rows = self.team().rows(keys.account_partition(self.connection.account_id))
        [standing] = rows.plain(keys.connection(self.id))
        assert standing["state"] == "disconnected"
        for sk in (key(self.connection.id) for key in (keys.sealed_session, keys.update_state, keys.entity_hashes)):
            rows.delete(rows.new(MemberRow, sk))

    def erasing(self) -> Erasing | None:
        """How far it has come."""
        return Erasings(self.installation).get(self.id)

    def step(self) -> Step | None:
        """What it is at."""
        found = self.erasing()
        return None if found is None else found.step

    def tick(self) -> None:
        """Go on with it as far as it comes, and with what it leaves to others."""
        eraser(self).tick()
        deliver()

    def finish(self) -> Erasing:
        """Let time pass until it is done."""
        for _ in range(12):
            self.tick()
            found = [Erasings(self.installation).get(each) for each in (self.id, self.person.workspace_id)]
            if all(each is not None and each.step is Step.DONE for each in found):
                deliver()
                assert found[0] is not None
                return found[0]
            self.clock.advance(SETTLED_AFTER)
        raise AssertionError(f"stands still at {self.erasing()}")


def eraser(leaving: Leaving) -> Poller:
    """Goes on with theirs, and with that of the workspace that goes along; what other tests left is dropped."""
    known = Dropping()

    def erase(work: Due) -> datetime | None:
        return jobs.erase_person(work) if work.facts["user_id"] == leaving.id else None

    def erase_workspace(work: Due) -> datetime | None:
        is_theirs = work.facts["workspace_id"] == leaving.person.workspace_id
        return jobs.erase_workspace(work) if is_theirs else None

    known |= {ERASE_PERSON: erase, ERASE_WORKSPACE: erase_workspace}
    return Poller(known, leaving.installation, lane=Lane.ERASING)


@pytest.fixture
def leaving(api: ApiClient, people: People, mailbox: Mailbox, installation: Installation, clock: HandClock) -> Leaving:
    host, person = people.new("Olga"), people.new(f"Philippa {ids.mint()}")
    invite(api, host, person.email, "admin", by=host)
    token = mailbox.last_token(person.email)
    assert api.post("/invites/accept", {"token": token}, person.browser).status == 200
    invite(api, host, "somebody@example.com", "member", by=person)
    token = person.browser.token or ""
    tenant = prove_membership(token, host.workspace_id, CALLER, now=clock)[1]
    link_login(person.user_id, installation)
    guessed = api.post("/me/hard-reset", {"proof": {"password": "a wrong guess"}}, person.browser)
    assert guessed.code == "proof-wrong", "which is counted"
    return Leaving(
        person=person, host=host, connection=connect(tenant, 7), api=api, installation=installation, clock=clock
    )


def invite(api: ApiClient, host: Person, email: str, role: str, *, by: Person) -> None:
    """Ask somebody into the host's workspace."""
    wish = {"role": role, "email": email}
    assert api.post(f"/workspaces/{host.workspace_id}/invites", wish, by.browser).status == 201


def link_login(user_id: UserId, installation: Installation) -> None:
    """What linking a provider leaves in the table."""
    own = installation.rows(keys.user(user_id))
    own.put(own.new(LoginRow, keys.login("google"), subject_hash=user_id, linked_at=installation.now()))
    claim = installation.rows(keys.login_claim("google", user_id))
    claim.put(claim.new(LoginClaimRow, keys.ONLY, user_id=user_id))


def assert_erased(leaving: Leaving, local_aws: LocalAws) -> None:
    """The proof: the erasing's own count, and a look at everything there is."""
    erasing = leaving.erasing()
    assert erasing is not None
    assert (erasing.step, erasing.left) == (Step.DONE, 0)
    assert keys_that_name(leaving.id, local_aws) == [f"{keys.erasing(leaving.id)} / {keys.ONLY} /  /  / "]
    person = leaving.person
    for text in (person.full_name, person.email, person.username):
        assert [item for item in whole_table(local_aws) if text in item] == [], text
    for purpose in (Purpose.SECRET, Purpose.JOURNAL):
        with pytest.raises(SealBroken):
            Cipher().seal(leaving.id, purpose, "item", b"late")


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


def test_who_they_are_at_telegram_is_gone_where_nobody_else_is_connected(leaving: Leaving) -> None:
    anna = accounts.known_account(leaving.connection.account_id, tenant=leaving.team())
    assert anna.phone is not None
    with_keys_destroyed(leaving)
    left = accounts.known_account(leaving.connection.account_id, tenant=leaving.team())
    assert (left.phone, left.username, dict(left.holders)) == (None, None, {})
    assert left.label == anna.label


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


def test_their_own_log_can_t_be_read_once_the_keys_are_gone(leaving: Leaving) -> None:
    log = leaving.installation.rows(keys.personal_journal(leaving.id, leaving.clock())).plain("0")
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


def test_a_claim_that_is_somebody_else_s_by_now_stays(leaving: Leaving, installation: Installation) -> None:
    with_keys_destroyed(leaving)
    claim = installation.rows(keys.email_claim(leaving.person.email))
    claim.put(claim.new(LoginClaimRow, keys.ONLY, user_id="somebody else"))
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
