"""An office that reminds: people, one of them connected to the account of a chat, and what they do about reminders."""

from datetime import timedelta
from typing import Any

from chalicelib.features.accounts.model import ConnectionState
from chalicelib.features.accounts.repository import ConnectionRow
from chalicelib.features.chats import use_cases as chats
from chalicelib.kernel import ids
from chalicelib.kernel.roles import Role
from chalicelib.table import keys, people_keys
from chalicelib.table.proof import SessionRow
from chalicelib.table.tenant import Installation
from tests.api_client import Answer, ApiClient, Browser
from tests.hand_clock import HandClock
from tests.people import deliver
from tests.scene import FAR, Person, a_chat, a_job, an_account, chats_of
from tests.team import Team


class Office:
    """Olga the Owner and two Members: Max, who is connected to the account of a chat, and Nora, who is not."""

    def __init__(self, api: ApiClient, clock: HandClock) -> None:
        self.api, self.clock = api, clock
        self.team = Team(olga=Role.OWNER, max=Role.MEMBER, nora=Role.MEMBER)
        self.workspace_id = self.team.workspace_id
        self.account_id = an_account(self.workspace_id, self.team.people["max"])
        [self.chat] = chats_of(self.workspace_id, self.account_id, 1)
        self.about = {"kind": "chat", "id": self.chat.id}
        for person in self.team.people.values():
            stay_signed_in(person)

    def ask(self, method: str, path: str, body: object = None, *, by: str = "max", **more: Any) -> Answer:
        """Somebody's request below the workspace."""
        browser = Browser(token=self.team.people[by].token)
        return self.api.request(method, f"/workspaces/{self.workspace_id}{path}", browser, body=body, **more)

    def set(self, when: object, *, by: str = "max", **more: object) -> dict[str, Any]:
        """Have somebody set a reminder about the chat."""
        answer = self.ask("POST", "/reminders", {"about": self.about, "when": when, **more}, by=by)
        assert answer.status == 201, answer.body
        made: dict[str, Any] = answer.body
        return made

    def in_h(self, hours: float, *, by: str = "max", **more: object) -> dict[str, Any]:
        """The same, due in so many hours."""
        return self.set({"at": (self.clock() + timedelta(hours=hours)).isoformat()}, by=by, **more)

    def do(self, reminder: dict[str, Any], what: str, body: object = None, *, by: str = "max") -> Answer:
        """Do something about a reminder."""
        return self.ask("POST", f"/reminders/{reminder['id']}/{what}", body, by=by)

    def mine(self, by: str = "max") -> list[dict[str, Any]]:
        """Somebody's own reminders."""
        found: list[dict[str, Any]] = self.ask("GET", "/reminders", by=by).body["reminders"]
        return found

    def told(self, by: str = "max") -> list[str]:
        """What somebody was told, newest first."""
        notices = self.ask("GET", "/notifications", by=by).body["notices"]
        return [each["text"] for each in notices]

    def pass_h(self, hours: float) -> None:
        """Let time pass and what is due be done."""
        self.clock.advance(timedelta(hours=hours))
        deliver()

    def connect(self, name: str) -> None:
        """Somebody's connection to the account, as the table has it."""
        rows = a_job(self.workspace_id).rows(keys.account_partition(self.account_id))
        connection = rows.new(
            ConnectionRow,
            keys.connection(self.team.id(name)),
            connection_id=ids.mint(),
            state=ConnectionState.CONNECTED,
            since=self.clock(),
            shard=0,
            epoch=0,
            revision=0,
        )
        rows.put(connection)

    def disconnect(self, name: str) -> None:
        """Take somebody's connection away."""
        rows = a_job(self.workspace_id).rows(keys.account_partition(self.account_id))
        rows.delete(rows.new(ConnectionRow, keys.connection(self.team.id(name))))

    def hear(self, *, is_outgoing: bool) -> None:
        """Have a message come into the chat, or go out."""
        at = self.clock()
        chat = a_chat(self.account_id, 1, last_message_id=11, last_message_at=at, last_is_outgoing=is_outgoing)
        chats.record_chats([chat], tenant=a_job(self.workspace_id))


def stay_signed_in(person: Person) -> None:
    """Reminders are a matter of days, and people of a scene are signed in for one."""
    rows = Installation().rows(people_keys.user(person.user_id))
    for row in rows.query(SessionRow, people_keys.SESSIONS):
        assert rows.update(row, [SessionRow.ends_at.set(FAR), SessionRow.idle_ends_at.set(FAR)])
