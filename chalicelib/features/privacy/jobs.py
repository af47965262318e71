"""What of deletions happens by itself. Erasing has a lane of its own, since it alone may remove a journal's entries."""

from datetime import datetime

from chalicelib.adapters.mail import Mail
from chalicelib.features.privacy.use_cases import (
    hard_reset,
    person_deletion,
    person_erasing,
    telling,
    workspace_erasing,
)
from chalicelib.kernel import clock
from chalicelib.kernel.ids import UserId, WorkspaceId
from chalicelib.table.due import Due


def erase_workspace(work: Due) -> datetime | None:
    """Go on with the erasing of a workspace; a piece of due work of the lane ERASING."""
    return workspace_erasing.erase_workspace(
        WorkspaceId(work.facts["workspace_id"]),
        name=work.facts.get("name"),
        people=work.facts.get("people", ()),
        installation=work.installation,
    )


def erase_person(work: Due) -> datetime | None:
    """Go on with the erasing of a person; a piece of due work of the lane ERASING."""
    return person_erasing.erase_person(work.facts, installation=work.installation)


def settle_workspaces(work: Due) -> None:
    """End what was cut short of a person's deletion, or of taking it back; a piece of due work."""
    user_id = UserId(work.facts["user_id"])
    if "at" in work.facts:
        at = clock.from_wire(work.facts["at"])
        person_deletion.keep_own_workspaces(user_id, at, installation=work.installation)
    else:
        person_deletion.delete_own_workspaces(user_id, installation=work.installation)


def mail_undo_link(work: Due) -> None:
    """Mail the link that takes a person's deletion back; a piece of due work."""
    person_deletion.mail_undo_link(UserId(work.facts["user_id"]), installation=work.installation, mail=Mail())


def disconnect(work: Due) -> None:
    """End what a hard reset left of a person's connections; a piece of due work."""
    hard_reset.disconnect(UserId(work.facts["user_id"]), installation=work.installation)


def tell(work: Due) -> None:
    """Post letters of a deletion or an erasing; a piece of due work."""
    telling.tell(work.facts, work.installation)
