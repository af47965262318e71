"""Letters go out as text and as HTML, with nothing in them that a mail reader would run."""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from chalicelib.adapters.mail import Letter, Mail
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Unavailable
from chalicelib.table import aws
from tests.people import Mailbox


def a_letter(**changes: object) -> Letter:
    """A letter full of what a careless reader would run."""
    written: dict[str, object] = {
        "to": f"{ids.mint().lower()}@example.com",
        "subject": "Hello <b>\U0001f98a",
        "paragraphs": ("First <script>alert(1)</script> {subject}", "Second"),
        "link": 'https://x.example/#a"b',
        "link_text": "Open <it>",
        "reason": "Because <i>",
    }
    return Letter(**(written | changes))  # type: ignore[arg-type]


class Tags(HTMLParser):
    """What a page is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def test_a_letter_is_text_and_html(mailbox: Mailbox) -> None:
    letter = a_letter()
    Mail().send(letter)
    [sent] = mailbox.of(letter.to)
    assert sent["Subject"] == "Hello <b>\U0001f98a"
    assert sent["BodyText"] == (
        'First <script>alert(1)</script> {subject}\n\nSecond\n\nOpen <it>: https://x.example/#a"b\n\n-- \nBecause <i>\n'
    )


def test_what_people_wrote_stays_text_in_the_html(mailbox: Mailbox) -> None:
    letter = a_letter()
    Mail().send(letter)
    page = Tags(mailbox.of(letter.to)[0]["BodyHtml"])
    assert set(page.found) <= {"html", "head", "meta", "title", "style", "body", "div", "table", "tr", "td", "p", "a"}
    assert page.links == ['https://x.example/#a"b']


def test_it_loads_nothing_and_says_why_it_came(mailbox: Mailbox) -> None:
    letter = a_letter(link="", link_text="", preview="What it is about")
    Mail().send(letter)
    html = mailbox.of(letter.to)[0]["BodyHtml"]
    assert "url(" not in html
    assert Tags(html).links == []
    assert "Because &lt;i&gt;" in html
    assert html.index("What it is about") < html.index("First")
    assert "prefers-color-scheme: dark" in html


@pytest.fixture
def refusing(mailbox: Mailbox) -> Iterator[list[str]]:
    """SES answers each letter with the last of these codes."""
    codes: list[str] = []

    def refuse(**_: object) -> None:
        raise ClientError({"Error": {"Code": codes[-1], "Message": "no"}}, "SendEmail")

    events = aws.client("sesv2").meta.events
    events.register("before-call.sesv2.SendEmail", refuse)
    yield codes
    events.unregister("before-call.sesv2.SendEmail", refuse)


def test_a_letter_ses_refuses_for_good_is_dropped_and_logged(refusing: list[str], logged: Callable[[], str]) -> None:
    refusing.append("BadRequestException")
    letter = a_letter()
    Mail().send(letter)
    assert "letter.refused" in logged()
    assert letter.to not in logged()


def test_a_letter_that_hangs_is_not_sent_again_behind_its_sender_s_back(mailbox: Mailbox) -> None:
    sent: list[object] = []

    def hang(**parameters: object) -> None:
        sent.append(parameters)
        raise ReadTimeoutError(endpoint_url="http://mail")

    events = aws.client("sesv2").meta.events
    events.register("before-send.sesv2.SendEmail", hang)
    try:
        with pytest.raises(Unavailable):
            Mail().send(a_letter())
    finally:
        events.unregister("before-send.sesv2.SendEmail", hang)
    assert len(sent) == 1


@pytest.mark.parametrize("code", ["TooManyRequestsException", "MessageRejected", "AccountSuspendedException"])
def test_a_letter_ses_did_not_take_is_the_caller_s_to_send_again(refusing: list[str], code: str) -> None:
    refusing.append(code)
    with pytest.raises(Unavailable):
        Mail().send(a_letter())


@pytest.mark.parametrize(
    "code",
    ["MessageRejected", "AccountSuspendedException", "MailFromDomainNotVerifiedException", "SendingPausedException"],
)
def test_what_keeps_every_letter_from_going_out_asks_for_a_person(
    refusing: list[str], caplog: pytest.LogCaptureFixture, code: str
) -> None:
    refusing.append(code)
    letter = a_letter()
    with pytest.raises(Unavailable):
        Mail().send(letter)
    assert [(line.levelname, line.message) for line in caplog.records] == [("ERROR", "mail.refused")]
    assert letter.to not in str(vars(caplog.records[0]))
