"""The relay on a real stream and real queues: who watches a workspace is told of it, and of nothing else."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.adapters.queues import LiveQueue, QueueGone
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.fields import use_cases as fields
from chalicelib.features.fields.model import ColumnType, CreateColumn
from chalicelib.features.journal import use_cases as journal
from chalicelib.features.journal.jobs.stream import relay_records
from chalicelib.features.journal.model import Hint
from chalicelib.features.journal.repository import Watches
from chalicelib.kernel import ids
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.permissions import Grants
from chalicelib.kernel.roles import Role
from chalicelib.table import cipher, people_keys
from chalicelib.table.cipher import Purpose
from chalicelib.table.feeds import SETTLED_S, FeedRow
from chalicelib.table.tenant import Installation, Member, Tenant
from tests.local_aws import LocalAws
from tests.scene import a_chat, a_job, a_notice, a_person, a_workspace, an_account, an_owner
from tests.stream import Stream, of_owner


@pytest.fixture
def stream(local_aws: LocalAws) -> Stream:
    return Stream(local_aws)


@pytest.fixture
def job(local_aws: LocalAws) -> Tenant:
    return a_job(a_workspace())


@pytest.fixture
def new_queue(local_aws: LocalAws) -> Iterator[Callable[[], tuple[str, LiveQueue]]]:
    made: list[LiveQueue] = []

    def make() -> tuple[str, LiveQueue]:
        task_id = ids.mint()
        made.append(LiveQueue.create(task_id))
        return task_id, made[-1]

    yield make
    for queue in made:
        queue.delete()


NewQueue = Callable[[], tuple[str, LiveQueue]]


def watching(job: Tenant, new_queue: NewQueue) -> tuple[str, LiveQueue]:
    task_id, queue = new_queue()
    journal.watch(task_id, queue.url, tenant=job)
    return task_id, queue


def hints(queue: LiveQueue) -> list[Hint]:
    return [journal.open_hint(body) for body in queue.receive(wait_s=1)]


def test_an_entry_and_a_mark_reach_every_task_that_watches(job: Tenant, stream: Stream, new_queue: NewQueue) -> None:
    _, one = watching(job, new_queue)
    _, other = watching(job, new_queue)
    column = fields.create_column(CreateColumn(name="Note", type=ColumnType.TEXT), tenant=an_owner(job.workspace_id))
    chat = a_chat(an_account(job.workspace_id))
    chats.record_chats([chat], tenant=job)
    assert relay_records(stream.records()) == []
    for queue in (one, other):
        [hint] = hints(queue)
        assert hint.workspace_id == job.workspace_id
        assert hint.chat_ids == (chat.id,)
        [change] = hint.changes
        assert (change["kind"], change["target"]) == ("column.created", column.id)
        assert (change["actor"]["kind"], change["actor"]["name"]) == ("user", "Olga Ownerova")
        assert queue.receive(wait_s=0) == []


def test_a_live_change_has_old_and_new_and_no_address_or_device(
    job: Tenant, stream: Stream, new_queue: NewQueue
) -> None:
    """Members read the log without addresses and devices (product.md section 3), and live it is the same for all."""
    _, queue = watching(job, new_queue)
    actor = Actor(kind=ActorKind.USER, id=ids.mint(), name="Olga", address="192.0.2.77", device="A Rare Browser")
    member = Member(user_id=UserId(actor.id), grants=Grants(role=Role.OWNER, toggles={}), version=1)
    tenant = Tenant(job.workspace_id, actor, member, job.now)
    fields.create_column(CreateColumn(name="Note", type=ColumnType.TEXT), tenant=tenant)
    assert relay_records(stream.records()) == []
    [body] = queue.receive(wait_s=1)
    [change] = journal.open_hint(body).changes
    assert (change["old"], change["new"]["name"], change["actor"]["name"]) == (None, "Note", "Olga")
    assert "192.0.2.77" not in body
    assert "A Rare Browser" not in body


def test_a_person_s_own_log_is_told_to_nobody(job: Tenant, stream: Stream, new_queue: NewQueue) -> None:
    """Sign-ins stand in the person's own log (product.md section 10)."""
    _, queue = watching(job, new_queue)
    installation, user_id = Installation(), UserId(ids.mint())
    with installation.journalled(user_id, job.actor) as change:
        change.put(installation.rows(people_keys.user(user_id)).new(FeedRow, "NOTE", chat_id="1"))
        change.record("session.opened", target=user_id)
    records = stream.records()
    assert len(of_owner(records, user_id)) == 1
    assert relay_records(records) == []
    assert hints(queue) == []


