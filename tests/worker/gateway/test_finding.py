"""Finding through a socket: messages in a chat and across accounts, and people by username."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession

from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import PrivateSide
from chalicelib.kernel import ids
from chalicelib.kernel.ids import AccountId, ChatId, WorkspaceId
from chalicelib.table.tenant import Tenant
from dev.telegram import Emulator
from dev.telegram.faults import Fault
from dev.telegram.world import writing
from dev.telegram.world.people import User
from dev.telegram.world.world import SERVICE_ID
from tests.local_aws import LocalAws
from tests.scene import Person
from tests.worker.gateway.browser import LiveBrowser, Refused
from tests.worker.gateway.stage import Stage, chat_with, eventually, owner_and_workspace, texts_of
from tests.worker.gateway.test_chats import a_document

LOGIN_CODE = "Login code: 54321"


async def an_account(stage: Stage, user: User) -> tuple[Person, WorkspaceId, AccountId, LiveBrowser]:
    """Somebody who connected this Telegram user, at their browser."""
    person, workspace_id = owner_and_workspace()
    account_id = await stage.connect(person, workspace_id, user)
    return person, workspace_id, account_id, await stage.enter(person, workspace_id)


def texts(page: dict[str, Any]) -> list[str]:
    """What the messages of a page say."""
    return [message["text"] for message in page["messages"]]


async def problem_of(browser: LiveBrowser, request: str, /, **body: Any) -> dict[str, Any]:
    """What a request is refused with."""
    with pytest.raises(Refused) as refusal:
        await browser.ask(request, **body)
    return refusal.value.problem


async def test_a_search_in_a_chat_comes_in_pages_newest_first(stage: Stage) -> None:
    world = stage.telegram.world
    anna, boris, clara = world.add_user("Anna"), world.add_user("Boris"), world.add_user("Clara")
    for number in range(5):
        stage.telegram.post(boris, anna, f"Offer number {number}")
        stage.telegram.post(boris, anna, "something else")
    stage.telegram.post(clara, anna, "an offer of another chat's")
    _, _, account_id, browser = await an_account(stage, anna)
    body = {"chat_id": chat_with(account_id, boris), "words": "offer", "limit": 3}
    first = await browser.ask("chat.search", **body)
    assert texts(first) == ["Offer number 4", "Offer number 3", "Offer number 2"]
    assert first["has_more"]
    second = await browser.ask("chat.search", **body, before_id=first["messages"][-1]["id"])
    assert (texts(second), second["has_more"]) == (["Offer number 1", "Offer number 0"], False)


async def test_a_search_finds_only_what_has_photos_files_or_links(stage: Stage) -> None:
    world = stage.telegram.world
    anna, boris = world.add_user("Anna"), world.add_user("Boris")
    stage.telegram.post(boris, anna, "look")
    stage.telegram.post(boris, anna, "read", media=a_document(stage.telegram, b"x", name="a.pdf", mime="text/plain"))
    stage.telegram.post(boris, anna, "go to https://example.org")
    _, _, account_id, browser = await an_account(stage, anna)
    body = {"chat_id": chat_with(account_id, boris), "words": "", "limit": 10}
    assert texts(await browser.ask("chat.search", **body, kind="files")) == ["read"]
    assert texts(await browser.ask("chat.search", **body, kind="links")) == ["go to https://example.org"]
    assert texts(await browser.ask("chat.search", **body, kind="photos")) == []


async def test_a_message_is_shown_with_what_stands_before_and_after_it(stage: Stage) -> None:
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    for number in range(30):
        stage.telegram.post(boris, anna, str(number))
    _, _, account_id, browser = await an_account(stage, anna)
    chat = {"chat_id": chat_with(account_id, boris), "before_id": None}
    ids_by_text = {message.text: message.id for message in anna.box.messages.values()}
    middle = await browser.ask("chat.history", **chat, around_id=ids_by_text["10"], limit=6)
    assert texts(middle) == ["8", "9", "10", "11", "12", "13"]
    assert (middle["has_more"], middle["has_newer"]) == (True, True)
    start = await browser.ask("chat.history", **chat, around_id=ids_by_text["1"], limit=6)
    assert (texts(start), start["has_more"]) == (["0", "1", "2", "3", "4"], False)
    on = await browser.ask("chat.history", **chat, after_id=ids_by_text["27"], limit=6)
    assert (texts(on), on["has_newer"]) == (["28", "29"], False)
    largest = await browser.ask("chat.history", **chat, around_id=2**31 - 1, limit=4)
    assert (texts(largest)[-2:], largest["has_newer"]) == (["28", "29"], False)


async def test_all_accounts_are_searched_and_what_one_cannot_tell_is_told_beside_the_rest(stage: Stage) -> None:
    world = stage.telegram.world
    anna, carla, boris = world.add_user("Anna"), world.add_user("Carla"), world.add_user("Boris")
    group = world.add_channel("Harbour", boris, [anna, carla], at=stage.telegram.clock())
    stage.telegram.post(boris, anna, "the invoice for Anna")
    stage.telegram.post(boris, carla, "the invoice for Carla")
    stage.telegram.post(boris, group, "an invoice for all")
    person, workspace_id, annas, browser = await an_account(stage, anna)
    carlas = await stage.connect(person, workspace_id, carla)
    found = {each["account_id"]: each for each in (await search(browser, "INVOICE"))["accounts"]}
    assert {hit["message"]["text"] for hit in found[annas]["hits"]} == {"the invoice for Anna", "an invoice for all"}
    assert {hit["chat_id"] for hit in found[carlas]["hits"]} == {chat_with(carlas, boris), chat_with(carlas, group)}
    assert {hit["title"] for hit in found[annas]["hits"]} == {"Boris", "Harbour"}
    stage.telegram.fault(Fault(method="messages.SearchGlobal", user_id=carla.id, error="FLOOD_WAIT_30", times=1))
    again = {each["account_id"]: each for each in (await search(browser, "invoice"))["accounts"]}
    assert (again[annas]["problem"], len(again[annas]["hits"])) == (None, 2)
    assert (again[carlas]["problem"]["code"], again[carlas]["hits"]) == ("telegram-busy", [])


async def search(browser: LiveBrowser, words: str, **more: Any) -> dict[str, Any]:
    """A search across accounts."""
    return await browser.ask("search.messages", words=words, limit=more.pop("limit", 20), **more)


async def test_one_account_s_further_pages_follow_a_cursor(stage: Stage) -> None:
    world = stage.telegram.world
    anna, boris, clara = world.add_user("Anna"), world.add_user("Boris"), world.add_user("Clara")
    for number in range(3):
        stage.telegram.post(boris, anna, f"lamp {number} of Boris")
        stage.telegram.post(clara, anna, f"lamp {number} of Clara")
    _, _, account_id, browser = await an_account(stage, anna)
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(3):
        [page] = (await search(browser, "lamp", limit=2, account_id=account_id, cursor=cursor))["accounts"]
        seen += [hit["message"]["text"] for hit in page["hits"]]
        cursor = page["next_cursor"]
    assert sorted(seen) == sorted(message.text for message in anna.box.messages.values())
    assert cursor is None


async def test_a_search_never_tells_whether_telegram_wrote_a_code(stage: Stage) -> None:
    """What comes from 777000, forwarded or not, is neither shown nor counted (product.md section 1.5)."""
    world = stage.telegram.world
    anna, boris = world.add_user("Anna"), world.add_user("Boris")
    telegram_itself = world.users[SERVICE_ID]
    stage.telegram.post(telegram_itself, anna, LOGIN_CODE)
    forwarded = writing.Draft(text=LOGIN_CODE, forwarded_from=SERVICE_ID)
    stage.telegram.deliver(boris, anna, forwarded)
    stage.telegram.post(boris, anna, "a code that is mine: 54321")
    _, _, account_id, browser = await an_account(stage, anna)
    nothing = {"messages": [], "has_more": False}
    for words in ("54321", "5432", "99999"):
        body = {"chat_id": chat_with(account_id, telegram_itself), "words": words, "limit": 1}
        assert await browser.ask("chat.search", **body) == nothing
    for words in ("Login code: 54321", "Login code: 99999"):
        body = {"chat_id": chat_with(account_id, boris), "words": words, "limit": 1}
        assert await browser.ask("chat.search", **body) == nothing
        [page] = (await search(browser, words, limit=1))["accounts"]
        assert (page["hits"], page["next_cursor"]) == ([], None)
    [page] = (await search(browser, "54321", limit=1))["accounts"]
    assert [hit["message"]["text"] for hit in page["hits"]] == ["a code that is mine: 54321"]


async def test_a_search_answers_the_same_whether_or_not_a_code_matches(stage: Stage) -> None:
    """Else somebody who writes candidates to themselves learns the code from where a page ends (section 1.5)."""
    world = stage.telegram.world
    anna, boris = world.add_user("Anna"), world.add_user("Boris")
    forwarded = writing.Draft(text=LOGIN_CODE, forwarded_from=SERVICE_ID)
    for number in range(3):
        stage.telegram.deliver(boris, anna, forwarded)
        stage.telegram.post(boris, anna, f"candidates {number}: 54321 99999")
        stage.telegram.post(world.users[SERVICE_ID], anna, LOGIN_CODE)
    _, _, account_id, browser = await an_account(stage, anna)
    for limit in (1, 2, 3, 4):
        body = {"chat_id": chat_with(account_id, boris), "limit": limit}
        right, wrong = [await browser.ask("chat.search", **body, words=words) for words in ("54321", "99999")]
        assert (right, len(wrong["messages"]), wrong["has_more"]) == (wrong, min(limit, 3), limit < 3)
        cursor: str | None = None
        pages = 0
        while cursor is not None or pages == 0:
            about = {"limit": limit, "account_id": account_id, "cursor": cursor}
            right, wrong = [await search(browser, words, **about) for words in ("54321", "99999")]
            assert right == wrong
            [page] = wrong["accounts"]
            cursor, pages = page["next_cursor"], pages + 1
        assert pages == -(-3 // limit)


async def test_somebody_is_found_by_username_or_link(stage: Stage) -> None:
    world = stage.telegram.world
    anna, boris = world.add_user("Anna"), world.add_user("Boris", username="Boris_K")
    _, _, account_id, browser = await an_account(stage, anna)
    for name in ("@Boris_K", "boris_k", "https://t.me/Boris_K", "t.me/boris_k?start=1", " BORIS_K "):
        found = await browser.ask("people.find", account_id=account_id, name=name)
        assert (found["title"], found["username"], found["kind"]) == ("Boris", "Boris_K", "private")
        assert (found["chat_id"], found["is_listed"]) == (chat_with(account_id, boris), False)


async def test_a_new_dialogue_is_listed_from_its_first_message(stage: Stage) -> None:
    world = stage.telegram.world
    anna, boris = world.add_user("Anna"), world.add_user("Boris", username="boris_k")
    person, workspace_id, account_id, browser = await an_account(stage, anna)
    tenant = person.handle(workspace_id)
    chat_id = (await browser.ask("people.find", account_id=account_id, name="boris_k"))["chat_id"]
    assert chat_ids(tenant, account_id) == []
    sent = await browser.ask("message.send", chat_id=chat_id, client_id=ids.mint(), text="Good day")
    assert (sent["state"], texts_of(boris)) == ("sent", ["Good day"])
    await eventually(lambda: chat_ids(tenant, account_id) == [chat_id])
    await eventually(lambda: private_side(tenant, chat_id).last_message_id == sent["message"]["id"])
    assert (chats.chat_card(chat_id, tenant=tenant).title, private_side(tenant, chat_id).username) == (
        "Boris",
        "boris_k",
    )
    assert (await browser.ask("people.find", account_id=account_id, name="boris_k"))["is_listed"]


async def test_a_new_dialogue_is_listed_also_where_the_task_that_found_it_is_gone(
    local_aws: LocalAws, telegram: Emulator
) -> None:
    del local_aws
    anna, boris = telegram.world.add_user("Anna"), telegram.world.add_user("Boris", username="boris_k")
    async with ClientSession() as http:
        async with begun(Stage(telegram, http)) as first:
            person, workspace_id, account_id, browser = await an_account(first, anna)
            chat_id = (await browser.ask("people.find", account_id=account_id, name="boris_k"))["chat_id"]
        async with begun(Stage(telegram, http)) as second:
            browser = await second.enter(person, workspace_id)  # who is not looked at is parked
            await second.settle(person, workspace_id, account_id)
            assert not (await browser.ask("people.find", account_id=account_id, name="boris_k"))["is_listed"]
            second.live(person, workspace_id, account_id).take_newcomer(chat_id)
            await browser.ask("message.send", chat_id=chat_id, client_id=ids.mint(), text="Good day")
            tenant = person.handle(workspace_id)
            await eventually(lambda: chat_ids(tenant, account_id) == [chat_id])
            assert chats.chat_card(chat_id, tenant=tenant).title == "Boris"
            assert texts_of(boris) == ["Good day"]


@asynccontextmanager
async def begun(stage: Stage) -> AsyncIterator[Stage]:
    """A worker that is ended within the test."""
    await stage.begin()
    try:
        yield stage
    finally:
        await stage.end()


def private_side(tenant: Tenant, chat_id: ChatId) -> PrivateSide:
    """What the chat's row says to who is connected."""
    side = chats.chat_card(chat_id, tenant=tenant).private
    assert side is not None
    return side


