"""List pages and their cursors: opaque, signed, good for one list of one workspace."""

import base64

import pytest
from pynamodb.attributes import NumberAttribute

from chalicelib.table import cursors, keys
from chalicelib.table.cursors import CursorInvalid
from chalicelib.table.items import Row
from chalicelib.table.tenant import Tenant


class CountRow(Row, discriminator="count"):
    """A number."""

    number = NumberAttribute()


def fill(tenant: Tenant, list_name: str, count: int) -> None:
    """Write a list."""
    rows = tenant.rows(keys.WORKSPACE)
    for number in range(count):
        rows.put(rows.new(CountRow, f"{list_name}#{number:04d}", number=number))


def walk(tenant: Tenant, list_name: str, limit: int) -> list[list[int]]:
    """The numbers of each page."""
    rows = tenant.rows(keys.WORKSPACE)
    pages, cursor = [], None
    while True:
        page = rows.page(f"{list_name}#", limit=limit, cursor=cursor)
        pages.append([item["number"] for item in page.items])
        cursor = page.next_cursor
        if cursor is None:
            return pages


def first_cursor(tenant: Tenant, list_name: str) -> str:
    """A cursor behind the first item."""
    cursor = tenant.rows(keys.WORKSPACE).page(f"{list_name}#", limit=1, cursor=None).next_cursor
    assert cursor is not None
    return cursor


def test_pages_follow_one_another_without_gap_or_repetition(tenant: Tenant) -> None:
    fill(tenant, "A", 5)
    fill(tenant, "B", 1)
    assert [number for page in walk(tenant, "A", 2) for number in page] == [0, 1, 2, 3, 4]
    assert walk(tenant, "NONE", 2) == [[]]


def test_what_is_added_meanwhile_does_not_disturb_the_walk(tenant: Tenant) -> None:
    fill(tenant, "A", 3)
    cursor = first_cursor(tenant, "A")
    rows = tenant.rows(keys.WORKSPACE)
    rows.put(rows.new(CountRow, "A#0000a", number=99))
    rows.delete(rows.new(CountRow, "A#0000"))
    assert [item["number"] for item in rows.page("A#", limit=9, cursor=cursor).items] == [99, 1, 2]


@pytest.mark.parametrize("length", [0, 1, 15, 16, 17, 4_000])
def test_made_up_cursors_are_refused(tenant: Tenant, length: int) -> None:
    for forged in ("A" * length, "é" * length, base64.urlsafe_b64encode(b"\xff" * length).decode()):
        with pytest.raises(CursorInvalid):
            tenant.rows(keys.WORKSPACE).page("A#", limit=1, cursor=forged)


def test_a_cursor_with_one_other_letter_is_refused(tenant: Tenant) -> None:
    fill(tenant, "A", 2)
    cursor = first_cursor(tenant, "A")
    for place in range(0, len(cursor) - 1, 5):
        other = "A" if cursor[place] != "A" else "B"
        with pytest.raises(CursorInvalid):
            tenant.rows(keys.WORKSPACE).page("A#", limit=1, cursor=cursor[:place] + other + cursor[place + 1 :])


def test_a_cursor_is_good_for_its_list_and_workspace_alone(tenant: Tenant, other_tenant: Tenant) -> None:
    for each in (tenant, other_tenant):
        fill(each, "A", 2)
        fill(each, "B", 2)
    cursor = first_cursor(tenant, "A")
    with pytest.raises(CursorInvalid):
        tenant.rows(keys.WORKSPACE).page("B#", limit=1, cursor=cursor)
    with pytest.raises(CursorInvalid):
        other_tenant.rows(keys.WORKSPACE).page("A#", limit=1, cursor=cursor)


def test_scope_and_position_can_not_be_shifted_into_one_another(tenant: Tenant) -> None:
    cursor = cursors.sign("list", "\x00position")
    with pytest.raises(CursorInvalid):
        cursors.open_signed("list\x00", cursor)
    assert cursors.open_signed("list", cursor) == "\x00position"
