"""Asking for deletions as people do, taking them back, and letting erasings go on to their end."""

from typing import Any

from chalicelib import due_work
from chalicelib.features.privacy.model import SETTLED_AFTER, Step
from chalicelib.features.privacy.repository.erasings import Erasings
from chalicelib.table.tenant import Installation
from tests.api_client import Answer, ApiClient
from tests.hand_clock import HandClock
from tests.people import PASSWORD, Mailbox, Person, deliver

PROOF = {"password": PASSWORD}


def delete(api: ApiClient, owner: Person, *, by: Person | None = None, now: bool = False, **other: Any) -> Answer:
    """Ask for the deletion of somebody's own workspace."""
    wish = {"name": f"{owner.full_name}'s workspace", "proof": PROOF, "now": now} | other
    return api.post(f"/workspaces/{owner.workspace_id}/deletion", wish, (by or owner).browser)


def undo(api: ApiClient, owner: Person, *, by: Person | None = None) -> Answer:
    """Take it back."""
    return api.delete(f"/workspaces/{owner.workspace_id}/deletion", (by or owner).browser)


def open_workspace(api: ApiClient, owner: Person, *, by: Person | None = None) -> int:
    """What opening it answers."""
    return api.get(f"/workspaces/{owner.workspace_id}", (by or owner).browser).status


def listed(api: ApiClient, person: Person, workspace_id: str) -> dict[str, Any] | None:
    """How somebody's list of workspaces shows one."""
    mine = api.get("/me", person.browser).body["workspaces"]
    return next((each for each in mine if each["id"] == workspace_id), None)


def erase(clock: HandClock, installation: Installation, subject: str) -> None:
    """Let erasings go on until this one is done."""
    for _ in range(12):
        due_work.eraser().tick()
        deliver()
        found = Erasings(installation).get(subject)
        if found is not None and found.step is Step.DONE:
            return
        clock.advance(SETTLED_AFTER)
    raise AssertionError(f"stands still at {Erasings(installation).get(subject)}")


def subjects(mailbox: Mailbox, person: Person) -> list[str]:
    """The subjects of somebody's letters, oldest first."""
    return [letter["Subject"] for letter in mailbox.of(person.email)]


def delete_me(api: ApiClient, person: Person, *, now: bool = False, proof: Any = PROOF) -> Answer:
    """Ask for the deletion of one's own account."""
    return api.post("/me/deletion", {"proof": proof, "now": now}, person.browser)


def keep_me(api: ApiClient, token: str) -> Answer:
    """Follow the undo link."""
    return api.post("/deletions/undo", {"token": token})
