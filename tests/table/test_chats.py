"""What the worker records of chats: monotonic, only its own attributes, a mark only when something changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import ChatMetadata, RecordGroup, RecordMessage
from chalicelib.features.chats.repository import Chats
from chalicelib.kernel.ids import UserId, account_of
from chalicelib.kernel.permissions import TOGGLES, Toggle
from chalicelib.table import keys
from chalicelib.table.feeds import FeedRow
from chalicelib.table.tenant import Tenant
from tests.local_aws import LocalAws
from tests.scene import a_chat, a_job, a_workspace, an_account, switch

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SENDER = UserId("0" * 26)


@pytest.fixture
def job(local_aws: LocalAws) -> Tenant:
    """In a workspace that keeps who sent each message."""
    made = a_job(a_workspace())
    switch(Toggle.ATTRIBUTION, made, is_on=True)
    return made


@pytest.fixture
def chat(job: Tenant) -> ChatMetadata:
    made = a_chat(an_account(job.workspace_id))
    chats.record_chats([made], tenant=job)
    return made


def stored(chat: ChatMetadata, job: Tenant) -> ChatMetadata:
    found = Chats(job, chat.account_id).get(chat.id)
    assert found is not None
    return found.chat


def marks(chat: ChatMetadata, job: Tenant) -> int:
    partition = keys.feed_partition(account_of(chat.id), job.now())
    return len(job.rows(partition).query(FeedRow, "0"))


def a_message(number: int, *, unread_count: int = 3) -> RecordMessage:
    return RecordMessage(message_id=number, at=NOON, is_outgoing=True, sent_by=SENDER, unread_count=unread_count)


def test_what_a_sweep_says_is_stored_as_it_is(chat: ChatMetadata, job: Tenant) -> None:
    assert stored(chat, job) == chat
    assert marks(chat, job) == 1


def test_the_same_sweep_again_writes_and_marks_nothing(chat: ChatMetadata, job: Tenant) -> None:
    assert chats.record_chats([chat], tenant=job) == 0
    assert marks(chat, job) == 1


def test_a_sweep_that_found_something_new_marks_it_once(chat: ChatMetadata, job: Tenant) -> None:
    renamed = replace(chat, title="New name", username=None, member_count=5)
    assert chats.record_chats([renamed], tenant=job) == 1
    assert stored(chat, job) == renamed
    assert marks(chat, job) == 2


def test_a_later_message_moves_the_chat_on(chat: ChatMetadata, job: Tenant) -> None:
    assert chats.record_message(chat.id, a_message(11), tenant=job)
    expected = replace(
        chat,
        last_message_id=11,
        last_message_at=NOON,
        last_is_outgoing=True,
        last_sent_by=SENDER,
        unread_count=3,
        last_outgoing_at=NOON,
        waiting_since=None,
    )
    assert stored(chat, job) == expected
    assert marks(chat, job) == 2


@pytest.mark.parametrize("late", [9, 10])
def test_a_message_that_comes_late_changes_nothing(chat: ChatMetadata, job: Tenant, late: int) -> None:
    assert not chats.record_message(chat.id, replace(a_message(late), sent_by=None), tenant=job)
    assert not chats.record_message(chat.id, a_message(late - 1), tenant=job)
    assert stored(chat, job) == chat
    assert marks(chat, job) == 1


def test_who_sent_a_message_is_added_where_a_teammates_connection_heard_of_it_first(
    chat: ChatMetadata, job: Tenant
) -> None:
    chats.record_message(chat.id, replace(a_message(11), sent_by=None), tenant=job)
    assert chats.record_message(chat.id, a_message(11), tenant=job)
    assert stored(chat, job).last_sent_by == SENDER
    assert marks(chat, job) == 3


def test_who_sent_a_message_is_written_once_and_never_replaced(chat: ChatMetadata, job: Tenant) -> None:
    chats.record_message(chat.id, a_message(11), tenant=job)
    assert not chats.record_message(chat.id, a_message(11), tenant=job)
    assert not chats.record_message(chat.id, replace(a_message(11), sent_by=UserId("1" * 26)), tenant=job)
    assert not chats.record_message(chat.id, replace(a_message(11), sent_by=None), tenant=job)
    assert stored(chat, job).last_sent_by == SENDER
    assert marks(chat, job) == 2


def test_who_sent_a_message_is_kept_only_where_the_workspace_wants_it(chat: ChatMetadata, job: Tenant) -> None:
    """Message attribution is off by default (product.md section 3)."""
    chats.record_message(chat.id, a_message(11), tenant=job)
    switch(Toggle.ATTRIBUTION, job, is_on=False)
    assert chats.record_message(chat.id, a_message(12), tenant=job)
    assert (stored(chat, job).last_message_id, stored(chat, job).last_sent_by) == (12, None)
    assert not TOGGLES[Toggle.ATTRIBUTION].is_on


def test_a_sweep_older_than_the_last_message_changes_only_what_is_not_the_messages(
    chat: ChatMetadata, job: Tenant
) -> None:
    chats.record_message(chat.id, a_message(12), tenant=job)
    chats.record_chats([replace(chat, title="New name", unread_count=0, last_message_id=11)], tenant=job)
    now = stored(chat, job)
    assert (now.title, now.last_message_id, now.unread_count, now.last_sent_by) == ("New name", 12, 3, SENDER)


def test_a_sweep_keeps_who_sent_the_message_it_also_saw(chat: ChatMetadata, job: Tenant) -> None:
    chats.record_message(chat.id, a_message(12), tenant=job)
    swept = replace(stored(chat, job), last_sent_by=None)
    assert chats.record_chats([swept], tenant=job) == 0
    assert stored(chat, job).last_sent_by == SENDER


def test_reading_is_marked_once(chat: ChatMetadata, job: Tenant) -> None:
    assert chats.record_read(chat.id, 0, tenant=job)
    assert not chats.record_read(chat.id, 0, tenant=job)
    assert stored(chat, job) == replace(chat, unread_count=0)
    assert marks(chat, job) == 2


def a_look(after_s: int, *, members: int | None, link: str | None = None, is_link_told: bool = True) -> RecordGroup:
    at = NOON + timedelta(seconds=after_s)
    return RecordGroup(title="Harbour", member_count=members, invite_link=link, is_link_told=is_link_told, at=at)


def test_of_two_looks_at_a_group_the_later_stands_whichever_is_written_first(chat: ChatMetadata, job: Tenant) -> None:
    assert chats.record_group(chat.id, a_look(2, members=7, link="https://t.me/+new"), tenant=job)
    assert not chats.record_group(chat.id, a_look(1, members=5, link="https://t.me/+old"), tenant=job)
    assert stored(chat, job) == replace(chat, title="Harbour", member_count=7, invite_link="https://t.me/+new")
    assert marks(chat, job) == 2


def test_a_look_that_tells_no_count_or_link_and_a_sweep_leave_them(chat: ChatMetadata, job: Tenant) -> None:
    chats.record_group(chat.id, a_look(1, members=7, link="https://t.me/+harbour"), tenant=job)
    assert chats.record_group(chat.id, a_look(2, members=None, is_link_told=False), tenant=job)
    chats.record_chats([replace(chat, title="Harbour office", last_message_id=11)], tenant=job)
    standing = stored(chat, job)
    assert (standing.title, standing.member_count, standing.invite_link) == (
        "Harbour office",
        7,
        "https://t.me/+harbour",
    )
    assert chats.record_group(chat.id, a_look(3, members=6), tenant=job)
    assert (stored(chat, job).member_count, stored(chat, job).invite_link) == (6, None)


def test_what_is_said_of_an_unknown_chat_makes_no_row(job: Tenant) -> None:
    unknown = a_chat(an_account(job.workspace_id), 404)
    assert not chats.record_group(unknown.id, a_look(1, members=7), tenant=job)
    assert not chats.record_message(unknown.id, a_message(1), tenant=job)
    assert not chats.record_read(unknown.id, 1, tenant=job)
    assert Chats(job, unknown.account_id).get(unknown.id) is None


def test_a_sweep_of_many_chats_is_written_whole(job: Tenant) -> None:
    account_id = an_account(job.workspace_id)
    made = [a_chat(account_id, number) for number in range(150)]
    assert chats.record_chats(made, tenant=job) == 150
    assert len(Chats(job, account_id).standing(chat.id for chat in made)) == 150
