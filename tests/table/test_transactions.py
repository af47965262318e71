"""Changes with their journal entry: all or none, refusals as facts, repetitions recognised, contention retried."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError
from pynamodb.attributes import UnicodeAttribute

from chalicelib.kernel import ids
from chalicelib.kernel.actors import system
from chalicelib.kernel.errors import Conflict, Unavailable
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.table import cipher, connection, keys
from chalicelib.table.cipher import Purpose
from chalicelib.table.items import Row
from chalicelib.table.journal import MAX_VALUE_CHARACTERS, Entry, JournalledTransaction, JournalRow, opened
from chalicelib.table.tenant import Installation, PartitionRow, Tenant, founding
from chalicelib.table.transaction import ATTEMPTS, MAX_MEMBERS, AlreadyDone, ChangedMeanwhile
from tests.hand_clock import HandClock

Act = Callable[[JournalledTransaction], None]

EVENT = "dynamodb.TransactWriteItems"


class NoteRow(Row, discriminator="note"):
    """Something to write."""

    text = UnicodeAttribute()


class Taken(Conflict):
    """The note's name is in use."""

    code = "taken"
    title = "Taken."


def write(tenant: Tenant, name: str, text: str = "x", *, once: str | None = None) -> None:
    """Make a note that must not exist yet."""
    rows = tenant.rows(keys.WORKSPACE)
    with tenant.transaction(once=once) as change:
        change.create(rows.new(NoteRow, f"NOTE#{name}", text=text), refusal=Taken())
        change.leaves(name=name)
        change.record("note.created", target=name, new={"text": text})


def commit(tenant: Tenant, *acts: Act, event: str | None = "note.changed") -> None:
    """Make one change of these acts."""
    with tenant.transaction() as change:
        for act in acts:
            act(change)
        if event is not None:
            change.record(event, target="note")


def put(tenant: Tenant, name: str) -> Act:
    """The act of writing a note, whatever stood there."""
    row = tenant.rows(keys.WORKSPACE).new(NoteRow, f"NOTE#{name}", text="x")
    return lambda change: change.put(row)


def read(tenant: Tenant, name: str) -> str | None:
    """What a note says."""
    row = tenant.rows(keys.WORKSPACE).get(NoteRow, f"NOTE#{name}")
    return None if row is None else row.text


def entries(tenant: Tenant, event: str) -> list[Entry]:
    """The journal's entries of one kind."""
    journal = tenant.rows(keys.journal_partition(tenant.now())).query(JournalRow, "0")
    return [opened(row, tenant.workspace_id) for row in journal if row.event == event]


@contextmanager
def hooked(when: str, hook: Callable[..., Any]) -> Iterator[None]:
    """Stand between us and the table, on botocore's own events."""
    events = connection.writer().meta.events
    events.register(f"{when}.{EVENT}", hook)
    try:
        yield
    finally:
        events.unregister(f"{when}.{EVENT}", hook)


def cancelled(reason: str, times: int) -> Callable[..., Any]:
    """A table that cancels this often, for this reason, before it lets a transaction through."""
    left = [times]

    def answer(**_: object) -> Any:
        if left[0] == 0:
            return None
        left[0] -= 1
        refusal = {
            "Error": {"Code": "TransactionCanceledException", "Message": "cancelled"},
            "ResponseMetadata": {"HTTPStatusCode": 400},
        }
        return SimpleNamespace(status_code=400), refusal | {"CancellationReasons": [{"Code": reason}]}

    return answer


def lost(**_: object) -> None:
    """No answer comes."""
    raise ReadTimeoutError(endpoint_url="http://table")


def test_a_change_and_its_entry_are_one(tenant: Tenant) -> None:
    write(tenant, "a", "hello")
    [entry] = entries(tenant, "note.created")
    assert (entry.target, entry.new, entry.old) == ("a", {"text": "hello"}, None)
    assert (entry.actor, entry.at) == (tenant.actor, tenant.now())


def test_what_an_entry_says_of_people_and_values_is_sealed(tenant: Tenant) -> None:
    write(tenant, "a", "planted-value")
    [item] = [
        item for item in tenant.rows(keys.journal_partition(tenant.now())).plain("0") if item["event"] == "note.created"
    ]
    for planted in ("planted-value", "Olga Ownerova", "192.0.2.1", "Test Browser"):
        assert planted not in str(item)


