"""Due work of signing in: what a request leaves to do so that it takes equally long, and what was cut short."""

from chalicelib.features.sign_in import use_cases
from chalicelib.features.sign_in.use_cases import refusals
from chalicelib.kernel.ids import UserId
from chalicelib.table.due import Due


def note_refusal(due: Due) -> None:
    """Write a refused sign-in into its account's own log: see `refusals.remember`."""
    refusals.note(due.facts, installation=due.installation)


def tell_workspaces(due: Due) -> None:
    """Carry over to somebody's workspaces whether they have a second factor: {user_id}."""
    use_cases.tell_workspaces(UserId(due.facts["user_id"]), installation=due.installation)
