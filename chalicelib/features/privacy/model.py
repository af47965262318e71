"""Deletions and the erasing that follows: how long the way back is open, which steps erasing takes, what may refuse."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from chalicelib.features.identity.model import REOPENING_LIFE
from chalicelib.kernel.errors import Blame, Conflict, Invalid, NotFound
from chalicelib.kernel.ids import AccountId, ConnectionId, UserId, WorkspaceId
from chalicelib.kernel.records import record
from chalicelib.kernel.roles import Role

UNDO_FOR: Final = REOPENING_LIFE
"""How long a deletion that was not asked for at once can be undone, a workspace's like a person's."""
LOG_OUT_FOR: Final = timedelta(hours=24)
"""How long logging out at Telegram is tried before the seals are destroyed all the same."""
LOOK_AGAIN: Final = timedelta(minutes=1)
"""How often erasing looks whether the worker has logged out."""
SETTLED_AFTER: Final = timedelta(minutes=6)
"""How long after the keys were destroyed rows are removed: other processes keep a key in memory for five minutes, and
whatever was under way when the deletion began has ended by then."""
KEPT_FOR: Final = timedelta(days=90)
"""How long it is remembered that something was erased: ids and counts."""


class NameNotTyped(Invalid):
    """Who deletes a workspace types its name, letter by letter."""

    code = "name-not-typed"
    title = "Type the name of the workspace exactly as it is."


class DeletionNotFound(NotFound):
    """Nobody asked for a deletion, or it was undone."""

    code = "deletion-not-found"
    title = "No deletion is under way here."


class ErasingBegun(Conflict):
    """The time to undo is over: erasing has begun and can't be stopped."""

    code = "erasing-begun"
    title = "Erasing has begun; there is no way back."


class OnlyOwnerOfOthers(Conflict):
    """The person is the only Owner of workspaces that have other members.

    `standing.workspaces` is a list of {id, name}: hand each over, or delete it, first.
    """

    code = "only-owner-of-others"
    title = "Hand over or delete the workspaces that you alone own first."


@record
class Deletion:
    """That something is to be erased at a time. With `can_undo` there is a way back until then."""

    deletes_at: datetime
    can_undo: bool


@record
class DeleteWorkspace:
    """The name as the Owner typed it; `now` leaves no way back."""

    name: str
    now: bool


@record
class DeletePerson:
    """`now` leaves no way back."""

    now: bool


@record
class Profile:
    """What deleting has to know of a workspace."""

    name: str
    deletes_at: datetime | None

    def require_typed(self, typed: str) -> None:
        """Raises NameNotTyped."""
        if typed != self.name:
            raise NameNotTyped(blames=(Blame("/name", "is not the workspace's name"),))

    def has_to_go(self, now: datetime) -> bool:
        """Whether its time has come."""
        return self.deletes_at is not None and self.deletes_at <= now


@record
class Belonging:
    """Somebody's place in a workspace, and how many Owners and members there are."""

    workspace_id: WorkspaceId
    name: str
    role: Role
    owners: int
    members: int
    deletes_at: datetime | None

    @property
    def is_only_owner(self) -> bool:
        """Whether the workspace would be without an Owner."""
        return self.role is Role.OWNER and self.owners == 1

    @property
    def is_alone(self) -> bool:
        """Whether the workspace would be without anybody."""
        return self.members == 1

    @property
    def goes_along(self) -> bool:
        """Whether the workspace goes when its holder goes: it would have nobody, or nobody who could still keep it."""
        return self.is_alone or (self.is_only_owner and self.deletes_at is not None)

    @property
    def holds_back(self) -> bool:
        """Whether somebody else needs this Owner. Nobody does in a workspace that is to be deleted anyway."""
        return self.is_only_owner and not self.goes_along


@record
class OwnConnection:
    """Where one connection of a person is kept: what is sealed for it, and its place in a shard."""

    workspace_id: WorkspaceId
    account_id: AccountId
    connection_id: ConnectionId
    shard: int


@record
class Leaver:
    """Somebody who is to be erased: what is needed to find all that is theirs, and to write to them at the end."""

    user_id: UserId
    email: str
    full_name: str
    username: str
    created_at: datetime


class Kind(StrEnum):
    """What is erased."""

    WORKSPACE = "workspace"
    PERSON = "person"


class Step(StrEnum):
    """What an erasing is at, in this order. Each step can be repeated, and none is left before it is whole."""

    ENDING = "ending"
    """Connections are told to log out; a person's memberships end."""
    LOGGING_OUT = "logging-out"
    """Until the worker has logged out everywhere, or LOG_OUT_FOR has passed."""
    DESTROYING_KEYS = "destroying-keys"
    """Due work is dropped first; from here nothing that was sealed can be read, whichever copy of it."""
    SETTLING = "settling"
    """Until no process can have a key in memory."""
    REMOVING_POINTERS = "removing-pointers"
    """Rows elsewhere that lead here."""
    REMOVING_ROWS = "removing-rows"
    REMOVING_FILES = "removing-files"
    COUNTING = "counting"
    """Proves that nothing is left, or goes back to removing."""
    CLOSING = "closing"
    """The list of partitions, which counting went by, is removed."""
    TELLING = "telling"
    DONE = "done"


@record
class Stretch:
    """What was found in a list of partitions behind a place, up to `reached`; `is_last`: that is its end."""

    rows: int
    reached: str | None
    is_last: bool


@record
class Turn:
    """What one turn at a step came to. `next` is the step itself while there is more to do, from `reached` on.

    `counts` are added to the erasing's; `left` is what a count found; until `again_at` there is nothing to do.
    """

    next: Step
    reached: str | None = None
    counts: Mapping[str, int] | None = None
    left: int | None = None
    again_at: datetime | None = None


@record
class Erasing:
    """How far an erasing has come. `counts` says how much was removed of what; `left` what the last count found.

    `reached` is the partition its step has come to, None at a step's beginning.
    """

    kind: Kind
    subject: str
    step: Step
    reached: str | None
    started_at: datetime
    step_since: datetime
    counts: Mapping[str, int]
    left: int | None
    done_at: datetime | None

    def found_before(self) -> int:
        """What a count that goes on from `reached` has found until there."""
        return 0 if self.reached is None or self.left is None else self.left

    def after(self, turn: Turn, now: datetime) -> "Erasing":
        """As it stands when a turn is over."""
        removed = turn.counts or {}
        names = dict.fromkeys([*self.counts, *removed])
        return replace(
            self,
            step=turn.next,
            reached=turn.reached,
            step_since=self.step_since if turn.next is self.step else now,
            counts={name: self.counts.get(name, 0) + removed.get(name, 0) for name in names},
            left=self.left if turn.left is None else turn.left,
            done_at=now if turn.next is Step.DONE else None,
        )


def begun(kind: Kind, subject: str, now: datetime) -> Erasing:
    """An erasing that nothing was done of yet."""
    return Erasing(
        kind=kind,
        subject=subject,
        step=Step.ENDING,
        reached=None,
        started_at=now,
        step_since=now,
        counts={},
        left=None,
        done_at=None,
    )
