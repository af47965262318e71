"""Letters that must arrive: written down with the change they tell of, sent within seconds of it, and tried again.

SES being away delays such a letter and never fails what it tells of. What lies here lies in the table, so a letter
posted here holds no token; one that does is made by due work at the moment it is sent.
"""

from typing import Final

from chalicelib.adapters.mail import Letter, Mail
from chalicelib.table import due
from chalicelib.table.due import Due
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import Transaction

LETTER: Final = "letter"


def post(change: Transaction, owner: Tenant | Installation, letter: Letter) -> None:
    """Have a letter sent as soon as a change commits: one row more in it, up to 2 KB."""
    facts = {
        "to": letter.to,
        "subject": letter.subject,
        "preview": letter.preview,
        "paragraphs": list(letter.paragraphs),
        "link": letter.link,
        "link_text": letter.link_text,
        "reason": letter.reason,
        "reply_to": letter.reply_to,
    }
    due.schedule(change, owner, LETTER, owner.now(), facts)


def send(work: Due) -> None:
    """Send what was posted. One whose sending was repeated may arrive twice, and never not at all.

    Raises:
        Unavailable: SES did not take it; it is tried again.
    """
    Mail().send(Letter(**{**work.facts, "paragraphs": tuple(work.facts["paragraphs"])}))
