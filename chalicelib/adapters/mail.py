"""Sending e-mail through SES. Letters are written by the slices; this room only carries them."""

from html import escape
from typing import Any, Final

import botocore.exceptions

from chalicelib import settings
from chalicelib.kernel.errors import Unavailable
from chalicelib.kernel.records import record
from chalicelib.logs import log
from chalicelib.table import aws

WHY: Final = "You get this letter because this address is used at Wireroom."
_REFUSED_FOR_GOOD: Final = "BadRequestException"
"""SES says so of a letter it can't read, mostly of an address that is none: the same letter will never go out."""
_REFUSED_TO_US: Final = frozenset(
    {
        "MessageRejected",
        "AccountSuspendedException",
        "MailFromDomainNotVerifiedException",
        "SendingPausedException",
        "AccessDeniedException",
    }
)
"""SES says so of the installation: its sender is not proven, it is in the sandbox, sending is paused. No letter goes
out until a person acts, and each of them after that."""


@record
class Letter:
    """A mail to one person: paragraphs of plain text and, after them, at most one link.

    `preview` is what lists of mail show beside the subject, the first paragraph where it is empty; `reason` says at the
    end why somebody gets it. An answer goes to `reply_to`, where that is not the sender.
    """

    to: str
    subject: str
    paragraphs: tuple[str, ...]
    link: str = ""
    link_text: str = ""
    reply_to: str = ""
    preview: str = ""
    reason: str = WHY

    def __repr__(self) -> str:
        return f"Letter(subject={self.subject!r})"


class Mail:
    """Carries letters. A failure to send is the caller's to repeat: SES takes a letter or it is not on its way."""

    def send(self, letter: Letter) -> None:
        """Hand one letter to SES, as text and as HTML. One that SES can't read is dropped, and that logged.

        Raises:
            Unavailable: SES did not take it; where it takes none from us, that is logged as an error.
        """
        try:
            aws.client("sesv2").send_email(
                FromEmailAddress=settings.current().mail_from,
                Destination={"ToAddresses": [letter.to]},
                ReplyToAddresses=[letter.reply_to] if letter.reply_to else [],
                Content={"Simple": _content(letter)},
            )
        except botocore.exceptions.ClientError as refusal:
            code = refusal.response["Error"]["Code"]
            if code == _REFUSED_FOR_GOOD:
                log.warning("letter.refused", reason=code)
                return
            if code in _REFUSED_TO_US:
                log.error("mail.refused", reason=code)
            raise Unavailable("The letter could not be sent.") from refusal
        except botocore.exceptions.BotoCoreError as lost:
            raise Unavailable("The letter could not be sent.") from lost


def _content(letter: Letter) -> dict[str, Any]:
    return {
        "Subject": {"Data": letter.subject, "Charset": "UTF-8"},
        "Body": {
            "Text": {"Data": _as_text(letter), "Charset": "UTF-8"},
            "Html": {"Data": _as_html(letter), "Charset": "UTF-8"},
        },
    }


def _as_text(letter: Letter) -> str:
    link = [f"{letter.link_text}: {letter.link}"] if letter.link else []
    return "\n\n".join([*letter.paragraphs, *link, f"-- \n{letter.reason}"]) + "\n"


def _as_html(letter: Letter) -> str:
    return _PAGE.format(
        subject=escape(letter.subject),
        preview=escape(letter.preview or letter.paragraphs[0]),
        paragraphs="".join(_PARAGRAPH.format(text=escape(text)) for text in letter.paragraphs),
        button=_BUTTON.format(link=escape(letter.link), text=escape(letter.link_text)) if letter.link else "",
        reason=escape(letter.reason),
    )


_PARAGRAPH: Final = '<p style="margin:0 0 16px">{text}</p>'
_BUTTON: Final = (
    '<p style="margin:24px 0"><a href="{link}" style="display:inline-block;padding:12px 20px;border-radius:8px;'
    'background:#1d5fd1;color:#ffffff;font-weight:600;text-decoration:none">{text}</a></p>'
    '<p class="quiet" style="margin:0 0 16px;font-size:13px;color:#5b6472;word-break:break-all">'
    "If the button does not work, open this address: {link}</p>"
)
_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{subject}</title>
<style>
@media (prefers-color-scheme: dark) {{
  .page {{ background: #14171c !important; }}
  .sheet {{ background: #1f242b !important; color: #e8ebf0 !important; }}
  .quiet {{ color: #9aa4b2 !important; }}
}}
</style>
</head>
<body class="page" style="margin:0;padding:24px 12px;background:#f3f5f8">
<div style="display:none;max-height:0;overflow:hidden">{preview}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px"><tr>
<td class="sheet" style="padding:32px;border-radius:12px;background:#ffffff;color:#1b2028;\
font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<p style="margin:0 0 24px;font-weight:700">Wireroom</p>
{paragraphs}{button}
<p class="quiet" style="margin:24px 0 0;font-size:13px;color:#5b6472">{reason}</p>
</td></tr></table>
</td></tr></table>
</body>
</html>
"""
"""Styles stand inline, since mail readers drop most of what a head says; what a dark one needs stands there."""
