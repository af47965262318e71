"""Deleting one's own account: asked for, undone within seven days by a mailed link, else erased."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from chalicelib import settings
from chalicelib.adapters import outbox
from chalicelib.adapters.limits import Limits
from chalicelib.adapters.mail import Mail
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.identity.model import Proof, User
from chalicelib.features.identity.use_cases import closing
from chalicelib.features.privacy import letters
from chalicelib.features.privacy.model import UNDO_FOR, DeletePerson, Deletion, ErasingBegun, OnlyOwnerOfOthers
from chalicelib.features.privacy.repository.erasings import Erasings
from chalicelib.features.privacy.repository.workspaces import Profiles
from chalicelib.features.privacy.use_cases import belonging, workspace_deletion
from chalicelib.features.privacy.use_cases.steps import ERASE_PERSON, work_name
from chalicelib.features.sessions import use_cases as sessions
from chalicelib.kernel import clock
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.ids import UserId
from chalicelib.table import due, proof
from chalicelib.table.due import Lane
from chalicelib.table.following_up import TAKEN_UP_AFTER, follow_up
from chalicelib.table.proof import Caller, Session
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import Transaction

MAIL_UNDO_LINK: Final = "person.mail_undo_link"
SETTLE_WORKSPACES: Final = "person.settle_workspaces"
"""Due work: {user_id}, and {user_id, at}: what was cut short of a deletion, or of taking it back."""


def delete_person(
    command: DeletePerson,
    shown: Proof,
    *,
    session: Session,
    caller: Caller,
    installation: Installation,
    limits: Limits,
) -> Deletion:
    """Sign a person out everywhere, keep them out, and have them erased, in seven days or now.

    Workspaces where nobody else is are deleted along with them. One transaction; sessions and workspaces follow at
    once, and due work ends what was cut short. The link that takes it back is mailed by due work.

    Raises:
        OnlyOwnerOfOthers: somebody else needs them as Owner; the proof was not looked at.
        ProofWrong, SignInAgain, TooMany: as reauthenticate. Nothing was written, as in all cases.
        ChangedMeanwhile: how they sign in changed at the same moment.
    """
    held_back = [each for each in belonging.of(session.user_id, installation) if each.holds_back]
    if held_back:
        raise OnlyOwnerOfOthers(
            standing={"workspaces": [{"id": one.workspace_id, "name": one.name} for one in held_back]}
        )
    user = identity.reauthenticate(shown, session=session, installation=installation, limits=limits)
    now = installation.now()
    deletion = Deletion(deletes_at=now if command.now else now + UNDO_FOR, can_undo=not command.now)
    with installation.journalled(user.id, proof.actor_of(session, caller)) as change:
        closing.close(change, user, deletion.deletes_at, installation=installation)
        schedule_erasing(change, {"user_id": user.id}, deletion.deletes_at, installation)
        _take_up(change, {"user_id": user.id}, installation)
        if deletion.can_undo:
            outbox.order(change, installation, MAIL_UNDO_LINK, {"user_id": user.id})
        change.record(
            "account.deletion_requested", target=user.id, new={"deletes_at": clock.to_wire(deletion.deletes_at)}
        )
    with follow_up():
        sessions.end_outdated(user.id, user.version + 1, but=None, installation=installation)
        delete_own_workspaces(user.id, installation=installation)
    return deletion


def undo_deletion(token: str, *, caller: Caller, installation: Installation) -> None:
    """Have a person stay, and with them the workspaces that were to go with them.

    Raises:
        LinkNotValid: forged, used, replaced by a newer one, or the account is not being deleted.
        ErasingBegun: it is too late.
        ChangedMeanwhile: somebody used the link at the same moment. Nothing was written, as in all cases.
    """
    user, shown = closing.read_reopening_link(token, installation=installation)
    if user.deletes_at is None or user.deletes_at <= installation.now():
        raise ErasingBegun
    facts = {"user_id": user.id, "at": clock.to_wire(user.deletes_at)}
    with installation.journalled(user.id, _actor(user, caller)) as change:
        closing.reopen(change, user, shown, installation=installation)
        Erasings(installation).require_none(change, user.id)
        due.cancel(change, installation, work_name(ERASE_PERSON, user.id))
        _take_up(change, facts, installation)
        outbox.post(change, installation, letters.account_kept(to=user.email, full_name=user.full_name))
        change.record("account.deletion_undone", target=user.id, old={"deletes_at": facts["at"]})
    with follow_up():
        keep_own_workspaces(user.id, user.deletes_at, installation=installation)


def schedule_erasing(change: Transaction, facts: Mapping[str, Any], at: datetime, installation: Installation) -> None:
    """Have a person erased at a time, as part of a change."""
    name = work_name(ERASE_PERSON, facts["user_id"])
    due.schedule(change, installation, ERASE_PERSON, at, facts, name=name, lane=Lane.ERASING)


def mail_undo_link(user_id: UserId, *, installation: Installation, mail: Mail) -> None:
    """Mail the link that takes a deletion back; a repetition makes another, and those before it are no good any more.

    Raises:
        Unavailable: the letter could not be sent.
    """
    user = identity.get_person(user_id, installation=installation)
    if user is None or user.deletes_at is None:
        return
    token = closing.make_reopening_link(user, installation=installation)
    link = f"{settings.current().public_origin}/keep-account#{token}"
    mail.send(letters.account_deletion(to=user.email, full_name=user.full_name, at=user.deletes_at, link=link))


def delete_own_workspaces(user_id: UserId, *, installation: Installation) -> None:
    """Have the workspaces where a person who is to go is alone go with them. Repeating it goes on where it stopped."""
    user = identity.get_person(user_id, installation=installation)
    if user is None or user.deletes_at is None:
        return
    deletion = Deletion(deletes_at=user.deletes_at, can_undo=user.deletes_at > installation.now())
    for tenant, place in belonging.handles_of(user_id, installation, _actor(user)):
        if place.is_alone and place.deletes_at is None:
            profile = Profiles(tenant).require()
            workspace_deletion.put_deletion(profile, deletion, tenant=tenant, installation=installation)


def keep_own_workspaces(user_id: UserId, at: datetime, *, installation: Installation) -> None:
    """Have the workspaces that were to go along with a person stay with them: those that were to go at that moment."""
    user = identity.get_person(user_id, installation=installation)
    if user is None or user.deletes_at is not None:
        return
    for tenant, place in belonging.handles_of(user_id, installation, _actor(user)):
        if place.is_alone and place.deletes_at == at:
            workspace_deletion.take_back(Profiles(tenant).require(), tenant=tenant, installation=installation)


def _take_up(change: Transaction, facts: dict[str, str], installation: Installation) -> None:
    due.schedule(change, installation, SETTLE_WORKSPACES, installation.now() + TAKEN_UP_AFTER, facts)


def _actor(user: User, caller: Caller | None = None) -> Actor:
    """A person who is not signed in, or no longer."""
    address, device = ("", "") if caller is None else (caller.address, caller.device)
    return Actor(kind=ActorKind.USER, id=user.id, name=user.full_name, address=address, device=device)
