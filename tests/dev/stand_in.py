"""A process that does nothing but listen, in place of a service: `python stand_in.py port ...`."""

import signal
import socket
import sys
from collections.abc import Sequence


def main(ports: Sequence[str]) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    listening = [socket.create_server(("127.0.0.1", int(port))) for port in ports]
    while listening or not ports:
        signal.pause()


if __name__ == "__main__":
    main(sys.argv[1:])
