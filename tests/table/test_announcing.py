"""Changed legal documents are announced to everybody by e-mail: one letter a person, whoever is killed meanwhile."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from chalicelib.adapters import outbox
from chalicelib.features.legal import use_cases as legal
from chalicelib.features.legal.model import Document, Library, library
from chalicelib.features.staff.model import NothingToAnnounce
from chalicelib.features.staff.repository import Announcements
from chalicelib.features.staff.use_cases import announcing
from chalicelib.kernel import ids
from chalicelib.kernel.ids import UserId
from chalicelib.table import keys, people_keys
from chalicelib.table.due import CLAIM_S, Due, Lane, Poller
from chalicelib.table.items import Row
from chalicelib.table.keys import InstallationKey
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import ChangedMeanwhile
from tests.hand_clock import HandClock
from tests.handlers import Dropping
from tests.people import Mailbox, People, Person, deliver
from tests.races import killed_after

BEFORE, AFTER = "2026-01-01", "2026-06-01"
SUBJECT = "Our legal documents changed"


def documents(*, terms: str = BEFORE, sub_processors: str = BEFORE) -> Library:
    """The installation's documents in these versions."""
    return library(
        Document(name=name, title=name.title(), version=version, must_accept=name in ("terms", "privacy"), text="Text")
        for name, version in {
            "terms": terms,
            "privacy": BEFORE,
            "sub-processors": sub_processors,
            "data-location": BEFORE,
        }.items()
    )


Publish = Callable[[Library], None]


@pytest.fixture
def publish(monkeypatch: pytest.MonkeyPatch) -> Publish:
    """Puts documents in force, in an installation that has no people yet and announced the first versions."""
    part = ids.mint()
    monkeypatch.setattr(keys, "LEGAL", InstallationKey(f"LEGAL#{part}"))
    monkeypatch.setattr(people_keys, "users", lambda shard: InstallationKey(f"USERS#{part}#{shard}"))

    def put_in_force(here: Library) -> None:
        monkeypatch.setattr(legal, "current", lambda: here)

    put_in_force(documents())
    return put_in_force


@pytest.fixture
def everybody(publish: Publish, people: People, installation: Installation) -> list[Person]:
    """Five people who accepted the first versions, which were announced to nobody."""
    made = [people.new(name) for name in ("Anna", "Boris", "Clara", "Dmitri", "Elena")]
    announcing.announce(installation=installation)
    settle(installation)
    return made


def poller_of(installation: Installation, most: int = 2) -> Poller:
    """Writes to people; what other tests left is dropped."""

    def write(work: Due) -> datetime | None:
        return announcing.write_to_people(work.facts["announcement_id"], installation=installation, most=most)

    handlers = Dropping()
    handlers[announcing.ANNOUNCE] = write
    return Poller(handlers, installation)


def postman(installation: Installation) -> Poller:
    """Sends letters."""
    return Poller({outbox.LETTER: outbox.send}, installation, lane=Lane.LETTERS)


def settle(installation: Installation) -> None:
    """Tick until nothing is left to do."""
    while poller_of(installation).tick() + postman(installation).tick():
        continue


def letters_to(mailbox: Mailbox, person: Person) -> list[str]:
    """The texts of what somebody was told about documents."""
    return [letter["BodyText"] for letter in mailbox.of(person.email) if letter["Subject"] == SUBJECT]


def test_everybody_who_accepted_an_older_version_is_written_to_once(
    publish: Publish, everybody: list[Person], installation: Installation, mailbox: Mailbox
) -> None:
    publish(documents(terms=AFTER))
    announcing.announce(installation=installation)
    settle(installation)
    for person in everybody:
        [text] = letters_to(mailbox, person)
        assert f"Hello {person.full_name}," in text
        assert f"Terms, as of {AFTER}" in text
        assert "Privacy" not in text
        assert "ask you to accept" in text


def test_the_installation_goes_on_by_itself(
    publish: Publish, everybody: list[Person], installation: Installation, mailbox: Mailbox
) -> None:
    publish(documents(terms=AFTER))
    begun = announcing.announce(installation=installation)
    for _ in range(people_keys.USER_SHARDS + 1):
        deliver()
    ended = Announcements(installation).get(begun.id)
    assert ended is not None
    assert (ended.letters, ended.ended_at) == (len(everybody), installation.now())
    assert [len(letters_to(mailbox, person)) for person in everybody] == [1] * 5


def test_who_signed_up_under_the_new_version_gets_no_letter(
    publish: Publish, everybody: list[Person], people: People, installation: Installation, mailbox: Mailbox
) -> None:
    publish(documents(terms=AFTER))
    late = people.new("Fedor")
    announcing.announce(installation=installation)
    settle(installation)
    assert letters_to(mailbox, late) == []
    assert len(letters_to(mailbox, everybody[0])) == 1


def test_an_address_that_nobody_confirmed_is_left_alone(
    publish: Publish, everybody: list[Person], people: People, installation: Installation, mailbox: Mailbox
) -> None:
    unconfirmed = people.new("Galina", is_verified=False)
    publish(documents(terms=AFTER))
    announcing.announce(installation=installation)
    settle(installation)
    assert letters_to(mailbox, unconfirmed) == []


