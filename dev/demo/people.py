"""Who they are. Their passwords are printed at every start: they open nothing but this machine's own stand-ins."""

from typing import NamedTuple


class DemoPerson(NamedTuple):
    """One person to sign in as; each has the Telegram account of the same name on the emulator."""

    email: str
    full_name: str
    username: str
    password: str


PEOPLE = (
    DemoPerson("maya@wireroom.localhost", "Maya Lindqvist", "maya_lindqvist", "harbour in the morning"),
    DemoPerson("daniel@wireroom.localhost", "Daniel Okafor", "daniel_okafor", "lighthouse by night"),
    DemoPerson("sofia@wireroom.localhost", "Sofia Marchetti", "sofia_marchetti", "ferry at half past two"),
)
WORKSPACE = "Harbour Coffee"
"""They share it: the first owns it, the second is an Admin, the third a Member.

The first also runs the installation (`dev.stack.STAFF`), in a session that showed a second factor.
"""
