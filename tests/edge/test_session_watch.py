"""A new session at Telegram: who is written to, and what stands where."""

from datetime import UTC, datetime

import pytest

from chalicelib.features.session_watch import use_cases as session_watch
from chalicelib.features.session_watch.model import SeenSession, Watch
from chalicelib.features.session_watch.use_cases import Watcher
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.ids import ConnectionId, mint
from chalicelib.table import keys
from tests import scene
from tests.people import Mailbox, People, Person, deliver
from tests.scene import a_job

OLD = SeenSession(hash="1", device="iPhone", place="Berlin", since=datetime(2026, 1, 1, tzinfo=UTC))
NEW = SeenSession(hash="2", device="Pixel 9", place="Nowhere", since=datetime(2026, 3, 1, 12, 30, tzinfo=UTC))


class Watched:
    """Somebody whose connection looks at the sessions of an account."""

    def __init__(self, person: Person, now: Clock) -> None:
        self.person = person
        self.tenant = a_job(person.workspace_id, now)
        self.watcher = Watcher(
            account_id=scene.an_account(person.workspace_id),
            connection_id=ConnectionId(mint()),
            user_id=person.user_id,
        )

    def sees(self, *sessions: SeenSession) -> Watch:
        """One look."""
        return session_watch.compare(self.watcher, sessions, "Sales", tenant=self.tenant)

    def events(self) -> list[str]:
        """What stands in the activity log about the account; all of it happens at one moment here, so by name."""
        rows = self.tenant.rows(keys.journal_partition(self.tenant.now()))
        found = [entry["event"] for entry in rows.page("0", limit=100, cursor=None).items]
        return sorted(event for event in found if event.startswith("account."))


@pytest.fixture
def watched(people: People, clock: Clock) -> Watched:
    return Watched(people.new("Ada Byron"), clock)


def test_its_owner_gets_one_letter_with_device_place_and_time(watched: Watched, mailbox: Mailbox) -> None:
    watched.sees(OLD)
    watched.sees(OLD, NEW)
    watched.sees(OLD, NEW)
    deliver()
    [letter] = [one for one in mailbox.of(watched.person.email) if "new session" in one["Subject"]]
    assert "Pixel 9, Nowhere, since 01 March 2026, 12:30 UTC" in letter["BodyText"]
    assert f"/w/{watched.person.workspace_id}/settings/accounts" in letter["BodyText"]
    assert watched.events() == ["account.session_found"]


def test_where_there_was_no_other_session_at_first_the_next_one_is_new(watched: Watched) -> None:
    assert watched.sees().unknown == frozenset()
    assert watched.sees(NEW).unknown == {"2"}


def test_one_that_went_away_by_itself_need_not_be_judged(watched: Watched) -> None:
    watched.sees(OLD)
    watched.sees(OLD, NEW)
    assert watched.sees(OLD).unknown == frozenset()


def test_keeping_and_ending_stand_in_the_log_once(watched: Watched) -> None:
    watched.sees(OLD)
    watched.sees(OLD, NEW)
    for _ in range(2):
        session_watch.keep(watched.watcher, "2", tenant=watched.tenant)
        session_watch.forget_ended(watched.watcher, "1", tenant=watched.tenant)
    assert watched.events() == ["account.session_ended", "account.session_found", "account.session_kept"]
    assert session_watch.watch_of(watched.watcher, tenant=watched.tenant).unknown == frozenset()