def test_a_document_that_need_not_be_accepted_is_announced_all_the_same(
    publish: Publish, everybody: list[Person], installation: Installation, mailbox: Mailbox
) -> None:
    publish(documents(sub_processors=AFTER))
    announcing.announce(installation=installation)
    settle(installation)
    [text] = letters_to(mailbox, everybody[0])
    assert f"Sub-Processors, as of {AFTER}" in text
    assert "There is nothing to accept." in text


def test_the_next_announcement_is_about_what_changed_since_the_last(
    publish: Publish, everybody: list[Person], installation: Installation, mailbox: Mailbox, clock: HandClock
) -> None:
    for here in (documents(sub_processors=AFTER), documents(sub_processors=AFTER, terms=AFTER)):
        publish(here)
        clock.advance(timedelta(days=1))
        announcing.announce(installation=installation)
        settle(installation)
    first, second = letters_to(mailbox, everybody[0])
    assert "Sub-Processors" in first
    assert "Sub-Processors" not in second


def test_what_changes_while_letters_are_on_their_way_takes_them_over_and_leaves_nobody_out(
    publish: Publish, everybody: list[Person], installation: Installation, mailbox: Mailbox, clock: HandClock
) -> None:
    publish(documents(sub_processors=AFTER))
    clock.advance(timedelta(days=1))
    announcing.announce(installation=installation)
    while not any(letters_to(mailbox, person) for person in everybody):
        poller_of(installation, most=1).tick()
        postman(installation).tick()
    reached = [person for person in everybody if letters_to(mailbox, person)]
    publish(documents(sub_processors=AFTER, terms=AFTER))
    clock.advance(timedelta(days=1))
    announcing.announce(installation=installation)
    settle(installation)
    for person in everybody:
        *_, last = letters_to(mailbox, person)
        assert "Terms" in last
        assert "Sub-Processors" in last
    assert [len(letters_to(mailbox, person)) for person in everybody] == [1 + (each in reached) for each in everybody]


def test_where_nothing_changed_there_is_nothing_to_announce(
    publish: Publish, everybody: list[Person], installation: Installation, clock: HandClock
) -> None:
    publish(documents(terms=AFTER))
    clock.advance(timedelta(days=1))
    announcing.announce(installation=installation)
    settle(installation)
    publish(documents(terms="2026-03-01"))
    with pytest.raises(NothingToAnnounce):
        announcing.announce(installation=installation)


def test_announcing_the_same_again_says_how_far_it_is_and_writes_to_nobody_twice(
    publish: Publish, everybody: list[Person], installation: Installation, mailbox: Mailbox
) -> None:
    publish(documents(terms=AFTER))
    begun = announcing.announce(installation=installation)
    poller_of(installation).tick()
    assert announcing.announce(installation=installation).id == begun.id
    settle(installation)
    ended = announcing.announce(installation=installation)
    assert (ended.letters, ended.ended_at) == (len(everybody), installation.now())
    settle(installation)
    assert [len(letters_to(mailbox, person)) for person in everybody] == [1] * 5


@pytest.mark.parametrize("commits", range(0, 14, 2))
def test_killed_half_way_it_writes_to_the_others_and_to_nobody_twice(
    publish: Publish,
    everybody: list[Person],
    installation: Installation,
    mailbox: Mailbox,
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
    commits: int,
) -> None:
    publish(documents(terms=AFTER))
    announcing.announce(installation=installation)

    def tick_on() -> None:
        for _ in range(20):
            poller_of(installation, most=1).tick()

    assert killed_after(commits, tick_on, monkeypatch)
    clock.advance(timedelta(seconds=CLAIM_S))
    settle(installation)
    assert [len(letters_to(mailbox, person)) for person in everybody] == [1] * 5
    assert announcing.announce(installation=installation).letters == len(everybody)


def test_two_at_once_write_to_everybody_once(
    publish: Publish, everybody: list[Person], installation: Installation, mailbox: Mailbox
) -> None:
    publish(documents(terms=AFTER))
    begun = announcing.announce(installation=installation)
    threads = [threading.Thread(target=write_until_done, args=(begun.id, installation)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    settle(installation)
    assert [len(letters_to(mailbox, person)) for person in everybody] == [1] * 5


def write_until_done(announcement_id: str, installation: Installation) -> None:
    is_done = False
    while not is_done:
        try:
            is_done = announcing.write_to_people(announcement_id, installation=installation, most=1) is None
        except ChangedMeanwhile:
            continue


def test_a_person_who_is_gone_by_now_holds_nobody_up(
    publish: Publish, everybody: list[Person], installation: Installation, mailbox: Mailbox
) -> None:
    rows = installation.rows(people_keys.user(everybody[2].user_id))
    rows.delete(rows.new(Row, people_keys.USER_PROFILE))
    publish(documents(terms=AFTER))
    announcing.announce(installation=installation)
    settle(installation)
    assert [len(letters_to(mailbox, person)) for person in everybody] == [1, 1, 0, 1, 1]


def test_everybody_is_listed_in_one_of_eight_parts(publish: Publish, everybody: list[Person]) -> None:
    shards = {people_keys.users_shard(UserId(ids.mint())) for _ in range(400)}
    assert shards == set(range(people_keys.USER_SHARDS))


def test_an_announcement_nobody_began_is_no_work(publish: Publish, installation: Installation) -> None:
    assert announcing.write_to_people("nothing", installation=installation) is None
    assert Announcements(installation).announced() == {}
