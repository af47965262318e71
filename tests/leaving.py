"""Somebody about to go, with something of everything that can be theirs; and the look at what is left of them."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from chalicelib.features.accounts.model import Connection
from chalicelib.features.privacy import jobs
from chalicelib.features.privacy.model import SETTLED_AFTER, Erasing, Step
from chalicelib.features.privacy.repository.erasings import Erasings
from chalicelib.features.privacy.use_cases.steps import ERASE_PERSON, ERASE_WORKSPACE
from chalicelib.features.social_sign_in.repository import LoginClaimRow, LoginRow
from chalicelib.kernel import ids
from chalicelib.kernel.ids import UserId
from chalicelib.table import keys, people_keys
from chalicelib.table.cipher import Cipher, Purpose, SealBroken
from chalicelib.table.due import Due, Lane, Poller
from chalicelib.table.proof import MemberRow, prove_membership
from chalicelib.table.tenant import Installation, Tenant
from tests.api_client import ApiClient
from tests.hand_clock import HandClock
from tests.handlers import Dropping
from tests.house import connect, keys_that_name, whole_table
from tests.local_aws import LocalAws
from tests.people import PASSWORD, Mailbox, People, Person, deliver
from tests.scene import CALLER, a_job, give_seat


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
        sealed = (keys.sealed_session, keys.update_state, keys.entity_hashes, keys.sealed_proxy)
        for sk in (key(self.connection.id) for key in sealed):
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


def somebody_leaving(
    api: ApiClient, people: People, mailbox: Mailbox, installation: Installation, clock: HandClock
) -> Leaving:
    """An Admin of a team who has not asked for anything yet."""
    host, person = people.new("Olga"), people.new(f"Philippa {ids.mint()}")
    invite(api, host, person.email, "admin", by=host)
    token = mailbox.last_token(person.email)
    assert api.post("/invites/accept", {"token": token}, person.browser).status == 200
    invite(api, host, "somebody@example.com", "member", by=person)
    give_seat(host.workspace_id, person.user_id)
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
    own = installation.rows(people_keys.user(user_id))
    own.put(own.new(LoginRow, people_keys.login("google"), subject_hash=user_id, linked_at=installation.now()))
    claim = installation.rows(people_keys.login_claim("google", user_id))
    claim.put(claim.new(LoginClaimRow, keys.ONLY, user_id=user_id))


def assert_erased(leaving: Leaving, local_aws: LocalAws) -> None:
    """The proof: the erasing's own count, and a look at everything there is."""
    erasing = leaving.erasing()
    assert erasing is not None
    assert (erasing.step, erasing.left) == (Step.DONE, 0)
    everything = whole_table(local_aws)
    assert keys_that_name(leaving.id, everything) == [f"{keys.erasing(leaving.id)} / {keys.ONLY} /  /  / "]
    person = leaving.person
    texts = [str(item) for item in everything]
    for secret in (person.full_name, person.email, person.username):
        assert [text for text in texts if secret in text] == [], secret
    for purpose in (Purpose.SECRET, Purpose.JOURNAL):
        with pytest.raises(SealBroken):
            Cipher().seal(leaving.id, purpose, "item", b"late")
