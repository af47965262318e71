"""Who is staff: whom the configuration names, with a confirmed address, in a session that showed a second factor."""

from chalicelib import settings
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.staff.model import MAX_REASON_CHARACTERS, StaffSecondFactorRequired
from chalicelib.kernel import names
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.errors import NotFound
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation


def require_staff(session: Session, *, caller: Caller, installation: Installation) -> Actor:
    """The person of a session as the staff they are: one read unit.

    Raises:
        NotFound: they are not; there is nothing here for them.
        StaffSecondFactorRequired: they are, and this session has shown no second factor.
    """
    person = identity.get_profile(session, installation=installation)
    if not person.is_email_verified or person.email not in settings.current().staff:
        raise NotFound
    if session.second_factor_at is None:
        raise StaffSecondFactorRequired
    return Actor(
        kind=ActorKind.STAFF, id=person.id, name=person.full_name, address=caller.address, device=caller.device
    )


def parse_reason(text: str) -> str:
    """Why staff do something, 1 to 500 characters. Raises NameInvalid, blaming `/reason`."""
    return names.parse(text, pointer="/reason", most=MAX_REASON_CHARACTERS)
