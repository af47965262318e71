"""Removing a lost second factor with staff's help: after 72 hours and three letters, each of which can call it off."""

from datetime import datetime, timedelta
from typing import Final

from chalicelib import settings
from chalicelib.adapters import outbox
from chalicelib.adapters.mail import Mail
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.identity.model import LinkNotValid, User
from chalicelib.features.second_factor import use_cases as second_factor
from chalicelib.features.sign_in import use_cases as sign_in
from chalicelib.features.staff import letters
from chalicelib.features.staff.model import (
    NoSecondFactorToReset,
    PersonNotFound,
    Reset,
    ResetNotFound,
    StartedReset,
    StartReset,
)
from chalicelib.features.staff.repository import Resets
from chalicelib.features.staff.use_cases.standing import parse_reason, require_staff
from chalicelib.kernel import ids, tokens
from chalicelib.kernel.actors import Actor, ActorKind, system
from chalicelib.kernel.errors import Unavailable
from chalicelib.kernel.ids import UserId
from chalicelib.table import due, people_keys
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation

RESET: Final = "second_factor.reset"
"""The due work of writing to the person and, at last, removing the second factor; its one fact is `user_id`."""
TRY_AGAIN_AFTER: Final = timedelta(minutes=10)
"""When SES did not take a letter."""


def start_reset(command: StartReset, *, session: Session, installation: Installation) -> StartedReset:
    """Begin to remove somebody's lost second factor. Due work writes to them at once, and again after 24 and 48 hours.

    It stands in the person's own log. One transaction of 3 rows, the entry one of them.

    Raises:
        NotFound: the caller is no staff.
        StaffSecondFactorRequired, NameInvalid: nothing was written.
        PersonNotFound, NoSecondFactorToReset, ResetUnderWay: nothing was written.
    """
    staff = require_staff(session, installation=installation)
    reason = parse_reason(command.reason)
    person = identity.find_person(command.email, installation=installation)
    if person is None:
        raise PersonNotFound
    if not second_factor.has_second_factor(person.id, installation=installation):
        raise NoSecondFactorToReset
    reset = Reset(
        user_id=person.id,
        asked_by=UserId(staff.id),
        reason=reason,
        started_at=installation.now(),
    )
    with installation.journalled(person.id, staff) as change:
        Resets(installation).add(change, reset)
        facts = {"user_id": person.id}
        due.schedule(change, installation, RESET, reset.next_at, facts, name=_due_name(person.id))
        new = {"reason": reason, "ends_at": reset.ends_at, "staff": staff.name}
        change.record(f"{RESET}_started", target=person.id, new=new)
    return StartedReset(reset=reset, person=person)


def undo_reset(user_id: str, *, session: Session, installation: Installation) -> None:
    """Call a reset off as staff.

    Raises:
        NotFound: the caller is no staff.
        StaffSecondFactorRequired: nothing was written.
        ResetNotFound: none is under way.
    """
    staff = require_staff(session, installation=installation)
    reset = Resets(installation).get(UserId(user_id)) if ids.is_minted_shape(user_id) else None
    if reset is None:
        raise ResetNotFound
    _call_off(reset, staff, installation)


def keep_second_factor(token: str, *, caller: Caller, installation: Installation) -> None:
    """Call a reset off by the link of one of its letters.

    Raises:
        LinkNotValid: forged, or the reset is done or was called off.
    """
    user_id, _, secret = token.partition(".")
    reset = Resets(installation).get(UserId(user_id)) if ids.is_minted_shape(user_id) else None
    person = None if reset is None else identity.get_person(reset.user_id, installation=installation)
    if reset is None or person is None or tokens.hashed(secret) not in reset.token_hashes:
        raise LinkNotValid
    holder = Actor(
        kind=ActorKind.USER, id=person.id, name=person.full_name, address=caller.address, device=caller.device
    )
    try:
        _call_off(reset, holder, installation)
    except ResetNotFound:
        raise LinkNotValid from None


def go_on_with_reset(user_id: UserId, *, installation: Installation, mail: Mail) -> datetime | None:
    """Do what is due of a reset: a letter or, a day after the last and no earlier than 72 hours, the removal.

    Gives when it goes on, None when it is over. A second factor that was used or turned off since the start calls it
    off instead. Nothing goes on before SES took the letter; whoever is killed half-way, the next one does it once more:
    a letter too many is no harm.

    Raises:
        ChangedMeanwhile, ResetNotFound: the second factor was used, or the reset called off, at this very moment.
    """
    reset = Resets(installation).get(user_id)
    person = identity.get_person(user_id, installation=installation)
    if reset is None or person is None:
        return None
    if _is_pointless(reset, installation):
        _call_off(reset, system("due"), installation)
        return None
    if installation.now() < reset.next_at:
        return reset.next_at
    if reset.has_told:
        _remove(person, reset, installation)
        return None
    try:
        return _write_to(person, reset, installation, mail)
    except Unavailable:
        return installation.now() + TRY_AGAIN_AFTER


def _is_pointless(reset: Reset, installation: Installation) -> bool:
    if second_factor.second_factor_used_since(reset.user_id, reset.started_at, installation=installation):
        return True
    return not reset.is_removing and not second_factor.has_second_factor(reset.user_id, installation=installation)


def _write_to(person: User, reset: Reset, installation: Installation, mail: Mail) -> datetime:
    resets, secret = Resets(installation), tokens.new()
    resets.allow(reset, tokens.hashed(secret))
    link = f"{settings.current().public_origin}/keep-second-factor#{person.id}.{secret}"
    told = reset.with_one_more_letter(installation.now())
    mail.send(
        letters.second_factor_is_being_reset(
            to=person.email, full_name=person.full_name, ends_at=told.ends_at, link=link
        )
    )
    with installation.journalled(person.id, system("due")) as change:
        resets.tell(change, reset, told)
        change.record(f"{RESET}_announced", target=person.id, new={"letters": told.told})
    return told.next_at


def _remove(person: User, reset: Reset, installation: Installation) -> None:
    """The removal is repeatable; the letter and the end of the reset are one transaction."""
    Resets(installation).begin_removal(reset)
    sign_in.remove_second_factor(
        person.id, actor=system("due"), unused_since=reset.started_at, installation=installation
    )
    link = f"{settings.current().public_origin}/sign-in"
    letter = letters.second_factor_was_reset(to=person.email, full_name=person.full_name, link=link)
    with installation.transaction(people_keys.user(person.id)) as change:
        Resets(installation).remove(change, reset)
        outbox.post(change, installation, letter)


def _call_off(reset: Reset, actor: Actor, installation: Installation) -> None:
    with installation.journalled(reset.user_id, actor) as change:
        Resets(installation).remove(change, reset)
        due.cancel(change, installation, _due_name(reset.user_id))
        change.record(f"{RESET}_called_off", target=reset.user_id, old={"ends_at": reset.ends_at})


def _due_name(user_id: UserId) -> str:
    return f"{RESET}#{user_id}"
