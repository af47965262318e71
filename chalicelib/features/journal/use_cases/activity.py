"""The activity log: the journal as members read it, newest first."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from chalicelib.features.journal.model import (
    MOST_READ,
    PAGE_ENTRIES,
    ActivityEntry,
    ActivityPage,
    Filters,
)
from chalicelib.features.journal.repository import Entries
from chalicelib.features.journal.use_cases.changes import change_of_entry
from chalicelib.features.journal.use_cases.hiding import seen
from chalicelib.features.journal.use_cases.names import names_of
from chalicelib.kernel import ids
from chalicelib.kernel.permissions import Action
from chalicelib.table import cursors, journal, keys
from chalicelib.table.journal import Entry
from chalicelib.table.tenant import Tenant

STRETCH: Final = 200
"""Entries that are looked at together where all of them are gone through."""


def read_activity(filters: Filters, cursor: str | None, *, tenant: Tenant) -> ActivityPage:
    """A page of the log. Looks through MOST_READ entries at most: a page may hold fewer than fit and still go on.

    One query for the months there are, mostly one more, and up to MOST_READ / 200 where filters leave much out; then
    those of `names_of`. A KMS call for each person on the page whose key is not in memory.

    Raises:
        PermissionMissing: the caller may not read the log.
        PeriodInvalid: it ends before it begins.
        CursorInvalid: not a cursor of this log under these filters.
    """
    tenant.require(Action.READ_ACTIVITY)
    filters.require_period()
    scope = f"{keys.tenant_prefix(tenant.workspace_id)}\x00activity\x00{json.dumps(filters.as_text())}"
    before = filters.before() if cursor is None else cursors.open_signed(scope, cursor)
    found = Entries(tenant).newest(filters, before, most=PAGE_ENTRIES, most_read=MOST_READ)
    entries = [journal.opened(row, tenant.workspace_id) for row in found.rows]
    return ActivityPage(
        entries=shown(entries, tenant, with_addresses=tenant.may(Action.SEE_ADDRESSES)),
        next_cursor=None if found.reached is None else cursors.sign(scope, found.reached),
        searched_to=None if found.reached is None else datetime.fromtimestamp(ids.minted_at(found.reached), UTC),
    )


def oldest_activity(
    filters: Filters, after: str, before: str, *, with_addresses: bool, tenant: Tenant
) -> tuple[list[ActivityEntry], str | None]:
    """The entries between two ids that filters take, out of the first STRETCH, oldest first, for whoever writes them.

    And the id to go on behind, None at the end. `after` may be empty. Who may have the log is the caller's to ask. Two
    queries, the reads of `seen` and `names_of`, and a KMS call for each person whose key is not in memory.
    """
    found = Entries(tenant).oldest(filters, after or Entries(tenant).begin(filters), before, most_read=STRETCH)
    entries = [journal.opened(row, tenant.workspace_id) for row in found.rows]
    return shown(entries, tenant, with_addresses=with_addresses), found.reached


def shown(entries: Sequence[Entry], tenant: Tenant, *, with_addresses: bool) -> list[ActivityEntry]:
    """Entries as they are shown, with what their targets are called; the reads of `seen` and `names_of`."""
    entries = seen(entries, tenant=tenant)
    names = names_of(entries, tenant=tenant)
    return [
        ActivityEntry(
            change=change_of_entry(entry),
            target_name=names.get(entry.target),
            address=entry.actor.address or None if with_addresses else None,
            device=entry.actor.device or None if with_addresses else None,
        )
        for entry in entries
    ]
