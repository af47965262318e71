"""Which slice does which due work: the one list of it, and the schedule that is the backstop of the worker's ticks."""

from collections.abc import Mapping
from typing import Any, Final

from chalice.app import Blueprint

from chalicelib import services
from chalicelib.table.due import Handler, Poller

HANDLERS: Final[Mapping[str, Handler]] = {}

blueprint = Blueprint(__name__)


@blueprint.schedule("rate(1 minute)")
def tick_due_work(_event: Any) -> None:
    """Do what is due."""
    poller().tick()


def poller() -> Poller:
    """Hands out due work to the slices' handlers."""
    return Poller(HANDLERS, services.current().installation)
