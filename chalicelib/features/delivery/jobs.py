"""Due work of delivery: in the lane of what sends letters, in that of the reminder bot, and in that of pushing."""

from datetime import datetime

from chalicelib import settings
from chalicelib.adapters.mail import Mail
from chalicelib.features.delivery import use_cases
from chalicelib.kernel.ids import NoticeId, UserId
from chalicelib.table.due import Due


def deliver(work: Due) -> datetime | None:
    """Tell a member of a notice outside of the app: {user_id, notice_id}."""
    return use_cases.deliver(
        UserId(work.facts["user_id"]),
        NoticeId(work.facts["notice_id"]),
        ways=use_cases.carriers(Mail(), work.installation),
        tenant=work.tenant,
        installation=work.installation,
    )


def write(work: Due) -> datetime | None:
    """Tell a member of a notice through the reminder bot: {user_id, notice_id}."""
    return use_cases.write(
        UserId(work.facts["user_id"]),
        NoticeId(work.facts["notice_id"]),
        account=settings.current().bot,
        tenant=work.tenant,
        installation=work.installation,
    )


def push(work: Due) -> datetime | None:
    """Tell a member of a notice in one browser: {user_id, notice_id, browser_id}."""
    return use_cases.push(
        UserId(work.facts["user_id"]),
        NoticeId(work.facts["notice_id"]),
        work.facts["browser_id"],
        known_as=settings.current().push,
        tenant=work.tenant,
        installation=work.installation,
    )