def chat_ids(tenant: Tenant, account_id: AccountId) -> list[ChatId]:
    """The chats that have a row."""
    return [chat.id for chat in chats.list_chats(account_id, limit=100, cursor=None, tenant=tenant).items]


async def test_usernames_are_looked_up_slowly_and_each_only_once(stage: Stage) -> None:
    world = stage.telegram.world
    anna = world.add_user("Anna")
    for number in range(4):
        world.add_user(f"Person {number}", username=f"person_{number}")
    _, _, account_id, browser = await an_account(stage, anna)
    for name in ("person_0", "@PERSON_0", "person_1", "nobody_here", "nobody_here"):
        if name == "nobody_here":
            assert (await problem_of(browser, "people.find", account_id=account_id, name=name))["code"] == (
                "telegram-name-unknown"
            )
        else:
            await browser.ask("people.find", account_id=account_id, name=name)
    assert stage.telegram.calls["contacts.ResolveUsername"] == 3
    told = await problem_of(browser, "people.find", account_id=account_id, name="person_3")
    assert (told["code"], 0 < told["retry_after_s"] <= 10) == ("too-many-requests", True)
    assert stage.telegram.calls["contacts.ResolveUsername"] == 3


async def test_telegram_s_own_wait_for_lookups_is_told(stage: Stage) -> None:
    anna = stage.telegram.world.add_user("Anna")
    _, _, account_id, browser = await an_account(stage, anna)
    stage.telegram.fault(Fault(method="contacts.ResolveUsername", error="FLOOD_WAIT_900", times=1))
    told = await problem_of(browser, "people.find", account_id=account_id, name="somebody")
    assert (told["code"], told["retry_after_s"]) == ("telegram-busy", 900)


