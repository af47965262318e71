"""Letters that must arrive: written down with the change they tell of, sent within seconds, tried again for days.

SES being away delays such a letter and never fails what it tells of. What lies here lies in the table, so a letter
posted here holds no token; one that does is made by due work at the moment it is sent.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from chalicelib.adapters.mail import Letter, Mail
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Unavailable
from chalicelib.logs import log
from chalicelib.table import due
from chalicelib.table.due import Due, Lane
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import Transaction

LETTER: Final = "letter.send"
TRIED_AGAIN_AFTER: Final = timedelta(minutes=10)
GIVEN_UP_AFTER: Final = timedelta(days=3)
"""Days of SES being away that a letter outlives: a weekend. What it tells is old news then."""
KEPT_FOR: Final = timedelta(days=4)
"""How long a row may name whom a letter is to, at most: erasing a person does not look for their letters."""


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
    until = clock.to_wire(owner.now() + GIVEN_UP_AFTER)
    order(change, owner, LETTER, {"letter": facts, "until": until})


def order(
    change: Transaction, owner: Tenant | Installation, work: str, facts: Mapping[str, Any], *, name: str | None = None
) -> None:
    """Have a letter made and sent by due work of its own kind as soon as a change commits: one row more in it.

    For what holds a token, or depends on who has an account; the same `name` replaces what was ordered before.
    """
    due.schedule(change, owner, work, owner.now(), facts, name=name, lane=Lane.LETTERS, kept_for=KEPT_FOR)


def send(work: Due) -> datetime | None:
    """Send what was posted. Gives when it is tried again where SES did not take it, None when it is over.

    One whose sending was repeated may arrive twice; one that SES takes within three days arrives.
    """
    facts, again_at = work.facts["letter"], work.installation.now() + TRIED_AGAIN_AFTER
    try:
        Mail().send(Letter(**{**facts, "paragraphs": tuple(facts["paragraphs"])}))
    except Unavailable:
        if again_at < clock.from_wire(work.facts["until"]):
            return again_at
        log.error("letter.given_up")
    return None
