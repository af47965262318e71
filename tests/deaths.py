"""Deaths of a process: between its calls to the table and to S3, wherever a test wants one."""

from collections.abc import Callable
from typing import Any

from chalicelib.table import aws, connection
from tests.races import Killed


class Death:
    """Kills the process at its n-th call that changes something: before it is sent, or when its answer is there."""

    def __init__(self, at: int) -> None:
        self._left = at

    def strikes(self, act: Callable[[], object]) -> bool:
        """Whether it came while this was done."""
        events = [client.meta.events for client in (aws.client("s3"), connection.writer())]
        for each in events:
            each.register("before-send", self._pass)
            each.register("after-call", self._pass)
        try:
            act()
        except Killed:
            return True
        finally:
            for each in events:
                each.unregister("before-send", self._pass)
                each.unregister("after-call", self._pass)
        return False

    def _pass(self, **_: Any) -> None:
        if self._left == 0:
            raise Killed
        self._left -= 1