def test_destroying_a_key_erases_what_it_sealed_and_nothing_else(tenant: Tenant) -> None:
    write(tenant, "a", "hello")
    cipher.current().destroy(tenant.actor.id, Purpose.JOURNAL)
    [entry] = entries(tenant, "note.created")
    assert entry.new == {"text": "hello"}
    assert (entry.actor.id, entry.actor.name, entry.actor.address, entry.actor.device) == (tenant.actor.id, "", "", "")
    cipher.current().destroy(tenant.workspace_id, Purpose.JOURNAL)
    [entry] = entries(tenant, "note.created")
    assert (entry.event, entry.target, entry.old, entry.new) == ("note.created", "a", None, None)


@pytest.mark.parametrize("destroyed", ["person", "workspace"])
def test_what_names_a_person_is_gone_with_their_key_or_the_workspace_s(tenant: Tenant, destroyed: str) -> None:
    person = ids.mint()
    with tenant.transaction() as change:
        change.put(tenant.rows(keys.WORKSPACE).new(NoteRow, "NOTE#a", text="a"))
        change.record("note.created", target=person, new={"name": "Anna"}, about=person)
    [entry] = entries(tenant, "note.created")
    assert entry.new == {"name": "Anna"}
    cipher.current().destroy({"person": person, "workspace": tenant.workspace_id}[destroyed], Purpose.JOURNAL)
    [entry] = entries(tenant, "note.created")
    assert (entry.target, entry.new) == (person, None)


def test_a_refused_change_leaves_neither_row_nor_entry(tenant: Tenant) -> None:
    write(tenant, "a", "first")
    second = tenant.rows(keys.WORKSPACE).new(NoteRow, "NOTE#a", text="second")
    with pytest.raises(Taken):
        commit(tenant, put(tenant, "b"), lambda change: change.create(second, refusal=Taken()))
    assert (read(tenant, "a"), read(tenant, "b")) == ("first", None)
    assert entries(tenant, "note.changed") == []


def test_an_exception_inside_the_block_writes_nothing(tenant: Tenant) -> None:
    with pytest.raises(ZeroDivisionError):
        commit(tenant, put(tenant, "a"), lambda _: 1 / 0)  # type: ignore[arg-type]
    assert read(tenant, "a") is None


def test_a_shared_change_without_an_entry_is_a_mistake(tenant: Tenant) -> None:
    with pytest.raises(ValueError, match="journal entry"):
        commit(tenant, put(tenant, "a"), event=None)
    assert read(tenant, "a") is None


@pytest.mark.parametrize("operation", ["update", "delete", "check"])
def test_each_refusal_is_its_own_fact(tenant: Tenant, operation: str) -> None:
    write(tenant, "a", "now")
    note = tenant.rows(keys.WORKSPACE).new(NoteRow, "NOTE#a")
    actions = [[NoteRow.text.set("new")]] if operation == "update" else []

    def act(change: JournalledTransaction) -> None:
        getattr(change, operation)(note, *actions, NoteRow.text == "before", refusal=Taken())

    with pytest.raises(Taken):
        commit(tenant, put(tenant, "b"), act)
    assert (read(tenant, "a"), read(tenant, "b")) == ("now", None)


def test_a_condition_without_a_fact_says_that_something_changed(tenant: Tenant) -> None:
    note = tenant.rows(keys.WORKSPACE).new(NoteRow, "NOTE#none")
    with pytest.raises(ChangedMeanwhile):
        commit(tenant, lambda change: change.update(note, [NoteRow.text.set("new")], NoteRow.text == "before"))


def test_contention_is_tried_again(tenant: Tenant) -> None:
    with hooked("before-call", cancelled("TransactionConflict", ATTEMPTS - 1)):
        write(tenant, "a")
    assert read(tenant, "a") == "x"
    assert len(entries(tenant, "note.created")) == 1


def test_contention_that_stays_is_a_conflict(tenant: Tenant) -> None:
    with hooked("before-call", cancelled("TransactionConflict", ATTEMPTS)), pytest.raises(ChangedMeanwhile):
        write(tenant, "a")
    assert read(tenant, "a") is None


