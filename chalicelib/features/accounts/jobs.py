"""What of accounts happens by itself: connections follow what is paid."""

from chalicelib.features.accounts import use_cases
from chalicelib.kernel import clock
from chalicelib.kernel.ids import AccountId, UserId
from chalicelib.table.due import Due


def settle_coverage(work: Due) -> None:
    """Suspend what nobody pays for and bring back what somebody does; a piece of due work."""
    use_cases.settle_coverage(tenant=work.tenant)


def end_suspended(work: Due) -> None:
    """End a connection nobody has paid for in 30 days; a piece of due work."""
    facts = work.facts
    use_cases.end_suspended(
        AccountId(facts["account_id"]),
        UserId(facts["user_id"]),
        clock.from_wire(facts["since"]),
        tenant=work.tenant,
    )
