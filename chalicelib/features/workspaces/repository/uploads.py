"""Files somebody was given a form for, until they are in use: a key nobody was given names nothing."""

from typing import Final

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.features.workspaces.model import LogoNotFound
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import Transaction


class UploadRow(Row, discriminator="upload"):
    """A file that may be put up. Given up, it is about to be removed and can't be used any more."""

    content_type = UnicodeAttribute()
    is_given_up = BooleanAttribute(default=False)


_USABLE: Final = Row.pk.exists() & (UploadRow.is_given_up == False)  # noqa: E712 - a condition, not a comparison


class Uploads:
    """The uploads of one tenant. Only the last part of a key is asked for: the first is the tenant's."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._rows = tenant.rows(keys.WORKSPACE)

    def begin(self, key: str, content_type: str) -> None:
        """Note that somebody may put up this file: one write unit."""
        self._rows.put(self._rows.new(UploadRow, self._sk(key), content_type=content_type))

    def type_of(self, key: str) -> str:
        """The type an upload was announced with: one read unit. Raises LogoNotFound."""
        workspace_id, _, _name = key.partition("/")
        row = self._rows.get(UploadRow, self._sk(key)) if workspace_id == self._tenant.workspace_id else None
        if row is None or row.is_given_up:
            raise LogoNotFound
        content_type: str = row.content_type
        return content_type

    def use(self, change: Transaction, key: str) -> None:
        """Take a file into use, once."""
        change.delete(self._rows.new(UploadRow, self._sk(key)), _USABLE, refusal=LogoNotFound())

    def give_up(self, key: str) -> None:
        """Nobody can use this file any more, if nobody does yet: one write unit."""
        row = self._rows.new(UploadRow, self._sk(key))
        self._rows.update(row, [UploadRow.is_given_up.set(True)], Row.pk.exists())

    def forget(self, key: str) -> None:
        """The file is gone."""
        self._rows.delete(self._rows.new(UploadRow, self._sk(key)))

    def _sk(self, key: str) -> str:
        return keys.upload(key.rpartition("/")[2])
