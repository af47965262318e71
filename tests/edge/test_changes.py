"""The journal as members read it: from a cursor on, without addresses, and of feeds only their own accounts'."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.features.chats import use_cases as chats
from chalicelib.features.fields import use_cases as fields
from chalicelib.features.fields.model import ColumnType, CreateColumn, SetValue
from chalicelib.features.journal import use_cases as journal
from chalicelib.features.journal.model import Change
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.roles import Role
from chalicelib.table.tenant import Tenant
from tests.local_aws import LocalAws
from tests.scene import Desk, Person, a_job, a_person, a_workspace, an_account, chats_of


class Clock:
    """A clock that a test moves; it ticks by itself, so that ids minted one after another sort so."""

    def __init__(self) -> None:
        self.at = utc_now()

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def settle(self) -> None:
        """Let everything written so far become readable: reads stop five seconds behind."""
        self.at += timedelta(seconds=6)


class Reader:
    """Follows the changes of a workspace as one member."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._cursor = journal.read_changes(None, tenant=tenant).next_cursor

    def read(self) -> list[Change]:
        """Everything since the last read."""
        found: list[Change] = []
        has_more = True
        while has_more:
            page = journal.read_changes(self._cursor, tenant=self._tenant)
            found += page.changes
            self._cursor, has_more = page.next_cursor, page.has_more
        return found


class Scene:
    """Ada is connected to an account with two chats; Max is not."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.ada, self.max = a_person("Ada"), a_person("Max")
        self.workspace_id = a_workspace((self.ada, Role.ADMIN), (self.max, Role.OWNER))
        self.account_id = an_account(self.workspace_id, self.ada)
        self.chat_ids = [chat.id for chat in chats_of(self.workspace_id, self.account_id, 2)]
        clock.settle()

    def handle(self, person: Person) -> Tenant:
        """The workspace as this person, at the scene's time."""
        return person.handle(self.workspace_id, self.clock)


@pytest.fixture
def scene(local_aws: LocalAws) -> Scene:
    return Scene(Clock())


def test_without_a_cursor_there_is_nothing_but_a_cursor(scene: Scene) -> None:
    body = Desk(person=scene.ada, workspace_id=scene.workspace_id).get("/changes").body
    assert body["changes"] == []
    assert body["has_more"] is False
    again = Desk(person=scene.ada, workspace_id=scene.workspace_id).get(f"/changes?cursor={body['next_cursor']}")
    assert again.status == 200


@pytest.mark.parametrize("cursor", ["forged", "", "a" * 5_000, "🙂"])
def test_a_forged_cursor_is_refused(scene: Scene, cursor: str) -> None:
    answer = Desk(person=scene.ada, workspace_id=scene.workspace_id).get(f"/changes?cursor={cursor}")
    assert (answer.status, answer.code) == (422, "cursor-invalid")


def test_a_cursor_of_another_workspace_is_refused(scene: Scene) -> None:
    other = Scene(Clock())
    cursor = Desk(person=other.ada, workspace_id=other.workspace_id).get("/changes").body["next_cursor"]
    answer = Desk(person=scene.ada, workspace_id=scene.workspace_id).get(f"/changes?cursor={cursor}")
    assert (answer.status, answer.code) == (422, "cursor-invalid")


def test_a_value_is_told_with_old_and_new_and_who(scene: Scene) -> None:
    reader = Reader(scene.handle(scene.max))
    ada = scene.handle(scene.ada)
    column = fields.create_column(CreateColumn(name="Note", type=ColumnType.TEXT), tenant=ada)
    for version, text in ((None, "first"), (1, "second")):
        command = SetValue(chat_id=scene.chat_ids[0], column_id=column.id, value=text, version=version)
        fields.set_value(command, tenant=ada)
    scene.clock.settle()
    told: list[tuple[str, str, Any, Any]] = [(one.kind, one.target, one.old, one.new) for one in reader.read()]
    first = {"column_id": column.id, "value": "first", "version": 1}
    second = {"column_id": column.id, "value": "second", "version": 2}
    assert [kind for kind, *_ in told] == ["column.created", "value.set", "value.set"]
    assert told[1:] == [("value.set", scene.chat_ids[0], None, first), ("value.set", scene.chat_ids[0], first, second)]


def test_an_entry_names_the_person_and_not_their_address(scene: Scene) -> None:
    reader = Reader(scene.handle(scene.max))
    fields.create_column(CreateColumn(name="Note", type=ColumnType.TEXT), tenant=scene.handle(scene.ada))
    scene.clock.settle()
    [change] = reader.read()
    assert (change.actor.kind, change.actor.id, change.actor.name) == ("user", scene.ada.user_id, "Ada")
    assert "127.0.0.1" not in repr(change)


def test_a_long_value_stays_whole_and_its_column_readable(scene: Scene) -> None:
    reader = Reader(scene.handle(scene.max))
    ada = scene.handle(scene.ada)
    column = fields.create_column(CreateColumn(name="Note", type=ColumnType.TEXT), tenant=ada)
    text = '"' * 1_000
    fields.set_value(SetValue(chat_id=scene.chat_ids[0], column_id=column.id, value=text, version=None), tenant=ada)
    scene.clock.settle()
    assert reader.read()[-1].new == {"column_id": column.id, "value": text, "version": 1}


def test_what_is_too_fresh_to_be_settled_comes_later(scene: Scene) -> None:
    reader = Reader(scene.handle(scene.max))
    fields.create_column(CreateColumn(name="Note", type=ColumnType.TEXT), tenant=scene.handle(scene.ada))
    assert reader.read() == []
    scene.clock.settle()
    assert len(reader.read()) == 1
    assert reader.read() == []


def test_changed_chats_are_told_once_and_only_to_the_connected(scene: Scene) -> None:
    connected, other = Reader(scene.handle(scene.ada)), Reader(scene.handle(scene.max))
    job = a_job(scene.workspace_id, scene.clock)
    for unread_count in (5, 6, 7):
        chats.record_read(scene.chat_ids[0], unread_count, tenant=job)
    scene.clock.settle()
    [change] = connected.read()
    assert (change.kind, change.target, change.actor.id) == ("chat.changed", scene.chat_ids[0], None)
    assert other.read() == []


def test_more_changes_than_a_page_come_whole_and_in_order(scene: Scene) -> None:
    reader = Reader(scene.handle(scene.ada))
    ada = scene.handle(scene.ada)
    column = fields.create_column(CreateColumn(name="Count", type=ColumnType.NUMBER), tenant=ada)
    version = None
    for number in range(1, 231):
        command = SetValue(chat_id=scene.chat_ids[0], column_id=column.id, value=number, version=version)
        version = fields.set_value(command, tenant=ada).version
    chats.record_read(scene.chat_ids[1], 9, tenant=a_job(scene.workspace_id, scene.clock))
    scene.clock.settle()
    told = reader.read()
    assert [change.new["value"] for change in told if change.kind == "value.set"] == list(range(1, 231))
    assert [change.target for change in told if change.kind == "chat.changed"] == [scene.chat_ids[1]]
    assert len({change.id for change in told}) == len(told)
