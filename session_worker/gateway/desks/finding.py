"""Requests that find: messages in one chat and across the person's accounts, and people by username."""

import asyncio
from typing import Annotated, Final

from msgspec import Meta

from chalicelib.kernel.errors import Fact
from chalicelib.kernel.ids import AccountId
from session_worker.connections.connection import LiveConnection
from session_worker.gateway.desks.reach import Answers, Reach
from session_worker.gateway.frames import Id, MessageId, Request
from session_worker.messaging import people, searching
from session_worker.messaging.searching import Kind, Place, Wanted
from session_worker.refusals import problem_of
from session_worker.telegram.outcomes import TelegramAway
from session_worker.wire import Wire

MAX_WORDS: Final = 256
ACCOUNTS_AT_ONCE: Final = 5
"""How many of a person's accounts are searched side by side; the others wait for their turn."""

Words = Annotated[str, Meta(max_length=MAX_WORDS)]
Limit = Annotated[int, Meta(ge=1, le=50)]


class ChatSearch(Request, frozen=True, tag="chat.search"):
    """A chat's messages that have the words, and with `kind` only those with photos, files or links; newest first."""

    chat_id: Id
    words: Words
    limit: Limit
    kind: Kind = Kind.TEXT
    before_id: MessageId | None = None


class SearchMessages(Request, frozen=True, tag="search.messages"):
    """Messages of all the person's accounts, or with `account_id` a further page of one."""

    words: Words
    limit: Limit
    kind: Kind = Kind.TEXT
    account_id: Id | None = None
    cursor: Annotated[str, Meta(max_length=64)] | None = None


class PeopleFind(Request, frozen=True, tag="people.find"):
    """Who has a public username. `name` may be a t.me link."""

    account_id: Id
    name: Annotated[str, Meta(min_length=1, max_length=256)]


def answers(reach: Reach) -> Answers:
    """What answers them."""
    return {
        ChatSearch: lambda request: _search_chat(reach, request),
        SearchMessages: lambda request: _search_everywhere(reach, request),
        PeopleFind: lambda request: _find(reach, request),
    }


async def _search_chat(reach: Reach, request: ChatSearch) -> Wire:
    connection, peer = await reach.chat(request.chat_id)
    wanted = Wanted(words=request.words, kind=request.kind)
    return await searching.in_chat(connection, peer, wanted, before_id=request.before_id, limit=request.limit)


async def _search_everywhere(reach: Reach, request: SearchMessages) -> Wire:
    """{accounts: [{account_id, hits, next_cursor, problem or None}]}: one account's failure is told beside the rest."""
    wanted = Wanted(words=request.words, kind=request.kind)
    if request.account_id is not None:
        place = Place.read(request.cursor)
        connection = await reach.connection(AccountId(request.account_id))
        return {"accounts": [await _search_account(connection, wanted, place, request.limit)]}
    turns = asyncio.Semaphore(ACCOUNTS_AT_ONCE)

    async def search(connection: LiveConnection) -> Wire:
        async with turns:
            return await _search_account(connection, wanted, Place(), request.limit)

    return {"accounts": list(await asyncio.gather(*map(search, await reach.mine())))}


async def _search_account(connection: LiveConnection, wanted: Wanted, place: Place, limit: int) -> Wire:
    account_id = connection.key.account_id
    try:
        if not connection.is_connected:
            raise TelegramAway("Your connection to this account is not ready.")
        found = await searching.everywhere(connection, wanted, place, limit=limit)
    except Fact as refusal:
        return {"account_id": account_id, "hits": [], "next_cursor": None, "problem": problem_of(refusal)}
    return {"account_id": account_id, "problem": None, **found}


async def _find(reach: Reach, request: PeopleFind) -> Wire:
    connection = await reach.connection(AccountId(request.account_id))
    somebody = await reach.rooms.people.find(connection, request.name)
    return await people.introduced(connection, somebody, door=reach.rooms.door)
