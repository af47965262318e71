"""The row of a chat's own fields, which people write."""

from collections.abc import Mapping
from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.operand import Path

from chalicelib.features.chats.model import CardField, CardFields, Priority
from chalicelib.kernel import ids
from chalicelib.kernel.ids import ChatId, UserId
from chalicelib.table import cards_keys, codec, keys
from chalicelib.table.items import DocumentAttribute, Row
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant


class CardRow(Row, discriminator="card"):
    """A chat's own fields; `changed` is {field: the version it changed at last}."""

    assignee = UnicodeAttribute(null=True)
    priority = UnicodeAttribute(null=True)
    email = UnicodeAttribute(null=True)
    phone = UnicodeAttribute(null=True)
    first_name = UnicodeAttribute(null=True)
    last_name = UnicodeAttribute(null=True)
    version = NumberAttribute()
    changed = DocumentAttribute()


class Cards:
    """The own fields of an account's chats."""

    def __init__(self, tenant: Tenant, chat_id: ChatId) -> None:
        self._rows = tenant.rows(keys.account_partition(ids.account_of(chat_id)))
        self._chat_id = chat_id

    def put(self, change: JournalledTransaction, before: CardFields, after: CardFields) -> None:
        """Write what differs, on condition that what was read still stands."""
        differing = [field for field in CardField if before.get(field) != after.get(field)]
        actions = [_set(field, after.get(field)) for field in differing]
        actions += [
            CardRow.version.set(after.version),
            CardRow.changed.set({field.value: version for field, version in after.changed.items()}),
            _KIND.set("card"),
        ]
        stands = CardRow.version == before.version if before.version else Row.pk.does_not_exist()
        row = self._rows.new(CardRow, cards_keys.chat_card(self._chat_id))
        change.update(row, actions, stands)


def fields_in(item: Mapping[str, Any]) -> CardFields:
    """The fields that a card's row, as it came, has; an empty item is a chat nobody wrote of. No read."""
    if not item:
        return _UNWRITTEN
    row = codec.decode(item)
    assignee, priority = row.get("assignee"), row.get("priority")
    changed: dict[str, int] = DocumentAttribute().deserialize(row["changed"])
    return CardFields(
        assignee=None if assignee is None else UserId(assignee),
        priority=None if priority is None else Priority(priority),
        email=row.get("email"),
        phone=row.get("phone"),
        first_name=row.get("first_name"),
        last_name=row.get("last_name"),
        version=row["version"],
        changed={CardField(name): version for name, version in changed.items()},
    )


def name_in(row: CardRow) -> str | None:
    """What people here call the chat, where they do."""
    return CardFields(first_name=row.first_name, last_name=row.last_name, changed={}).name()


_UNWRITTEN = CardFields(changed={})
_KIND = Path("row_kind")
"""An update that makes the row does not write its kind by itself."""


def _set(field: CardField, value: str | None) -> Any:
    attribute = getattr(CardRow, field.value)
    return attribute.remove() if value is None else attribute.set(value)