def test_what_was_told_live_comes_again_by_cursor_under_the_same_id(
    local_aws: LocalAws, stream: Stream, new_queue: NewQueue
) -> None:
    """A reader that lost its line for a while drops the ids it knows, and has each change once."""
    olga = a_person("Olga")
    workspace_id = a_workspace((olga, Role.OWNER))
    job = a_job(workspace_id)
    _, queue = watching(job, new_queue)
    cursor = journal.read_changes(None, tenant=olga.handle(workspace_id)).next_cursor
    for name in ("heard", "missed"):
        fields.create_column(CreateColumn(name=name, type=ColumnType.TEXT), tenant=olga.handle(workspace_id))
    told_live, _ = of_owner(stream.records(), workspace_id)
    assert relay_records([told_live]) == []
    live = [change["id"] for hint in hints(queue) for change in hint.changes]
    later = olga.handle(workspace_id, lambda: utc_now() + timedelta(seconds=SETTLED_S + 1))
    caught_up = [change.id for change in journal.read_changes(cursor, tenant=later).changes]
    assert len(live) == 1
    assert len(caught_up) == len({*live, *caught_up}) == 2


def test_entries_of_an_erased_workspace_and_person_are_told_without_what_they_said(
    job: Tenant, stream: Stream, new_queue: NewQueue
) -> None:
    _, queue = watching(job, new_queue)
    owner = an_owner(job.workspace_id)
    fields.create_column(CreateColumn(name="Note", type=ColumnType.TEXT), tenant=owner)
    for erased in (job.workspace_id, owner.actor.id):
        cipher.current().destroy(erased, Purpose.JOURNAL)
    assert relay_records(stream.records()) == []
    [hint] = hints(queue)
    [change] = hint.changes
    assert (change["kind"], change["old"], change["new"]) == ("column.created", None, None)
    assert change["actor"]["name"] == ""


def test_another_workspace_is_told_nothing(job: Tenant, stream: Stream, new_queue: NewQueue) -> None:
    _, queue = watching(job, new_queue)
    elsewhere = a_job(a_workspace())
    fields.create_column(CreateColumn(name="Theirs", type=ColumnType.TEXT), tenant=an_owner(elsewhere.workspace_id))
    assert relay_records(stream.records()) == []
    assert hints(queue) == []


def test_rows_that_are_no_entry_and_no_mark_are_not_relayed(job: Tenant, stream: Stream, new_queue: NewQueue) -> None:
    _, queue = watching(job, new_queue)
    an_account(job.workspace_id)
    assert relay_records(stream.records()) == []
    assert hints(queue) == []


def test_whom_a_notice_is_for_is_told_and_nothing_of_what_it_says(
    job: Tenant, stream: Stream, new_queue: NewQueue
) -> None:
    _, queue = watching(job, new_queue)
    olga = a_person("Olga")
    chat = a_chat(an_account(job.workspace_id))
    for _ in range(2):
        a_notice(job.workspace_id, olga.user_id, chat.id)
    assert relay_records([each for each in stream.records() if row_kind_of(each) == "notice"]) == []
    [body] = queue.receive(wait_s=1)
    assert journal.open_hint(body).notified == (olga.user_id,)
    assert chat.id not in body


def row_kind_of(record: dict[str, Any]) -> str:
    kind: str = record["dynamodb"]["NewImage"]["row_kind"]["S"]
    return kind


