"""Templates as they travel. Offsets and lengths count UTF-16 units, as Telegram and JavaScript do."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.features.files.model import File
from chalicelib.features.files.schemas import FileOut
from chalicelib.features.templates.model import (
    MAX_FILES,
    MAX_NAME_CHARACTERS,
    MAX_SHORTCUT_CHARACTERS,
    MAX_TEXT_UNITS,
    Folder,
    Shelves,
    Template,
    TemplateCard,
    TemplateDraft,
)
from chalicelib.features.templates.model.variables import Gap, Rendered, variables_in
from chalicelib.kernel import ids
from chalicelib.kernel.formatting import MAX_MARKS, MAX_URL_CHARACTERS, Look, Mark
from chalicelib.kernel.ids import FileId, FolderId

_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_NAME_CHARACTERS)]
_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_TEXT_UNITS)]
_Shortcut = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_SHORTCUT_CHARACTERS)]
_Id = Annotated[str, msgspec.Meta(min_length=ids.MINTED_LENGTH, max_length=ids.MINTED_LENGTH)]
_Version = Annotated[int, msgspec.Meta(ge=1)]


class EntityIn(msgspec.Struct, forbid_unknown_fields=True):
    """A stretch of the text and how it looks. `url`: where a `text_link` leads, http or https; null for the others."""

    type: Look
    offset: Annotated[int, msgspec.Meta(ge=0, le=MAX_TEXT_UNITS)]
    length: Annotated[int, msgspec.Meta(ge=1, le=MAX_TEXT_UNITS)]
    url: Annotated[str, msgspec.Meta(max_length=MAX_URL_CHARACTERS)] | None = None

    def to_mark(self) -> Mark:
        """As the use cases take it."""
        return Mark(type=self.type, offset=self.offset, length=self.length, url=self.url)


class TemplateIn(msgspec.Struct, forbid_unknown_fields=True):
    """A template to keep. In the text `{{contact.first_name|there}}` is a variable with a fallback.

    There are `contact.name`, `contact.first_name`, `contact.last_name`, `account.name` and `column.<key>` for each
    column. `shortcut` is what finds it after `/`. Shared, every member may use it. Files were put up for a template by
    whoever attaches them; those that are left out are removed.
    """

    name: _Name
    text: _Text
    is_shared: bool
    entities: Annotated[list[EntityIn], msgspec.Meta(max_length=MAX_MARKS)] = []
    shortcut: _Shortcut | None = None
    folder_id: _Id | None = None
    file_ids: Annotated[list[_Id], msgspec.Meta(max_length=MAX_FILES)] = []

    def to_draft(self) -> TemplateDraft:
        """As the use cases take it."""
        return TemplateDraft(
            name=self.name,
            text=self.text,
            marks=tuple(entity.to_mark() for entity in self.entities),
            shortcut=self.shortcut,
            folder_id=None if self.folder_id is None else FolderId(self.folder_id),
            file_ids=tuple(dict.fromkeys(FileId(each) for each in self.file_ids)),
            is_shared=self.is_shared,
        )


class TemplateChangeIn(TemplateIn, forbid_unknown_fields=True, kw_only=True):
    """A template as a whole, in place of the `version` the caller saw."""

    version: _Version


class EntityOut(msgspec.Struct, forbid_unknown_fields=True):
    """A stretch of a text and how it looks."""

    type: Look
    offset: int
    length: int
    url: str | None

    @classmethod
    def of(cls, mark: Mark) -> "EntityOut":
        """One stretch."""
        return cls(type=mark.type, offset=mark.offset, length=mark.length, url=mark.url)


class TemplateOut(msgspec.Struct, forbid_unknown_fields=True):
    """A template. `variables` are the names in its text, each once; `folder_id` may name a folder that is gone."""

    id: str
    name: str
    text: str
    entities: list[EntityOut]
    shortcut: str | None
    folder_id: str | None
    files: list[FileOut]
    is_shared: bool
    variables: list[str]
    version: int
    changed_at: datetime
    changed_by: str

    @classmethod
    def of(cls, template: Template, files: Sequence[File]) -> "TemplateOut":
        """One template with its files."""
        return cls(
            id=template.id,
            name=template.name,
            text=template.text,
            entities=[EntityOut.of(mark) for mark in template.marks],
            shortcut=template.shortcut,
            folder_id=template.folder_id,
            files=[FileOut.of(file) for file in files],
            is_shared=template.is_shared,
            variables=list(variables_in(template.text)),
            version=template.version,
            changed_at=template.changed_at,
            changed_by=template.changed_by,
        )


class TemplateCardOut(msgspec.Struct, forbid_unknown_fields=True):
    """A template in a list: `excerpt` is the beginning of its text, on one line, `files` how many it has."""

    id: str
    name: str
    excerpt: str
    shortcut: str | None
    folder_id: str | None
    files: int
    is_shared: bool
    version: int
    changed_at: datetime

    @classmethod
    def of(cls, card: TemplateCard) -> "TemplateCardOut":
        """One card."""
        return cls(
            id=card.id,
            name=card.name,
            excerpt=card.excerpt,
            shortcut=card.shortcut,
            folder_id=card.folder_id,
            files=card.files,
            is_shared=card.is_shared,
            version=card.version,
            changed_at=card.changed_at,
        )


class FolderIn(msgspec.Struct, forbid_unknown_fields=True):
    """A folder to make, among what is shared or among one's own."""

    name: _Name
    is_shared: bool


class FolderChangeIn(msgspec.Struct, forbid_unknown_fields=True):
    """What a folder is to be called; `version` is the one the caller saw."""

    name: _Name
    version: _Version


class FolderOut(msgspec.Struct, forbid_unknown_fields=True):
    """A folder."""

    id: str
    name: str
    is_shared: bool
    version: int

    @classmethod
    def of(cls, folder: Folder) -> "FolderOut":
        """One folder."""
        return cls(id=folder.id, name=folder.name, is_shared=folder.is_shared, version=folder.version)


class TemplatesOut(msgspec.Struct, forbid_unknown_fields=True):
    """All templates and folders that the caller may use, by name."""

    templates: list[TemplateCardOut]
    folders: list[FolderOut]

    @classmethod
    def of(cls, shelves: Shelves) -> "TemplatesOut":
        """Both shelves."""
        return cls(
            templates=[TemplateCardOut.of(card) for card in shelves.templates],
            folders=[FolderOut.of(folder) for folder in shelves.folders],
        )


class GapOut(msgspec.Struct, forbid_unknown_fields=True):
    """A variable that the chat has nothing for and that has no fallback: it stands in the text as it is written."""

    name: str
    offset: int
    length: int

    @classmethod
    def of(cls, gap: Gap) -> "GapOut":
        """One gap."""
        return cls(name=gap.name, offset=gap.offset, length=gap.length)


class RenderedOut(msgspec.Struct, forbid_unknown_fields=True):
    """A template filled for a chat. It is ready to be sent when `gaps` is empty."""

    text: str
    entities: list[EntityOut]
    gaps: list[GapOut]

    @classmethod
    def of(cls, rendered: Rendered) -> "RenderedOut":
        """One filled text."""
        return cls(
            text=rendered.text,
            entities=[EntityOut.of(mark) for mark in rendered.marks],
            gaps=[GapOut.of(gap) for gap in rendered.gaps],
        )
