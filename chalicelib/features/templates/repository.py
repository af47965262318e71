"""The rows of a shelf: templates, the claims on their shortcuts, folders, and how many of each there are."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action as Update

from chalicelib.features.templates.model import (
    MAX_FOLDERS,
    MAX_TEMPLATES,
    RESTORABLE_FOR,
    Folder,
    FolderChanged,
    FolderNotFound,
    ShortcutTaken,
    Template,
    TemplateCard,
    TemplateChanged,
    TemplateLimitReached,
    excerpt,
)
from chalicelib.kernel import clock
from chalicelib.kernel.formatting import Mark
from chalicelib.kernel.ids import FileId, FolderId, TemplateId, UserId
from chalicelib.table import keys, templates_keys
from chalicelib.table.items import DocumentAttribute, MomentAttribute, Row
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Tenant
from chalicelib.table.transaction import Transaction


class TemplateRow(Row, discriminator="template"):
    """A template. Deleted, it has `deleted_at` and goes by itself when it can't be brought back any more."""

    name = UnicodeAttribute()
    text = UnicodeAttribute()
    marks = DocumentAttribute()
    shortcut = UnicodeAttribute(null=True)
    folder_id = UnicodeAttribute(null=True)
    file_ids = DocumentAttribute()
    version = NumberAttribute()
    changed_at = MomentAttribute()
    changed_by = UnicodeAttribute()
    deleted_at = MomentAttribute(null=True)

    def is_deleted(self) -> bool:
        """Whether it was deleted."""
        return bool(self.deleted_at)


class ShortcutRow(Row, discriminator="template_shortcut"):
    """The claim on a shortcut."""

    template_id = UnicodeAttribute()


class FolderRow(Row, discriminator="template_folder"):
    """A folder."""

    name = UnicodeAttribute()
    version = NumberAttribute()


class TallyRow(Row, discriminator="template_tally"):
    """How many templates and folders stand on the shelf."""

    templates = NumberAttribute()
    folders = NumberAttribute()


