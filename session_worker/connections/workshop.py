"""What every keeper of this process works with."""

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib.table.cipher import Cipher
from session_worker.connections.beginning import Beginnings
from session_worker.connections.keepalive import Keepalive
from session_worker.door import Door
from session_worker.hub import Hub
from session_worker.messaging.pacing import Backoff, ConnectPace
from session_worker.messaging.sessions import SessionWatch
from session_worker.messaging.standing import Standings
from session_worker.settings import Intervals
from session_worker.telegram.client import Telegram


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """The ways out of the process and what is shared between connections.

    `pace` is how fast lines may be opened, `urgent_pace` how fast those that somebody waits for. `permit` says that our
    lease holds, and where it is a shard's own that the shard is still ours as well.
    """

    door: Door
    hub: Hub
    cipher: Cipher
    telegram: Telegram
    keepalive: Keepalive
    pace: ConnectPace
    urgent_pace: ConnectPace
    beginnings: Beginnings
    standings: Standings
    sessions: SessionWatch
    intervals: Intervals
    permit: Callable[[], bool]

    def new_backoff(self) -> Backoff:
        """How long to wait between tries at a line or a log-out."""
        return Backoff(self.intervals.first_backoff_s, self.intervals.longest_backoff_s)
