"""Sending e-mail through SES. Letters are written by the slices; this room only carries them."""

from html import escape
from typing import Any

import botocore.exceptions

from chalicelib import settings
from chalicelib.kernel.errors import Unavailable
from chalicelib.kernel.records import record
from chalicelib.table import aws


@record
class Letter:
    """A mail to one person: paragraphs of plain text and, after them, at most one link.

    An answer goes to `reply_to`, where that is not the sender.
    """

    to: str
    subject: str
    paragraphs: tuple[str, ...]
    link: str = ""
    link_text: str = ""
    reply_to: str = ""


class Mail:
    """Carries letters. A failure to send is the caller's to repeat: SES takes a letter or it is not on its way."""

    def send(self, letter: Letter) -> None:
        """Hand one letter to SES, as text and as HTML.

        Raises:
            Unavailable: SES did not take it.
        """
        try:
            aws.client("sesv2").send_email(
                FromEmailAddress=settings.current().mail_from,
                Destination={"ToAddresses": [letter.to]},
                ReplyToAddresses=[letter.reply_to] if letter.reply_to else [],
                Content={"Simple": _content(letter)},
            )
        except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError) as refusal:
            raise Unavailable("The letter could not be sent.") from refusal


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
    return "\n\n".join([*letter.paragraphs, *link]) + "\n"


def _as_html(letter: Letter) -> str:
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in letter.paragraphs)
    link = f'<p><a href="{escape(letter.link)}">{escape(letter.link_text)}</a></p>' if letter.link else ""
    return f'<!doctype html><html><body style="font:16px/1.5 sans-serif">{paragraphs}{link}</body></html>'
