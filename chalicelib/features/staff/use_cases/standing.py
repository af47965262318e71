"""Who is staff: whom the configuration names, with a confirmed address, in a session that showed a second factor."""

from chalicelib.features.identity import use_cases as identity
from chalicelib.features.staff.model import MAX_REASON_CHARACTERS, StaffSecondFactorRequired
from chalicelib.kernel import names
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.errors import NotFound
from chalicelib.table.proof import Session
from chalicelib.table.tenant import Installation


def require_staff(session: Session, *, installation: Installation) -> Actor:
    """The person of a session as the staff they are, by name and not by address: customers read it. One read unit.

    Raises:
        NotFound: they are not; there is nothing here for them.
        StaffSecondFactorRequired: they are, and this session has shown no second factor.
    """
    person = identity.get_profile(session, installation=installation)
    if not identity.is_staff(person):
        raise NotFound
    if session.second_factor_at is None:
        raise StaffSecondFactorRequired
    return Actor(kind=ActorKind.STAFF, id=person.id, name=person.full_name)


def parse_reason(text: str) -> str:
    """Why staff do something, 1 to 500 characters. Raises NameInvalid, blaming `/reason`."""
    return names.parse(text, pointer="/reason", most=MAX_REASON_CHARACTERS)