def test_a_repetition_says_what_the_first_left(tenant: Tenant) -> None:
    write(tenant, "a", once="press")
    with pytest.raises(AlreadyDone) as again:
        write(tenant, "b", once="press")
    assert again.value.outcome == {"name": "a"}
    with pytest.raises(AlreadyDone):
        write(tenant, "a", once="press")
    assert read(tenant, "b") is None
    assert len(entries(tenant, "note.created")) == 1


def test_another_workspace_may_use_the_same_key(tenant: Tenant, other_tenant: Tenant) -> None:
    write(tenant, "a", once="press")
    write(other_tenant, "a", once="press")
    assert read(other_tenant, "a") == "x"


def test_a_lost_answer_is_settled_by_the_idempotency_row(tenant: Tenant) -> None:
    with hooked("after-call", lost):
        write(tenant, "a", once="press")
    assert read(tenant, "a") == "x"


def test_a_lost_request_is_unavailable_and_can_be_repeated(tenant: Tenant) -> None:
    with hooked("before-call", lost), pytest.raises(Unavailable):
        write(tenant, "a", once="press")
    assert read(tenant, "a") is None
    write(tenant, "a", once="press")


def test_a_lost_answer_to_a_repetition_is_not_taken_for_success(tenant: Tenant) -> None:
    write(tenant, "a", once="press")
    with hooked("before-call", lost), pytest.raises(Unavailable):
        write(tenant, "b", once="press")
    assert read(tenant, "b") is None


def test_a_lost_answer_without_a_key_is_unavailable(tenant: Tenant) -> None:
    with hooked("after-call", lost), pytest.raises(Unavailable):
        write(tenant, "a")


def test_larger_changes_are_jobs(tenant: Tenant) -> None:
    with pytest.raises(ValueError, match="resumable job"):
        commit(tenant, *[put(tenant, str(number)) for number in range(MAX_MEMBERS + 1)])


def test_the_largest_change_fits(tenant: Tenant) -> None:
    rows = tenant.rows(keys.WORKSPACE)
    with tenant.transaction(once="large") as change:
        for number in range(MAX_MEMBERS):
            change.put(rows.new(NoteRow, f"NOTE#{number}", text="x"))
        change.record("notes.created", target="all")
    assert len(rows.query(NoteRow, "NOTE#")) == MAX_MEMBERS


def test_long_values_stand_in_the_journal_as_excerpt_and_hash(tenant: Tenant) -> None:
    text = "Ü" * (MAX_VALUE_CHARACTERS + 1)
    write(tenant, "a", text)
    [entry] = entries(tenant, "note.created")
    kept = entry.new["text"]
    assert kept["characters"] == len(text)
    assert text.startswith(kept["excerpt"])
    assert kept["sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_the_journals_partition_is_on_the_tenants_list(tenant: Tenant) -> None:
    write(tenant, "a")
    listed = tenant.rows(keys.WORKSPACE).query(PartitionRow, keys.PARTITIONS)
    assert keys.partition(keys.journal_partition(tenant.now())) in [row.sk for row in listed]


def test_a_founding_that_is_refused_leaves_nothing(installation: Installation, clock: HandClock) -> None:
    tenant = founding(WorkspaceId(ids.mint()), system("test"), now=clock)
    note = tenant.rows(keys.WORKSPACE).new(NoteRow, "NOTE#none")
    with pytest.raises(ChangedMeanwhile):
        commit(
            tenant, put(tenant, "a"), lambda change: change.check(note, NoteRow.text == "x", refusal=ChangedMeanwhile())
        )
    rows = tenant.rows(keys.WORKSPACE)
    assert rows.query(PartitionRow, keys.PARTITIONS) == []
    assert read(tenant, "a") is None


def test_the_installation_has_no_journal(installation: Installation) -> None:
    home = keys.InstallationKey(f"TEST#{ids.mint()}")

    def note(text: str) -> None:
        with installation.transaction(home, once="k") as change:
            change.put(installation.rows(home).new(NoteRow, keys.ONLY, text=text))

    note("x")
    with pytest.raises(AlreadyDone):
        note("y")
    kept = installation.rows(home).get(NoteRow, keys.ONLY)
    assert kept is not None
    assert kept.text == "x"