async def test_what_is_no_username_is_not_looked_up(stage: Stage) -> None:
    """Phone numbers are never looked up, and invite links are opened in Telegram."""
    anna = stage.telegram.world.add_user("Anna")
    _, _, account_id, browser = await an_account(stage, anna)
    for name in ("+491512345678", "https://t.me/+AbCdEf", "t.me/joinchat/AbCd", "bo", "мария", "a b", "x" * 40):
        told = await problem_of(browser, "people.find", account_id=account_id, name=name)
        assert told["code"] == "telegram-name-invalid", name
    assert stage.telegram.calls["contacts.ResolveUsername"] == 0


async def test_a_search_of_another_shape_is_refused(stage: Stage) -> None:
    anna = stage.telegram.world.add_user("Anna")
    _, _, account_id, browser = await an_account(stage, anna)
    misfits: list[dict[str, Any]] = [
        {"words": "x" * 257},
        {"words": 7},
        {"words": ""},
        {"words": "   "},
        {"words": "x", "kind": "secrets"},
        {"words": "x", "limit": 51},
        {"words": "x", "limit": 0},
        {"words": "x", "account_id": account_id, "cursor": "9999999999.1.1"},
        {"words": "x", "account_id": account_id, "cursor": "1.1"},
        {"words": "x", "account_id": account_id, "cursor": "x" * 65},
        {"words": "x", "more": 1},
    ]
    for misfit in misfits:
        assert (await problem_of(browser, "search.messages", **{"limit": 10, **misfit}))["status"] == 422, misfit
