"""The letter about a session that its account's owner may not know."""

from datetime import datetime

from chalicelib.adapters.mail import Letter


def new_session(
    *, to: str, full_name: str, account_name: str, device: str, place: str, since: datetime, link: str
) -> Letter:
    """Tells somebody that Telegram lists a session of their account that was not there before."""
    return Letter(
        to=to,
        subject=f"A new session on your Telegram account {account_name}",
        paragraphs=(
            f"Hello {full_name},",
            f"Telegram lists a session of {account_name} that was not there before:",
            f"{device}, {place}, since {since:%d %B %Y, %H:%M} UTC.",
            "If that was you, keep it. If not, end it, and change your cloud password in Telegram.",
        ),
        link=link,
        link_text="Look at the sessions",
        reason="You get this letter because you connected this account to Wireroom.",
    )
