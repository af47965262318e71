"""An entry of a journal is written once (product.md section 10): the table layer changes, replaces and removes none."""

from collections.abc import Callable

import pytest
from pynamodb.expressions.condition import Condition

from chalicelib.kernel import ids
from chalicelib.kernel.ids import UserId
from chalicelib.table import guard, keys, people_keys
from chalicelib.table.feeds import FeedRow
from chalicelib.table.guard import TenantBreach
from chalicelib.table.items import Row
from chalicelib.table.journal import JournalRow
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import Transaction

Attempt = Callable[[Rows, JournalRow], object]


def in_transaction(rows: Rows, member: Callable[[Transaction], None]) -> None:
    """One member in a transaction bound as the rows are."""
    with Transaction(rows._bound, rows, 0, None) as change:
        member(change)


ATTEMPTS: dict[str, Attempt] = {
    "put": lambda rows, entry: rows.put(entry),
    "put where it is there": lambda rows, entry: rows.put(entry, Row.pk.exists()),
    "put where it is new or there": lambda rows, entry: rows.put(entry, Row.pk.does_not_exist() | Row.pk.exists()),
    "put where another attribute is missing": lambda rows, entry: rows.put(entry, Row.gsi1pk.does_not_exist()),
    "update": lambda rows, entry: rows.update(entry, [JournalRow.target.set("another")]),
    "delete": lambda rows, entry: rows.delete(entry),
    "put in a transaction": lambda rows, entry: in_transaction(rows, lambda change: change.put(entry)),
    "update in a transaction": lambda rows, entry: in_transaction(
        rows, lambda change: change.update(entry, [JournalRow.target.set("another")])
    ),
    "delete in a transaction": lambda rows, entry: in_transaction(rows, lambda change: change.delete(entry)),
}


@pytest.fixture(params=["of a workspace", "of a person"])
def log(request: pytest.FixtureRequest, tenant: Tenant, installation: Installation) -> Rows:
    """A journal with an entry in it."""
    if request.param == "of a workspace":
        return tenant.rows(keys.journal_partition(tenant.now()))
    user_id = UserId(ids.mint())
    with installation.journalled(user_id, tenant.actor) as change:
        rows = installation.rows(people_keys.user(user_id))
        change.put(rows.new(FeedRow, "NOTE", chat_id="1"))
        change.record("session.opened", target=user_id)
    return installation.rows(people_keys.personal_journal(user_id, installation.now()))


def the_entry(log: Rows) -> JournalRow:
    """The journal's newest entry."""
    return log.query(JournalRow, "0", newest_first=True)[0]


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_what_was_written_stands(log: Rows, attempt: Attempt) -> None:
    entry = the_entry(log)
    before = entry.serialize()
    with pytest.raises(TenantBreach, match="would change a journal"):
        attempt(log, entry)
    assert the_entry(log).serialize() == before


def test_an_entry_s_id_can_t_be_taken_a_second_time(log: Rows) -> None:
    entry = the_entry(log)
    before = entry.serialize()
    entry.target = "another"
    assert log.put(entry, Row.pk.does_not_exist()) is False
    assert the_entry(log).serialize() == before


def test_a_change_creates_its_entry(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    """The condition is on the entry itself, so that a repeated id would refuse the change rather than replace."""
    conditions: list[Condition | None] = []
    save = JournalRow.get_save_kwargs_from_instance

    def noting(row: JournalRow, condition: Condition | None = None) -> object:
        conditions.append(condition)
        return save(row, condition)

    monkeypatch.setattr(JournalRow, "get_save_kwargs_from_instance", noting)
    with tenant.transaction() as change:
        change.put(tenant.rows(keys.WORKSPACE).new(FeedRow, "NOTE", chat_id="1"))
        change.record("workspace.renamed", target=tenant.workspace_id)
    assert [str(condition) for condition in conditions] == ["attribute_not_exists (pk)"]


def test_erasing_alone_removes_entries(log: Rows) -> None:
    entry = the_entry(log)
    with guard.erasing():
        assert log.delete(entry)
    assert log.query(JournalRow, entry.sk) == []
    with pytest.raises(TenantBreach):
        log.delete(entry)
