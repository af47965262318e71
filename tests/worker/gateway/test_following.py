"""Channels and supergroups are asked for while somebody looks at them, and only then (product.md 6: live)."""

import asyncio

import pytest
from telethon._updates import messagebox

from chalicelib.features.chats import use_cases as chats
from chalicelib.kernel import ids
from chalicelib.kernel.ids import AccountId, WorkspaceId
from dev.telegram import Emulator, Fault
from dev.telegram.world import writing
from dev.telegram.world.people import Channel, User
from session_worker.connections.connection import LiveConnection
from session_worker.messaging import following
from tests.scene import Person
from tests.worker.gateway.browser import LiveBrowser, Refused
from tests.worker.gateway.stage import Stage, chat_with, eventually, owner_and_workspace

ASK = "updates.GetChannelDifference"
NEVER_S = 3600


class Reader:
    """Anna at her browser, and a channel of Boris's of which Telegram pushes her nothing."""

    stage: Stage
    person: Person
    workspace_id: WorkspaceId
    account_id: AccountId
    anna: User
    boris: User
    news: Channel
    browser: LiveBrowser

    @property
    def telegram(self) -> Emulator:
        return self.stage.telegram

    @property
    def asked(self) -> int:
        """How often any channel was asked for."""
        return self.telegram.calls[ASK]

    @property
    def live(self) -> LiveConnection:
        return self.stage.live(self.person, self.workspace_id, self.account_id)

    def post(self, text: str) -> None:
        self.telegram.post(self.boris, self.news, text)

    async def open(self, channel: Channel | None = None, browser: LiveBrowser | None = None) -> None:
        """Open a chat as the web app does: say that it is shown, and read its newest page."""
        chat_id = chat_with(self.account_id, channel or self.news)
        at = browser or self.browser
        await asyncio.gather(
            at.ask("chat.watch", chat_id=chat_id), at.ask("chat.history", chat_id=chat_id, before_id=None, limit=10)
        )

    async def hears(self, text: str, browser: LiveBrowser | None = None) -> None:
        event = await (browser or self.browser).hear("message.new")
        assert event["message"]["text"] == text

    def unread(self) -> int:
        """What the channel's row counts."""
        tenant = self.person.handle(self.workspace_id)
        cards = chats.list_chats(self.account_id, limit=20, cursor=None, tenant=tenant).items
        return next(card.private.unread_count for card in cards if card.title == "News" and card.private is not None)