def test_entries_of_a_workspace_nobody_watches_are_not_opened(
    job: Tenant, stream: Stream, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields.create_column(CreateColumn(name="Note", type=ColumnType.TEXT), tenant=an_owner(job.workspace_id))
    opened: list[str] = []
    monkeypatch.setattr(cipher.Cipher, "open", lambda *asked: opened.append(asked[1]))
    assert relay_records(stream.records()) == []
    assert opened == []


def test_a_watch_whose_queue_is_gone_is_removed_and_the_others_are_told(
    job: Tenant, stream: Stream, new_queue: NewQueue
) -> None:
    _, gone = watching(job, new_queue)
    task_id, there = watching(job, new_queue)
    gone.delete()
    fields.create_column(CreateColumn(name="Note", type=ColumnType.TEXT), tenant=an_owner(job.workspace_id))
    assert relay_records(stream.records()) == []
    assert len(hints(there)) == 1
    assert [watch.task_id for watch in Watches(job).current(job.now())] == [task_id]


def test_what_could_not_be_sent_is_handed_over_again(
    job: Tenant, stream: Stream, monkeypatch: pytest.MonkeyPatch, new_queue: NewQueue
) -> None:
    _, queue = watching(job, new_queue)
    elsewhere = a_job(a_workspace())
    for tenant in (job, elsewhere):
        fields.create_column(CreateColumn(name="Note", type=ColumnType.TEXT), tenant=an_owner(tenant.workspace_id))
    records = stream.records()

    def refuse(self: LiveQueue, body: str) -> None:
        raise TimeoutError

    with monkeypatch.context() as broken:
        broken.setattr(LiveQueue, "send", refuse)
        failed = relay_records(records)
    mine = of_owner(records, job.workspace_id)
    assert failed == [record["dynamodb"]["SequenceNumber"] for record in mine]
    assert relay_records(mine) == []
    assert len(hints(queue)) == 1


def test_a_hint_too_large_for_one_message_comes_in_several(job: Tenant, new_queue: NewQueue) -> None:
    _, queue = watching(job, new_queue)
    change = {"id": ids.mint(), "kind": "value.set", "new": {"value": "x" * 1_000}}
    hint = Hint(workspace_id=job.workspace_id, changes=(change,) * 500, chat_ids=())
    assert journal.tell_watchers(hint, tenant=job) == 1
    assert sum(len(part.changes) for part in hints(queue)) == 500


def test_an_entry_too_large_for_any_message_is_left_to_the_next_read(job: Tenant, new_queue: NewQueue) -> None:
    _, queue = watching(job, new_queue)
    chat_id = a_chat(an_account(job.workspace_id)).id
    change = {"id": ids.mint(), "kind": "value.set", "new": {"value": "x" * 250_000}}
    hint = Hint(workspace_id=job.workspace_id, changes=(change,), chat_ids=(chat_id,))
    assert journal.tell_watchers(hint, tenant=job) == 1
    assert [(part.changes, part.chat_ids) for part in hints(queue)] == [((), (chat_id,))]


def test_a_watch_that_was_ended_is_told_nothing(job: Tenant, new_queue: NewQueue) -> None:
    task_id, _ = watching(job, new_queue)
    journal.unwatch(task_id, tenant=job)
    assert journal.tell_watchers(Hint(workspace_id=job.workspace_id, changes=(), chat_ids=()), tenant=job) == 0


def test_a_queue_that_is_gone_says_so(local_aws: LocalAws, new_queue: NewQueue) -> None:
    _, queue = new_queue()
    queue.delete()
    queue.delete()
    with pytest.raises(QueueGone):
        queue.send("late")
    with pytest.raises(QueueGone):
        queue.receive(wait_s=0)


def test_an_empty_queue_is_waited_for(local_aws: LocalAws, new_queue: NewQueue) -> None:
    _, queue = new_queue()
    begun = time.monotonic()
    assert queue.receive(wait_s=1) == []
    assert time.monotonic() - begun >= 0.9
