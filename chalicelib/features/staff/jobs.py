"""What staff began and goes on by itself: letters about changed documents, resets of lost second factors."""

from datetime import datetime

from chalicelib import services
from chalicelib.features.staff.use_cases import announcing, resets
from chalicelib.kernel.ids import UserId
from chalicelib.table.due import Due


def write_to_people(work: Due) -> datetime | None:
    """Post the next letters of an announcement; a piece of due work."""
    return announcing.write_to_people(work.facts["announcement_id"], installation=work.installation)


def go_on_with_reset(work: Due) -> datetime | None:
    """Write to somebody whose second factor is being reset, or reset it at last; a piece of due work."""
    user_id = UserId(work.facts["user_id"])
    return resets.go_on_with_reset(user_id, installation=work.installation, mail=services.current().mail)
