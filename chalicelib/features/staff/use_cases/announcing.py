"""Telling everybody by e-mail that legal documents changed: due work that goes on where it was, one letter a person."""

from datetime import datetime
from typing import Final

from chalicelib import settings
from chalicelib.adapters import outbox
from chalicelib.adapters.mail import Letter
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.identity.model import User
from chalicelib.features.legal import model as documents
from chalicelib.features.legal import use_cases as legal
from chalicelib.features.legal.model import Library
from chalicelib.features.staff import letters
from chalicelib.features.staff.model import Announcement, ChangedDocument, NothingToAnnounce, announcement_id
from chalicelib.features.staff.repository import Announcements
from chalicelib.table import due, keys, people_keys
from chalicelib.table.tenant import Installation

ANNOUNCE: Final = "legal.announce"
"""The due work of writing to everybody; its one fact is `announcement_id`."""
PEOPLE_A_TURN: Final = 50
"""Their letters and how far that is fit one transaction, and SES takes as many before the next turn."""


def announce(*, installation: Installation) -> Announcement:
    """Begin to write to everybody who knows an older version of a document that changed since the last announcement.

    Beginning the same one again writes to nobody twice and takes it up where it stopped. One that is under way for
    other versions ends where it is: this one says everything it would have said. Two queries; a transaction of 2 rows.

    Raises:
        NothingToAnnounce: no document changed.
    """
    announcements, library = Announcements(installation), legal.current()
    known = announcements.get(announcement_id(library.versions()))
    if known is not None and known.ended_at is not None:
        return known
    announcement = known or _begun(library, announcements, installation)
    with installation.transaction(keys.LEGAL) as change:
        if known is None:
            announcements.add(change, announcement)
        for other in announcements.under_way():
            if other.id != announcement.id:
                due.cancel(change, installation, _due_name(other))
        facts = {"announcement_id": announcement.id}
        due.schedule(change, installation, ANNOUNCE, installation.now(), facts, name=_due_name(announcement))
    return announcement


def write_to_people(announcement_id: str, *, installation: Installation, most: int = PEOPLE_A_TURN) -> datetime | None:
    """One turn: post a letter to each of the next people whom it concerns. Gives when the next turn is, if any.

    The letters and how far that is are one transaction: whoever is killed, nobody is written to twice or left out.
    Addresses that nobody confirmed are left alone; the app tells those people. An index query, a read, and 2 write
    units a letter and KB.

    Raises:
        ChangedMeanwhile: somebody else took this turn; nothing was posted.
    """
    announcements = Announcements(installation)
    standing = announcements.get(announcement_id)
    if standing is None or standing.ended_at is not None:
        return None
    people = identity.list_people(standing.shard, after=standing.after, limit=most, installation=installation)
    posted = [letter for person in people if (letter := _letter(person, standing)) is not None]
    reached = standing.beyond(
        people[-1].id if len(people) == most else None,
        letters=len(posted),
        shards=people_keys.USER_SHARDS,
        at=installation.now(),
    )
    with installation.transaction(keys.LEGAL) as change:
        announcements.move(change, standing, reached)
        for letter in posted:
            outbox.post(change, installation, letter)
    return installation.now() if reached.ended_at is None else None


def _begun(library: Library, announcements: Announcements, installation: Installation) -> Announcement:
    changed = documents.newer(library.documents, announcements.announced())
    if not changed:
        raise NothingToAnnounce
    return Announcement(
        id=announcement_id(library.versions()),
        versions=library.versions(),
        changed=tuple(
            ChangedDocument(name=each.name, title=each.title, version=each.version, must_accept=each.must_accept)
            for each in changed
        ),
        started_at=installation.now(),
    )


def _letter(person: User, announcement: Announcement) -> Letter | None:
    """None where nothing that changed is new to them, or nobody showed that the address is theirs."""
    changed = announcement.concerning(person.accepted)
    if not changed or not person.is_email_verified:
        return None
    link = f"{settings.current().public_origin}/legal"
    return letters.documents_changed(to=person.email, full_name=person.full_name, changed=changed, link=link)


def _due_name(announcement: Announcement) -> str:
    return f"{ANNOUNCE}#{announcement.id}"
