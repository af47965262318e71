"""How every erasing goes on: step by step, each written down when it is whole, by whoever has a while to work at it."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from chalicelib.features.privacy.model import SETTLED_AFTER, Erasing, Step, Turn
from chalicelib.features.privacy.repository.erasings import Erasings
from chalicelib.logs import log
from chalicelib.table import cipher, keys
from chalicelib.table.cipher import Purpose
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import Transaction

ERASE_WORKSPACE: Final = "workspace.erase"
ERASE_PERSON: Final = "person.erase"
"""Due work of the lane ERASING; its facts are what it takes to find and to tell, kept nowhere else and gone with it."""
A_WHILE_S: Final = 45
"""How long one go works at an erasing: well within the claim on its due row."""

Work = Callable[[Erasing, Transaction], Turn]
Steps = Mapping[Step, Work]
"""What is done at each step. It can be repeated; what it adds to the change commits together with how far it came."""


def work_name(kind: str, subject: str) -> str:
    """What the erasing of somebody or something is scheduled under, so that it can be moved and called off."""
    return f"{kind}#{subject}"


def go_on(erasing: Erasing, steps: Steps, installation: Installation) -> datetime | None:
    """Work at an erasing until it is done, has to wait, or a while has passed; gives when to go on, None when done.

    Raises:
        ChangedMeanwhile: somebody else works at it, too; what both did stands.
    """
    until = time.monotonic() + A_WHILE_S
    while erasing.step is not Step.DONE:
        with installation.transaction(keys.erasing(erasing.subject)) as change:
            turn = steps[erasing.step](erasing, change)
            after = erasing.after(turn, installation.now())
            Erasings(installation).move(change, erasing, after)
        _note(erasing, after)
        erasing = after
        if turn.again_at is not None:
            return turn.again_at
        if time.monotonic() >= until:
            return installation.now()
    return None


def destroy_keys(erasing: Erasing, _: Transaction) -> Turn:
    """Destroy every key of whom the erasing is about, and see to it that there will be no other."""
    for purpose in Purpose:
        cipher.current().destroy(erasing.subject, purpose)
    return Turn(next=Step.SETTLING, counts={"keys": len(Purpose)})


def settle(erasing: Erasing, now: datetime) -> Turn:
    """Wait until no process can hold one of the destroyed keys any more."""
    settled_at = erasing.step_since + SETTLED_AFTER
    return Turn(next=Step.REMOVING_POINTERS) if now >= settled_at else Turn(next=Step.SETTLING, again_at=settled_at)


def _note(before: Erasing, after: Erasing) -> None:
    """A line where a step ends. Ids and counts: it may outlive what it is about."""
    if after.step is not before.step:
        counts = dict(after.counts)
        log.info("erasing.step", erased=after.kind, subject=after.subject, step=after.step, left=after.left, **counts)