class Shelf:
    """Templates that one may reach together: those that the workspace shares, or those of one member."""

    def __init__(self, tenant: Tenant, owner: UserId | None) -> None:
        """`owner` is whose own they are; None for those that are shared."""
        self._tenant = tenant
        self._partition = keys.WORKSPACE if owner is None else templates_keys.own_shelf(owner)
        self._rows = tenant.rows(self._partition)
        self.is_shared = owner is None

    def read(self) -> tuple[list[TemplateCard], list[Folder]]:
        """Everything on it, in no order: one query, without the model layer."""
        items = self._rows.plain(templates_keys.SHELF)
        templates = [item for item in items if item["sk"].startswith(templates_keys.TEMPLATES)]
        folders = [item for item in items if item["sk"].startswith(templates_keys.FOLDERS)]
        standing = [item for item in templates if item.get("deleted_at") is None]
        return [self._card(item) for item in standing], [self._folder(item) for item in folders]

    def get(self, template_id: TemplateId) -> Template | None:
        """One template that was not deleted: one read."""
        row = self._rows.get(TemplateRow, templates_keys.template(template_id))
        return None if row is None or row.is_deleted() else self._template(row)

    def get_deleted(self, template_id: TemplateId) -> Template | None:
        """One that was deleted and can still be brought back: one read."""
        row = self._rows.get(TemplateRow, templates_keys.template(template_id))
        if row is None or not row.is_deleted() or row.is_over(self._tenant.now()):
            return None
        return self._template(row)

    def get_folder(self, folder_id: FolderId) -> Folder | None:
        """One folder: one read."""
        row = self._rows.get(FolderRow, templates_keys.folder(folder_id))
        return None if row is None else self._folder({"sk": row.sk, "name": row.name, "version": row.version})

    def put_up(self, change: JournalledTransaction, template: Template) -> None:
        """Write a new template, or one from another shelf; 2 to 4 rows, and the list of partitions before the first."""
        if not self.is_shared:
            self._tenant.register(self._partition)
        change.create(self._row_of(template), refusal=TemplateChanged())
        self._claim(change, template.shortcut, template.id)
        self._hold_folder(change, template.folder_id)
        self._count(change, TallyRow.templates, 1, MAX_TEMPLATES)

    def rewrite(self, change: JournalledTransaction, before: Template, after: Template) -> None:
        """Write a template anew, unless somebody changed it since it was read; 1 to 4 rows."""
        change.update(self._row_of(after), _writes_of(after), _stands(before), refusal=TemplateChanged())
        if after.shortcut != before.shortcut:
            self._release(change, before.shortcut)
            self._claim(change, after.shortcut, after.id)
        if after.folder_id != before.folder_id:
            self._hold_folder(change, after.folder_id)

    def take_down(self, change: JournalledTransaction, template: Template) -> None:
        """Remove a template that goes to another shelf, unless somebody changed it since it was read."""
        change.delete(self._row_of(template), _stands(template), refusal=TemplateChanged())
        self._release(change, template.shortcut)
        self._count(change, TallyRow.templates, -1)

    def bury(self, change: JournalledTransaction, template: Template, at: datetime) -> None:
        """Delete a template so that it can be brought back for a while."""
        actions: list[Update] = [
            TemplateRow.deleted_at.set(at),
            TemplateRow.expires_at.set(int((at + RESTORABLE_FOR).timestamp())),
            TemplateRow.version.set(template.version + 1),
        ]
        change.update(self._row_of(template), actions, _stands(template), refusal=TemplateChanged())
        self._release(change, template.shortcut)
        self._count(change, TallyRow.templates, -1)

    def dig_up(self, change: JournalledTransaction, deleted: Template, restored: Template) -> None:
        """Bring a deleted template back."""
        is_as_read = (TemplateRow.version == deleted.version) & TemplateRow.deleted_at.exists()
        actions = [*_writes_of(restored), TemplateRow.deleted_at.remove(), TemplateRow.expires_at.remove()]
        change.update(self._row_of(restored), actions, is_as_read, refusal=TemplateChanged())
        self._claim(change, restored.shortcut, restored.id)
        self._count(change, TallyRow.templates, 1, MAX_TEMPLATES)

    def put_up_folder(self, change: JournalledTransaction, folder: Folder) -> None:
        """Write a new folder and count it."""
        if not self.is_shared:
            self._tenant.register(self._partition)
        change.create(self._folder_row(folder.id, name=folder.name, version=folder.version))
        self._count(change, TallyRow.folders, 1, MAX_FOLDERS)

    def rename_folder(self, change: JournalledTransaction, before: Folder, after: Folder) -> None:
        """Write a folder's name, unless somebody changed it since it was read."""
        actions = [FolderRow.name.set(after.name), FolderRow.version.set(after.version)]
        is_as_read = FolderRow.version == before.version
        change.update(self._folder_row(after.id), actions, is_as_read, refusal=FolderChanged())

    def take_down_folder(self, change: JournalledTransaction, folder: Folder) -> None:
        """Remove a folder; templates that name it lie in none from now on."""
        is_as_read = FolderRow.version == folder.version
        change.delete(self._folder_row(folder.id), is_as_read, refusal=FolderChanged())
        self._count(change, TallyRow.folders, -1)

    def holding_files(self) -> list[Template]:
        """Those that stand and have files: one query."""
        standing = (row for row in self._rows.query(TemplateRow, templates_keys.TEMPLATES) if not row.is_deleted())
        return [self._template(row) for row in standing if row.file_ids]

    def drop(self, change: Transaction, template: Template) -> None:
        """Remove a template's row alone, as when its owner left."""
        change.delete(self._row_of(template), _stands(template), refusal=TemplateChanged())

    def _claim(self, change: JournalledTransaction, shortcut: str | None, template_id: TemplateId) -> None:
        if shortcut is not None:
            row = self._rows.new(ShortcutRow, templates_keys.shortcut(shortcut), template_id=template_id)
            change.create(row, refusal=ShortcutTaken())

    def _release(self, change: JournalledTransaction, shortcut: str | None) -> None:
        if shortcut is not None:
            change.delete(self._rows.new(ShortcutRow, templates_keys.shortcut(shortcut)))

    def _hold_folder(self, change: JournalledTransaction, folder_id: FolderId | None) -> None:
        if folder_id is not None:
            change.check(self._folder_row(folder_id), FolderRow.version.exists(), refusal=FolderNotFound())

    def _count(
        self, change: JournalledTransaction, counted: NumberAttribute, more: int, most: int | None = None
    ) -> None:
        has_room = None if most is None else counted.does_not_exist() | (counted < most)
        full = TemplateLimitReached(f"There is room for {most} here.")
        row = self._rows.new(TallyRow, templates_keys.TALLY)
        change.update(row, [counted.add(more)], has_room, refusal=full)

    def _row_of(self, template: Template) -> TemplateRow:
        return self._rows.new(
            TemplateRow,
            templates_keys.template(template.id),
            name=template.name,
            text=template.text,
            marks=msgspec.to_builtins(template.marks),
            shortcut=template.shortcut,
            folder_id=template.folder_id,
            file_ids=list(template.file_ids),
            version=template.version,
            changed_at=template.changed_at,
            changed_by=template.changed_by,
        )

    def _folder_row(self, folder_id: FolderId, **attributes: Any) -> FolderRow:
        return self._rows.new(FolderRow, templates_keys.folder(folder_id), **attributes)

    def _template(self, row: TemplateRow) -> Template:
        return Template(
            id=templates_keys.template_of(row.sk),
            name=row.name,
            text=row.text,
            marks=tuple(msgspec.convert(row.marks, list[Mark])),
            shortcut=row.shortcut,
            folder_id=FolderId(row.folder_id) if row.folder_id else None,
            file_ids=tuple(FileId(each) for each in row.file_ids),
            is_shared=self.is_shared,
            version=int(row.version),
            changed_at=row.changed_at,
            changed_by=UserId(row.changed_by),
        )

    def _card(self, item: Mapping[str, Any]) -> TemplateCard:
        folder_id = item.get("folder_id")
        return TemplateCard(
            id=templates_keys.template_of(item["sk"]),
            name=item["name"],
            excerpt=excerpt(item["text"]),
            shortcut=item.get("shortcut"),
            folder_id=None if folder_id is None else FolderId(folder_id),
            files=len(msgspec.json.decode(item["file_ids"])),
            is_shared=self.is_shared,
            version=item["version"],
            changed_at=clock.from_wire(item["changed_at"]),
        )

    def _folder(self, item: Mapping[str, Any]) -> Folder:
        return Folder(
            id=templates_keys.folder_of(item["sk"]),
            name=item["name"],
            is_shared=self.is_shared,
            version=int(item["version"]),
        )


def _writes_of(template: Template) -> list[Update]:
    return [
        TemplateRow.name.set(template.name),
        TemplateRow.text.set(template.text),
        TemplateRow.marks.set(msgspec.to_builtins(template.marks)),
        TemplateRow.file_ids.set(list(template.file_ids)),
        TemplateRow.version.set(template.version),
        TemplateRow.changed_at.set(template.changed_at),
        TemplateRow.changed_by.set(template.changed_by),
        _set(TemplateRow.shortcut, template.shortcut),
        _set(TemplateRow.folder_id, template.folder_id),
    ]


def _set(attribute: UnicodeAttribute, value: str | None) -> Update:
    return attribute.remove() if value is None else attribute.set(value)


def _stands(template: Template) -> Condition:
    stands: Condition = (TemplateRow.version == template.version) & TemplateRow.deleted_at.does_not_exist()
    return stands
