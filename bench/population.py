"""The workspace the benches measure on: a member signed in, an account of 5,000 rows, columns and values."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from chalicelib import settings
from chalicelib.features.accounts.repository import AccountRow
from chalicelib.features.chats.repository import ChatRow
from chalicelib.features.fields.model import Value
from chalicelib.features.fields.repository import ColumnRow, ValuesRow
from chalicelib.kernel import ids
from chalicelib.kernel.actors import system
from chalicelib.kernel.ids import AccountId, ChatId, ColumnId, SeatId, UserId, WorkspaceId
from chalicelib.kernel.plans import HeldSeat, Plan
from chalicelib.table import keys, people_keys
from chalicelib.table.items import Row
from chalicelib.table.proof import Caller, MemberRow, SessionRow, WorkspaceRow, new_token, prove_membership
from chalicelib.table.tenant import Installation, Tenant, for_job

CHATS: Final = 2_500
"""Each with a row of metadata and one of values."""
COLUMNS: Final = 5
_BATCH: Final = 25
NOW: Final = datetime.now(UTC)
_SEAT: Final = HeldSeat(id=SeatId(ids.mint()), plan=Plan.PRO, until=NOW + timedelta(days=365), accounts=1_000_000)


class Population:
    """One workspace of one member, connected to one account."""

    def __init__(self, stock: Any, *, chats: int = CHATS) -> None:
        self._stock = stock
        self.workspace_id = WorkspaceId(ids.mint())
        self.user_id = UserId(ids.mint())
        self.token, self.session_id = new_token(self.user_id)
        self.account_id: AccountId = ids.account_id(settings.current().id_secret, self.workspace_id, 7)
        self.columns = [ColumnId(ids.mint()) for _ in range(COLUMNS)]
        self.chat_ids = sorted(self._chat_id(number) for number in range(chats))
        self._put([*self._people(), *self._shared(), *self._chats()])

    @property
    def tenant_key(self) -> str:
        """The partition of the workspace."""
        return keys.tenant_prefix(self.workspace_id)

    @property
    def account_key(self) -> str:
        """The partition of the account."""
        return self.tenant_key + keys.account_partition(self.account_id).suffix

    def tenant(self) -> Tenant:
        """The member's handle."""
        return prove_membership(self.token, self.workspace_id, Caller(address="", device=""), now=lambda: NOW)[1]

    def asks(self, path: str, **query: str) -> dict[str, Any]:
        """What API Gateway hands a Lambda where the member asks for something of the workspace."""
        return {
            "requestContext": {"resourcePath": path, "httpMethod": "GET", "path": "/api", "identity": {}},
            "headers": {
                "x-origin-secret": settings.current().origin_secret,
                "cookie": f"wireroom={self.token}",
                "cloudfront-viewer-address": "203.0.113.7:1234",
            },
            "multiValueQueryStringParameters": {name: [value] for name, value in query.items()},
            "pathParameters": {"workspace_id": self.workspace_id},
            "stageVariables": None,
            "body": None,
            "isBase64Encoded": False,
        }

    def _chat_id(self, number: int) -> ChatId:
        return ids.chat_id(settings.current().id_secret, self.account_id, "user", number)

    def _people(self) -> list[Row]:
        later = NOW + timedelta(days=1)
        session = (
            Installation()
            .rows(people_keys.user(self.user_id))
            .new(
                SessionRow,
                people_keys.session(self.session_id),
                created_at=NOW,
                seen_at=NOW,
                ends_at=later,
                idle_ends_at=later,
                full_name="Ada Byron",
                address="203.0.113.7",
                device="Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
            )
        )
        member = self._rows(keys.WORKSPACE).new(
            MemberRow,
            keys.member(self.user_id),
            role="owner",
            version=1,
            full_name="Ada Byron",
            username="ada",
            joined_at=NOW,
            seat=_SEAT.to_document(),
        )
        workspace = self._rows(keys.WORKSPACE).new(WorkspaceRow, keys.PROFILE, name="Acme", created_at=NOW)
        return [session, member, workspace]

    def _shared(self) -> list[Row]:
        rows = self._rows(keys.WORKSPACE)
        account = rows.new(
            AccountRow,
            keys.account(self.account_id),
            telegram_user_id=7,
            label="Sales",
            name="Sales",
            holders={self.user_id: True},
            version=1,
        )
        columns = [
            rows.new(
                ColumnRow,
                keys.column(column_id),
                key=f"column_{position}",
                name=f"Column {position}",
                type="text",
                options=[],
                position=position,
                version=1,
            )
            for position, column_id in enumerate(self.columns)
        ]
        return [account, *columns]

    def _chats(self) -> list[Row]:
        rows = self._rows(keys.account_partition(self.account_id))
        found: list[Row] = []
        for number, chat_id in enumerate(self.chat_ids):
            metadata = rows.new(
                ChatRow,
                keys.chat_metadata(chat_id),
                peer_kind="user",
                peer_id=10_000_000 + number,
                title=f"Contact number {number}",
                kind="private",
                username=f"contact_{number}",
                unread_count=number % 7,
                last_message_id=number,
                last_message_at=NOW,
                last_is_outgoing=False,
                pinned=False,
            )
            found += [metadata, rows.new(ValuesRow, keys.chat_values(chat_id))]
        return found

    def _rows(self, partition: keys.Partition) -> Any:
        return for_job(self.workspace_id, system("bench")).rows(partition)

    def _put(self, rows: list[Row]) -> None:
        items = [self._item(row) for row in rows]
        table = settings.current().table
        for start in range(0, len(items), _BATCH):
            puts = [{"PutRequest": {"Item": item}} for item in items[start : start + _BATCH]]
            self._stock.batch_write_item(RequestItems={table: puts})

    def _item(self, row: Row) -> dict[str, Any]:
        item = row.serialize()
        if isinstance(row, ValuesRow):
            item |= {column_id: {"S": self._cell(number)} for number, column_id in enumerate(self.columns)}
        return item

    def _cell(self, number: int) -> str:
        value = Value(value=f"what the team wrote here, {number}", version=3, set_at=NOW, set_by=self.user_id)
        return msgspec.json.encode(value).decode()
