"""People who act at the same moment, and what happens between what somebody read and what they write."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.kernel.errors import Fact
from chalicelib.table.transaction import Transaction

Act = Callable[[], object]
_PATIENCE_S = 30


def outcome_of(act: Act) -> object:
    """What an act gives, or the fact it is refused with."""
    try:
        return act()
    except Fact as refusal:
        return type(refusal)


def at_once(acts: Sequence[Act], monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The outcome of each act, a thread each: nobody writes before everybody has read and decided."""
    everybody = threading.Barrier(len(acts), timeout=_PATIENCE_S)
    waited = threading.local()
    commit = Transaction._commit

    def wait_and_commit(change: Transaction) -> None:
        if not hasattr(waited, "already"):
            waited.already = True
            everybody.wait()
        commit(change)

    with monkeypatch.context() as patched, ThreadPoolExecutor(len(acts)) as pool:
        patched.setattr(Transaction, "_commit", wait_and_commit)
        return list(pool.map(outcome_of, acts))


def in_between(act: Act, meanwhile: Act, monkeypatch: pytest.MonkeyPatch) -> object:
    """The outcome of an act when something else happens after it has read and before it writes."""
    commit = Transaction._commit
    to_do = [meanwhile]

    def commit_after(change: Transaction) -> None:
        if to_do:
            to_do.pop()()
        commit(change)

    with monkeypatch.context() as patched:
        patched.setattr(Transaction, "_commit", commit_after)
        outcome = outcome_of(act)
    assert to_do == [], "the act wrote nothing, so nothing came in between"
    return outcome


class Killed(BaseException):
    """The process died; no handler of ours sees it."""


def killed_after(writes: int, act: Act, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether an act was cut short: the process dies when it has committed that many changes and begins the next."""
    commit = Transaction._commit
    left = [writes]

    def commit_or_die(change: Transaction) -> None:
        if left[0] == 0:
            raise Killed
        left[0] -= 1
        commit(change)

    with monkeypatch.context() as patched:
        patched.setattr(Transaction, "_commit", commit_or_die)
        try:
            act()
        except Killed:
            return True
    return False
