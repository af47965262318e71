"""Anna's browser and a chat with Boris, for the tests of files."""

from chalicelib.kernel import ids
from chalicelib.kernel.ids import ChatId, WorkspaceId
from dev.telegram import files
from dev.telegram.world.boxes import Message
from dev.telegram.world.people import User
from session_worker.connections.connection import LiveConnection
from tests.scene import Person
from tests.worker.gateway.browser import LiveBrowser
from tests.worker.gateway.sending_files import Wire
from tests.worker.gateway.stage import Stage, chat_with, owner_and_workspace


class Talk:
    """Anna's browser, and Boris whom she writes to."""

    def __init__(self, stage: Stage, person: Person, workspace_id: WorkspaceId, browser: LiveBrowser) -> None:
        self.stage, self.person, self.workspace_id, self.browser = stage, person, workspace_id, browser
        self.anna: User
        self.boris: User
        self.chat_id: ChatId

    @property
    def live(self) -> LiveConnection:
        """Anna's connection."""
        return self.stage.live(self.person, self.workspace_id, ids.account_of(self.chat_id))

    def arrived(self) -> list[Message]:
        """What Boris got, oldest first."""
        return [message for _, message in sorted(self.boris.box.messages.items()) if not message.out]

    def sent(self) -> list[Message]:
        """What Anna has sent of files, oldest first."""
        return [message for _, message in sorted(self.anna.box.messages.items()) if message.out and message.media]

    def content_of(self, message: Message) -> bytes:
        """The bytes of a message's file, as Telegram has them."""
        assert message.media is not None
        return b"".join(self.stage.telegram.world.files[message.media.file_id].pieces)

    def comes(self, content: bytes, *, kind: str = "document", mime: str = "text/plain") -> Wire:
        """Boris sends a file; how requests name its message."""
        telegram = self.stage.telegram
        kept = files.keep(telegram.world, content, kind=kind, mime=mime, dc=2, at=telegram.clock(), rng=telegram.rng)
        telegram.post(self.boris, self.anna, media=kept)
        return {"chat_id": self.chat_id, "message_id": max(self.anna.box.messages)}


async def a_chat_for_files(stage: Stage) -> Talk:
    """A chat that is open, and empty on Boris' side."""
    person, workspace_id = owner_and_workspace()
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    stage.telegram.post(anna, boris, "hello")
    account_id = await stage.connect(person, workspace_id, anna)
    made = Talk(stage, person, workspace_id, await stage.enter(person, workspace_id))
    made.anna, made.boris, made.chat_id = anna, boris, chat_with(account_id, boris)
    boris.box.messages.clear()
    return made
