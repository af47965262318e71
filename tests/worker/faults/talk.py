"""Anna at her browser and Boris, to whom she writes, for the tests in which something goes wrong between them."""

import asyncio
from datetime import timedelta
from typing import Any

from chalicelib.kernel import ids
from chalicelib.kernel.clock import to_wire, utc_now
from chalicelib.kernel.ids import AccountId, ChatId, WorkspaceId
from dev.telegram.world.people import Chat, User
from session_worker.connections.connection import LiveConnection
from tests.api_client import Answer
from tests.scene import Desk, Person
from tests.worker.gateway.browser import LiveBrowser, Refused
from tests.worker.gateway.stage import Stage, chat_with, owner_and_workspace, texts_of


class Talk:
    """An account that is connected, and a chat that is open."""

    stage: Stage
    person: Person
    workspace_id: WorkspaceId
    account_id: AccountId
    anna: User
    boris: User
    browser: LiveBrowser

    def chat(self, chat: Chat | None = None) -> ChatId:
        """Our id of the chat with Boris, or with another."""
        return chat_with(self.account_id, chat or self.boris)

    @property
    def live(self) -> LiveConnection:
        """Anna's connection."""
        return self.stage.live(self.person, self.workspace_id, self.account_id)

    async def send(self, text: str, *, to: Chat | None = None, client_id: str | None = None) -> dict[str, Any]:
        """Send and give the answer. Raises Refused."""
        return await self.browser.ask(
            "message.send", chat_id=self.chat(to), client_id=client_id or ids.mint(), text=text
        )

    async def refused(self, text: str, *, to: Chat | None = None, client_id: str | None = None) -> Refused:
        """Send, and be refused."""
        try:
            answer = await self.send(text, to=to, client_id=client_id)
        except Refused as refusal:
            return refusal
        raise AssertionError(f"it was not refused: {answer}")

    async def schedule(self, text: str, *, to: Chat | None = None) -> int:
        """Have a text sent in an hour; gives the number it waits under."""
        at = to_wire(utc_now() + timedelta(hours=1))
        about = {"chat_id": self.chat(to), "client_id": ids.mint(), "schedule_at": at}
        number: int = (await self.browser.ask("message.send", **about, text=text))["message"]["id"]
        return number

    async def send_until_sent(self, text: str, client_id: str) -> dict[str, Any]:
        """Do as a browser does: repeat with the same client id until it is sent."""
        while True:
            try:
                answer = await self.send(text, client_id=client_id)
            except Refused as refusal:
                await asyncio.sleep(refusal.problem.get("retry_after_s") or 0.1)
            else:
                if answer["state"] == "sent":
                    return answer
                await self.browser.hear("send.changed", lambda event: event["client_id"] == client_id)

    def rest(self, method: str, path: str) -> Answer:
        """A request to the API about the account."""
        desk = Desk(person=self.person, workspace_id=self.workspace_id)
        return desk.send(method, f"/accounts/{self.account_id}{path}")

    def card(self) -> dict[str, Any]:
        """The account's card, as the API shows it to Anna's owner."""
        desk = Desk(person=self.person, workspace_id=self.workspace_id)
        [card] = desk.get("/accounts").body["accounts"]
        found: dict[str, Any] = card
        return found

    @property
    def received(self) -> list[str]:
        """The texts that Boris has, oldest first."""
        return texts_of(self.boris)


async def a_talk(stage: Stage, *, owner: str = "Ada Byron") -> Talk:
    """Boris has written once, and Anna's browser is open."""
    talk = Talk()
    talk.stage = stage
    talk.person, talk.workspace_id = owner_and_workspace(owner)
    world = stage.telegram.world
    talk.anna, talk.boris = world.add_user("Anna"), world.add_user("Boris")
    stage.telegram.post(talk.boris, talk.anna, "hello")
    talk.account_id = await stage.connect(talk.person, talk.workspace_id, talk.anna)
    talk.browser = await stage.enter(talk.person, talk.workspace_id)
    return talk
