"""Due work as it travels."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.features.upkeep.model import KindOfWork


class KindOfWorkOut(msgspec.Struct, forbid_unknown_fields=True):
    """All work of one kind. Waiting: not due yet. Late: due, and not taken up. Failing: tried again by itself.

    Stuck: tried no more. `next_at` is when the first of what is not stuck is done.
    """

    work: str
    waiting: int
    late: int
    failing: int
    stuck: int
    next_at: datetime | None
    stuck_since: datetime | None

    @classmethod
    def of(cls, kind: KindOfWork) -> "KindOfWorkOut":
        """One kind."""
        return cls(
            work=kind.work,
            waiting=kind.waiting,
            late=kind.late,
            failing=kind.failing,
            stuck=kind.stuck,
            next_at=kind.next_at,
            stuck_since=kind.stuck_since,
        )


class DueWorkOut(msgspec.Struct, forbid_unknown_fields=True):
    """What is to be done by itself, what needs somebody first."""

    kinds: list[KindOfWorkOut]

    @classmethod
    def of(cls, kinds: list[KindOfWork]) -> "DueWorkOut":
        """All kinds."""
        return cls(kinds=[KindOfWorkOut.of(kind) for kind in kinds])


class TryAgainIn(msgspec.Struct, forbid_unknown_fields=True):
    """Which kind of work to try again."""

    work: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
