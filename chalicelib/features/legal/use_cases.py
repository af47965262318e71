"""What people do about legal matters: read the documents in force, and write to the operator."""

from functools import cache
from typing import Final

from chalicelib import settings
from chalicelib.adapters.limits import Limit, Limits
from chalicelib.adapters.mail import Mail
from chalicelib.features.legal import letters, model, repository
from chalicelib.features.legal.model import MAX_WRITER_CHARACTERS, Library
from chalicelib.kernel import emails, names
from chalicelib.kernel.records import record

CONTACTING: Final = Limit(name="contacting", most=5, per_s=3_600)
"""Messages an hour from one address."""
CONTACTED: Final = Limit(name="contacted", most=200, per_s=3_600)
"""Messages an hour from everybody together: what the operator's mailbox takes when somebody writes from everywhere."""


@record
class Contact:
    """What somebody wrote to the operator. It is handed on and kept nowhere."""

    writer: str
    email: str
    message: str

    def __repr__(self) -> str:
        return "Contact()"


@cache
def current() -> Library:
    """The documents in force, read once a process; app.py asks at start, so that a broken one stops it there.

    Raises:
        DocumentBroken: naming folder, file and what is wrong with it.
    """
    return repository.read(settings.legal_folder() or repository.STARTER)


def contact(command: Contact, *, limits: Limits, mail: Mail) -> None:
    """Mail a message to the operator, to be answered to its writer. One write unit and a letter.

    Raises:
        NameInvalid, EmailInvalid, MessageInvalid: nothing was sent.
        TooMany: too many messages from everybody together.
        Unavailable: the letter could not be sent.
    """
    letter = letters.contact(
        to=settings.current().contact_to,
        writer=names.parse(command.writer, pointer="/name", most=MAX_WRITER_CHARACTERS),
        email=emails.parse(command.email, pointer="/email"),
        message=model.parse_message(command.message),
    )
    limits.take(CONTACTED, "everybody")
    mail.send(letter)
