"""A workspace at work on tickets: its people, a chat of an account, and short ways to ask for things."""

from typing import Any

from chalicelib.features.tickets.repository import CountsRow
from chalicelib.kernel.ids import ChatId
from chalicelib.kernel.plans import Plan
from chalicelib.kernel.roles import Role
from chalicelib.table import cards_keys, keys
from tests.api_client import Answer
from tests.scene import Desk, a_job, a_person, a_workspace, an_account, chats_of


class Helpdesk:
    """An Owner and a Member, each on a seat, an account of the Owner's, and its chats."""

    def __init__(self, *, seats: Plan | None = Plan.PRO, chats: int = 2) -> None:
        owner, member = a_person("Ada Byron"), a_person("Max Born")
        self.workspace_id = a_workspace((owner, Role.OWNER), (member, Role.MEMBER), seats=seats)
        account_id = an_account(self.workspace_id, owner)
        self.chat_ids: list[ChatId] = [chat.id for chat in chats_of(self.workspace_id, account_id, chats)]
        self.owner = Desk(person=owner, workspace_id=self.workspace_id)
        self.member = Desk(person=member, workspace_id=self.workspace_id)
        self.owner_id, self.member_id = owner.user_id, member.user_id

    def ticket(self, title: str = "Printer on fire", **more: Any) -> dict[str, Any]:
        """A ticket of the Member's."""
        answer = self.member.send("POST", "/tickets", {"title": title, **more})
        assert answer.status == 201, answer.body
        made: dict[str, Any] = answer.body
        return made

    def change(self, ticket: dict[str, Any], *, seen: int | None = None, **parts: Any) -> Answer:
        """Have the Member change parts of a ticket, having seen a version of it."""
        body = {"version": ticket["version"] if seen is None else seen, **parts}
        return self.member.send("PATCH", f"/tickets/{ticket['id']}", body)

    def moved(self, ticket: dict[str, Any], status: str) -> dict[str, Any]:
        """The ticket in another status."""
        answer = self.change(ticket, status=status)
        assert answer.status == 200, answer.body
        after: dict[str, Any] = answer.body
        return after

    def promise(self, **different: Any) -> Answer:
        """Have the Owner promise something for tickets."""
        standing = self.owner.get("/ticket-sla").body
        return self.owner.send("PUT", "/ticket-sla", {**standing, **different})

    def count_on(self, chat_id: ChatId) -> int:
        """How many tickets a chat counts."""
        row = (
            a_job(self.workspace_id).rows(keys.chat_partition(chat_id)).get(CountsRow, cards_keys.chat_counts(chat_id))
        )
        return 0 if row is None else int(row.tickets or 0)

    def listed(self, query: str = "") -> list[str]:
        """The titles of a list, in its order."""
        answer = self.member.get(f"/tickets{query}")
        assert answer.status == 200, answer.body
        return [ticket["title"] for ticket in answer.body["tickets"]]
