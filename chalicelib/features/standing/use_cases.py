"""What the session worker learns of an account's standing, who asks for it, and the one way back from a limit."""

from collections.abc import Sequence
from dataclasses import replace

from chalicelib.features.standing.model import Standing
from chalicelib.features.standing.repository import Standings
from chalicelib.kernel.ids import AccountId
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import ATTEMPTS, ChangedMeanwhile


def standing_of(account_id: AccountId, *, tenant: Tenant) -> Standing:
    """How an account stands: one read unit."""
    return Standings(tenant).get(account_id)


def standings_of(account_ids: Sequence[AccountId], *, tenant: Tenant) -> dict[AccountId, Standing]:
    """How accounts stand: one batch read for each hundred; those of which nothing is known are left out."""
    return Standings(tenant).of_all(account_ids)


def worsen(account_id: AccountId, news: Standing, *, tenant: Tenant) -> Standing:
    """Put news of an account's standing into its row, and give what stands then. It never grows less cautious by this.

    Nothing is written where the row says so already. That an account became limited stands in the activity log. One
    read and one write unit; 4 write units with an entry.

    Raises:
        ChangedMeanwhile: others kept writing first; nothing was written.
    """
    standings = Standings(tenant)
    for _ in range(ATTEMPTS):
        before = standings.get(account_id)
        after = before.merged(news)
        if after == before:
            return before
        after = replace(after.without_past(tenant.now()), version=before.version + 1)
        if _written(account_id, after, before, standings, tenant):
            return after
    raise ChangedMeanwhile


def _written(account_id: AccountId, after: Standing, before: Standing, standings: Standings, tenant: Tenant) -> bool:
    if after.limited_at == before.limited_at:
        return standings.put(account_id, after, before=before)
    try:
        with tenant.transaction() as change:
            standings.put_journalled(change, account_id, after, before=before)
            change.record("account.limited", target=account_id, new={"reason": "PEER_FLOOD"})
    except ChangedMeanwhile:
        return False
    return True


def resume(account_id: AccountId, *, tenant: Tenant) -> Standing:
    """End by hand the limit that PEER_FLOOD set. Waits that Telegram gave an end go on. Repeating it changes nothing.

    The caller has proven that the member is connected to the account. One read and 4 write units.

    Raises:
        ChangedMeanwhile: somebody wrote first; nothing was written.
    """
    standings = Standings(tenant)
    before = standings.get(account_id)
    if before.limited_at is None:
        return before
    after = replace(before.without_past(tenant.now()), limited_at=None, version=before.version + 1)
    with tenant.transaction() as change:
        standings.put_journalled(change, account_id, after, before=before)
        change.record("account.resumed", target=account_id)
    return after
