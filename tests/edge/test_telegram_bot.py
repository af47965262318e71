"""The reminder bot: linked by a code, unlinked, and what it tells on Telegram, once."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib import due_work, settings
from chalicelib.adapters.telegram_bot import SECRET_HEADER, Bot, link_to, secret_of
from chalicelib.features.delivery.jobs import write
from chalicelib.features.delivery.model import CODE_LIFE, WRITE
from chalicelib.features.notifications.model import NoticeKind
from chalicelib.services import Services
from chalicelib.settings import ReminderBot
from chalicelib.table.due import CLAIM_S, Due, Lane, Poller
from dev.telegram_bot import BotApi
from infra import bot_webhook
from tests import bots, scene
from tests.api_client import Answer, ApiClient
from tests.hand_clock import HandClock
from tests.handlers import Dropping
from tests.local_aws import LocalAws
from tests.people import Mailbox, People, Person, deliver

CHAT = 4711


@pytest.fixture
def bot(on_test_clock: Services) -> Iterator[BotApi]:
    with bots.running() as running:
        yield running


class Linked:
    """Ada, and her way to the bot."""

    def __init__(self, api: ApiClient, ada: Person, bot: BotApi, clock: HandClock) -> None:
        self.api, self.ada, self.bot, self.clock = api, ada, bot, clock
        [self.chat] = scene.chats_of(ada.workspace_id, scene.an_account(ada.workspace_id), 1)

    def code(self) -> dict[str, Any]:
        """A fresh one."""
        answer = self.api.post("/me/telegram-bot/codes", None, self.ada.browser)
        assert answer.status == 201, answer.body
        found: dict[str, Any] = answer.body
        return found

    def say(self, text: str, chat_type: str = "private", secret: str | None = None) -> Answer:
        """Write to the bot, and have Telegram tell of it."""
        account = settings.current().bot
        assert account is not None
        raw = json.dumps(self.bot.update(CHAT, text, chat_type)).encode()
        headers = {SECRET_HEADER: secret_of(account) if secret is None else secret, "Origin": None}
        return self.api.request("POST", "/hooks/telegram-bot", raw=raw, headers=headers)

    def link(self) -> None:
        """Link the chat."""
        assert self.say(f"/start {self.code()['code']}").status == 204
        self.bot.sent.clear()

    def state(self) -> str:
        """How Ada stands with the bot."""
        return str(self.api.get("/me/telegram-bot", self.ada.browser).body["state"])

    def tell(self, kind: NoticeKind = NoticeKind.REMINDER_DUE) -> str:
        """Have something happen that Ada is told of."""
        return scene.a_notice(self.ada.workspace_id, self.ada.user_id, self.chat.id, kind=kind, now=self.clock)


@pytest.fixture
def linked(api: ApiClient, people: People, bot: BotApi, clock: HandClock) -> Linked:
    made = Linked(api, people.new("Ada"), bot, clock)
    deliver()
    made.link()
    return made


@pytest.fixture
def not_yet(api: ApiClient, people: People, bot: BotApi, clock: HandClock) -> Linked:
    return Linked(api, people.new("Ada"), bot, clock)


def test_a_code_links_the_chat_that_shows_it_and_the_bot_says_so(not_yet: Linked) -> None:
    """By the reminder bot on Telegram once the person links it (product.md section 7)."""
    assert not_yet.state() == "not_linked"
    code = not_yet.code()
    assert code["link"].endswith(f"/t.me/{bots.NAME}?start={code['code']}")
    assert link_to(ReminderBot(token="t", name="bot"), "code") == "https://t.me/bot?start=code"
    assert not_yet.say(f"/start {code['code']}").status == 204
    assert not_yet.state() == "linked"
    [said] = not_yet.bot.sent
    assert (said["chat_id"], said["text"][:15]) == (CHAT, "You are linked.")
    kinds = [each["kind"] for each in not_yet.api.get("/me/log", not_yet.ada.browser).body["entries"]]
    assert kinds.count("telegram_bot.linked") == 1


def test_a_code_is_good_once(not_yet: Linked) -> None:
    text = f"/start {not_yet.code()['code']}"
    not_yet.say(text)
    not_yet.say(text)
    assert [each["text"].startswith("This link is no good") for each in not_yet.bot.sent] == [False, True]


def test_a_code_is_good_for_ten_minutes(not_yet: Linked) -> None:
    code = not_yet.code()
    not_yet.clock.advance(CODE_LIFE)
    not_yet.say(f"/start {code['code']}")
    assert not_yet.state() == "not_linked"


@pytest.mark.parametrize(
    ("text", "chat_type"), [("/start", "private"), ("hello", "private"), ("/start {code}", "group")]
)
def test_what_is_no_greeting_in_a_chat_of_their_own_links_nothing(not_yet: Linked, text: str, chat_type: str) -> None:
    said = not_yet.say(text.format(code=not_yet.code()["code"]), chat_type)
    assert (said.status, not_yet.state(), not_yet.bot.sent) == (204, "not_linked", [])


def test_an_update_that_another_made_up_is_refused(not_yet: Linked) -> None:
    for secret in ("", "x", "ü", bots.TOKEN):
        answer = not_yet.say(f"/start {not_yet.code()['code']}", secret=secret)
        assert (answer.status, answer.code) == (403, "telegram-bot-hook-refused")
    assert not_yet.state() == "not_linked"


def test_where_there_is_no_bot_that_way_is_not_configured(api: ApiClient, people: People) -> None:
    ada = people.new("Ada")
    assert api.get("/me/telegram-bot", ada.browser).body == {
        "state": "not_configured",
        "name": None,
        "linked_at": None,
    }
    assert api.post("/me/telegram-bot/codes", None, ada.browser).code == "telegram-bot-not-configured"
    hook = api.request("POST", "/hooks/telegram-bot", raw=b"{}", headers={SECRET_HEADER: "x"})
    assert hook.code == "telegram-bot-not-configured"


def test_a_reminder_is_told_there_once_with_who_and_where_and_a_way_there(linked: Linked) -> None:
    """Delivered in the app, by e-mail, and by the reminder bot on Telegram (product.md section 7)."""
    linked.tell()
    deliver()
    deliver()
    [said] = linked.bot.sent
    sentence, address = said["text"].split("\n")
    assert (said["chat_id"], sentence) == (CHAT, "You wanted to be reminded of “Contact 1”")
    assert address.endswith(f"/w/{linked.ada.workspace_id}/chats?peek={linked.chat.id}")


def test_who_has_not_linked_it_or_does_not_want_it_gets_nothing(linked: Linked) -> None:
    """Per-kind settings for app, e-mail, Telegram (product.md section 7)."""
    body = {"kinds": {"reminder.due": ["app", "email"]}, "quiet_hours": None}
    assert linked.api.put("/me/notifications", body, linked.ada.browser).status == 200
    linked.tell()
    deliver()
    assert linked.bot.sent == []


def test_unlinked_it_says_nothing_more(linked: Linked) -> None:
    for _ in range(2):
        assert linked.api.delete("/me/telegram-bot", linked.ada.browser).status == 204
    linked.tell()
    deliver()
    assert (linked.state(), linked.bot.sent) == ("not_linked", [])


def test_who_blocks_the_bot_is_written_to_no_more_until_they_link_it_anew(linked: Linked) -> None:
    linked.bot.block(CHAT)
    linked.tell()
    deliver()
    assert linked.state() == "blocked"
    assert linked.say(f"/start {linked.code()['code']}").status == 204
    assert linked.state() == "linked"


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("dies_after", [False, True])
def test_killed_before_or_after_it_was_written_one_message_arrives(
    linked: Linked, on_test_clock: Services, dies_after: bool
) -> None:
    def die(work: Due) -> None:
        if dies_after:
            write(work)
        raise Killed

    linked.tell()
    due_work.postman().tick()
    doomed = Dropping()
    doomed[WRITE] = die
    with pytest.raises(Killed):
        Poller(doomed, on_test_clock.installation, lane=Lane.BOT).tick()
    linked.clock.advance(timedelta(seconds=CLAIM_S))
    deliver()
    assert len(linked.bot.sent) == 1


def test_a_pause_that_telegram_wants_is_kept_to_the_second(linked: Linked) -> None:
    linked.bot.faults.append({"status": 429, "retry_after": 90})
    linked.tell()
    deliver()
    linked.clock.advance(timedelta(seconds=89))
    deliver()
    assert linked.bot.sent == []
    linked.clock.advance(timedelta(seconds=1))
    deliver()
    assert len(linked.bot.sent) == 1


@pytest.mark.parametrize("fault", [{"status": 500}, {"status": 401}])
def test_while_telegram_is_away_it_waits_mail_does_not_and_then_it_goes_once(
    linked: Linked, fault: dict[str, Any], mailbox: Mailbox
) -> None:
    linked.bot.faults.append(fault)
    linked.tell()
    deliver()
    assert linked.bot.sent == []
    assert len([each for each in mailbox.of(linked.ada.email) if "Contact 1" in each["Subject"]]) == 1
    linked.clock.advance(timedelta(minutes=5))
    deliver()
    assert len(linked.bot.sent) == 1


def test_the_token_and_a_code_stand_in_no_log_and_the_code_not_in_the_table(
    linked: Linked, logged: Callable[[], str], local_aws: LocalAws
) -> None:
    """No secret, token or code in logs: planted, and looked for."""
    code = linked.code()["code"]
    linked.bot.faults.append({"status": 500})
    linked.say(f"/start {code}")
    linked.tell()
    deliver()
    lines = logged()
    assert (bots.TOKEN in lines, code in lines) == (False, False)
    found = local_aws.client("dynamodb").scan(TableName=local_aws.outputs["TableName"])
    assert code not in str(found["Items"])


def test_the_operator_has_telegram_tell_of_what_the_bot_hears(
    bot: BotApi, capsys: pytest.CaptureFixture[str], local_aws: LocalAws
) -> None:
    bot_webhook.main(["--origin", "https://crm.example/"])
    account = settings.current().bot
    assert account is not None
    assert bot.webhook == {
        "url": "https://crm.example/api/hooks/telegram-bot",
        "secret_token": secret_of(account),
        "allowed_updates": ["message"],
    }
    assert bots.TOKEN not in capsys.readouterr().out
    assert bots.TOKEN not in repr(account) + repr(settings.current()) + repr(Bot(account))
