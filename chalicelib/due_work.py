"""Which slice does which due work: the one list of it, ticked by the session worker and by a schedule as backstop.

Erasing has a list, a schedule and a role of its own: no other may remove entries of a journal (decision 0026). So has
billing: no other has the payment provider's key besides the API. What the reminder bot says and what goes to browsers
have lists of their own that the session worker does not tick: it has neither the bot's token nor the key of pushing.

It stands at the root of the package because it knows the slices, as app.py does; nothing but app.py and the session
worker imports it.
"""

from collections.abc import Mapping
from typing import Final

from chalicelib import services
from chalicelib.adapters import outbox
from chalicelib.features.accounts import jobs as accounts
from chalicelib.features.accounts.model import END_SUSPENDED
from chalicelib.features.alerts import jobs as alerts
from chalicelib.features.alerts.model import SWEEP
from chalicelib.features.billing.jobs import due as billing
from chalicelib.features.billing.model import CLOSE_CUSTOMER, RECONCILE, TELL_OF_FAILURE
from chalicelib.features.bulk_edits import jobs as bulk_edits
from chalicelib.features.bulk_edits.use_cases import RUN
from chalicelib.features.delivery import jobs as delivery
from chalicelib.features.delivery.model import PUSH, WRITE
from chalicelib.features.exports import jobs as data_exports
from chalicelib.features.exports.model import EXPORT as EXPORT_DATA
from chalicelib.features.exports.model import REMOVAL as REMOVE_DATA
from chalicelib.features.fields import jobs as fields
from chalicelib.features.fields.use_cases import PURGE, REWRITE
from chalicelib.features.files import jobs as files
from chalicelib.features.files.model import COLLECT
from chalicelib.features.identity import jobs as identity
from chalicelib.features.identity.use_cases import CARRY_NAME, MAIL_MOVE_LINK, MAIL_RESET_LINK
from chalicelib.features.imports import jobs as imports
from chalicelib.features.imports.use_cases import DISCARD, GO_ON
from chalicelib.features.journal.jobs import exports
from chalicelib.features.journal.use_cases import EXPORT, REMOVAL
from chalicelib.features.notifications.model import DELIVER
from chalicelib.features.privacy import jobs as privacy
from chalicelib.features.privacy.use_cases.hard_reset import DISCONNECT
from chalicelib.features.privacy.use_cases.person_deletion import MAIL_UNDO_LINK, SETTLE_WORKSPACES
from chalicelib.features.privacy.use_cases.steps import ERASE_PERSON, ERASE_WORKSPACE
from chalicelib.features.privacy.use_cases.telling import TELL
from chalicelib.features.reminders import jobs as reminders
from chalicelib.features.reminders.model import RING
from chalicelib.features.seats.model import SETTLE_COVERAGE
from chalicelib.features.session_watch.model import TELL_NEW_SESSION
from chalicelib.features.sessions import jobs as sessions
from chalicelib.features.sessions.use_cases import END_SESSIONS
from chalicelib.features.sign_in import jobs as sign_in
from chalicelib.features.sign_in.use_cases import NOTE_REFUSAL, TELL_WORKSPACES
from chalicelib.features.staff import jobs as staff
from chalicelib.features.staff.use_cases.announcing import ANNOUNCE
from chalicelib.features.staff.use_cases.resets import RESET
from chalicelib.features.tickets import jobs as tickets
from chalicelib.features.tickets.use_cases import FOLLOW, PURGE_COMMENTS, PURGE_FIELD, RELEASE_FILES, WARN
from chalicelib.features.workspaces import jobs as workspaces
from chalicelib.features.workspaces.model import SETTLE_DEPARTURE, TELL_LEAVER
from chalicelib.table.due import Handler, Lane, Poller

HANDLERS: Final[Mapping[str, Handler]] = {
    NOTE_REFUSAL: sign_in.note_refusal,
    END_SESSIONS: sessions.end_sessions,
    TELL_WORKSPACES: sign_in.tell_workspaces,
    CARRY_NAME: identity.carry_name,
    PURGE: fields.purge_column,
    RING: reminders.ring,
    COLLECT: files.collect_file,
    WARN: tickets.warn,
    FOLLOW: tickets.follow_sla,
    PURGE_FIELD: tickets.purge_field,
    PURGE_COMMENTS: tickets.purge_comments,
    RELEASE_FILES: tickets.release_files,
    REWRITE: fields.rewrite_column,
    RUN: bulk_edits.go_on,
    GO_ON: imports.go_on,
    DISCARD: imports.discard,
    SWEEP: alerts.tell_late,
    SETTLE_COVERAGE: accounts.settle_coverage,
    END_SUSPENDED: accounts.end_suspended,
    SETTLE_DEPARTURE: workspaces.settle_departure,
    EXPORT: exports.write_export,
    REMOVAL: exports.remove_export,
    EXPORT_DATA: data_exports.write_export,
    REMOVE_DATA: data_exports.remove_export,
    DISCONNECT: privacy.disconnect,
    SETTLE_WORKSPACES: privacy.settle_workspaces,
    TELL: privacy.tell,
    ANNOUNCE: staff.write_to_people,
    RESET: staff.go_on_with_reset,
}

POSTMEN: Final[Mapping[str, Handler]] = {
    outbox.LETTER: outbox.send,
    MAIL_RESET_LINK: identity.mail_reset_link,
    MAIL_MOVE_LINK: identity.mail_move_link,
    DELIVER: delivery.deliver,
    TELL_LEAVER: identity.tell_leaver,
    TELL_NEW_SESSION: identity.tell_of_session,
    MAIL_UNDO_LINK: privacy.mail_undo_link,
}

MESSENGERS: Final[Mapping[str, Handler]] = {WRITE: delivery.write}
PUSHERS: Final[Mapping[str, Handler]] = {PUSH: delivery.push}

BILLERS: Final[Mapping[str, Handler]] = {
    TELL_OF_FAILURE: billing.tell_of_failure,
    RECONCILE: billing.reconcile,
    CLOSE_CUSTOMER: billing.close,
}

ERASERS: Final[Mapping[str, Handler]] = {
    ERASE_PERSON: privacy.erase_person,
    ERASE_WORKSPACE: privacy.erase_workspace,
}


def tick() -> None:
    """Do what is due, what goes out to people last; the schedule's handler."""
    poller().tick()
    postman().tick()
    messenger().tick()
    pusher().tick()


def poller() -> Poller:
    """Hands out due work to the slices' handlers."""
    return Poller(HANDLERS, services.current().installation)


def postman() -> Poller:
    """Hands out what sends a letter: mail that hangs holds up nothing else."""
    return Poller(POSTMEN, services.current().installation, lane=Lane.LETTERS)


def messenger() -> Poller:
    """Hands out what the reminder bot says."""
    return Poller(MESSENGERS, services.current().installation, lane=Lane.BOT)


def pusher() -> Poller:
    """Hands out what goes to browsers."""
    return Poller(PUSHERS, services.current().installation, lane=Lane.PUSH)


def bill() -> None:
    """Settle events whose hint was lost, then do what is due about money; the handler of its own schedule."""
    billing.sweep()
    biller().tick()


def biller() -> Poller:
    """Hands out what asks the payment provider, or writes of a payment."""
    return Poller(BILLERS, services.current().installation, lane=Lane.BILLING)


def erase() -> None:
    """Go on with every erasing; the handler of their own schedule."""
    eraser().tick()


def eraser() -> Poller:
    """Hands out erasings."""
    return Poller(ERASERS, services.current().installation, lane=Lane.ERASING)
