"""The page of sent mails: locally nothing leaves the machine, so this is where the links are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any

import aiohttp
from aiohttp import web

_LINK = re.compile(r"https?://[^\s<>\"']+")
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="3">
<title>Sent mails</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }}
article {{ border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: .5rem;
  margin: 1rem 0; padding: 1rem 1.25rem; }}
h2 {{ font-size: 1.05rem; margin: 0; }}
header p {{ margin: 0; opacity: .7; }}
.text {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
</style>
</head>
<body>
<h1>Sent mails</h1>
<p>Nothing leaves this machine: every mail the product sends ends here, newest first.</p>
{mails}
</body>
</html>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMail:
    """One mail as the local AWS kept it."""

    to: str
    subject: str
    text: str
    sent_at: datetime


class MailPage:
    """Asks the local AWS for what SES was given."""

    def __init__(self, session: aiohttp.ClientSession, aws_endpoint: str) -> None:
        self._session = session
        self._address = f"{aws_endpoint}/_ministack/ses/messages"

    async def answer(self, _: web.Request) -> web.Response:
        """The page; it renews itself every 3 s."""
        async with self._session.get(self._address, timeout=aiohttp.ClientTimeout(total=5)) as answered:
            kept = await answered.json()
        return web.Response(text=render(_mails(kept)), content_type="text/html")


def _mails(kept: dict[str, Any]) -> list[SentMail]:
    mails = [
        SentMail(
            to=", ".join(record["To"]),
            subject=record["Subject"],
            text=record["BodyText"],
            sent_at=datetime.fromtimestamp(record["Timestamp"], UTC),
        )
        for records in kept["messages"].values()
        for record in records
    ]
    return sorted(mails, key=lambda mail: mail.sent_at, reverse=True)


def render(mails: Sequence[SentMail]) -> str:
    """The page as HTML; every text is escaped, every address in it a link."""
    return _PAGE.format(mails="\n".join(map(_article, mails)) or "<p>None yet.</p>")


def _article(mail: SentMail) -> str:
    return (
        f"<article><header><h2>{escape(mail.subject)}</h2>"
        f'<p>to {escape(mail.to)}, <time datetime="{mail.sent_at.isoformat()}">{mail.sent_at:%H:%M:%S} UTC</time></p>'
        f'</header><div class="text">{_linked(mail.text)}</div></article>'
    )


def _linked(text: str) -> str:
    return _LINK.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', escape(text))