@pytest.fixture
async def reader(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Reader:
    monkeypatch.setattr(following, "SOONEST_S", 0.1)
    made = Reader()
    made.stage = stage
    made.person, made.workspace_id = owner_and_workspace()
    world = stage.telegram.world
    made.anna, made.boris = world.add_user("Anna"), world.add_user("Boris")
    made.news = world.add_channel("News", made.boris, [made.anna], at=stage.telegram.clock(), broadcast=True)
    made.news.withheld = True
    made.post("old news")
    stage.telegram.rules.poll_after_s = 1
    made.account_id = await stage.connect(made.person, made.workspace_id, made.anna)
    made.browser = await stage.enter(made.person, made.workspace_id)
    return made


async def test_a_channel_telegram_does_not_push_is_live_while_it_is_looked_at(reader: Reader) -> None:
    await reader.open()
    await eventually(lambda: reader.asked >= 1)
    reader.post("one")
    await reader.hears("one")
    await eventually(lambda: reader.unread() == 2)
    reader.post("two")
    await reader.hears("two")
    assert reader.browser.heard("message.new") == []


async def test_its_edits_and_deletions_are_live_too(reader: Reader) -> None:
    doomed = reader.telegram.post(reader.boris, reader.news, "doomed")
    kept = reader.telegram.post(reader.boris, reader.news, "kept")
    await reader.open()
    await eventually(lambda: reader.asked >= 1)
    world, now = reader.telegram.world, reader.telegram.clock()
    writing.edit(world, reader.news, kept, writing.Draft(text="corrected"), now)
    writing.delete(world, reader.news, [doomed.id], for_all=True)
    edited, deleted = await reader.browser.hear("message.edited"), await reader.browser.hear("message.deleted")
    assert (edited["message"]["id"], edited["message"]["text"]) == (kept.id, "corrected")
    assert (deleted["chat_id"], deleted["message_ids"]) == (chat_with(reader.account_id, reader.news), [doomed.id])


async def test_what_is_posted_between_reading_a_channel_and_asking_for_it_is_told(reader: Reader) -> None:
    await reader.open()
    reader.post("at once")
    await reader.hears("at once")
    assert reader.telegram.calls["messages.GetHistory"] == 1, "where it stands was known from the page"


async def test_a_channel_nobody_looks_at_is_not_asked_for(reader: Reader) -> None:
    world, at = reader.telegram.world, reader.telegram.clock()
    other = world.add_channel("Other", reader.boris, [reader.anna], at=at)
    reader.telegram.post(reader.boris, other, "hello")
    await reader.hears("hello")
    chat_id = chat_with(reader.account_id, reader.news)
    await reader.browser.ask("chat.history", chat_id=chat_id, before_id=None, limit=10)
    reader.telegram.trace = []
    await reader.open(other)
    await eventually(lambda: reader.asked >= 2)
    asked = [request.channel.channel_id for _, name, request in reader.telegram.trace if name == ASK]
    assert set(asked) == {other.id}


@pytest.mark.parametrize("ending", ["turns away", "leaves"])
async def test_asking_ends_when_the_last_browser_looks_no_more(reader: Reader, ending: str) -> None:
    second = await reader.stage.enter(reader.person, reader.workspace_id)
    await reader.open()
    await reader.open(browser=second)
    await eventually(lambda: reader.asked >= 1)
    await second.ask("chat.watch", chat_id=None)
    await eventually_more(reader)
    if ending == "leaves":
        await reader.browser.close()
    else:
        await reader.browser.ask("chat.watch", chat_id=None)
    await eventually(lambda: not reader.stage.worker._following._asking)
    assert not reader.stage.worker._following._looking


async def eventually_more(reader: Reader) -> None:
    """Another question was asked."""
    asked = reader.asked
    await eventually(lambda: reader.asked > asked)


async def test_two_browsers_of_a_member_ask_once(reader: Reader) -> None:
    reader.telegram.rules.poll_after_s = NEVER_S
    second = await reader.stage.enter(reader.person, reader.workspace_id)
    await reader.open()
    await reader.open(browser=second)
    await eventually(lambda: reader.asked == 1)
    await second.ask("ping")
    assert len(reader.stage.worker._following._asking) == 1


async def test_a_wait_telegram_asks_for_is_kept(reader: Reader) -> None:
    reader.telegram.fault(Fault(method=ASK, error="FLOOD_WAIT_3600", times=1))
    await reader.open()
    await eventually(lambda: reader.asked == 1)
    await reader.browser.ask("chat.watch", chat_id=None)
    await reader.open()  # who looks anew waits as well
    [asking] = reader.stage.worker._following._asking.values()
    await asyncio.wait({asking}, timeout=0.5)
    assert (reader.asked, asking.done()) == (1, False)


async def test_it_goes_on_over_a_broken_line(reader: Reader) -> None:
    await reader.open()
    await eventually(lambda: reader.asked >= 1)
    reader.telegram.cut(reader.anna)
    reader.post("meanwhile")
    await reader.hears("meanwhile")
    await reader.browser.hear("connection.changed", lambda event: event["state"] == "connected")
    reader.post("after")
    await reader.hears("after")


async def test_what_is_pushed_while_a_channel_is_asked_for_is_told_once(reader: Reader) -> None:
    await reader.open()
    await eventually(lambda: reader.asked >= 1)
    asked = reader.asked
    reader.telegram.fault(Fault(method=ASK, delay_s=0.5, times=1))  # the answer is of after the pushes
    await eventually(lambda: reader.asked > asked)
    reader.news.withheld = False
    texts = ["one", "two"]
    for text in texts:
        reader.post(text)
    await eventually(lambda: reader.asked > asked + 2)
    assert [event["message"]["text"] for event in reader.browser.heard("message.new")] == texts


async def test_a_backlog_longer_than_one_answer_comes_in_its_order(reader: Reader) -> None:
    await reader.open()
    await eventually(lambda: reader.asked >= 1)
    texts = [f"post {number}" for number in range(250)]
    for text in texts:
        reader.post(text)
    await eventually(lambda: len(reader.browser.heard("message.new")) == len(texts))
    assert [event["message"]["text"] for event in reader.browser.heard("message.new")] == texts


async def test_a_channel_too_far_ahead_is_told_to_be_read_anew(reader: Reader) -> None:
    await reader.open()
    await eventually(lambda: reader.asked >= 1)
    reader.telegram.rules.channel_difference_reach = 2
    for number in range(5):
        reader.post(f"post {number}")
    missed = await reader.browser.hear("chat.missed")
    assert missed["chat_id"] == chat_with(reader.account_id, reader.news)
    await eventually(lambda: reader.unread() == 6)
    reader.post("and on")
    await reader.hears("and on")


async def test_a_channel_one_is_thrown_out_of_is_not_asked_for_again(reader: Reader) -> None:
    await reader.open()
    await eventually(lambda: reader.asked >= 1)
    del reader.news.members[reader.anna.id]
    [asking] = reader.stage.worker._following._asking.values()
    await eventually(asking.done)


async def test_nothing_is_asked_for_a_chat_that_is_not_theirs_and_what_was_shown_before_is_over(reader: Reader) -> None:
    await reader.open()
    foreign = chat_with(AccountId(ids.mint()), reader.news)
    for chat_id in (foreign, "nothing that could be a chat"):
        with pytest.raises(Refused) as refusal:
            await reader.browser.ask("chat.watch", chat_id=chat_id)
        assert refusal.value.code == "not-found"
    assert not reader.stage.worker._following._asking


async def test_a_private_chat_is_not_asked_for(reader: Reader) -> None:
    reader.telegram.post(reader.boris, reader.anna, "hello")
    await reader.hears("hello")
    await reader.browser.ask("chat.watch", chat_id=chat_with(reader.account_id, reader.boris))
    [asking] = reader.stage.worker._following._asking.values()
    await eventually(asking.done)
    assert reader.asked == 0


async def test_silent_channels_cost_nothing_however_long_they_are_silent(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telethon would ask for each every quarter of an hour."""
    monkeypatch.setattr(messagebox, "NO_UPDATES_TIMEOUT", 0.2)
    reader.news.withheld = False
    reader.post("known from now on")
    await reader.hears("known from now on")
    assert reader.live.client.channel_pts(reader.news.id) is not None
    reader.telegram.post(reader.boris, reader.anna, "hello")  # sets the clock by the shorter time
    reader.telegram.cut(reader.anna)
    await reader.browser.hear("connection.changed", lambda event: event["state"] == "connected")
    await rounds(reader, 8)  # what happened within the second of catching up is told again in the first of them
    asked = reader.asked
    await rounds(reader, 5)
    assert reader.asked == asked


async def rounds(reader: Reader, count: int) -> None:
    """The account itself was asked for so often, as nothing came."""
    before = reader.telegram.calls["updates.GetDifference"]
    await eventually(lambda: reader.telegram.calls["updates.GetDifference"] >= before + count)
