"""What a browser brings to a sign-in, and what it leaves with."""

import re
from datetime import datetime
from typing import Final

from chalicelib.features.identity.model import User
from chalicelib.features.identity.repository import Devices, KeptSession, Sessions
from chalicelib.kernel import tokens
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.records import record
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation

_DEVICE_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")


@record
class Visit:
    """From where a browser comes, the session it holds, and what it is known by; empty where it has none."""

    caller: Caller
    session_token: str = ""
    device_token: str = ""

    def __repr__(self) -> str:
        return f"Visit(caller={self.caller!r})"

    def lasting_device_token(self) -> str:
        """What the browser is known by from now on: a fresh token where it brought none of ours."""
        return self.device_token if _DEVICE_TOKEN.fullmatch(self.device_token) else tokens.new()


@record
class SignedIn:
    """A fresh session. `token` and `device_token` go into cookies and nowhere else."""

    token: str
    session: Session
    user: User
    device_token: str

    def __repr__(self) -> str:
        return f"SignedIn(session={self.session!r})"


@record
class Challenged:
    """A sign-in that waits for its second factor. `token` goes into a cookie and nowhere else."""

    token: str
    ends_at: datetime

    def __repr__(self) -> str:
        return f"Challenged(ends_at={self.ends_at!r})"


def is_familiar(user_id: UserId, visit: Visit, *, installation: Installation) -> bool:
    """Whether the person signed in with this browser before: a read and a query, for strangers' addresses too.

    By its cookie; or, where that is gone, by a session of theirs from the same address and device.
    """
    has_cookie = Devices(installation, user_id).knows(visit.device_token)
    return _is_among(Sessions(installation).of(user_id), visit.caller) or has_cookie


def _is_among(kept: list[KeptSession], caller: Caller) -> bool:
    return any((each.address, each.device) == (caller.address, caller.device) for each in kept)


def actor_of(user: User, caller: Caller) -> Actor:
    """A person who is not signed in, as their own log names them."""
    return Actor(kind=ActorKind.USER, id=user.id, name=user.full_name, address=caller.address, device=caller.device)
