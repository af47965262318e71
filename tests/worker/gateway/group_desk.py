"""Somebody at their browser, and groups to look at and to manage."""

from dataclasses import dataclass
from typing import Any

import pytest

from chalicelib.features.chats import use_cases as chats
from chalicelib.features.chats.model import PrivateSide
from chalicelib.kernel import ids
from chalicelib.kernel.ids import AccountId, ChatId, WorkspaceId
from dev.telegram.world.people import Channel, Chat, User
from tests.scene import Person
from tests.worker.gateway.browser import LiveBrowser, Refused
from tests.worker.gateway.stage import Stage, chat_with, owner_and_workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Somebody who connected a Telegram user, at their browser."""

    person: Person
    workspace_id: WorkspaceId
    account_id: AccountId
    browser: LiveBrowser

    async def ask(self, request: str, chat: Chat, **body: Any) -> dict[str, Any]:
        """A request about a chat."""
        return await self.browser.ask(request, chat_id=chat_with(self.account_id, chat), **body)

    async def found(self, *, client_id: str | None = None, **body: Any) -> dict[str, Any]:
        """Found a group or channel."""
        about = {"account_id": self.account_id, "client_id": client_id or ids.mint()}
        return await self.browser.ask("group.create", **about, **body)

    async def refused(self, request: str, chat: Chat, **body: Any) -> str:
        """What a request about a chat is refused with: Telegram's own word, or our code."""
        with pytest.raises(Refused) as refusal:
            await self.ask(request, chat, **body)
        standing = refusal.value.problem.get("standing") or {}
        return str(standing.get("telegram_error") or refusal.value.code)

    async def hear_change(self, chat: Chat) -> None:
        """Wait until the browser is told that a group changed."""
        chat_id = chat_with(self.account_id, chat)
        await self.browser.hear("group.changed", lambda event: event["chat_id"] == chat_id)

    def row(self, chat: Chat) -> PrivateSide:
        """What the chat's row says to who is connected."""
        tenant = self.person.handle(self.workspace_id)
        side = chats.chat_card(chat_with(self.account_id, chat), tenant=tenant).private
        assert side is not None
        return side


async def a_desk(stage: Stage, user: User) -> Desk:
    """An owner of a workspace of their own."""
    person, workspace_id = owner_and_workspace()
    account_id = await stage.connect(person, workspace_id, user)
    browser = await stage.enter(person, workspace_id)
    return Desk(person=person, workspace_id=workspace_id, account_id=account_id, browser=browser)


def a_supergroup(stage: Stage, creator: User, *members: User, **more: Any) -> Channel:
    """One with a message in it, so that it is listed."""
    group = stage.telegram.world.add_channel("Harbour", creator, members, at=stage.telegram.clock(), **more)
    stage.telegram.post(creator, group, "welcome")
    return group


def title_of(desk: Desk, chat_id: ChatId) -> str:
    """What the chat's row calls it."""
    return chats.chat_card(chat_id, tenant=desk.person.handle(desk.workspace_id)).title
