"""What every row has, and the attribute types rows are made of. A slice's rows live in its repository."""

import base64
import json
from datetime import datetime
from typing import Any

from pynamodb.attributes import Attribute, DiscriminatorAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.constants import BINARY, STRING
from pynamodb.models import Model

from chalicelib import settings
from chalicelib.kernel import clock


class BytesAttribute(Attribute[bytes]):
    """Binary, as the base64 text of DynamoDB's JSON (see `connection`)."""

    attr_type = BINARY

    def serialize(self, value: bytes) -> str:
        return base64.b64encode(value).decode()

    def deserialize(self, value: str) -> bytes:
        return base64.b64decode(value)


class MomentAttribute(Attribute[datetime]):
    """An aware moment, as RFC 3339 text of fixed width."""

    attr_type = STRING

    def serialize(self, value: datetime) -> str:
        return clock.to_wire(value)

    def deserialize(self, value: str) -> datetime:
        return clock.from_wire(value)


class DocumentAttribute(Attribute[Any]):
    """Any JSON value, as text: for what is only ever read and written whole."""

    attr_type = STRING

    def serialize(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def deserialize(self, value: str) -> Any:
        return json.loads(value)


class _TableName:
    """The table's name, read when the first row is used and not when its class is made."""

    def __get__(self, instance: object, owner: type) -> str:
        return settings.current().table


class Row(Model):
    """One item of the single table. `row_kind` tells the classes of one table apart."""

    class Meta:
        """pynamodb's configuration."""

        table_name = _TableName()

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    row_kind = DiscriminatorAttribute()
    gsi1pk = UnicodeAttribute(null=True)
    gsi1sk = UnicodeAttribute(null=True)
    due_pk = UnicodeAttribute(null=True)
    due_sk = UnicodeAttribute(null=True)
    expires_at = NumberAttribute(null=True)
    """Seconds since the epoch after which DynamoDB removes the row; readers ask `is_over`, since TTL is late."""

    def is_over(self, now: datetime) -> bool:
        """Whether the row's time is up; a row without an end has no such moment."""
        ends_s = self.attribute_values.get("expires_at")
        return ends_s is not None and ends_s <= now.timestamp()
