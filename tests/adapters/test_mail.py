"""Letters go out as text and as HTML, with nothing in them that a mail reader would run."""

from typing import Any

from chalicelib.adapters.mail import Letter, Mail
from chalicelib.kernel import ids
from chalicelib.table import aws
from tests.local_aws import LocalAws
from tests.people import Mailbox


def test_a_letter_is_text_and_html(mailbox: Mailbox) -> None:
    to = f"{ids.mint().lower()}@example.com"
    Mail().send(
        Letter(
            to=to,
            subject="Hello <b>\U0001f98a",
            paragraphs=("First <script>alert(1)</script>", "Second"),
            link='https://x.example/#a"b',
            link_text="Open <it>",
        )
    )
    [letter] = mailbox.of(to)
    assert letter["Subject"] == "Hello <b>\U0001f98a"
    assert letter["BodyText"] == ('First <script>alert(1)</script>\n\nSecond\n\nOpen <it>: https://x.example/#a"b\n')
    assert "<script>" not in letter["BodyHtml"]
    assert 'href="https://x.example/#a&quot;b"' in letter["BodyHtml"]


def test_an_answer_goes_where_the_letter_says(local_aws: LocalAws) -> None:
    asked: list[list[str]] = []

    def note(params: dict[str, Any], **_: object) -> None:
        asked.append(params["ReplyToAddresses"])

    events = aws.client("sesv2").meta.events
    events.register("provide-client-params.sesv2.SendEmail", note)
    try:
        for reply_to in ("ada@example.com", ""):
            Mail().send(Letter(to="desk@example.com", subject="Hello", paragraphs=("Hello",), reply_to=reply_to))
    finally:
        events.unregister("provide-client-params.sesv2.SendEmail", note)
    assert asked == [["ada@example.com"], []]
