"""What staff look at and bring about: grants, a workspace's health, resets of lost second factors, announcements."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.features.accounts.model import ConnectionState
from chalicelib.features.identity.model import User
from chalicelib.kernel.errors import Conflict, Forbidden, NotFound
from chalicelib.kernel.ids import ConnectionId, UserId, WorkspaceId
from chalicelib.kernel.records import record
from chalicelib.kernel.roles import Role

GRANT_LIFE: Final = timedelta(hours=8)
MAX_REASON_CHARACTERS: Final = 500
MOST_COUNTED: Final = 10_000
"""Chats of a workspace are counted up to this many."""
LOOKED_THROUGH: Final = 3
"""Months of a workspace's activity log, the newest in which there is anything, that are read for its last activity."""

LETTERS: Final = 3
"""How often a person is written to about the reset of their second factor, from its start on."""
LETTERS_APART: Final = timedelta(hours=24)
"""What lies at least between two letters, and between the last and the removal."""
RESET_AFTER: Final = LETTERS * LETTERS_APART
"""How long a reset takes; longer where SES did not take a letter in time."""


class StaffSecondFactorRequired(Forbidden):
    """The caller runs this installation, and this session has shown no second factor."""

    code = "staff-second-factor-required"
    title = "Staff sign in with a second factor."


class PersonNotFound(NotFound):
    """Nobody has an account under this e-mail address."""

    code = "person-not-found"
    title = "Nobody has an account under this address."


class NoSecondFactorToReset(Conflict):
    """The person signs in without a second factor."""

    code = "no-second-factor-to-reset"
    title = "This person has no second factor."


class ResetUnderWay(Conflict):
    """Staff have begun to reset this person's second factor already."""

    code = "reset-under-way"
    title = "A reset is under way for this person."


class ResetNotFound(NotFound):
    """No reset of this person's second factor is under way."""

    code = "reset-not-found"
    title = "There is no reset under way for this person."


class NothingToAnnounce(Conflict):
    """No legal document changed since the last announcement."""

    code = "nothing-to-announce"
    title = "No document changed since the last announcement."


@record
class ConnectionHealth:
    """How one member's session on one account is doing."""

    id: ConnectionId
    state: ConnectionState
    reason: str | None
    since: datetime


@record
class StuckWork:
    """Due work that never succeeded and waits for a person."""

    work: str
    since: datetime


@record
class Health:
    """All that staff see of a workspace: counts, states and times. `chats` stops at MOST_COUNTED.

    `last_activity_at` is None where the newest months of the activity log have nothing that people did.
    """

    workspace_id: WorkspaceId
    created_at: datetime
    members: Mapping[Role, int]
    connections: tuple[ConnectionHealth, ...]
    last_activity_at: datetime | None
    stuck_work: tuple[StuckWork, ...]
    accounts: int
    columns: int
    chats: int


@record
class Reset:
    """A second factor on its way to be removed. `told` counts letters, `told_at` is when the last went out; each
    letter's link has a token of its own.

    `is_removing` says that the removal itself was begun, so that whoever finds the second factor gone knows why.
    """

    user_id: UserId
    asked_by: UserId
    reason: str
    started_at: datetime
    told: int = 0
    told_at: datetime | None = None
    token_hashes: tuple[str, ...] = ()
    is_removing: bool = False

    @property
    def ends_at(self) -> datetime:
        """When the second factor is removed at the earliest, unless the reset is called off."""
        if self.told_at is None:
            return self.started_at + RESET_AFTER
        return max(self.started_at + RESET_AFTER, self.told_at + (LETTERS - self.told + 1) * LETTERS_APART)

    @property
    def has_told(self) -> bool:
        """Whether every letter was sent; nothing is removed before."""
        return self.told == LETTERS

    @property
    def next_at(self) -> datetime:
        """When the next letter is sent or, after the last, the second factor removed."""
        if self.told_at is None:
            return self.started_at
        return self.ends_at if self.has_told else self.told_at + LETTERS_APART

    def with_one_more_letter(self, at: datetime) -> "Reset":
        """Once the next letter is sent."""
        return replace(self, told=self.told + 1, told_at=at)


@record
class ChangedDocument:
    """A legal document that people are written to about."""

    name: str
    title: str
    version: str
    must_accept: bool


@record
class Announcement:
    """Letters about changed documents, and how far they have come: behind person `after` of a shard of all people."""

    id: str
    versions: Mapping[str, str]
    changed: tuple[ChangedDocument, ...]
    started_at: datetime
    shard: int = 0
    after: str = ""
    letters: int = 0
    ended_at: datetime | None = None

    def concerning(self, accepted: Mapping[str, str]) -> list[ChangedDocument]:
        """The changed documents of which somebody knows an older version; nobody is written to about none."""
        return [document for document in self.changed if document.version > accepted.get(document.name, "")]

    def beyond(self, reached: UserId | None, *, letters: int, shards: int, at: datetime) -> "Announcement":
        """How far it is once everybody up to a person was looked at; None says that this was the rest of the shard."""
        moved = replace(self, letters=self.letters + letters)
        if reached is not None:
            return replace(moved, after=reached)
        if self.shard + 1 < shards:
            return replace(moved, shard=self.shard + 1, after="")
        return replace(moved, ended_at=at)


def announcement_id(versions: Mapping[str, str]) -> str:
    """The same for the same versions, so that an announcement that is started twice is one."""
    text = ",".join(f"{name}={version}" for name, version in sorted(versions.items()))
    return hashlib.sha256(text.encode()).hexdigest()[:26]


@record
class OpenGrant:
    """Which workspace's health somebody of the staff wants to look at, and why."""

    workspace_id: str
    reason: str


@record
class StartReset:
    """Whose second factor is lost, and how staff know."""

    email: str
    reason: str


@record
class StartedReset:
    """A reset and whom it is about."""

    reset: Reset
    person: User
