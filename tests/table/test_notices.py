"""Notices on the real table: told with the change they tell of or not at all, to one member, and of nobody's texts."""

from datetime import timedelta

import pytest
from pynamodb.expressions.condition import Condition

from chalicelib.features.notifications.model import KEPT_FOR, About, AboutKind, Notice, NoticeKind
from chalicelib.features.notifications.repository import Notices
from chalicelib.features.notifications.use_cases import announce
from chalicelib.kernel import ids
from chalicelib.kernel.ids import UserId
from chalicelib.table import keys, notices_keys
from chalicelib.table.feeds import FeedRow
from chalicelib.table.tenant import PartitionRow, Tenant
from chalicelib.table.transaction import ChangedMeanwhile
from tests.hand_clock import HandClock

OLGA, MAX = UserId(ids.mint()), UserId(ids.mint())
CHAT = About(kind=AboutKind.CHAT, id=ids.mint())


def a_notice(to: UserId = OLGA, by: UserId | None = MAX, kind: NoticeKind = NoticeKind.COMMENT_MENTION) -> Notice:
    return Notice(kind=kind, to=to, about=CHAT, by=by)


def told(tenant: Tenant, *notices: Notice, only_if: Condition | None = None) -> None:
    with tenant.transaction() as change:
        for notice in notices:
            announce(change, notice, tenant=tenant)
        change.put(tenant.rows(keys.WORKSPACE).new(FeedRow, "NOTE", chat_id="1"), only_if)
        change.record("column.created", target="1")


def list_of(tenant: Tenant, user_id: UserId) -> list[Notice]:
    return [listed.notice for listed in Notices(tenant, user_id).newest(before=None, limit=10)]


def test_a_member_is_told_newest_first_and_nobody_else_is(tenant: Tenant, clock: HandClock) -> None:
    told(tenant, a_notice())
    clock.advance(timedelta(seconds=1))
    told(tenant, a_notice(kind=NoticeKind.CHAT_ASSIGNED, by=None))
    assert list_of(tenant, OLGA) == [a_notice(kind=NoticeKind.CHAT_ASSIGNED, by=None), a_notice()]
    assert list_of(tenant, MAX) == []


def test_nobody_is_told_of_what_they_did_themselves(tenant: Tenant) -> None:
    told(tenant, a_notice(to=OLGA, by=OLGA), a_notice(to=MAX, by=OLGA))
    assert list_of(tenant, OLGA) == []
    assert list_of(tenant, MAX) == [a_notice(to=MAX, by=OLGA)]


def test_of_a_change_that_was_refused_nobody_is_told(tenant: Tenant) -> None:
    with pytest.raises(ChangedMeanwhile):
        told(tenant, a_notice(), only_if=FeedRow.chat_id == "another")
    assert list_of(tenant, OLGA) == []


def test_a_notice_ends_after_ninety_days_even_where_the_table_has_not_removed_it(
    tenant: Tenant, clock: HandClock
) -> None:
    told(tenant, a_notice())
    clock.advance(KEPT_FOR - timedelta(seconds=1))
    assert list_of(tenant, OLGA) == [a_notice()]
    clock.advance(timedelta(seconds=1))
    assert list_of(tenant, OLGA) == []


def test_erasing_finds_the_partition_a_notice_lies_in(tenant: Tenant) -> None:
    told(tenant, a_notice())
    opened = tenant.rows(keys.WORKSPACE).get(PartitionRow, keys.partition(notices_keys.member_partition(OLGA)))
    assert opened is not None


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_notice_keeps_ids_and_its_kind_and_nothing_else(kind: NoticeKind, tenant: Tenant) -> None:
    """Notifications say who and where, never what (product.md section 1.2)."""
    told(tenant, a_notice(kind=kind))
    [item] = tenant.rows(notices_keys.member_partition(OLGA)).plain(notices_keys.NOTICES)
    kept = {name for name, value in item.items() if value is not None}
    assert kept == {"pk", "sk", "row_kind", "kind", "at", "about_kind", "about_id", "by", "expires_at"}
