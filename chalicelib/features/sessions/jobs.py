"""Due work of sessions."""

from chalicelib.features.sessions import use_cases
from chalicelib.kernel.ids import SessionId, UserId
from chalicelib.table.due import Due


def end_sessions(due: Due) -> None:
    """End the sessions from before a change of how somebody signs in: {user_id, version, but}."""
    kept = due.facts["but"]
    use_cases.end_outdated(
        UserId(due.facts["user_id"]),
        due.facts["version"],
        but=None if kept is None else SessionId(kept),
        installation=due.installation,
    )
