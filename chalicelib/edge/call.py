"""One request as a route sees it: who calls, from where, and with what collaborators."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from chalicelib.edge import cookies
from chalicelib.kernel.actors import Actor
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import Unauthenticated
from chalicelib.services import Services
from chalicelib.table.proof import Caller, Session, actor_of
from chalicelib.table.tenant import Tenant


@dataclass(slots=True, kw_only=True)
class Call:
    """What the edge proved before the route ran. `cookies` are what the answer sets."""

    request_id: str
    caller: Caller
    services: Services
    token: str | None = None
    cookie_header: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    idempotency_key: str | None = None
    proven_session: Session | None = None
    proven_tenant: Tenant | None = None
    cookies: list[str] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"Call(request_id={self.request_id!r})"

    def cookie(self, purpose: str) -> str:
        """What the request carries in one of our short-lived cookies; empty where it has none."""
        return cookies.read(self.cookie_header, purpose) or ""

    @property
    def session(self) -> Session:
        """The sign-in of the caller; routes that allow anyone don't ask for it."""
        if self.proven_session is None:
            raise Unauthenticated
        return self.proven_session

    @property
    def tenant(self) -> Tenant:
        """The handle on the workspace the path names; only routes that allow an action have one."""
        if self.proven_tenant is None:
            raise Unauthenticated
        return self.proven_tenant

    @property
    def actor(self) -> Actor:
        """The signed-in person, as the journal names them."""
        return actor_of(self.session, self.caller)

    @property
    def clock(self) -> Clock:
        """The time, as the services have it."""
        return self.services.clock

    def now(self) -> datetime:
        """This moment."""
        return self.services.clock()
