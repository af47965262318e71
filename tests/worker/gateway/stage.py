"""A worker on a real table and a Telegram of its own, and people at their browsers."""

import asyncio
from collections.abc import Callable, Mapping

from aiohttp import ClientSession
from yarl import URL

from chalicelib import settings
from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import ConnectAccount
from chalicelib.kernel import ids
from chalicelib.kernel.ids import AccountId, ChatId, WorkspaceId
from chalicelib.kernel.roles import Role
from chalicelib.table.cipher import Cipher
from dev.telegram import Emulator
from dev.telegram.wire.rsa_key import PUBLIC_PEM
from dev.telegram.world.people import Channel, Chat, User
from session_worker import settings as worker_settings
from session_worker.app import Worker
from session_worker.connections.connection import LiveConnection
from session_worker.settings import WorkerSettings
from tests.api_client import some_address
from tests.scene import Person, a_person, a_workspace
from tests.worker.gateway.browser import PATIENCE_S, LiveBrowser, a_pass, open_socket

SHARDS_FREE_WITHIN_S = 45
"""A worker that another test had to kill holds its shards until it is fenced."""


def worker_environment(telegram: Emulator, **different: str) -> dict[str, str]:
    """The variables of a worker that speaks to this Telegram and hurries."""
    return {
        "WIREROOM_TELEGRAM_DCS": ",".join(f"{dc}=127.0.0.1:{port}" for dc, port in telegram.ports.items()),
        "WIREROOM_TELEGRAM_PUBLIC_KEY": str(PUBLIC_PEM),
        "WIREROOM_GATEWAY_PORT": "0",
        "WIREROOM_BEAT_S": "0.5",
        "WIREROOM_ABORT_AFTER_S": "15",
        "WIREROOM_FENCE_AFTER_S": "20",
        "WIREROOM_SWEEP_S": "1",
        "WIREROOM_STANDING_S": "1",
        "WIREROOM_DIALOG_PAGE_S": "0.1",
        "WIREROOM_CONNECTS_PER_S": "1000",
        "WIREROOM_FIRST_BACKOFF_S": "0.1",
        "WIREROOM_DUE_S": "3600",
        **different,
    }


def read_settings(environment: Mapping[str, str]) -> WorkerSettings:
    """The worker's settings of an environment."""
    return worker_settings.read(environment)


class Stage:
    """One worker in this process. Everybody whose socket is opened here is closed with it."""

    def __init__(self, telegram: Emulator, http: ClientSession) -> None:
        self.telegram = telegram
        self.worker = Worker(read_settings(worker_environment(telegram)))
        self.port = 0
        self._http = http
        self._browsers: list[LiveBrowser] = []

    async def begin(self) -> None:
        """Start the worker; returns when it may speak for connections."""
        self.port = await self.worker.start()
        await eventually(self.worker.connections.leases.is_permitted)

    async def end(self) -> None:
        """Close every browser and stop the worker."""
        for browser in self._browsers:
            await browser.close()
        await self.worker.stop()

    async def knock(self, **different: str | None) -> LiveBrowser:
        """A socket that has not said hello."""
        browser = await open_socket(self._http, self.port, **different)
        self._browsers.append(browser)
        return browser

    async def enter(self, person: Person, workspace_id: WorkspaceId) -> LiveBrowser:
        """A browser that was let in."""
        browser = await self.knock(**{"CloudFront-Viewer-Address": f"{some_address()}:443"})
        await browser.say_hello(await asyncio.to_thread(a_pass, person, workspace_id))
        assert browser.welcome["type"] == "welcome", browser.welcome
        return browser

    async def connect(self, person: Person, workspace_id: WorkspaceId, user: User) -> AccountId:
        """Connect a Telegram account as the person's own; returns when it is live and its chats are known."""
        session = self.telegram.session(user).save()
        account_id = await asyncio.to_thread(take_into_custody, person, workspace_id, user, session)
        self.worker.connections.wake()
        await self.settle(person, workspace_id, account_id)
        return account_id

    async def settle(self, person: Person, workspace_id: WorkspaceId, account_id: AccountId) -> None:
        """Wait until a connection is live and its chats are known; after a restart somebody enters first."""
        await eventually(lambda: self._is_settled(person, workspace_id, account_id), within_s=SHARDS_FREE_WITHIN_S)

    async def fetch(self, url: str) -> bytes:
        """What a link leads to."""
        async with self._http.get(URL(url, encoded=True)) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.read()

    def live(self, person: Person, workspace_id: WorkspaceId, account_id: AccountId) -> LiveConnection:
        """The person's connection."""
        found = self.worker.connections.find(workspace_id, person.user_id, account_id)
        assert found is not None
        return found

    def _is_settled(self, person: Person, workspace_id: WorkspaceId, account_id: AccountId) -> bool:
        found = self.worker.connections.find(workspace_id, person.user_id, account_id)
        return found is not None and found.is_connected and found.client.session.sweep.is_done


def take_into_custody(person: Person, workspace_id: WorkspaceId, user: User, session_string: str) -> AccountId:
    """What the end of a login does."""
    command = ConnectAccount(
        telegram_user_id=user.id,
        name=user.name,
        username=None,
        phone=user.phone,
        session_string=session_string,
        owned=True,
    )
    return accounts.connect_account(command, tenant=person.handle(workspace_id), cipher=Cipher()).account_id


def owner_and_workspace(name: str = "Ada Byron") -> tuple[Person, WorkspaceId]:
    """Somebody and their workspace."""
    person = a_person(name)
    return person, a_workspace((person, Role.OWNER))


def chat_with(account_id: AccountId, chat: Chat) -> ChatId:
    """Our id of an account's chat with a person, group or channel."""
    kind = "user" if isinstance(chat, User) else "channel" if isinstance(chat, Channel) else "chat"
    return ids.chat_id(settings.current().id_secret, account_id, kind, chat.id)


def texts_of(user: User) -> list[str]:
    """What lies in a Telegram user's own box, oldest first."""
    return [message.text for _, message in sorted(user.box.messages.items())]


async def eventually(condition: Callable[[], bool], *, within_s: float = PATIENCE_S) -> None:
    """Wait until it is true."""
    async with asyncio.timeout(within_s):
        while not condition():  # noqa: ASYNC110 - what is waited for raises no event
            await asyncio.sleep(0.02)
