"""The running numbers of one MTProto session, the server's side."""

import time

_PER_SECOND = 1 << 32
_TOO_OLD_S = 300
_TOO_NEW_S = 30
ANSWER = 1
PUSH = 3


class Numbers:
    """Message ids and sequence numbers of one session.

    The id's low two bits say what a message is: 1 answers, 3 pushes. Ids must grow, and follow the real clock whatever
    the world's clock says: clients drop what is older than 300 s or newer than 30 s, and after ten of those reconnect.
    Telethon does not check sequence numbers, other clients do.
    """

    def __init__(self) -> None:
        self._last_id = 0
        self._content_sent = 0

    def message_id(self, low_bits: int) -> int:
        """The id of the next message."""
        number = int(time.time() * _PER_SECOND) & ~3 | low_bits
        if number <= self._last_id:
            number = (self._last_id & ~3) + 4 | low_bits
        self._last_id = number
        return number

    def seq_no(self, *, is_content: bool) -> int:
        """The next sequence number: odd for messages the client must acknowledge."""
        number = self._content_sent * 2 + is_content
        self._content_sent += is_content
        return number

    def restart(self) -> None:
        """The client began a new session on the same line."""
        self._content_sent = 0


def time_fault(message_id: int) -> int | None:
    """The error code for a client's message id whose clock is off (16 behind, 17 ahead); None when it is fine."""
    off_s = (message_id >> 32) - time.time()
    if -_TOO_OLD_S < off_s < _TOO_NEW_S:
        return None
    return 16 if off_s < 0 else 17
