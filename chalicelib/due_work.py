"""Which slice does which due work: the one list of it, ticked by the session worker and by a schedule as backstop.

It stands at the root of the package because it knows the slices, as app.py does; nothing but app.py and the session
worker imports it.
"""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib import services
from chalicelib.features.fields import jobs as fields
from chalicelib.features.fields.use_cases import PURGE
from chalicelib.features.journal.jobs import exports
from chalicelib.features.journal.use_cases import EXPORT, REMOVAL
from chalicelib.features.staff import jobs as staff
from chalicelib.features.staff.use_cases.announcing import ANNOUNCE
from chalicelib.features.staff.use_cases.resets import RESET
from chalicelib.features.workspaces import jobs as workspaces
from chalicelib.features.workspaces.model import LOGO_FILE, MEMBER_DEPARTED
from chalicelib.table.due import Handler, Poller

HANDLERS: Final[Mapping[str, Handler]] = {
    PURGE: fields.purge_column,
    MEMBER_DEPARTED: workspaces.settle_departure,
    LOGO_FILE: workspaces.sweep_logo_file,
    EXPORT: exports.write_export,
    REMOVAL: exports.remove_export,
    ANNOUNCE: staff.write_to_people,
    RESET: staff.go_on_with_reset,
}


def tick(_event: Any) -> None:
    """Do what is due; the schedule's handler."""
    poller().tick()


def poller() -> Poller:
    """Hands out due work to the slices' handlers."""
    return Poller(HANDLERS, services.current().installation)
