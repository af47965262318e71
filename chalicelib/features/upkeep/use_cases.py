"""Looking at a workspace's due work, and having tried again what gave up."""

from chalicelib.features.upkeep.model import KindOfWork, NothingStuck, Pending, Stuck, kinds_of_work
from chalicelib.kernel.permissions import Action
from chalicelib.table import due
from chalicelib.table.tenant import Tenant


def list_due_work(*, tenant: Tenant) -> list[KindOfWork]:
    """What is to be done by itself, by kind: two queries of an index, which is a moment behind.

    Raises:
        PermissionMissing: the caller may not change the workspace's settings.
    """
    tenant.require(Action.CHANGE_SETTINGS)
    pending = [Pending(work=each.work, at=each.at, attempts=each.attempts) for each in due.pending(tenant)]
    stuck = [Stuck(work=each.work, since=each.since) for each in due.stuck(tenant)]
    return kinds_of_work(pending, stuck, tenant.now())


def try_again(work: str, *, tenant: Tenant) -> list[KindOfWork]:
    """Have all stuck work of a kind done now, and give what there is to do from here on.

    One query; one transaction of a row a piece and the entry.

    Raises:
        PermissionMissing: the caller may not change the workspace's settings.
        NothingStuck: nothing of this kind was put aside; nothing was written.
        ChangedMeanwhile: somebody else had it tried again at this moment.
    """
    tenant.require(Action.CHANGE_SETTINGS)
    with tenant.transaction() as change:
        revived = due.revive(change, tenant, work)
        if revived == 0:
            raise NothingStuck
        change.record("due_work.tried_again", target=work, new={"work": work, "pieces": revived})
    return list_due_work(tenant=tenant)
