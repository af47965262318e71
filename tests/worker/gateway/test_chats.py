"""Reading and writing in chats through a socket."""

import pytest

from chalicelib.features.chats import use_cases as chats
from chalicelib.kernel import ids
from dev.telegram import Emulator, files
from dev.telegram.world import writing
from dev.telegram.world.boxes import Media
from tests.worker.gateway.browser import Refused
from tests.worker.gateway.stage import Stage, chat_with, eventually, owner_and_workspace, texts_of


def a_document(telegram: Emulator, content: bytes, *, name: str, mime: str) -> Media:
    """A file in the world."""
    return files.keep(
        telegram.world,
        content,
        kind="document",
        mime=mime,
        dc=2,
        at=telegram.clock(),
        rng=telegram.rng,
        attributes=files.named(name),
    )


async def test_history_comes_in_pages_newest_last(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    for number in range(5):
        stage.telegram.post(boris, anna, f"message {number}")
    account_id = await stage.connect(person, workspace_id, anna)
    browser = await stage.enter(person, workspace_id)
    chat_id = chat_with(account_id, boris)
    newest = await browser.ask("chat.history", chat_id=chat_id, before_id=None, limit=3)
    assert [message["text"] for message in newest["messages"]] == ["message 2", "message 3", "message 4"]
    assert newest["has_more"]
    older = await browser.ask("chat.history", chat_id=chat_id, before_id=newest["messages"][0]["id"], limit=3)
    assert [message["text"] for message in older["messages"]] == ["message 0", "message 1"]
    assert not older["has_more"]
    assert older["messages"][0]["direction"] == "in"
    assert older["messages"][0]["sender"]["name"] == "Boris"


async def test_previews_are_the_newest_message_of_each_chat(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    world = stage.telegram.world
    anna, boris, clara = world.add_user("Anna"), world.add_user("Boris"), world.add_user("Clara")
    stage.telegram.post(boris, anna, "old")
    stage.telegram.post(boris, anna, "from Boris")
    stage.telegram.post(anna, clara, "to Clara")
    account_id = await stage.connect(person, workspace_id, anna)
    browser = await stage.enter(person, workspace_id)
    for asked in ({}, {"account_id": account_id}):
        previews = (await browser.ask("chat.previews", **asked))["previews"]
        assert previews[chat_with(account_id, boris)]["text"] == "from Boris"
        assert previews[chat_with(account_id, clara)]["direction"] == "out"


async def test_a_text_is_sent_once_and_reaches_both_browsers_of_its_sender(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    stage.telegram.post(boris, anna, "hello")
    account_id = await stage.connect(person, workspace_id, anna)
    chat_id, client_id = chat_with(account_id, boris), ids.mint()
    desk, phone = await stage.enter(person, workspace_id), await stage.enter(person, workspace_id)
    sent = await desk.ask("message.send", chat_id=chat_id, client_id=client_id, text="Good day 👋")
    assert sent["state"] == "sent"
    assert (sent["message"]["text"], sent["message"]["client_id"]) == ("Good day 👋", client_id)
    for browser in (desk, phone):
        event = await browser.hear("message.new")
        assert event["message"] == sent["message"]
    assert texts_of(boris) == ["hello", "Good day 👋"]


async def test_an_incoming_message_is_pushed_to_every_browser_of_its_owner(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    stage.telegram.post(boris, anna, "hello")
    account_id = await stage.connect(person, workspace_id, anna)
    browsers = [await stage.enter(person, workspace_id) for _ in range(2)]
    stage.telegram.post(boris, anna, "are you there?")
    for browser in browsers:
        event = await browser.hear("message.new")
        assert event["chat_id"] == chat_with(account_id, boris)
        assert (event["message"]["text"], event["message"]["direction"]) == ("are you there?", "in")


async def test_an_edit_and_a_deletion_reach_telegram_and_the_other_browser(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    message = stage.telegram.post(anna, boris, "tpyo")
    account_id = await stage.connect(person, workspace_id, anna)
    chat_id = chat_with(account_id, boris)
    desk, phone = await stage.enter(person, workspace_id), await stage.enter(person, workspace_id)
    edited = await desk.ask("message.edit", chat_id=chat_id, message_id=message.id, text="typo")
    assert edited["message"]["text"] == "typo"
    assert (await phone.hear("message.edited"))["message"]["text"] == "typo"
    assert texts_of(boris) == ["typo"]
    unchanged = await desk.ask("message.edit", chat_id=chat_id, message_id=message.id, text="typo")
    assert unchanged["message"]["text"] == "typo"
    assert await desk.ask("message.delete", chat_id=chat_id, message_ids=[message.id]) == {}
    told = await phone.hear("message.deleted")
    assert (told["account_id"], told["chat_id"], told["message_ids"]) == (account_id, chat_id, [message.id])
    assert texts_of(boris) == []


@pytest.mark.parametrize("seen_by", ["chat.history", "chat.previews", "message.send"])
async def test_a_deletion_elsewhere_of_what_a_browser_was_shown_names_its_chat(stage: Stage, seen_by: str) -> None:
    person, workspace_id = owner_and_workspace()
    world = stage.telegram.world
    anna, boris = world.add_user("Anna"), world.add_user("Boris")
    message_id = stage.telegram.post(anna, boris, "hello").id
    account_id = await stage.connect(person, workspace_id, anna)
    browser = await stage.enter(person, workspace_id)
    chat_id = chat_with(account_id, boris)
    match seen_by:
        case "chat.history":
            await browser.ask(seen_by, chat_id=chat_id, before_id=None, limit=10)
        case "chat.previews":
            await browser.ask(seen_by)
        case _:
            sent = await browser.ask(seen_by, chat_id=chat_id, client_id=ids.mint(), text="hi")
            message_id = sent["message"]["id"]
    stage.telegram.tell(writing.delete(world, anna, [message_id], for_all=True))
    told = await browser.hear("message.deleted")
    assert (told["account_id"], told["chat_id"], told["message_ids"]) == (account_id, chat_id, [message_id])


async def test_an_id_of_another_chat_is_not_edited_deleted_or_opened(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    world = stage.telegram.world
    anna, boris, clara = world.add_user("Anna"), world.add_user("Boris"), world.add_user("Clara")
    stage.telegram.post(anna, boris, "to Boris")
    elsewhere = stage.telegram.post(anna, clara, "to Clara")
    account_id = await stage.connect(person, workspace_id, anna)
    browser = await stage.enter(person, workspace_id)
    chat_id = chat_with(account_id, boris)
    assert await browser.ask("message.delete", chat_id=chat_id, message_ids=[elsewhere.id]) == {}
    assert texts_of(clara) == ["to Clara"]
    with pytest.raises(Refused) as refusal:
        await browser.ask("media.open", chat_id=chat_id, message_id=elsewhere.id)
    assert refusal.value.code == "not-found"
    with pytest.raises(Refused) as refusal:
        await browser.ask("message.edit", chat_id=chat_id, message_id=elsewhere.id, text="changed")
    assert texts_of(clara) == ["to Clara"]


async def test_reading_marks_the_chat_read_at_telegram_and_in_its_row(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    for number in range(3):
        stage.telegram.post(boris, anna, f"message {number}")
    account_id = await stage.connect(person, workspace_id, anna)
    chat_id = chat_with(account_id, boris)
    desk, phone = await stage.enter(person, workspace_id), await stage.enter(person, workspace_id)
    newest = (await desk.ask("chat.history", chat_id=chat_id, before_id=None, limit=1))["messages"][0]["id"]
    assert await desk.ask("chat.read", chat_id=chat_id, up_to_id=newest - 1) == {"unread_count": 1}
    assert (await phone.hear("chat.read"))["unread_count"] == 1
    assert await desk.ask("chat.read", chat_id=chat_id, up_to_id=newest) == {"unread_count": 0}
    assert anna.dialogs[boris.peer].unread == 0
    handle = person.handle(workspace_id)

    def unread() -> int | None:
        side = chats.chat_card(chat_id, tenant=handle).private
        return None if side is None else side.unread_count

    await eventually(lambda: unread() == 0)


async def test_a_file_is_opened_by_a_link_that_shows_exactly_its_bytes(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    world = stage.telegram.world
    anna, boris = world.add_user("Anna"), world.add_user("Boris")
    content = bytes(range(256)) * 5_000
    media = a_document(stage.telegram, content, name="Übersicht 1.pdf", mime="application/pdf")
    stage.telegram.post(boris, anna, "see here", media=media)
    account_id = await stage.connect(person, workspace_id, anna)
    browser = await stage.enter(person, workspace_id)
    copy = max(anna.box.messages)
    opened = await browser.ask("media.open", chat_id=chat_with(account_id, boris), message_id=copy)
    assert (opened["name"], opened["size"], opened["mime"]) == ("Übersicht 1.pdf", len(content), "application/pdf")
    assert await stage.fetch(opened["url"]) == content
    fetched = stage.telegram.calls["upload.GetFile"]
    again = await browser.ask("media.open", chat_id=chat_with(account_id, boris), message_id=copy)
    assert await stage.fetch(again["url"]) == content
    assert stage.telegram.calls["upload.GetFile"] == fetched


async def test_a_chat_nobody_knows_is_not_found(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    anna = stage.telegram.world.add_user("Anna")
    account_id = await stage.connect(person, workspace_id, anna)
    browser = await stage.enter(person, workspace_id)
    for chat_id in ("", "x", "A" * 26, account_id, account_id + "0" * 16, "0" * 42, "Ы" * 42):
        with pytest.raises(Refused) as refusal:
            await browser.ask("chat.history", chat_id=chat_id, before_id=None, limit=10)
        assert refusal.value.code == "not-found"
