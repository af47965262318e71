"""Refused sign-ins in the own log of whose account was tried: written down later, so that no refusal takes longer."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from chalicelib.adapters.limits import Limit, Limits
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.identity.model import NOBODY, User
from chalicelib.kernel import clock, ids, tokens
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.errors import NotFound, TooMany
from chalicelib.kernel.ids import UserId
from chalicelib.table import due, people_keys
from chalicelib.table.proof import Caller
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import AlreadyDone

NOTE_REFUSAL: Final = "sign_in.note_refusal"
NOTED: Final = {
    "password": Limit(name="passwords-noted", most=5, per_s=3_600),
    "code": Limit(name="codes-noted", most=5, per_s=3_600),
}
"""Refusals of each kind an hour that one account's log keeps: strangers can't fill it, nor crowd one kind out."""
KEPT_FOR: Final = timedelta(days=4)
"""How long it may wait for its place in the log, since it says from where the try came."""


def remember(
    email: str, user: User | None, caller: Caller, what: str, *, installation: Installation, limits: Limits
) -> None:
    """Have a refused sign-in noted in the own log of the account, if there is one: the same two writes if not.

    `what` was wrong: password or code.
    """
    try:
        limits.take(NOTED[what], tokens.hashed(email))
    except TooMany:
        return
    facts = {
        "id": ids.mint(),
        "user_id": NOBODY if user is None else user.id,
        "what": what,
        "at": clock.to_wire(installation.now()),
        "address": caller.address,
        "device": caller.device,
    }
    with installation.transaction(people_keys.user(NOBODY)) as change:
        due.schedule(change, installation, NOTE_REFUSAL, installation.now(), facts, kept_for=KEPT_FOR)


def note(facts: Mapping[str, Any], *, installation: Installation) -> None:
    """Write a refused sign-in into its account's own log, once; nothing where there is no account (any more)."""
    user_id = UserId(facts["user_id"])
    if user_id == NOBODY:
        return
    stranger = Actor(kind=ActorKind.USER, id=user_id, name="", address=facts["address"], device=facts["device"])
    try:
        with installation.journalled(user_id, stranger, once=f"refusal {facts['id']}") as change:
            identity.check_there(change, user_id, refusal=NotFound(), installation=installation)
            change.record("session.refused", target=user_id, new={"wrong": facts["what"], "at": facts["at"]})
    except (AlreadyDone, NotFound):
        return
