"""The letter about a payment that failed."""

from datetime import datetime
from typing import Final

from chalicelib.adapters.mail import Letter

_AS_OWNER: Final = "You get this letter because you are an Owner of this workspace."


def payment_failed(*, to: str, full_name: str, workspace_name: str, ends_at: datetime, link: str) -> Letter:
    """Tells an Owner that a payment failed, and until when seats stay as they are."""
    until = f"{ends_at.day} {ends_at:%B %Y at %H:%M} UTC"
    return Letter(
        to=to,
        subject=f"A payment for {workspace_name} failed",
        paragraphs=(
            f"Hello {full_name},",
            f"the payment for the seats of {workspace_name} could not be taken. We try again by ourselves.",
            (
                f"Until {until} everything goes on as it is. After that the seats expire: what they pay for becomes "
                "read-only and its Telegram accounts are disconnected. Nothing is deleted."
            ),
            "Please look whether the card is still good, or give another one.",
        ),
        link=link,
        link_text="Go to billing",
        reason=_AS_OWNER,
    )
