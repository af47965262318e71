"""Who is told of deletions and erasings: letters to many, posted a chunk at a time by due work of the installation."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from chalicelib.adapters import outbox
from chalicelib.adapters.mail import Letter
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.identity.model import User
from chalicelib.features.privacy import letters
from chalicelib.features.privacy.model import Deletion
from chalicelib.kernel import clock
from chalicelib.kernel.ids import UserId
from chalicelib.table import due, keys
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import Transaction

TELL: Final = "privacy.tell"
"""Due work: {letter: which, people: user ids that are still to be written to, and what the letter says}."""
LETTERS_A_CHANGE: Final = 50
_DELETION, _UNDONE, _ERASED = "workspace-deletion", "workspace-deletion-undone", "workspace-erased"

Facts = Mapping[str, Any]


def workspace_deletion(name: str, deletion: Deletion, people: Iterable[UserId]) -> dict[str, Any]:
    """That Owners are to be told of a deletion."""
    at = clock.to_wire(deletion.deletes_at)
    return {"letter": _DELETION, "people": sorted(people), "name": name, "at": at, "can_undo": deletion.can_undo}


def workspace_deletion_undone(name: str, people: Iterable[UserId]) -> dict[str, Any]:
    """That Owners are to be told that a workspace stays."""
    return {"letter": _UNDONE, "people": sorted(people), "name": name}


def workspace_erased(name: str, people: Sequence[str]) -> dict[str, Any]:
    """That everybody who was a member is to be told; `logins_left` is added when it is known."""
    return {"letter": _ERASED, "people": list(people), "name": name}


def have_told(change: Transaction, facts: Facts, installation: Installation) -> None:
    """Have people told as soon as a change commits."""
    due.schedule(change, installation, TELL, installation.now(), facts)


def tell(facts: Facts, installation: Installation) -> None:
    """Post the letters of a chunk, and have the rest posted next. Who has no account any more gets none."""
    people = facts["people"]
    with installation.transaction(keys.due_row(TELL)) as change:
        for user_id in people[:LETTERS_A_CHANGE]:
            user = identity.get_person(UserId(user_id), installation=installation)
            if user is not None:
                outbox.post(change, installation, _letter(facts, user))
        if people[LETTERS_A_CHANGE:]:
            have_told(change, {**facts, "people": people[LETTERS_A_CHANGE:]}, installation)


def _letter(facts: Facts, user: User) -> Letter:
    whom = {"to": user.email, "full_name": user.full_name, "workspace_name": facts["name"]}
    if facts["letter"] == _UNDONE:
        return letters.workspace_deletion_undone(**whom)
    if facts["letter"] == _ERASED:
        return letters.workspace_erased(**whom, logins_left=facts["logins_left"])
    at: datetime = clock.from_wire(facts["at"])
    return letters.workspace_deletion(**whom, at=at, can_undo=facts["can_undo"])
