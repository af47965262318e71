"""What of workspaces happens by itself: the rest of a membership that ended."""

from chalicelib.features.workspaces import use_cases
from chalicelib.kernel.ids import UserId
from chalicelib.table.due import Due


def settle_departure(work: Due) -> None:
    """End what is left of somebody's membership; a piece of due work."""
    use_cases.settle_departure(UserId(work.facts["user_id"]), tenant=work.tenant)
